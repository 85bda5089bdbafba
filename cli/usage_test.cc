// Wrong usage, unreadable input and a full disk: one clear sentence on standard error, exit status 2, never a crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>

#include <algorithm>

#include "cli/run_for_test.h"

namespace redoubt::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Misuse {
  std::vector<std::string> arguments;
  std::string says;
};

TEST(Usage, OneSentenceAndStatus2) {
  const TempFolder folder;
  const std::string empty = folder.write("empty.toml", "");
  const std::string no_case = folder.write("no_case.toml", "format = 1\n");
  const std::string not_toml = folder.write("not.toml", "((\n");
  const std::string empty_dat = folder.write("empty.dat", "");
  const std::string nul = folder.write("nul.toml", std::string("\0\0\0", 3));
  const std::string nothing = folder.path("nothing");
  std::filesystem::create_directories(folder.path("hollow"));
  const std::vector<Misuse> table = {
      {{}, "a command is missing; the commands are check, find,"},
      {{"foo"}, "there is no command \"foo\"; the commands are check, find,"},
      {{"fin\x1b"}, "\"fin\\x1b\""},
      {{"--nope"}, "there is no option \"--nope\""},
      {{"find"}, "PATTERN is missing; see redoubt find --help"},
      {{"find", "a"}, "HAYSTACK is missing"},
      {{"find", "a", "b", "c"}, "\"c\" is more than the command takes"},
      {{"find", "a", "-b"}, "there is no option \"-b\" (an argument that begins with - goes after --)"},
      {{"find", "a(", "b"}, "the pattern \"a(\" is malformed at byte 1"},
      {{"find", "--dialect", "ere", "[[.x.", "b"}, "the pattern \"[[.x.\" is malformed"},
      {{"find", "(a)\\1", "b"}, "is malformed at byte 3"},
      {{"find", "a", "\\q", "--escapes"}, "the haystack \"\\q\" has the escape \\q"},
      {{"find", "a", "b", "--semantics", "x"}, "--semantics: \"x\" is none of posix, perl, both"},
      {{"find", "a", "b", "--semantics"}, "--semantics needs a value"},
      {{"find", "a", "b", "--semantics="}, "--semantics needs a value"},
      {{"find", "a", "b", "--semantics", "posix", "--semantics", "perl"}, "--semantics may be given once"},
      {{"find", "a", "b", "--engines", "foo"}, "there is no engine \"foo\"; the engines are reference,"},
      {{"find", "a", "b", "--engines", "pikevm,pikevm"}, "the engine \"pikevm\" is named twice"},
      {{"find", "a", "b", "--engines", ""}, "there is no engine \"\""},
      {{"find", "a", "b", "--engines", "reference-pcre2"},
       "engine \"reference-pcre2\" does not answer --semantics posix"},
      {{"find", "a", "b", "--engines", "definition", "--semantics", "both"},
       "none of the engines given answers --semantics perl"},
      {{"find", "a", "b", "--dialect", "bre"}, "--dialect: \"bre\" is none of perl, ere"},
      {{"find", "a", "b", "--jsonl", nothing + "/x"}, "cannot write to"},
      {{"find", "a", "b", "--jsonl", folder.path("hollow")}, "cannot write to"},
      {{"equiv", "a"}, "S is missing"},
      {{"equiv", "a(", "b"}, "the pattern \"a(\" is malformed"},
      {{"equiv", "a", "b("}, "the pattern \"b(\" is malformed"},
      {{"equiv", "a", "b", "--max-states", "0"}, "\"0\" is no whole number from 1 to 10000000"},
      {{"equiv", "(a|b)*a(a|b){9}", "(a|b)*b(a|b){9}", "--max-states", "5"}, "not decided"},
      {{"replay"}, "PATH is missing"},
      {{"replay", nothing}, "does not exist; give a case file or a folder of them"},
      {{"replay", folder.path("hollow")}, "holds no *.toml file"},
      {{"replay", empty}, "has no \"format\""},
      {{"replay", no_case}, "the file holds no case"},
      {{"replay", not_toml}, "not.toml:1: "},
      {{"replay", nul}, "nul.toml"},
      {{"shrink"}, "PATTERN is missing"},
      {{"shrink", "a"}, "the file cannot be read (with one argument, shrink reads a case file)"},
      {{"shrink", "a", "b"}, "--engine is missing"},
      {{"shrink", "a", "b", "--engine", "zz"}, "there is no engine \"zz\""},
      {{"shrink", "a", "b", "--engine", "pikevm,reference"}, "is a list; name one engine"},
      {{"shrink", "a", "b", "--engine", "pikevm/zz"}, "the engine \"pikevm\" has no mode \"zz\""},
      {{"shrink", "a", "b", "--engine", "reference/zz"}, "has no mode \"zz\"; it has none"},
      {{"shrink", no_case}, "the file holds no case"},
      {{"shrink", "cases/decided_posix.toml"}, "choose one with --name"},
      {{"shrink", "cases/decided_posix.toml", "--name", "x"}, "no case named \"x\""},
      {{"shrink", "cases/decided_posix.toml", "--name", "(a*)* on b"}, "names no engine; give one with --engine"},
      {{"suite"}, "FILE is missing"},
      {{"suite", nothing}, "the file cannot be read"},
      {{"suite", folder.path("hollow")}, "the file cannot be read"},
      {{"suite", empty_dat}, "the file holds no test line"},
      {{"engines", "x"}, "\"x\" is more than the command takes"},
      {{"known", "--audit", "x"}, "--audit: \"x\" is none of witness, minimal"},
      {{"known", "--file", nothing}, "cannot be read"},
      {{"known", "--file", folder.path("hollow")}, "cannot be read"},
      {{"known", "--file", empty}, "holds no entry"},
      {{"known", "--file", no_case}, "is not part of a catalogue"},
      {{"completion"}, "SHELL is missing"},
      {{"completion", "tcsh"}, "SHELL: \"tcsh\" is none of bash, zsh, fish"},
      {{"check", "--shard", "3/2"}, "--shard: \"3/2\" is no shard"},
      {{"check", "--shard", "x"}, "write I/N, for example 0/4"},
      {{"check", "--budget", "60x"}, "--budget: \"60x\" is no length of time"},
      {{"check", "--max-nodes", "abc"}, "--max-nodes: \"abc\" is no whole number from 0 to "},
      {{"check", "--max-len", "-1"}, "--max-len"},
      {{"check", "--jobs", "0"}, "--jobs: \"0\" is no whole number from 1 to "},
      {{"check", "--alphabet", "aa"}, "the letter \"a\" comes twice"},
      {{"check", "--alphabet", ""}, "--alphabet"},
      {{"check", "--seed", "99999999999999999999"}, "--seed"},
      {{"check", "--engines", "nosuch"}, "there is no engine \"nosuch\""},
  };
  for (const Misuse& misuse : table) {
    std::string line = "redoubt";
    for (const std::string& argument : misuse.arguments) line += " '" + argument + "'";
    SCOPED_TRACE(line);
    const Result result = run(misuse.arguments);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_THAT(result.err, StartsWith("redoubt: "));
    EXPECT_THAT(result.err, HasSubstr(misuse.says));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  }
}

