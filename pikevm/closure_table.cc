#include "pikevm/closure_table.h"

#include <algorithm>
#include <bit>

#include "pikevm/progress.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

void ClosureTable::reset(const Program& program, Order order, bool groups) {
  program_ = &program;
  order_ = order;
  looks_count_ = 1U << std::popcount(program.looks_used);
  index_.assign(program.insts.size() * looks_count_, kUnknown);
  entries_.clear();
  items_.clear();
  relations_.clear();
  actions_.clear();
  captures_.reset(groups ? 2 * std::size_t{program.groups} : 0);
  visited_.reserve(Points::count(program));
  if (order == Order::kHistory) closure_.reset(program);
  steps_ = 0;
  too_wide_ = false;
}

const ClosureTable::Entry& ClosureTable::get(Address from, std::uint32_t looks, std::uint32_t looks_number) {
  std::uint32_t& index = index_[from * looks_count_ + looks_number];
  if (index == kUnknown) {
    index = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back({static_cast<std::uint32_t>(items_.size()), 0, static_cast<std::uint32_t>(relations_.size())});
    if (order_ == Order::kHistory) {
      build_by_history(from, looks);
    } else if (program_->loop_depth == 0) {
      build_by_priority<false>(from, looks);
    } else {
      build_by_priority<true>(from, looks);
    }
    entries_.back().items_end = static_cast<std::uint32_t>(items_.size());
  }
  return entries_[index];
}

BlockId ClosureTable::symbolic_block() {
  BlockId block = captures_.blank();
  std::fill_n(captures_.slots(block), captures_.width(), kKeep);
  return block;
}

void ClosureTable::build_by_history(Address from, std::uint32_t looks) {
  history_.clear();
  closure_.put(from, {History::kRoot, symbolic_block(), 0});
  closure_.run(looks, kHere);
  targets_.assign(closure_.waiting().begin(), closure_.waiting().end());
  if (closure_.matched()) targets_.push_back(program_->match());
  too_wide_ = too_wide_ || targets_.size() > kMaxItems;
  if (too_wide_) targets_.clear();
  std::sort(targets_.begin(), targets_.end());
  for (Address at : targets_) {
    const Thread& thread = closure_.thread(at);
    std::uint32_t least = history_.compare(History::kRoot, thread.history).rho_second;
    add_item(at, thread.captures, std::min(least, Relation::kNone));
  }
  for (std::size_t a = 0; a < targets_.size(); ++a) {
    for (std::size_t b = a + 1; b < targets_.size(); ++b) {
      Comparison c = history_.compare(closure_.thread(targets_[a]).history, closure_.thread(targets_[b]).history);
      Relation r{std::min(c.rho_first, Relation::kNone), std::min(c.rho_second, Relation::kNone), c.order};
      relations_.push_back(r.pack());
    }
  }
  steps_ += closure_.steps() + history_.work();
  closure_.release_all();
}

template <bool kProgress>
void ClosureTable::build_by_priority(Address from, std::uint32_t looks) {
  visited_.clear();
  stack_.clear();
  const Points points(*program_);
  // Nothing is idle at `from`: it is where the search starts, or behind a unit that was consumed.
  stack_.emplace_back(kProgress ? points.number(from, 0) : from, symbolic_block());
  std::size_t first = items_.size();
  while (!stack_.empty()) {
    auto [number, captures] = stack_.back();
    stack_.pop_back();
    Address at = kProgress ? points.address(number) : number;
    Level level = kProgress ? points.level(number) : 0;
    too_wide_ = too_wide_ || items_.size() - first > kMaxItems;
    bool going = !too_wide_;
    while (going && visited_.insert(kProgress ? points.future(at, program_->insts[at], level) : at)) {
      ++steps_;
      const Address here = at;
      const Inst& inst = program_->insts[here];
      at = inst.out;
      switch (inst.op) {
        case Op::kClass:
        case Op::kMatch:
          add_item(here, captures, Relation::kNone);
          going = false;
          break;
        case Op::kLook:
          going = looks >> inst.detail & 1;
          break;
        case Op::kEnter:
          level = level_after_enter(level, inst);
          break;
        case Op::kLoop:
          if (must_leave(level)) {
            level = level_after_leave(level, inst);
            at = inst.way_out();
            break;
          }
          [[fallthrough]];
        case Op::kSplit:
          stack_.emplace_back(kProgress ? points.number(inst.arg, level) : inst.arg, captures_.share(captures));
          break;
        case Op::kSave:
          if (captures_.width() == 0) break;
          if (!REDOUBT_MUTANT(table_slots_copied_late)) captures = captures_.writable(captures);
          captures_.slots(captures)[inst.arg] = kHere;
          break;
        case Op::kTag:
          break;
      }
    }
    captures_.release(captures);
  }
}

void ClosureTable::add_item(Address at, BlockId captures, std::uint32_t least) {
  auto begin = static_cast<std::uint32_t>(actions_.size());
  const std::size_t* slots = captures_.slots(captures);
  for (std::size_t s = 0; s < captures_.width(); ++s) {
    if (slots[s] != kKeep) actions_.push_back(static_cast<Action>(2 * s + (slots[s] == kUnset ? 1 : 0)));
  }
  items_.push_back({at, least, begin, static_cast<std::uint32_t>(actions_.size())});
}

Relation ClosureTable::relation(const Entry& entry, std::uint32_t first, std::uint32_t second) const {
  std::uint32_t a = std::min(first, second) - entry.items_begin;
  std::uint32_t b = std::max(first, second) - entry.items_begin;
  std::uint32_t count = entry.items_end - entry.items_begin;
  // Row a begins after the rows of count-1, count-2, …, count-a entries.
  std::uint32_t place = entry.relations_begin + a * (count - 1) - a * (a - 1) / 2 + (b - a - 1);
  Relation r = Relation::unpack(relations_[place]);
  return first < second ? r : r.swapped();
}

std::size_t ClosureTable::bytes() const {
  return index_.capacity() * sizeof(index_[0]) + entries_.capacity() * sizeof(Entry) +
         items_.capacity() * sizeof(Item) + relations_.capacity() * sizeof(relations_[0]) +
         actions_.capacity() * sizeof(Action) + history_.bytes() + captures_.bytes() + closure_.bytes() +
         visited_.bytes() + stack_.capacity() * sizeof(stack_[0]);
}

}  // namespace redoubt::pikevm
