// One pass over the haystack. At each location: a thread is started (until there is a match; one that starts later
// loses to any that started earlier), empty arrows are followed (closure.h), a thread at the match instruction becomes
// the best match so far (it cannot have started later than the former best, and ends later), and the unit is consumed.
//
// Time. With m instructions and heights up to h (both after counted repeats are unrolled): a closure visits each
// instruction, and again only for back edges that improve a loop's entry; a visit compares at most two pairs of
// histories, each over O(log m) edges of at most h recs. So O(n m h log m) while every loop is entered again O(1)
// times, which is what was measured down to loops nested 16 deep; the argument for the general case gives only one
// visit more for each loop around an instruction, another factor h. The trie is contracted when it has doubled, which
// the nodes made since pay for. h itself grows with the length of concats and alternates, which are nested to the
// right.
//
// Memory. After a contraction every node but the root is held by a thread or has two live edges below it: fewer than
// 2 * threads. A node has two edges of at most h recs. So O(m h) beside the slots, O(m groups), whatever the haystack.
#include "pikevm/history_search.h"

#include <algorithm>
#include <cassert>

namespace redoubt::pikevm {

namespace {

constexpr std::size_t kLeastContraction = 256;

}  // namespace

Result HistorySearch::run(const Program& program, const Search& search, Best& best) {
  program_ = &program;
  usage_ = {};
  history_.clear();
  captures_.reset(2 * std::size_t{program.groups});
  now_->reset(program);
  next_->reset(program);
  contract_at_ = kLeastContraction;
  peak_live_nodes_ = peak_threads_ = 0;
  best.found = false;

  for (std::size_t at = search.begin;;) {
    bool may_start = at == search.begin || !(search.anchored || program.anchored_at_start);
    if (!best.found && may_start) now_->put(0, {History::kRoot, captures_.blank(), at});
    now_->run(looks_at(search.haystack, at, program.looks_used), at);
    if (now_->matched()) accept(at, best);
    Result limit;
    if (over_limits(search, limit)) return limit;
    if (at >= search.end) break;
    if (now_->waiting().empty() && (best.found || search.anchored || program.anchored_at_start)) break;
    Unit unit = program.alphabet.read(search.haystack, at);
    if (at + unit.length > search.end) break;
    consume(unit.part, best);
    if (history_.size() >= contract_at_) contract();
    at += unit.length;
  }
  return best.found ? Result::kMatch : Result::kNoMatch;
}

void HistorySearch::accept(std::size_t location, Best& best) {
  const Thread& thread = now_->thread(program_->match());
  // Threads that started later than the best match went no further than it.
  assert(!best.found || thread.start <= best.begin);
  best.found = true;
  best.begin = thread.start;
  best.end = location;
  const std::size_t* slots = captures_.slots(thread.captures);
  best.slots.assign(slots, slots + captures_.width());
}

void HistorySearch::consume(std::uint32_t part, const Best& best) {
  peak_threads_ = std::max(peak_threads_, now_->waiting().size());
  for (Address at : now_->waiting()) {
    const Thread& thread = now_->thread(at);
    if (best.found && thread.start > best.begin) continue;
    const Inst& inst = program_->insts[at];
    if (!program_->alphabet.contains(inst.arg, part)) continue;
    next_->put(inst.out, {thread.history, captures_.share(thread.captures), thread.start});
  }
  now_->release_all();
  std::swap(now_, next_);
}

void HistorySearch::contract() {
  history_.begin_contraction();
  now_->for_each_thread([&](Thread& thread) { history_.mark(thread.history); });
  history_.finish_contraction();
  now_->for_each_thread([&](Thread& thread) { thread.history = history_.renamed(thread.history); });
  peak_live_nodes_ = std::max(peak_live_nodes_, history_.size());
  contract_at_ = std::max(kLeastContraction, 2 * history_.size());
}

bool HistorySearch::over_limits(const Search& search, Result& result) {
  std::size_t bytes = history_.bytes() + captures_.bytes() + now_->bytes() + next_->bytes();
  usage_.bytes = std::max(usage_.bytes, bytes);
  usage_.steps = history_.work() + now_->steps() + next_->steps();
  if (usage_.steps > search.step_limit) {
    result = Result::kStepLimit;
    return true;
  }
  result = Result::kMemoryLimit;
  return bytes > search.memory_limit_bytes;
}

}  // namespace redoubt::pikevm
