// SetAutomaton: the steps of a set, remembered. A state is a set of threads, what lies before the location as far as
// assertions ask, and whether threads start; a cell says which state follows and which patterns matched. Built as the
// haystack asks for it, within a budget; it knows nothing of haystacks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pikevm/set_step.h"

namespace redoubt::pikevm {

class SetAutomaton {
 public:
  /// Where threads start: at this location and all later ones, here only, or nowhere.
  enum Starts : std::uint8_t { kAlways, kOnce, kNever };
  /// A state, as the index of the first of its cells.
  using Row = std::uint32_t;
  /// No thread, and none will start.
  static constexpr Row kDead = 0;
  /// What a step leads to: a Row, or with this bit the number of a Special, or kUnbuilt.
  using Cell = std::uint32_t;
  static constexpr std::uint32_t kSpecial = std::uint32_t{1} << 31;
  static constexpr std::uint32_t kUnbuilt = static_cast<std::uint32_t>(-1);
  /// Where the search is over, or some pattern matched: accepted(accepts) has them, 0 for none.
  struct Special {
    Row next;
    std::uint32_t accepts;
  };
  struct State {
    std::uint32_t key;  ///< keys_[key, key + threads), ascending
    std::uint32_t threads;
    std::uint8_t before;  ///< SetProgram::Kind
    Starts starts;
  };

  /// Forgets everything; keeps the memory.
  void reset(const SetProgram& program);
  /// The state; kUnbuilt if that would exceed the budget. Sorts `threads`.
  Row state(std::vector<Address>& threads, SetProgram::Kind before, Starts starts, std::size_t budget_bytes);
  /// Fills the cell by a step. False if that would exceed the budget.
  bool build(Row row, std::uint32_t column, SetStep& step, std::size_t budget_bytes);
  const Cell* cells() const { return cells_.data(); }
  const Special& special(Cell cell) const { return specials_[cell & ~kSpecial]; }
  const State& state_of(Row row) const { return states_[row / columns_]; }
  void threads(Row row, std::vector<Address>& out) const;
  /// A count and so many patterns.
  const PatternId* accepted(std::uint32_t accepts) const { return accepts_.data() + accepts; }
  /// The search by which this list was last seen: for its caller to keep.
  std::uint64_t& seen_by(std::uint32_t accepts) { return seen_by_[accepts_[accepts - 1]]; }
  std::size_t states() const { return states_.size(); }
  /// In use.
  std::size_t bytes() const;
  /// Gives the memory back.
  void release() { *this = SetAutomaton(); }

 private:
  std::uint64_t hash(const State& state, const Address* threads) const;
  void grow_index();
  std::uint32_t write_accepts(const SparseSet& accepted);

  const SetProgram* program_ = nullptr;
  std::uint32_t columns_ = 1;
  std::vector<State> states_;
  std::vector<Address> keys_;
  std::vector<Cell> cells_;
  std::vector<Special> specials_;     ///< the first: dead, nothing matched
  std::vector<std::uint32_t> index_;  ///< open addressing; a state's number and 1, or 0
  std::vector<PatternId> accepts_;    ///< lists: a place in seen_by_, a count, patterns
  std::vector<std::uint64_t> seen_by_;
  std::vector<Address> before_;
};

}  // namespace redoubt::pikevm
