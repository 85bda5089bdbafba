// What the parts of the parser share: a cursor over the pattern and the results of the smaller grammars. Only for
// syntax/parser*.cc. Each part leaves the cursor behind what it read, and on failure the cursor does not matter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include "syntax/byte_bits.h"
#include "syntax/parser.h"

namespace redoubt::syntax::internal {

/// An error takes memory of its own, so that results are small: nearly all of them are not errors.
template <class T>
using Parsed = tl::expected<T, std::unique_ptr<ParseError>>;
using Failure = tl::unexpected<std::unique_ptr<ParseError>>;

Failure fail(ParseErrorKind kind, std::size_t offset, std::string message);

/// The flags in force at one place of the pattern.
struct Flags {
  bool icase = false;
  bool multiline = false;
  bool dot_all = false;
};

/// A place in a pattern, which in UTF-8 mode is valid UTF-8.
struct Cursor {
  std::string_view text;
  Encoding encoding;
  std::size_t pos = 0;
  bool space_without_vt = false;

  bool at_end() const { return pos >= text.size(); }
  /// The byte that many places ahead; '\0' beyond the end, which nothing in the grammar asks for.
  char peek(std::size_t ahead = 0) const { return pos + ahead < text.size() ? text[pos + ahead] : '\0'; }
  std::string_view rest() const { return text.substr(pos); }
  bool take(char c) {
    if (peek() != c || at_end()) return false;
    ++pos;
    return true;
  }
  bool take(std::string_view prefix);
  /// The unit here, which must not be the end.
  std::uint32_t take_unit() {
    if (encoding == Encoding::kBytes) return static_cast<std::uint8_t>(text[pos++]);
    return take_scalar();
  }
  std::uint32_t take_scalar();
};

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// `set` as written under the flag `i`: folded first, then complemented.
CharClass finish_class(const CharClass& set, bool negated, bool icase, Encoding encoding);

/// What a backslash in the Perl dialect stands for.
struct Escape {
  enum class Kind : std::uint8_t { kUnit, kClass, kLook, kQuote };
  Kind kind = Kind::kUnit;
  std::uint32_t unit = 0;          ///< kUnit, not folded
  const CharClass* set = nullptr;  ///< kClass, folded and complemented as it should be; never goes away
  Look look = Look::kCaret;
};
/// At a backslash. kQuote has taken `\Q` and nothing after it.
Parsed<Escape> parse_escape(Cursor& cursor, bool icase, bool in_class);
/// At a backslash of the ERE dialect, outside brackets.
Parsed<std::uint32_t> parse_ere_escape(Cursor& cursor);

/// Where parse_class() leaves the ranges of what it read.
struct ClassRoom {
  std::array<Range, ByteBits::kMostRanges> bytes;
  CharClass scalars;
};
/// At `[`; up to and including the closing `]`. The ranges, in a CharClass's normal form, lie in `room`.
Parsed<View<Range>> parse_class(Cursor& cursor, Dialect dialect, bool icase, ClassRoom& room);

/// What follows `(` in the Perl dialect.
struct GroupHead {
  enum class Kind : std::uint8_t {
    kCapture,
    kNonCapturing,  ///< (?:
    kFlagGroup,     ///< (?i:
    kFlagSetting,   ///< (?i), complete with its parenthesis
  };
  Kind kind = Kind::kCapture;
  std::string_view name;  ///< kCapture; lies in the pattern
  Flags flags;            ///< in force from here on
};
/// At `(`.
Parsed<GroupHead> parse_group_head(Cursor& cursor, Flags current);

struct Bounds {
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  bool greedy = true;
};
/// At one of `* + ? {`; false, nothing taken, for a brace that is a literal.
Parsed<bool> parse_bounds(Cursor& cursor, const ParseOptions& options, Bounds& bounds);
/// "more than 1000 repeats …": the message of kRepeatTooLarge.
std::string repeat_limit_message(std::uint32_t limit);

}  // namespace redoubt::syntax::internal
