// Backslashes: the Perl dialect takes what PCRE2 and RE2 agree on, the ERE dialect what POSIX defines.
#include <algorithm>
#include <array>
#include <iterator>

#include "syntax/case_fold.h"
#include "syntax/mutants.h"
#include "syntax/parser_internal.h"

namespace redoubt::syntax::internal {

namespace {

constexpr std::uint32_t kFirstSurrogate = 0xD800;
constexpr std::uint32_t kLastSurrogate = 0xDFFF;

struct ControlEscape {
  char letter;
  std::uint32_t unit;
};
/// `\v` is one unit here, as in RE2; PCRE2 has a class of that name, so the printer never writes it to an engine.
constexpr ControlEscape kControls[] = {{'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'f', '\f'},
                                       {'v', '\v'}, {'a', '\a'}, {'e', 0x1B}};

struct LookEscape {
  char letter;
  Look look;
};
constexpr LookEscape kLooks[] = {
    {'b', Look::kWordBoundary}, {'B', Look::kNotWordBoundary}, {'A', Look::kTextStart}, {'z', Look::kTextEnd}};

struct Refused {
  char letter;
  const char* what;
};
constexpr Refused kRefused[] = {
    {'p', "a Unicode property"},
    {'P', "a Unicode property"},
    {'R', "a newline sequence"},
    {'K', "a reset of the match's start"},
    {'G', "the start of the search"},
    {'Z', "the end before a final newline"},
    {'C', "one byte"},
    {'X', "a grapheme cluster"},
    {'N', "anything but a newline"},
    {'h', "horizontal space"},
    {'H', "all but horizontal space"},
    {'V', "all but vertical space"},
    {'o', "an octal code"},
    {'c', "a control character"},
    {'u', "a case change or code unit"},
    {'U', "a case change"},
    {'l', "a case change"},
    {'L', "a case change"},
};

template <class Table>
auto find_letter(const Table& table, char letter) {
  return std::find_if(std::begin(table), std::end(table), [&](const auto& entry) { return entry.letter == letter; });
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Parsed<Escape> unit_escape(const Cursor& cursor, std::uint32_t unit, std::size_t start) {
  if (cursor.encoding == Encoding::kBytes && unit > kMaxByte) {
    return fail(ParseErrorKind::kBadCodePoint, start, "in byte mode a code must be at most \\x{FF}");
  }
  if (unit > kMaxScalar || (unit >= kFirstSurrogate && unit <= kLastSurrogate)) {
    return fail(ParseErrorKind::kBadCodePoint, start,
                "a code point must be at most \\x{10FFFF} and not a surrogate (\\x{D800} to \\x{DFFF})");
  }
  Escape escape;
  escape.unit = unit;
  return escape;
}

/// After `\x`. PCRE2 also reads fewer digits, RE2 does not.
Parsed<Escape> hex_escape(Cursor& cursor, std::size_t start) {
  std::uint32_t unit = 0;
  if (cursor.take('{')) {
    const std::size_t first = cursor.pos;
    for (; hex_value(cursor.peek()) >= 0; ++cursor.pos) {
      unit = std::min(unit * 16 + static_cast<std::uint32_t>(hex_value(cursor.peek())), kMaxScalar + 1);
    }
    if (cursor.pos == first || !cursor.take('}')) {
      return fail(ParseErrorKind::kBadEscape, start, "\\x{ needs one or more hexadecimal digits and a closing }");
    }
  } else {
    for (int digit = 0; digit < 2; ++digit, ++cursor.pos) {
      if (hex_value(cursor.peek()) < 0) {
        return fail(ParseErrorKind::kBadEscape, start, "\\x needs two hexadecimal digits, or some in braces");
      }
      unit = unit * 16 + static_cast<std::uint32_t>(hex_value(cursor.peek()));
    }
  }
  return unit_escape(cursor, unit, start);
}

/// After `\0`: at most two more octal digits.
Parsed<Escape> octal_escape(Cursor& cursor, std::size_t start) {
  std::uint32_t unit = 0;
  for (int digit = 0; digit < 2 && cursor.peek() >= '0' && cursor.peek() <= '7'; ++digit, ++cursor.pos) {
    unit = unit * 8 + static_cast<std::uint32_t>(cursor.peek() - '0');
  }
  return unit_escape(cursor, unit, start);
}

/// Every set that \d, \s, \w and their complements can stand for.
class Shorthands {
 public:
  Shorthands() {
    const CharClass without_vt = space_class().minus(CharClass::single('\v'));
    for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
      for (bool negated : {false, true}) {
        for (bool icase : {false, true}) {
          auto set = [&](char letter, bool vt, const CharClass& c) {
            sets_[index(letter, vt, negated, icase, encoding)] = finish_class(c, negated, icase, encoding);
          };
          set('d', true, digit_class());
          set('s', true, space_class());
          set('s', false, without_vt);
          set('w', true, word_class());
        }
      }
    }
  }
  /// `vt` is asked for 's' only.
  const CharClass* find(char letter, bool vt, bool negated, bool icase, Encoding encoding) const {
    return &sets_[index(letter, vt || letter != 's', negated, icase, encoding)];
  }

 private:
  static std::size_t index(char letter, bool vt, bool negated, bool icase, Encoding encoding) {
    const std::size_t set = letter == 'd' ? 0 : letter == 'w' ? 1 : vt ? 2 : 3;
    return set * 8 + (negated ? 4 : 0) + (icase ? 2 : 0) + (encoding == Encoding::kUtf8 ? 1 : 0);
  }
  std::array<CharClass, 32> sets_;
};

Parsed<Escape> class_escape(const Cursor& cursor, char letter, bool icase) {
  static const Shorthands kShorthands;
  const bool negated = letter < 'a' && !(letter == 'W' && REDOUBT_MUTANT(negated_escape_not_negated));
  const char lower = static_cast<char>(letter | 0x20);
  Escape escape;
  escape.kind = Escape::Kind::kClass;
  escape.set = kShorthands.find(lower, !cursor.space_without_vt, negated, icase, cursor.encoding);
  return escape;
}

Parsed<Escape> look_escape(char letter, Look look, bool in_class, std::size_t start) {
  if (in_class && letter == 'b') {
    return fail(ParseErrorKind::kUnsupportedConstruct, start,
                "\\b in a class is a backspace to some engines and an error to others; write \\x{8}");
  }
  if (in_class) {
    return fail(ParseErrorKind::kBadEscape, start,
                std::string("\\") + letter + " is an assertion, which must stand outside a class");
  }
  Escape escape;
  escape.kind = Escape::Kind::kLook;
  escape.look = look;
  return escape;
}

Parsed<Escape> quote_escape(bool in_class, std::size_t start) {
  if (in_class) {
    return fail(ParseErrorKind::kUnsupportedConstruct, start,
                "\\Q in a class is not supported; escape each character with a backslash");
  }
  Escape escape;
  escape.kind = Escape::Kind::kQuote;
  return escape;
}

Parsed<Escape> unknown_escape(char letter, std::size_t start) {
  const std::string name = std::string("\\") + letter;
  if (auto refused = find_letter(kRefused, letter); refused != std::end(kRefused)) {
    return fail(ParseErrorKind::kUnsupportedConstruct, start,
                name + " (" + refused->what + ") is not supported; spell the units out in a class");
  }
  if (letter == 'E') return fail(ParseErrorKind::kBadEscape, start, "\\E must follow a \\Q");
  if (is_letter(letter)) {
    return fail(ParseErrorKind::kBadEscape, start, name + " has no meaning; a literal letter stands without backslash");
  }
  return fail(ParseErrorKind::kBadEscape, start,
              "a backslash must stand before an ASCII character; others are literal without it");
}

}  // namespace

CharClass finish_class(const CharClass& set, bool negated, bool icase, Encoding encoding) {
  if (icase) return finish_class(fold_closure(set, encoding), negated, false, encoding);
  return negated ? set.complement(encoding) : set;
}

Parsed<Escape> parse_escape(Cursor& cursor, bool icase, bool in_class) {
  const std::size_t start = cursor.pos++;
  if (cursor.at_end()) {
    return fail(ParseErrorKind::kTrailingBackslash, start, "a pattern must not end in a backslash; write \\\\ for one");
  }
  const char c = cursor.peek();
  ++cursor.pos;
  if (c == 'd' || c == 'D' || c == 's' || c == 'S' || c == 'w' || c == 'W') return class_escape(cursor, c, icase);
  if (!is_letter(c) && !is_digit(c) && static_cast<unsigned char>(c) < 0x80) {
    return unit_escape(cursor, static_cast<std::uint32_t>(c), start);
  }
  if (auto control = find_letter(kControls, c); control != std::end(kControls)) {
    return unit_escape(cursor, control->unit, start);
  }
  if (auto look = find_letter(kLooks, c); look != std::end(kLooks)) return look_escape(c, look->look, in_class, start);
  if (c == 'x') return hex_escape(cursor, start);
  if (c == '0') return octal_escape(cursor, start);
  if (c == 'Q') return quote_escape(in_class, start);
  if (is_digit(c) || c == 'g' || c == 'k') {
    return fail(ParseErrorKind::kBackreference, start,
                "backreferences and octal codes without a leading zero are "
                "not supported; write a code as \\x{...}");
  }
  return unknown_escape(c, start);
}

Parsed<std::uint32_t> parse_ere_escape(Cursor& cursor) {
  const std::size_t start = cursor.pos++;
  if (cursor.at_end()) {
    return fail(ParseErrorKind::kTrailingBackslash, start, "a pattern must not end in a backslash; write \\\\ for one");
  }
  const char c = cursor.peek();
  if (std::string_view("^.[]$()|*+?{}\\").find(c) != std::string_view::npos) return cursor.take_unit();
  if (is_digit(c) && c != '0') {
    return fail(ParseErrorKind::kBackreference, start, "an ERE has no backreferences");
  }
  return fail(ParseErrorKind::kBadEscape, start,
              "in an ERE a backslash must stand before one of ^.[]$()|*+?{}\\; all else is literal without it");
}

}  // namespace redoubt::syntax::internal
