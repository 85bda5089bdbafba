#include "pikevm/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pikevm/automaton.h"
#include "pikevm/compiler.h"
#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

using testing::HasSubstr;

std::shared_ptr<const Program> program_of(const std::string& pattern, const Options& options = {}) {
  syntax::ParseOptions parsing;
  parsing.limits.repeat_count = 10'000;
  return compile(syntax::parse(pattern, parsing).value(), options).value();
}

PlanEntry entry(const Program& program, Optimization o) { return plan(program)[static_cast<std::size_t>(o)]; }

TEST(Plan, HasAnEntryForEachOptimizationInOrder) {
  const std::vector<PlanEntry> entries = plan(*program_of("(a|b)*c"));
  ASSERT_EQ(entries.size(), kOptimizationCount);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    EXPECT_EQ(entries[k].name, kOptimizationNames[k]);
    EXPECT_FALSE(entries[k].why.empty());
    EXPECT_EQ(entries[k].why.find('\n'), std::string::npos);
  }
}

TEST(Plan, WhatIsSwitchedOffIsNotChosen) {
  for (const PlanEntry& e : plan(*program_of("a", {.optimizations = Optimizations::none()}))) {
    EXPECT_FALSE(e.chosen) << e.name;
    EXPECT_EQ(e.why, "it is switched off") << e.name;
  }
}

// The plan says what the search will do, and the reason that it gives is the true one.
TEST(Plan, AutomatonAsTheSearchDecides) {
  std::string groups;
  for (int k = 0; k < 31; ++k) groups += "(a)";
  struct Case {
    std::string pattern, why;
  };
  for (const Case& c :
       {Case{"(?:a|b)*c", "small enough: 3 of 512 positions, 0 of 30 groups, 0 of 3 assertions, 5 of 1024 columns"},
        Case{"a{512}", "small enough: 512 of 512"}, Case{"a{513}", "513 positions, and it is for 512 at most"},
        Case{groups, "groups, and it is for 30 at most"},
        Case{"^a$|\\bb|\\Bc", "4 assertions, and it is for 3 at most"}}) {
    for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
      auto program = program_of(c.pattern, {.semantics = semantics});
      const PlanEntry e = entry(*program, Optimization::kAutomaton);
      EXPECT_EQ(e.chosen, Automaton::suits(*program)) << c.pattern;
      EXPECT_THAT(e.why, HasSubstr(c.why)) << c.pattern;
    }
  }
}

TEST(Plan, SplitIsForLeftmostLongest) {
  EXPECT_EQ(entry(*program_of("(a)", {.semantics = Semantics::kLeftmostFirst}), Optimization::kSplit).why,
            "it is for leftmost-longest");
  EXPECT_TRUE(entry(*program_of("(a)"), Optimization::kSplit).chosen);
}

TEST(Plan, PrefilterTellsWhatTheEndMustBe) {
  const auto why = [](const char* pattern) {
    const PlanEntry e = entry(*program_of(pattern), Optimization::kPrefilter);
    EXPECT_TRUE(e.chosen) << pattern;
    return e.why;
  };
  EXPECT_THAT(why("x[a-z]+foo$"), HasSubstr("; the haystack must end with \"foo\""));
  EXPECT_THAT(why("x[a-z]+(?i:foo)$"), HasSubstr("; the haystack must end with \"foo\" in either case"));
  EXPECT_THAT(why("x[a-z]+$"), HasSubstr("; matches end where the haystack ends"));
  EXPECT_EQ(why("[^x]*$"), "matches end where the haystack ends");
}

}  // namespace
}  // namespace redoubt::pikevm
