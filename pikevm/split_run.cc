// Why the order of visits is the order of preference. A division is better than another if, where their cuts first
// differ, its cut comes later (SEMANTICS A3: of two concats or repeats, the one with the longer first part). So at the
// first location at which two paths have a different number of cuts, the one with fewer is better; and an alternate's
// branches have as many cuts at its beginning as there are branches before them. Two paths that come to one instruction
// at one location have one future, so only the better one goes on; likewise if the better one is in a lower optional
// copy, as its future has all that the other's has. If the groups are in order before a location, then
// visiting all that the first group reaches without a cut, then what it reaches with one cut, and so on, and then the
// same for the second group, visits in order after it. Each instruction is visited at most once: O(program) a location.
//
// A kCount's threads are told apart by their counts. Of two that have their minimum, the one with the lower count has
// all the ways on that the other has; if it is preferred besides, the other goes. So there are at most `max` threads
// for a kCount, as many as there would be instructions if the repeat were unrolled, and mostly two.
#include "pikevm/split_run.h"

#include <algorithm>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

/// Units passed at once, between two looks at the limits.
constexpr std::uint32_t kMostSkipped = 4096;

}  // namespace

std::size_t SplitRun::List::bytes() const {
  return threads.capacity() * sizeof(Thread) + groups.capacity() * sizeof(Group) +
         values.capacity() * sizeof(std::size_t);
}

std::size_t SplitRun::bytes() const {
  return lists_[0].bytes() + lists_[1].bytes() + marks_.capacity() * sizeof(Mark) +
         (values_.capacity() + match_values_.capacity()) * sizeof(std::size_t) +
         (stack_.capacity() + after_cut_.capacity()) * sizeof(Address);
}

void SplitRun::prepare(const SplitProgram& program, std::string_view haystack) {
  program_ = &program;
  haystack_ = haystack;
  if (marks_.size() < program.insts.size()) marks_.resize(program.insts.size());
  values_.resize(std::max<std::size_t>(values_.size(), program.width));
  match_values_.resize(values_.size());
  now_ = &lists_[0];
  next_ = &lists_[1];
  now_->clear();
  next_->clear();
  match_cuts_ = 0;
}

void SplitRun::next_location(std::size_t at) {
  if (++stamp_ == 0) {
    std::fill(marks_.begin(), marks_.end(), Mark{});
    stamp_ = 1;
  }
  matched_ = false;
  looks_ = looks_at(haystack_, at, program_->looks_used);
}

inline void SplitRun::begin_group(const std::size_t* values, std::uint32_t cuts) {
  // A call of memmove would cost more than these few words.
  for (std::uint32_t k = 0; k < program_->width; ++k) values_[k] = values[k];
  cuts_ = cuts;
  group_begin_ = next_->threads.size();
}

void SplitRun::finish_group(std::size_t at) {
  for (;;) {
    follow();
    if (next_->threads.size() > group_begin_) {
      group_begin_ = next_->threads.size();
      next_->groups.push_back({group_begin_, cuts_});
      for (std::uint32_t k = 0; k < program_->width; ++k) next_->values.push_back(values_[k]);
    }
    if (after_cut_.empty()) return;
    // Not swapped, so that a search that is repeated needs the same memory.
    for (Address out : after_cut_) stack_.push_back(out);
    after_cut_.clear();
    pass_cut(at);
  }
}

void SplitRun::pass_cut(std::size_t at) {
  if (program_->memory == CutMemory::kLast) {
    if (!REDOUBT_MUTANT(split_more_cuts) || cuts_ == 0) values_[0] = at;
  } else if (cuts_ < program_->width) {
    values_[cuts_] = at;
  }
  ++cuts_;
}