TEST(Usage, PatternsAreNotTakenForAnythingElse) {
  for (const char* text : {"find", "check", "[ab]", "[a,b]", "{}", "", "%%", "/x", "a=b", "@x", "#"}) {
    SCOPED_TRACE(text);
    const Result result = run({"find", "--engines", "pikevm", text, text});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, StartsWith("pattern   " + std::string(text) + "\n"));
  }
  for (const char* text : {"-a", "--help", "++", "--"}) {
    SCOPED_TRACE(text);
    const Result result = run({"find", "--engines", "pikevm", "--dialect", "ere", "--", "x", text});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("haystack  " + std::string(text) + "  ("));
  }
}

TEST(Usage, HelpAndVersionAreNoErrors) {
  EXPECT_EQ(run({"--version"}).out, "redoubt " REDOUBT_VERSION "\n");
  EXPECT_EQ(run({"--version"}).status, 0);
  EXPECT_EQ(run({"find", "--help", "--engines", "pikevm"}).status, 0);
}

TEST(Usage, AFullDiskIsAnEnvironmentProblem) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  const std::vector<std::vector<std::string>> commands = {
      {"find", "a", "a"}, {"engines"}, {"--help"}, {"completion", "bash"}, {"equiv", "a", "a"}};
  for (const auto& arguments : commands) {
    const Result result = run(arguments, "/dev/full");
    EXPECT_EQ(result.status, 2) << arguments[0];
    EXPECT_THAT(result.err, HasSubstr("standard output cannot be written"));
  }
  EXPECT_EQ(run({"find", "a", "a", "--jsonl", "/dev/full"}).status, 2);
}

/// What the program writes to a terminal.
std::string on_terminal(bool no_color) {
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child < 0) return {};
  if (child == 0) {
    no_color ? setenv("NO_COLOR", "1", 1) : unsetenv("NO_COLOR");
    execl(REDOUBT_PROGRAM, REDOUBT_PROGRAM, "engines", nullptr);
    _exit(127);
  }
  std::string text;
  char buffer[4096];
  for (ssize_t got; (got = read(terminal, buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(got));
  close(terminal);
  int status = 0;
  waitpid(child, &status, 0);
  return text;
}

TEST(Usage, ColourOnlyWhereATerminalWantsIt) {
  const std::string shown = on_terminal(false);
  if (shown.empty()) GTEST_SKIP() << "no pseudo-terminal can be had here";
  EXPECT_THAT(shown, HasSubstr("\x1b["));
  EXPECT_THAT(on_terminal(true), Not(HasSubstr("\x1b[")));
  EXPECT_THAT(run({"engines"}).out, Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace redoubt::cli
