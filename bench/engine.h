// Engine and Session: what the comparison asks of every engine. A session is one engine ready for one row; it times
// whole passes over the work, and answers once with a digest of every offset. Engines that are not there say why.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "bench/workloads.h"
#include "syntax/match.h"

namespace redoubt::bench {

/// What one pass found. Two engines that agree have equal digests; unequal ones disagree somewhere.
struct Answer {
  std::uint64_t matches = 0;
  std::uint64_t spans = kStart;   ///< of the begin and end of every match
  std::uint64_t groups = kStart;  ///< of every group of every match

  /// One round of FNV-1a on 64-bit words: the runners in other languages compute the same.
  static void mix(std::uint64_t& digest, std::uint64_t word) { digest = (digest ^ word) * 0x100000001B3; }
  /// Mixed into `spans` for a line without a match.
  static constexpr std::uint64_t kNoMatch = std::uint64_t{1} << 40;
  static constexpr std::uint64_t kStart = 0xCBF29CE484222325;
};

/// An engine that fails in the midst of a search throws a std::exception from time() and answer().
class Session {
 public:
  virtual ~Session() = default;
  /// CPU nanoseconds that this many passes over the work took, or for Mode::kCompile over the patterns.
  virtual double time(std::uint64_t passes) = 0;
  /// One pass, not timed. Empty for Mode::kCompile.
  virtual Answer answer() = 0;
  /// For an engine in a process of its own: the most memory it took since it was opened; else 0.
  virtual std::uint64_t peak_bytes() { return 0; }
};

/// Which question an engine answers, and what of the answer is held against ours.
struct EngineInfo {
  std::string name;
  std::string what;  ///< library and version, one line
  Semantics semantics = Semantics::kLeftmostFirst;
  bool groups_claimed = true;
  bool outside = false;  ///< a process of its own
};

using Opened = tl::expected<std::unique_ptr<Session>, std::string>;

struct Engine {
  EngineInfo info;
  std::string unavailable;  ///< why it cannot be asked at all; else empty
  /// The row's pattern(s) compiled, ready for `work`, which outlives the session; or why not.
  std::function<Opened(const Row& row, const Work& work)> open;
};

/// Every engine that this program knows, ours first; those that were not there at build time are listed too.
std::vector<Engine> all_engines();

std::vector<Engine> redoubt_engines();
std::vector<Engine> re2_engines();
std::vector<Engine> pcre2_engines();
std::vector<Engine> glibc_engines();
std::vector<Engine> tre_engines();
std::vector<Engine> boost_engines();
std::vector<Engine> onig_engines();
std::vector<Engine> outside_engines();

}  // namespace redoubt::bench
