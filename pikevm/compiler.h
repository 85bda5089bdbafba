// Tree to Program, for either semantics. A pattern that does not fit the budget is refused with a named error before
// the memory is taken. Nothing is optimized away that the order of matches could notice.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "pikevm/optimizations.h"
#include "pikevm/program.h"
#include "syntax/regex.h"

namespace redoubt::pikevm {

struct Options {
  Semantics semantics = Semantics::kLeftmostLongest;
  Encoding encoding = Encoding::kBytes;
  LoopPolicy loop_policy = LoopPolicy::kRe2;  ///< ignored for leftmost-longest
  /// Instructions (16 bytes each) and class tables together; more is CompileErrorKind::kProgramTooLarge. Where loops
  /// check for progress, an instruction counts once for each level that a path can be on (progress.h).
  std::size_t program_budget_bytes = std::size_t{16} << 20;
  /// What may be done for speed. The answers are the same for any set.
  Optimizations optimizations = Optimizations::all();
  /// Smaller trees are not simplified: it would take as long as all the rest, and gain little.
  std::uint32_t simplify_from_nodes = 48;
  /// Shorter haystacks are not looked through for where a match can begin.
  std::uint32_t scan_from_bytes = 8;
};

enum class CompileErrorKind : std::uint8_t { kProgramTooLarge };

struct CompileError {
  CompileErrorKind kind;
  std::string message;  ///< one sentence
};

using CompileResult = tl::expected<std::shared_ptr<const Program>, CompileError>;

/// Leftmost-first: counted repeats unroll as x{n,m} = x…x(x(x…)?)?, x{n,} = x…x·x+, and x* = (x+)? where x can be
/// empty; greedy enters first, lazy leaves first (SEMANTICS B3). Policy `re2` is the search's: a point already visited
/// at this location ends the path. For `pcre2` each x+ whose x can be empty has a kEnter before x and a kLoop behind it
/// in place of the split. Leftmost-longest: the tagged automaton of Borsotti and
/// Trofimovich, "Efficient POSIX Submatch Extraction on NFA" (2019/2021), in which only nodes that bear on some group
/// emit events; greedy and lazy are alike.
CompileResult compile(syntax::Regex regex, const Options& options);

}  // namespace redoubt::pikevm
