// Literals: what every match of a tree must contain, whatever the semantics: a prefix, a suffix, a string in between,
// its first bytes. Conservative and cheap: a fact that is not easily seen is not claimed. It knows no haystack.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "pikevm/byte_set.h"
#include "pikevm/literal.h"
#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::pikevm {

/// Lengths and offsets that have no bound.
inline constexpr std::uint64_t kUnbounded = std::numeric_limits<std::uint64_t>::max();

/// A literal that every match contains, at an offset from the match's start within [min, max] bytes; max may be
/// kUnbounded. Every byte of the match before it is in `before`.
struct Required {
  Literal literal;  ///< empty: none is known
  std::uint64_t min = 0;
  std::uint64_t max = 0;
  ByteSet before;
  /// What the literal tells, in bits; see byte_information().
  unsigned information = 0;
};

/// A few short strings with one of which every match begins.
class PrefixSet {
 public:
  static constexpr std::size_t kCapacity = 64;
  std::span<const MaskedLiteral> all() const { return {items_.data(), count_}; }
  std::size_t size() const { return count_; }
  /// Of the shortest; 0 when there is none.
  std::size_t shortest() const;
  /// The strings are the whole language.
  bool exact() const;
  /// Walks the tree from the left, in time linear in its size.
  void build(const syntax::Node& root, Encoding encoding);

 private:
  friend class PrefixBuilder;
  std::size_t count_ = 0;
  bool looks_ = false;
  std::array<MaskedLiteral, kCapacity> items_;
};

/// Byte strings are as in the haystack: units are encoded in UTF-8 mode. There every literal, whole or cut short,
/// begins with the first byte of a sequence, so in any haystack, ill-formed ones included, it is found only at
/// boundaries between units. In byte mode every offset is one. Looks match empty and do not break the literals around
/// them: if the two sides can match at all, they are adjacent.
struct Literals {
  /// In bytes, of any match; max_length may be kUnbounded.
  std::uint64_t min_length = 0;
  std::uint64_t max_length = 0;
  /// Every match begins at the start of the haystack; after `\n` or at the start; ends at the end of the haystack.
  bool anchored_start = false;
  bool line_start = false;
  bool anchored_end = false;
  bool has_looks = false;
  bool has_groups = false;
  /// The language is `prefix` alone (folded letters in either case), and no look takes part.
  bool exact = false;
  /// The language is `prefixes`, in no order of priority, and no look takes part.
  bool exact_set = false;

  /// Every match begins (ends) with it; empty if nothing is known.
  Literal prefix;
  Literal suffix;
  /// The best string that is not the prefix. Not sought for if min_length is 0.
  Required required;
  /// Every match begins with one of these, if there are any. Sought for if `prefix` is short.
  PrefixSet prefixes;
  /// The first byte of a non-empty match is one of these.
  ByteSet first;

  bool can_be_empty() const { return min_length == 0; }
};

/// In time linear in the tree, and with little of it: about the time of a few cache misses for a small pattern.
Literals find_literals(const syntax::Regex& regex, Encoding encoding);

/// What several literals tell together: bits, from the rarest bytes of each.
unsigned information(const Literal& literal);

}  // namespace redoubt::pikevm
