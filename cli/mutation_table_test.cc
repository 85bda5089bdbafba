#include "cli/mutation_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_for_test.h"

namespace redoubt::cli {
namespace {

using harness::Attempt;
using harness::Technique;
using ::testing::HasSubstr;
using ::testing::Not;

Attempt finding(double seconds, std::size_t nodes, std::size_t bytes) {
  Attempt a;
  a.end = Attempt::End::kFinding;
  a.seconds = seconds;
  a.nodes = nodes;
  a.bytes = bytes;
  a.found.emplace();
  a.found->pattern = "a|b";
  a.found->haystack = "x";
  return a;
}

Attempt ended(Attempt::End end, double seconds, bool in_time = true) {
  Attempt a;
  a.end = end;
  a.seconds = seconds;
  a.in_time = in_time;
  return a;
}

const std::vector<Technique> kTechniques = {{"one", "the first", {}, {}, ""}, {"two", "the second", {}, {}, ""}};

std::vector<MutantRow> rows() {
  const Attempt missed = ended(Attempt::End::kSurvived, 60, false);
  return {{"", "", "both", "control", "no mistake", {missed, ended(Attempt::End::kSurvived, 1)}},
          {"m1", "syntax", "perl", "a class", "wrong", {finding(0.5, 3, 1), missed}},
          {"m2", "pikevm", "both", "a class", "wrong", {finding(25, 5, 4), ended(Attempt::End::kCrashed, 2)}},
          {"m3", "pikevm", "both", "a class", "wrong", {missed, ended(Attempt::End::kFailed, 3)}}};
}

TEST(MutationTable, RowsAndSummary) {
  const auto all = rows();
  EXPECT_THAT(text_row(all[0]), HasSubstr("(none)"));
  EXPECT_THAT(text_row(all[1]), HasSubstr("0.50 s 3n 1b"));
  EXPECT_THAT(text_row(all[1]), HasSubstr("missed, time"));
  EXPECT_THAT(text_row(all[2]), HasSubstr("2.00 s crash"));
  const std::string text = summary_text(all, kTechniques);
  EXPECT_THAT(text, HasSubstr("one: 2 of 3 killed, 1 within 20 s"));
  EXPECT_THAT(text, HasSubstr("missed: m3; slow: m2"));
  EXPECT_THAT(text, HasSubstr("Every mutant is killed"));
  EXPECT_TRUE(all_as_it_should(all));
}

TEST(MutationTable, ASurvivorAndAKilledControlAreNotAsTheyShould) {
  auto survivor = rows();
  survivor[3].attempts[1] = ended(Attempt::End::kSurvived, 1);
  EXPECT_FALSE(all_as_it_should(survivor));
  EXPECT_THAT(summary_text(survivor, kTechniques), HasSubstr("Not killed: m3"));
  auto control = rows();
  control[0].attempts[0] = finding(1, 1, 1);
  EXPECT_FALSE(all_as_it_should(control));
  EXPECT_THAT(summary_text(control, kTechniques), HasSubstr("void"));
}

TEST(MutationTable, Markdown) {
  auto techniques = kTechniques;
  techniques.push_back({"three", "the third", {}, {}, "not built"});
  auto all = rows();
  for (MutantRow& row : all) row.attempts.push_back(ended(Attempt::End::kNotRun, 0));
  const std::string file = ::testing::TempDir() + "mutation_table.md";
  ASSERT_EQ(write_markdown(file, all, techniques, 60), "");
  const std::string text = read_text(file);
  EXPECT_THAT(text, HasSubstr("| three: the third | not run |"));
  EXPECT_THAT(text, HasSubstr("| m1 | a class | syntax: wrong | 0.50 s 3n 1b | missed, time | `a\\|b` on `x` |"));
  EXPECT_THAT(text, Not(HasSubstr("| three |")));
  EXPECT_NE(write_markdown("/no/such/folder/table.md", all, techniques, 60), "");
}

TEST(MutationTable, Json) {
  const auto all = rows();
  const std::string line = json_row(all[1], "one", 0);
  EXPECT_THAT(line, HasSubstr(R"("mutant":"m1")"));
  EXPECT_THAT(line, HasSubstr(R"("end":"finding")"));
  EXPECT_THAT(line, HasSubstr(R"("nodes":3)"));
}

#ifndef REDOUBT_MUTANTS
TEST(MutantsCommand, SaysWhichBuildItNeeds) {
  const Result result = run({"mutants"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("cmake --preset mutants"));
}
#else
TEST(MutantsCommand, ListsAndRefusesUnknownNames) {
  EXPECT_THAT(run({"mutants", "--list"}).out, HasSubstr("cox_backward"));
  EXPECT_EQ(run({"mutants", "--mutant", "no_such"}).status, 2);
  EXPECT_EQ(run({"mutants", "--technique", "no_such"}).status, 2);
}
#endif

}  // namespace
}  // namespace redoubt::cli
