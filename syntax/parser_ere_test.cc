#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "syntax/parser.h"

namespace redoubt::syntax {
namespace {

using Kind = ParseErrorKind;

ParseResult parse_ere(std::string_view pattern, ParseOptions options = {}) {
  options.dialect = Dialect::kEre;
  return parse(pattern, options);
}

std::string parsed(std::string_view pattern, const ParseOptions& options = {}) {
  const ParseResult result = parse_ere(pattern, options);
  return result ? dump(*result) : std::string(to_string(result.error().kind)) + " " + to_string(result.error());
}

TEST(EreParserTest, Structure) {
  EXPECT_EQ(parsed(""), "empty");
  EXPECT_EQ(parsed("ab|c"), "(alt (cat a b) c)");
  EXPECT_EQ(parsed("()"), "(grp 1 empty)");
  EXPECT_EQ(parsed("(|a)*"), "(rep 0 inf (grp 1 (alt empty a)))");
  EXPECT_EQ(parsed("a|"), "(alt a empty)");
  EXPECT_EQ(parsed("(()|.)(b)"), "(cat (grp 1 (alt (grp 2 empty) [#0-#255])) (grp 3 b))");
  EXPECT_EQ(parsed("a^b$c"), "(cat a ^ b $ c)");
  EXPECT_EQ(parsed("((s^)|(s))*"), "(rep 0 inf (grp 1 (alt (grp 2 (cat s ^)) (grp 3 s))))");
  EXPECT_EQ(parsed("a]}"), "(cat a ] })");
}

TEST(EreParserTest, Repeats) {
  EXPECT_EQ(parsed("a{0}b"), "(cat (rep 0 0 a) b)");
  EXPECT_EQ(parsed("X(.?){2,8}Y"), "(cat X (rep 2 8 (grp 1 (rep 0 1 [#0-#255]))) Y)");
  EXPECT_EQ(parsed("a{1,}"), "(rep 1 inf a)");
  EXPECT_EQ(parsed("a{02}"), "(rep 2 2 a)");
  EXPECT_EQ(parsed("a**"), "(rep 0 inf (grp 0 (rep 0 inf a)))");
  EXPECT_EQ(parsed("a+?"), "(rep 0 1 (grp 0 (rep 1 inf a)))");
  EXPECT_EQ(parsed("a{2}{3}"), "(rep 3 3 (grp 0 (rep 2 2 a)))");
  EXPECT_EQ(parsed("^*"), "(rep 0 inf ^)");
  EXPECT_EQ(parsed("(^){0,3}"), "(rep 0 3 (grp 1 ^))");
}

TEST(EreParserTest, Brackets) {
  EXPECT_EQ(parsed("[]a]"), "[]a]");
  EXPECT_EQ(parsed("a[^]b]c"), "(cat a [#0-\\^-ac-#255] c)");
  EXPECT_EQ(parsed("[a-m-]"), "[-a-m]");
  EXPECT_EQ(parsed("[^-]"), "[#0-,.-#255]");
  EXPECT_EQ(parsed("[[-]]"), "(cat [-[] ])");
  EXPECT_EQ(parsed("[a\\n]"), "[\\an]");
  EXPECT_EQ(parsed("[\\]"), "\\");
  EXPECT_EQ(parsed("[\\]]"), "(cat \\ ])");
  EXPECT_EQ(parsed("[[:upper:]]"), "[A-Z]");
  EXPECT_EQ(parsed("[^[:upper:][:digit:]_]"), "[#0-/:-@[-^`-#255]");
  EXPECT_EQ(parsed("[[.a.]]"), "a");
  EXPECT_EQ(parsed("[[.].]]"), "]");
  EXPECT_EQ(parsed("[[...]]"), ".");
  EXPECT_EQ(parsed("[[=a=]b]"), "[a-b]");
  EXPECT_EQ(parsed("[[.a.]-[.c.]]"), "[a-c]");
  EXPECT_EQ(parsed("[[.-.]-0]"), "[--0]");
  EXPECT_EQ(parsed("[%--]"), "[%--]");
  EXPECT_EQ(parsed("[--/]"), "[--/]");
}

TEST(EreParserTest, Escapes) {
  EXPECT_EQ(parsed("\\)\\(\\*\\.\\[\\]\\{\\}\\^\\$\\|\\+\\?\\\\"), "(cat ) ( * . [ ] { } ^ $ | + ? \\)");
  EXPECT_EQ(parsed("a\\(*b"), "(cat a (rep 0 inf () b)");
  EXPECT_EQ(parsed("\\\\000"), "(cat \\ 0 0 0)");
}

TEST(EreParserTest, FlagsAndEncodings) {
  ParseOptions options;
  options.icase = true;
  EXPECT_EQ(parsed("(Ab|cD)*", options), "(rep 0 inf (grp 1 (alt (cat [Aa] [Bb]) (cat [Cc] [Dd]))))");
  EXPECT_EQ(parsed("[[=k=]]", options), "[Kk]");
  options.multiline = true;
  EXPECT_EQ(parsed("^$", options), "(cat (?m)^ (?m)$)");
  options.encoding = Encoding::kUtf8;
  EXPECT_EQ(parsed("[[=k=]]", options), "[Kk#8490]");
  EXPECT_EQ(parsed("[[.\xC3\xA9.]]", options), "[#201#233]");
}

TEST(EreParserTest, MalformedPatterns) {
  struct {
    const char* pattern;
    Kind kind;
    std::size_t offset;
  } const cases[] = {
      {"a{9876543210}", Kind::kRepeatTooLarge, 1},
      {"a{30}{40}", Kind::kRepeatTooLarge, 5},
      {"[[.NIL.]]", Kind::kBadCollation, 1},
      {"[[=aleph=]]", Kind::kBadCollation, 1},
      {"[[..]]", Kind::kBadCollation, 1},
      {"[[:foo:]]", Kind::kBadClassName, 1},
      {"[[:^alpha:]]", Kind::kBadClassName, 1},
      {"[[:word:]]", Kind::kBadClassName, 1},
      {"[[:alpha]", Kind::kMissingBracket, 1},
      {"[[.a]", Kind::kMissingBracket, 1},
      {"x[abc", Kind::kMissingBracket, 1},
      {"[b-a]", Kind::kBadRange, 1},
      {"[a-c-e]", Kind::kBadRange, 4},
      {"[[=a=]-c]", Kind::kBadRange, 1},
      {"*a", Kind::kNothingToRepeat, 0},
      {"a|*b", Kind::kNothingToRepeat, 2},
      {"(+)", Kind::kNothingToRepeat, 1},
      {"(?:a)", Kind::kNothingToRepeat, 1},
      {"{1}", Kind::kNothingToRepeat, 0},
      {"{", Kind::kBadRepeat, 0},
      {"a{", Kind::kBadRepeat, 1},
      {"a{x}", Kind::kBadRepeat, 1},
      {"a{1", Kind::kBadRepeat, 1},
      {"a{1,x}", Kind::kBadRepeat, 1},
      {"a{,2}", Kind::kBadRepeat, 1},
      {"a{2,1}", Kind::kBadRepeat, 1},
      {"(a", Kind::kMissingParen, 0},
      {"a)", Kind::kUnexpectedParen, 1},
      {"a\\", Kind::kTrailingBackslash, 1},
      {"(a)\\1", Kind::kBackreference, 3},
      {"\\n", Kind::kBadEscape, 0},
      {"\\<a", Kind::kBadEscape, 0},
  };
  for (const auto& c : cases) {
    const ParseResult result = parse_ere(c.pattern);
    ASSERT_FALSE(result) << c.pattern << " is " << dump(*result);
    EXPECT_EQ(to_string(result.error().kind), to_string(c.kind)) << c.pattern;
    EXPECT_EQ(result.error().offset, c.offset) << c.pattern;
  }
}

}  // namespace
}  // namespace redoubt::syntax
