// Progress: what a path of a leftmost-first search has to remember of the loops around it, under loop policy `pcre2`:
// one small number, its level. It does not follow paths itself; the searches do.
//
// Under `pcre2` (SEMANTICS B3) an iteration that consumed nothing leaves its loop. So what can follow at a point of the
// program depends, beside the location, on which of the loops around the point are idle: have consumed nothing since
// their present iterations began. The outermost of them tells all. For if one loop encloses another and the point, the
// inner loop was entered in the course of the outer one's present iteration, so that the outer iteration began no later
// than the inner one. If it began here, at this location, so did the inner one: the idle loops around a point are the
// innermost ones, from some depth on. Of loops that do not enclose the point nothing is remembered: whoever comes to
// them enters them anew.
//
// The level is the depth of the outermost idle loop, counted from 1 among nested loops that check for progress, or 0 if
// none is idle. It is 0 after a unit is consumed, and it never exceeds the depth of the point. Paths at one location
// that are at one point with one level have the same future, so the first of them, in order of priority, is kept. A
// path never comes back to a point on the same level: before a loop goes round its level is 0, then it is the loop's
// depth or less until the path is outside, so it goes round once at most; and the loops around it in turn. So no path
// is cut short by itself, and what is kept is exactly what a backtracker would find first.
//
// With d the deepest nesting of such loops there are at most (d + 1) * program states at a location: a search takes
// O(haystack * program * (d + 1)) time. d is 0, and nothing of this is done, unless an unbounded loop has a body that
// can be empty.
#pragma once

#include <cstdint>

#include "pikevm/program.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

using Level = std::uint32_t;

/// At a kEnter: the outermost idle loop stays; the one entered is idle, too.
inline Level level_after_enter(Level level, const Inst& enter) { return level == 0 ? enter.height : level; }
/// At a kLoop: is the loop idle? No loop inside it is entered there, so the outermost idle one is it or around it.
inline bool must_leave(Level level) { return level != 0; }
inline Level level_after_leave(Level level, const Inst& loop) {
  return level == loop.height || REDOUBT_MUTANT(progress_level_lost) ? 0 : level;
}

/// Numbers pairs of an address and a level.
class Points {
 public:
  explicit Points(const Program& program) : levels_(program.loop_depth + 1) {}

  std::uint32_t number(Address at, Level level) const { return at * levels_ + level; }
  /// Paths of the same number have the same future. An instruction that consumes or accepts makes all levels one.
  std::uint32_t future(Address at, const Inst& inst, Level level) const {
    if (REDOUBT_MUTANT(visited_shared_across_loops)) level = 0;
    return number(at, inst.op == Op::kClass || inst.op == Op::kMatch ? 0 : level);
  }
  Address address(std::uint32_t number) const { return number / levels_; }
  Level level(std::uint32_t number) const { return number % levels_; }
  /// Numbers are below this. The compiler sees to it that it fits.
  static std::uint32_t count(const Program& program) {
    return static_cast<std::uint32_t>(program.insts.size()) * (program.loop_depth + 1);
  }

 private:
  std::uint32_t levels_;
};

}  // namespace redoubt::pikevm
