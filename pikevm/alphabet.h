// Alphabet: the units that a program cannot tell apart share one class id (a "part"), so that an instruction tests one
// bit instead of a list of ranges. Parts are the minterms of the program's classes. It does not know instructions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/char_class.h"
#include "syntax/match.h"
#include "syntax/utf8.h"

namespace redoubt::pikevm {

/// The part of a unit that no class contains and that is not a unit of the domain: an ill-formed byte.
inline constexpr std::uint32_t kNoPart = syntax::Partition::kNoPart;

/// One unit read from a haystack: its part and its length in bytes (1 to 4; 1 for an ill-formed byte).
struct Unit {
  std::uint32_t part;
  std::uint32_t length;
};

/// Classes where they lie, in a tree or elsewhere.
using ClassList = syntax::View<const syntax::CharClass*>;

class Alphabet {
 public:
  /// Partitions the encoding's units by `classes` (distinct, any number). contains(k, part) then asks classes[k].
  void build(ClassList classes, Encoding encoding);
  void build(const std::vector<syntax::CharClass>& classes, Encoding encoding);

  /// The unit at `at`, which must be < text.size().
  Unit read(std::string_view text, std::size_t at) const {
    auto byte = static_cast<unsigned char>(text[at]);
    if (byte < table_limit_) return {table_[byte], 1};
    return read_sequence(text, at);
  }
  /// Is the part within the class? Never for kNoPart.
  bool contains(std::uint32_t class_index, std::uint32_t part) const {
    if (part == kNoPart) return false;
    return bits_[class_index * words_ + part / 64] >> (part % 64) & 1;
  }
  /// The part of each byte below single_units(), which are units by themselves: all 256 for bytes, 128 in UTF-8.
  const std::uint8_t* table() const { return table_.data(); }
  std::uint32_t single_units() const { return table_limit_; }
  std::uint32_t part_count() const { return part_count_; }
  /// The part of a unit of the domain, by table or binary search.
  std::uint32_t part_of(std::uint32_t unit) const;
  /// Upper bound on the bytes that build() would keep for these classes.
  static std::size_t bytes_needed(ClassList classes);

 private:
  Unit read_sequence(std::string_view text, std::size_t at) const;
  bool build_small(ClassList classes);
  void build_large(ClassList classes, Encoding encoding);
  void fill_table(std::uint32_t from, std::uint32_t to, std::uint32_t part);

  /// Bytes below this are units of their own, looked up in table_: 256 for bytes, 128 in UTF-8. Parts are numbered in
  /// order of first appearance, so those of the table fit a byte.
  std::uint32_t table_limit_ = 256;
  std::uint32_t part_count_ = 0;
  std::uint32_t words_ = 1;
  std::vector<std::uint64_t> bits_;
  syntax::Partition partition_;
  /// Filled in steps of kStep bytes, of which the last may reach beyond the end.
  static constexpr std::uint32_t kStep = 16;
  std::array<std::uint8_t, 256 + kStep> table_;
};

}  // namespace redoubt::pikevm
