// Haystacks drawn from a pattern's derivative automaton: they enter every state, take every arrow, dead ones too, step
// over every class boundary, and reach and miss every loop bound; then near misses of all that. This is what finds the
// disagreements that all short strings do not reach. Deterministic for given choices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "generate/choices.h"
#include "syntax/regex.h"

namespace redoubt::generate {

struct AutomatonLimits {
  std::size_t max_states = 400;     ///< explored; the rest of the automaton is left out
  std::size_t max_haystacks = 400;  ///< in all
  std::size_t max_length = 120;     ///< bytes of one haystack
};

/// What the haystacks reach. The automaton is that of "the pattern matches the whole haystack".
struct AutomatonHaystacks {
  std::vector<std::string> haystacks;  ///< distinct, shortest first
  std::size_t states = 0;              ///< of the automaton, as far as explored
  std::size_t arrows = 0;              ///< arrows between those states
  std::size_t arrows_taken = 0;        ///< how many of them some haystack takes, read from its start
  bool explored = true;                ///< false: max_states was reached
  /// Every state entered and every arrow taken.
  bool complete() const { return explored && arrows_taken == arrows; }
};

AutomatonHaystacks automaton_haystacks(const syntax::Regex& regex, Encoding encoding, Choices& choices,
                                       const AutomatonLimits& limits = {});

}  // namespace redoubt::generate
