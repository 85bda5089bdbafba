#include "redoubt/options.h"

#include "pikevm/optimizations.h"

namespace redoubt {

std::optional<std::uint32_t> optimization_bit(std::string_view name) {
  for (std::uint32_t k = 0; k < pikevm::kOptimizationCount; ++k) {
    if (pikevm::kOptimizationNames[k] == name) return std::uint32_t{1} << k;
  }
  return std::nullopt;
}

std::string_view optimization_name(std::uint32_t bit_index) {
  return bit_index < pikevm::kOptimizationCount ? pikevm::kOptimizationNames[bit_index] : "";
}

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kMissingParen:
      return "missing-paren";
    case ErrorKind::kUnexpectedParen:
      return "unexpected-paren";
    case ErrorKind::kMissingBracket:
      return "missing-bracket";
    case ErrorKind::kBadRange:
      return "bad-range";
    case ErrorKind::kBadClassName:
      return "bad-class-name";
    case ErrorKind::kBadCollation:
      return "bad-collation";
    case ErrorKind::kNothingToRepeat:
      return "nothing-to-repeat";
    case ErrorKind::kBadRepeat:
      return "bad-repeat";
    case ErrorKind::kBadEscape:
      return "bad-escape";
    case ErrorKind::kTrailingBackslash:
      return "trailing-backslash";
    case ErrorKind::kBadGroupSyntax:
      return "bad-group-syntax";
    case ErrorKind::kBadGroupName:
      return "bad-group-name";
    case ErrorKind::kDuplicateGroupName:
      return "duplicate-group-name";
    case ErrorKind::kBadCodePoint:
      return "bad-code-point";
    case ErrorKind::kBadUtf8:
      return "bad-utf8";
    case ErrorKind::kBackreference:
      return "backreference";
    case ErrorKind::kLookaround:
      return "lookaround";
    case ErrorKind::kAtomicGroup:
      return "atomic-group";
    case ErrorKind::kPossessive:
      return "possessive";
    case ErrorKind::kUnsupportedConstruct:
      return "unsupported-construct";
    case ErrorKind::kTooDeep:
      return "too-deep";
    case ErrorKind::kRepeatTooLarge:
      return "repeat-too-large";
    case ErrorKind::kPatternTooLong:
      return "pattern-too-long";
    case ErrorKind::kProgramTooLarge:
      return "program-too-large";
    case ErrorKind::kInvalidOptions:
      return "invalid-options";
  }
  return "unknown";
}

}  // namespace redoubt
