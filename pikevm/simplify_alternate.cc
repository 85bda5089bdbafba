#include <algorithm>
#include <array>
#include <bitset>

#include "pikevm/simplify_rules.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

using syntax::CharClass;
using syntax::Node;
using syntax::NodeKind;
using syntax::Range;
using syntax::Regex;

namespace {

/// What of a branch tells that a rule may fire.
struct Edges {
  const Regex* first;
  const Regex* last;
  bool lone_class;
};

Edges edges_of(const Regex& branch) {
  const Regex& r = core(branch);
  if (r->kind() == NodeKind::kConcat) return {&core(r->children().front()), &core(r->children().back()), false};
  return {&r, &r, r->kind() == NodeKind::kClass};
}

bool shared(const Regex& a, const Regex& b) { return group_free(*a) && same(a, b); }

}  // namespace

bool alternate_may_change(PartsView branches, Notice notice) {
  std::bitset<256> seen;  // the smallest units of leading classes
  int lone_classes = 0;
  Edges before{};
  bool group_free_before = false;
  for (const Regex& branch : branches) {
    Edges edges = edges_of(branch);
    NodeKind kind = core(branch)->kind();
    if (kind == NodeKind::kAlternate || kind == NodeKind::kEmpty || is_fail(**edges.first)) return true;
    if (edges.lone_class && before.lone_class) return true;
    if (notice == Notice::kTree && group_free(*branch) && group_free_before) return true;
    group_free_before = group_free(*branch);
    if (notice == Notice::kShape) {
      before = edges;
      continue;
    }
    lone_classes += edges.lone_class;
    if (lone_classes > 1) return true;
    if (before.first && (shared(*before.first, *edges.first) || shared(*before.last, *edges.last))) return true;
    if (const CharClass* c = leading_class(*branch); branches.size() > 2 && c && c->front() < seen.size()) {
      if (seen[c->front()]) return true;
      seen[c->front()] = true;
    }
    before = edges;
  }
  return false;
}

const CharClass* Alternation::Branch::lone_class() const {
  return count == 1 && core(*first)->kind() == NodeKind::kClass ? &core(*first)->char_class() : nullptr;
}

Alternation::Branch Alternation::branch_of(const Regex& r) {
  const Regex& inner = core(r);
  if (inner->kind() == NodeKind::kEmpty) return {nullptr, 0, &r, true, 1};
  if (inner->kind() != NodeKind::kConcat) return {&r, 1, &r, group_free(*r), r->depth()};
  return {inner->children().data(), inner->children().size(), &r, group_free(*r), r->depth()};
}

Alternation::Branch Alternation::keep(Regex r) {
  kept_.push_back(std::move(r));
  return branch_of(kept_.back());
}

Regex Alternation::regex_of(const Branch& b) {
  return b.whole ? *b.whole : syntax::concat(Parts(b.first, b.first + b.count));
}

std::optional<Regex> Alternation::simplify(PartsView parts, Notice notice) {
  Branches branches;
  branches.reserve(parts.size());
  flatten(parts, branches);
  Regex r = build(std::move(branches), notice);
  if (!changed_) return std::nullopt;
  return r;
}

Regex Alternation::build(Branches branches, Notice notice) {
  drop_failing(branches);
  if (branches.empty()) return syntax::char_class(CharClass());
  Bounds optional{1, 1, true};
  if (notice != Notice::kShape) {
    gather(branches, notice);
    drop_duplicates(branches);
    factor_prefixes(branches, notice);
    merge_classes(branches);
    factor_suffixes(branches, notice);
    take_empty_branch(branches, notice, optional);
    bundle(branches, notice);
  }
  merge_classes(branches);
  Parts parts;
  parts.reserve(branches.size());
  for (const Branch& b : branches) parts.push_back(regex_of(b));
  Regex r = syntax::alternate(std::move(parts));
  if (optional.min == 1 || (notice == Notice::kExtent && matches_empty_everywhere(*r))) return r;
  if (auto other = simplify_repeat(w_, r, optional, notice, level_)) return *std::move(other);
  return syntax::repeat(std::move(r), optional.min, optional.max, optional.greedy);
}

void Alternation::flatten(PartsView parts, Branches& out) {
  for (const Regex& part : parts) {
    const Regex& inner = core(part);
    if (inner->kind() != NodeKind::kAlternate || !w_.may(Rule::kFlatten)) {
      out.push_back(branch_of(part));
      continue;
    }
    w_.fire(Rule::kFlatten);
    changed_ = true;
    flatten(inner->children(), out);
  }
}

