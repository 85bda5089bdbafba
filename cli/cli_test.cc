// What each command answers, and with which exit status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/run_for_test.h"
#include "harness/case.h"

namespace redoubt::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string one_case(const std::string& more) {
  return "format = 1\n[[case]]\nname = 'one'\ndialect = 'perl'\nencoding = 'bytes'\n" + more;
}

TEST(Find, ShowsAnAccountedDifference) {
  const Result result = run({"find", "--semantics", "perl", "--engines", "pikevm,reference-pcre2,pcre2", "(a*)*", "a"});
  EXPECT_EQ(result.status, 1) << result.out;  // reference-pcre2 has no entry in the catalogue, pcre2 has
  EXPECT_THAT(result.out, HasSubstr("DIFFERS in captures (variant:loop-policy-pcre2)\n"));
  EXPECT_THAT(result.out, HasSubstr("differs in captures (variant:loop-policy-pcre2), as catalogued"));
  EXPECT_EQ(run({"find", "--semantics", "perl", "--engines", "pikevm,pcre2", "(a*)*", "a"}).status, 0);
  EXPECT_EQ(run({"find", "--semantics", "both", "(a*)*", "a"}).status, 0);
}

TEST(Find, WritesOneLineOfJsonPerEngine) {
  const TempFolder folder;
  const std::string file = folder.path("out.jsonl");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(run({"find", "--engines", "pikevm,derivatives", "--jsonl", file, "a(b)?", "ab"}).status, 0);
  }
  const std::string text = read_text(file);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  EXPECT_THAT(text, HasSubstr(R"("engine":"derivatives")"));
  EXPECT_THAT(text, HasSubstr(R"json("expected":"(0,2)(1,2)")json"));
}

TEST(Find, AsksModes) {
  const Result result = run({"find", "--engines", "pikevm", "--modes", "a", "ba"});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, HasSubstr("pikevm/cold"));
  EXPECT_THAT(result.out, HasSubstr("with its plain answer"));
}

TEST(Find, PlanWithAndWithoutAHaystack) {
  const Result alone = run({"find", "--plan", "a(b)?"});
  EXPECT_EQ(alone.status, 0);
  EXPECT_THAT(alone.out, HasSubstr("\n  automaton  yes  small enough: "));
  EXPECT_THAT(alone.out, Not(HasSubstr("reference")));
  const Result both = run({"find", "--plan", "--engines", "pikevm", "a(b)?", "ab"});
  EXPECT_EQ(both.status, 0);
  EXPECT_THAT(both.out, HasSubstr("(0,2)(1,2)"));
  EXPECT_THAT(both.out, HasSubstr("\n  automaton  yes  "));
  EXPECT_EQ(run({"find", "--plan", "a("}).status, 2);
  EXPECT_EQ(run({"find", "--plan", ""}).status, 0);
  EXPECT_EQ(run({"find", "--plan", "--engines", "pikevm", "a", ""}).status, 0);
  EXPECT_THAT(run({"find", "--plan", "--max-repeat", "1000000", "(ab){1000000}"}).out,
              HasSubstr("no plan: the program"));
}

// Twenty engines of one kind: of these a single question asks only those with answers of their own.
TEST(Find, AsksOneOfEachKindUnlessNamed) {
  const Result some = run({"find", "--semantics", "perl", "(a*)*", "a"});
  EXPECT_THAT(some.out, HasSubstr("pikevm-pcre2 "));
  EXPECT_THAT(some.out, Not(HasSubstr("pikevm-only-")));
  const Result all = run({"find", "--semantics", "both", "--engines", "pikevm*", "a", "a"});
  EXPECT_EQ(all.status, 0) << all.out;
  EXPECT_THAT(all.out, HasSubstr("pikevm-only-literal"));
  EXPECT_THAT(all.out, HasSubstr("pikevm-no-split"));
}

