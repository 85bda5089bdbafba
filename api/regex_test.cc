#include "redoubt/regex.h"

#include <thread>

#include <gtest/gtest.h>

#include "syntax/match.h"

namespace redoubt {
namespace {

Regex compiled(std::string_view pattern, const Options& options = {}) {
  return Regex::compile(pattern, options).value();
}

std::string captured(const Regex& regex, const Input& input) {
  Scratch scratch;
  Slots slots{{7, 7}};
  Result result = regex.captures(input, scratch, slots);
  EXPECT_EQ(result == Result::kMatch, !slots.empty());
  EXPECT_EQ(regex.is_match(input, scratch), result);
  Found found = regex.find(input, scratch);
  EXPECT_EQ(found.result, result);
  EXPECT_EQ(static_cast<bool>(found), result == Result::kMatch);
  if (!slots.empty()) {
    EXPECT_EQ(found.span, slots[0]);
  }
  return to_string(slots);
}

TEST(RegexTest, BothSemantics) {
  EXPECT_EQ(captured(compiled("(a|ab)(c|bcd)(d*)"), {"abcd"}), "(0,4)(0,2)(2,3)(3,4)");
  EXPECT_EQ(captured(compiled("(a|ab)(c|bcd)(d*)", {.semantics = Semantics::kLeftmostFirst}), {"abcd"}),
            "(0,4)(0,1)(1,4)(4,4)");
  EXPECT_EQ(captured(compiled("((a)|(b))*"), {"ab"}), "(0,2)(1,2)(?,?)(1,2)");
}

TEST(RegexTest, LoopPolicies) {
  for (auto [policy, answer] :
       {std::pair{LoopPolicy::kRe2, "(0,1)(0,1)"}, std::pair{LoopPolicy::kPcre2, "(0,1)(1,1)"}}) {
    EXPECT_EQ(captured(compiled("(a*)*", {.semantics = Semantics::kLeftmostFirst, .loop_policy = policy}), {"a"}),
              answer);
  }
}

TEST(RegexTest, InputsNarrowTheSearchAndAssertionsSeeAll) {
  Regex regex = compiled("a+");
  EXPECT_EQ(captured(regex, {"baaab"}), "(1,4)");
  EXPECT_EQ(captured(regex, {.haystack = "baaab", .begin = 2}), "(2,4)");
  EXPECT_EQ(captured(regex, {.haystack = "baaab", .begin = 2, .end = 3}), "(2,3)");
  EXPECT_EQ(captured(regex, {.haystack = "baaab", .anchored = true}), "");
  EXPECT_EQ(captured(regex, {.haystack = "baaab", .begin = 6}), "");
  EXPECT_EQ(captured(regex, {.haystack = "baaab", .begin = 3, .end = 2}), "");
  EXPECT_EQ(captured(compiled("^a"), {.haystack = "aa", .begin = 1}), "");
  EXPECT_EQ(captured(compiled("a$"), {.haystack = "aa", .end = 1}), "");
  EXPECT_EQ(captured(compiled("\\Ba"), {.haystack = "aa", .begin = 1}), "(1,2)");
}

TEST(RegexTest, FlagsDialectsAndEncodings) {
  EXPECT_EQ(captured(compiled("B.", {.icase = true}), {"ab\nc"}), "");
  EXPECT_EQ(captured(compiled("B.", {.icase = true, .dot_all = true}), {"ab\nc"}), "(1,3)");
  EXPECT_EQ(captured(compiled("^c", {.multiline = true}), {"ab\nc"}), "(3,4)");
  EXPECT_EQ(captured(compiled("a*?", {.dialect = Dialect::kPerl, .encoding = Encoding::kUtf8}), {"é"}), "(0,0)");
  EXPECT_EQ(captured(compiled("a\\{2", {.dialect = Dialect::kEre}), {"a{2"}), "(0,3)");
  EXPECT_EQ(captured(compiled("^.$"), {"é"}), "");
  EXPECT_EQ(captured(compiled("^.$", {.encoding = Encoding::kUtf8}), {"é"}), "(0,2)");
  EXPECT_EQ(captured(compiled(".", {.encoding = Encoding::kUtf8}), {.haystack = "éa", .begin = 1}), "(2,3)");
  EXPECT_EQ(captured(compiled(".", {.encoding = Encoding::kUtf8}), {"\xFF"}), "");
}

TEST(RegexTest, PatternsAndHaystacksHoldAnyByte) {
  std::string_view pattern("a\0b", 3);
  Regex regex = compiled(pattern);
  EXPECT_EQ(regex.pattern(), pattern);
  EXPECT_EQ(captured(regex, {std::string_view("xa\0b", 4)}), "(1,4)");
}

TEST(RegexTest, GroupsHaveNumbersAndSomeHaveNames) {
  Regex regex = compiled("(?P<year>\\d+)-(\\d+)-(?:x)(?P<day>\\d+)");
  EXPECT_EQ(regex.group_count(), 3U);
  EXPECT_EQ(regex.group_name(1), "year");
  EXPECT_EQ(regex.group_name(2), "");
  EXPECT_EQ(regex.group_name(3), "day");
  EXPECT_EQ(regex.group_name(0), "");
  EXPECT_EQ(regex.group_name(4), "");
  EXPECT_EQ(regex.group_number("day"), 3U);
  EXPECT_EQ(regex.group_number("month"), std::nullopt);
  EXPECT_EQ(regex.group_number(""), std::nullopt);
}

TEST(RegexTest, WhatIsWrongWithAPattern) {
  struct Wrong {
    const char* pattern;
    ErrorKind kind;
    std::size_t offset;
  };
  for (const Wrong& wrong : {Wrong{"ab(c", ErrorKind::kMissingParen, 2},
                             {"a)", ErrorKind::kUnexpectedParen, 1},
                             {"x[a", ErrorKind::kMissingBracket, 1},
                             {"*a", ErrorKind::kNothingToRepeat, 0},
                             {"a{1001}", ErrorKind::kRepeatTooLarge, 1},
                             {"(a)\\1", ErrorKind::kBackreference, 3},
                             {"(?=a)", ErrorKind::kLookaround, 0},
                             {"a++", ErrorKind::kPossessive, 2}}) {
    Regex::Compiled result = Regex::compile(wrong.pattern);
    ASSERT_FALSE(result) << wrong.pattern;
    EXPECT_EQ(to_string(result.error().kind), to_string(wrong.kind)) << wrong.pattern;
    EXPECT_EQ(result.error().offset, wrong.offset) << wrong.pattern;
    EXPECT_FALSE(result.error().message.empty());
  }
  EXPECT_TRUE(Regex::compile("(a)\\1").error().is_unsupported());
  EXPECT_TRUE(Regex::compile("a{1001}").error().is_limit());
  EXPECT_FALSE(Regex::compile("(").error().is_limit());
  EXPECT_FALSE(Regex::compile("(").error().is_unsupported());
}

TEST(RegexTest, CompileLimitsAreErrorsOfTheirOwn) {
  auto kind = [](std::string_view pattern, const CompileLimits& limits) {
    return Regex::compile(pattern, {.limits = limits}).error().kind;
  };
  EXPECT_EQ(kind("a", {.program_bytes = 8}), ErrorKind::kProgramTooLarge);
  EXPECT_EQ(kind("a{7}", {.repeat_count = 6}), ErrorKind::kRepeatTooLarge);
  EXPECT_EQ(kind("abc", {.pattern_bytes = 2}), ErrorKind::kPatternTooLong);
  EXPECT_EQ(kind("((((a))))", {.nesting_depth = 3}), ErrorKind::kTooDeep);
  EXPECT_EQ(kind("a", {.nesting_depth = 2000}), ErrorKind::kInvalidOptions);
  EXPECT_TRUE(Regex::compile("a{2000}", {.limits = {.repeat_count = 2000}}));
}

TEST(RegexTest, UnknownOptionsAreRefused) {
  EXPECT_EQ(Regex::compile("a", {.semantics = static_cast<Semantics>(9)}).error().kind, ErrorKind::kInvalidOptions);
  EXPECT_EQ(Regex::compile("a", {.disabled_optimizations = 1U << 31}).error().kind, ErrorKind::kInvalidOptions);
}

TEST(RegexTest, OptimizationsCanBeSwitchedOffByName) {
  std::uint32_t all = 0;
  for (std::uint32_t k = 0; !optimization_name(k).empty(); ++k) {
    EXPECT_EQ(optimization_bit(optimization_name(k)), 1U << k);
    all |= 1U << k;
    EXPECT_EQ(captured(compiled("(x|a+)(b?)", {.disabled_optimizations = 1U << k}), {"caab"}), "(1,4)(1,3)(3,4)");
  }
  EXPECT_NE(all, 0U);
  EXPECT_EQ(optimization_bit("speed"), std::nullopt);
  EXPECT_EQ(captured(compiled("(x|a+)(b?)", {.disabled_optimizations = all}), {"caab"}), "(1,4)(1,3)(3,4)");
}

TEST(RegexTest, SearchLimitsHaveNames) {
  std::uint32_t all = 0;
  for (std::uint32_t k = 0; !optimization_name(k).empty(); ++k) all |= 1U << k;
  Regex regex = compiled("(a|b)*c", {.disabled_optimizations = all});
  std::string haystack(10'000, 'a');
  Scratch scratch;
  Slots slots;
  EXPECT_EQ(regex.captures({.haystack = haystack, .step_limit = 1000}, scratch, slots), Result::kStepLimit);
  EXPECT_EQ(regex.captures({.haystack = haystack, .memory_limit_bytes = 10}, scratch, slots), Result::kMemoryLimit);
  EXPECT_TRUE(slots.empty());
  EXPECT_EQ(regex.find({.haystack = haystack, .step_limit = 1000}, scratch).result, Result::kStepLimit);
  EXPECT_EQ(regex.captures({haystack}, scratch, slots), Result::kNoMatch);
  EXPECT_GT(scratch.steps(), 10'000U);
  EXPECT_GT(scratch.bytes(), 10U);
}

TEST(RegexTest, CopiesOutliveTheOriginal) {
  std::optional<Regex> original = compiled("b(c)");
  Regex copy = *original;
  original.reset();
  EXPECT_EQ(captured(copy, {"abc"}), "(1,3)(2,3)");
}

TEST(FinderTest, VisitsEveryMatch) {
  Regex regex = compiled("(a)|b");
  Scratch scratch;
  Slots slots;
  std::string all;
  EXPECT_EQ(regex.captures_all({"abcb"}, scratch, slots,
                               [&](const Slots& match) { return all += to_string(match) + " ", true; }),
            Result::kMatch);
  EXPECT_EQ(all, "(0,1)(0,1) (1,2)(?,?) (3,4)(?,?) ");
  int seen = 0;
  EXPECT_EQ(regex.find_all({"abcb"}, scratch, [&](Span) { return ++seen < 2; }), Result::kMatch);
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(regex.find_all({"xyz"}, scratch, [](Span) { return true; }), Result::kNoMatch);
}

TEST(FinderTest, StepsByItself) {
  Regex regex = compiled("a*");
  Scratch scratch;
  Finder finder(regex, scratch, {"baac"});
  Slots spans;
  while (finder.next() == Result::kMatch) spans.push_back(finder.span());
  EXPECT_EQ(to_string(spans), "(0,0)(1,3)(4,4)");
  EXPECT_EQ(finder.next(), Result::kNoMatch);
}

TEST(FinderTest, GoesOnWhereAnotherStopped) {
  Regex regex = compiled("a*");
  Scratch scratch;
  Finder finder(regex, scratch, {"aab"});
  ASSERT_EQ(finder.next(), Result::kMatch);
  Finder other(regex, scratch, finder.rest(), finder.last_end());
  ASSERT_EQ(other.next(), Result::kMatch);
  EXPECT_EQ(other.span(), (Span{3, 3}));
}

// As in the header: every search looks to the end. The limit is on all of them.
TEST(FinderTest, TheStepLimitBoundsAQuadraticIteration) {
  Regex regex = compiled("(?s).*b|a");
  std::string haystack(20'000, 'a');
  Scratch scratch;
  std::size_t seen = 0;
  Result result =
      regex.find_all({.haystack = haystack, .step_limit = 1'000'000}, scratch, [&](Span) { return ++seen; });
  EXPECT_EQ(result, Result::kStepLimit);
  EXPECT_LT(seen, 100U);
}

TEST(ScratchTest, ThreadsShareARegexAndAPool) {
  Regex regex = compiled("(a|ab)(c|bcd)(d*)");
  ScratchPool pool;
  std::vector<std::thread> threads;
  std::vector<std::string> answers(4);
  for (std::size_t t = 0; t < answers.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int k = 0; k < 200; ++k) {
        ScratchPool::Loan scratch = pool.borrow();
        Slots slots;
        if (regex.captures({"xabcd"}, *scratch, slots) == Result::kMatch) answers[t] = to_string(slots);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) EXPECT_EQ(answer, "(1,5)(1,3)(3,4)(4,5)");
}

TEST(ScratchTest, OneScratchServesManyRegexes) {
  Scratch scratch;
  Scratch moved = std::move(scratch);
  Slots slots;
  for (int k = 0; k < 3; ++k) {
    for (std::string_view pattern : {"(a)", "(a)(b)", "b"}) {
      Regex regex = compiled(pattern);
      EXPECT_EQ(regex.captures({"ab"}, moved, slots), Result::kMatch);
      EXPECT_EQ(slots.size(), 1 + regex.group_count());
    }
  }
}

TEST(VersionTest, IsTheProjects) { EXPECT_EQ(version(), REDOUBT_VERSION); }

}  // namespace
}  // namespace redoubt
