#include "reference/longest_matcher.h"

#include <algorithm>
#include <bit>

#include "syntax/mutants.h"

namespace redoubt::reference {

using derivatives::Context;
using derivatives::Symbol;
using derivatives::TermId;
using derivatives::Terms;
using syntax::kInfinite;
using syntax::NodeKind;
using syntax::Regex;

/// A node on the way to a group; subtrees without groups need no plan, for they report nothing.
struct LongestMatcher::PlanNode {
  static constexpr std::size_t kNoPlan = static_cast<std::size_t>(-1);

  NodeKind kind = NodeKind::kEmpty;
  std::uint32_t group = 0;
  std::uint32_t first_group = 0, last_group = 0;  // the groups inside, an interval of numbers
  std::uint32_t min = 0, max = 0;
  std::size_t steps = 0;              // kConcat: children up to the last that has groups (all when left-associative)
  std::vector<std::size_t> children;  // their plans, or kNoPlan
  std::vector<TermId> terms;          // kAlternate, kConcat, kRepeat: the child read forwards
  std::vector<TermId> rests;          // kConcat: mirror of what follows child t; kRepeat: mirror of the body
};

LongestMatcher::~LongestMatcher() = default;

LongestMatcher::LongestMatcher(Workspace& workspace, const Regex& regex, LongestVariation variation)
    : terms_(workspace.acquire(regex)),
      term_limit_(workspace.limits().terms),
      variation_(variation),
      group_count_(regex->max_group()) {
  if (REDOUBT_MUTANT(reference_keeps_groups)) variation_.keep_groups = true;
  whole_ = terms_->from_regex(regex, false);
  anywhere_ = terms_->cat(Terms::kAny, terms_->from_regex(regex, true));
  root_ = build(regex);
}

namespace {

void group_interval(const Regex& r, std::uint32_t& first, std::uint32_t& last) {
  if (r->max_group() == 0) return;
  if (r->kind() == NodeKind::kGroup && r->group() != 0) {
    first = first == 0 ? r->group() : std::min(first, r->group());
    last = std::max(last, r->group());
  }
  for (const Regex& child : r->children()) group_interval(child, first, last);
}

}  // namespace

std::size_t LongestMatcher::build(const Regex& regex) {
  if (regex->max_group() == 0) return PlanNode::kNoPlan;
  if (regex->kind() == NodeKind::kGroup && regex->group() == 0) return build(regex->child());
  PlanNode node;
  node.kind = regex->kind();
  group_interval(regex, node.first_group, node.last_group);
  const auto& children = regex->children();
  for (const Regex& child : children) {
    node.children.push_back(build(child));
    node.terms.push_back(terms_->from_regex(child, false));
    if (child->max_group() != 0) node.steps = node.children.size();
  }
  switch (regex->kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
    case NodeKind::kAlternate:
      break;
    case NodeKind::kGroup:
      node.group = regex->group();
      break;
    case NodeKind::kRepeat:
      node.min = regex->min();
      node.max = regex->max();
      node.rests.push_back(terms_->from_regex(regex->child(), true));
      break;
    case NodeKind::kConcat: {
      node.rests.resize(children.size(), Terms::kEps);
      if (variation_.left_associative) {
        // terms[t]: children 0…t read forwards; rests[t]: child t+1 read backwards.
        node.steps = children.size();
        for (std::size_t t = 1; t < children.size(); ++t) {
          node.terms[t] = terms_->cat(node.terms[t - 1], node.terms[t]);
          node.rests[t - 1] = terms_->from_regex(children[t], true);
        }
      } else {
        for (std::size_t t = children.size() - 1; t-- > 0;) {
          node.rests[t] = terms_->cat(node.rests[t + 1], terms_->from_regex(children[t + 1], true));
        }
      }
      break;
    }
  }
  plan_.push_back(std::move(node));
  return plan_.size() - 1;
}

TermId LongestMatcher::next(TermId term, std::size_t location, Symbol symbol) {
  if (--steps_left_ == 0) {
    steps_left_ = 1;
    over_limit_ = true;
    return Terms::kNone;
  }
  if (terms_->count() > term_limit_) {
    make_room(&term);
    if (over_limit_) return Terms::kNone;
  }
  return terms_->next(term, subject_.contexts[location], symbol);
}

void LongestMatcher::make_room(TermId* held) {
  // Others may still use the shared terms: this matcher goes on with its own copy of what it needs.
  auto own = std::make_shared<Terms>(*terms_);
  std::vector<TermId*> roots = {&whole_, &anywhere_, &rest_, held};
  for (PlanNode& node : plan_) {
    for (TermId& t : node.terms) roots.push_back(&t);
    for (TermId& t : node.rests) roots.push_back(&t);
  }
  own->compact(roots);
  over_limit_ = own->count() > term_limit_ / 2;
  terms_ = std::move(own);
}

/// Does the term match exactly [i,j)?
bool LongestMatcher::matches(TermId term, std::size_t i, std::size_t j) {
  for (std::size_t k = i; k < j; ++k) {
    term = next(term, k, subject_.symbols[k]);
    if (term == Terms::kNone) return false;
  }
  return terms_->nullable(term, subject_.contexts[j]);
}

/// A4: the smallest begin, then the largest end.
bool LongestMatcher::search(std::size_t& begin, std::size_t& end, std::vector<std::size_t>* ends) {
  const std::size_t n = subject_.size();
  std::size_t from = 0, to = n;
  if (n > 24) {
    // One pass from the end: where ⊤·mirror(r) is nullable, a match starts; the last such place seen is the smallest.
    TermId term = anywhere_;
    bool found = false;
    for (std::size_t k = n;; --k) {
      if (terms_->nullable(term, subject_.contexts[k])) {
        from = k;
        found = true;
      }
      if (k == 0 || (found && REDOUBT_MUTANT(reverse_scan_stops_early))) break;
      term = next(term, k, subject_.symbols[k - 1]);
      if (over_limit_) return false;
    }
    if (!found) return false;
    to = from;
  }
  for (begin = from; begin <= to; ++begin) {
    TermId term = whole_;
    bool found = false;
    for (std::size_t k = begin;; ++k) {
      if (terms_->nullable(term, subject_.contexts[k])) {
        end = k;
        found = true;
        if (ends) ends->push_back(subject_.offset(k));
      }
      if (k == n) break;
      term = next(term, k, subject_.symbols[k]);
      if (term == Terms::kNone) break;
    }
    if (over_limit_) return false;
    if (found && ends) std::reverse(ends->begin(), ends->end());
    if (found) return true;
  }
  return false;
}

/// The largest k (smallest, in one variation) such that `first` matches [i,k) and the rest, read backwards, matches
/// [k,j). One exists: the whole is known to match [i,j).
std::size_t LongestMatcher::longest_split(TermId& first, TermId& rest_reversed, std::size_t i, std::size_t j,
                                          bool allow_empty) {
  candidates_.assign((j - i) / 64 + 1, 0);
  std::size_t count = 0, last = j;
  TermId term = first;
  for (std::size_t k = i;; ++k) {
    if ((k > i || allow_empty) && terms_->nullable(term, subject_.contexts[k])) {
      candidates_[(k - i) / 64] |= std::uint64_t{1} << ((k - i) % 64);
      ++count;
      last = k;
    }
    if (k == j) break;
    term = next(term, k, subject_.symbols[k]);
    if (term == Terms::kNone) break;
  }
  if (count == 1 || over_limit_) return last;
  term = rest_reversed;
  std::size_t best = last;
  for (std::size_t k = j;; --k) {
    if ((candidates_[(k - i) / 64] >> ((k - i) % 64) & 1) && terms_->nullable(term, subject_.contexts[k])) {
      best = k;
      if (!variation_.short_iterations && !REDOUBT_MUTANT(shortest_split)) break;
    }
    if (k == i) break;
    term = next(term, k, subject_.symbols[k - 1]);
    if (term == Terms::kNone) break;
  }
  return best;
}

/// Bit k - i: the term, read backwards, matches [k,j). One pass.
std::vector<std::uint64_t> LongestMatcher::starts_of(TermId& reversed, std::size_t i, std::size_t j) {
  std::vector<std::uint64_t> starts((j - i) / 64 + 1);
  TermId term = reversed;
  for (std::size_t k = j;; --k) {
    if (terms_->nullable(term, subject_.contexts[k])) starts[(k - i) / 64] |= std::uint64_t{1} << ((k - i) % 64);
    if (k == i) break;
    term = next(term, k, subject_.symbols[k - 1]);
    if (term == Terms::kNone) break;
  }
  return starts;
}

/// longest_split() for a non-empty prefix, with the rest's starts (counted from `base`) known.
std::size_t LongestMatcher::longest_prefix(TermId first, const std::vector<std::uint64_t>& starts, std::size_t base,
                                           std::size_t i, std::size_t j) {
  std::size_t best = j;
  for (std::size_t k = i; k < j;) {
    first = next(first, k, subject_.symbols[k]);
    if (first == Terms::kNone) break;
    ++k;
    if ((starts[(k - base) / 64] >> ((k - base) % 64) & 1) && terms_->nullable(first, subject_.contexts[k])) {
      best = k;
      if (variation_.short_iterations || REDOUBT_MUTANT(long_iteration_too_short)) break;
    }
  }
  return best;
}

void LongestMatcher::unset_groups(const PlanNode& node) {
  if (variation_.keep_groups) return;
  for (std::uint32_t g = node.first_group; g <= node.last_group; ++g) (*slots_)[g] = Span{};
}

/// A6: sets the groups inside a node that is known to match [i,j).
void LongestMatcher::fill(std::size_t index, std::size_t i, std::size_t j) {
  if (index == PlanNode::kNoPlan || over_limit_) return;
  PlanNode& node = plan_[index];
  switch (node.kind) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
      return;
    case NodeKind::kGroup:
      (*slots_)[node.group] = {subject_.offset(i), subject_.offset(j)};
      fill(node.children[0], i, j);
      return;
    case NodeKind::kAlternate: {
      // The first branch that matches exactly this span; the last needs no test.
      const std::size_t count = node.children.size();
      for (std::size_t k = 0; k < count; ++k) {
        const std::size_t branch = variation_.last_branch != REDOUBT_MUTANT(last_branch_first) ? count - 1 - k : k;
        if (k + 1 == count || matches(node.terms[branch], i, j)) return fill(node.children[branch], i, j);
      }
      return;
    }
    case NodeKind::kConcat:
      return fill_concat(node, i, j);
    case NodeKind::kRepeat:
      return fill_repeat(node, i, j);
  }
}

