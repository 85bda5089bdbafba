// Automaton: the simulation of a program, remembered. A state is all that the future of a set of threads depends on:
// which positions they have reached and how they compare; a transition says, for each thread that the next unit leaves,
// which thread it was before and which slots it sets. Built as the haystack asks for it, up to a budget; offsets live
// with the caller.
//
// This is the lazy form of a tagged automaton with one unit of lookahead: Laurikari, "NFAs with tagged transitions"
// (2000); Trofimovich, "Tagged deterministic finite automata with lookahead" (2017). The leftmost-longest states carry
// Borsotti and Trofimovich's matrices: the relation of every pair of threads, which one step updates without a look at
// the past.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pikevm/positions.h"
#include "pikevm/program.h"
#include "pikevm/sparse_set.h"

namespace redoubt::pikevm {

/// Where the state's row of transitions begins.
using StateId = std::uint32_t;

class Automaton {
 public:
  /// No thread, and none will start: the search is over.
  static constexpr StateId kDead = 0;
  /// Only tables within these are worth having; other programs are searched without.
  static constexpr std::size_t kMaxThreads = 48;
  static constexpr std::uint32_t kMaxGroups = 30;
  static constexpr std::size_t kMaxColumns = 1024;
  static constexpr int kMaxLooks = 3;
  /// "A new thread, all of its slots unset" as the source of a thread.
  static constexpr std::uint16_t kFresh = 0xFFFF;

  /// What a transition does to the registers of the threads at the location before its unit, as a list of words:
  ///   flags; if kAccepts: a move, whose target is the best match;
  ///   if kInPlace: a count, and so many actions whose slots count through all threads;
  ///   else a count, and for each of so many threads after it a move. A move is: the source thread, a count, and so
  ///   many actions.
  /// Each thread has `width` registers, 0 its start, the group slots from 1, the rest to make it a multiple of 4.
  static constexpr std::uint16_t kAccepts = 1;
  static constexpr std::uint16_t kInPlace = 2;
  struct Transition {
    StateId next = kUnbuilt;
    std::uint32_t moves = kStop;
    /// Nothing moves.
    bool quiet() const { return moves == 0; }
    /// Nothing moves but, perhaps, the best match: of many such in a row only the last one matters.
    bool repeatable() const { return moves == 0 || (moves & kAcceptsOnly) != 0; }
    friend bool operator==(const Transition&, const Transition&) = default;
  };
  static constexpr StateId kUnbuilt = 0xFFFFFFFF;

  /// Is the program small enough?
  static bool suits(const Program& program);
  /// For a new program, with the registers of groups or only those of starts; keeps the memory.
  void reset(const Program& program, bool groups);
  /// The state before the first unit. `restart`: threads start at later locations, too.
  StateId start(bool restart) const { return (restart ? 2 : 1) * columns_; }
  /// The transitions of a state, by column.
  const Transition* row(StateId state) const { return transitions_.data() + state; }
  /// For a unit of `part` (kNoPart: none that any thread takes, or the end) at a location where `looks` hold.
  std::uint32_t column(std::uint32_t part, std::uint32_t looks) const {
    const std::uint32_t base = (part == kNoPart ? part_count_ : part) << looks_bits_;
    return looks == 0 ? base : base + looks_index(program_->looks_used, looks);
  }
  /// By byte: column(part, 0), where bytes are units.
  const std::uint16_t* byte_columns() const { return byte_columns_.data(); }
  /// Builds a transition that is not known; `next` is kUnbuilt if that would exceed the budget.
  Transition build(StateId state, std::uint32_t part, std::uint32_t looks, std::size_t budget_bytes);

  const std::uint16_t* moves(Transition t) const { return moves_.data() + (t.moves & ~kAcceptsOnly); }
  std::uint32_t width() const { return width_; }
  /// See Positions::steady().
  bool steady() const { return positions_.steady(); }
  std::size_t states() const { return states_.size(); }
  std::size_t bytes() const { return bytes_; }
  std::uint64_t steps() const { return steps_ + positions_.steps(); }

 private:
  static constexpr std::uint32_t kAcceptsOnly = std::uint32_t{1} << 31;
  /// Moves nothing, but is not quiet: the search should look up.
  static constexpr std::uint32_t kStop = 2;

  struct State {
    std::uint32_t key;  ///< keys_[key, key + key_size(threads))
    std::uint32_t threads;
    bool begins;   ///< a thread begins at the next location
    bool restart;  ///< and at those after it
  };
  /// A thread of the state being left, or of the one being made.
  struct Member {
    std::uint32_t position;
    std::uint32_t rank;    ///< of its start among the starts of the state's threads
    std::uint16_t source;  ///< which thread it was, or kFresh
    std::uint32_t target;  ///< by which target of positions_ it came
    const Positions::Arrows* arrows;
  };

  std::size_t count_bytes() const;
  std::size_t key_size(std::uint32_t threads) const { return threads + (related_ ? threads * (threads - 1) / 2 : 0); }
  void load(StateId state);
  Relation relation_before(std::uint32_t first, std::uint32_t second) const;
  Relation relation_after(const Member& first, const Member& second) const;
  /// Makes the members of the next state, and the accepting member if there is one. False: too many arrows.
  bool advance(const State& state, std::uint32_t part, std::uint32_t looks);
  bool follow(std::uint16_t source, std::uint32_t rank, std::uint32_t position, std::uint32_t part,
              std::uint32_t looks);
  void offer(const Member& member);
  void settle(bool& restart);
  Transition finish(bool restart, std::size_t budget_bytes);
  void write_move(std::uint16_t source, const Positions::Target& target);
  std::uint32_t write_moves();
  bool in_place() const;
  StateId intern(bool begins, bool restart);
  void grow_index();

  const Program* program_ = nullptr;
  Positions positions_;
  bool related_ = false;     ///< states carry relations: leftmost-longest with groups
  bool first_wins_ = false;  ///< leftmost-first: a match ends all threads behind it
  std::uint32_t width_ = 1;
  std::uint32_t part_count_ = 0;
  std::uint32_t looks_bits_ = 0;
  std::uint32_t columns_ = 0;
  std::array<std::uint16_t, 256> byte_columns_;
  std::vector<State> states_;  ///< by id / columns_
  std::vector<std::uint32_t> keys_;
  std::vector<Transition> transitions_;  ///< states * columns
  std::vector<std::uint16_t> moves_;
  std::vector<std::uint32_t> index_;  ///< open addressing; a state's number, or 0
  std::uint64_t steps_ = 0;
  std::size_t bytes_ = 0;

  // The step being built.
  std::vector<Member> before_, after_;
  const std::uint32_t* relations_before_ = nullptr;
  Member accepted_{};
  bool has_accepted_ = false;
  std::vector<std::uint16_t> place_;  ///< by position: its index in after_; meaningful for members of present_
  SparseSet present_;
  std::vector<std::uint32_t> key_;
};

}  // namespace redoubt::pikevm
