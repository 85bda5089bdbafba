// Why counts multiply. x{a,b} is the union of the powers x^c, a <= c <= b, and (x{a,b}){n,m} that of x^c for c within
// some [ka, kb], n <= k <= m. These intervals leave no gap if kb + 1 >= (k+1)a for every k but the last; as k grows,
// that only becomes truer, so that k = n decides. Powers are concatenations of spans, in which a look is asked where it
// stands, so that nothing changes with looks or with bodies that match empty.
#include "pikevm/split_language.h"

#include <utility>
#include <vector>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

using syntax::kInfinite;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

namespace {

/// body{min,max}
struct Power {
  Regex body;
  std::uint64_t min;
  std::uint64_t max;
};

Power as_power(const Regex& regex) {
  const Regex& r = peeled(regex);
  if (r->kind() != NodeKind::kRepeat) return {r, 1, 1};
  return {peeled(r->child()), r->min(), r->max()};
}

bool fits(std::uint64_t min, std::uint64_t max) { return min < kInfinite && max <= kInfinite; }

Regex from_power(const Power& p) {
  if (p.max == 0 || p.body->kind() == NodeKind::kEmpty) return syntax::empty();
  if (p.min == 1 && p.max == 1) return p.body;
  // A body of looks alone holds once as well as many times.
  bool only_looks = !syntax::any_node(p.body, [](const Node& node) { return node.kind() == NodeKind::kClass; });
  if (only_looks) return p.min > 0 ? p.body : syntax::repeat(p.body, 0, 1);
  return syntax::repeat(p.body, static_cast<std::uint32_t>(p.min), static_cast<std::uint32_t>(p.max));
}

bool leaves_no_gap(const Power& inner, std::uint64_t n, std::uint64_t m) {
  if (n == m || inner.min <= 1 || REDOUBT_MUTANT(split_powers_with_gaps)) return true;
  if (inner.max == kInfinite) return n >= 1;
  return n * (inner.max - inner.min) >= inner.min - 1;
}

Regex language_of_repeat(const Node& node) {
  Regex body = language_of(node.child());
  std::uint64_t n = node.min();
  std::uint64_t m = node.max();
  Power inner = as_power(body);
  if (leaves_no_gap(inner, n, m)) {
    bool unbounded = m != 0 && inner.max != 0 && (m == kInfinite || inner.max == kInfinite);
    Power merged{inner.body, inner.min * n, unbounded ? kInfinite : inner.max * m};
    if (fits(merged.min, merged.max) && (unbounded || merged.max < kInfinite)) return from_power(merged);
  }
  return from_power({body, n, m});
}

/// Appends, merging powers of one class.
void append(std::vector<Regex>& parts, const Regex& part) {
  const Regex& r = peeled(part);
  if (r->kind() == NodeKind::kEmpty) return;
  if (r->kind() == NodeKind::kConcat) {
    for (const Regex& child : r->children()) append(parts, child);
    return;
  }
  if (!parts.empty()) {
    Power last = as_power(parts.back());
    Power next = as_power(r);
    if (last.body->kind() == NodeKind::kClass && next.body->kind() == NodeKind::kClass &&
        (last.min != 1 || last.max != 1 || next.min != 1 || next.max != 1) &&
        last.body->char_class() == next.body->char_class()) {
      bool unbounded = last.max == kInfinite || next.max == kInfinite;
      Power merged{last.body, last.min + next.min, unbounded ? kInfinite : last.max + next.max};
      if (fits(merged.min, merged.max) && (unbounded || merged.max < kInfinite)) {
        parts.back() = from_power(merged);
        return;
      }
    }
  }
  parts.push_back(r);
}

// The order of the branches does not matter to the language: classes become one, an empty branch an option.
Regex language_of_alternate(const Node& node) {
  std::vector<Regex> branches;
  syntax::CharClass units;
  bool has_class = false;
  bool has_empty = false;
  for (const Regex& child : node.children()) {
    Regex branch = peeled(language_of(child));
    if (branch->kind() == NodeKind::kEmpty) {
      has_empty = true;
    } else if (branch->kind() == NodeKind::kClass) {
      units = has_class ? units.union_with(branch->char_class()) : branch->char_class();
      has_class = true;
    } else {
      branches.push_back(std::move(branch));
    }
  }
  if (has_class) branches.push_back(syntax::char_class(std::move(units)));
  if (branches.empty()) return syntax::empty();
  Regex all = branches.size() == 1 ? branches.front() : syntax::alternate(std::move(branches));
  if (!has_empty) return all;
  Power power = as_power(all);
  if (power.min > 1) return syntax::repeat(all, 0, 1);
  return from_power({power.body, 0, power.max});
}

}  // namespace

const Regex& peeled(const Regex& regex) {
  const Regex* r = &regex;
  while ((*r)->kind() == NodeKind::kGroup && (*r)->group() == 0) r = &(*r)->child();
  return *r;
}

Regex language_of(const Regex& regex) {
  switch (regex->kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
      return regex;
    case NodeKind::kGroup:
      return language_of(regex->child());
    case NodeKind::kRepeat:
      return language_of_repeat(*regex);
    case NodeKind::kAlternate:
      return language_of_alternate(*regex);
    case NodeKind::kConcat: {
      std::vector<Regex> parts;
      for (const Regex& child : regex->children()) append(parts, language_of(child));
      return syntax::concat(std::move(parts));
    }
  }
  return regex;
}

std::optional<std::uint64_t> fixed_length(const Node& node) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
      return 0;
    case NodeKind::kClass:
      return 1;
    case NodeKind::kGroup:
      return fixed_length(*node.child());
    case NodeKind::kRepeat: {
      std::optional<std::uint64_t> body = fixed_length(*node.child());
      if (body == 0) return 0;
      if (!body || node.min() != node.max()) return std::nullopt;
      // More than this is not worth knowing, and might not fit.
      constexpr std::uint64_t kMost = std::uint64_t{1} << 31;
      return *body * node.min() < kMost ? std::optional(*body * node.min()) : std::nullopt;
    }
    case NodeKind::kConcat:
    case NodeKind::kAlternate: {
      std::optional<std::uint64_t> total;
      for (const syntax::Regex& child : node.children()) {
        std::optional<std::uint64_t> length = fixed_length(*child);
        if (!length || (node.kind() == NodeKind::kAlternate && total && *total != *length)) return std::nullopt;
        total = node.kind() == NodeKind::kAlternate ? *length : total.value_or(0) + *length;
      }
      return total;
    }
  }
  return std::nullopt;
}

}  // namespace redoubt::pikevm
