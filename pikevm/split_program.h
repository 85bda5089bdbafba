// SplitProgram: what SplitRun simulates. The language of one node, with a cut wherever one of its parts ends and the
// next begins; what is inside the parts is language only (split_language.h). Repeats of a class are one instruction
// with a counter, whatever their bounds. Immutable once built.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "pikevm/program.h"
#include "syntax/regex.h"

namespace redoubt::pikevm {

enum class SplitOp : std::uint8_t {
  kClass,  ///< consumes one unit of class `arg`
  kCount,  ///< consumes `min` to `max` units of class `arg`
  kLook,   ///< goes on where assertion `arg` holds
  kFork,   ///< to `out` and to `arg`
  kCut,    ///< a part ends here
  kMatch,
};

struct SplitInst {
  SplitOp op = SplitOp::kMatch;
  Address out = 0;
  std::uint32_t arg = 0;
  std::uint32_t min = 0, max = 0;  ///< kCount; max may be syntax::kInfinite
  /// Optional copies of a repeat's body, x{n,m} being n copies and then m - n that may be left out: the instructions
  /// that are one in all of these have one `twin`, the address of one of them, and `copy` counts the copies. From a
  /// lower copy, all that can follow from a higher one can follow, with the same cuts. Elsewhere the twin is the
  /// instruction itself.
  Address twin = 0;
  std::uint32_t copy = 0;
};

/// Which cuts a run remembers.
enum class CutMemory : std::uint8_t {
  kAll,   ///< each: there are `width` of them, or only their number is asked for and width is 0
  kLast,  ///< the last one; the beginning of the run, if there is none
};

struct SplitProgram {
  /// A part of a concat that has groups inside, and the cuts around it.
  struct Part {
    std::uint32_t child;
    std::uint32_t begin_cut, end_cut;  ///< kEdge: where the concat begins or ends
  };
  static constexpr std::uint32_t kEdge = static_cast<std::uint32_t>(-1);

  std::vector<SplitInst> insts;
  Address start = 0;
  Alphabet alphabet;
  std::uint32_t looks_used = 0;
  CutMemory memory = CutMemory::kAll;
  std::uint32_t width = 0;
  std::vector<Part> parts;

  std::size_t bytes() const;
};

/// The builders give nullptr where the program would have more than `most` instructions.
///
/// The language of the whole regex, without cuts.
std::unique_ptr<const SplitProgram> whole_program(const syntax::Regex& regex, Encoding encoding, std::size_t most);
/// The language of a concat, alternate or repeat with groups inside. Concat: a cut after each part up to the last
/// that has groups, but for those that follow from the ones before. Alternate: as many cuts as branches were left out.
/// Repeat: a cut between iterations; that of no iteration is not among its matches.
std::unique_ptr<const SplitProgram> node_program(const syntax::Node& node, Encoding encoding, std::size_t most);

}  // namespace redoubt::pikevm