void Alternation::drop_failing(Branches& branches) {
  if (!w_.may(Rule::kFail)) return;
  auto end = std::remove_if(branches.begin(), branches.end(), [](const Branch& b) {
    const CharClass* c = b.lone_class();
    return c && c->empty();
  });
  if (end == branches.end()) return;
  branches.erase(end, branches.end());
  w_.fire(Rule::kFail);
  changed_ = true;
}

namespace {

/// Numbers leading classes in order of appearance; equal ones alike.
class ClassNumbers {
 public:
  static constexpr int kOverlaps = -1;

  /// kOverlaps: a class seen before has some of its units, but not just these; or it is not a small class of bytes.
  int number(const CharClass& c) {
    if (c.empty() || c.ranges().back().hi > syntax::kMaxByte || c.size() > kMaxUnits) return kOverlaps;
    std::uint16_t owner = owners_[c.front()];
    for (const Range& range : c.ranges()) {
      for (std::uint32_t u = range.lo; u <= range.hi; ++u) {
        if (owners_[u] != owner && !REDOUBT_MUTANT(gather_past_overlap)) return kOverlaps;
      }
    }
    if (owner > 0) return *classes_[owner - 1] == c ? owner : kOverlaps;
    classes_.push_back(&c);
    owner = static_cast<std::uint16_t>(classes_.size());
    for (const Range& range : c.ranges()) {
      for (std::uint32_t u = range.lo; u <= range.hi; ++u) owners_[u] = owner;
    }
    return owner;
  }
  /// Leaves out a number.
  void skip() { classes_.push_back(nullptr); }

 private:
  static constexpr std::uint64_t kMaxUnits = 32;
  std::array<std::uint16_t, 256> owners_{};
  std::vector<const CharClass*> classes_;
};

}  // namespace

bool Alternation::may_gather(const Branches& branches) {
  if (branches.size() < 3) return false;
  std::bitset<256> seen;       // the smallest units of leading classes
  std::uint32_t before = 256;  // that of the branch before
  std::size_t lone_at = branches.size();
  for (std::size_t k = 0; k < branches.size(); ++k) {
    const Branch& b = branches[k];
    if (b.lone_class()) {
      if (lone_at + 1 < k) return true;
      lone_at = k;
    }
    const CharClass* c = b.count > 0 ? leading_class(**b.first) : nullptr;
    std::uint32_t unit = c && c->front() < seen.size() ? c->front() : 256;
    if (unit < 256) {
      if (seen[unit] && unit != before) return true;
      seen[unit] = true;
    }
    before = unit;
  }
  return false;
}

