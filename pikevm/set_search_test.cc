// Sets against their patterns one by one: what matches in the set is what search() says of each pattern by itself.
#include "pikevm/set_search.h"

#include <gtest/gtest.h>

#include "pikevm/generate_for_test.h"
#include "pikevm/pikevm.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

std::vector<PatternId> members(const PatternBits& bits) {
  std::vector<PatternId> all;
  for (PatternId p = 0; p < bits.size() * 64; ++p) {
    if (bits[p / 64] >> (p % 64) & 1) all.push_back(p);
  }
  return all;
}

/// A set and its patterns by themselves.
class SetUnderTest {
 public:
  SetUnderTest(std::vector<syntax::Regex> trees, Encoding encoding) : trees_(std::move(trees)), encoding_(encoding) {
    set = compile_set(trees_, {.encoding = encoding}).value();
    for (const syntax::Regex& tree : trees_) {
      singles_.push_back(compile(tree, {.semantics = Semantics::kLeftmostFirst, .encoding = encoding}).value());
    }
  }

  std::vector<PatternId> one_by_one(const SetSearch& search) {
    std::vector<PatternId> all;
    Slots slots;
    for (PatternId p = 0; p < singles_.size(); ++p) {
      Search single{.haystack = search.haystack,
                    .begin = search.begin,
                    .end = search.end,
                    .anchored = search.anchored,
                    .wanted_slots = 0};
      if (pikevm::search(*singles_[p], scratch_, single, slots) == Result::kMatch) all.push_back(p);
    }
    return all;
  }

  /// With a cache, with one that is always too small, and without.
  void expect_agreement(SetSearch search) {
    std::vector<PatternId> expected = one_by_one(search);
    for (std::size_t cache_bytes : {std::size_t{8} << 20, std::size_t{6000}, std::size_t{0}}) {
      search.cache_bytes = cache_bytes;
      PatternBits matched;
      Result result = search_set(*set, scratches[cache_bytes == 6000 ? 1 : cache_bytes == 0 ? 2 : 0], search, matched);
      ASSERT_EQ(members(matched), expected)
          << "on \"" << syntax::escape_bytes(search.haystack) << "\" from " << search.begin << " to " << search.end
          << (search.anchored ? ", anchored" : "") << ", cache " << cache_bytes << ", first pattern "
          << syntax::to_text(trees_[0], encoding_);
      ASSERT_EQ(result, expected.empty() ? Result::kNoMatch : Result::kMatch);
    }
  }

  std::shared_ptr<const SetProgram> set;
  SetScratch scratches[3];

 private:
  std::vector<syntax::Regex> trees_;
  Encoding encoding_;
  std::vector<std::shared_ptr<const Program>> singles_;
  Scratch scratch_;
};

syntax::Regex parsed(const std::string& pattern, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions options;
  options.encoding = encoding;
  return syntax::parse(pattern, options).value();
}

std::vector<syntax::Regex> parsed_all(const std::vector<std::string>& patterns, Encoding encoding = Encoding::kBytes) {
  std::vector<syntax::Regex> trees;
  for (const std::string& pattern : patterns) trees.push_back(parsed(pattern, encoding));
  return trees;
}

TEST(SetSearchTest, TellsWhichPatternsMatch) {
  SetUnderTest test(parsed_all({"foo", "ba+r", "^x", "x$", "(a|b)*", "\\bq\\b", "z{3}"}), Encoding::kBytes);
  PatternBits matched;
  EXPECT_EQ(search_set(*test.set, test.scratches[0], {.haystack = "x baaar q fo"}, matched), Result::kMatch);
  EXPECT_EQ(members(matched), (std::vector<PatternId>{1, 2, 4, 5}));
}

TEST(SetSearchTest, NoPatternsNoMatch) {
  auto set = compile_set({}, {}).value();
  SetScratch scratch;
  PatternBits matched{1};
  EXPECT_EQ(search_set(*set, scratch, {.haystack = "a"}, matched), Result::kNoMatch);
  EXPECT_TRUE(matched.empty());
}

