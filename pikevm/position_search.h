// PositionSearch: the simulation of a small program over its positions (positions.h). Threads exist only where the next
// unit lets them go on, so that on most haystacks there is one, which a short loop moves; where there are more, they
// are a list in order of priority, or for leftmost-longest groups a matrix of relations between each two of them (the
// precedence matrix of Borsotti and Trofimovich, "Efficient POSIX submatch extraction on NFA", 2019), which a thread
// that is alone does not need. Nothing is remembered between locations but the threads.
//
// Time: O(haystack * arrows) for lists, O(haystack * (arrows + threads^2)) for the matrix; memory O(threads * (groups +
// threads)).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "pikevm/captures.h"
#include "pikevm/positions.h"
#include "pikevm/search.h"

namespace redoubt::pikevm {

class PositionSearch {
 public:
  /// nullopt: the program does not suit, or so many threads met that another search is better. `search.begin` and
  /// `search.end` are within the haystack. If no slot is wanted it stops at the first match.
  std::optional<Result> run(const Program& program, const Search& search, bool groups, Best& best);
  const Usage& usage() const { return usage_; }

 private:
  /// More threads than this are not compared each with each.
  static constexpr std::size_t kMaxRelated = 48;
  static constexpr std::uint32_t kFresh = 0xFFFFFFFF;

  struct Thread {
    std::uint32_t position;
    BlockId captures;
    std::size_t start;
  };
  /// A thread of the next location, before its slots are set.
  struct Member {
    std::uint32_t position;
    std::uint32_t source;  ///< index into threads_, or kFresh
    std::uint32_t item;
    bool quiet;
    std::size_t start;
    ClosureTable::Entry entry;
  };
  enum class Mode : std::uint8_t { kFirst, kLongestSpan, kLongestGroups };

  bool prepare(const Program& program, bool groups);
  std::uint32_t looks_here() const;
  template <bool kUtf8, bool kSmall>
  std::optional<Result> simulate(Best& best);
  template <bool kUtf8>
  void look_at_unit();
  template <bool kUtf8>
  void advance();
  /// Moves the only thread as long as it stays alone; false: there are too many arrows.
  template <bool kUtf8>
  bool run_alone(Best& best);
  /// Moves past locations at which no match can begin.
  template <bool kUtf8>
  void skip_idle(const Positions::Arrows& start);
  /// Makes the threads of this location from those of the last one, and new ones.
  template <bool kSmall>
  bool step(Best& best);
  template <bool kSmall>
  bool takes(std::uint32_t position) const {
    return kSmall ? (takers_ >> (position - 1) & 1) != 0 : positions_.takes(position, unit_.part);
  }
  template <bool kSmall>
  bool spread(std::uint32_t source, const Positions::Arrows& arrows, std::size_t start, Best& best);
  void offer(const Member& member);
  Relation relation_before(std::uint32_t first, std::uint32_t second) const;
  Relation relation_after(const Member& first, const Member& second) const;
  void relate();
  void settle(Best& best);
  BlockId apply(std::uint32_t item, BlockId captures);
  void accept(const Member& member, Best& best);
  bool over_limits(Result& result);
  std::size_t bytes() const;

  const Program* program_ = nullptr;
  const Search* search_ = nullptr;
  std::uint64_t serial_ = 0;  ///< of the program that positions_ is for
  bool suits_ = false;
  Positions positions_;
  Mode mode_ = Mode::kFirst;
  Captures captures_;

  // Where the search is.
  std::size_t at_ = 0;
  std::uint32_t looks_ = 0;
  Unit unit_{kNoPart, 1};        ///< at at_; kNoPart at the end
  PositionMask takers_ = 0;      ///< small programs: positions that take unit_
  bool restart_ = false;         ///< threads begin here, too
  bool accepted_here_ = false;

  std::vector<Thread> threads_, next_threads_;
  std::vector<Member> members_;
  Member accepted_{};
  std::vector<std::uint64_t> seen_;        ///< positions with a member
  std::vector<std::uint32_t> place_;       ///< by position: its index in members_
  std::vector<std::uint32_t> relations_, next_relations_;  ///< row by row, each pair once
  Usage usage_;
};

}  // namespace redoubt::pikevm