TEST(Equiv, DecidesAndGivesAWitness) {
  const Result equal = run({"equiv", "(a|b)*", "(a*b*)*"});
  EXPECT_EQ(equal.status, 0);
  EXPECT_THAT(equal.out, StartsWith("equal: "));
  const Result different = run({"equiv", "a*b", "a+b"});
  EXPECT_EQ(different.status, 1);
  EXPECT_EQ(different.out, "different: 'b' is matched by a*b and not by a+b\n");
  EXPECT_EQ(run({"equiv", "a+b", "a*b"}).out, "different: 'b' is matched by a*b and not by a+b\n");
  EXPECT_EQ(run({"equiv", "a*", "a+", "--contains"}).status, 0);
  const Result smaller = run({"equiv", "a+", "a*", "--contains"});
  EXPECT_EQ(smaller.status, 1);
  EXPECT_EQ(smaller.out, "not contained: the empty haystack is matched by a* and not by a+\n");
  EXPECT_EQ(run({"equiv", "--icase", "k", "K"}).status, 0);
  EXPECT_EQ(run({"equiv", "k", "K"}).status, 1);
  EXPECT_EQ(run({"equiv", "--dialect", "ere", ".", "[[:print:][:cntrl:]]|[^[:print:][:cntrl:]]"}).status, 0);
}

TEST(Replay, TheProjectsCasesAreRight) {
  const Result result = run({"replay", "--quiet", "cases"});
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr(" right"));
}

TEST(Replay, AWrongExpectationIsAFinding) {
  const TempFolder folder;
  const std::string wrong = folder.write(
      "wrong.toml", one_case("semantics = 'posix'\npattern = 'a|ab'\nhaystack = 'ab'\nexpected = '(0,1)'\n"));
  const Result result = run({"replay", wrong});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, StartsWith("WRONG"));
  EXPECT_THAT(result.out, HasSubstr("expected (0,1), but reference answers (0,2); definition answers (0,2); pikevm"));
  // For leftmost-first it is right.
  const std::string right = folder.write(
      "right.toml", one_case("semantics = 'perl'\npattern = 'a|ab'\nhaystack = 'ab'\nexpected = '(0,1)'\n"));
  EXPECT_EQ(run({"replay", right}).status, 0);
}

TEST(Replay, NothingIsLostToAMalformedFile) {
  const TempFolder folder;
  folder.write("in/a.toml", "format = 1\n[[case]]\n");
  folder.write("in/deep/b.toml", one_case("semantics = 'posix'\npattern = 'a'\nhaystack = 'a'\nexpected = '(0,1)'\n"));
  folder.write("in/c.toml", one_case("semantics = 'posix'\npattern = 'a('\nhaystack = 'a'\nexpected = '(0,1)'\n"));
  folder.write("in/known.toml", "left out");
  const Result result = run({"replay", folder.path("in")});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.out, HasSubstr("1 case: 1 right"));
  EXPECT_THAT(result.err, HasSubstr("a.toml"));
  EXPECT_THAT(result.err, HasSubstr("c.toml: case \"one\": the pattern \"a(\" is malformed"));
  EXPECT_THAT(result.err, Not(HasSubstr("known.toml")));
}

