// shrink: the one shrinker. Makes a (regex, haystack) smaller while a property of it stays, down to a local minimum: no
// single reduction of the tree or the haystack, and no renaming of a letter in both, keeps the property. The CLI, the
// harness and the properties use it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "syntax/regex.h"

namespace redoubt::harness {

struct ShrinkResult {
  syntax::Regex regex;
  std::string haystack;
  std::size_t probes = 0;
  /// True when the result is a local minimum; false when max_probes ended the search.
  bool complete = false;
};

/// What the shrinker calls smaller: fewer nodes, then a shorter haystack, then simpler nodes and bytes.
struct ShrinkCost {
  std::uint64_t nodes, length, weight;
  friend auto operator<=>(const ShrinkCost&, const ShrinkCost&) = default;
};
ShrinkCost cost(const syntax::Regex& regex, std::string_view haystack);

/// Asked first of the given pair, which is returned as it is when it lacks the property (one that comes and goes, say),
/// then of cheaper pairs only; always with groups renumbered.
using KeepsProperty = std::function<bool(const syntax::Regex& regex, const std::string& haystack)>;
ShrinkResult shrink(const syntax::Regex& regex, std::string_view haystack, Encoding encoding,
                    const KeepsProperty& keeps, std::size_t max_probes = 20'000);

/// Every single reduction of a tree, most drastic first. Some may be no cheaper than the tree.
std::vector<syntax::Regex> reductions(const syntax::Regex& regex, Encoding encoding);
/// Every single reduction of a haystack: a part deleted, a unit replaced by `a`, `b` or `\n`.
std::vector<std::string> reductions(std::string_view haystack, Encoding encoding);
/// A letter of the haystack taken for `a` or `b` in both at once: replacing it in one alone would seldom keep anything.
std::vector<std::pair<syntax::Regex, std::string>> renamings(const syntax::Regex& regex, std::string_view haystack);

}  // namespace redoubt::harness