void SplitRun::follow() {
  const SplitInst* const insts = program_->insts.data();
  Mark* const marks = marks_.data();
  const std::uint32_t stamp = stamp_;
  std::uint64_t steps = 0;
  while (!stack_.empty()) {
    Address at = stack_.back();
    stack_.pop_back();
    for (bool going = true; going;) {
      ++steps;
      const SplitInst& inst = insts[at];
      Mark& mark = marks[inst.twin];
      if (mark.is_visited(stamp, inst.copy)) break;
      mark.visit(stamp, inst.copy);
      switch (inst.op) {
        case SplitOp::kClass:
          next_->threads.push_back({at, 0});
          going = false;
          break;
        case SplitOp::kCount:
          going = inst.min == 0;
          if (inst.max == syntax::kInfinite && mark.is_ready(stamp, inst.copy)) {
            // A preferred thread is here to stay and has gone on already.
            going = false;
            break;
          }
          next_->threads.push_back({at, 0});
          if (going) mark.make_ready(stamp, inst.copy, 0);
          break;
        case SplitOp::kLook:
          going = looks_ >> inst.arg & 1;
          break;
        case SplitOp::kFork:
          if (!marks[insts[inst.arg].twin].is_visited(stamp, insts[inst.arg].copy)) stack_.push_back(inst.arg);
          break;
        case SplitOp::kCut:
          after_cut_.push_back(inst.out);
          going = false;
          break;
        case SplitOp::kMatch:
          matched_ = true;
          match_cuts_ = cuts_;
          std::copy_n(values_.data(), program_->width, match_values_.data());
          going = false;
          break;
      }
      at = inst.out;
    }
  }
  steps_ += steps;
}

inline void SplitRun::take(const Thread& thread, std::uint32_t part) {
  const SplitInst& inst = program_->insts[thread.at];
  if (!program_->alphabet.contains(inst.arg, part)) return;
  if (inst.op == SplitOp::kClass) {
    stack_.push_back(inst.out);
    return;
  }
  bool unbounded = inst.max == syntax::kInfinite;
  std::uint32_t count = unbounded ? std::min(thread.count + 1, std::max(inst.min, 1U)) : thread.count + 1;
  Mark& mark = marks_[inst.twin];
  if (mark.is_ready(stamp_, inst.copy) && (unbounded || count >= mark.ready_count)) return;
  if (count + (REDOUBT_MUTANT(split_count_short) ? 1 : 0) >= inst.min) {
    mark.make_ready(stamp_, inst.copy, count);
    stack_.push_back(inst.out);
  }
  if (count < inst.max) next_->threads.push_back({thread.at, count});
}

void SplitRun::step(std::uint32_t part, std::size_t at, bool first_match) {
  next_location(at);
  steps_ += now_->threads.size();
  std::size_t begin = 0;
  for (std::size_t g = 0; g < now_->groups.size(); ++g) {
    const Group& group = now_->groups[g];
    begin_group(now_->values.data() + g * program_->width, group.cuts);
    // The last thread has the lowest count.
    for (std::size_t k = group.end; k-- > begin;) take(now_->threads[k], part);
    finish_group(at);
    if (matched_ && first_match) return;
    begin = group.end;
  }
}

void SplitRun::start(std::size_t at) {
  std::fill_n(values_.data(), program_->width, at);
  cuts_ = 0;
  group_begin_ = next_->threads.size();
  stack_.push_back(program_->start);
  finish_group(at);
}

bool SplitRun::over_limits(const Search& search, Result& result) const {
  result = steps_ > search.step_limit ? Result::kStepLimit : Result::kMemoryLimit;
  return steps_ > search.step_limit || bytes() > search.memory_limit_bytes;
}

