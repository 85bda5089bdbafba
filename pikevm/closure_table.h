// ClosureTable: where empty arrows lead from an instruction, and with what effect, worked out once for each set of
// assertions that hold. What a closure does depends on nothing before it, so the table serves every location. It gives
// the building blocks of an Automaton.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pikevm/captures.h"
#include "pikevm/closure.h"
#include "pikevm/history.h"
#include "pikevm/program.h"
#include "pikevm/sparse_set.h"

namespace redoubt::pikevm {

/// What is kept of two histories that fork, to compare them later: their least heights since the fork, and which is
/// better so far (order < 0: the first; 0: they are the same). See history.h.
struct Relation {
  static constexpr std::uint32_t kNone = 0x7FFF;  ///< no height
  std::uint32_t rho_first = kNone;
  std::uint32_t rho_second = kNone;
  int order = 0;

  Relation swapped() const { return {rho_second, rho_first, -order}; }
  /// One frame's step of the comparison that history.h describes: of the same two paths, each longer by a frame with
  /// this least height.
  Relation after(std::uint32_t first, std::uint32_t second) const {
    Relation r{std::min(rho_first, first), std::min(rho_second, second), order};
    if (r.rho_first != r.rho_second) r.order = r.rho_first > r.rho_second ? -1 : 1;
    return r;
  }
  /// As one word, and back.
  std::uint32_t pack() const {
    return rho_first | rho_second << 15 | static_cast<std::uint32_t>(order < 0 ? 2 : order > 0 ? 1 : 0) << 30;
  }
  static Relation unpack(std::uint32_t word) {
    return {word & kNone, word >> 15 & kNone, word >> 30 == 2 ? -1 : static_cast<int>(word >> 30)};
  }
};

/// The number of a set of assertions among the subsets of those that a program uses: its bits without the gaps.
inline std::uint32_t looks_index(std::uint32_t used, std::uint32_t looks) {
  std::uint32_t index = 0;
  for (std::uint32_t bit = 1; used != 0; used &= used - 1, bit <<= 1) {
    if (looks & used & -used) index |= bit;
  }
  return index;
}

/// Sets a slot: twice its number, and one if it is unset instead of set to the location.
using Action = std::uint16_t;

/// One kClass or kMatch instruction that a closure reaches, by its best path.
struct Item {
  Address at;
  std::uint32_t least_height;  ///< of the path's tags; Relation::kNone without any
  std::uint32_t actions_begin, actions_end;
};

class ClosureTable {
 public:
  /// How paths to one instruction compete.
  enum class Order : std::uint8_t {
    kHistory,   ///< by their tags; items by ascending address
    kPriority,  ///< the first in order of splits; items in that order. Tags are passed over.
  };

  struct Entry {
    std::uint32_t items_begin, items_end;
    std::uint32_t relations_begin;  ///< kHistory: of each pair of items, first < second, row by row
  };

  /// Entries of more items are not made: all pairs of items are compared.
  static constexpr std::size_t kMaxItems = 64;

  /// For a new program; keeps the memory. Without groups no action is recorded.
  void reset(const Program& program, Order order, bool groups);
  /// The closure from `from` where `looks` hold, `looks_number` being their looks_index().
  const Entry& get(Address from, std::uint32_t looks, std::uint32_t looks_number);
  const Item& item(std::uint32_t index) const { return items_[index]; }
  /// Of two different items of one entry.
  Relation relation(const Entry& entry, std::uint32_t first, std::uint32_t second) const;
  const Action* actions(const Item& item) const { return actions_.data() + item.actions_begin; }
  const Action* action_list() const { return actions_.data(); }
  /// Some entry asked for would have had more than kMaxItems, and was left empty.
  bool too_wide() const { return too_wide_; }
  std::size_t bytes() const;
  std::uint64_t steps() const { return steps_; }

 private:
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
  // Contents of symbolic slots; kUnset stands for itself.
  static constexpr std::size_t kHere = static_cast<std::size_t>(-3);
  static constexpr std::size_t kKeep = static_cast<std::size_t>(-4);

  void build_by_history(Address from, std::uint32_t looks);
  /// `kProgress`: paths have levels (progress.h).
  template <bool kProgress>
  void build_by_priority(Address from, std::uint32_t looks);
  void add_item(Address at, BlockId captures, std::uint32_t least);
  BlockId symbolic_block();

  const Program* program_ = nullptr;
  Order order_ = Order::kPriority;
  std::vector<std::uint32_t> index_;  ///< by address and looks
  std::uint32_t looks_count_ = 1;
  std::vector<Entry> entries_;
  std::vector<Item> items_;
  std::vector<std::uint32_t> relations_;
  std::vector<Action> actions_;
  std::uint64_t steps_ = 0;
  bool too_wide_ = false;

  History history_;
  Captures captures_;
  Closure closure_{history_, captures_};
  std::vector<Address> targets_;
  SparseSet visited_;                                     ///< of addresses, or numbers of Points
  std::vector<std::pair<std::uint32_t, BlockId>> stack_;  ///< likewise
};

}  // namespace redoubt::pikevm
