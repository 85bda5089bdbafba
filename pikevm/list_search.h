// ListSearch: Pike's simulation with an ordered list of threads, the first of which has priority. It gives
// leftmost-first matches with all groups, and the spans (not the groups) of leftmost-longest ones, in
// O(haystack * program) time and O(program * groups) memory; with loop policy `pcre2`, as progress.h says.
#pragma once

#include <cstddef>
#include <vector>

#include "pikevm/captures.h"
#include "pikevm/search.h"
#include "pikevm/sparse_set.h"

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

  void follow(Thread thread, std::size_t location, std::uint32_t looks) {
    program_->loop_depth == 0 ? follow_paths<false>(thread, location, looks)
                              : follow_paths<true>(thread, location, looks);
  }
  /// `kProgress`: paths have levels (progress.h).
  template <bool kProgress>
  void follow_paths(Thread thread, std::size_t location, std::uint32_t looks);
  /// Hands every thread the unit of part `part` (kNoPart: none of them takes it) and follows those that took it.
  void step(std::uint32_t part, std::size_t location, std::size_t next, Best& best);
  void accept(const Thread& thread, std::size_t location, Best& best);
  bool over_limits(const Search& search, Result& result);

  const Program* program_ = nullptr;
  const Search* search_ = nullptr;
  Captures captures_;
  SparseSet visited_;  ///< of addresses, or numbers of Points
  std::vector<Thread> threads_, next_;
  std::vector<Branch> stack_;
  Usage usage_;
};

}  // namespace redoubt::pikevm