void Alternation::gather(Branches& branches, Notice notice) {
  if (!w_.may(Rule::kGatherBranches) || !may_gather(branches)) return;
  // Branches with the same leading class go together, to the place of the first of them; and so do all classes that
  // are alone with what they lead.
  struct Kind {
    std::size_t first;
    std::size_t members;
    bool lone_class;
    std::size_t run;
  };
  std::vector<Kind> kinds;
  std::vector<std::size_t> kind_of;  // by branch
  kind_of.reserve(branches.size());
  std::size_t run = 0;  // a run of branches that may change places; kinds[run] is its first
  ClassNumbers numbers;
  for (std::size_t k = 0; k < branches.size(); ++k) {
    const Branch& b = branches[k];
    const CharClass* c = b.count > 0 ? leading_class(**b.first) : nullptr;
    int number = c ? numbers.number(*c) : ClassNumbers::kOverlaps;
    if (number == ClassNumbers::kOverlaps) {
      bool passes = notice == Notice::kExtent;
      if (!passes) numbers = {};
      kind_of.push_back(kinds.size());
      kinds.push_back({k, 1, passes && b.lone_class(), passes ? run : kinds.size()});
      if (!passes) run = kinds.size();
      if (passes) numbers.skip();
      continue;
    }
    std::size_t kind = run + static_cast<std::size_t>(number) - 1;
    if (kind == kinds.size()) kinds.push_back({k, 0, b.lone_class() != nullptr, run});
    ++kinds[kind].members;
    kind_of.push_back(kind);
  }
  struct Place {
    std::size_t group, kind, at;
    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> places;
  places.reserve(branches.size());
  std::size_t lone = 0;
  std::optional<std::size_t> lone_run;
  for (std::size_t k = 0; k < branches.size(); ++k) {
    const Kind& kind = kinds[kind_of[k]];
    std::size_t group = kind.first;
    if (kind.lone_class && kind.members == 1) {
      if (lone_run != kind.run) lone = group;
      lone_run = kind.run;
      group = lone;
    }
    places.push_back({group, kind_of[k], k});
  }
  if (std::is_sorted(places.begin(), places.end())) return;
  std::sort(places.begin(), places.end());
  Branches sorted;
  sorted.reserve(branches.size());
  for (const Place& place : places) sorted.push_back(branches[place.at]);
  branches = std::move(sorted);
  w_.fire(Rule::kGatherBranches);
  changed_ = true;
}

void Alternation::merge_classes(Branches& branches) {
  if (!w_.may(Rule::kMergeClasses)) return;
  std::size_t out = 0;
  for (std::size_t k = 0; k < branches.size();) {
    std::size_t end = k;
    while (end < branches.size() && branches[end].lone_class()) ++end;
    if (end < k + 2) {
      branches[out++] = branches[k++];
      continue;
    }
    std::vector<Range> ranges;
    for (; k < end; ++k) {
      const std::vector<Range>& more = branches[k].lone_class()->ranges();
      ranges.insert(ranges.end(), more.begin(), more.end());
    }
    branches[out++] = keep(syntax::char_class(CharClass(std::move(ranges))));
  }
  if (out == branches.size()) return;
  branches.resize(out);
  w_.fire(Rule::kMergeClasses);
  changed_ = true;
}

void Alternation::drop_duplicates(Branches& branches) {
  if (!w_.may(Rule::kDropDuplicates)) return;
  constexpr std::size_t kWindow = 8;  // how many branches before are compared
  auto alike = [](const Branch& a, const Branch& b) {
    return a.count == b.count && std::equal(a.first, a.first + a.count, b.first, same);
  };
  std::size_t out = 0;
  for (std::size_t k = 0; k < branches.size(); ++k) {
    const Branch& b = branches[k];
    std::size_t from = out > kWindow ? out - kWindow : 0;
    bool seen = b.group_free && std::any_of(branches.begin() + static_cast<std::ptrdiff_t>(from),
                                            branches.begin() + static_cast<std::ptrdiff_t>(out),
                                            [&](const Branch& other) { return alike(other, b); });
    if (!seen) branches[out++] = b;
  }
  if (out == branches.size()) return;
  branches.resize(out);
  w_.fire(Rule::kDropDuplicates);
  changed_ = true;
}

void Alternation::bundle(Branches& branches, Notice notice) {
  if (!w_.may(Rule::kBundle) || notice != Notice::kTree) return;
  std::size_t out = 0;
  for (std::size_t k = 0; k < branches.size();) {
    std::size_t end = k;
    while (end < branches.size() && branches[end].group_free) ++end;
    if (end < k + 2) {
      branches[out++] = branches[k++];
      continue;
    }
    w_.fire(Rule::kBundle);
    changed_ = true;
    Branches together(branches.begin() + static_cast<std::ptrdiff_t>(k),
                      branches.begin() + static_cast<std::ptrdiff_t>(end));
    branches[out++] = keep(build(std::move(together), Notice::kExtent));
    k = end;
  }
  branches.resize(out);
}

bool Alternation::take_empty_branch(Branches& branches, Notice notice, Bounds& bounds) {
  if (!w_.may(Rule::kEmptyBranch) || branches.size() < 2) return false;
  auto empty = [](const Branch& b) { return b.count == 0; };
  if (notice == Notice::kExtent) {
    auto end = std::remove_if(branches.begin(), branches.end(), empty);
    if (end == branches.end()) return false;
    branches.erase(end, branches.end());
    if (branches.empty()) branches.push_back(keep(syntax::empty()));
  } else if (notice == Notice::kOrder && empty(branches.back())) {
    branches.pop_back();
  } else if (notice == Notice::kOrder && empty(branches.front())) {
    branches.erase(branches.begin());
    bounds.greedy = REDOUBT_MUTANT(empty_branch_to_the_end);
  } else {
    return false;
  }
  bounds.min = 0;
  w_.fire(Rule::kEmptyBranch);
  changed_ = true;
  return true;
}

}  // namespace redoubt::pikevm
