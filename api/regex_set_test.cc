#include "redoubt/regex_set.h"

#include <random>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace redoubt {
namespace {

std::vector<std::size_t> matched(const RegexSet& set, const Input& input, Scratch& scratch,
                                 const SetQuery& query = {}) {
  SetMatches matches;
  Result result = set.matches(input, scratch, matches, query);
  std::vector<std::size_t> rules;
  matches.for_each([&](std::size_t rule) { rules.push_back(rule); });
  EXPECT_EQ(result, rules.empty() ? Result::kNoMatch : Result::kMatch);
  EXPECT_EQ(matches.empty(), rules.empty());
  EXPECT_EQ(matches.count(), rules.size());
  for (std::size_t rule = 0; rule < set.size() + 70; ++rule) {
    EXPECT_EQ(matches.contains(rule), std::find(rules.begin(), rules.end(), rule) != rules.end());
  }
  return rules;
}

using Rules = std::vector<std::size_t>;

TEST(RegexSetTest, GroupsOfRules) {
  const Rule rules[] = {{"select.+from", 1, true}, {"union", 1}, {"<script", 2, true}, {"\\.\\./", 3}, {"^$", 3}};
  RegexSet set = RegexSet::compile(rules).value();
  Scratch scratch;
  std::string_view request = "GET /?q=SELECT x FROM y union <SCRIPT> ../";
  EXPECT_EQ(matched(set, {request}, scratch), (Rules{0, 1, 2, 3}));
  EXPECT_EQ(matched(set, {request}, scratch, {.group = 1}), (Rules{0, 1}));
  EXPECT_EQ(matched(set, {request}, scratch, {.group = 3}), (Rules{3}));
  EXPECT_EQ(matched(set, {request}, scratch, {.group = 7}), Rules{});
  EXPECT_EQ(matched(set, {request}, scratch, {.first_only = true}), (Rules{0}));
  EXPECT_EQ(matched(set, {request}, scratch, {.group = 2, .first_only = true}), (Rules{2}));
  EXPECT_EQ(matched(set, {""}, scratch), (Rules{4}));
  EXPECT_EQ(matched(set, {.haystack = request, .begin = 20, .end = 30}, scratch), (Rules{1}));
  EXPECT_EQ(matched(set, {.haystack = "union", .anchored = true}, scratch), (Rules{1}));
  EXPECT_EQ(set.group(3), 3U);
}

TEST(RegexSetTest, CapturesOfThoseThatMatched) {
  const Rule rules[] = {{"user=(\\w+)"}, {"id=(\\d+)"}, {"key=(\\w+)"}};
  RegexSet set = RegexSet::compile(rules).value();
  Scratch scratch;
  Slots slots;
  Input input{"id=17 user=eve"};
  for (std::size_t rule : matched(set, input, scratch)) {
    ASSERT_EQ(set.regex(rule).captures(input, scratch, slots), Result::kMatch);
    EXPECT_EQ(slots[1], rule == 0 ? (Span{11, 14}) : (Span{3, 5}));
  }
}

TEST(RegexSetTest, ErrorsNameTheRule) {
  const Rule malformed[] = {{"a"}, {"b"}, {"c["}};
  RegexSet::Compiled result = RegexSet::compile(malformed);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().rule, 2U);
  EXPECT_EQ(result.error().error.kind, ErrorKind::kMissingBracket);
  EXPECT_EQ(result.error().error.offset, 1U);
  const Rule large[] = {{"a"}, {"b{1000}"}, {"c"}};
  result = RegexSet::compile(large, {.program_bytes = 2000});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().rule, 1U);
  EXPECT_EQ(result.error().error.kind, ErrorKind::kProgramTooLarge);
  result = RegexSet::compile(large, {.regex = {.limits = {.program_bytes = 2000}}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().rule, 1U);
}

TEST(RegexSetTest, NoRules) {
  RegexSet set = RegexSet::compile({}).value();
  Scratch scratch;
  EXPECT_EQ(matched(set, {"a"}, scratch), Rules{});
}

TEST(RegexSetTest, LimitsHaveNames) {
  const Rule rules[] = {{"a"}, {"b"}};
  RegexSet set = RegexSet::compile(rules).value();
  Scratch scratch;
  SetMatches matches;
  std::string haystack = "a" + std::string(1000, 'x');
  EXPECT_EQ(set.matches({.haystack = haystack, .step_limit = 100}, scratch, matches), Result::kStepLimit);
  EXPECT_TRUE(matches.contains(0));
  EXPECT_GT(scratch.steps(), 100U);
  EXPECT_EQ(set.matches({.haystack = haystack, .memory_limit_bytes = 10}, scratch, matches), Result::kMemoryLimit);
}

// What the set says, each rule says of itself, in either semantics and encoding; sets alternate in one scratch.
TEST(RegexSetTest, AgreesWithItsRules) {
  const std::string pieces[] = {"a", "b",    "é",   "[^b]",   ".",      "(?i)É", "\\b",   "x{2,3}",
                                "|", "(a|)", "a+?", "\\d\\w", "(?m)^a", "$",     "[b-é]", "a*"};
  std::mt19937 random(11);
  Scratch scratch;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::string> texts(1 + random() % 100);
    std::vector<Rule> rules;
    for (std::string& text : texts) {
      for (auto k = 1 + random() % 4; k > 0; --k) text += pieces[random() % std::size(pieces)];
      rules.push_back({text});
    }
    Options options{.semantics = random() % 2 ? Semantics::kLeftmostFirst : Semantics::kLeftmostLongest,
                    .encoding = random() % 2 ? Encoding::kUtf8 : Encoding::kBytes};
    std::erase_if(rules, [&](const Rule& rule) { return !Regex::compile(rule.pattern, options); });
    RegexSet set = RegexSet::compile(rules, {.regex = options}).value();
    for (int k = 0; k < 20; ++k) {
      std::string haystack;
      for (auto n = random() % 6; n > 0; --n) haystack += std::string(pieces[random() % 5]) + (n % 2 ? "x\n" : " 1");
      Input input{.haystack = haystack, .begin = random() % 3, .anchored = random() % 4 == 0};
      Rules expected;
      for (std::size_t rule = 0; rule < set.size(); ++rule) {
        if (set.regex(rule).is_match(input, scratch) == Result::kMatch) expected.push_back(rule);
      }
      ASSERT_EQ(matched(set, input, scratch), expected) << haystack;
    }
  }
}

TEST(RegexSetTest, ThreadsShareASet) {
  const Rule rules[] = {{"a+b"}, {"b+c"}, {"[^x]{9}z"}};
  RegexSet set = RegexSet::compile(rules).value();
  ScratchPool pool;
  std::vector<std::thread> threads;
  std::vector<Rules> answers(4);
  for (std::size_t t = 0; t < answers.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int k = 0; k < 50; ++k) answers[t] = matched(set, {"xaabb0123456789z"}, *pool.borrow());
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Rules& answer : answers) EXPECT_EQ(answer, (Rules{0, 2}));
}

}  // namespace
}  // namespace redoubt
