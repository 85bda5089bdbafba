#include "reference/definition.h"

namespace redoubt::reference {

MatchStatus match_by_definition(const syntax::Regex& regex, std::string_view haystack, Encoding encoding, Slots& slots,
                                std::size_t max_trees, TreePtr* best) {
  const Units units(haystack, encoding);
  TreeEnumeration enumeration(regex, units, max_trees);
  slots.clear();
  for (std::size_t begin = 0; begin <= units.size(); ++begin) {
    for (std::size_t end = units.size() + 1; end-- > begin;) {
      const std::vector<TreePtr>& trees = enumeration.trees(begin, end);
      if (enumeration.limit_reached()) return MatchStatus::kLimit;
      if (trees.empty()) continue;
      TreePtr winner = trees.front();
      for (const TreePtr& tree : trees) {
        if (compare_trees(*regex, *tree, *winner) < 0) winner = tree;
      }
      slots.assign(1 + regex->max_group(), Span{});
      slots[0] = {units.offsets[begin], units.offsets[end]};
      set_groups(*regex, *winner, units, slots);
      if (best) *best = winner;
      return MatchStatus::kMatch;
    }
  }
  return MatchStatus::kNoMatch;
}

}  // namespace redoubt::reference
