// The search interface: a compiled Program, a Scratch that holds all working memory, and one call. Exact by SEMANTICS
// A (leftmost-longest, groups included) and B with either loop policy (leftmost-first); linear in the haystack, no
// recursion, no allocation in a warm search, memory that does not grow with the haystack.
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
