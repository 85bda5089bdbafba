// Instructions are visited by ascending address, which is a topological order of the empty arrows but for the back
// edges of loops. So an instruction's thread is almost always final when it is visited; only a back edge that brings a
// better history starts its loop again. First in, first out would give the same threads, but visits an exponential
// number of worse ones first on nested counted repeats such as ((a?){1,1000})*. An empty way around a loop needs no
// special case: a history that extends another of the same instruction compares worse.
#include "pikevm/closure.h"

#include "syntax/mutants.h"

namespace redoubt::pikevm {

void Closure::reset(const Program& program) {
  program_ = &program;
  while (!pending_.empty()) pending_.pop_min();
  reached_.reserve(program.insts.size());
  pending_.reserve(program.insts.size());
  if (threads_.size() < program.insts.size()) threads_.resize(program.insts.size());
  reached_.clear();
  waiting_.clear();
  steps_ = 0;
}

void Closure::put(Address at, const Thread& thread) {
  ++steps_;
  if (reached_.contains(at) && (REDOUBT_MUTANT(history_first_come) || compare(thread, threads_[at]) >= 0)) {
    captures_.release(thread.captures);
  } else {
    install(at, thread);
  }
}

// The thread is known to be better than the one that is there, if any.
void Closure::install(Address at, const Thread& thread) {
  if (!reached_.insert(at)) {
    captures_.release(threads_[at].captures);
  } else if (program_->insts[at].op == Op::kClass) {
    waiting_.push_back(at);
  }
  threads_[at] = thread;
  pending_.push(at);
}

void Closure::run(std::uint32_t looks, std::size_t location) {
  while (!pending_.empty()) {
    Address at = pending_.pop_min();
    ++steps_;
    const Inst& inst = program_->insts[at];
    const Thread from = threads_[at];
    switch (inst.op) {
      case Op::kClass:
      case Op::kMatch:
        break;
      case Op::kLook:
        if (looks >> inst.detail & 1) put(inst.out, {from.history, captures_.share(from.captures), from.start});
        break;
      case Op::kSplit:
        put(inst.out, {from.history, captures_.share(from.captures), from.start});
        put(inst.arg, {from.history, captures_.share(from.captures), from.start});
        break;
      case Op::kTag:
        follow_tag(inst, from, location);
        break;
      case Op::kSave:  // these are not in a leftmost-longest program
      case Op::kEnter:
      case Op::kLoop:
        break;
    }
  }
}

void Closure::follow_tag(const Inst& inst, const Thread& from, std::size_t location) {
  NodeId node = history_.extend(from.history, inst.tag(), inst.height, location);
  Thread to{node, from.captures, from.start};
  if (reached_.contains(inst.out) && compare(to, threads_[inst.out]) >= 0) {
    history_.retract(node);
    return;
  }
  to.captures = apply(inst, captures_.share(from.captures), location);
  install(inst.out, to);
}

BlockId Closure::apply(const Inst& inst, BlockId captures, std::size_t location) {
  if (inst.tag() == TagKind::kNil) {
    auto [begin, end] = program_->nil_sets[inst.arg];
    if (begin == end || REDOUBT_MUTANT(group_not_unset)) return captures;
    captures = captures_.writable(captures);
    std::size_t* slots = captures_.slots(captures);
    for (std::uint32_t k = begin; k < end; ++k) {
      const GroupRange& range = program_->nil_ranges[k];
      for (std::uint32_t s = 2 * (range.first - 1); s < 2 * range.last; ++s) slots[s] = kUnset;
    }
    return captures;
  }
  if (inst.arg == 0) return captures;
  captures = captures_.writable(captures);
  captures_.slots(captures)[2 * (inst.arg - 1) + (inst.tag() == TagKind::kOpen ? 0 : 1)] = location;
  return captures;
}

void Closure::release_all() {
  for (Address at : reached_) captures_.release(threads_[at].captures);
  reached_.clear();
  waiting_.clear();
}

std::size_t Closure::bytes() const {
  return reached_.bytes() + pending_.bytes() + threads_.capacity() * sizeof(Thread) +
         waiting_.capacity() * sizeof(Address);
}

}  // namespace redoubt::pikevm
