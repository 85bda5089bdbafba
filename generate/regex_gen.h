// Regexes out of Choices: every regex of a size by its number (RegexSpace), or a large random one (RegexSampler). Both
// walk the same Grammar, so a sweep, a random campaign and a fuzz target speak of the same trees. Groups are numbered
// by their opening parenthesis.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "generate/choices.h"
#include "generate/grammar.h"
#include "syntax/regex.h"

namespace redoubt::generate {

/// All regexes up to a size, smallest first, each exactly once up to a renaming of its letters. Immutable: one may
/// serve many threads. Neighbouring numbers share their skeleton and differ in letters.
class RegexSpace {
 public:
  /// Where a regex stands: number `index` among those of its size.
  struct Place {
    std::uint32_t size;
    std::uint64_t index;
  };

  /// Error: one sentence; among others when there are more regexes than 64 bits can number.
  static tl::expected<RegexSpace, std::string> make(const GrammarSettings& settings, std::uint32_t max_size);

  std::uint32_t max_size() const { return grammar_.max_size(); }
  /// Regexes of a size in [1, max_size].
  std::uint64_t count(std::uint32_t size) const { return grammar_.count(size); }
  /// Regexes of all sizes.
  std::uint64_t total() const;
  /// The place of a number in [0, total()), smaller sizes first.
  Place place(std::uint64_t number) const;

  /// Regex number `index` of a size, computed without visiting its predecessors. index < count(size), or the last of
  /// some shape is given again.
  syntax::Regex at(std::uint32_t size, std::uint64_t index) const;
  syntax::Regex at(Place p) const { return at(p.size, p.index); }
  /// One of a size, as the choices decide: uniformly with RandomChoices. count(size) must not be 0.
  syntax::Regex draw(Choices& choices, std::uint32_t size) const;

 private:
  explicit RegexSpace(Grammar grammar) : grammar_(std::move(grammar)) {}
  Grammar grammar_;
};

/// Large random regexes. Immutable, like RegexSpace.
class RegexSampler {
 public:
  static tl::expected<RegexSampler, std::string> make(const RandomSettings& settings, std::uint32_t max_size);

  std::uint32_t max_size() const { return grammar_.max_size(); }
  /// A regex of any size up to max_size. Any choices do: a ByteChoices without bytes gives the smallest regex.
  syntax::Regex draw(Choices& choices) const;
  /// One of just this size, in [1, max_size]; of the next smaller one that exists, where none of this size does.
  syntax::Regex draw(Choices& choices, std::uint32_t size) const;

 private:
  explicit RegexSampler(Grammar grammar) : grammar_(std::move(grammar)) {}
  Grammar grammar_;
};

/// For one regex: a RegexSampler made and used. Settings that are wrong are an error, as above.
tl::expected<syntax::Regex, std::string> random_regex(Choices& choices, const RandomSettings& settings,
                                                      std::uint32_t max_size);

}  // namespace redoubt::generate
