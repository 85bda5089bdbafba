#include "cli/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redoubt::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Options, Shards) {
  const auto shard = parse_shard("2/3");
  ASSERT_TRUE(shard);
  EXPECT_EQ(shard->index, 2u);
  EXPECT_EQ(shard->count, 3u);
  for (const char* bad : {"", "/", "1", "1/", "/2", "3/3", "0/0", "-1/2", "+0/2", "1/2/3", "0x1/2", " 0/2", "0/2 ",
                          "0/99999999999999999999"}) {
    EXPECT_FALSE(parse_shard(bad)) << bad;
  }
  EXPECT_THAT(parse_shard("3/2").error(), HasSubstr("0/N to N-1/N"));
}

TEST(Options, Budgets) {
  EXPECT_EQ(parse_budget("60s").value_or(0), 60);
  EXPECT_EQ(parse_budget("10m").value_or(0), 600);
  EXPECT_EQ(parse_budget("2h").value_or(0), 7200);
  EXPECT_EQ(parse_budget("7").value_or(0), 7);
  for (const char* bad :
       {"", "s", "0", "0s", "-1s", "1.5h", "60x", "1d", "60ss", " 1s", "99999999999999999999s", "5124095576030432h"}) {
    EXPECT_FALSE(parse_budget(bad)) << bad;
  }
}

TEST(Options, Counts) {
  EXPECT_EQ(parse_count("0", 0, 9).value_or(1), 0u);
  EXPECT_EQ(parse_count("9", 0, 9).value_or(1), 9u);
  EXPECT_EQ(parse_count("18446744073709551615", 0, UINT64_MAX).value_or(1), UINT64_MAX);
  for (const char* bad : {"", "10", "-1", "+1", "abc", "1e3", "0x1", "1 ", "18446744073709551616"}) {
    EXPECT_FALSE(parse_count(bad, 0, 9)) << bad;
  }
  EXPECT_THAT(parse_count("0", 1, 9).error(), HasSubstr("from 1 to 9"));
}

TEST(Options, SemanticsAndDialects) {
  EXPECT_THAT(*parse_semantics("posix", false), ElementsAre(Semantics::kLeftmostLongest));
  EXPECT_THAT(*parse_semantics("both", true), ElementsAre(Semantics::kLeftmostLongest, Semantics::kLeftmostFirst));
  EXPECT_FALSE(parse_semantics("both", false));
  EXPECT_FALSE(parse_semantics("POSIX", true));
  EXPECT_FALSE(parse_semantics("", true));
  EXPECT_EQ(*parse_dialect("ere"), syntax::Dialect::kEre);
  EXPECT_FALSE(parse_dialect("bre"));
}

TEST(Options, Engines) {
  EXPECT_THAT(*parse_engines("pikevm,reference"), ElementsAre("pikevm", "reference"));
  EXPECT_THAT(*parse_engines("reference,refer*"), ElementsAre("reference", "reference-pcre2"));
  EXPECT_THAT(*parse_engines("pikevm-only-auto*"), ElementsAre("pikevm-only-automaton"));
  EXPECT_THAT(parse_engines("nosuch*").error(), HasSubstr("no available engine has a name like"));
  EXPECT_THAT(parse_engines("nosuch").error(), HasSubstr("the engines are reference,"));
  for (const char* bad :
       {"", ",", "pikevm,", ",pikevm", "*", "reference*,reference", "pikevm,pikevm", "pikevm, reference"}) {
    EXPECT_FALSE(parse_engines(bad)) << bad;
  }
}

TEST(Options, Alphabets) {
  EXPECT_EQ(*parse_alphabet("ab\\n\\x00"), std::string("ab\n\0", 4));
  for (const char* bad : {"", "aa", "a\\x61", "\\q", "\\"}) EXPECT_FALSE(parse_alphabet(bad)) << bad;
}

TEST(Options, EscapesLeaveOtherBytesAlone) {
  EXPECT_EQ(*unescaped("\xc3\xa9\\t\\\\"), "\xc3\xa9\t\\");
  EXPECT_THAT(unescaped("a\\").error(), HasSubstr("lone backslash"));
}

}  // namespace
}  // namespace redoubt::cli
