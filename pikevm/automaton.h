// Automaton: the simulation of a program, remembered. A state is all that the future of a set of threads depends on:
// where they are and how they compare; a transition says, for each thread after it, which thread it was before and
// which slots it sets. Built as the haystack asks for it, up to a budget; offsets live with the caller.
//
// This is the lazy form of a tagged automaton: Laurikari, "NFAs with tagged transitions" (2000); Borsotti and
// Trofimovich, "A closer look at TDFA" (2022). The leftmost-longest states carry Borsotti and Trofimovich's matrices:
// the relation of every pair of threads, which one step updates without a look at the past.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pikevm/closure_table.h"
#include "pikevm/program.h"
#include "pikevm/sparse_set.h"

namespace redoubt::pikevm {

using StateId = std::uint32_t;

class Automaton {
 public:
  /// No thread, and none will start: the search is over.
  static constexpr StateId kDead = 0;
  /// Only tables within these are worth having; other programs are searched without.
  static constexpr std::size_t kMaxInsts = 2000;
  static constexpr std::size_t kMaxThreads = 48;
  static constexpr std::uint32_t kMaxGroups = 30;
  static constexpr std::size_t kMaxColumns = 1024;
  /// "A new thread, all of its slots unset" as the source of a thread.
  static constexpr std::uint16_t kFresh = 0xFFFF;

  /// What a transition does to the registers of the threads, as a list of words:
  ///   flags; if kAccepts: a move, whose target is the best match;
  ///   if kInPlace: a count, and so many actions whose slots count through all threads;
  ///   else for each thread after it: a move. A move is: the source thread, a count, and so many actions.
  /// Each thread has `width` registers, 0 its start, the group slots from 1.
  static constexpr std::uint16_t kAccepts = 1;
  static constexpr std::uint16_t kInPlace = 2;
  struct Transition {
    StateId next = kUnbuilt;
    std::uint32_t moves = 0;
  };
  static constexpr StateId kUnbuilt = 0xFFFFFFFF;

  /// Is the program small enough?
  static bool suits(const Program& program);
  /// For a new program, with the registers of groups or only those of starts; keeps the memory.
  void reset(const Program& program, bool groups);
  /// The transition into the first location, where `looks` hold. `restart`: threads start at later locations too.
  /// kUnbuilt in `next`: over the budget.
  Transition start(std::uint32_t looks, bool restart, std::size_t budget_bytes);
  /// The known transition over a unit of `part` into a location where `looks` hold, or an unbuilt one.
  Transition known(StateId state, std::uint32_t part, std::uint32_t looks) const {
    std::uint32_t column = part == kNoPart ? part_count_ : part;
    if (program_->looks_used != 0) column = (column << looks_bits_) + looks_index(looks);
    return transitions_[state * columns_ + column];
  }
  /// The same, built if it is not known; `next` is kUnbuilt if that would exceed the budget.
  Transition build(StateId state, std::uint32_t part, std::uint32_t looks, std::size_t budget_bytes);

  const std::uint16_t* moves(Transition t) const { return moves_.data() + t.moves; }
  std::uint32_t threads(StateId state) const { return states_[state].threads; }
  std::uint32_t width() const { return width_; }
  std::size_t states() const { return states_.size(); }
  std::size_t bytes() const;
  std::uint64_t steps() const { return steps_ + closures_.steps(); }

 private:
  struct State {
    std::uint32_t key;  ///< keys_[key, key + key_size(threads))
    std::uint32_t threads;
    bool restart;
  };
  /// A thread of the state being left, or of the one being made.
  struct Member {
    Address at;
    std::uint32_t rank;    ///< of its start among the starts of the state's threads
    std::uint16_t source;  ///< which thread it was, or kFresh
    std::uint32_t item;    ///< by which item of closures_ it came
    ClosureTable::Entry entry;
  };

  std::uint32_t looks_index(std::uint32_t looks) const;
  std::size_t key_size(std::uint32_t threads) const {
    return threads + (order_ == ClosureTable::Order::kHistory ? threads * (threads - 1) / 2 : 0);
  }
  void load(StateId state);
  Relation relation_before(std::uint32_t first, std::uint32_t second) const;
  Relation relation_after(const Member& first, const Member& second) const;
  /// Makes the members of the next state, and the accepting member if there is one.
  void advance(std::uint32_t part, std::uint32_t looks, bool restart);
  void follow(std::uint16_t source, std::uint32_t rank, Address from, std::uint32_t looks);
  void offer(const Member& member);
  void settle(bool& restart);
  Transition finish(bool restart, std::size_t budget_bytes);
  void write_move(std::uint16_t source, std::uint32_t item);
  std::uint32_t write_moves();
  bool in_place() const;
  StateId intern(bool restart);
  void grow_index();

  const Program* program_ = nullptr;
  ClosureTable closures_;
  ClosureTable::Order order_ = ClosureTable::Order::kPriority;
  bool first_wins_ = false;  ///< leftmost-first: a match ends all threads behind it
  std::uint32_t width_ = 1;
  std::uint32_t part_count_ = 0;
  std::uint32_t looks_bits_ = 0;
  std::uint32_t columns_ = 0;
  std::vector<State> states_;
  std::vector<std::uint32_t> keys_;
  std::vector<Transition> transitions_;  ///< states * columns
  std::array<Transition, 16> starts_;    ///< by looks and restart
  std::vector<std::uint16_t> moves_;
  std::vector<std::uint32_t> index_;  ///< open addressing; a state's id, or 0
  std::uint64_t steps_ = 0;

  // The step being built.
  std::vector<Member> before_, after_;
  const std::uint32_t* relations_before_ = nullptr;
  Member accepted_{};
  bool has_accepted_ = false;
  std::vector<std::uint16_t> place_;  ///< by address: its index in after_; meaningful for members of present_
  SparseSet present_;
  std::vector<std::uint32_t> key_;
};

}  // namespace redoubt::pikevm
