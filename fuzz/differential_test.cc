#include "fuzz/differential.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "syntax/parser.h"

namespace redoubt::fuzz {
namespace {

CodedCase sample(const char* pattern, Semantics semantics) {
  CodedCase c;
  c.pattern = *syntax::parse(pattern);
  c.semantics = semantics;
  c.haystacks = {"abcd", "a"};
  return c;
}

TEST(Differential, CountsWhatItComparesAndFindsNothingWhereAllAgree) {
  DifferentialSettings settings;
  settings.engines = {"pikevm", "pcre2", "re2"};
  Differential differential(settings);
  const CodedCase perl = sample("(a|ab)(c|bcd)(d*)", Semantics::kLeftmostFirst);
  differential.run(perl, 1);
  differential.run(sample("(a|ab)(c|bcd)(d*)", Semantics::kLeftmostLongest), 2);
  const harness::TrialStats stats = differential.stats();
  EXPECT_EQ(stats.patterns, 2u);
  EXPECT_GE(stats.pairs, 2 * 31u);
  // Three engines first, then the one that answers the other question.
  EXPECT_EQ(stats.comparisons(), stats.pairs + 2 * haystacks_of(perl).size());
  EXPECT_EQ(stats.unexplained(), 0u);
  EXPECT_TRUE(differential.buckets().empty());
}

/// An engine whose departures no catalogue entry accounts for.
CodedCase departure() {
  CodedCase c = sample("(a*)*", Semantics::kLeftmostFirst);
  c.haystacks = {"a", "aa"};
  return c;
}

TEST(Differential, AFindingIsBucketedAndWrittenNotFatal) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "differential_test";
  std::filesystem::remove_all(folder);
  DifferentialSettings settings;
  settings.engines = {"reference-pcre2"};
  settings.findings_dir = (folder / "findings").string();
  settings.stats_dir = (folder / "stats").string();
  settings.program = "./redoubt";
  {
    Differential differential(settings);
    differential.run(departure(), 1);
    differential.run(departure(), 2);
    EXPECT_EQ(differential.stats().patterns, 2u);
    EXPECT_GT(differential.stats().unexplained(), 2u);
    ASSERT_EQ(differential.buckets().size(), 1u);
    const harness::Bucket bucket = differential.buckets()[0];
    EXPECT_EQ(bucket.shrunk.pattern, "(a*)*");
    EXPECT_EQ(bucket.shrunk.haystack, "a");
    EXPECT_EQ(bucket.shrunk.cause, "variant:loop-policy-pcre2");
    EXPECT_EQ(bucket.shrunk.replay, "./redoubt replay " + bucket.file);
    EXPECT_TRUE(harness::read_case_file(bucket.file));
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "stats")) {
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_NE(text.find("\"inputs\": 2"), std::string::npos) << text;
    ++files;
  }
  EXPECT_EQ(files, 1u);
  std::filesystem::remove_all(folder);
}

TEST(DifferentialDeathTest, TheFirstFindingStopsItWhenAsked) {
  DifferentialSettings settings;
  settings.engines = {"reference-pcre2"};
  settings.abort_on_finding = true;
  EXPECT_DEATH(Differential(settings).run(departure(), 1), "an unexplained finding");
}

TEST(Differential, HaystacksAreDistinctAndFew) {
  for (int dice = 0; dice < 256; ++dice) {
    CodedCase c = sample("(a|ab)(c|bcd)*[^x]", Semantics::kLeftmostFirst);
    c.dice = static_cast<std::uint8_t>(dice);
    const std::vector<std::string> list = haystacks_of(c);
    EXPECT_EQ(std::set<std::string>(list.begin(), list.end()).size(), list.size());
    EXPECT_LE(list.size(), 2u + 121 + 30);
    c.modes = true;
    EXPECT_LE(haystacks_of(c).size(), 24u);
  }
}

}  // namespace
}  // namespace redoubt::fuzz
