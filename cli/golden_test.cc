// What the program prints, against approved texts in cli/golden/. After a change that is meant: run this test with
// REDOUBT_UPDATE_GOLDEN=1 in the environment, and read the difference.
#include <gtest/gtest.h>

#include "cli/run_for_test.h"

namespace redoubt::cli {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path file = std::filesystem::path("cli/golden") / (name + ".txt");
  const char* update = std::getenv("REDOUBT_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") std::ofstream(file, std::ios::binary) << text;
  EXPECT_EQ(text, read_text(file)) << file << ": approve the new text with REDOUBT_UPDATE_GOLDEN=1";
}

class HelpText : public ::testing::TestWithParam<const char*> {};

TEST_P(HelpText, IsTheApprovedOne) {
  const std::string command = GetParam();
  const Result result = command.empty() ? run({"--help"}) : run({command, "--help"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  expect_golden(command.empty() ? "help" : "help_" + command, result.out);
}

TEST_P(HelpText, SaysWhatTheExitStatusMeans) {
  const std::string command = GetParam();
  const Result result = command.empty() ? run({"-h"}) : run({command, "-h"});
  EXPECT_NE(result.out.find("Exit status"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(EveryCommand, HelpText,
                         ::testing::Values("", "check", "find", "replay", "shrink", "equiv", "suite", "engines",
                                           "known", "campaign", "merge", "mutants", "completion"),
                         [](const auto& info) {
                           return *info.param == '\0' ? std::string("program") : std::string(info.param);
                         });

// The project's own engines only: texts that do not depend on what is installed.
TEST(Golden, Find) {
  const Result result = run({"find", "--dialect", "ere", "--semantics", "both", "--engines",
                             "reference,definition,derivatives,pikevm", "(a|ab)(c|bcd)(d*)(x)?", "zabcd"});
  EXPECT_EQ(result.status, 0);
  expect_golden("find", result.out);
}

TEST(Golden, FindOnBytesThatNeedEscapes) {
  const Result result = run(
      {"find", "--utf8", "--escapes", "--engines", "pikevm", "é(.)(\\s*)", "\\\\\\n\xc3\xa9\xe6\xbc\xa2\\t\\xff\\x41"});
  EXPECT_EQ(result.status, 0);
  expect_golden("find_escapes", result.out);
}

TEST(Golden, Plan) {
  const Result result = run({"find", "--plan", "--semantics", "both", "^(a|bc)*\\b$"});
  EXPECT_EQ(result.status, 0);
  expect_golden("find_plan", result.out);
}

TEST(Golden, SuiteWithEverySortOfLine) {
  const TempFolder folder;
  const std::string file = folder.write("mixed.dat",
                                        "NOTE\ta title\n"
                                        "E\tx(y)*\tzxyy\t(1,4)(3,4)\n"
                                        "Ei\tSAME\tX\t(0,1)(?,?)\n"
                                        "E\tx|(xy)\txy\t(0,1)(?,?)\twrong on purpose\n"
                                        "B\tx\tx\t(0,1)\n"
                                        "E\tx(\tNULL\tEPAREN\n"
                                        "E\tx\tNULL\tEPAREN\twrong on purpose\n"
                                        "?E\tx\tx\t(0,1)\tONE\n"
                                        "|E\tx\tx\t(0,0)\tTWO\n"
                                        ";\n");
  const Result result = run({"suite", "--engines", "reference,derivatives,pikevm", file});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err, "");
  std::string text = result.out;
  text.replace(text.find(file), file.size(), "mixed.dat");
  expect_golden("suite", text);
}

}  // namespace
}  // namespace redoubt::cli
