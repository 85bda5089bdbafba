// The search interface: a compiled Program, a Scratch that holds all working memory, and one call. Exact by SEMANTICS
// A (leftmost-longest, groups included) and B with either loop policy (leftmost-first); linear in the haystack, no
// recursion, no allocation in a warm search, memory that does not grow with the haystack.
//
// A search goes by the first of these ways that its program suits and that does not give up (optimizations.h names
// them, plan.h says for a program which it is and why). n is the haystack, m the program, t the groups, d how deep the
// nodes with groups nest:
//
//   literal     a plain string, by vector comparison: O(n)
//   prefilter   places where a match can begin, each tried in one of the ways below; in vain for at most four steps a
//               byte and a constant, then all other starts together
//   onepass     one thread, a table by position and unit: O(n t)
//   automaton   positions and how they compare, remembered in up to 1 MiB: a table's step a byte, or one of `positions`
//               and a new state
//   positions   an ordered list of threads, O(n m t); or for leftmost-longest groups a matrix of at most 48, O(n (m +
//   t))
//               with that constant squared
//   split       leftmost-longest: the span, then down the tree: O(n m d) time, O(m d) memory (split_search.h)
//   simulation  leftmost-first, or without groups: Pike's list, O(n m t); for leftmost-longest groups histories: each
//               instruction once a location, and once more whenever the back edge of a loop brings a better history
//
// Each may decline but the simulation: by limits on the program, or when what it built outgrows its budget, which is
// before it has passed over the haystack more than once. So the worst case is that of `split`, and where its programs
// would not fit their budget, that of the simulation. Sources stand where the ways are.
#pragma once

#include <cstddef>
#include <memory>

#include "pikevm/compiler.h"
#include "pikevm/program.h"
#include "pikevm/search.h"
#include "syntax/match.h"

namespace redoubt::pikevm {

/// The working memory of searches: one for each thread, for any number of programs. What one search warmed up the next
/// one reuses, whatever its program.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;

  /// Of the last search: units of constant work, and the most bytes of working memory seen.
  const Usage& usage() const;

 private:
  struct Parts;
  friend Result search(const Program& program, Scratch& scratch, const Search& search, Slots& out);
  std::unique_ptr<Parts> parts_;
};

/// The best match of `search` by the program's semantics. On kMatch `out` has min(wanted_slots, 1 + groups) spans,
/// slot 0 the whole match; on any other result it is empty.
Result search(const Program& program, Scratch& scratch, const Search& search, Slots& out);

}  // namespace redoubt::pikevm
