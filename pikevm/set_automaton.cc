#include "pikevm/set_automaton.h"

#include <algorithm>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

void SetAutomaton::reset(const SetProgram& program) {
  program_ = &program;
  columns_ = program.columns();
  states_.clear();
  keys_.clear();
  cells_.clear();
  index_.assign(64, 0);
  specials_.assign(1, {kDead, 0});
  accepts_.assign(1, 0);  // so that no list is at 0
  seen_by_.clear();
  states_.push_back({0, 0, SetProgram::kOther, kNever});
  cells_.resize(columns_, kSpecial);
}

std::size_t SetAutomaton::bytes() const {
  return cells_.size() * sizeof(Cell) + specials_.size() * sizeof(Special) + states_.size() * sizeof(State) +
         seen_by_.size() * sizeof(std::uint64_t) +
         (keys_.size() + index_.size() + accepts_.size()) * sizeof(std::uint32_t);
}

std::uint64_t SetAutomaton::hash(const State& state, const Address* threads) const {
  std::uint64_t h = state.before * 4U + state.starts + 1;
  for (std::uint32_t k = 0; k < state.threads; ++k) {
    h = (h ^ threads[k]) * 0x9E3779B97F4A7C15U;
    h ^= h >> 32;
  }
  return h;
}

void SetAutomaton::grow_index() {
  index_.assign(index_.size() * 2, 0);
  std::size_t mask = index_.size() - 1;
  for (std::uint32_t k = 1; k < states_.size(); ++k) {
    std::size_t place = hash(states_[k], keys_.data() + states_[k].key) & mask;
    while (index_[place] != 0) place = (place + 1) & mask;
    index_[place] = k + 1;
  }
}

SetAutomaton::Row SetAutomaton::state(std::vector<Address>& threads, SetProgram::Kind before, Starts starts,
                                      std::size_t budget_bytes) {
  if (REDOUBT_MUTANT(set_stale_context)) before = SetProgram::kOther;
  if (threads.empty() && starts == kNever) return kDead;
  std::sort(threads.begin(), threads.end());
  State wanted{static_cast<std::uint32_t>(keys_.size()), static_cast<std::uint32_t>(threads.size()), before, starts};
  std::size_t mask = index_.size() - 1;
  std::size_t place = hash(wanted, threads.data()) & mask;
  for (; index_[place] != 0; place = (place + 1) & mask) {
    const State& known = states_[index_[place] - 1];
    if (known.before == before && known.starts == starts && known.threads == wanted.threads &&
        std::equal(threads.begin(), threads.end(), keys_.begin() + known.key)) {
      return (index_[place] - 1) * columns_;
    }
  }
  std::size_t more = columns_ * sizeof(Cell) + sizeof(State) + threads.size() * sizeof(Address);
  if (bytes() + more > budget_bytes || cells_.size() + columns_ >= kSpecial) return kUnbuilt;
  index_[place] = static_cast<std::uint32_t>(states_.size()) + 1;
  states_.push_back(wanted);
  keys_.insert(keys_.end(), threads.begin(), threads.end());
  auto row = static_cast<Row>(cells_.size());
  cells_.resize(cells_.size() + columns_, kUnbuilt);
  if (states_.size() * 2 > index_.size()) grow_index();
  return row;
}

void SetAutomaton::threads(Row row, std::vector<Address>& out) const {
  const State& state = state_of(row);
  out.assign(keys_.begin() + state.key, keys_.begin() + state.key + state.threads);
}

std::uint32_t SetAutomaton::write_accepts(const SparseSet& accepted) {
  accepts_.push_back(static_cast<PatternId>(seen_by_.size()));
  seen_by_.push_back(0);
  auto list = static_cast<std::uint32_t>(accepts_.size());
  accepts_.push_back(accepted.size());
  accepts_.insert(accepts_.end(), accepted.begin(), accepted.end());
  return list;
}

bool SetAutomaton::build(Row row, std::uint32_t column, SetStep& step, std::size_t budget_bytes) {
  const State from = state_of(row);
  threads(row, before_);
  step.run(before_, from.starts != kNever, static_cast<SetProgram::Kind>(from.before), column, nullptr);
  std::size_t list = step.accepted().empty() ? 0 : (step.accepted().size() + 6) * sizeof(std::uint32_t);
  if (bytes() + list > budget_bytes) return false;
  Row next = kDead;
  if (column <= program_->ill_formed()) {
    next = state(step.next(), program_->kind_of_column(column), from.starts == kAlways ? kAlways : kNever,
                 budget_bytes - list);
    if (next == kUnbuilt) return false;
  }
  if (step.accepted().empty()) {
    cells_[row + column] = next == kDead ? kSpecial : next;
    return true;
  }
  cells_[row + column] = static_cast<Cell>(specials_.size()) | kSpecial;
  specials_.push_back({next, write_accepts(step.accepted())});
  return true;
}

}  // namespace redoubt::pikevm
