// SplitSearch: leftmost-longest matches with all groups, by the procedure of SEMANTICS A6: the span first, then down
// the tree, dividing the span of each node among its parts. Exact; time linear and memory constant in the haystack.
// Made for large programs, in which most of the tree bears on no group; it may refuse one, and then a simulation of
// the program itself must do the work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "pikevm/search.h"
#include "pikevm/split_program.h"
#include "pikevm/split_run.h"

namespace redoubt::pikevm {

class SplitSearch {
 public:
  /// Whether run() can take the program at all; it may still give it up.
  static bool suits(const Program& program) { return program.semantics == Semantics::kLeftmostLongest; }
  /// nullopt: the programs of the nodes would outgrow their budget or the memory limit. `search.begin` and `search.end`
  /// are within the haystack. Without `groups` only the span is found, and if no slot is wanted it stops at the first
  /// match.
  std::optional<Result> run(const Program& program, const Search& search, bool groups, Best& best);
  const Usage& usage() const { return usage_; }

 private:
  /// On making all the programs of a regex: instructions made and nodes looked at, and the bytes of what holds them.
  static constexpr std::size_t kBudgetWork = std::size_t{3} << 19;
  static constexpr std::size_t kBudgetBytes = std::size_t{64} << 20;

  enum class Step : std::uint8_t { kDone, kStop };

  std::size_t bytes() const { return program_bytes_ + run_.bytes(); }
  /// Charges a new program, made of so many nodes; false if it is too large, or not there.
  bool keep(const SplitProgram* program, std::size_t nodes);
  const SplitProgram* program_for(const syntax::Node& node);
  /// Sets the groups of a node that matches [begin, end). kStop: stopped_ says why.
  Step fill(const syntax::Node& node, std::size_t begin, std::size_t end);
  Step fill_concat(const syntax::Node& node, std::size_t begin, std::size_t end);
  Step fill_alternate(const syntax::Node& node, std::size_t begin, std::size_t end);
  Step fill_repeat(const syntax::Node& node, std::size_t begin, std::size_t end);
  /// Runs the node's program; kStop also if there is none.
  Step divide(const syntax::Node& node, std::size_t begin, std::size_t end);

  SplitRun run_;
  Usage usage_;
  std::uint64_t serial_ = 0;  ///< of the program that the members below are for
  bool hopeless_ = false;     ///< outgrew the budget
  std::unique_ptr<const SplitProgram> whole_;
  std::unordered_map<const syntax::Node*, std::unique_ptr<const SplitProgram>> nodes_;
  std::size_t program_bytes_ = 0;
  std::size_t work_ = 0;
  // The search being done.
  const Program* program_ = nullptr;
  Search search_;  ///< with what is left of its memory limit
  Best* best_ = nullptr;
  std::optional<Result> stopped_;
  std::vector<std::size_t> cuts_;  ///< of the concats being filled
};

}  // namespace redoubt::pikevm