void LongestMatcher::fill_concat(PlanNode& node, std::size_t i, std::size_t j) {
  const std::size_t last = node.children.size() - 1;
  if (variation_.left_associative) {
    for (std::size_t t = last; t > 0; --t) {
      const std::size_t k = longest_split(node.terms[t - 1], node.rests[t - 1], i, j, true);
      fill(node.children[t], k, j);
      j = k;
    }
    return fill(node.children[0], i, j);
  }
  for (std::size_t t = 0; t < node.steps; ++t) {
    const std::size_t k = t == last ? j : longest_split(node.terms[t], node.rests[t], i, j, true);
    fill(node.children[t], i, k);
    i = k;
  }
}

void LongestMatcher::fill_iteration(const PlanNode& node, std::size_t i, std::size_t j) {
  unset_groups(node);
  fill(node.children[0], i, j);
}

void LongestMatcher::fill_repeat(PlanNode& node, std::size_t i, std::size_t j) {
  std::uint32_t min = node.min, max = node.max;
  unset_groups(node);
  if (max == 0) return;
  if (i == j && min == 0) {
    // A2: a null string is longer than no match at all.
    if (!variation_.no_empty_iteration && !REDOUBT_MUTANT(reference_no_empty_iteration) &&
        terms_->nullable(node.terms[0], subject_.contexts[i])) {
      fill_iteration(node, i, j);
    }
    return;
  }
  // On a long span, r* after the forced iterations is the same rest every time: where it may begin is found once, or
  // the time would be quadratic.
  constexpr std::size_t kLong = 64;
  std::vector<std::uint64_t> rest_starts;
  const std::size_t base = i;
  std::size_t begin = i, end = i;
  while (i < j || min > 0) {
    if (over_limit_) return;
    if (i == j) {
      // What remains is forced, and empty every time.
      begin = end = j;
      break;
    }
    const bool forced = min > 0;
    if (forced) --min;
    if (max != kInfinite) --max;
    rest_ = terms_->rep(node.rests[0], min, max);
    if (max == kInfinite && !forced && (j - i > kLong || !rest_starts.empty())) {
      if (rest_starts.empty()) rest_starts = starts_of(rest_, base, j);
      end = longest_prefix(node.terms[0], rest_starts, base, i, j);
    } else {
      end = longest_split(node.terms[0], rest_, i, j, forced);
    }
    begin = i;
    if (variation_.keep_groups) fill_iteration(node, begin, end);
    i = end;
  }
  fill_iteration(node, begin, end);
}

