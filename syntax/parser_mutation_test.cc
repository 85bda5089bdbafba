// Malformed input by the thousand: random edits of valid patterns never crash the parser, errors point into the
// pattern, and whatever does parse has a text of its own. Then the limits.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <string_view>

#include "syntax/mutation_for_test.h"
#include "syntax/parser.h"
#include "syntax/printer.h"
#include "syntax/random_tree_for_test.h"

namespace redoubt::syntax {
namespace {

constexpr std::string_view kSeeds[] = {
    "(a|b)*c{2,3}?",
    "[^a-z[:digit:]]+",
    "(?i:a(?-s).)\\d",
    "(?P<name>x)|y??",
    "\\Qa.b\\E[\\x41-\\x{5a}]",
    "^(?m)a$|\\bb\\B\\z",
    "((a*)+){1,5}|()|(?:)",
    "[[:alpha:]_-]{0}",
    "[]a^-]{2,}",
    "\xC3\xA9[\xC3\xA0-\xC3\xBF]*",
    "a\\{2\\}[[.x.][=y=]]",
    "(?<a>b)\\0\\t[^\\W\\n]",
};
/// Returns whether it parsed.
bool check(const std::string& pattern, const ParseOptions& options) {
  const ParseResult result = parse(pattern, options);
  if (!result) {
    EXPECT_LE(result.error().offset, pattern.size()) << escape_bytes(pattern);
    EXPECT_FALSE(result.error().message.empty());
    EXPECT_NE(to_string(result.error().kind), "unknown");
    return false;
  }
  const auto text = print(*result, PrintDialect::kPerl, options.encoding);
  EXPECT_TRUE(text) << escape_bytes(pattern);
  if (!text) return true;
  ParseOptions plain;
  plain.encoding = options.encoding;
  const ParseResult back = parse(*text, plain);
  EXPECT_TRUE(back) << escape_bytes(pattern) << " as " << *text;
  if (back) {
    EXPECT_TRUE(equal(*back, *result)) << escape_bytes(pattern) << " as " << *text;
  }
  if (options.dialect == Dialect::kEre && !options.multiline) {
    EXPECT_TRUE(print(*result, PrintDialect::kEre, options.encoding)) << escape_bytes(pattern);
  }
  return true;
}

TEST(ParserMutationTest, EditsOfValidPatterns) {
  std::mt19937 random(7);
  int accepted = 0;
  constexpr int kRounds = 40000;
  for (int i = 0; i < kRounds; ++i) {
    ParseOptions options;
    options.dialect = random() % 2 == 0 ? Dialect::kPerl : Dialect::kEre;
    options.encoding = random() % 2 == 0 ? Encoding::kBytes : Encoding::kUtf8;
    options.icase = random() % 4 == 0;
    options.multiline = random() % 4 == 0;
    options.dot_all = random() % 4 == 0;
    accepted += check(mutated(std::string(kSeeds[random() % std::size(kSeeds)]), random), options) ? 1 : 0;
  }
  EXPECT_GT(accepted, kRounds / 20);
  EXPECT_LT(accepted, kRounds);
}

TEST(ParserMutationTest, EditsOfPrintedTrees) {
  for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    RandomTrees trees(3, encoding);
    std::mt19937 random(8);
    ParseOptions options;
    options.encoding = encoding;
    for (int i = 0; i < 5000; ++i) check(mutated(to_text(trees.tree(12), encoding), random), options);
  }
}

std::string repeated(std::string_view piece, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

ParseErrorKind error_kind(const std::string& pattern, const ParseOptions& options) {
  const ParseResult result = parse(pattern, options);
  EXPECT_FALSE(result);
  return result ? ParseErrorKind::kUnsupportedConstruct : result.error().kind;
}

TEST(ParserLimitsTest, Depth) {
  ParseOptions options;
  EXPECT_TRUE(parse(repeated("(", 999) + "a" + repeated(")", 999), options));
  EXPECT_EQ(error_kind(repeated("(", 1000) + "a" + repeated(")", 1000), options), ParseErrorKind::kTooDeep);
  EXPECT_EQ(error_kind(repeated("(", 1000000), options), ParseErrorKind::kTooDeep);
  EXPECT_EQ(parse(repeated("(", 1000000), options).error().offset, 999U);
  const Regex deepest = *parse(repeated("(", 999) + "a" + repeated(")", 999), options);
  EXPECT_EQ(deepest->depth(), 1000U);
  // Recursion over a tree of the greatest depth is safe, under sanitizers too.
  EXPECT_TRUE(equal(*parse(to_text(deepest), options), deepest));
  EXPECT_FALSE(dump(renumber_groups(deepest)).empty());
  // A group, an alternation and a sequence each take a level.
  EXPECT_EQ(error_kind(repeated("(a|b", 400) + repeated(")", 400), options), ParseErrorKind::kTooDeep);
  options.dialect = Dialect::kEre;
  EXPECT_TRUE(parse("a" + repeated("*", 400), options));
  EXPECT_EQ(error_kind("a" + repeated("*", 600), options), ParseErrorKind::kTooDeep);
  EXPECT_EQ(error_kind("a" + repeated("*", 500000), options), ParseErrorKind::kTooDeep);
  options.limits.nesting_depth = 3;
  EXPECT_TRUE(parse("(a*)", options));
  EXPECT_EQ(error_kind("(a*)*", options), ParseErrorKind::kTooDeep);
  options.limits.nesting_depth = 1;
  EXPECT_TRUE(parse("a", options));
  EXPECT_EQ(error_kind("ab", options), ParseErrorKind::kTooDeep);
}

TEST(ParserLimitsTest, RepeatCount) {
  ParseOptions options;
  EXPECT_TRUE(parse("a{1000}", options));
  EXPECT_TRUE(parse("(a{10}){100}", options));
  EXPECT_EQ(error_kind("(a{10}){101}", options), ParseErrorKind::kRepeatTooLarge);
  EXPECT_EQ(error_kind("(a{10}|(?:b{2,}c){200}){3}", options), ParseErrorKind::kRepeatTooLarge);
  EXPECT_TRUE(parse("(a{1000})*", options));
  EXPECT_TRUE(parse("(a{0}){1000}", options));
  EXPECT_TRUE(parse("a{1000}b{1000}", options));
  options.limits.repeat_count = kInfinite - 1;
  EXPECT_TRUE(parse("a{4294967294}", options));
  EXPECT_EQ(error_kind("((a{4294967294}){4294967294}){4294967294}", options), ParseErrorKind::kRepeatTooLarge);
}

TEST(ParserLimitsTest, PatternBytes) {
  ParseOptions options;
  options.limits.pattern_bytes = 3;
  EXPECT_TRUE(parse("abc", options));
  EXPECT_EQ(error_kind("abcd", options), ParseErrorKind::kPatternTooLong);
  EXPECT_EQ(parse("abcd", options).error().offset, 3U);
}

TEST(ParserLimitsTest, TimeIsNearLinear) {
  // A scanner that is quadratic in one of these takes minutes at this size; sanitizers are slow, but not so slow.
  constexpr std::size_t kBytes = std::size_t{1} << 17;
  const auto start = std::chrono::steady_clock::now();
  for (std::string_view piece : {"a", "[[:", "[[.", "[[=", "{1", "{1,", "\\Qa", "(?i)", "a|", "()", "[a]", "(?P<a",
                                 "\\x{1", "[a-c", "[[:a", "[:", "x{2}"}) {
    for (Dialect dialect : {Dialect::kPerl, Dialect::kEre}) {
      ParseOptions options;
      options.dialect = dialect;
      const std::string body = repeated(piece, kBytes / piece.size());
      (void)parse(body, options);
      (void)parse("[" + body + "]", options);
    }
  }
  ParseOptions folding;
  folding.encoding = Encoding::kUtf8;
  folding.icase = true;
  EXPECT_TRUE(parse(repeated("[^a]", kBytes / 16), folding));
  const auto spent = std::chrono::steady_clock::now() - start;
  EXPECT_LT(std::chrono::duration_cast<std::chrono::seconds>(spent).count(), 60);
}

}  // namespace
}  // namespace redoubt::syntax
