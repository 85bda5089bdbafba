// Text to tree, for two dialects: POSIX ERE and the Perl-like core that PCRE2 and RE2 share. A bad pattern is a value:
// an error with its kind, byte offset and one sentence. Flags are resolved here; the tree has none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "syntax/regex.h"

namespace redoubt::syntax {

enum class Dialect : std::uint8_t { kPerl, kEre };

/// Reaching one of these is an error with its own kind. Defaults are RE2's.
struct ParseLimits {
  /// On Node::depth(): what every recursion over a tree relies on.
  std::uint32_t nesting_depth = 1000;
  /// On each bound and on the product of nested bounds.
  std::uint32_t repeat_count = 1000;
  std::size_t pattern_bytes = std::size_t{1} << 20;
};

struct ParseOptions {
  Dialect dialect = Dialect::kPerl;
  Encoding encoding = Encoding::kBytes;
  bool icase = false;      ///< `i`: ASCII folding in bytes, Unicode simple folding in UTF-8
  bool multiline = false;  ///< `m`: ^ and $ at line breaks too
  bool dot_all = false;    ///< `s`: . matches \n (always so in ERE)
  /// `\s` lacks \v: RE2's reading, for the variant that reproduces it. Not what Redoubt means by `\s`.
  bool space_without_vt = false;
  ParseLimits limits;
};

enum class ParseErrorKind : std::uint8_t {
  kMissingParen,
  kUnexpectedParen,
  kMissingBracket,
  kBadRange,
  kBadClassName,
  kBadCollation,
  kNothingToRepeat,
  kBadRepeat,
  kBadEscape,
  kTrailingBackslash,
  kBadGroupSyntax,
  kBadGroupName,
  kDuplicateGroupName,
  kBadCodePoint,
  kBadUtf8,
  kTooDeep,
  kRepeatTooLarge,
  kPatternTooLong,
  // Recognised, and refused by name:
  kBackreference,
  kLookaround,
  kAtomicGroup,
  kPossessive,
  kUnsupportedConstruct,
};

struct ParseError {
  ParseErrorKind kind;
  std::size_t offset;   ///< byte offset into the pattern
  std::string message;  ///< one sentence, without the offset
};

/// `(?:x)` is a node of its own. A group that only gives flags to one bare `.`, `^` or `$`, as `(?m:^)` and `(?s:.)`
/// do, is not: that is how the printer writes these atoms. Under `i` every class, \w and [:upper:] included, is closed
/// under folding, and a complement is taken after that. Time is near linear in the pattern's size.
using ParseResult = tl::expected<Regex, ParseError>;
ParseResult parse(std::string_view pattern, const ParseOptions& options = {});

/// True for constructs that are well-formed elsewhere but that Redoubt does not have (kBackreference … ).
bool is_unsupported(ParseErrorKind kind);
/// "missing-paren", …: for machine output.
std::string_view to_string(ParseErrorKind kind);
/// "at byte 3: …" as one sentence for a person.
std::string to_string(const ParseError& error);
std::string_view to_string(Dialect dialect);

}  // namespace redoubt::syntax