TEST(Replay, SaysWhatBecameOfAFinding) {
  const TempFolder folder;
  const auto replay = [&](const std::string& more) {
    return run({"replay", folder.write("f.toml", one_case("semantics = 'perl'\n" + more))});
  };
  const std::string loop = "pattern = '(a*)*'\nhaystack = 'a'\nkind = 'captures'\n";
  const Result stands = replay(loop + "engine = 'reference-pcre2'\ncause = 'variant:loop-policy-pcre2'\n");
  EXPECT_EQ(stands.status, 1);
  EXPECT_THAT(stands.out, StartsWith("STANDS"));
  const Result changed = replay(loop + "engine = 'reference-pcre2'\ncause = 'unknown'\n");
  EXPECT_EQ(changed.status, 1);
  EXPECT_THAT(changed.out, StartsWith("CHANGED"));
  const Result known = replay(loop + "engine = 'pcre2'\n");
  EXPECT_EQ(known.status, 0) << known.out;
  EXPECT_THAT(known.out, StartsWith("known"));
  const Result gone = replay(loop + "engine = 'pikevm'\n");
  EXPECT_EQ(gone.status, 0);
  EXPECT_THAT(gone.out, StartsWith("gone"));
  const Result mode = replay(loop + "engine = 'pikevm/cold'\n");
  EXPECT_EQ(mode.status, 0);
  EXPECT_THAT(mode.out, HasSubstr("pikevm/cold answers"));
  const Result drift = replay(loop + "engine = 'pikevm'\nexpected = '(0,1)(1,1)'\n");
  EXPECT_EQ(drift.status, 1);
  EXPECT_THAT(drift.out, HasSubstr("the reference answers (0,1)(0,1), where (0,1)(1,1) is recorded"));
  const Result nobody = replay(loop + "engine = 'nobody'\n");
  EXPECT_EQ(nobody.status, 2);
  EXPECT_THAT(nobody.err, HasSubstr("there is no engine \"nobody\""));
}

TEST(Shrink, GivesTheSmallestCaseAsACaseFile) {
  const Result result =
      run({"shrink", "--semantics", "perl", "--engine", "reference-pcre2", "x((a|c*)*b?)*y", "xabcdccyzz"});
  EXPECT_EQ(result.status, 0) << "no difference on this haystack: " << result.out;
  const Result shrunk = run({"shrink", "--semantics", "perl", "--engine", "reference-pcre2", "((a|c*)*b?)*", "abcdcc"});
  EXPECT_EQ(shrunk.status, 1);
  const auto cases = harness::parse_cases(shrunk.out, "stdout");
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_EQ(cases->size(), 1u);
  EXPECT_EQ((*cases)[0].pattern, "(a*)*");
  EXPECT_EQ((*cases)[0].haystack, "a");
  EXPECT_EQ((*cases)[0].cause, "variant:loop-policy-pcre2");
  // What was written can be replayed, and shrunk no further.
  const TempFolder folder;
  const std::string file = folder.write("small.toml", shrunk.out);
  EXPECT_EQ(run({"replay", file}).status, 1);
  EXPECT_EQ(run({"shrink", file}).out.substr(0, 30), shrunk.out.substr(0, 30));
}

TEST(Shrink, SaysWhenThereIsNothingToDo) {
  const Result result = run({"shrink", "--engine", "pikevm", "a", "a"});
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out, StartsWith("There is nothing to shrink: pikevm answers (0,1) (agrees)"));
}

TEST(Suite, RunsTheRestAfterMalformedLines) {
  const TempFolder folder;
  const std::string file = folder.write("s.dat", "E\tx\tx\nE\ty\ty\t(0,1)\n");
  const Result result = run({"suite", "--engines", "pikevm", file, folder.path("missing.dat")});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("s.dat:1: "));
  EXPECT_THAT(result.err, HasSubstr("missing.dat: the file cannot be read"));
  EXPECT_THAT(result.out, HasSubstr("1 line asked, 0 to be refused, 0 skipped, 1 malformed"));
}

TEST(Suite, JudgesWithinTheClaimAndShowsOthersForInformation) {
  const TempFolder folder;
  const std::string file = folder.write("s.dat", "E\t(x)|(xy)\txy\t(0,2)(0,1)(?,?)\n");  // its groups are wrong
  EXPECT_EQ(run({"suite", "--engines", "derivatives", file}).status, 0);
  EXPECT_EQ(run({"suite", "--engines", "pikevm", file}).status, 1);
  const Result perl = run({"suite", "--engines", "reference-pcre2", file});
  EXPECT_EQ(perl.status, 0);
  EXPECT_THAT(perl.out, HasSubstr("leftmost-first: for information"));
}

