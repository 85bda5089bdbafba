// The lazy automaton of a term, explored: states are (term, what lies before), arrows are symbols. What `equiv` and the
// haystack generator walk. States are found breadth first, so the way to a state is a shortest one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "derivatives/term.h"

namespace redoubt::derivatives {

struct DfaState {
  TermId term;
  Neighbour before;    ///< the kind of the last symbol read (kEdge at the start): assertions look back at it
  bool accepts;        ///< the haystack may end here
  std::uint32_t from;  ///< the state it was first reached from (itself for state 0)
  Symbol by;           ///< … and by which symbol
};

/// States in breadth-first order; `arrows[state * symbol_count + symbol]` is the state reached, or kDead.
struct Dfa {
  static constexpr std::uint32_t kDead = static_cast<std::uint32_t>(-1);
  std::vector<DfaState> states;
  std::vector<std::uint32_t> arrows;
  bool complete = true;  ///< false: the state limit was reached, and arrows of the last states are missing (kDead)

  /// The symbols of the shortest way from state 0.
  std::vector<Symbol> way_to(std::uint32_t state) const;
};

/// Explores the automaton of "the term matches the whole haystack". Ill-formed bytes are not among the arrows.
Dfa explore(Terms& terms, TermId start, std::size_t max_states);

}  // namespace redoubt::derivatives
