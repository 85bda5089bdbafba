// The definition as a matcher: A4 over all parse trees. Exponential; for small cases, where it referees the reference.
#pragma once

#include <string_view>

#include "reference/longest_matcher.h"
#include "reference/parse_tree.h"

namespace redoubt::reference {

/// The smallest begin, the largest end, the best tree, its groups. kLimit when there are more than `max_trees` trees.
/// `best` (may be null) receives the best tree.
MatchStatus match_by_definition(const syntax::Regex& regex, std::string_view haystack, Encoding encoding, Slots& slots,
                                std::size_t max_trees = 2'000'000, TreePtr* best = nullptr);

}  // namespace redoubt::reference
