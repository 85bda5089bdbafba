#include <algorithm>

#include "pikevm/simplify_rules.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

using syntax::kInfinite;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

std::optional<Regex> fail_of_body(Rewriting& w, const Node& body, Bounds bounds) {
  if (!w.may(Rule::kFail) || !is_fail(body)) return std::nullopt;
  w.fire(Rule::kFail);
  return bounds.min == 0 ? syntax::empty() : syntax::char_class(syntax::CharClass());
}

std::optional<Regex> trivial_repeat(Rewriting& w, const Regex& body, Bounds bounds) {
  if (!w.may(Rule::kTrivialRepeat)) return std::nullopt;
  bool nothing = bounds.max == 0 || core(body)->kind() == NodeKind::kEmpty;
  if (!nothing && bounds.max != 1) return std::nullopt;
  if (!nothing && bounds.min != 1) return std::nullopt;
  w.fire(Rule::kTrivialRepeat);
  return nothing ? syntax::empty() : body;
}

std::optional<Regex> zero_width_repeat(Rewriting& w, const Regex& body, Bounds bounds, Notice notice) {
  if (!w.may(Rule::kZeroWidthRepeat) || notice == Notice::kShape || !group_free(*body)) return std::nullopt;
  if (fixed_width(*body) != 0) return std::nullopt;
  w.fire(Rule::kZeroWidthRepeat);
  return bounds.min == 0 || REDOUBT_MUTANT(zero_width_keeps_min) ? syntax::empty() : body;
}

namespace {

/// The totals of k to l counts, each of n to m, have no gap.
bool totals_are_contiguous(std::uint64_t n, std::uint64_t m, std::uint64_t k, std::uint64_t l) {
  if (REDOUBT_MUTANT(gaps_of_nested_counts) || k == l || (m == kInfinite && k > 0)) return true;
  // The totals of j copies are jn to jm; those of j+1 begin at (j+1)n. The gap is widest at j = k.
  return (k + 1) * n <= (k == 0 ? 0 : k * m) + 1;
}

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return 0;
  return a == kInfinite || b == kInfinite ? kInfinite : a * b;
}

bool keeps_order(const Node& inner, Bounds outer) {
  bool inner_exact = inner.min() == inner.max();
  bool outer_exact = outer.min == outer.max;
  if (fixed_width(*inner.child()) <= 0) return false;
  if (!inner_exact && !outer_exact && inner.greedy() != outer.greedy) return false;
  return inner.min() <= 1 || outer_exact;
}

}  // namespace

std::optional<Regex> nested_repeat(Rewriting& w, const Regex& body, Bounds bounds, Notice notice) {
  const Regex& inner = core(body);
  if (!w.may(Rule::kNestedRepeat) || inner->kind() != NodeKind::kRepeat || !group_free(*inner)) return std::nullopt;
  if (notice != Notice::kExtent && (notice != Notice::kOrder || !keeps_order(*inner, bounds))) return std::nullopt;
  if (!totals_are_contiguous(inner->min(), inner->max(), bounds.min, bounds.max)) return std::nullopt;
  std::uint64_t min = product(inner->min(), bounds.min);
  std::uint64_t max = product(inner->max(), bounds.max);
  if (REDOUBT_MUTANT(counter_overflow) && max != kInfinite && max > 255) min &= max &= 255;
  if (min > kMaxCount || (max != kInfinite && max > kMaxCount)) return std::nullopt;
  w.fire(Rule::kNestedRepeat);
  bool greedy = inner->min() == inner->max() ? bounds.greedy : inner->greedy();
  return syntax::repeat(inner->child(), static_cast<std::uint32_t>(min), static_cast<std::uint32_t>(max), greedy);
}

namespace {

/// Collects what stands for the branch `r` in an unbounded repeat; returns whether that is not `r` itself.
/// `may_be_empty`: the repeat matches empty everywhere.
bool strip(const Regex& r, bool may_be_empty, Parts& out) {
  const Regex& node = core(r);
  auto strip_all = [&](PartsView parts) {
    for (const Regex& part : parts) strip(part, may_be_empty, out);
    return true;
  };
  if (may_be_empty && fixed_width(*node) == 0) return true;
  if (node->kind() == NodeKind::kAlternate) {
    bool any = false;
    for (const Regex& branch : node->children()) any |= strip(branch, may_be_empty, out);
    return any;
  }
  if (node->kind() == NodeKind::kRepeat && node->max() > 0 &&
      (node->min() == 1 || (REDOUBT_MUTANT(loop_minimum_stripped) && node->min() > 1) ||
       (may_be_empty && node->min() == 0))) {
    strip(node->child(), may_be_empty, out);
    return true;
  }
  if (node->kind() == NodeKind::kConcat && may_be_empty && matches_empty_everywhere(*node)) {
    return strip_all(node->children());
  }
  out.push_back(r);
  return false;
}

}  // namespace

std::optional<Regex> star_body(Rewriting& w, const Regex& body, Bounds bounds, Notice notice, std::uint32_t level) {
  if (!w.may(Rule::kStarBody) || notice != Notice::kExtent || bounds.max != kInfinite) return std::nullopt;
  const Regex& inner = core(body);
  if (inner->kind() == NodeKind::kClass || inner->kind() == NodeKind::kRepeat) return std::nullopt;
  bool may_be_empty = bounds.min == 0 || matches_empty_everywhere(*inner);
  if (!may_be_empty && bounds.min != 1) return std::nullopt;
  Parts branches;
  if (!strip(inner, may_be_empty, branches)) return std::nullopt;
  w.fire(Rule::kStarBody);
  if (branches.empty()) return syntax::empty();
  std::uint32_t min = may_be_empty ? 0 : 1;
  if (branches.size() > 1) {
    if (auto other = Alternation(w, level + 1).simplify(branches, Notice::kExtent)) branches = {*std::move(other)};
  }
  return syntax::repeat(syntax::alternate(std::move(branches)), min, kInfinite);
}

std::optional<Regex> simplify_repeat(Rewriting& w, const Regex& body, Bounds bounds, Notice notice,
                                     std::uint32_t level) {
  if (auto r = fail_of_body(w, *core(body), bounds)) return r;
  if (auto r = trivial_repeat(w, body, bounds)) return r;
  if (body->kind() == NodeKind::kClass) return std::nullopt;
  notice = notice_of(notice, *body);
  if (auto r = zero_width_repeat(w, body, bounds, notice)) return r;
  if (auto r = nested_repeat(w, body, bounds, notice)) return r;
  return star_body(w, body, bounds, notice, level);
}

}  // namespace redoubt::pikevm
