#include <algorithm>

#include "pikevm/simplify_rules.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

using syntax::kInfinite;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

namespace {

/// A part read as copies of something: x{n,m}, or x itself.
struct Copies {
  const Regex* of;
  std::uint64_t min = 1;
  std::uint64_t max = 1;  ///< or kInfinite
  bool greedy = true;
  bool is_repeat = false;

  bool exact() const { return min == max; }
  void add(const Copies& more) {
    if (exact()) greedy = more.greedy;
    min += more.min;
    max = max == kInfinite || more.max == kInfinite ? kInfinite : max + more.max;
    is_repeat |= more.is_repeat;
  }
  Regex repeat() const {
    return syntax::repeat(*of, static_cast<std::uint32_t>(min), static_cast<std::uint32_t>(max), greedy);
  }
};

Copies copies_of(const Regex& part) {
  const Regex& r = core(part);
  if (r->kind() != NodeKind::kRepeat || !group_free(*r)) return {&r};
  return {&core(r->child()), r->min(), r->max(), r->greedy(), true};
}

bool same_thing(const Copies& a, const Copies& b) { return group_free(**a.of) && same(*a.of, *b.of); }

bool may_coalesce(const Copies& a, const Copies& b, Notice notice) {
  if (notice == Notice::kShape || !same_thing(a, b)) return false;
  bool unbounded = a.max == kInfinite || b.max == kInfinite;
  if (a.min + b.min > kMaxCount || (!unbounded && a.max + b.max > kMaxCount)) return false;
  if (notice == Notice::kExtent || fixed_width(**a.of) > 0) {
    return REDOUBT_MUTANT(coalesce_lazy_with_greedy) || notice != Notice::kOrder || a.exact() || b.exact() ||
           a.greedy == b.greedy;
  }
  return notice == Notice::kOrder && a.exact() && (b.max != kInfinite || !may_match_empty(**a.of));
}

/// All parts but the last have a fixed width.
bool only_last_varies(const Node& concat) {
  PartsView parts = concat.children();
  return std::all_of(parts.begin(), parts.end() - 1, [](const Regex& part) { return fixed_width(*part) >= 0; });
}

}  // namespace

bool concat_may_change(PartsView parts, Notice notice) {
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const Regex& part = core(parts[k]);
    if (part->kind() == NodeKind::kEmpty || part->kind() == NodeKind::kConcat || is_fail(*part)) return true;
    if (k == 0) continue;
    if (notice == Notice::kTree && group_free(*part) && group_free(*parts[k - 1])) return true;
    const Regex& before = core(parts[k - 1]);
    if (part->kind() != NodeKind::kRepeat && before->kind() != NodeKind::kRepeat) continue;
    if (same_thing(copies_of(before), copies_of(part))) return true;
  }
  return false;
}

bool fail_of_part(Rewriting& w, Parts& parts) {
  if (!w.may(Rule::kFail)) return false;
  auto fail = std::find_if(parts.begin(), parts.end(), [](const Regex& part) { return is_fail(*core(part)); });
  if (fail == parts.end()) return false;
  w.fire(Rule::kFail);
  parts = {core(*fail)};
  return true;
}

bool flatten_concat(Rewriting& w, Parts& parts, Notice notice) {
  if (!w.may(Rule::kFlatten)) return false;
  auto goes = [&](std::size_t k) {
    const Regex& part = core(parts[k]);
    if (part->kind() != NodeKind::kConcat) return false;
    if (REDOUBT_MUTANT(flatten_moves_cuts)) return true;
    return notice != Notice::kTree || k + 1 == parts.size() || only_last_varies(*part);
  };
  Parts flat;
  bool any = false;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    if (!goes(k)) {
      if (any) flat.push_back(parts[k]);
      continue;
    }
    if (!any) flat.assign(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(k));
    any = true;
    PartsView inner = core(parts[k])->children();
    flat.insert(flat.end(), inner.begin(), inner.end());
  }
  if (!any) return false;
  w.fire(Rule::kFlatten);
  parts = std::move(flat);
  return true;
}

bool drop_empty_parts(Rewriting& w, Parts& parts) {
  if (!w.may(Rule::kDropEmpty)) return false;
  auto end = std::remove_if(parts.begin(), parts.end(),
                            [](const Regex& part) { return core(part)->kind() == NodeKind::kEmpty; });
  if (end == parts.end()) return false;
  parts.erase(end, parts.end());
  w.fire(Rule::kDropEmpty);
  return true;
}

bool coalesce_repeats(Rewriting& w, Parts& parts, Notice notice) {
  if (!w.may(Rule::kCoalesce)) return false;
  std::size_t tail = parts.size();  // from here on there is no group
  while (tail > 0 && group_free(*parts[tail - 1])) --tail;
  std::size_t out = 0;  // parts[0, out) are done
  for (std::size_t k = 0; k < parts.size();) {
    Notice here = notice == Notice::kTree && k >= tail ? Notice::kExtent : notice;
    Copies all = copies_of(parts[k]);
    std::size_t end = k + 1;
    for (; end < parts.size(); ++end) {
      Copies more = copies_of(parts[end]);
      if (!may_coalesce(all, more, here)) break;
      all.add(more);
    }
    if (all.is_repeat && end > k + 1) {
      w.fire(Rule::kCoalesce);
      parts[out++] = all.repeat();
      k = end;
    } else {
      for (; k < end; ++k, ++out) {
        if (out != k) parts[out] = std::move(parts[k]);
      }
    }
  }
  bool changed = out < parts.size();
  parts.resize(out);
  return changed;
}

bool bundle_parts(Rewriting& w, Parts& parts, Notice notice) {
  if (!w.may(Rule::kBundle) || notice != Notice::kTree) return false;
  std::size_t tail = parts.size();
  while (tail > 0 && group_free(*parts[tail - 1])) --tail;
  std::size_t out = 0;
  for (std::size_t k = 0; k < parts.size();) {
    std::size_t end = k + 1;
    if (k >= tail) {
      end = parts.size();
    } else if (group_free(*parts[k])) {
      while (end < tail && group_free(*parts[end]) && fixed_width(*parts[end - 1]) >= 0) ++end;
    }
    if (end == k + 1) {
      if (out != k) parts[out] = std::move(parts[k]);
    } else {
      auto begin = parts.begin() + static_cast<std::ptrdiff_t>(k);
      parts[out] = syntax::concat(Parts(begin, begin + static_cast<std::ptrdiff_t>(end - k)));
    }
    ++out;
    k = end;
  }
  if (out == parts.size()) return false;
  parts.resize(out);
  w.fire(Rule::kBundle);
  return true;
}

}  // namespace redoubt::pikevm
