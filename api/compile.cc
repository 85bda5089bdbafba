// Pattern and options to a Regex: the parser's and the compiler's errors become the public ones here.
#include <utility>

#include "api/access.h"

namespace redoubt {

namespace {

ErrorKind to_kind(syntax::ParseErrorKind kind) {
  using Kind = syntax::ParseErrorKind;
  switch (kind) {
    case Kind::kMissingParen:
      return ErrorKind::kMissingParen;
    case Kind::kUnexpectedParen:
      return ErrorKind::kUnexpectedParen;
    case Kind::kMissingBracket:
      return ErrorKind::kMissingBracket;
    case Kind::kBadRange:
      return ErrorKind::kBadRange;
    case Kind::kBadClassName:
      return ErrorKind::kBadClassName;
    case Kind::kBadCollation:
      return ErrorKind::kBadCollation;
    case Kind::kNothingToRepeat:
      return ErrorKind::kNothingToRepeat;
    case Kind::kBadRepeat:
      return ErrorKind::kBadRepeat;
    case Kind::kBadEscape:
      return ErrorKind::kBadEscape;
    case Kind::kTrailingBackslash:
      return ErrorKind::kTrailingBackslash;
    case Kind::kBadGroupSyntax:
      return ErrorKind::kBadGroupSyntax;
    case Kind::kBadGroupName:
      return ErrorKind::kBadGroupName;
    case Kind::kDuplicateGroupName:
      return ErrorKind::kDuplicateGroupName;
    case Kind::kBadCodePoint:
      return ErrorKind::kBadCodePoint;
    case Kind::kBadUtf8:
      return ErrorKind::kBadUtf8;
    case Kind::kTooDeep:
      return ErrorKind::kTooDeep;
    case Kind::kRepeatTooLarge:
      return ErrorKind::kRepeatTooLarge;
    case Kind::kPatternTooLong:
      return ErrorKind::kPatternTooLong;
    case Kind::kBackreference:
      return ErrorKind::kBackreference;
    case Kind::kLookaround:
      return ErrorKind::kLookaround;
    case Kind::kAtomicGroup:
      return ErrorKind::kAtomicGroup;
    case Kind::kPossessive:
      return ErrorKind::kPossessive;
    case Kind::kUnsupportedConstruct:
      return ErrorKind::kUnsupportedConstruct;
  }
  return ErrorKind::kUnsupportedConstruct;
}

/// A sentence about what no enumerator stands for; C callers can write any number.
const char* wrong_with(const Options& options) {
  if (options.semantics > Semantics::kLeftmostFirst) return "the semantics is not one of those there are";
  if (options.dialect > Dialect::kEre) return "the dialect is not one of those there are";
  if (options.encoding > Encoding::kUtf8) return "the encoding is not one of those there are";
  if (options.loop_policy > LoopPolicy::kPcre2) return "the loop policy is not one of those there are";
  // Recursion over trees relies on this bound.
  if (options.limits.nesting_depth > syntax::ParseLimits{}.nesting_depth) {
    return "the limit on nesting cannot be raised beyond 1000";
  }
  if (options.disabled_optimizations >> pikevm::kOptimizationCount != 0) {
    return "disabled_optimizations has a bit that no optimization has";
  }
  return nullptr;
}

pikevm::Optimizations enabled(const Options& options) {
  auto all = pikevm::Optimizations::all();
  for (std::uint32_t k = 0; k < pikevm::kOptimizationCount; ++k) {
    if (options.disabled_optimizations >> k & 1) all = all.without(static_cast<pikevm::Optimization>(k));
  }
  return all;
}

void collect_names(const syntax::Node& node, std::vector<std::string>& names) {
  if (node.group() > 0) names[node.group()] = node.name();
  for (const syntax::Regex& child : node.children()) collect_names(*child, names);
}

}  // namespace

tl::expected<syntax::Regex, Error> parse(std::string_view pattern, const Options& options) {
  if (const char* wrong = wrong_with(options)) return tl::unexpected(Error{ErrorKind::kInvalidOptions, kUnset, wrong});
  syntax::ParseOptions parsing;
  parsing.dialect = options.dialect == Dialect::kPerl ? syntax::Dialect::kPerl : syntax::Dialect::kEre;
  parsing.encoding = options.encoding;
  parsing.icase = options.icase;
  parsing.multiline = options.multiline;
  parsing.dot_all = options.dot_all;
  parsing.limits = {.nesting_depth = options.limits.nesting_depth,
                    .repeat_count = options.limits.repeat_count,
                    .pattern_bytes = options.limits.pattern_bytes};
  syntax::ParseResult tree = syntax::parse(pattern, parsing);
  if (tree) return *tree;
  return tl::unexpected(Error{to_kind(tree.error().kind), tree.error().offset, std::move(tree.error().message)});
}

Regex::Compiled compile_tree(std::string_view pattern, const syntax::Regex& tree, const Options& options) {
  pikevm::CompileResult program = pikevm::compile(
      tree,
      {.semantics = options.semantics,
       .encoding = options.encoding,
       .loop_policy = options.loop_policy == LoopPolicy::kRe2 ? pikevm::LoopPolicy::kRe2 : pikevm::LoopPolicy::kPcre2,
       .program_budget_bytes = options.limits.program_bytes,
       .optimizations = enabled(options)});
  if (!program) {
    return tl::unexpected(Error{ErrorKind::kProgramTooLarge, kUnset, std::move(program.error().message)});
  }
  auto impl = std::make_shared<RegexImpl>();
  impl->pattern = pattern;
  impl->options = options;
  impl->program = std::move(*program);
  impl->names.resize(std::size_t{tree->max_group()} + 1);
  collect_names(*tree, impl->names);
  return Access::make(std::move(impl));
}

Regex::Compiled Regex::compile(std::string_view pattern, const Options& options) {
  tl::expected<syntax::Regex, Error> tree = parse(pattern, options);
  if (!tree) return tl::unexpected(std::move(tree.error()));
  return compile_tree(pattern, *tree, options);
}

}  // namespace redoubt
