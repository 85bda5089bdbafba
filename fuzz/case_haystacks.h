// Haystacks out of Choices, around patterns: strings of their languages, strings along the automaton of the first,
// noise, ill-formed bytes, and runs of one unit that are long enough for scans to pass over.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "generate/choices.h"
#include "syntax/regex.h"

namespace redoubt::fuzz {

/// Haystacks of up to so many bytes are short: slow judges can be asked about them.
inline constexpr std::size_t kShortHaystack = 24;
inline constexpr std::size_t kLongestHaystack = 500;

/// Not thread-safe; `patterns`, one or more, and `choices` must outlive it.
class Haystacks {
 public:
  Haystacks(generate::Choices& choices, const std::vector<syntax::Regex>& patterns, Encoding encoding);
  /// One of up to kLongestHaystack bytes; a fourth of them are short.
  std::string draw();

 private:
  std::string piece();
  void damage(std::string& text);

  generate::Choices& choices_;
  const std::vector<syntax::Regex>& patterns_;
  Encoding encoding_;
  std::vector<std::string> units_;  ///< worth having for the first pattern
  std::vector<std::string> along_;  ///< strings along its automaton; empty where none were made
};

}  // namespace redoubt::fuzz
