#include "reference/leftmost_first.h"

#include <algorithm>

#include "syntax/mutants.h"

namespace redoubt::reference {

using syntax::kInfinite;
using syntax::NodeKind;
using syntax::Regex;

bool can_be_empty(const Regex& regex) {
  const auto& children = regex->children();
  switch (regex->kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
      return true;
    case NodeKind::kClass:
      return false;
    case NodeKind::kConcat:
      return std::all_of(children.begin(), children.end(), can_be_empty);
    case NodeKind::kAlternate:
      return std::any_of(children.begin(), children.end(), can_be_empty);
    case NodeKind::kRepeat:
      return regex->min() == 0 || can_be_empty(regex->child());
    case NodeKind::kGroup:
      return can_be_empty(regex->child());
  }
  return false;
}

LeftmostFirstMatcher::LeftmostFirstMatcher(Workspace& workspace, const Regex& regex, LoopPolicy policy)
    : terms_(workspace.acquire(regex)), policy_(policy), group_count_(regex->max_group()) {
  const std::uint32_t match = add({.op = Op::kMatch});
  const std::uint32_t close = add({.op = Op::kSave, .next = match, .argument = 1});
  const std::uint32_t body = compile(regex, close);
  entry_ = add({.op = Op::kSave, .next = body, .argument = 0});
}

std::uint32_t LeftmostFirstMatcher::add(Step step) {
  if (steps_.size() >= kMaxSteps) {
    too_large_ = true;
    return 0;
  }
  step.loop = current_loop_;
  steps_.push_back(step);
  return static_cast<std::uint32_t>(steps_.size() - 1);
}

std::uint32_t LeftmostFirstMatcher::split(bool greedy, std::uint32_t into, std::uint32_t past) {
  greedy |= REDOUBT_MUTANT(reference_lazy_as_greedy);
  return add({.op = Op::kSplit, .next = greedy ? into : past, .other = greedy ? past : into});
}

/// The step at which matching `regex` and then going on at `next` begins.
std::uint32_t LeftmostFirstMatcher::compile(const Regex& regex, std::uint32_t next) {
  const auto& children = regex->children();
  switch (regex->kind()) {
    case NodeKind::kEmpty:
      return next;
    case NodeKind::kClass: {
      std::vector<bool> members(terms_->alphabet().symbol_count() + 1);  // the bad symbol is in no class
      for (derivatives::Symbol s : terms_->alphabet().symbols_in(regex->char_class())) members[s] = true;
      classes_.push_back(std::move(members));
      return add({.op = Op::kClass, .next = next, .argument = static_cast<std::uint32_t>(classes_.size() - 1)});
    }
    case NodeKind::kLook: {
      const derivatives::ContextSet holds = terms_->nullable_in(terms_->look(regex->look()));
      return add({.op = Op::kLook, .next = next, .argument = holds});
    }
    case NodeKind::kConcat:
      for (std::size_t k = children.size(); k-- > 0;) next = compile(children[k], next);
      return next;
    case NodeKind::kAlternate: {
      std::uint32_t entry = compile(children.back(), next);
      for (std::size_t k = children.size() - 1; k-- > 0;) entry = split(true, compile(children[k], next), entry);
      return entry;
    }
    case NodeKind::kRepeat:
      return compile_repeat(*regex, next);
    case NodeKind::kGroup: {
      if (regex->group() == 0) return compile(regex->child(), next);
      const std::uint32_t close = add({.op = Op::kSave, .next = next, .argument = 2 * regex->group() + 1});
      const std::uint32_t body = compile(regex->child(), close);
      return add({.op = Op::kSave, .next = body, .argument = 2 * regex->group()});
    }
  }
  return next;
}

/// B3: x{n,m} = x…x(x(x…)?)?, x{n,} = x…x·x⁺, x* = (x⁺)? when x can be empty.
std::uint32_t LeftmostFirstMatcher::compile_repeat(const syntax::Node& node, std::uint32_t next) {
  const Regex& body = node.child();
  std::uint32_t entry = next;
  std::uint32_t copies = node.min();
  if (node.max() == kInfinite) {
    if (node.min() == 0) {
      if (can_be_empty(body)) return split(node.greedy(), compile_plus(body, node.greedy(), next), next);
      const std::uint32_t loop = split(node.greedy(), next, next);
      const std::uint32_t into = compile(body, loop);
      (node.greedy() ? steps_[loop].next : steps_[loop].other) = into;
      return loop;
    }
    entry = compile_plus(body, node.greedy(), next);
    --copies;
  } else {
    for (std::uint32_t k = node.min(); k < node.max() && !too_large_; ++k) {
      entry = split(node.greedy(), compile(body, entry), next);
    }
  }
  for (std::uint32_t k = 0; k < copies && !too_large_; ++k) entry = compile(body, entry);
  return entry;
}

std::uint32_t LeftmostFirstMatcher::compile_plus(const Regex& body, bool greedy, std::uint32_t next) {
  if (policy_ == LoopPolicy::kRe2 || !can_be_empty(body)) {
    const std::uint32_t loop = split(greedy, next, next);
    const std::uint32_t into = compile(body, loop);
    (greedy ? steps_[loop].next : steps_[loop].other) = into;
    return into;
  }
  const auto number = static_cast<std::uint32_t>(loops_.size());
  const std::uint32_t outer = current_loop_;
  loops_.push_back({outer, outer == kNoLoop ? 1 : loops_[outer].depth + 1});
  max_depth_ = std::max(max_depth_, loops_.back().depth);
  current_loop_ = number;
  const std::uint32_t loop = add({.op = Op::kLoop, .greedy = greedy, .next = next, .argument = number});
  const std::uint32_t into = compile(body, loop);
  current_loop_ = outer;
  const std::uint32_t mark = add({.op = Op::kMark, .next = into, .argument = number});
  steps_[loop].other = mark;
  return mark;
}

/// Has this step not been tried here before? What can follow depends on the step, the location, and which of the loops
/// around it have consumed nothing in their present iteration; those are the innermost ones, so the outermost of them
/// tells all.
bool LeftmostFirstMatcher::first_visit(std::uint32_t step, std::size_t location) {
  std::uint32_t level = 0;
  for (std::uint32_t l = steps_[step].loop; l != kNoLoop && marks_[l] == location; l = loops_[l].parent) {
    level = loops_[l].depth;
  }
  if (REDOUBT_MUTANT(reference_visited_shared)) level = 0;
  const std::uint64_t bit = (std::uint64_t{step} * (max_depth_ + 1) + level) * (subject_.size() + 1) + location;
  std::uint64_t& word = visited_[bit / 64];
  const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
  if (word & mask) return false;
  word |= mask;
  return true;
}

bool LeftmostFirstMatcher::run(std::size_t start, std::size_t required_end) {
  using Kind = Frame::Kind;
  stack_.clear();
  stack_.push_back({Kind::kTry, entry_, start});
  while (!stack_.empty()) {
    if (stack_.size() > kMaxFrames) {
      too_deep_ = true;
      return false;
    }
    const Frame frame = stack_.back();
    stack_.pop_back();
    if (frame.kind == Kind::kRestoreSlot) {
      if (!REDOUBT_MUTANT(reference_slots_not_restored)) slots_[frame.index] = frame.value;
      continue;
    }
    if (frame.kind == Kind::kRestoreMark) {
      marks_[frame.index] = frame.value;
      continue;
    }
    std::uint32_t at = frame.index;
    std::size_t location = frame.value;
    bool alive = true;
    while (alive) {
      const Step& step = steps_[at];
      if (!first_visit(at, location) || stack_.size() > kMaxFrames) break;
      switch (step.op) {
        case Op::kClass:
          alive = location < subject_.size() && classes_[step.argument][subject_.symbols[location]];
          ++location;
          break;
        case Op::kLook:
          alive = step.argument >> subject_.contexts[location] & 1;
          break;
        case Op::kSplit:
          stack_.push_back({Kind::kTry, step.other, location});
          break;
        case Op::kSave:
          stack_.push_back({Kind::kRestoreSlot, step.argument, slots_[step.argument]});
          slots_[step.argument] = location;
          break;
        case Op::kMark:
          stack_.push_back({Kind::kRestoreMark, step.argument, marks_[step.argument]});
          marks_[step.argument] = location;
          break;
        case Op::kLoop:
          if (marks_[step.argument] == location) break;  // consumed nothing: out
          if (step.greedy) {
            stack_.push_back({Kind::kTry, step.next, location});
            at = step.other;
            continue;
          }
          stack_.push_back({Kind::kTry, step.other, location});
          break;
        case Op::kMatch:
          if (required_end == kUnset || required_end == location) return true;
          alive = false;
          break;
      }
      at = step.next;
    }
  }
  return false;
}

bool LeftmostFirstMatcher::prepare(std::string_view haystack) {
  subject_.assign(terms_->alphabet(), haystack);
  const std::uint64_t bits = std::uint64_t{steps_.size()} * (max_depth_ + 1) * (subject_.size() + 1);
  too_deep_ = false;
  if (too_large_ || bits > kMaxMemoryBits) return false;
  visited_.assign(bits / 64 + 1, 0);
  slots_.assign(2 * (1 + group_count_), kUnset);
  marks_.assign(loops_.size(), kUnset);
  return true;
}

MatchStatus LeftmostFirstMatcher::report(Slots& slots) const {
  slots.resize(1 + group_count_);
  for (std::size_t g = 0; g < slots.size(); ++g) {
    const bool set = slots_[2 * g] != kUnset && slots_[2 * g + 1] != kUnset;
    slots[g] = set ? Span{subject_.offset(slots_[2 * g]), subject_.offset(slots_[2 * g + 1])} : Span{};
  }
  return MatchStatus::kMatch;
}

MatchStatus LeftmostFirstMatcher::match(std::string_view haystack, Slots& slots) {
  slots.clear();
  if (!prepare(haystack)) return MatchStatus::kLimit;
  // What failed from one start fails from the next: the memory is kept.
  for (std::size_t start = 0; start <= subject_.size(); ++start) {
    if (run(start, kUnset)) return report(slots);
    if (too_deep_) return MatchStatus::kLimit;
  }
  return MatchStatus::kNoMatch;
}

MatchStatus LeftmostFirstMatcher::match_within(std::string_view haystack, Span span, Slots& slots) {
  slots.clear();
  if (!prepare(haystack)) return MatchStatus::kLimit;
  std::size_t begin = kUnset, end = kUnset;
  for (std::size_t location = 0; location <= subject_.size(); ++location) {
    if (subject_.offset(location) == span.begin) begin = location;
    if (subject_.offset(location) == span.end) end = location;
  }
  if (begin == kUnset || end == kUnset) return MatchStatus::kNoMatch;
  if (run(begin, end)) return report(slots);
  return too_deep_ ? MatchStatus::kLimit : MatchStatus::kNoMatch;
}

}  // namespace redoubt::reference
