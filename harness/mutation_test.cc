#include "harness/mutation.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "harness/panel.h"

namespace redoubt::harness {
namespace {

Technique shell(const std::string& script) { return {"shell", "", {{"/bin/sh", "-c", script, "{findings}"}}, {}, ""}; }

/// $0 is the folder for findings.
std::string write_case(const std::string& name, const std::string& pattern, const std::string& haystack) {
  Case c;
  c.name = name;
  c.pattern = pattern;
  c.haystack = haystack;
  return "cat > \"$0/" + name + ".part\" <<'END'\n" + write_cases({c}) + "END\nmv \"$0/" + name + ".part\" \"$0/" +
         name + ".toml\"\n";
}

TEST(Attempt, AProgramThatFindsNothingSurvives) {
  const Attempt a = attempt(shell("exit 0"), "", 10);
  EXPECT_EQ(a.end, Attempt::End::kSurvived);
  EXPECT_TRUE(a.in_time);
  EXPECT_FALSE(a.killed());
  EXPECT_FALSE(a.found);
}

TEST(Attempt, TheMutantIsInTheEnvironmentAndNoOther) {
  ::setenv("REDOUBT_MUTANT", "of the parent", 1);
  EXPECT_EQ(attempt(shell("test \"$REDOUBT_MUTANT\" = x"), "x", 10).end, Attempt::End::kSurvived);
  EXPECT_EQ(attempt(shell("test -z \"$REDOUBT_MUTANT\""), "", 10).end, Attempt::End::kSurvived);
  ::unsetenv("REDOUBT_MUTANT");
  Technique more = shell("test \"$MORE\" = \"in $0\"");
  more.environment = {"MORE=in {findings}"};
  EXPECT_EQ(attempt(more, "", 10).end, Attempt::End::kSurvived);
}

TEST(Attempt, StopsAtTheFirstCaseFile) {
  const Attempt a = attempt(shell(write_case("found", "(a|b)*", "abc") + "while :; do :; done"), "x", 30);
  EXPECT_EQ(a.end, Attempt::End::kFinding);
  EXPECT_TRUE(a.killed());
  ASSERT_TRUE(a.found);
  EXPECT_EQ(a.found->pattern, "(a|b)*");
  EXPECT_EQ(a.nodes, 5u);
  EXPECT_EQ(a.bytes, 3u);
  EXPECT_LT(a.seconds, 20);
}

TEST(Attempt, OfSeveralCaseFilesTheSmallestCounts) {
  const std::string script = write_case("one", "(a|b)*", "abc") + write_case("two", "a", "b") + "exit 1";
  const Attempt a = attempt(shell("cd \"$0\"; mkdir x; " + script), "x", 30);
  EXPECT_EQ(a.end, Attempt::End::kFinding);
  EXPECT_TRUE(a.killed());
}

TEST(Attempt, AFailureWithoutACaseIsOneToo) {
  const Attempt failed = attempt(shell("exit 3"), "x", 10);
  EXPECT_EQ(failed.end, Attempt::End::kFailed);
  EXPECT_EQ(failed.status, 3);
  const Attempt crashed = attempt(shell("kill -ABRT $$"), "x", 10);
  EXPECT_EQ(crashed.end, Attempt::End::kCrashed);
  EXPECT_TRUE(crashed.killed());
}

TEST(Attempt, ABudgetEndsIt) {
  const Attempt a = attempt(shell("while :; do :; done"), "x", 0.2);
  EXPECT_EQ(a.end, Attempt::End::kSurvived);
  EXPECT_FALSE(a.in_time);
  EXPECT_GE(a.seconds, 0.2);
  EXPECT_LT(a.seconds, 5);
}

TEST(Attempt, SeveralCommandsRunUntilOneFails) {
  Technique technique = shell("exit 0");
  technique.commands.push_back({"/bin/sh", "-c", "exit 4"});
  technique.commands.push_back({"/bin/sh", "-c", "exit 5"});
  EXPECT_EQ(attempt(technique, "x", 10).status, 4);
}

TEST(Attempt, WhatIsNotThereIsNotRun) {
  Technique technique = shell("exit 1");
  technique.unavailable = "not built";
  EXPECT_EQ(attempt(technique, "x", 10).end, Attempt::End::kNotRun);
  technique = {"none", "", {{"/no/such/program"}}, {}, ""};
  EXPECT_FALSE(attempt(technique, "x", 10).killed());
}

TEST(Techniques, AreTheSixInOrder) {
  TechniqueSettings settings;
  settings.program = "/no/such/build/cli/redoubt";
  const auto list = techniques(settings);
  std::string names;
  for (const Technique& t : list) names += t.name + " ";
  EXPECT_EQ(names, "check enumeration random properties fuzzing suites ");
  EXPECT_NE(list[3].unavailable, "");
  EXPECT_NE(list[4].unavailable, "");
  EXPECT_EQ(list[5].unavailable, "") << "tests run in the repository's root";
}

}  // namespace
}  // namespace redoubt::harness