std::size_t SplitRun::skip(std::size_t at, std::size_t end, Best* best) {
  if (now_->threads.size() != 1) return at;
  Thread& thread = now_->threads[0];
  const SplitInst& inst = program_->insts[thread.at];
  if (inst.op != SplitOp::kCount) return at;
  bool unbounded = inst.max == syntax::kInfinite;
  std::uint32_t most = kMostSkipped;
  bool matches = false;
  if (thread.count + 1 < inst.min) {
    most = std::min(most, inst.min - 1 - thread.count);
  } else if (best != nullptr && program_->insts[inst.out].op == SplitOp::kMatch) {
    matches = true;
    if (!unbounded) most = std::min(most, inst.max - 1 - thread.count);
  } else {
    return at;
  }
  std::uint32_t units = 0;
  for (; units < most && at < end; ++units) {
    Unit unit = program_->alphabet.read(haystack_, at);
    if (at + unit.length > end || !program_->alphabet.contains(inst.arg, unit.part)) break;
    at += unit.length;
  }
  if (units == 0) return at;
  steps_ += units;
  thread.count = unbounded ? std::min(thread.count + units, std::max(inst.min, 1U)) : thread.count + units;
  if (matches) {
    best->found = true;
    best->begin = now_->values[0];
    best->end = at;
  }
  return at;
}

// A start by itself, first: mostly it either dies at once or is the one, and then no later start needs to be followed.
// If it dies further on, the starts that it passed are followed together, as far as it came and until none is alive: so
// no location is passed more than twice.
Result SplitRun::find(const SplitProgram& program, const Search& search, bool anchored, Best& best) {
  prepare(program, search.haystack);
  best.found = false;
  std::size_t at = search.begin;
  for (;;) {
    std::size_t reached = at;
    Result result;
    if (pursue(search, reached, kNoSeeds, best, result) == Pursuit::kDone) return result;
    if (anchored || at >= search.end) return Result::kNoMatch;
    at += program.alphabet.read(search.haystack, at).length;
    if (at > search.end) return Result::kNoMatch;
    if (reached <= at) continue;
    Pursuit pursuit = pursue(search, at, reached, best, result);
    if (pursuit == Pursuit::kDone) return result;
    if (pursuit == Pursuit::kAtEnd) return Result::kNoMatch;
  }
}

SplitRun::Pursuit SplitRun::pursue(const Search& search, std::size_t& at, std::size_t seed_until, Best& best,
                                   Result& result) {
  bool seeds = seed_until != kNoSeeds;
  next_->clear();
  next_location(at);
  start(at);
  Pursuit pursuit = Pursuit::kDead;
  for (;;) {
    std::swap(now_, next_);
    next_->clear();
    if (matched_) {
      best.found = true;
      best.begin = match_values_[0];
      best.end = at;
      seeds = false;
      if (search.wanted_slots == 0) break;
    }
    if (over_limits(search, result)) return Pursuit::kDone;
    if (!seeds && now_->groups.empty()) break;
    if (!seeds) at = skip(at, search.end, &best);
    if (at < search.end) {
      Unit unit = program_->alphabet.read(haystack_, at);
      if (at + unit.length <= search.end) {
        at += unit.length;
        step(unit.part, at, true);
        if (!seeds || matched_) continue;
        if (at >= seed_until && next_->groups.empty()) break;
        start(at);
        continue;
      }
    }
    at = search.end;
    pursuit = Pursuit::kAtEnd;
    break;
  }
  if (!best.found) return pursuit;
  result = Result::kMatch;
  return Pursuit::kDone;
}

Result SplitRun::divide(const SplitProgram& program, const Search& search, std::size_t begin, std::size_t end) {
  prepare(program, search.haystack);
  next_location(begin);
  start(begin);
  for (std::size_t at = begin; at < end;) {
    std::swap(now_, next_);
    next_->clear();
    Result limit;
    if (over_limits(search, limit)) return limit;
    at = skip(at, end, nullptr);
    if (at >= end) return Result::kNoMatch;
    Unit unit = program.alphabet.read(search.haystack, at);
    at += unit.length;
    step(unit.part, at, at >= end);
  }
  return matched_ ? Result::kMatch : Result::kNoMatch;
}

}  // namespace redoubt::pikevm
