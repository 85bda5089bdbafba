// Leftmost-first with loop policy `pcre2`: decided cases (PCRE2 10.42 and RE2 2022-06 answer so, too), and against a
// backtracker on all small regexes.
#include <gtest/gtest.h>

#include "pikevm/backtrack_for_test.h"
#include "pikevm/generate_for_test.h"
#include "pikevm/pikevm.h"
#include "pikevm/progress.h"
#include "pikevm/ways_for_test.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

// Nothing may simplify the loops away that the tests are about.
constexpr Optimizations kAsTheyStand = Optimizations::all().without(Optimization::kSimplify);
constexpr Options kPcre2{
    .semantics = Semantics::kLeftmostFirst, .loop_policy = LoopPolicy::kPcre2, .optimizations = kAsTheyStand};
constexpr Options kRe2{.semantics = Semantics::kLeftmostFirst, .optimizations = kAsTheyStand};

std::shared_ptr<const Program> program_of(const char* pattern, const Options& options) {
  return compile(syntax::parse(pattern).value(), options).value();
}

void expect_answer(const char* pattern, const Options& options, std::string_view haystack, const char* answer) {
  for (const test::Way& way : test::ways(syntax::parse(pattern).value(), options)) {
    Scratch scratch;
    Slots slots;
    Result result = search(*way.program, scratch, {.haystack = haystack}, slots);
    std::string got = result == Result::kMatch ? to_string(slots) : result == Result::kNoMatch ? "" : "limit";
    EXPECT_EQ(got, answer) << pattern << " on " << haystack << ", " << way.name;
  }
}

struct Decided {
  const char* pattern;
  const char* haystack;
  const char* pcre2;  ///< "" for no match
  const char* re2;
};

class LoopPolicyTest : public testing::TestWithParam<Decided> {};

TEST_P(LoopPolicyTest, Answer) {
  const Decided& c = GetParam();
  expect_answer(c.pattern, kPcre2, c.haystack, c.pcre2);
  expect_answer(c.pattern, kRe2, c.haystack, c.re2);
}

INSTANTIATE_TEST_SUITE_P(Cases, LoopPolicyTest,
                         testing::Values(Decided{"(a*)*", "a", "(0,1)(1,1)", "(0,1)(0,1)"},
                                         Decided{"(a*|b)*", "ab", "(0,1)(1,1)", "(0,2)(1,2)"},
                                         Decided{"(a|)*", "ab", "(0,1)(1,1)", "(0,1)(0,1)"},
                                         Decided{"(a|b?)*", "ab", "(0,2)(2,2)", "(0,2)(1,2)"},
                                         Decided{"((a*)*)*", "aa", "(0,2)(2,2)(2,2)", "(0,2)(0,2)(0,2)"},
                                         Decided{"((a*|b)*)*", "aba", "(0,1)(1,1)(1,1)", "(0,3)(0,3)(2,3)"},
                                         Decided{"((a*|b)*|c)*", "abc", "(0,1)(1,1)(1,1)", "(0,3)(2,3)(1,2)"},
                                         Decided{"(?:(a*)*b)*", "aab", "(0,3)(2,2)", "(0,3)(0,2)"},
                                         Decided{"(a*?)*b", "aab", "(0,3)(2,2)", "(0,3)(0,2)"},
                                         Decided{"(a?\?)*", "aa", "(0,0)(0,0)", "(0,0)(0,0)"},
                                         Decided{"(a?\?)*?", "aa", "(0,0)(?,?)", "(0,0)(?,?)"},
                                         Decided{"(?:(a?\?)+?)+b", "ab", "(0,2)(1,1)", "(0,2)(0,1)"},
                                         Decided{"(a*){2,}", "aa", "(0,2)(2,2)", "(0,2)(2,2)"},
                                         Decided{"((a?){2})*", "aaa", "(0,3)(3,3)(3,3)", "(0,3)(2,3)(3,3)"},
                                         Decided{"(^a*)*", "aa", "(0,2)(0,2)", "(0,2)(0,2)"},
                                         Decided{"(^|a)*", "aa", "(0,0)(0,0)", "(0,0)(0,0)"},
                                         Decided{"(a*$)*", "aa", "(0,2)(2,2)", "(0,2)(0,2)"},
                                         Decided{"((^)|a)+b", "ab", "(0,2)(0,1)(?,?)", "(0,2)(0,1)(?,?)"},
                                         Decided{"(?:(a|b*)*(c|))*", "abcb", "(0,4)(4,4)(4,4)", "(0,4)(3,4)(4,4)"},
                                         Decided{"((a?)*|b)*", "ab", "(0,1)(1,1)(1,1)", "(0,2)(1,2)(0,1)"},
                                         Decided{"(?:(?:(a)|b*)*?c?)*?$", "abc", "(0,3)(0,1)", "(0,3)(0,1)"},
                                         Decided{"((a*)+|b)+", "aab", "(0,2)(2,2)(2,2)", "(0,3)(2,3)(0,2)"}));

