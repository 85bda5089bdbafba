// Closure: the threads of a leftmost-longest search at one location. Threads are put in at the targets of the unit
// just consumed; run() follows all empty arrows and leaves, at each instruction that was reached, the thread with the
// best history. Histories must already agree in everything that happened before on equal paths (one History for all).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pikevm/captures.h"
#include "pikevm/history.h"
#include "pikevm/program.h"
#include "pikevm/sparse_set.h"

namespace redoubt::pikevm {

struct Thread {
  NodeId history;
  BlockId captures;   ///< this thread's hold on it
  std::size_t start;  ///< an earlier start beats any later one
};

class Closure {
 public:
  Closure(History& history, Captures& captures) : history_(history), captures_(captures) {}

  /// Forgets all threads without releasing their captures.
  void reset(const Program& program);
  /// Puts in a thread, which is taken over: kept, or its captures released if a better one is there.
  void put(Address at, const Thread& thread);
  /// `looks` are the assertions that hold at `location`. Slots are set to `location`.
  void run(std::uint32_t looks, std::size_t location);
  /// The addresses of reached kClass instructions, in the order reached. The match has its own question.
  const std::vector<Address>& waiting() const { return waiting_; }
  bool matched() const { return reached_.contains(program_->match()); }
  bool reached(Address at) const { return reached_.contains(at); }
  const Thread& thread(Address at) const { return threads_[at]; }
  /// Calls visit(Thread&) for each thread.
  template <class Visit>
  void for_each_thread(const Visit& visit) {
    for (Address at : reached_) visit(threads_[at]);
  }
  /// Releases the captures of every thread, and forgets them.
  void release_all();
  std::uint64_t steps() const { return steps_; }
  std::size_t bytes() const;

 private:
  void install(Address at, const Thread& thread);
  void follow_tag(const Inst& inst, const Thread& from, std::size_t location);
  BlockId apply(const Inst& inst, BlockId captures, std::size_t location);
  /// Negative when `challenger` is better.
  int compare(const Thread& challenger, const Thread& holder) {
    if (challenger.start != holder.start) return challenger.start < holder.start ? -1 : 1;
    return history_.compare(challenger.history, holder.history).order;
  }

  const Program* program_ = nullptr;
  History& history_;
  Captures& captures_;
  SparseSet reached_;
  std::vector<Thread> threads_;  ///< by address; meaningful for those reached
  std::vector<Address> waiting_;
  PendingSet pending_;
  std::uint64_t steps_ = 0;
};

}  // namespace redoubt::pikevm
