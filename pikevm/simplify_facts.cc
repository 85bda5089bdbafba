#include "pikevm/simplify_facts.h"

#include <cstdint>

#include "pikevm/tree_facts.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

constexpr int kNotFixed = -1;
constexpr std::int64_t kMaxWidth = 1'000'000'000;

/// `fuel`: how many more nodes may be looked at.
std::int64_t width(const Node& node, int& fuel) {
  if (--fuel < 0) return kNotFixed;
  std::int64_t total = 0;
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
      return 0;
    case NodeKind::kClass:
      return 1;
    case NodeKind::kConcat:
      for (const Regex& child : node.children()) {
        std::int64_t w = width(*child, fuel);
        if (w == kNotFixed) return kNotFixed;
        total += w;
      }
      return total <= kMaxWidth ? total : kNotFixed;
    case NodeKind::kAlternate:
      total = width(*node.children().front(), fuel);
      for (const Regex& child : node.children()) {
        if (REDOUBT_MUTANT(width_of_first_branch)) continue;
        if (total == kNotFixed || width(*child, fuel) != total) return kNotFixed;
      }
      return total;
    case NodeKind::kRepeat:
      if (node.max() == 0 || (REDOUBT_MUTANT(repeat_simplified_to_zero) && node.min() == 0)) return 0;
      total = width(*node.child(), fuel);
      if (total <= 0) return total;
      return node.min() == node.max() && total * node.min() <= kMaxWidth ? total * node.min() : kNotFixed;
    case NodeKind::kGroup:
      return width(*node.child(), fuel);
  }
  return kNotFixed;
}

}  // namespace

int fixed_width(const Node& node) {
  int fuel = 64;
  return static_cast<int>(width(node, fuel));
}

bool matches_empty_everywhere(const Node& node) { return nullable(node, false); }

bool may_match_empty(const Node& node) { return nullable(node, true); }

const syntax::CharClass* leading_class(const Node& node) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
    case NodeKind::kAlternate:
      return nullptr;
    case NodeKind::kClass:
      return &node.char_class();
    case NodeKind::kConcat:
    case NodeKind::kGroup:
      return leading_class(*node.children().front());
    case NodeKind::kRepeat:
      return node.min() > 0 ? leading_class(*node.child()) : nullptr;
  }
  return nullptr;
}

}  // namespace redoubt::pikevm