TEST(SetSearchTest, AllSmallRegexesAndHaystacks) {
  std::vector<syntax::Regex> trees = test::all_regexes(3, false);
  SetUnderTest test(std::move(trees), Encoding::kBytes);
  for (const std::string& haystack : test::all_haystacks("ab\n", 4)) {
    for (bool anchored : {false, true}) {
      test.expect_agreement({.haystack = haystack, .anchored = anchored});
      test.expect_agreement({.haystack = haystack, .begin = 1, .end = 3, .anchored = anchored});
      if (HasFatalFailure()) return;
    }
  }
}

TEST(SetSearchTest, RandomSets) {
  test::RandomRegex random(17);
  for (std::uint32_t size : {1U, 2U, 5U, 30U, 64U, 65U, 200U, 1000U}) {
    for (int round = 0; round < (size < 100 ? 40 : 3); ++round) {
      std::vector<syntax::Regex> trees;
      for (std::uint32_t k = 0; k < size; ++k) trees.push_back(random.regex(2 + random.pick(4), true));
      SetUnderTest test(std::move(trees), Encoding::kBytes);
      for (int k = 0; k < 12; ++k) {
        std::string haystack = random.haystack(k % 2 ? "ab" : "ab\n c", k < 9 ? 12 : 300);
        SetSearch search{.haystack = haystack, .anchored = random.pick(4) == 0};
        if (random.pick(3) == 0) search.begin = random.pick(6), search.end = search.begin + random.pick(20);
        test.expect_agreement(search);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(SetSearchTest, Utf8) {
  std::vector<std::string> patterns = {"é",    "(?i)É+",  ".",      "[^a]", "[à-ü]{2}", "\\w", "(?i)straſse", "..a",
                                       "^.a$", "\\bé\\b", "[^\\n]", "😀|a$", "\\B.\\b",  "",    "\\x{10FFFF}"};
  SetUnderTest test(parsed_all(patterns, Encoding::kUtf8), Encoding::kUtf8);
  const std::string pieces[] = {"é", "É", "a", "\n", "😀", "ü", "\xFF", "\xC3", "\xF0\x9F", "STRASSE", " "};
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string haystack;
    for (auto k = random() % 8; k > 0; --k) haystack += pieces[random() % std::size(pieces)];
    SetSearch search{.haystack = haystack, .anchored = random() % 4 == 0};
    if (random() % 2 == 0) search.begin = random() % 5, search.end = search.begin + random() % 8;
    test.expect_agreement(search);
    if (HasFatalFailure()) return;
  }
}

TEST(SetSearchTest, OnlyTheWanted) {
  auto set = compile_set(parsed_all({"a", "b", "c", "a|b"}), {}).value();
  SetScratch scratch;
  for (std::size_t cache_bytes : {std::size_t{1} << 20, std::size_t{0}}) {
    PatternBits wanted{0b1010}, matched;
    SetSearch search{.haystack = "xxaxxb", .wanted = &wanted, .cache_bytes = cache_bytes};
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kMatch);
    EXPECT_EQ(members(matched), (std::vector<PatternId>{1, 3}));
    search.first_only = true;
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kMatch);
    EXPECT_EQ(members(matched), (std::vector<PatternId>{3}));
    wanted = {0b0100};
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kNoMatch);
  }
}

TEST(SetSearchTest, StopsEarly) {
  auto set = compile_set(parsed_all({"a", "b", "b|c"}), {}).value();
  std::string haystack = "xxa" + std::string(100'000, 'x') + "b" + std::string(100'000, 'x');
  for (std::size_t cache_bytes : {std::size_t{1} << 20, std::size_t{0}}) {
    SetScratch scratch;
    PatternBits matched;
    SetSearch search{.haystack = haystack, .first_only = true, .cache_bytes = cache_bytes};
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kMatch);
    EXPECT_LT(scratch.usage().steps, 1000U);
    search.first_only = false;
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kMatch);
    EXPECT_LT(scratch.usage().steps, cache_bytes > 0 ? 110'000U : 220'000U);
  }
}

