// The list is in order of priority. Leftmost-first: earlier starts before later ones, and for one start the order in
// which a backtracker would try; a point already visited at this location was reached with higher priority, so the
// path ends there (SEMANTICS B3, policy `re2`; for policy `pcre2` see progress.h). Leftmost-longest without groups:
// only the start matters, so any order in which earlier starts come first will do; the first thread to reach a point is
// then one with the earliest start. Pike's algorithm is described in Cox, "Regular Expression Matching: the Virtual
// Machine Approach" (2009).
#include "pikevm/list_search.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "pikevm/progress.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

/// Does a path that passes through a copy without a unit do so when it has been to all classes that it can reach there?
/// So it is with (a?), not with (a??), (|a) or (^|a).
bool passes_last(const Program& program, const Copies& copies) {
  if (!copies.greedy) return false;
  std::vector<bool> visited(copies.length);
  std::vector<Address> stack = {program.insts[copies.begin].out};
  bool passed = false;
  while (!stack.empty()) {
    const Address at = stack.back();
    stack.pop_back();
    if (at < copies.begin || at >= copies.begin + copies.length) {
      passed = true;
      continue;
    }
    if (visited[at - copies.begin]) continue;
    visited[at - copies.begin] = true;
    const Inst& inst = program.insts[at];
    if (inst.op == Op::kLook || (inst.op == Op::kClass && passed)) return false;
    if (inst.op == Op::kClass) continue;
    if (inst.op == Op::kSplit) stack.push_back(inst.arg);
    stack.push_back(inst.out);
  }
  return true;
}

}  // namespace

void ListSearch::prepare(const Program& program) {
  program_ = &program;
  if (serial_ == program.serial) return;
  serial_ = program.serial;
  ends_ = program.loop_depth > 0 ? Ends::kOnLevels : Ends::kAtPoints;
  if (ends_ == Ends::kOnLevels || program.copies.empty() || !program.optimizations.has(Optimization::kCopies)) return;
  // A thread that is preferred can do from a copy whatever another one can from the same place in a later copy; nobody
  // misses the other. And a path that comes to a copy at a location where paths have come to two lower ones either
  // comes from the second of these, through it without a unit, and would pass the other copies in the same way: what
  // threads it leaves there nobody misses, if it does so before it has passed, and the slots that it sets there are set
  // to this location already. Or it comes later than these, and what is behind the copies has been reached. So it may
  // as well go on behind the last copy.
  ends_ = Ends::kInCopies;
  twins_.resize(program.insts.size());
  std::iota(twins_.begin(), twins_.end(), Address{0});
  heads_.clear();
  head_of_.assign(program.insts.size(), kNoHead);
  for (const Copies& copies : program.copies) {
    const Address end = copies.begin + copies.length * copies.count;
    const std::uint32_t head = passes_last(program, copies) ? static_cast<std::uint32_t>(heads_.size()) : kNoHead;
    for (Address at = copies.begin; at < end; at += copies.length) head_of_[at] = head;
    heads_.push_back({copies.exit(program.insts), 0, kNowhere, kNowhere});
    for (Address at = copies.begin + copies.length; at < end; ++at) {
      if (program.insts[at].op == Op::kClass) twins_[at] = copies.begin + (at - copies.begin) % copies.length;
    }
  }
  if (least_.size() < twins_.size()) least_.resize(twins_.size());
}

Result ListSearch::run(const Program& program, const Search& search, std::size_t width, Best& best) {
  prepare(program);
  search_ = &search;
  usage_ = {};
  captures_.reset(width);
  visited_.reserve(Points::count(program));
  threads_.clear();
  next_.clear();
  best.found = false;

  std::size_t at = search.begin;
  visited_.clear();
  ++round_;
  follow({0, captures_.blank(), at}, at, looks_at(search.haystack, at, program.looks_used));
  for (;;) {
    threads_.swap(next_);
    next_.clear();
    visited_.clear();
    ++round_;
    Unit unit{kNoPart, 1};
    bool at_end = at >= search.end;
    if (!at_end) {
      unit = program.alphabet.read(search.haystack, at);
      at_end = at + unit.length > search.end;
    }
    step(at_end ? kNoPart : unit.part, at, at + unit.length, best);
    if (best.found && search.wanted_slots == 0) return Result::kMatch;
    if (at_end) break;
    at += unit.length;
    if (!best.found && !search.anchored && !program.anchored_at_start) {
      follow({0, captures_.blank(), at}, at, looks_at(search.haystack, at, program.looks_used));
    } else if (next_.empty()) {
      break;
    }
    Result limit;
    if (over_limits(search, limit)) return limit;
  }
  usage_.bytes = std::max(usage_.bytes, captures_.bytes());
  return best.found ? Result::kMatch : Result::kNoMatch;
}

