// Do two regexes match the same whole haystacks? Decided by bisimulation on derivatives (Brzozowski 1964; Hopcroft and
// Karp 1971), breadth first, so that the haystack that tells them apart is a shortest one. Ill-formed UTF-8 is left
// out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "syntax/regex.h"

namespace redoubt::derivatives {

/// What is asked of the languages of the two regexes.
enum class Relation { kEqual, kContained };

enum class Decision { kHolds, kFails, kLimit };

struct Comparison {
  Decision decision = Decision::kLimit;
  /// kFails: a shortest haystack that exactly one side matches whole (kContained: that only the left side matches).
  std::string witness;
  bool left_matches = false;  ///< which side matches the witness
  std::size_t states = 0;     ///< pairs of states visited
};

/// kLimit when more than max_states pairs would be visited or max_terms terms made.
Comparison compare_languages(const syntax::Regex& left, const syntax::Regex& right, Encoding encoding,
                             Relation relation, std::size_t max_states = 100'000, std::size_t max_terms = 2'000'000);

/// A shortest haystack that the regex matches whole; nullopt when there is none, or (limit set) none was found in time.
std::optional<std::string> shortest_match(const syntax::Regex& regex, Encoding encoding, bool& limit,
                                          std::size_t max_states = 100'000);

}  // namespace redoubt::derivatives
