#include "pikevm/set_step.h"

#include <algorithm>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

void SetStep::reset(const SetProgram& program) {
  program_ = &program;
  here_.reserve(program.insts.size());
  there_.reserve(program.insts.size());
  accepted_.reserve(program.patterns);
  start_index_.assign(std::size_t{SetProgram::kKinds} * program.columns(), kUnknown);
  starts_.clear();
  starts_bytes_ = 0;
}

std::size_t SetStep::bytes() const {
  return here_.bytes() + there_.bytes() + accepted_.bytes() + starts_bytes_ +
         (next_.capacity() + stack_.capacity() + stack_here_.capacity() + start_index_.capacity()) * sizeof(Address);
}

void SetStep::begin() {
  next_.clear();
  accepted_.clear();
  here_.clear();
  there_.clear();
}

void SetStep::run(const std::vector<Address>& threads, bool start, SetProgram::Kind before, std::uint32_t column,
                  const std::uint64_t* done) {
  // Before begin(): it may have to run a step of its own.
  const Start* fresh = start ? &this->start(before, column) : nullptr;
  begin();
  looks_ = program_->looks_between(before, program_->kind_of_column(column));
  column_ = column;
  steps_ += threads.size() + 1;
  for (Address at : threads) {
    if (!is_done(done, at)) advance(at);
  }
  if (fresh != nullptr) {
    steps_ += fresh->next.size();
    for (PatternId pattern : fresh->accepted) accepted_.insert(pattern);
    for (Address at : fresh->next) {
      if (!is_done(done, at) && there_.insert(at)) next_.push_back(at);
    }
  }
  drop_accepted();
}

void SetStep::advance(Address at) {
  const Inst& first = program_->insts[at];
  if (first.op == Op::kClass) {
    if (program_->takes(first, column_)) follow(first.out);
    return;
  }
  stack_here_.assign(1, at);
  while (!stack_here_.empty()) {
    at = stack_here_.back();
    stack_here_.pop_back();
    if (!here_.insert(at)) continue;
    ++steps_;
    const Inst& inst = program_->insts[at];
    switch (inst.op) {
      case Op::kClass:
        if (program_->takes(inst, column_)) follow(inst.out);
        break;
      case Op::kLook:
        if (looks_ >> inst.detail & 1) stack_here_.push_back(inst.out);
        break;
      case Op::kSplit:
        stack_here_.push_back(inst.arg);
        stack_here_.push_back(inst.out);
        break;
      case Op::kMatch:
        accepted_.insert(program_->owner[at]);
        break;
      case Op::kSave:
      case Op::kTag:
      case Op::kEnter:
      case Op::kLoop:  // set_program.h has none of these
        break;
    }
  }
}

void SetStep::follow(Address at) {
  stack_.assign(1, at);
  while (!stack_.empty()) {
    at = stack_.back();
    stack_.pop_back();
    if (!there_.insert(at)) continue;
    ++steps_;
    const Inst& inst = program_->insts[at];
    switch (inst.op) {
      case Op::kClass:
      case Op::kLook:
        next_.push_back(at);
        break;
      case Op::kSplit:
        stack_.push_back(inst.arg);
        stack_.push_back(inst.out);
        break;
      case Op::kMatch:
        accepted_.insert(program_->owner[at]);
        break;
      case Op::kSave:
      case Op::kTag:
      case Op::kEnter:
      case Op::kLoop:  // set_program.h has none of these
        break;
    }
  }
}

void SetStep::drop_accepted() {
  if (accepted_.empty()) return;
  std::erase_if(next_, [&](Address at) {
    const PatternId pattern = program_->owner[at];
    return accepted_.contains(pattern) || (REDOUBT_MUTANT(set_drops_neighbours) && pattern > *accepted_.begin());
  });
}

const SetStep::Start& SetStep::start(SetProgram::Kind before, std::uint32_t column) {
  std::uint32_t& index = start_index_[before * program_->columns() + column];
  if (index != kUnknown) return starts_[index];
  run(program_->starts, false, before, column, nullptr);
  index = static_cast<std::uint32_t>(starts_.size());
  starts_.push_back({next_, std::vector<PatternId>(accepted_.begin(), accepted_.end())});
  const Start& made = starts_.back();
  starts_bytes_ +=
      sizeof(Start) + made.next.capacity() * sizeof(Address) + made.accepted.capacity() * sizeof(PatternId);
  return made;
}

}  // namespace redoubt::pikevm
