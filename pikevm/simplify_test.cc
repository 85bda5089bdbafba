// What the rules make of a tree, each by itself, and what they leave alone.
#include "pikevm/simplify.h"

#include <gtest/gtest.h>

#include "pikevm/simplify_for_test.h"
#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

constexpr Semantics kLongest = Semantics::kLeftmostLongest;
constexpr Semantics kFirst = Semantics::kLeftmostFirst;

syntax::Regex parsed(const std::string& pattern) { return syntax::parse(pattern, {}).value(); }

/// What all rules make of the pattern.
std::string simple(const std::string& pattern, Semantics semantics) {
  return syntax::to_text(simplify(parsed(pattern), semantics).tree);
}

TEST(SimplifyTest, EmptyAndTrivial) {
  for (Semantics s : {kLongest, kFirst}) {
    EXPECT_EQ(simple("a(?:)b", s), "ab");
    EXPECT_EQ(simple("a{1}b{0}", s), "a");
    EXPECT_EQ(simple("(?:(a)|b){0}c", s), "c");
    EXPECT_EQ(simple("(?:(?:a)b)c", s), "abc");
    EXPECT_EQ(simple("(?:)*", s), "");
    EXPECT_EQ(simple("(?:^){3}a", s), "^a");
    EXPECT_EQ(simple("\\b*a", s), "a");
  }
}

TEST(SimplifyTest, WhatNeverMatchesGoes) {
  syntax::Regex fail = syntax::char_class(syntax::CharClass());
  syntax::Regex a = syntax::group(syntax::literal('a'), 1);
  syntax::Regex b = syntax::group(syntax::literal('b'), 2);
  for (Semantics s : {kLongest, kFirst}) {
    EXPECT_EQ(syntax::to_text(simplify(syntax::alternate({syntax::concat({a, fail}), b}), s).tree), "(b)");
    EXPECT_EQ(syntax::to_text(simplify(syntax::concat({a, syntax::repeat(fail, 0, 3), b}), s).tree), "(a)(b)");
    EXPECT_TRUE(syntax::equal(simplify(syntax::concat({a, syntax::repeat(fail, 2, 3), b}), s).tree, fail));
    EXPECT_TRUE(syntax::equal(simplify(syntax::group(syntax::alternate({fail, fail}), 1), s).tree, fail));
  }
}

TEST(SimplifyTest, AGroupThatIsGoneIsReportedUnset) {
  for (Semantics s : {kLongest, kFirst}) {
    auto program = compile(parsed("(?:(a)(b)){0}(c)(d){0}"), {.semantics = s}).value();
    EXPECT_EQ(program->groups, 4U);
    Scratch scratch;
    Slots slots;
    ASSERT_EQ(search(*program, scratch, {.haystack = "c"}, slots), Result::kMatch);
    EXPECT_EQ(to_string(slots), "(0,1)(?,?)(?,?)(0,1)(?,?)");
    ASSERT_EQ(search(*program, scratch, {.haystack = "c", .wanted_slots = 2}, slots), Result::kMatch);
    EXPECT_EQ(to_string(slots), "(0,1)(?,?)");
  }
}

TEST(SimplifyTest, Alternates) {
  for (Semantics s : {kLongest, kFirst}) {
    EXPECT_EQ(simple("a|b|[c-e]", s), "[a-e]");
    EXPECT_EQ(simple("a|bc|d|(?:e|f)", s), "[ad-f]|bc");
    EXPECT_EQ(simple("abc|abd", s), "ab[cd]");
    EXPECT_EQ(simple("acd|bcd", s), "[ab]cd");
    EXPECT_EQ(simple("axc|ayc", s), "a[xy]c");
    EXPECT_EQ(simple("ab|c|ab", s), "ab|c");
    EXPECT_EQ(simple("ab|", s), "(?:ab)?");
    EXPECT_EQ(simple("a(b)|a(c)", s), "a(?:(b)|(c))");
  }
  EXPECT_EQ(simple("a+b|a+c", kLongest), "a+[bc]");
  EXPECT_EQ(simple("a+b|a+c", kFirst), "a+b|a+c");
  EXPECT_EQ(simple("ba+|ca+", kFirst), "[bc]a+");
  EXPECT_EQ(simple("(b)a+|(c)a+", kFirst), "(?:(b)|(c))a+");
  EXPECT_EQ(simple("(b)a+|(c)a+", kLongest), "(b)a+|(c)a+");
  EXPECT_EQ(simple("(b)de|(c)de", kFirst), "(?:(b)|(c))de");
  EXPECT_EQ(simple("(b)de|(c)de", kLongest), "(?:(b)|(c))(?:de)");
  EXPECT_EQ(simple("foo|bar|foolish|barn", kLongest), "foo(?:lish)?|barn?");
  EXPECT_EQ(simple("foo|bar|foolish|barn", kFirst), "foo(?:lish)?\?|barn?\?");
  EXPECT_EQ(simple("|ab", kFirst), "(?:ab)?\?");
}

