// SplitRun: simulates a SplitProgram and finds the match whose parts are longest, the first part first, in
// O(haystack * program) time and O(program) memory. Threads are in groups that had all cuts in common; the order of the
// groups is the order of preference, so that nothing is ever compared. It knows nothing of capturing groups.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pikevm/search.h"
#include "pikevm/split_program.h"

namespace redoubt::pikevm {

class SplitRun {
 public:
  /// For a whole_program: the span of the leftmost-longest match of `search`, into best.begin and best.end. If no slot
  /// is wanted it stops at the first match, and best.end is not the match's end.
  Result find(const SplitProgram& program, const Search& search, bool anchored, Best& best);
  /// For a node_program: the best division of [begin, end) of search.haystack; kNoMatch if there is none.
  Result divide(const SplitProgram& program, const Search& search, std::size_t begin, std::size_t end);
  /// Of the last divide(): how many cuts the best division has, and those that the program remembers.
  std::uint32_t cut_count() const { return match_cuts_; }
  const std::size_t* cuts() const { return match_values_.data(); }

  void clear_steps() { steps_ = 0; }
  std::uint64_t steps() const { return steps_; }
  std::size_t bytes() const;

 private:
  struct Thread {
    Address at;
    std::uint32_t count;  ///< at a kCount: how many units it has consumed
  };
  struct Group {
    std::size_t end;  ///< its threads end here, and begin where those of the group before end
    std::uint32_t cuts;
  };
  struct List {
    std::vector<Thread> threads;
    std::vector<Group> groups;
    std::vector<std::size_t> values;  ///< width for each group: the cuts that it remembers

    void clear() {
      threads.clear();
      groups.clear();
      values.clear();
    }
    std::size_t bytes() const;
  };
  /// What the threads that were preferred left at an instruction and its twins.
  struct Mark {
    std::uint32_t visited = 0;       ///< the stamp of the last location at which one of them was visited
    std::uint32_t visited_copy = 0;  ///< the lowest copy visited then
    std::uint32_t ready_at = 0;      ///< kCount: the stamp of the last location with a thread that had its minimum
    std::uint32_t ready_copy = 0;    ///< where that thread was, the last of them
    std::uint32_t ready_count = 0;

    bool is_visited(std::uint32_t stamp, std::uint32_t copy) const { return visited == stamp && visited_copy <= copy; }
    void visit(std::uint32_t stamp, std::uint32_t copy) {
      visited = stamp;
      visited_copy = copy;
    }
    bool is_ready(std::uint32_t stamp, std::uint32_t copy) const { return ready_at == stamp && ready_copy <= copy; }
    void make_ready(std::uint32_t stamp, std::uint32_t copy, std::uint32_t count) {
      ready_at = stamp;
      ready_copy = copy;
      ready_count = count;
    }
  };

  void prepare(const SplitProgram& program, std::string_view haystack);
  void next_location(std::size_t at);
  void begin_group(const std::size_t* values, std::uint32_t cuts);
  /// Follows the empty arrows from stack_ and makes groups of what is reached, one for each number of cuts.
  void finish_group(std::size_t at);
  void follow();
  void pass_cut(std::size_t at);
  void take(const Thread& thread, std::uint32_t part);
  /// Hands a unit to all threads. `first_match`: a match ends all groups behind it.
  void step(std::uint32_t part, std::size_t at, bool first_match);
  void start(std::size_t at);
  /// Where all that happens is that one thread counts on, or besides that each location ends a match: passes the units
  /// for which that holds and returns where they end. `best` takes such matches; without it there are none.
  std::size_t skip(std::size_t at, std::size_t end, Best* best);
  enum class Pursuit : std::uint8_t {
    kDone,   ///< a match or a limit
    kDead,   ///< no thread is left at `at`
    kAtEnd,  ///< no match from here to the end
  };
  static constexpr std::size_t kNoSeeds = static_cast<std::size_t>(-1);
  /// Follows the start at `at`, and unless `seed_until` is kNoSeeds those behind it, until from that location on there
  /// comes one with no thread from before. `at` moves along. kDone says by `result` what was found.
  Pursuit pursue(const Search& search, std::size_t& at, std::size_t seed_until, Best& best, Result& result);
  bool over_limits(const Search& search, Result& result) const;

  const SplitProgram* program_ = nullptr;
  std::string_view haystack_;
  List lists_[2];
  List* now_ = &lists_[0];
  List* next_ = &lists_[1];
  std::vector<Mark> marks_;
  std::uint32_t stamp_ = 0;
  std::uint32_t looks_ = 0;
  // The group being made.
  std::vector<std::size_t> values_;
  std::uint32_t cuts_ = 0;
  std::size_t group_begin_ = 0;
  std::vector<Address> stack_;
  std::vector<Address> after_cut_;
  // The best match that ends here.
  bool matched_ = false;
  std::vector<std::size_t> match_values_;
  std::uint32_t match_cuts_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace redoubt::pikevm
