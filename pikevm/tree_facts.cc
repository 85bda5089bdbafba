#include "pikevm/tree_facts.h"

#include <algorithm>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

bool nullable(const Node& node, bool look) {
  auto child_nullable = [look](const Regex& child) { return nullable(*child, look); };
  switch (node.kind()) {
    case NodeKind::kEmpty:
      return true;
    case NodeKind::kLook:
      return look;
    case NodeKind::kClass:
      return false;
    case NodeKind::kConcat:
      return std::all_of(node.children().begin(), node.children().end(), child_nullable);
    case NodeKind::kAlternate:
      return std::any_of(node.children().begin(), node.children().end(), child_nullable);
    case NodeKind::kRepeat:
      return node.min() == 0 || nullable(*node.child(), look);
    case NodeKind::kGroup:
      return nullable(*node.child(), look);
  }
  return false;
}

bool always_at_start(const Node& node) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
      return false;
    case NodeKind::kLook:
      return node.look() == syntax::Look::kCaret || node.look() == syntax::Look::kTextStart;
    case NodeKind::kConcat:
    case NodeKind::kGroup:
      return always_at_start(*node.children().front());
    case NodeKind::kAlternate:
      if (REDOUBT_MUTANT(anchor_of_one_branch)) return always_at_start(*node.children().front());
      return std::all_of(node.children().begin(), node.children().end(),
                         [](const Regex& child) { return always_at_start(*child); });
    case NodeKind::kRepeat:
      return (node.min() > 0 || REDOUBT_MUTANT(optional_anchor_holds)) && always_at_start(*node.child());
  }
  return false;
}

}  // namespace redoubt::pikevm