TEST(SimplifyTest, Repeats) {
  for (Semantics s : {kLongest, kFirst}) {
    EXPECT_EQ(simple("ab+b+", s), "ab{2,}");
    EXPECT_EQ(simple("a*a*", s), "a*");
    EXPECT_EQ(simple("aa*", s), "a+");
    EXPECT_EQ(simple("a?a?a?", s), "a{0,3}");
    EXPECT_EQ(simple("a{2,3}a{4}(b)", s), "a{6,7}(b)");
    EXPECT_EQ(simple("(?:a*)*", s), "a*");
    EXPECT_EQ(simple("(?:a+)?", s), "a*");
    EXPECT_EQ(simple("(?:a?)+", s), "a*");
    EXPECT_EQ(simple("(?:a{0,30}){0,30}", s), "a{0,900}");
    EXPECT_EQ(simple("(?:a{2}){3}", s), "a{6}");
    EXPECT_EQ(simple("(?:a{2}){2,3}", s), "(?:a{2}){2,3}");  // 4 or 6
    EXPECT_EQ(simple("(?:a{2,})?", s), "(?:a{2,})?");        // 0, or 2 and more
    EXPECT_EQ(simple("(?:ab|a)(?:ab|a)", s), "ab?ab?");
  }
  EXPECT_EQ(simple("(?:a|b*)*", kLongest), "[ab]*");
  EXPECT_EQ(simple("(?:a*b*|^)*", kLongest), "[ab]*");
  EXPECT_EQ(simple("(?:a+|b)+", kLongest), "[ab]+");
  EXPECT_EQ(simple("(?:a|ab)*(?:a|ab)+", kLongest), "(?:ab?)+");
  EXPECT_EQ(simple("(c)(?:a|ab)*(?:a|ab)+", kLongest), "(c)(?:ab?)+");
}

TEST(SimplifyTest, PartsWithoutGroupsAreBundledForTheMatcherOfTrees) {
  EXPECT_EQ(simple("ab(c)de", kLongest), "(?:ab)(c)(?:de)");
  EXPECT_EQ(simple("ab+c(d)", kLongest), "(?:ab+)c(d)");
  EXPECT_EQ(simple("a|bb|(c)|\\bd|ee", kLongest), "(?:a|bb)|(c)|(?:\\bd|ee)");
  EXPECT_EQ(simple("ab(c)de", kFirst), "ab(c)de");
}

TEST(SimplifyTest, NothingToDoGivesTheTreeItself) {
  for (const char* pattern : {"", "abc", "(a+)(b*)", "a|bb", "(?:a(b)c)*", "(\\d+)-(\\d+)", "x(?:^|y)$"}) {
    for (Semantics s : {kLongest, kFirst}) {
      syntax::Regex r = parsed(pattern);
      Simplified simplified = simplify(r, s);
      EXPECT_EQ(simplified.tree, r) << pattern;
      EXPECT_EQ(simplified.fired, Rules::none());
    }
  }
}

TEST(SimplifyTest, NoRuleNoChange) {
  syntax::Regex r = parsed("a(?:)|a{1}|(?:b*)*");
  EXPECT_EQ(simplify(r, kLongest, Rules::none()).tree, r);
}

TEST(SimplifyTest, FactoringStopsWhereTheTreeWouldGetTooDeep) {
  std::string pattern = "a";
  for (int k = 2; k < 1200; ++k) pattern += "|" + std::string(static_cast<std::size_t>(k), 'a');
  syntax::ParseOptions options;
  options.limits.pattern_bytes = std::size_t{1} << 30;
  auto r = syntax::parse(pattern, options);
  ASSERT_TRUE(r);
  for (Semantics s : {kLongest, kFirst}) {
    std::uint32_t depth = simplify(*r, s).tree->depth();
    EXPECT_GT(depth, 900U);
    EXPECT_LE(depth, 1000U);
  }
}

}  // namespace
}  // namespace redoubt::pikevm
