// The binary frames between isolate() and its worker. Both ends are the same program image, so numbers travel as they
// lie in memory and there is no version; trees, outcomes and engine descriptions arrive exactly as they were.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "oracles/oracle.h"

namespace redoubt::oracles {

/// The first byte of a request. kDrop has no answer.
enum class Verb : std::uint8_t { kPrepare, kRun, kRunMode, kDrop };

/// Appends values to a frame.
class WireWriter {
 public:
  WireWriter() = default;
  const std::string& bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

  template <class Number>
  void put(Number value) {
    static_assert(std::is_arithmetic_v<Number> || std::is_enum_v<Number>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put_flag(bool value) { put<std::uint8_t>(value ? 1 : 0); }
  void put_text(std::string_view text);
  void put_regex(const syntax::Regex& r);
  void put_query(const Query& query);
  void put_outcome(const Outcome& outcome);
  void put_info(const EngineInfo& info);

 private:
  std::string bytes_;
};

/// Takes values from a frame. Past the end, or on a value that cannot be, ok() is false and zeros come.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : bytes_(bytes) {}
  bool ok() const { return ok_; }

  template <class Number>
  Number get() {
    Number value{};
    if (bytes_.size() < sizeof value) {
      ok_ = false;
      bytes_ = {};
      return value;
    }
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  bool get_flag() { return get<std::uint8_t>() != 0; }
  /// A count of items that take at least one byte each, so that a broken one cannot ask for much.
  std::size_t get_count();
  /// A view into the frame.
  std::string_view get_text();
  /// Never null; empty() when not ok.
  syntax::Regex get_regex() { return get_regex(kMaxDepth); }
  Query get_query();
  /// Assigns to `outcome`, reusing its memory.
  void get_outcome(Outcome& outcome);
  EngineInfo get_info();

 private:
  static constexpr int kMaxDepth = 5000;  // trees have at most 1000 levels, and as many non-capturing groups
  syntax::Regex get_regex(int depth);

  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace redoubt::oracles
