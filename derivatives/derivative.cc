// The derivative at a location (SEMANTICS A7 and D; Brzozowski 1964, Antimirov 1996, Zhuchko, Veanes and Ebner 2024),
// its remembered form, and the compaction that keeps memory bounded.
#include <algorithm>

#include "derivatives/term.h"
#include "syntax/mutants.h"

namespace redoubt::derivatives {

using syntax::kInfinite;

TermId Terms::derive(TermId t, Context context, Symbol symbol) {
  const Node node = nodes_[t];  // by value: interning may move nodes_
  switch (node.kind) {
    case TermKind::kNone:
    case TermKind::kEps:
    case TermKind::kLook:
      return kNone;
    case TermKind::kSymbols:
      return symbol < alphabet_.symbol_count() && has_symbol(node, symbol) ? kEps : kNone;
    case TermKind::kCat: {
      // D(rs) = D(r)s, and D(s) too where r is nullable here; s is followed in a loop, for concatenations are long.
      if (!nullable(node.a, context) || REDOUBT_MUTANT(derivative_tail_lost))
        return cat(derive(node.a, context, symbol), node.b);
      std::vector<TermId> choices;
      for (;;) {
        const Node here = nodes_[t];
        if (here.kind != TermKind::kCat) {
          choices.push_back(derive(t, context, symbol));
          break;
        }
        choices.push_back(cat(derive(here.a, context, symbol), here.b));
        if (!nullable(here.a, context)) break;
        t = here.b;
      }
      return choices.size() == 1 ? choices[0] : junction(TermKind::kAlt, choices);
    }
    case TermKind::kAlt:
    case TermKind::kAnd: {
      std::vector<TermId> list(list_of(node).begin(), list_of(node).end());
      for (TermId& child : list) child = derive(child, context, symbol);
      return junction(node.kind, list);
    }
    case TermKind::kNot:
      return negate(derive(node.a, context, symbol));
    case TermKind::kRep: {
      const TermId body = derive(node.a, context, symbol);
      if (body == kNone) return kNone;
      // A7: where the body matches the empty span *here*, any number k < max of leading iterations may do so, and the
      // rests r{min-1-k,max-1-k} together are r{0,max-1}.
      const std::uint32_t max = node.max == kInfinite ? kInfinite : node.max - 1;
      const std::uint32_t min =
          (nullable(node.a, context) && !REDOUBT_MUTANT(derivative_of_repeat)) || node.min == 0 ? 0 : node.min - 1;
      return cat(body, rep(node.a, min, max));
    }
  }
  return kNone;
}

TermId Terms::fill(TermId t, Context context, Symbol symbol) {
  const TermId result = derive(t, context, symbol);
  if (rows_[t] == kNoRow) {
    rows_[t] = static_cast<std::uint32_t>(table_.size());
    table_.resize(table_.size() + stride_ * static_cast<std::uint32_t>(alphabet_.context_count()), kUnknown);
  }
  table_[rows_[t] + context * stride_ + symbol] = result;
  const auto contexts = static_cast<Context>(REDOUBT_MUTANT(derivative_context_stale) ? alphabet_.context_count() : 0);
  for (Context c = 0; c < contexts; ++c) table_[rows_[t] + c * stride_ + symbol] = result;
  return result;
}

void Terms::compact(std::span<TermId* const> roots) {
  // Children have smaller numbers: one pass down marks what is needed, one pass up builds it anew.
  std::vector<bool> needed(nodes_.size());
  for (const TermId* root : roots) needed[*root] = true;
  for (TermId t = static_cast<TermId>(nodes_.size()); t-- > 0;) {
    if (!needed[t]) continue;
    const Node& node = nodes_[t];
    if (node.kind == TermKind::kAlt || node.kind == TermKind::kAnd) {
      for (TermId child : list_of(node)) needed[child] = true;
    } else if (node.kind == TermKind::kCat) {
      needed[node.a] = needed[node.b] = true;
    } else if (node.kind == TermKind::kNot || node.kind == TermKind::kRep) {
      needed[node.a] = true;
    }
  }
  const std::vector<Node> old_nodes = std::move(nodes_);
  const std::vector<std::uint32_t> old_lists = std::move(lists_);
  reset();
  std::vector<TermId> moved(old_nodes.size(), kNone);
  for (TermId t = 0; t < old_nodes.size(); ++t) {
    if (!needed[t]) continue;
    Node node = old_nodes[t];
    std::vector<std::uint32_t> list;
    switch (node.kind) {
      case TermKind::kSymbols:
        list.assign(old_lists.begin() + node.a, old_lists.begin() + node.a + words_);
        break;
      case TermKind::kAlt:
      case TermKind::kAnd:
        for (std::uint32_t k = 0; k < node.b; ++k) list.push_back(moved[old_lists[node.a + k]]);
        std::sort(list.begin(), list.end());
        break;
      case TermKind::kCat:
        node.b = moved[node.b];
        node.a = moved[node.a];
        break;
      case TermKind::kNot:
      case TermKind::kRep:
        node.a = moved[node.a];
        break;
      case TermKind::kNone:
      case TermKind::kEps:
      case TermKind::kLook:
        break;
    }
    moved[t] = intern(node, list);
  }
  for (TermId* root : roots) *root = moved[*root];
}

}  // namespace redoubt::derivatives
