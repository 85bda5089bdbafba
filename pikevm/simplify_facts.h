// What the rules of simplification ask about a node. Every answer holds at all locations of all haystacks; "no" may
// also mean that it would have taken long to find out. Nothing here changes a tree.
#pragma once

#include "syntax/mutants.h"
#include "syntax/regex.h"

namespace redoubt::pikevm {

/// What is inside any non-capturing groups around the node.
inline const syntax::Regex& core(const syntax::Regex& r) {
  const syntax::Regex* inner = &r;
  while ((*inner)->kind() == syntax::NodeKind::kGroup && (*inner)->group() == 0) inner = &(*inner)->child();
  return *inner;
}

inline bool group_free(const syntax::Node& node) { return node.max_group() == 0; }

/// syntax::equal(), fast to say no.
inline bool same(const syntax::Regex& a, const syntax::Regex& b) {
  if (a == b) return true;
  if (a->kind() != b->kind() || a->size() != b->size()) return false;
  if (a->kind() == syntax::NodeKind::kClass) {
    if (REDOUBT_MUTANT(prefix_factored_across_case)) return a->char_class().front() == b->char_class().front();
    return a->char_class() == b->char_class();
  }
  return syntax::equal(a, b);
}

/// A class without units: the form that everything takes which never matches.
inline bool is_fail(const syntax::Node& node) {
  return node.kind() == syntax::NodeKind::kClass && node.char_class().empty();
}

/// The number of units in every match, or -1. What has a width has at most one end at a location.
int fixed_width(const syntax::Node& node);

/// Matches the empty span at every location: no assertion needs to hold.
bool matches_empty_everywhere(const syntax::Node& node);

/// Can match an empty span if assertions are taken as true: what makes an unbounded loop over it one that can go round
/// without consuming (as compiler.cc sees it).
bool may_match_empty(const syntax::Node& node);

/// The class of the first unit of every match, none of which is empty; null if there is no such class to be seen.
const syntax::CharClass* leading_class(const syntax::Node& node);

}  // namespace redoubt::pikevm