TEST(LoopPolicy, OnlyLoopsOverWhatCanBeEmptyCheckForProgress) {
  for (const char* pattern : {"a*b+?", "(a|bc)*", "(a?){2,5}", "(?:(?:a?){3}b)+", "(?:){3,}", "(?:(?:)+|b)", "a{0}"}) {
    EXPECT_EQ(program_of(pattern, kPcre2)->loop_depth, 0U) << pattern;
  }
  for (const char* pattern : {"(a?)*", "(?:a*){2,}", "(?:^)+", "(?:a*b*)*?", "(?:(?:a?)*b)*"}) {
    EXPECT_EQ(program_of(pattern, kPcre2)->loop_depth, 1U) << pattern;
  }
  EXPECT_EQ(program_of("((a*)*)*", kPcre2)->loop_depth, 2U);
  EXPECT_EQ(program_of("(?:(?:(?:a?)*|b)+){3}(?:c?)*", kPcre2)->loop_depth, 2U);
}

TEST(LoopPolicy, ProgramsWithoutSuchLoopsAreTheSame) {
  for (const char* pattern : {"a*b+?(a|bc)*", "(a?){2,5}$", "(?:(?:)+|b)c", "((a|b){3,}x)*"}) {
    std::string pcre2 = dump(*program_of(pattern, kPcre2));
    std::string re2 = dump(*program_of(pattern, kRe2));
    EXPECT_EQ(pcre2.substr(pcre2.find('\n')), re2.substr(re2.find('\n'))) << pattern;
  }
}

TEST(LoopPolicy, LeftmostLongestHasNone) {
  auto program = program_of("(?:a*)*b(?:c?)+", {.loop_policy = LoopPolicy::kPcre2});
  EXPECT_EQ(program->loop_depth, 0U);
  EXPECT_EQ(program->loop_policy, LoopPolicy::kRe2);
}

TEST(LoopPolicy, Dump) {
  EXPECT_EQ(dump(*program_of("(?:(a?)+?)*", kPcre2)),
            "perl (loop policy pcre2) bytes, 1 groups, 2 parts\n"
            "   0  split 1, 9\n"
            "   1  enter 1 -> 2\n"
            "   2  enter 2 -> 3\n"
            "   3  save 0 -> 4\n"
            "   4  split 5, 6\n"
            "   5  class 1 -> 6\n"
            "   6  save 1 -> 7\n"
            "   7  loop 2: 8, 2; out 8\n"
            "   8  loop 1: 1, 9; out 9\n"
            "   9  match\n");
}