TEST(Suite, WritesWrongAnswersAsCases) {
  const TempFolder folder;
  const std::string file = folder.write("s.dat", "E\tx|xy\txy\t(0,1)\n");
  const std::string lines = folder.path("wrong.jsonl");
  EXPECT_EQ(run({"suite", "--engines", "pikevm", "--jsonl", lines, file}).status, 1);
  EXPECT_THAT(read_text(lines), HasSubstr(R"("name":"s.dat:1")"));
}

TEST(Suite, LeavesOutARegionWhoseGuardFails) {
  const TempFolder folder;
  const std::string file = folder.write("s.dat", "{E\tx|xy\txy\t(0,1)\nE\ty\tz\t(0,1)\n}\nE\tz\tz\t(0,1)\n");
  const Result result = run({"suite", "--engines", "pikevm", file});
  EXPECT_EQ(result.status, 0) << result.out;
}

TEST(Engines, ListsTheProjectsOwn) {
  const Result table = run({"engines"});
  EXPECT_EQ(table.status, 0);
  EXPECT_THAT(table.out, HasSubstr("pikevm"));
  const Result json = run({"engines", "--json"});
  EXPECT_EQ(json.status, 0);
  EXPECT_THAT(json.out, HasSubstr(R"("name": "reference")"));
}

TEST(Known, FailsWhenAWitnessNoLongerDiverges) {
  const TempFolder folder;
  const auto catalogue = [&](const std::string& engine, const std::string& pattern) {
    return folder.write("k.toml", "[[known]]\nid = 'k'\nengines = ['" + engine +
                                      "']\nsemantics = 'perl'\nvariant = 'loop-policy-pcre2'\nsummary = 's'\n"
                                      "status = 'intended'\nsource = 'here'\nwitness = {pattern = '" +
                                      pattern + "', haystack = 'a'}\n");
  };
  const Result holds = run({"known", "--audit", "minimal", "--file", catalogue("reference-pcre2", "(a*)*")});
  EXPECT_EQ(holds.status, 0) << holds.out;
  EXPECT_THAT(holds.out, HasSubstr("holds: reference-pcre2 still answers (0,1)(1,1); the witness is minimal"));
  EXPECT_EQ(run({"known", "--file", catalogue("reference-pcre2", "(b|a*)*")}).status, 0);
  const Result large = run({"known", "--audit", "minimal", "--file", catalogue("reference-pcre2", "(b|a*)*")});
  EXPECT_EQ(large.status, 1);
  EXPECT_THAT(large.out, HasSubstr("the witness is not minimal: (a*)* on 'a' shows it"));
  const Result agrees = run({"known", "--file", catalogue("pikevm", "(a*)*")});
  EXPECT_EQ(agrees.status, 1);
  EXPECT_THAT(agrees.out, HasSubstr("FAILS: pikevm now answers (0,1)(0,1), which"));
  EXPECT_EQ(run({"known", "--file", catalogue("nobody", "(a*)*")}).status, 1);
}

TEST(Completion, KnowsEveryCommandAndOption) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Result result = run({"completion", shell});
    EXPECT_EQ(result.status, 0);
    for (const char* word :
         {"check", "find", "replay", "max-nodes", "semantics", "posix perl both", "pikevm", "jsonl"}) {
      EXPECT_THAT(result.out, HasSubstr(word)) << shell;
    }
  }
  const TempFolder folder;
  const std::string script = folder.write("c.bash", run({"completion", "bash"}).out);
  const std::string ask = "source " + script +
                          "; COMP_WORDS=(redoubt find --engines pikevm,defin); COMP_CWORD=3; _redoubt; "
                          "test \"${COMPREPLY[*]}\" = pikevm,definition";
  EXPECT_EQ(std::system(("bash -c '" + ask + "'").c_str()), 0);
}

}  // namespace
}  // namespace redoubt::cli
