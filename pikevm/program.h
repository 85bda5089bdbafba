// Program: what a tree compiles to, a dense array of instructions that the searches walk. Instructions are in an order
// in which every empty arrow but the back edge of a loop leads to a higher address, which is the order in which the
// leftmost-longest closure must visit them. Immutable once compiled; shared freely between threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pikevm/alphabet.h"
#include "pikevm/optimizations.h"
#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::pikevm {

/// An index into Program::insts.
using Address = std::uint32_t;

enum class Op : std::uint8_t {
  kClass,  ///< consumes one unit of class `arg`
  kLook,   ///< goes on where assertion `detail` holds
  kSplit,  ///< to `out`, or with lower priority to `arg`
  kSave,   ///< leftmost-first: slot `arg` (2g-2 for the begin of group g, 2g-1 for its end) is here
  kEnter,  ///< loop policy pcre2: an iteration of a loop of depth `height` begins
  kLoop,   ///< … and ends: as kSplit if it has consumed something; else on, which is `arg` if `detail` is 1, or `out`
  kTag,    ///< leftmost-longest: an event of kind `detail` at `height`; `arg` says which groups it sets or unsets
  kMatch,
};

/// An event in the history of a leftmost-longest thread: a node of the parse tree is entered, left, or skipped
/// (Borsotti and Trofimovich's opening, closing and nil parentheses). kNone stands for the absence of an event. Where
/// two histories tie in everything else, the smaller kind is better.
enum class TagKind : std::uint8_t { kNone, kClose, kOpen, kNil };

struct Inst {
  Op op = Op::kMatch;
  std::uint8_t detail = 0;   ///< kLook: syntax::Look; kTag: TagKind; kLoop: see Op
  Address out = 0;           ///< the next instruction; unused by kMatch
  std::uint32_t arg = 0;     ///< kClass, kSplit, kSave: see Op; kTag: group (0: none), or for kNil a set of nil_sets
  std::uint32_t height = 0;  ///< kTag; kEnter, kLoop: the loop's depth among its like, 1 for an outermost one

  syntax::Look look() const { return static_cast<syntax::Look>(detail); }
  TagKind tag() const { return static_cast<TagKind>(detail); }
  /// kLoop: the arrow that goes round no more.
  Address way_out() const { return detail == 1 ? arg : out; }
};

/// What an iteration of an unbounded loop does that consumed nothing (SEMANTICS B3; leftmost-first only).
enum class LoopPolicy : std::uint8_t {
  kRe2,    ///< a path that comes to a point already visited at this location ends there (RE2, Go, Rust)
  kPcre2,  ///< it leaves the loop, and no further iteration is tried (PCRE2, ICU)
};

/// Inclusive, of group numbers.
struct GroupRange {
  std::uint32_t first;
  std::uint32_t last;
};

struct Facts;

/// The optional copies of a repeat's body, x{0,m} as (x(x…)?)?, not inside others: `count` stretches of the same
/// `length`, one behind the other. What can follow from a point in one copy can follow from the same point in any
/// copy before it.
struct Copies {
  Address begin;
  std::uint32_t length;
  std::uint32_t count;
  bool greedy;
  /// Where they are left, by the split that each of them begins with.
  Address exit(const std::vector<Inst>& insts) const { return greedy ? insts[begin].arg : insts[begin].out; }
};

struct Program {
  /// Distinguishes programs whose memory was reused: what a Scratch remembers of a program it keeps under this number.
  std::uint64_t serial = 0;
  Semantics semantics = Semantics::kLeftmostLongest;
  Encoding encoding = Encoding::kBytes;
  LoopPolicy loop_policy = LoopPolicy::kRe2;  ///< kRe2 for leftmost-longest programs
  Optimizations optimizations = Optimizations::all();
  syntax::Regex regex;                ///< what compile() was given
  std::uint32_t scan_from_bytes = 0;  ///< as in Options
  bool simplified = false;            ///< … and compiled in another form, perhaps
  /// The search starts at insts[0]; the last instruction is the only kMatch.
  std::vector<Inst> insts;
  Alphabet alphabet;
  /// The highest group number; slots of group g are 2(g-1) and 2(g-1)+1 inside a search.
  std::uint32_t groups = 0;
  /// How many instructions are kClass.
  std::uint32_t positions = 0;
  /// In ascending order. Of a leftmost-longest program with groups only those inside parts without groups.
  std::vector<Copies> copies;
  /// Bit k is set when some instruction asks for syntax::Look k.
  std::uint32_t looks_used = 0;
  /// How deeply kEnter and kLoop nest; 0: there are none (progress.h).
  std::uint32_t loop_depth = 0;
  /// Every match begins at the start of the haystack.
  bool anchored_at_start = false;
  /// The groups that a kNil tag unsets: nil_sets[arg] is a range of nil_ranges.
  std::vector<GroupRange> nil_ranges;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> nil_sets;

  /// See facts().
  mutable std::once_flag facts_once;
  mutable std::shared_ptr<const Facts> facts;

  Address match() const { return static_cast<Address>(insts.size() - 1); }
  std::size_t bytes() const;
};

/// Which of `wanted` (a set of bits, one for each syntax::Look) hold at a location. Looks see the whole haystack.
std::uint32_t looks_at(std::string_view haystack, std::size_t at, std::uint32_t wanted);

/// One instruction a line, for people.
std::string dump(const Program& program);

}  // namespace redoubt::pikevm
