// ListSearch: Pike's simulation with an ordered list of threads, the first of which has priority. It gives
// leftmost-first matches with all groups, and the spans (not the groups) of leftmost-longest ones, in
// O(haystack * program) time and O(program * groups) memory; with loop policy `pcre2`, as progress.h says.
#pragma once

#include <cstddef>
#include <vector>

#include "pikevm/captures.h"
#include "pikevm/search.h"
#include "pikevm/sparse_set.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

class ListSearch {
 public:
  /// `width` group slots are tracked: 0, or 2 * program.groups (leftmost-first only). `search.begin` and `search.end`
  /// are within the haystack. If no slot is wanted it stops at the first match, and best.end is not the match's end.
  Result run(const Program& program, const Search& search, std::size_t width, Best& best);
  const Usage& usage() const { return usage_; }

 private:
  struct Thread {
    Address at;
    BlockId captures;
    std::size_t start;
  };
  struct Branch {
    std::uint32_t to;  ///< an address, or a number of Points
    BlockId captures;
  };

  /// What ends a path at a point: another one was there before.
  enum class Ends : std::uint8_t {
    kAtPoints,  ///< at this very instruction
    kInCopies,  ///< or at its like in an earlier copy of a repeat
    kOnLevels,  ///< at this instruction on the same level (progress.h)
  };

  void follow(Thread thread, std::size_t location, std::uint32_t looks) {
    switch (ends_) {
      case Ends::kAtPoints:
        return follow_paths<Ends::kAtPoints>(thread, location, looks);
      case Ends::kInCopies:
        return follow_paths<Ends::kInCopies>(thread, location, looks);
      case Ends::kOnLevels:
        return follow_paths<Ends::kOnLevels>(thread, location, looks);
    }
  }
  void prepare(const Program& program);
  /// Is the path the first at this point?
  template <Ends kEnds>
  bool visit(Address at, std::uint32_t point) {
    if constexpr (kEnds != Ends::kInCopies) return visited_.insert(point);
    // By the number of the twin of a class, which is no other instruction's; see prepare().
    const Address twin = twins_[at];
    if (!visited_.insert(twin) && (least_[twin] <= at || REDOUBT_MUTANT(copies_all_alike))) return false;
    least_[twin] = at;
    return true;
  }
  /// Where a path that comes to `at` may as well go on.
  Address shortcut(Address at) {
    const std::uint32_t number = head_of_[at];
    if (number == kNoHead) return at;
    Head& head = heads_[number];
    if (head.round != round_) head = {head.exit, round_, kNowhere, kNowhere};
    if (at > head.second) return head.exit;
    if (at < head.first) {
      head.second = head.first;
      head.first = at;
    } else if (at > head.first) {
      head.second = at;
    }
    return at;
  }
  template <Ends kEnds>
  void follow_paths(Thread thread, std::size_t location, std::uint32_t looks);
  /// Hands every thread the unit of part `part` (kNoPart: none of them takes it) and follows those that took it.
  void step(std::uint32_t part, std::size_t location, std::size_t next, Best& best);
  void accept(const Thread& thread, std::size_t location, Best& best);
  bool over_limits(const Search& search, Result& result);

  const Program* program_ = nullptr;
  const Search* search_ = nullptr;
  Captures captures_;
  std::uint64_t serial_ = 0;  ///< of the program that what follows is for
  Ends ends_ = Ends::kAtPoints;
  std::vector<Address> twins_;  ///< by address: the same point in the first of the copies it is in, or itself
  std::vector<Address> least_;  ///< by twin, if it is in visited_: the least address visited
  static constexpr std::uint32_t kNoHead = 0xFFFFFFFF;
  static constexpr Address kNowhere = 0xFFFFFFFF;
  /// The first instructions of the copies of one repeat.
  struct Head {
    Address exit;         ///< behind the last copy
    std::uint64_t round;  ///< in which the following were met
    Address first;        ///< the least of them that a path has come to
    Address second;       ///< the least one but that
  };
  std::vector<Head> heads_;
  std::vector<std::uint32_t> head_of_;  ///< by address
  std::uint64_t round_ = 0;             ///< of closures: one for each location
  SparseSet visited_;                   ///< of addresses, twins, or numbers of Points
  std::vector<Thread> threads_, next_;
  std::vector<Branch> stack_;
  Usage usage_;
};

}  // namespace redoubt::pikevm
