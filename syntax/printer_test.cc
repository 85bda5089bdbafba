#include "syntax/printer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "syntax/parser.h"
#include "syntax/random_tree_for_test.h"

namespace redoubt::syntax {
namespace {

constexpr Encoding kBoth[] = {Encoding::kBytes, Encoding::kUtf8};

Regex must_parse(std::string_view pattern, Encoding encoding = Encoding::kBytes) {
  ParseOptions options;
  options.encoding = encoding;
  const ParseResult result = parse(pattern, options);
  EXPECT_TRUE(result) << pattern;
  return result ? *result : empty();
}

/// The printed form, or "!" and the construct.
std::string printed(const Regex& r, PrintDialect dialect, Encoding encoding = Encoding::kBytes) {
  const auto text = print(r, dialect, encoding);
  return text ? *text : "!" + text.error().construct;
}

void expect_round_trip(const Regex& r, Dialect dialect, Encoding encoding) {
  const PrintDialect print_dialect = dialect == Dialect::kPerl ? PrintDialect::kPerl : PrintDialect::kEre;
  const auto text = print(r, print_dialect, encoding);
  ASSERT_TRUE(text) << dump(r) << ": " << text.error().construct;
  ParseOptions options;
  options.dialect = dialect;
  options.encoding = encoding;
  options.limits.repeat_count = kInfinite - 1;
  const ParseResult back = parse(*text, options);
  ASSERT_TRUE(back) << dump(r) << " as " << *text << ": " << to_string(back.error());
  EXPECT_TRUE(equal(*back, r)) << dump(r) << " as " << *text << " is " << dump(*back);
}

TEST(PrinterTest, PerlFormIsTheOneAPersonWouldWrite) {
  const char* const patterns[] = {
      "",
      "abc",
      "a|b|",
      "(a)(?:b)(?P<n>c)",
      "a*b+c?d{2}e{2,}f{2,3}",
      "a*?b+?c??d{2}?",
      "^$\\A\\z",
      "\\b\\B",
      "(?m:^)",
      "(?m:$)",
      "(?m:^)*",
      "^*",
      ".",
      "(?s:.)",
      "(?s:.)*",
      "\\d\\D\\w\\W\\s\\S",
      "[a-c]",
      "[^a]",
      "[ab]",
      "[\\-a]",
      "[\\]\\^]",
      "\\.\\*\\\\",
      "\\n\\t",
      "\\x{0}\\x{ff}",
      "(?:)*",
      "()",
      "(|a)",
      "a{0}",
      "(?:a*)*",
      "[^\\x{0}-\\x{ff}]",
      "\\{2\\}",
      "(?:a|b)c",
      "[*+.]",
  };
  for (const char* pattern : patterns) EXPECT_EQ(to_text(must_parse(pattern)), pattern);
}

TEST(PrinterTest, EnginesGetNoSugar) {
  const auto pcre2 = [](std::string_view p) { return printed(must_parse(p), PrintDialect::kPcre2); };
  EXPECT_EQ(pcre2("\\s"), "[\\x{9}-\\x{d}\\x{20}]");
  EXPECT_EQ(pcre2("\\v\\n"), "\\x{b}\\x{a}");
  EXPECT_EQ(pcre2("\\w"), "[0-9A-Z\\x{5f}a-z]");
  EXPECT_EQ(pcre2(".(?s:.)"), ".(?s:.)");
  EXPECT_EQ(pcre2("[^a]"), "[^a]");
  EXPECT_EQ(pcre2("^*$+\\b?\\z{2}"), "(?:^)*(?:$)+(?:\\b)?(?:\\z){2}");
  EXPECT_EQ(pcre2("(?m:^)*"), "(?m:^)*");
  EXPECT_EQ(printed(must_parse("^*"), PrintDialect::kRe2), "^*");
  EXPECT_EQ(printed(must_parse("(?P<n>a)"), PrintDialect::kRe2), "(?P<n>a)");
}

TEST(PrinterTest, EreForm) {
  const auto ere = [](std::string_view p) { return printed(must_parse(p), PrintDialect::kEre); };
  EXPECT_EQ(ere("(a|\\.)*\\{\\]b{2,3}"), "(a|\\.)*\\{]b{2,3}");
  EXPECT_EQ(ere("(?:a*)*"), "a**");
  EXPECT_EQ(ere("(?s:.)"), ".");
  EXPECT_EQ(ere("."), "[^\n]");
  EXPECT_EQ(ere("[\\]\\-\\^a]"), "[]a^-]");
  EXPECT_EQ(ere("[\\^\\-]"), "[-^]");
  EXPECT_EQ(ere("[\\]-z]"), "[]_-z^]");
  EXPECT_EQ(ere("[!-\\]]"), "[]!-\\]");
  EXPECT_EQ(ere("a{0}^*$"), "a{0}^*$");
  EXPECT_EQ(ere("(?:a)"), "!non-capturing group");
  EXPECT_EQ(ere("(?:)*"), "!non-capturing group");
  EXPECT_EQ(ere("a+?"), "!lazy repeat");
  EXPECT_EQ(ere("\\Aa"), "!assertion \\A");
  EXPECT_EQ(ere("a\\b"), "!assertion \\b");
  EXPECT_EQ(ere("(?m:^)"), "!assertion (?m:^)");
  EXPECT_EQ(ere("(?P<n>a)"), "!group name n");
}

TEST(PrinterTest, RepeatCountsThatEnginesRefuse) {
  const Regex a = literal('a');
  EXPECT_EQ(printed(repeat(a, 1000, 1000), PrintDialect::kRe2), "a{1000}");
  EXPECT_EQ(printed(repeat(a, 0, 1001), PrintDialect::kRe2), "!repeat count 1001");
  EXPECT_EQ(printed(repeat(a, 1001, kInfinite), PrintDialect::kRe2), "!repeat count 1001");
  EXPECT_EQ(printed(repeat(repeat(a, 40, 40), 26, 26), PrintDialect::kRe2), "!nested repeat count 1040");
  EXPECT_EQ(printed(repeat(repeat(a, 40, 40), 25, kInfinite), PrintDialect::kRe2), "(?:a{40}){25,}");
  EXPECT_EQ(printed(repeat(repeat(a, 40, 40), 26, 26), PrintDialect::kPcre2), "(?:a{40}){26}");
  EXPECT_EQ(printed(repeat(a, 0, 65536), PrintDialect::kPcre2), "!repeat count 65536");
  Regex deep = a;
  for (int i = 0; i < 40; ++i) deep = repeat(deep, 9, 9);
  EXPECT_EQ(printed(deep, PrintDialect::kRe2).substr(0, 20), "!nested repeat count");
}

TEST(PrinterTest, WhatNoTextCanSay) {
  const Regex a = literal('a');
  EXPECT_EQ(printed(group(a, 2), PrintDialect::kPerl), "!group numbers that do not follow the parentheses");
  EXPECT_EQ(printed(concat({group(a, 1), group(a, 1)}), PrintDialect::kPerl).front(), '!');
  EXPECT_EQ(printed(concat({group(a, 1, "x"), group(a, 2, "x")}), PrintDialect::kPerl), "!group name x");
  EXPECT_EQ(printed(group(a, 1, "1"), PrintDialect::kPerl), "!group name 1");
  EXPECT_EQ(printed(group(a, 1, std::string(33, 'x')), PrintDialect::kPcre2).substr(0, 12), "!group name ");
  EXPECT_EQ(printed(literal(0x100), PrintDialect::kPerl).front(), '!');
  EXPECT_EQ(printed(literal(0xD800), PrintDialect::kPerl, Encoding::kUtf8).front(), '!');
  // A report still shows them.
  EXPECT_EQ(to_text(group(literal(0x100), 7)), "(\\x{100})");
}

TEST(PrinterTest, EveryByteRoundTrips) {
  for (std::uint32_t unit = 0; unit < 256; ++unit) {
    for (Dialect dialect : {Dialect::kPerl, Dialect::kEre}) {
      const CharClass one = CharClass::single(unit);
      for (Encoding encoding : kBoth) {
        expect_round_trip(literal(unit), dialect, encoding);
        expect_round_trip(char_class(one.complement(encoding)), dialect, encoding);
        expect_round_trip(repeat(literal(unit), 2, 2), dialect, encoding);
        expect_round_trip(concat({literal('{'), literal('2'), literal('}'), literal(unit)}), dialect, encoding);
      }
    }
  }
}

TEST(PrinterTest, EveryPairOfAsciiUnitsRoundTripsAsAClass) {
  for (std::uint32_t lo = 0; lo < 0x80; ++lo) {
    for (std::uint32_t hi = lo; hi < 0x80; ++hi) {
      for (Dialect dialect : {Dialect::kPerl, Dialect::kEre}) {
        expect_round_trip(char_class({{lo, hi}}), dialect, Encoding::kBytes);
        expect_round_trip(char_class({{lo, lo}, {hi, hi}}), dialect, Encoding::kBytes);
        expect_round_trip(char_class({{lo, hi}, {'[', '['}, {'^', '^'}}), dialect, Encoding::kBytes);
        expect_round_trip(char_class({{lo, lo}, {hi, 0xFF}}), dialect, Encoding::kUtf8);
      }
    }
  }
}

TEST(PrinterTest, ScalarValuesRoundTrip) {
  for (std::uint32_t unit = 0; unit <= kMaxScalar; unit += unit < 0x3000 ? 1 : 0x101) {
    if (unit >= 0xD800 && unit <= 0xDFFF) continue;
    expect_round_trip(literal(unit), Dialect::kPerl, Encoding::kUtf8);
    expect_round_trip(literal(unit), Dialect::kEre, Encoding::kUtf8);
  }
}

TEST(PrinterTest, RandomTreesRoundTrip) {
  for (Encoding encoding : kBoth) {
    RandomTrees trees(1, encoding);
    for (int i = 0; i < 3000; ++i) {
      // Sizes and counts go together such that products of nested bounds stay below the parser's largest limit.
      trees.largest_count = 9;
      expect_round_trip(trees.tree(1 + trees.below(9)), Dialect::kPerl, encoding);
      trees.largest_count = 2;
      expect_round_trip(trees.tree(1 + trees.below(25)), Dialect::kPerl, encoding);
    }
  }
  const Regex many = repeat(literal('a'), 70000, 4000000000, false);
  expect_round_trip(many, Dialect::kPerl, Encoding::kBytes);
}

TEST(PrinterTest, RandomEreTreesRoundTripWhereExpressible) {
  for (Encoding encoding : kBoth) {
    RandomTrees trees(2, encoding);
    trees.names = trees.lazy = trees.non_capturing_groups = trees.all_looks = false;
    int expressible = 0;
    for (int i = 0; i < 5000; ++i) {
      const Regex r = trees.tree(1 + trees.below(12));
      if (!print(r, PrintDialect::kEre, encoding)) continue;
      ++expressible;
      expect_round_trip(r, Dialect::kEre, encoding);
    }
    EXPECT_GT(expressible, 2000);
  }
}

TEST(PrinterTest, EscapeBytes) {
  EXPECT_EQ(escape_bytes(std::string_view("a\n\t\\\"\r\0\xFF~", 9)), "a\\n\\t\\\\\\\"\\x0d\\x00\\xff~");
  EXPECT_EQ(escape_bytes(""), "");
}

}  // namespace
}  // namespace redoubt::syntax