TEST(LoopPolicy, LevelsCountAgainstTheBudget) {
  std::string pattern = "a?";
  for (int k = 0; k < 200; ++k) pattern = "(?:" + pattern + ")*";
  syntax::Regex r = syntax::parse(pattern).value();
  Options options = kPcre2;
  options.program_budget_bytes = 100'000;
  EXPECT_TRUE(compile(r, {.semantics = Semantics::kLeftmostFirst, .program_budget_bytes = 100'000}));
  auto refused = compile(r, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, CompileErrorKind::kProgramTooLarge);
  EXPECT_TRUE(compile(r, kPcre2));
}

// Time is linear in the haystack, and in the depth of nesting beyond the size of the program.
TEST(LoopPolicy, StepsAreLinear) {
  for (const char* pattern : {"(a*)*b", "((a*)*)*b", "(((a|b)*)*|(c?)*)*d", "(?:(?:a?\?)*?)*?b", "((a?){1,50})*b"}) {
    for (const auto& [name, program] : test::ways(syntax::parse(pattern).value(), kPcre2)) {
      Scratch scratch;
      Slots slots;
      std::uint64_t before = 0;
      for (std::size_t length : {2000, 4000, 8000}) {
        std::string haystack(length, 'a');
        EXPECT_EQ(search(*program, scratch, {.haystack = haystack}, slots), Result::kNoMatch);
        std::uint64_t steps = scratch.usage().steps;
        EXPECT_LE(steps, 6 * length * Points::count(*program)) << pattern << ", " << name;
        if (before > 0) {
          EXPECT_LE(steps, 2 * before + before / 100) << pattern << ", " << name;
        }
        before = steps;
      }
    }
  }
}

class BacktrackTest : public testing::Test {
 protected:
  void compare(const syntax::Regex& r, const std::vector<std::string>& haystacks) {
    const std::vector<test::Way> ways = test::ways(r, kPcre2);
    for (const std::string& h : haystacks) {
      bool gave_up = false;
      std::optional<Slots> expected = test::Backtracker::match(r, h, gave_up);
      given_up_ += gave_up;
      if (gave_up) continue;
      for (const auto& [name, program] : ways) {
        Slots slots;
        Result result = search(*program, scratch_, {.haystack = h}, slots);
        ASSERT_EQ(result == Result::kMatch, expected.has_value()) << syntax::to_text(r) << " on " << h << ", " << name;
        if (!expected) continue;
        ASSERT_EQ(slots, *expected) << syntax::to_text(r) << " on " << h << ", " << name << ": " << to_string(slots)
                                    << ", expected " << to_string(*expected) << "\n"
                                    << dump(*program);
        Slots span;
        ASSERT_EQ(search(*program, scratch_, {.haystack = h, .wanted_slots = 1}, span), result);
        ASSERT_EQ(span[0], slots[0]) << syntax::to_text(r) << " on " << h << ", " << name;
      }
      ++compared_;
      deep_ += ways[0].program->loop_depth > 1;
    }
  }

  Scratch scratch_;
  std::uint64_t compared_ = 0;
  std::uint64_t deep_ = 0;  ///< with loops that check for progress inside such loops
  int given_up_ = 0;
};

TEST_F(BacktrackTest, AllRegexesOfFourNodesOnAllHaystacksOfFourBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 4);
  for (std::uint32_t size = 1; size <= 4; ++size) {
    for (const syntax::Regex& r : test::all_regexes(size, true)) {
      ASSERT_NO_FATAL_FAILURE(compare(syntax::renumber_groups(r), haystacks));
    }
  }
  EXPECT_EQ(given_up_, 0);
}

TEST_F(BacktrackTest, RandomRegexes) {
  test::RandomRegex random(3);
  for (int k = 0; k < test::kRandomRounds; ++k) {
    std::vector<std::string> haystacks;
    for (int n = 0; n < 4; ++n) haystacks.push_back(random.haystack(n == 3 ? "ab \n" : "ab", 6));
    ASSERT_NO_FATAL_FAILURE(compare(random.regex(6, true), haystacks));
  }
  EXPECT_LT(given_up_, 800);
}

// Loops within loops within loops, the parts of which can all be empty: where levels matter.
TEST_F(BacktrackTest, NestedLoops) {
  test::RandomRegex random(4);
  auto loop = [&](syntax::Regex body) {
    return syntax::repeat(std::move(body), random.pick(3), syntax::kInfinite, random.pick(3) > 0);
  };
  for (int k = 0; k < test::kRandomRounds; ++k) {
    syntax::Regex r = random.regex(2, true);
    for (std::uint32_t n = 2 + random.pick(3); n > 0; --n) {
      syntax::Regex other = random.regex(2, true);
      switch (random.pick(5)) {
        case 0:
          r = syntax::alternate({r, other});
          break;
        case 1:
          r = syntax::alternate({other, r});
          break;
        case 2:
          r = syntax::concat({r, syntax::repeat(other, 0, 1, random.pick(2) > 0)});
          break;
        case 3:
          r = syntax::concat({syntax::repeat(other, 0, syntax::kInfinite, random.pick(2) > 0), r});
          break;
        default:
          break;
      }
      r = loop(random.pick(2) > 0 ? syntax::group(r, 1) : r);
    }
    std::vector<std::string> haystacks;
    for (int n = 0; n < 4; ++n) haystacks.push_back(random.haystack("ab", 4));
    ASSERT_NO_FATAL_FAILURE(compare(syntax::renumber_groups(syntax::concat({r, random.regex(1, true)})), haystacks));
  }
  EXPECT_GT(deep_, static_cast<std::uint64_t>(test::kRandomRounds));
  EXPECT_LT(given_up_, 4000);
}

}  // namespace
}  // namespace redoubt::pikevm
