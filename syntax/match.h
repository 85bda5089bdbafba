// The vocabulary of a match: spans, slots, which semantics is asked for, and how a haystack is read.
// Plain values; nothing here knows how a match is found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// The answer of a captures query: slot 0 is the whole match, slot g is group g; size is 1 + the number of groups.
using Slots = std::vector<Span>;

/// The two families of match that the harness judges (SEMANTICS A and B).
enum class Semantics : std::uint8_t { kLeftmostLongest, kLeftmostFirst };

/// How a haystack is cut into units: every byte one unit, or well-formed UTF-8 sequences (a byte that belongs to none
/// is a unit that no class matches). Offsets are bytes in both.
enum class Encoding : std::uint8_t { kBytes, kUtf8 };

/// "(0,2)(0,1)(?,?)": the form in which every report and case file writes slots.
std::string to_string(const Slots& slots);

/// "posix" or "perl", as the command line writes them.
std::string_view to_string(Semantics semantics);
std::string_view to_string(Encoding encoding);

}  // namespace redoubt