MatchStatus LongestMatcher::find_span(std::string_view haystack, Span& span) {
  subject_.assign(terms_->alphabet(), haystack);
  over_limit_ = false;
  steps_left_ = kMaxSteps;
  std::size_t begin = 0, end = 0;
  const bool found = search(begin, end);
  if (over_limit_) return MatchStatus::kLimit;
  if (found) span = {subject_.offset(begin), subject_.offset(end)};
  return found ? MatchStatus::kMatch : MatchStatus::kNoMatch;
}

MatchStatus LongestMatcher::match(std::string_view haystack, Slots& slots, std::vector<std::size_t>* ends) {
  if (ends) ends->clear();
  subject_.assign(terms_->alphabet(), haystack);
  over_limit_ = false;
  steps_left_ = kMaxSteps;
  std::size_t begin = 0, end = 0;
  if (!search(begin, end, ends)) {
    slots.clear();
    return over_limit_ ? MatchStatus::kLimit : MatchStatus::kNoMatch;
  }
  slots.assign(1 + group_count_, Span{});
  slots[0] = {subject_.offset(begin), subject_.offset(end)};
  slots_ = &slots;
  fill(root_, begin, end);
  slots_ = nullptr;
  if (over_limit_) slots.clear();
  return over_limit_ ? MatchStatus::kLimit : MatchStatus::kMatch;
}

}  // namespace redoubt::reference
