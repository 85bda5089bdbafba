// What the parts of the parser share: a cursor over the pattern and the results of the smaller grammars. Only for
// syntax/parser*.cc. Each part leaves the cursor behind what it read, and on failure the cursor does not matter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include "syntax/parser.h"

namespace redoubt::syntax::internal {

template <class T>
using Parsed = tl::expected<T, ParseError>;
using Failure = tl::unexpected<ParseError>;

inline Failure fail(ParseErrorKind kind, std::size_t offset, std::string message) {
  return Failure(ParseError{kind, offset, std::move(message)});
}

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
  bool take(std::string_view prefix);
  /// The unit here, which must not be the end.
  std::uint32_t take_unit();
};

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// `set` as written under the flag `i`: folded first, then complemented.
CharClass finish_class(const CharClass& set, bool negated, bool icase, Encoding encoding);

/// What a backslash in the Perl dialect stands for.
struct Escape {
  enum class Kind : std::uint8_t { kUnit, kClass, kLook, kQuote };
  Kind kind = Kind::kUnit;
  std::uint32_t unit = 0;  ///< kUnit, not folded
  CharClass set;           ///< kClass, folded and complemented as it should be
  Look look = Look::kCaret;
};
/// At a backslash. kQuote has taken `\Q` and nothing after it.
Parsed<Escape> parse_escape(Cursor& cursor, bool icase, bool in_class);
/// At a backslash of the ERE dialect, outside brackets.
Parsed<std::uint32_t> parse_ere_escape(Cursor& cursor);

/// At `[`; up to and including the closing `]`.
Parsed<CharClass> parse_class(Cursor& cursor, Dialect dialect, bool icase);

/// What follows `(` in the Perl dialect.
struct GroupHead {
  enum class Kind : std::uint8_t {
    kCapture,
    kNonCapturing,  ///< (?:
    kFlagGroup,     ///< (?i:
    kFlagSetting,   ///< (?i), complete with its parenthesis
  };
  Kind kind = Kind::kCapture;
  std::string name;  ///< kCapture
  Flags flags;       ///< in force from here on
};
/// At `(`.
Parsed<GroupHead> parse_group_head(Cursor& cursor, Flags current);

struct Bounds {
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  bool greedy = true;
};
/// At one of `* + ? {`; nullopt, nothing taken, for a brace that is a literal.
Parsed<std::optional<Bounds>> parse_bounds(Cursor& cursor, const ParseOptions& options);
/// "more than 1000 repeats …": the message of kRepeatTooLarge.
std::string repeat_limit_message(std::uint32_t limit);

}  // namespace redoubt::syntax::internal
