// OnePassSearch: for programs in which, wherever a match has begun, the next unit always decides the next position. One
// thread then suffices, whose moves are a table by position and part, and whose slots are set in place. (The idea is
// that of RE2's one-pass matcher, and older: one-unambiguous regexes, Brüggemann-Klein and Wood, 1998.) For anchored
// searches only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "pikevm/positions.h"
#include "pikevm/search.h"

namespace redoubt::pikevm {

class OnePassSearch {
 public:
  /// nullopt: the program is not one-pass. `search` is anchored, or the program is; `search.begin` and `search.end` are
  /// within the haystack. If no slot is wanted it stops at the first match.
  std::optional<Result> run(const Program& program, const Search& search, bool groups, Best& best);
  const Usage& usage() const { return usage_; }
  /// Whether the program is one-pass, without a haystack: it may still not be at the haystack's edges.
  static bool suits(const Program& program);

 private:
  /// What a position does with a part in the haystack's interior, as one word: a target of positions_ in the lower 16
  /// bits, the position that it leads to in the next 8, and flags.
  using Cell = std::uint32_t;
  static constexpr Cell kDead = Cell{1} << 24;     ///< no way on; there is no target
  static constexpr Cell kAccepts = Cell{1} << 25;  ///< a match ends before the unit
  static constexpr Cell kPlain = Cell{1} << 26;    ///< on, and nothing else
  static constexpr Cell kSetsOne = Cell{1} << 27;  ///< on, setting one slot, whose number is in the place of the target
  static std::uint32_t next(Cell cell) { return cell >> 16 & 0xFF; }

  bool prepare(const Program& program, bool groups);
  bool fill_table();
  template <bool kUtf8>
  std::optional<Result> walk(const Program& program, const Search& search, Best& best);
  void accept(const Positions::Arrows& arrows, std::size_t location, Best& best) const;

  std::uint64_t serial_ = 0;  ///< of the program that the members below are for
  bool suits_ = false;
  Positions positions_;
  std::vector<Cell> table_;  ///< by position and part
  std::vector<std::size_t> slots_;
  Usage usage_;
};

}  // namespace redoubt::pikevm
