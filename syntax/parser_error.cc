#include "syntax/parser.h"

namespace redoubt::syntax {

bool is_unsupported(ParseErrorKind kind) { return kind >= ParseErrorKind::kBackreference; }

std::string_view to_string(ParseErrorKind kind) {
  switch (kind) {
    case ParseErrorKind::kMissingParen:
      return "missing-paren";
    case ParseErrorKind::kUnexpectedParen:
      return "unexpected-paren";
    case ParseErrorKind::kMissingBracket:
      return "missing-bracket";
    case ParseErrorKind::kBadRange:
      return "bad-range";
    case ParseErrorKind::kBadClassName:
      return "bad-class-name";
    case ParseErrorKind::kBadCollation:
      return "bad-collation";
    case ParseErrorKind::kNothingToRepeat:
      return "nothing-to-repeat";
    case ParseErrorKind::kBadRepeat:
      return "bad-repeat";
    case ParseErrorKind::kBadEscape:
      return "bad-escape";
    case ParseErrorKind::kTrailingBackslash:
      return "trailing-backslash";
    case ParseErrorKind::kBadGroupSyntax:
      return "bad-group-syntax";
    case ParseErrorKind::kBadGroupName:
      return "bad-group-name";
    case ParseErrorKind::kDuplicateGroupName:
      return "duplicate-group-name";
    case ParseErrorKind::kBadCodePoint:
      return "bad-code-point";
    case ParseErrorKind::kBadUtf8:
      return "bad-utf8";
    case ParseErrorKind::kTooDeep:
      return "too-deep";
    case ParseErrorKind::kRepeatTooLarge:
      return "repeat-too-large";
    case ParseErrorKind::kPatternTooLong:
      return "pattern-too-long";
    case ParseErrorKind::kBackreference:
      return "backreference";
    case ParseErrorKind::kLookaround:
      return "lookaround";
    case ParseErrorKind::kAtomicGroup:
      return "atomic-group";
    case ParseErrorKind::kPossessive:
      return "possessive";
    case ParseErrorKind::kUnsupportedConstruct:
      return "unsupported-construct";
  }
  return "unknown";
}

std::string to_string(const ParseError& error) {
  return "at byte " + std::to_string(error.offset) + ": " + error.message;
}

std::string_view to_string(Dialect dialect) { return dialect == Dialect::kPerl ? "perl" : "ere"; }

}  // namespace redoubt::syntax
