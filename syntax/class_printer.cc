#include "syntax/class_printer.h"

#include <cstdio>
#include <string_view>
#include <vector>

#include "syntax/mutants.h"
#include "syntax/utf8.h"

namespace redoubt::syntax::internal {

namespace {

bool is_alphanumeric(std::uint32_t unit) { return is_word_unit(unit) && unit != '_'; }
bool is_printable(std::uint32_t unit) { return unit >= ' ' && unit <= '~'; }
bool is_one_of(std::uint32_t unit, std::string_view set) {
  return unit < 0x80 && set.find(static_cast<char>(unit)) != std::string_view::npos;
}

/// Encoding of one unit as itself.
void append_raw(std::string& text, std::uint32_t unit, Encoding encoding) {
  if (encoding == Encoding::kBytes) {
    text += static_cast<char>(unit);
  } else {
    append_utf8(text, unit);
  }
}

/// The unit in the Perl family of dialects, with a backslash before the characters of `special`.
void append_escaped(std::string& text, std::uint32_t unit, std::string_view special, PrintDialect dialect) {
  if (is_printable(unit)) {
    if (is_one_of(unit, special)) text += '\\';
    text += static_cast<char>(unit);
    return;
  }
  if (dialect == PrintDialect::kPerl && is_one_of(unit, "\n\t\r\f")) {
    text += unit == '\n' ? "\\n" : unit == '\t' ? "\\t" : unit == '\r' ? "\\r" : "\\f";
    return;
  }
  char code[16];
  std::snprintf(code, sizeof code, "\\x{%x}", static_cast<unsigned>(unit));
  text += code;
}

std::string literal_text(std::uint32_t unit, PrintDialect dialect, Encoding encoding) {
  std::string text;
  if (dialect == PrintDialect::kEre) {
    if (is_one_of(unit, "^.[$()|*+?{\\")) text += '\\';
    append_raw(text, unit, encoding);
  } else {
    append_escaped(text, unit, "^.[]$()|*+?{}\\", dialect);
  }
  return text;
}

/// An end of a range in the Perl family.
void append_member(std::string& text, std::uint32_t unit, PrintDialect dialect) {
  if (dialect == PrintDialect::kPerl) {
    append_escaped(text, unit, "\\]^-[", dialect);
  } else if (is_alphanumeric(unit)) {
    text += static_cast<char>(unit);
  } else {
    char code[16];
    std::snprintf(code, sizeof code, "\\x{%x}", static_cast<unsigned>(unit));
    text += code;
  }
}

std::string perl_members(View<Range> ranges, PrintDialect dialect) {
  std::string text;
  for (const Range& range : ranges) {
    append_member(text, range.lo, dialect);
    if (range.lo == range.hi) continue;
    if (range.hi > range.lo + 1) text += '-';
    append_member(text, range.hi, dialect);
  }
  return text;
}

/// POSIX brackets have no escapes, so order does the work: `]` comes first, `-` last, `^` anywhere but first. These
/// three are taken off the ends of ranges, where they could be misread.
class EreMembers {
 public:
  EreMembers(View<Range> ranges, Encoding encoding) : encoding_(encoding) {
    for (Range range : ranges) split(range);
  }

  std::string text(bool negated) const {
    std::string text;
    if (bracket_) text += ']';
    text += others_;
    // A caret in front would negate; a hyphen in front of it is as literal as one at the end.
    const bool hyphen_first = hyphen_ && caret_ && text.empty() && !negated;
    if (hyphen_first) text += '-';
    if (caret_) text += '^';
    if (hyphen_ && !hyphen_first) text += '-';
    return text;
  }

 private:
  bool take(std::uint32_t unit) {
    if (unit == ']') return bracket_ = true;
    if (unit == '^') return caret_ = true;
    if (unit == '-') return hyphen_ = true;
    return false;
  }

  void split(Range range) {
    while (range.lo <= range.hi && take(range.lo)) ++range.lo;
    while (range.hi > range.lo && take(range.hi)) --range.hi;
    if (range.lo > range.hi) return;
    append_raw(others_, range.lo, encoding_);
    if (range.hi == range.lo) return;
    if (range.hi > range.lo + 1) others_ += '-';
    append_raw(others_, range.hi, encoding_);
  }

  const Encoding encoding_;
  std::string others_;
  bool bracket_ = false;
  bool caret_ = false;
  bool hyphen_ = false;
};

std::string bracket_text(const CharClass& c, PrintDialect dialect, Encoding encoding) {
  const CharClass rest = c.complement(encoding);
  const bool negated = c.empty() || (!rest.empty() && rest.ranges().size() < c.ranges().size());
  std::vector<Range> ranges = negated ? rest.ranges() : c.ranges();
  if (negated && dialect != PrintDialect::kPerl && REDOUBT_MUTANT(printer_complement_short)) ++ranges.back().hi;
  // The empty class: one range over all there is, surrogates too, for engines that take them for characters.
  if (c.empty()) ranges = {{0, encoding == Encoding::kBytes ? kMaxByte : kMaxScalar}};
  const std::string members =
      dialect == PrintDialect::kEre ? EreMembers(ranges, encoding).text(negated) : perl_members(ranges, dialect);
  return (negated ? "[^" : "[") + members + "]";
}

/// \d, \w, \s or their complements; empty if it is none.
std::string shorthand(const CharClass& c, Encoding encoding) {
  if (c == digit_class()) return "\\d";
  if (c == word_class()) return "\\w";
  if (c == space_class()) return "\\s";
  const CharClass rest = c.complement(encoding);
  if (rest == digit_class()) return "\\D";
  if (rest == word_class()) return "\\W";
  if (rest == space_class()) return "\\S";
  return {};
}

}  // namespace

std::string class_text(const CharClass& c, PrintDialect dialect, Encoding encoding) {
  if (c.is_single()) return literal_text(c.front(), dialect, encoding);
  if (c == CharClass::all(encoding)) return dialect == PrintDialect::kEre ? "." : "(?s:.)";
  if (dialect != PrintDialect::kEre && c == CharClass::single('\n').complement(encoding)) return ".";
  if (dialect == PrintDialect::kPerl) {
    if (std::string text = shorthand(c, encoding); !text.empty()) return text;
  }
  return bracket_text(c, dialect, encoding);
}

}  // namespace redoubt::syntax::internal
