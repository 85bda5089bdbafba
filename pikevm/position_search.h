// PositionSearch: the simulation of a small program over its positions (positions.h). Threads exist only where the next
// unit lets them go on, so that on most haystacks there is one, which a short loop moves; where there are more, they
// are a list in order of priority, or for leftmost-longest groups a matrix of relations between each two of them (the
// precedence matrix of Borsotti and Trofimovich, "Efficient POSIX submatch extraction on NFA", 2019), which a thread
// that is alone does not need. Nothing is remembered between locations but the threads.
//
// Time: O(haystack * arrows) for lists, O(haystack * (arrows + threads^2)) for the matrix; memory O(threads * (groups +
// threads)).
#pragma once

#include <array>
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
    std::uint32_t target;
    std::uint32_t source;  ///< index into threads_, or kFresh
    std::size_t start;
    const Positions::Arrows* arrows;  ///< which the target is of
  };
  /// As many as there are positions at most, so that adding one is a store.
  template <class Item>
  class List {
   public:
    void reserve(std::size_t most) {
      if (items_.size() < most) items_.resize(most);
    }
    void clear() { size_ = 0; }
    void push(const Item& item) { items_[size_++] = item; }
    /// Pushes if `counts` is 1, without a branch; there must be room for one item more.
    void push_if(const Item& item, std::uint64_t counts) {
      items_[size_] = item;
      size_ += static_cast<std::uint32_t>(counts);
    }
    void truncate(std::uint32_t size) { size_ = size; }
    std::uint32_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    Item& operator[](std::size_t k) { return items_[k]; }
    const Item& operator[](std::size_t k) const { return items_[k]; }
    Item* begin() { return items_.data(); }
    Item* end() { return items_.data() + size_; }
    std::size_t bytes() const { return items_.capacity() * sizeof(Item); }

   private:
    std::vector<Item> items_;
    std::uint32_t size_ = 0;
  };
  /// Relations of each two of at most kMaxRelated threads, in both orders.
  struct Matrix {
    std::vector<Relation> cells;
    Relation* row(std::size_t thread) { return cells.data() + thread * kMaxRelated; }
    const Relation* row(std::size_t thread) const { return cells.data() + thread * kMaxRelated; }
  };
  enum class Mode : std::uint8_t { kFirst, kLongestSpan, kLongestGroups };

  bool prepare(const Program& program, bool groups);
  template <bool kUtf8, bool kSmall>
  std::optional<Result> simulate(Best& best);
  /// Reads the unit at at_, and which assertions hold there.
  template <bool kUtf8>
  void look();
  template <bool kUtf8>
  void advance() {
    at_ += unit_.length;
    look<kUtf8>();
  }
  /// Moves the only thread as long as it stays alone; false: there are too many arrows.
  template <bool kUtf8>
  bool run_alone(Best& best);
  /// Moves past locations at which no match can begin.
  template <bool kUtf8>
  void skip_idle(const Positions::Arrows& start);
  /// Makes the threads of this location from those of the last one, and new ones. False: too many.
  template <bool kSmall>
  bool step(Best& best);
  template <bool kSmall>
  bool step_list(Best& best);
  template <bool kSmall>
  bool step_matrix(Best& best);
  /// Fills viable_ with the targets that take the unit here and that nobody took before.
  template <bool kSmall>
  std::size_t find_viable(const Positions::Arrows& arrows);
  template <bool kSmall>
  bool offer(std::uint32_t source);
  void settle(Best& best);
  Relation relation_after(const Member& first, const Member& second) const;
  void apply(const Positions::Target& target, BlockId& captures);
  void accept(BlockId captures, std::size_t start, const Positions::Target& target, Best& best);
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
  Unit unit_{kNoPart, 1};    ///< at at_; kNoPart at the end
  PositionMask takers_ = 0;  ///< small programs: positions that take unit_
  bool restart_ = false;     ///< threads begin here, too

  List<Thread> lists_[2];
  List<Thread>* threads_ = &lists_[0];
  List<Thread>* next_ = &lists_[1];
  std::array<std::uint32_t, ClosureTable::kMaxItems> viable_;
  std::array<std::uint64_t, Positions::kMaxPositions / 64> seen_;  ///< positions with a thread, bit p-1
  List<Member> members_;
  Member accepted_{};
  bool accepted_here_ = false;
  std::array<std::uint32_t, Positions::kMaxPositions + 1> place_;  ///< by position: its index in members_
  Matrix matrices_[2];
  Matrix* relations_ = &matrices_[0];  ///< of threads_
  Matrix* next_relations_ = &matrices_[1];
  std::uint32_t until_check_ = 0;
  Usage usage_;
};

}  // namespace redoubt::pikevm
