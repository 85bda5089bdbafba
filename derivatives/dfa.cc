#include "derivatives/dfa.h"

#include <algorithm>
#include <unordered_map>

namespace redoubt::derivatives {

std::vector<Symbol> Dfa::way_to(std::uint32_t state) const {
  std::vector<Symbol> way;
  for (; state != 0; state = states[state].from) way.push_back(states[state].by);
  std::reverse(way.begin(), way.end());
  return way;
}

Dfa explore(Terms& terms, TermId start, std::size_t max_states) {
  const Alphabet& alphabet = terms.alphabet();
  Dfa dfa;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  auto number_of = [&](TermId term, Neighbour before, std::uint32_t from, Symbol by) {
    const std::uint64_t key = std::uint64_t{term} << 8 | static_cast<std::uint64_t>(before);
    const auto [place, is_new] = numbers.emplace(key, static_cast<std::uint32_t>(dfa.states.size()));
    if (is_new) {
      const bool accepts = terms.nullable(term, alphabet.context(before, Neighbour::kEdge));
      dfa.states.push_back({term, before, accepts, from, by});
    }
    return place->second;
  };
  number_of(start, Neighbour::kEdge, 0, 0);
  for (std::uint32_t s = 0; s < dfa.states.size(); ++s) {
    for (std::uint32_t symbol = 0; symbol < alphabet.symbol_count(); ++symbol) {
      const DfaState state = dfa.states[s];
      const Neighbour after = alphabet.neighbour(static_cast<Symbol>(symbol));
      std::uint32_t target = Dfa::kDead;
      if (dfa.states.size() < max_states) {
        const TermId next = terms.next(state.term, alphabet.context(state.before, after), static_cast<Symbol>(symbol));
        if (next != Terms::kNone) target = number_of(next, after, s, static_cast<Symbol>(symbol));
      } else {
        dfa.complete = false;
      }
      dfa.arrows.push_back(target);
    }
  }
  return dfa;
}

}  // namespace redoubt::derivatives