void ListSearch::step(std::uint32_t part, std::size_t location, std::size_t next, Best& best) {
  std::uint32_t looks = part == kNoPart ? 0 : looks_at(search_->haystack, next, program_->looks_used);
  bool first = program_->semantics == Semantics::kLeftmostFirst;
  usage_.steps += threads_.size();
  for (std::size_t k = 0; k < threads_.size(); ++k) {
    Thread& thread = threads_[k];
    const Inst& inst = program_->insts[thread.at];
    if (inst.op == Op::kMatch) {
      accept(thread, location, best);
      captures_.release(thread.captures);
      if (!first || REDOUBT_MUTANT(worse_threads_live_on)) continue;
      // Whatever follows has lower priority.
      for (++k; k < threads_.size(); ++k) captures_.release(threads_[k].captures);
    } else if (program_->alphabet.contains(inst.arg, part) && (first || !best.found || thread.start <= best.begin)) {
      thread.at = inst.out;
      follow(thread, next, looks);
    } else {
      captures_.release(thread.captures);
    }
  }
}

template <ListSearch::Ends kEnds>
void ListSearch::follow_paths(Thread thread, std::size_t location, std::uint32_t looks) {
  constexpr bool kProgress = kEnds == Ends::kOnLevels;
  const Inst* insts = program_->insts.data();
  const Points points(*program_);
  stack_.clear();
  stack_.push_back({kProgress ? points.number(thread.at, 0) : thread.at, thread.captures});
  while (!stack_.empty()) {
    auto [from, captures] = stack_.back();
    stack_.pop_back();
    Address at = kProgress ? points.address(from) : from;
    Level level = kProgress ? points.level(from) : 0;
    for (bool going = true; going;) {
      ++usage_.steps;
      if constexpr (kEnds == Ends::kInCopies) at = shortcut(at);
      const Inst& inst = insts[at];
      if (!visit<kEnds>(at, kProgress ? points.future(at, inst, level) : at)) {
        captures_.release(captures);
        break;
      }
      switch (inst.op) {
        case Op::kClass:
        case Op::kMatch:
          next_.push_back({at, captures, thread.start});
          going = false;
          break;
        case Op::kLook:
          going = looks >> inst.detail & 1;
          if (!going) captures_.release(captures);
          break;
        case Op::kEnter:
          level = level_after_enter(level, inst);
          break;
        case Op::kLoop:
          if (must_leave(level)) {
            level = level_after_leave(level, inst);
            at = inst.way_out();
            continue;
          }
          [[fallthrough]];
        case Op::kSplit:
          if (REDOUBT_MUTANT(closure_order)) {
            stack_.push_back({kProgress ? points.number(inst.out, level) : inst.out, captures_.share(captures)});
            at = inst.arg;
            continue;
          }
          stack_.push_back({kProgress ? points.number(inst.arg, level) : inst.arg, captures_.share(captures)});
          break;
        case Op::kSave:
          if (captures_.width() == 0) break;
          if (!REDOUBT_MUTANT(slots_copied_late)) captures = captures_.writable(captures);
          captures_.slots(captures)[inst.arg] = location;
          break;
        case Op::kTag:
          break;
      }
      at = inst.out;
    }
  }
}

void ListSearch::accept(const Thread& thread, std::size_t location, Best& best) {
  // Threads that started later than the best match went no further than it.
  assert(!best.found || thread.start <= best.begin);
  best.found = true;
  best.begin = thread.start;
  best.end = location;
  best.slots.assign(captures_.slots(thread.captures), captures_.slots(thread.captures) + captures_.width());
}

bool ListSearch::over_limits(const Search& search, Result& result) {
  std::size_t bytes = captures_.bytes() + visited_.bytes() + (threads_.capacity() + next_.capacity()) * sizeof(Thread) +
                      stack_.capacity() * sizeof(Branch) +
                      (twins_.capacity() + least_.capacity() + head_of_.capacity()) * sizeof(Address);
  usage_.bytes = std::max(usage_.bytes, bytes);
  if (usage_.steps > search.step_limit) {
    result = Result::kStepLimit;
    return true;
  }
  result = Result::kMemoryLimit;
  return bytes > search.memory_limit_bytes;
}

}  // namespace redoubt::pikevm