// Once a pattern is known to match, its threads cost nothing more.
TEST(SetSearchTest, WhatHasMatchedIsDropped) {
  auto set = compile_set(parsed_all({"a|a[^z]*q", "ab|a[^z]*y", "zz"}), {}).value();
  std::string haystack = "ab" + std::string(10'000, 'a');
  SetScratch scratch;
  PatternBits matched;
  EXPECT_EQ(search_set(*set, scratch, {.haystack = haystack, .cache_bytes = 0}, matched), Result::kMatch);
  EXPECT_EQ(members(matched), (std::vector<PatternId>{0, 1}));
  // The unit itself, and what starts at an a.
  EXPECT_LT(scratch.usage().steps, 70'000U);
  // Remembered: the dead state, the first, and the one behind an a.
  EXPECT_EQ(search_set(*set, scratch, {.haystack = haystack}, matched), Result::kMatch);
  EXPECT_LE(scratch.states(), 3U);
}

TEST(SetSearchTest, LimitsHaveNames) {
  auto set = compile_set(parsed_all({"a", "b+c", "x[^y]{30}z"}), {}).value();
  std::string haystack = "a" + std::string(5000, 'x');
  for (std::size_t cache_bytes : {std::size_t{1} << 20, std::size_t{0}}) {
    SetScratch scratch;
    PatternBits matched;
    SetSearch search{.haystack = haystack, .cache_bytes = cache_bytes, .step_limit = 1000};
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kStepLimit);
    EXPECT_EQ(members(matched), (std::vector<PatternId>{0}));
    EXPECT_LT(scratch.usage().steps, 1200U);
    search.step_limit = 10'000'000;
    search.memory_limit_bytes = 100;
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kMemoryLimit);
    search.memory_limit_bytes = 1 << 20;
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kMatch);
  }
}

// The states of such a set are as many as there are subsets of 16 places, for each pattern: nothing is remembered long.
TEST(SetSearchTest, LinearAndBoundedWhereRememberingDoesNotPay) {
  auto set = compile_set(parsed_all({"a[^z]{16}b.c", "[ab]{2}a[^z]{15}bz", "b[^z]{17}az"}), {}).value();
  test::RandomRegex random(3);
  std::string haystack;
  while (haystack.size() < 400'000) haystack += random.haystack("ab", 100);
  SetScratch scratch;
  std::uint64_t steps[2];
  for (int k = 0; k < 2; ++k) {
    PatternBits matched;
    SetSearch search{.haystack = std::string_view(haystack).substr(0, 200'000U << k), .cache_bytes = 100'000};
    EXPECT_EQ(search_set(*set, scratch, search, matched), Result::kNoMatch);
    steps[k] = scratch.usage().steps;
    EXPECT_LT(scratch.usage().bytes, 200'000U);
  }
  EXPECT_GT(scratch.flushes(), 0U);
  EXPECT_LT(static_cast<double>(steps[1]), 2.2 * static_cast<double>(steps[0]));
}

TEST(SetProgramTest, TooLargeNamesThePattern) {
  SetResult result = compile_set(parsed_all({"a", "b{900}", "c"}), {.program_budget_bytes = 10'000});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().pattern, 1U);
  EXPECT_EQ(result.error().message, "the pattern's program in the set would take more than its budget of 10000 bytes");
  result = compile_set(parsed_all({"a{200}", "b{200}", "c{200}"}), {.program_budget_bytes = 10'000});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().pattern, 2U);
}

TEST(SetProgramTest, EqualClassesAreOne) {
  auto alone = compile_set(parsed_all({"[a-f]x"}), {}).value();
  auto many = compile_set(parsed_all(std::vector<std::string>(50, "([a-f])(x)")), {}).value();
  EXPECT_EQ(many->alphabet.part_count(), alone->alphabet.part_count());
  EXPECT_EQ(many->insts.size(), 50 * alone->insts.size());
}

}  // namespace
}  // namespace redoubt::pikevm
