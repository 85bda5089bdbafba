#include "harness/fowler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "harness/fowler_fields.h"

namespace redoubt::harness {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Suite read(std::string_view text) { return parse_fowler(text, "x.dat"); }

SuiteItem only(std::string_view line) {
  Suite suite = read(line);
  EXPECT_TRUE(suite.malformed.empty()) << suite.malformed[0].message;
  EXPECT_EQ(suite.items.size(), 1u) << line;
  return suite.items.empty() ? SuiteItem{} : suite.items[0];
}

std::string problem(std::string_view text) {
  Suite suite = read(text);
  return suite.malformed.empty() ? "none" : suite.malformed[0].message;
}

std::string reason(std::string_view line) {
  SuiteItem item = only(line);
  return item.kind == SuiteItemKind::kSkipped ? item.reason : "not skipped";
}

TEST(Fowler, ReadsAPlainLine) {
  Suite suite = read("NOTE\tsome title\n\n# a remark\nBE\tx(y)\t\t\tzxy\t(1,3)(2,3)\ta comment\n");
  EXPECT_TRUE(suite.malformed.empty());
  ASSERT_EQ(suite.items.size(), 1u);
  const SuiteItem& item = suite.items[0];
  EXPECT_EQ(item.line, 4u);
  EXPECT_EQ(item.kind, SuiteItemKind::kCase);
  EXPECT_EQ(item.test.name, "x.dat:4");
  EXPECT_EQ(item.test.provenance, "fowler x.dat:4");
  EXPECT_EQ(item.test.pattern, "x(y)");
  EXPECT_EQ(item.test.haystack, "zxy");
  EXPECT_EQ(item.test.dialect, syntax::Dialect::kEre);
  EXPECT_EQ(item.test.semantics, Semantics::kLeftmostLongest);
  EXPECT_FALSE(item.test.icase);
  ASSERT_TRUE(item.test.expected);
  EXPECT_EQ(to_string(*item.test.expected), "(1,3)(2,3)");
  EXPECT_EQ(item.judged_slots, 20u);
  EXPECT_EQ(item.guard, 0u);
}

TEST(Fowler, KnowsSameAndNull) {
  Suite suite = read("E\tq*\tq\t(0,1)\nEi\tSAME\tQQ\t(0,2)\nE\tNULL\tNULL\t(0,0)\nE\tSAME\ty\t(0,0)\n");
  ASSERT_EQ(suite.items.size(), 4u);
  EXPECT_EQ(suite.items[1].test.pattern, "q*");
  EXPECT_TRUE(suite.items[1].test.icase);
  EXPECT_EQ(suite.items[2].test.pattern, "");
  EXPECT_EQ(suite.items[2].test.haystack, "");
  EXPECT_EQ(suite.items[3].test.pattern, "");
  EXPECT_EQ(suite.items[3].test.haystack, "y");
}

TEST(Fowler, ReadsOutcomes) {
  SuiteItem none = only("E\tx\ty\tNOMATCH\n");
  ASSERT_TRUE(none.test.expected);
  EXPECT_FALSE(none.test.expected->has_value());
  SuiteItem some = only("E\tx\txx\tOK\n");
  EXPECT_EQ(some.kind, SuiteItemKind::kCase);
  EXPECT_FALSE(some.test.expected);
  EXPECT_EQ(some.judged_slots, 0u);
  SuiteItem error = only("E\tx(\ty\tEPAREN\n");
  EXPECT_EQ(error.kind, SuiteItemKind::kCompileError);
  EXPECT_EQ(error.error_code, "EPAREN");
  SuiteItem unset = only("E\t(x)|y\ty\t(0,1)(-1,-1)\n");
  EXPECT_EQ(to_string(*unset.test.expected), "(0,1)(?,?)");
}

TEST(Fowler, FillsUpUnsetGroupsButNotBeyondWhatIsJudged) {
  EXPECT_EQ(to_string(*only("E\t(x)|(y)|(z)\tx\t(0,1)(0,1)\n").test.expected), "(0,1)(0,1)(?,?)(?,?)");
  SuiteItem few = only("E2\t(x)(y)(z)\txyz\t(0,3)(0,1)\n");
  EXPECT_EQ(few.judged_slots, 2u);
  EXPECT_EQ(to_string(*few.test.expected), "(0,3)(0,1)");
  Suite later = read("3\nE\t(x)|(y)|(z)\tx\t(0,1)(0,1)\n");
  ASSERT_EQ(later.items.size(), 1u);
  EXPECT_EQ(later.items[0].judged_slots, 3u);
}

TEST(Fowler, JudgesWhatALineAsksFor) {
  SuiteItem item = only("E\t(x)|(y)\ty\t(0,1)(?,?)(0,1)\n");
  EXPECT_TRUE(fulfils(item, Slots{{0, 1}, {}, {0, 1}}));
  EXPECT_FALSE(fulfils(item, Slots{{0, 1}, {}, {}}));
  EXPECT_FALSE(fulfils(item, Slots{{0, 1}, {}}));
  EXPECT_FALSE(fulfils(item, std::nullopt));
  SuiteItem span = only("E1\t(x)|(y)\ty\t(0,1)\n");
  EXPECT_TRUE(fulfils(span, Slots{{0, 1}, {0, 1}, {0, 1}}));
  EXPECT_FALSE(fulfils(span, Slots{{0, 0}, {0, 1}, {0, 1}}));
  SuiteItem some = only("E\tx\txx\tOK\n");
  EXPECT_TRUE(fulfils(some, Slots{{1, 2}}));
  EXPECT_FALSE(fulfils(some, std::nullopt));
  SuiteItem none = only("E\tx\ty\tNOMATCH\n");
  EXPECT_TRUE(fulfils(none, std::nullopt));
  EXPECT_FALSE(fulfils(none, Slots{{0, 0}}));
}

TEST(Fowler, ExpandsEscapesOnlyWhereAsked) {
  SuiteItem expanded = only("E$\t\\x41\\n\\\\.\tA\\n\\101\t(0,2)\n");
  EXPECT_EQ(expanded.test.pattern, "A\n\\.");
  EXPECT_EQ(expanded.test.haystack, "A\nA");
  EXPECT_EQ(only("E\t\\.\t\\n\tNOMATCH\n").test.haystack, "\\n");
  EXPECT_EQ(only("E$\tx\t\\xfFg\\0018\tNOMATCH\n").test.haystack,
            "\xffg\x01"
            "8");
  EXPECT_THAT(problem("E$\tx\t\\q\tNOMATCH\n"), HasSubstr("x.dat:1: a C escape cannot be read"));
  EXPECT_THAT(problem("E$\tx\ta\\\tNOMATCH\n"), HasSubstr("escape"));
  EXPECT_THAT(problem("E$\tx\t\\xg\tNOMATCH\n"), HasSubstr("escape"));
  EXPECT_THAT(problem("E$\tx\t\\777\tNOMATCH\n"), HasSubstr("escape"));
}

TEST(Fowler, SaysWhyALineIsNotAsked) {
  EXPECT_EQ(reason("B\tx\tx\t(0,1)\n"), "basic regex");
  EXPECT_EQ(reason("A\tx\tx\t(0,1)\n"), "augmented regex");
  EXPECT_EQ(reason("L\tx\tx\t(0,1)\n"), "literal");
  EXPECT_EQ(reason("K\tx\tx\t(0,1)\n"), "shell pattern");
  EXPECT_EQ(reason("BEn$\tx\tx\t(0,1)\n"), "REG_NEWLINE");
  EXPECT_EQ(reason("E\tx+?\txx\t(0,1)\n"), "adjacent repetition operators");
  EXPECT_EQ(reason("Ez\tx()\tx\t(0,1)(1,1)\n"), "not skipped");
  EXPECT_EQ(reason("BEi\tx\tx\t(0,1)\n"), "not skipped");
  Suite locale = read("C\tde_DE\nE\tx\tx\t(0,1)\nC\tPOSIX\nE\tx\tx\t(0,1)\n");
  ASSERT_EQ(locale.items.size(), 2u);
  EXPECT_EQ(locale.items[0].reason, "locale");
  EXPECT_EQ(locale.items[1].kind, SuiteItemKind::kCase);
}

TEST(Fowler, DropsLabels) {
  Suite suite = read(":AB#7:E\tx\tx\t(0,1)\n: a comment of its own\n:AB#8:Ez\t()\tx\t(0,0)(0,0)\n");
  EXPECT_TRUE(suite.malformed.empty()) << suite.malformed[0].message;
  EXPECT_EQ(suite.items.size(), 2u);
}

TEST(Fowler, MarksGuardedRegions) {
  Suite suite = read("{E\tx\tx\t(0,1)\nE\ty\ty\t(0,1)\n}\nE\tz\tz\t(0,1)\n");
  ASSERT_EQ(suite.items.size(), 3u);
  EXPECT_EQ(suite.items[0].guard, 1u);
  EXPECT_EQ(suite.items[1].guard, 1u);
  EXPECT_EQ(suite.items[2].guard, 0u);
}

TEST(Fowler, SkipsWhatALineThatIsNotAskedGuards) {
  Suite suite = read("{E\tx*?\tx\t(0,0)\nE\ty\ty\t(0,1)\n}\nE\tz\tz\t(0,1)\n");
  ASSERT_EQ(suite.items.size(), 3u);
  EXPECT_EQ(suite.items[1].reason, "guarded by a line that is not asked: adjacent repetition operators");
  EXPECT_EQ(suite.items[2].kind, SuiteItemKind::kCase);
}

std::vector<std::size_t> asked(std::string_view text) {
  std::vector<std::size_t> lines;
  for (const SuiteItem& item : read(text).items) {
    if (item.kind != SuiteItemKind::kSkipped) lines.push_back(item.line);
  }
  return lines;
}

TEST(Fowler, AsksOneOfASetOfAlternatives) {
  EXPECT_THAT(asked("?E\tx\tx\t(0,1)\tSIDE=left\n|E\tx\tx\tOK\tSIDE=right\n;\t\t\t\tSIDE=none\n"), ElementsAre(1));
  EXPECT_THAT(asked("?E\tx\tx\tOK\tBUG=one\n|E\tx\tx\t(0,1)\tEXPECTED\n|E\tx\tx\tOK\tBUG=two\n;\n"), ElementsAre(2));
  EXPECT_THAT(asked("?E\tx\tx\tOK\tBUG=one\n|E\tx\tx\tOK\tBUG=two\n"), ElementsAre());
  EXPECT_THAT(asked("?E\tx\tx\tOK\n?E\ty\ty\tOK\n|E\ty\tx\tOK\nE\tz\tz\tOK\n"), ElementsAre(1, 2, 4));
  EXPECT_EQ(read("?E\tx\tx\tOK\tBUG=one\n").items[0].reason, "alternative outcome: BUG=one");
}

TEST(Fowler, ReportsLinesItCannotReadAndGoesOn) {
  Suite suite = read("E\tx\tx\nE\ty\ty\t(0,1)\nE\tz\tz\t(0,1\n");
  ASSERT_EQ(suite.malformed.size(), 2u);
  EXPECT_THAT(suite.malformed[0].message, HasSubstr("x.dat:1: a test has flags, pattern, haystack and expected"));
  EXPECT_THAT(suite.malformed[1].message, HasSubstr("x.dat:3: the outcome is neither"));
  EXPECT_EQ(suite.items.size(), 1u);
  EXPECT_THAT(problem("E\tSAME\tx\t(0,1)\n"), HasSubstr("SAME"));
  EXPECT_THAT(problem("E!\tx\tx\t(0,1)\n"), HasSubstr("unknown one at column 2"));
  EXPECT_THAT(problem("i\tx\tx\t(0,1)\n"), HasSubstr("no kind of regex"));
  EXPECT_THAT(problem("E9999\tx\tx\t(0,1)\n"), HasSubstr("above 1000"));
  EXPECT_THAT(problem("99999999999999999999999\n"), HasSubstr("above 1000"));
  EXPECT_THAT(problem(":AB\tx\tx\t(0,1)\n"), HasSubstr("closing colon"));
  EXPECT_THAT(problem("}\n"), HasSubstr("never began"));
  EXPECT_THAT(problem("{E\tx\tx\t(0,1)\n"), HasSubstr("x.dat:1: the region that begins here has no end"));
  EXPECT_THAT(problem("{E\tx\tx\t(0,1)\n{E\tx\tx\t(0,1)\n}\n"), HasSubstr("within the region of line 1"));
  EXPECT_THAT(problem("|E\tx\tx\t(0,1)\n"), HasSubstr("without a first one"));
  EXPECT_THAT(problem("E\tx\tx\t(0,2)\n"), HasSubstr("beyond the haystack"));
  EXPECT_THAT(problem("E\tx\tx\t(1,0)\n"), HasSubstr("ends before it begins"));
  EXPECT_EQ(problem(""), "none");
  EXPECT_EQ(problem("\t\t\n\r\n"), "none");
}

TEST(FowlerFields, FindsDoubledRepetitions) {
  for (const char* pattern : {"a*?", "(a)+*", "a{2}{3}", "[]*]*?", "\\**+", "a|b?+", "x[[:alpha:]*]+?"}) {
    EXPECT_TRUE(has_doubled_repetition(pattern)) << pattern;
  }
  for (const char* pattern :
       {"(a*)*", "\\*?", "[*?]+", "[[:alpha:]*]+", "a*\\?", "[]+]?b*", "a{0,1}b?", "(*?a)", "[a", "a\\"}) {
    EXPECT_FALSE(has_doubled_repetition(pattern)) << pattern;
  }
}

TEST(Fowler, ReadsTheOriginalFilesWhereTheyAre) {
  const std::filesystem::path folder = "../shared/data/fowler";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << folder << " is not there";
  std::size_t asked_in_three = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".dat") continue;
    auto suite = read_fowler_file(entry.path().string());
    ASSERT_TRUE(suite) << suite.error().message;
    EXPECT_TRUE(suite->malformed.empty()) << suite->malformed[0].message;
    std::map<std::string, int> counts;
    for (const SuiteItem& item : suite->items) {
      ++counts[item.kind == SuiteItemKind::kCase           ? "asked"
               : item.kind == SuiteItemKind::kCompileError ? "compile error"
                                                           : item.reason];
    }
    const std::string name = entry.path().filename().string();
    if (name == "basic.dat" || name == "nullsubexpr.dat" || name == "repetition.dat") {
      asked_in_three += static_cast<std::size_t>(counts["asked"]);
    }
    for (const auto& [what, count] : counts) RecordProperty(name + ": " + what, count);
    EXPECT_GT(counts["asked"], 0) << name;
  }
  EXPECT_EQ(asked_in_three, 345u);
}

TEST(Fowler, SaysWhichFileCannotBeRead) {
  EXPECT_EQ(read_fowler_file("no/such.dat").error().message, "no/such.dat: the file cannot be read");
}

}  // namespace
}  // namespace redoubt::harness
