// The runner on laws that do not hold: what it finds, what it writes, and that it finds the same again.
#include "properties/runner.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "harness/shrink.h"
#include "properties/questions.h"
#include "syntax/printer.h"

namespace redoubt::properties {
namespace {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

/// A group under a repeat, a `b` in the haystack, and knob 5 or more: not to be had by accident, and all independent.
Verdict planted(const Question& q, Workbench&) {
  const bool repeated_group = syntax::any_node(
      q.regex, [](const Node& node) { return node.kind() == NodeKind::kRepeat && node.max_group() > 0; });
  if (!repeated_group || q.haystack.find('b') == std::string::npos || q.knob < 5) return holds();
  return fails("planted", "it is planted");
}

const Law kPlanted{"planted", "It is planted.", {.knobs = 64}, planted};

/// Two ways to fail, of which shrinking would like to slip from the first to the second.
Verdict slippery(const Question& q, Workbench&) {
  if (q.haystack.size() >= 4) return fails("long", "four bytes or more");
  if (q.haystack.size() == 1) return fails("short", "one byte");
  return holds();
}
const Law kSlippery{"slippery", "No haystack has one byte, or four.", {}, slippery};

Verdict about_text(const Question& q, Workbench&) {
  return q.haystack.find('*') == std::string::npos ? holds() : fails("star", "a star");
}
const Law kText{"text", "No text has a star.", {.shape = Shape::kText}, about_text};

class RunnerTest : public testing::Test {
 protected:
  RunnerTest() {
    settings_.folder = testing::TempDir() + "/redoubt-runner-test";
    std::filesystem::remove_all(settings_.folder);
  }
  ~RunnerTest() override { std::filesystem::remove_all(settings_.folder); }

