// The vocabulary of a match: spans of byte offsets, which match is meant, and how a haystack is read. Plain values;
// nothing here knows how a match is found.
#pragma once

#include <cstddef>
#include <cstdint>

namespace redoubt {

/// An offset that is not there (the same value as PCRE2_UNSET).
inline constexpr std::size_t kUnset = static_cast<std::size_t>(-1);

/// A half-open range of byte offsets `[begin,end)` into a haystack; both are kUnset for a group that did not take part.
struct Span {
  std::size_t begin = kUnset;
  std::size_t end = kUnset;

  bool is_set() const { return begin != kUnset; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// The two families of match. Leftmost-longest is POSIX's rule: the longest match at the leftmost start, and groups by
/// its subexpression rules. Leftmost-first is Perl's: the match a backtracker would find first.
enum class Semantics : std::uint8_t { kLeftmostLongest, kLeftmostFirst };

/// How a haystack is cut into units: every byte one unit, or well-formed UTF-8 sequences (a byte that belongs to none
/// is a unit that no class matches). Offsets are bytes in both.
enum class Encoding : std::uint8_t { kBytes, kUtf8 };

}  // namespace redoubt
