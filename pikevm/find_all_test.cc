#include "pikevm/find_all.h"

#include <gtest/gtest.h>

#include "pikevm/ways_for_test.h"
#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

std::string all(const char* pattern, std::string_view haystack, Options options = {}, Search search = {}) {
  syntax::ParseOptions parsing;
  parsing.encoding = options.encoding;
  auto program = compile(syntax::parse(pattern, parsing).value(), options).value();
  Scratch scratch;
  Slots slots;
  Slots spans;
  search.haystack = haystack;
  Result result = find_all(*program, scratch, search, slots, [&](const Slots& match) {
    spans.push_back(match[0]);
    return true;
  });
  EXPECT_EQ(result, spans.empty() ? Result::kNoMatch : Result::kMatch);
  return to_string(spans);
}

TEST(FindAllTest, MatchesDoNotOverlap) {
  EXPECT_EQ(all("aa", "aaaaa"), "(0,2)(2,4)");
  EXPECT_EQ(all("ab|b", "abb"), "(0,2)(2,3)");
  EXPECT_EQ(all("x", "abc"), "");
}

TEST(FindAllTest, EmptyMatches) {
  EXPECT_EQ(all("", "ab"), "(0,0)(1,1)(2,2)");
  EXPECT_EQ(all("a*", "baac"), "(0,0)(1,3)(4,4)");
  EXPECT_EQ(all("a*", "aa"), "(0,2)");
  EXPECT_EQ(all("|a", "aa", {.semantics = Semantics::kLeftmostFirst}), "(0,0)(1,1)(2,2)");
  EXPECT_EQ(all("\\b", "ab cd"), "(0,0)(2,2)(3,3)(5,5)");
}

TEST(FindAllTest, LooksSeeWhatLiesBefore) {
  EXPECT_EQ(all("^a", "aaa"), "(0,1)");
  EXPECT_EQ(all("\\Ba", "aaa"), "(1,2)(2,3)");
  EXPECT_EQ(all("a$", "aaa", {}, {.end = 2}), "");
  EXPECT_EQ(all("(?m)^.", "a\nb"), "(0,1)(2,3)");
}

TEST(FindAllTest, AnchoredMatchesAreAdjacent) { EXPECT_EQ(all("a", "aabaa", {}, {.anchored = true}), "(0,1)(1,2)"); }

TEST(FindAllTest, EmptyMatchesOnlyAtUnitBoundaries) {
  EXPECT_EQ(all("", "\xC3\xA9\xFF", {.encoding = Encoding::kUtf8}), "(0,0)(2,2)(3,3)");
}

TEST(FindAllTest, TheVisitorCanStop) {
  auto program = compile(syntax::parse("a").value(), {}).value();
  Scratch scratch;
  Slots slots;
  int seen = 0;
  Result result = find_all(*program, scratch, {.haystack = "aaa"}, slots, [&](const Slots&) { return ++seen < 2; });
  EXPECT_EQ(result, Result::kMatch);
  EXPECT_EQ(seen, 2);
}

TEST(FindAllTest, ALimitIsReported) {
  auto program = compile(syntax::parse("a").value(), {}).value();
  Scratch scratch;
  Slots slots;
  Search search{.haystack = "bbbbbbbbbbbbbbbbbbbbb", .step_limit = 5};
  EXPECT_EQ(find_all(*program, scratch, search, slots, [](const Slots&) { return true; }), Result::kStepLimit);
}

TEST(FindAllTest, TheStepLimitHoldsForAllSearchesTogether) {
  auto program = compile(syntax::parse("a").value(), {.optimizations = Optimizations::none()}).value();
  Scratch scratch;
  Slots slots;
  int seen = 0;
  auto count = [&](const Slots&) { return ++seen > 0; };
  Search search{.haystack = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", .step_limit = 40};
  EXPECT_EQ(find_all(*program, scratch, search, slots, count), Result::kStepLimit);
  EXPECT_GT(seen, 0);
  EXPECT_LT(seen, 30);
}

TEST(FindAllTest, WhatIsFinalComesAgain) {
  auto program = compile(syntax::parse("a").value(), {}).value();
  Scratch scratch;
  Slots slots;
  AllMatches matches({.haystack = "ba"});
  EXPECT_EQ(matches.next(*program, scratch, slots), Result::kMatch);
  EXPECT_EQ(slots[0], (Span{1, 2}));
  EXPECT_EQ(matches.next(*program, scratch, slots), Result::kNoMatch);
  EXPECT_TRUE(slots.empty());
  EXPECT_EQ(matches.next(*program, scratch, slots), Result::kNoMatch);
}

// What lies beyond a match is looked at once for each match that can reach it.
TEST(FindAllTest, LinearWhereMatchesAreBounded) {
  for (const char* pattern : {"a{1,3}b|a", "(a|b)", "[a-c]+ ", "\\w+", "(a)(b)?|b*"}) {
    for (const auto& [name, program] : test::ways(syntax::parse(pattern).value())) {
      std::uint64_t steps[2];
      for (std::size_t k = 0; k < 2; ++k) {
        std::string haystack;
        for (std::size_t n = 0; n < (500U << k); ++n) haystack += "ab aab b";
        Scratch scratch;
        Slots slots;
        steps[k] = 0;
        auto count = [&](const Slots&) { return steps[k] += scratch.usage().steps, true; };
        EXPECT_EQ(find_all(*program, scratch, {.haystack = haystack}, slots, count), Result::kMatch);
      }
      EXPECT_LT(steps[1], 2 * steps[0] + 100) << pattern << ", " << name;
    }
  }
}

}  // namespace
}  // namespace redoubt::pikevm