  RunSettings settings_;
  Workbench bench_;
};

TEST_F(RunnerTest, AFailureEndsAsTheSmallestQuestion) {
  for (settings_.seed = 1; settings_.seed < 20; ++settings_.seed) {
    const Report report = run(kPlanted, settings_, 1000, bench_);
    ASSERT_TRUE(report.failure);
    EXPECT_EQ(syntax::to_text(report.failure->minimal.regex), "()*");
    EXPECT_EQ(report.failure->minimal.haystack, "b");
    EXPECT_EQ(report.failure->minimal.knob, 5U);
  }
}

TEST_F(RunnerTest, ShrinkingKeepsTheFailure) {
  const Report report = run(kSlippery, settings_, 1000, bench_);
  ASSERT_TRUE(report.failure);
  const bool began_long = report.failure->first.haystack.size() >= 4;
  EXPECT_EQ(report.failure->minimal.haystack.size(), began_long ? 4U : 1U);
  EXPECT_EQ(report.failure->verdict.broken, began_long ? "long" : "short");
}

TEST_F(RunnerTest, TheSameSeedFindsTheSame) {
  const Report one = run(kPlanted, settings_, 1000, bench_);
  const Report two = run(kPlanted, settings_, 1000, bench_);
  EXPECT_EQ(one.asked, two.asked);
  EXPECT_EQ(one.failure->message, two.failure->message);
  settings_.seed = 2;
  EXPECT_NE(one.failure->message, run(kPlanted, settings_, 1000, bench_).failure->message);
}

TEST_F(RunnerTest, AFailureSaysWhatToTypeAndIsWrittenAsACase) {
  settings_.program = "build/properties_test";
  const Report report = run(kPlanted, settings_, 777, bench_);
  ASSERT_TRUE(report.failure);
  const Failure& failure = *report.failure;
  EXPECT_NE(failure.message.find("build/properties_test --replay " + failure.file), std::string::npos);
  EXPECT_NE(failure.message.find("REDOUBT_PROPERTY_SEED=1 REDOUBT_PROPERTY_CASES=777 build/properties_test "
                                 "--gtest_filter='Laws.planted'"),
            std::string::npos)
      << failure.message;
  const auto cases = harness::read_case_file(failure.file);
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_EQ(cases->size(), 1U);
  const harness::Case& c = cases->front();
  EXPECT_EQ(c.pattern, "()*");
  EXPECT_EQ(c.haystack, "b");
  EXPECT_EQ(c.provenance, "law planted, knob 5, seed 1");
  EXPECT_EQ(c.replay, "build/properties_test --replay " + failure.file);
  EXPECT_EQ(c.engine, "");
  EXPECT_FALSE(question_of(c)) << "no such law is registered";
}

TEST_F(RunnerTest, AStoredQuestionComesBack) {
  for (const Law& law : laws()) {
    generate::RandomChoices choices(5);
    Question q = draw_question(law.draw, choices, 60);
    q.regex = syntax::renumber_groups(q.regex);
    const harness::Case c = case_of(law, q, fails("broken", "why"), 1, bench_);
    const auto read = harness::parse_cases(harness::write_cases({c}), "a law's case");
    ASSERT_TRUE(read) << law.name << ": " << read.error().message;
    const auto stored = question_of(read->front());
    ASSERT_TRUE(stored) << law.name << ": " << stored.error();
    EXPECT_EQ(stored->law->name, law.name);
    EXPECT_EQ(stored->question.haystack, q.haystack) << law.name;
    EXPECT_EQ(stored->question.knob, q.knob);
    EXPECT_EQ(stored->question.encoding, q.encoding);
    EXPECT_EQ(stored->question.semantics, q.semantics);
    if (law.draw.shape == Shape::kRegex) {
      EXPECT_TRUE(syntax::equal(stored->question.regex, q.regex)) << law.name;
    }
  }
}

TEST_F(RunnerTest, ATextIsShrunkAsText) {
  const Report report = run(kText, settings_, 1000, bench_);
  ASSERT_TRUE(report.failure);
  EXPECT_EQ(report.failure->minimal.haystack, "*");
  EXPECT_EQ(harness::read_case_file(report.failure->file)->front().pattern, "*");
}

TEST_F(RunnerTest, ALawsNameAndStatementAreInOrder) {
  for (const Law& law : laws()) {
    EXPECT_EQ(law.statement.back(), '.') << law.name;
    EXPECT_EQ(law.statement.find('\n'), std::string_view::npos);
    EXPECT_EQ(law.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string_view::npos) << law.name;
    EXPECT_EQ(find_law(law.name)->name, law.name);
  }
  EXPECT_GE(laws().size(), 50U);
}

TEST(SettingsTest, FromTheEnvironment) {
  const auto with = [](const char* name, const char* value) {
    const char* old = std::getenv(name);
    const std::string kept = old != nullptr ? old : "";
    setenv(name, value, 1);
    const auto settings = settings_from_environment();
    old != nullptr ? setenv(name, kept.c_str(), 1) : unsetenv(name);
    return settings;
  };
  EXPECT_EQ(with("REDOUBT_PROPERTY_SEED", "17")->seed, 17U);
  EXPECT_NE(with("REDOUBT_PROPERTY_SEED", "random")->seed, with("REDOUBT_PROPERTY_SEED", "random")->seed);
  EXPECT_EQ(with("REDOUBT_PROPERTY_CASES", "12")->cases, 12);
  EXPECT_EQ(with("REDOUBT_PROPERTY_SECONDS", "1.5")->seconds, 1.5);
  for (const char* name : {"REDOUBT_PROPERTY_SEED", "REDOUBT_PROPERTY_CASES", "REDOUBT_PROPERTY_SECONDS"}) {
    EXPECT_FALSE(with(name, "soon")) << name;
  }
  EXPECT_FALSE(with("REDOUBT_PROPERTY_CASES", "0"));
  EXPECT_FALSE(with("REDOUBT_PROPERTY_SECONDS", "-1"));
}

// RapidCheck's own view of the generator.

/// Every shrink is cheaper by the shrinker's measure, so that every way down ends.
RC_GTEST_PROP(QuestionsTest, EveryShrinkIsCheaper, ()) {
  const rc::Random random(*rc::gen::arbitrary<std::uint64_t>());
  const rc::Shrinkable<Question> drawn = questions({.max_nodes = 10, .max_bytes = 8, .knobs = 9})(random, 50);
  const Question from = drawn.value();
  const auto cost = harness::cost(from.regex, from.haystack);
  rc::Seq<rc::Shrinkable<Question>> shrinks = drawn.shrinks();
  for (rc::Maybe<rc::Shrinkable<Question>> next = shrinks.next(); next; next = shrinks.next()) {
    const Question to = next->value();
    const auto there = harness::cost(to.regex, to.haystack);
    RC_ASSERT(there < cost || (there == cost && to.knob < from.knob));
  }
}

/// A draw is a value: the same randomness gives the same question, and a copy of a sequence the same shrinks.
RC_GTEST_PROP(QuestionsTest, DrawsAndShrinksAreValues, ()) {
  const rc::Random random(*rc::gen::arbitrary<std::uint64_t>());
  const rc::Gen<Question> gen = questions({.knobs = 9});
  const Question one = gen(random, 40).value(), two = gen(random, 40).value();
  RC_ASSERT(syntax::equal(one.regex, two.regex));
  RC_ASSERT(one.haystack == two.haystack && one.knob == two.knob && one.semantics == two.semantics);
  rc::Seq<rc::Shrinkable<Question>> shrinks = gen(random, 40).shrinks(), copy = shrinks;
  const auto first = shrinks.next(), other = copy.next();
  RC_ASSERT(!first == !other);
  if (first) {
    RC_ASSERT(syntax::equal(first->value().regex, other->value().regex));
  }
}

}  // namespace
}  // namespace redoubt::properties
