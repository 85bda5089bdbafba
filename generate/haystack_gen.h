// Haystacks that need no knowledge of the pattern's automaton: all strings up to a length (StringSpace), random
// strings, and strings drawn along the pattern's tree. automaton_haystacks.h has those that need it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "generate/choices.h"
#include "syntax/regex.h"

namespace redoubt::generate {

/// All strings of up to max_length letters, shortest first, then in the order of the alphabet: made once, in one
/// buffer, so that many patterns can be run on them. Moved, never copied (the views point into the buffer).
class StringSpace {
 public:
  static constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 28;

  /// `letters` are byte strings, so that one may be a UTF-8 sequence. Error, as one sentence: no letter is empty or the
  /// start of another (or strings would come twice), and all strings together take up to kMaxBytes.
  static tl::expected<StringSpace, std::string> make(std::vector<std::string> letters, std::uint32_t max_length);

  StringSpace(StringSpace&&) = default;
  StringSpace& operator=(StringSpace&&) = default;

  std::size_t size() const { return views_.size(); }
  std::string_view operator[](std::size_t k) const { return views_[k]; }
  std::span<const std::string_view> all() const { return views_; }
  /// The strings of up to `length` letters: a prefix of all().
  std::span<const std::string_view> up_to(std::uint32_t length) const;

 private:
  StringSpace() = default;
  std::vector<std::size_t> ends_;  ///< by length: how many strings are that short or shorter
  std::vector<char> buffer_;
  std::vector<std::string_view> views_;
};

/// A string of up to max_length of the letters; letters must not be empty.
std::string random_haystack(Choices& choices, std::span<const std::string> letters, std::uint32_t max_length);

/// The bytes of a unit.
std::string unit_text(std::uint32_t unit, Encoding encoding);

/// Units worth having in haystacks for a pattern: the ends of every range of its classes, and the units next to them on
/// the other side; `\n` and a word unit and its neighbour where assertions ask for them. Ascending; never empty.
std::vector<std::uint32_t> interesting_units(const syntax::Regex& regex, Encoding encoding);

/// What drawing along a tree is told to do at one repeat: this many iterations, even outside the bounds.
struct Iterations {
  const syntax::Node* repeat = nullptr;
  std::uint64_t count = 0;
};

/// A string that the tree matches, unless an assertion or `forced` is in the way: drawn branch by branch, a unit from
/// each class, bounds kept small where they may be. Stops at max_length bytes or 20,000 nodes visited
/// (then it need not match).
std::string draw_along(const syntax::Regex& regex, Encoding encoding, Choices& choices, std::size_t max_length,
                       Iterations forced = {});

}  // namespace redoubt::generate
