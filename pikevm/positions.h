// Positions: a program seen as its consuming instructions ("positions", Glushkov's word) with arrows between them. An
// arrow stands for the best of all empty paths from one position to the next and says which slots it sets. Arrows are
// worked out when a search first needs them, once for each set of assertions that hold. It does not search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pikevm/closure_table.h"
#include "pikevm/program.h"

namespace redoubt::pikevm {

/// A set of positions of a small program, one bit each.
using PositionMask = std::uint64_t;

class Positions {
 public:
  /// Up to this many positions a set of them is one word.
  static constexpr std::uint32_t kSmall = 64;
  static constexpr std::uint32_t kMaxPositions = 512;
  static constexpr int kMaxLooks = 3;
  /// Arrows in all; a program with more is searched in another way.
  static constexpr std::size_t kMaxTargets = 4096;
  /// The position before the first unit, which consumes nothing.
  static constexpr std::uint32_t kStart = 0;

  struct Target {
    std::uint32_t to;       ///< a position from 1; kStart stands for acceptance
    std::uint32_t item;     ///< of the closure table, for relations between targets
    std::uint32_t actions;  ///< index of the first
    std::uint16_t action_count;
    std::uint16_t least_height;  ///< as Item has it
  };
  /// What leaves a position where certain assertions hold.
  struct Arrows {
    PositionMask follow = 0;           ///< targets, in a small program: bit p-1 for position p
    PositionMask quiet = 0;            ///< those of them whose arrow sets no slot
    std::uint32_t begin = 0, end = 0;  ///< targets, the best first (leftmost-first: none after acceptance)
    bool accepts = false;              ///< then target(end) is acceptance
    bool known = false;
    ClosureTable::Entry entry{};
  };

  /// Is the program small enough to be worth it?
  static bool suits(const Program& program);
  /// For a new program. Without groups no slots are set, and leftmost-longest arrows are not compared by history.
  void reset(const Program& program, bool groups);
  /// The arrows from `position` where the assertions of `looks` hold. nullptr: there are too many.
  const Arrows* arrows(std::uint32_t position, std::uint32_t looks) {
    // Without assertions in the program, looks is 0.
    const Arrows& a = arrows_[position * looks_count_ + (looks == 0 ? 0 : looks_index(program_->looks_used, looks))];
    return a.known ? &a : build(position, looks);
  }
  /// The same where assertions are those of the haystack's interior (see steady()), if it is known already.
  const Arrows& interior_arrows(std::uint32_t position) const { return arrows_[position * looks_count_]; }
  const Target& target(std::uint32_t index) const { return targets_[index]; }
  std::uint32_t target_to(const Arrows& arrows, std::uint32_t position) const {
    std::uint32_t k = arrows.begin;
    while (targets_[k].to != position) ++k;
    return k;
  }
  const Action* actions(const Target& target) const { return closures_.action_list() + target.actions; }
  /// Sets and unsets what an arrow to `target` does at `location`.
  void apply(const Target& target, std::size_t location, std::size_t* slots) const {
    const Action* list = actions(target);
    for (std::uint32_t k = 0; k < target.action_count; ++k) slots[list[k] / 2] = list[k] % 2 ? kUnset : location;
  }
  /// For the haystack's interior: makes chain() and taker_row(). False: there are too many arrows, or assertions that
  /// are not about edges.
  bool link();
  /// By position: the only target of its arrows, if it has but one and no other position leads there; else kStart.
  const std::uint32_t* chain() const { return chain_.data(); }
  /// By position, a bit each: does it take units of this part?
  const std::uint64_t* taker_row(std::uint32_t part) const { return taker_rows_.data() + part * row_words(); }
  const ClosureTable& closures() const { return closures_; }
  /// In a small program: the positions that take a unit of this part.
  PositionMask takers(std::uint32_t part) const { return part == kNoPart ? 0 : takers_[part]; }
  std::uint32_t part_count() const { return static_cast<std::uint32_t>(takers_.size()); }
  const PositionMask* takers() const { return takers_.data(); }
  bool takes(std::uint32_t position, std::uint32_t part) const {
    return program_->alphabet.contains(classes_[position], part);
  }
  /// Are the program's assertions, if there are any, about the edges of the haystack alone? Then none that the edges
  /// satisfy holds in its interior, and `looks` is 0 there.
  bool steady() const { return steady_; }
  std::uint32_t count() const { return static_cast<std::uint32_t>(addresses_.size()) - 1; }
  bool small() const { return count() <= kSmall; }
  std::size_t bytes() const { return bytes_; }
  std::uint64_t steps() const { return closures_.steps(); }

 private:
  const Arrows* build(std::uint32_t position, std::uint32_t looks);
  std::size_t count_bytes() const;
  std::uint32_t row_words() const { return count() / 64 + 1; }

  const Program* program_ = nullptr;
  ClosureTable closures_;
  bool cut_at_acceptance_ = false;
  bool steady_ = true;
  std::uint32_t looks_count_ = 1;
  std::size_t bytes_ = 0;
  std::vector<Address> addresses_;          ///< by position; [kStart] is unused
  std::vector<std::uint32_t> classes_;      ///< by position
  std::vector<std::uint16_t> position_of_;  ///< by address
  std::vector<Arrows> arrows_;              ///< by position and looks
  std::vector<Target> targets_;
  std::vector<PositionMask> takers_;  ///< by part
  enum class Linked : std::uint8_t { kUnknown, kYes, kNo } linked_ = Linked::kUnknown;
  std::vector<std::uint32_t> chain_;
  std::vector<std::uint64_t> taker_rows_;
};

}  // namespace redoubt::pikevm
