// How a pattern is read and compiled, and what is wrong with one that is not. Plain values; every limit here has an
// error kind of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "redoubt/export.h"
#include "redoubt/types.h"

namespace redoubt {

/// What the pattern is written in: the syntax that PCRE2 and RE2 share, or POSIX extended regular expressions.
enum class Dialect : std::uint8_t { kPerl, kEre };

/// Leftmost-first only: what becomes of a path whose loop iteration consumed nothing. `re2` (also Go and Rust): it ends
/// where it comes to a point of the program already visited at this location. `pcre2`: it leaves the loop. So (a*)* on
/// "a" has group 1 at (0,1) with kRe2, at (1,1) with kPcre2.
enum class LoopPolicy : std::uint8_t { kRe2, kPcre2 };

/// Reaching one of these is an error of its own kind, before the memory is taken.
struct CompileLimits {
  /// On the compiled program: instructions and class tables (kProgramTooLarge).
  std::size_t program_bytes = std::size_t{16} << 20;
  /// On each bound of a repeat and on the product of nested bounds (kRepeatTooLarge).
  std::uint32_t repeat_count = 1000;
  /// On the pattern's length in bytes (kPatternTooLong).
  std::size_t pattern_bytes = std::size_t{1} << 20;
  /// On nested parentheses and repeats (kTooDeep); itself at most 1000, else kInvalidOptions.
  std::uint32_t nesting_depth = 1000;
};

struct Options {
  Semantics semantics = Semantics::kLeftmostLongest;
  Dialect dialect = Dialect::kPerl;
  /// Of patterns and haystacks. Offsets are bytes in either.
  Encoding encoding = Encoding::kBytes;
  bool icase = false;      ///< `i`: ASCII folding in bytes, Unicode simple folding in UTF-8
  bool multiline = false;  ///< `m`: ^ and $ at line breaks too
  bool dot_all = false;    ///< `s`: . matches \n (always so in ERE)
  LoopPolicy loop_policy = LoopPolicy::kRe2;
  CompileLimits limits{};
  /// What the matcher must not do for speed: a set of optimization_bit(name). No answer depends on it.
  std::uint32_t disabled_optimizations = 0;
};

/// The bit of an optimization by its name ("prefilter", "automaton", …); nullopt if there is none of that name.
REDOUBT_API std::optional<std::uint32_t> optimization_bit(std::string_view name);
/// The names, bit 0 first; "" beyond the last.
REDOUBT_API std::string_view optimization_name(std::uint32_t bit_index);

/// The numbers are part of the C ABI and do not change.
enum class ErrorKind : std::uint8_t {
  // The pattern is malformed:
  kMissingParen = 1,
  kUnexpectedParen = 2,
  kMissingBracket = 3,
  kBadRange = 4,
  kBadClassName = 5,
  kBadCollation = 6,
  kNothingToRepeat = 7,
  kBadRepeat = 8,
  kBadEscape = 9,
  kTrailingBackslash = 10,
  kBadGroupSyntax = 11,
  kBadGroupName = 12,
  kDuplicateGroupName = 13,
  kBadCodePoint = 14,
  kBadUtf8 = 15,
  // It is well-formed elsewhere, and not supported:
  kBackreference = 32,
  kLookaround = 33,
  kAtomicGroup = 34,
  kPossessive = 35,
  kUnsupportedConstruct = 36,
  // A limit was reached:
  kTooDeep = 64,
  kRepeatTooLarge = 65,
  kPatternTooLong = 66,
  kProgramTooLarge = 67,
  // The options, not the pattern:
  kInvalidOptions = 96,
};

struct Error {
  ErrorKind kind;
  /// Byte offset into the pattern; kUnset where the error has no place (kProgramTooLarge, kInvalidOptions).
  std::size_t offset = kUnset;
  /// One sentence, without the offset.
  std::string message{};

  bool is_unsupported() const { return static_cast<unsigned>(kind) / 32 == 1; }
  bool is_limit() const { return static_cast<unsigned>(kind) / 32 == 2; }
};

/// "missing-paren", …: for machine output. Static storage, NUL-terminated.
REDOUBT_API std::string_view to_string(ErrorKind kind);

}  // namespace redoubt
