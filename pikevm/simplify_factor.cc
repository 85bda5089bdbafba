// Factoring: what adjacent branches begin with, or end with, is written once.
#include <algorithm>

#include "pikevm/simplify_rules.h"

namespace redoubt::pikevm {

using syntax::Regex;

bool Alternation::may_share(const Branch& b, const Regex& part, Notice notice, bool at_end) const {
  if (!group_free(*part)) return false;
  if (notice == Notice::kExtent || (notice == Notice::kTree && b.group_free)) return true;
  if (notice == Notice::kOrder && at_end) return true;
  return fixed_width(*part) >= 0;
}

void Alternation::factor_prefixes(Branches& branches, Notice notice) {
  if (w_.may(Rule::kFactorPrefix)) factor(branches, notice, false);
}

void Alternation::factor_suffixes(Branches& branches, Notice notice) {
  if (w_.may(Rule::kFactorSuffix)) factor(branches, notice, true);
}

void Alternation::factor(Branches& branches, Notice notice, bool at_end) {
  auto part_of = [at_end](const Branch& b, std::size_t k) -> const Regex& {
    return at_end ? b.first[b.count - 1 - k] : b.first[k];
  };
  std::size_t out = 0;
  for (std::size_t k = 0; k < branches.size();) {
    const Branch b = branches[k];
    // A group of branches with and without groups inside is what its members with groups are.
    Branch group_as = b;
    Group group{k, k + 1, 0, notice};
    while (b.count > 0 && group.end < branches.size()) {
      const Branch& next = branches[group.end];
      Branch as = group_as;
      as.group_free = group_as.group_free && next.group_free;
      if (next.count == 0 || !same(part_of(b, 0), part_of(next, 0))) break;
      if (!may_share(as, part_of(b, 0), notice, at_end)) break;
      group_as = as;
      ++group.end;
    }
    if (group.end < k + 2 || !may_deepen(branches, group)) {
      while (k < group.end) branches[out++] = branches[k++];
      continue;
    }
    if (notice == Notice::kTree && group_as.group_free) group.notice = Notice::kExtent;
    group.shared = common_length(branches, group, at_end);
    std::size_t sound = 1;
    while (sound < group.shared && may_share(group_as, part_of(b, sound), notice, at_end)) ++sound;
    group.shared = sound;
    if (at_end && !worth_it(branches, group)) {
      while (k < group.end) branches[out++] = branches[k++];
      continue;
    }
    w_.fire(at_end ? Rule::kFactorSuffix : Rule::kFactorPrefix);
    changed_ = true;
    Branch whole = keep(joined(branches, group, at_end));
    k = group.end;
    branches[out++] = whole;
  }
  branches.resize(out);
}

std::size_t Alternation::common_length(const Branches& branches, const Group& group, bool at_end) {
  const Branch& b = branches[group.begin];
  std::size_t length = b.count;
  for (std::size_t k = group.begin + 1; k < group.end; ++k) {
    const Branch& other = branches[k];
    std::size_t most = std::min(length, other.count);
    const Regex* x = at_end ? b.first + b.count : b.first;
    const Regex* y = at_end ? other.first + other.count : other.first;
    std::size_t alike = 1;  // the first part is known to be the same
    while (alike < most &&
           (at_end ? same(x[-1 - static_cast<std::ptrdiff_t>(alike)], y[-1 - static_cast<std::ptrdiff_t>(alike)])
                   : same(x[alike], y[alike]))) {
      ++alike;
    }
    length = alike;
  }
  return length;
}

// A common prefix spares threads, whatever its length; a common suffix spares instructions, of which the concat and the
// alternate that it takes should not cost more to make.
bool Alternation::worth_it(const Branches& branches, const Group& group) {
  const Branch& b = branches[group.begin];
  std::size_t spared = 0;
  for (std::size_t k = 0; k < group.shared; ++k) spared += b.first[b.count - 1 - k]->size();
  if (spared * (group.end - group.begin - 1) > 1) return true;
  return std::all_of(branches.begin() + static_cast<std::ptrdiff_t>(group.begin),
                     branches.begin() + static_cast<std::ptrdiff_t>(group.end), [&](const Branch& other) {
                       return other.count == group.shared + 1 && core(*other.first)->kind() == syntax::NodeKind::kClass;
                     });
}

Regex Alternation::joined(Branches& branches, const Group& group, bool at_end) {
  const Branch& b = branches[group.begin];
  const Regex* begin = at_end ? b.first + b.count - group.shared : b.first;
  Parts parts(begin, begin + group.shared);
  Branches rests(branches.begin() + static_cast<std::ptrdiff_t>(group.begin),
                 branches.begin() + static_cast<std::ptrdiff_t>(group.end));
  for (Branch& rest : rests) {
    if (!at_end) rest.first += group.shared;
    rest.count -= group.shared;
    rest.whole = nullptr;
  }
  level_ += 3;  // the concat, the alternate, and a non-capturing group between
  Regex choice = build(std::move(rests), group.notice);
  level_ -= 3;
  const Regex& inner = core(choice);
  auto place = at_end ? parts.begin() : parts.end();
  // In front, what is flattened is no longer a node of its own: see flatten_concat().
  bool flat = inner->kind() == syntax::NodeKind::kConcat && (!at_end || group.notice != Notice::kTree);
  if (flat) {
    parts.insert(place, inner->children().begin(), inner->children().end());
  } else if (inner->kind() != syntax::NodeKind::kEmpty) {
    parts.insert(place, choice);
  }
  return syntax::concat(std::move(parts));
}

bool Alternation::may_deepen(const Branches& branches, const Group& group) const {
  std::uint32_t depth = 0;
  for (std::size_t k = group.begin; k < group.end; ++k) depth = std::max(depth, branches[k].depth);
  return level_ + depth + 4 <= kMaxDepth;
}

}  // namespace redoubt::pikevm
