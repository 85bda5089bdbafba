// HistorySearch: leftmost-longest matches with all groups, exact by SEMANTICS A, for any program. Threads carry
// histories (history.h), which are compared where two threads meet. Time linear and memory constant in the haystack.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "pikevm/captures.h"
#include "pikevm/closure.h"
#include "pikevm/history.h"
#include "pikevm/search.h"

namespace redoubt::pikevm {

class HistorySearch {
 public:
  /// `search.begin` and `search.end` are within the haystack; the program is a leftmost-longest one with groups.
  Result run(const Program& program, const Search& search, Best& best);
  const Usage& usage() const { return usage_; }
  /// The most trie nodes that were alive after a contraction of the last search, and the most threads: for tests.
  std::size_t peak_live_nodes() const { return peak_live_nodes_; }
  std::size_t peak_threads() const { return peak_threads_; }

 private:
  void accept(std::size_t location, Best& best);
  /// Moves the threads that take a unit of `part` into the other closure, behind the instruction.
  void consume(std::uint32_t part, const Best& best);
  void contract();
  bool over_limits(const Search& search, Result& result);

  History history_;
  Captures captures_;
  Closure closures_[2] = {Closure(history_, captures_), Closure(history_, captures_)};
  Closure* now_ = &closures_[0];
  Closure* next_ = &closures_[1];
  const Program* program_ = nullptr;
  std::size_t contract_at_ = 0;  ///< contract when the trie has this many nodes
  std::size_t peak_live_nodes_ = 0;
  std::size_t peak_threads_ = 0;
  Usage usage_;
};

}  // namespace redoubt::pikevm
