#include "pikevm/pikevm.h"

#include <gtest/gtest.h>

#include "pikevm/ways_for_test.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

using syntax::parse;

syntax::Regex regex_of(const char* pattern, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions parsing;
  parsing.encoding = encoding;
  parsing.limits.repeat_count = 1'000'000;
  return parse(pattern, parsing).value();
}

std::shared_ptr<const Program> program_of(const char* pattern, Options options = {}) {
  return compile(regex_of(pattern, options.encoding), options).value();
}

/// What every way of searching answers.
std::string find(const syntax::Regex& regex, const Search& search, const Options& options = {}) {
  std::string first;
  for (const test::Way& way : test::ways(regex, options)) {
    Scratch scratch;
    Slots slots;
    Result result = pikevm::search(*way.program, scratch, search, slots);
    std::string answer = result == Result::kMatch     ? to_string(slots)
                         : result == Result::kNoMatch ? "no match"
                                                      : "limit";
    if (first.empty()) first = answer;
    EXPECT_EQ(answer, first) << syntax::to_text(regex) << ", " << way.name;
  }
  return first;
}

std::string find(const char* pattern, const Search& search, const Options& options = {}) {
  return find(regex_of(pattern, options.encoding), search, options);
}

TEST(PikevmTest, WindowOfTheHaystack) {
  const char* program = "^a|a$|\\bb";
  EXPECT_EQ(find(program, {.haystack = "xaa", .begin = 1}), "(2,3)");
  EXPECT_EQ(find(program, {.haystack = "xaax", .begin = 1, .end = 3}), "no match");
  EXPECT_EQ(find(program, {.haystack = "xb", .begin = 1}), "no match");
  EXPECT_EQ(find(program, {.haystack = " b", .begin = 1}), "(1,2)");
  EXPECT_EQ(find(program, {.haystack = "a", .begin = 2}), "no match");
  EXPECT_EQ(find("a*", {.haystack = "aaaa", .begin = 1, .end = 3}), "(1,3)");
  EXPECT_EQ(find("(a*)", {.haystack = "aaaa", .begin = 4}), "(4,4)(4,4)");
}

TEST(PikevmTest, Anchored) {
  EXPECT_EQ(find("(b)|ab", {.haystack = "cab", .anchored = true}), "no match");
  EXPECT_EQ(find("(b)|ab", {.haystack = "cab", .begin = 1, .anchored = true}), "(1,3)(?,?)");
  auto at_start = program_of("(?:^|\\A)a");
  EXPECT_TRUE(at_start->anchored_at_start);
  EXPECT_EQ(find("(?:^|\\A)a", {.haystack = "aa", .begin = 1}), "no match");
}

TEST(PikevmTest, WantedSlots) {
  for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
    auto program = program_of("x(a|ab)(c|bcd)", {.semantics = semantics});
    Scratch scratch;
    Slots slots{{7, 8}};
    EXPECT_EQ(search(*program, scratch, {.haystack = "-xabcd", .wanted_slots = 0}, slots), Result::kMatch);
    EXPECT_TRUE(slots.empty());
    EXPECT_EQ(search(*program, scratch, {.haystack = "-xabcd", .wanted_slots = 1}, slots), Result::kMatch);
    EXPECT_EQ(to_string(slots), "(1,6)");
    EXPECT_EQ(search(*program, scratch, {.haystack = "-xabcd", .wanted_slots = 2}, slots), Result::kMatch);
    EXPECT_EQ(to_string(slots), "(1,6)(2,3)");
    EXPECT_EQ(search(*program, scratch, {.haystack = "-xab", .wanted_slots = 2}, slots), Result::kNoMatch);
    EXPECT_TRUE(slots.empty());
  }
}

TEST(PikevmTest, Utf8UnitsAndIllFormedBytes) {
  Options utf8{.encoding = Encoding::kUtf8};
  EXPECT_EQ(find("(.)", {.haystack = "\xFF\xC3\xA9"}, utf8), "(1,3)(1,3)");
  EXPECT_EQ(find("[^a]", {.haystack = "\xC3"}, utf8), "no match");
  EXPECT_EQ(find("a.b",
                 {.haystack = "a\x80"
                              "b"},
                 utf8),
            "no match");
  EXPECT_EQ(find("a.b",
                 {.haystack = "a\xF0\x9F\x98\x80"
                              "b"},
                 utf8),
            "(0,6)");
  EXPECT_EQ(find("[\xCE\xB1-\xCF\x89]+", {.haystack = "a\xCE\xB2\xCE\xB3z"}, utf8), "(1,5)");
  // No match begins or ends inside a sequence; surrogates and overlong forms are ill-formed.
  EXPECT_EQ(find("", {.haystack = "\xC3\xA9", .begin = 1}, utf8), "(2,2)");
  EXPECT_EQ(find(".*", {.haystack = "\xC3\xA9\xC3\xA9", .end = 3}, utf8), "(0,2)");
  EXPECT_EQ(find(".", {.haystack = "\xED\xA0\x80\xC0\x80"}, utf8), "no match");
  EXPECT_EQ(find("\\b(.)", {.haystack = "\xC3\xA9z"}, utf8), "(2,3)(2,3)");
}

TEST(PikevmTest, LimitsAreNamed) {
  std::string haystack(1000, 'a');
  constexpr Optimizations kNone = Optimizations::none();
  for (Optimizations optimizations :
       {kNone, kNone.with(Optimization::kPositions), kNone.with(Optimization::kAutomaton)}) {
    for (const char* pattern : {"a*b", "(a|aa)*b"}) {
      auto program = program_of(pattern, {.optimizations = optimizations});
      Scratch scratch;
      Slots slots;
      Search search{.haystack = haystack, .step_limit = 100};
      EXPECT_EQ(pikevm::search(*program, scratch, search, slots), Result::kStepLimit);
      EXPECT_TRUE(slots.empty());
      search.step_limit = 1'000'000;
      EXPECT_EQ(pikevm::search(*program, scratch, search, slots), Result::kNoMatch);
      search.memory_limit_bytes = 50;
      EXPECT_EQ(pikevm::search(*program, scratch, search, slots), Result::kMemoryLimit);
    }
  }
}

TEST(PikevmTest, ScratchServesAnyProgramsInTurn) {
  Scratch scratch;
  Slots slots;
  for (int round = 0; round < 3; ++round) {
    for (const char* pattern : {"(a|ab)(c|bcd)(d*)", "(a{0,30}){0,30}", "a*", "(\\ba|^b|$)*c", "(x*)*"}) {
      for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
        auto program = program_of(pattern, {.semantics = semantics});
        auto simulated = program_of(pattern, {.semantics = semantics, .optimizations = Optimizations::none()});
        Scratch fresh;
        Slots expected;
        for (const char* haystack : {"abcd", "aaaaaaaa", "", "b c"}) {
          Result result = search(*simulated, fresh, {.haystack = haystack}, expected);
          EXPECT_EQ(search(*program, scratch, {.haystack = haystack}, slots), result);
          EXPECT_EQ(slots, expected) << pattern << " on " << haystack;
        }
      }
    }
  }
}

TEST(PikevmTest, GroupsCanHaveAnyNumbers) {
  using namespace syntax;
  // (?<3>a)|(?<1>b), number 2 nowhere.
  Regex r = repeat(alternate({group(literal('a'), 3), group(literal('b'), 1)}), 0, kInfinite);
  EXPECT_EQ(find(r, {.haystack = "ab"}), "(0,2)(1,2)(?,?)(?,?)");
  EXPECT_EQ(find(r, {.haystack = "ab"}, {.semantics = Semantics::kLeftmostFirst}), "(0,2)(1,2)(?,?)(0,1)");
}

TEST(PikevmTest, ManyThousandsOfCopies) {
  EXPECT_EQ(find("(a{1000})", {.haystack = std::string(10'000, 'a')}), "(0,1000)(0,1000)");
  EXPECT_EQ(find("(a{0,30}){0,30}", {.haystack = std::string(95, 'a')}), "(0,95)(90,95)");
  EXPECT_EQ(find("a{5000}", {.haystack = std::string(6000, 'a')}), "(0,5000)");
}

// Where the end of the haystack says no, nothing else is looked at.
TEST(PikevmTest, APatternThatEndsAtTheEndIsRuledOutByTheEnd) {
  const std::string text(10'000, 'a');
  for (const char* pattern : {"[a-z]+b$", "(a|b)*(?i:cD)\\z", "(?:a+|b+)x$"}) {
    for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
      auto program = program_of(pattern, {.semantics = semantics});
      Scratch scratch;
      Slots slots;
      EXPECT_EQ(search(*program, scratch, {.haystack = text}, slots), Result::kNoMatch);
      EXPECT_LE(scratch.usage().steps, 1U) << pattern;
    }
  }
  EXPECT_EQ(find("[a-z]+b$", {.haystack = text + "b"}), "(0,10001)");
  EXPECT_EQ(find("[a-z]+(?i:cD)$", {.haystack = text + "Cd"}), "(0,10002)");
  EXPECT_EQ(find("[a-z]+b$", {.haystack = text + "ba", .end = 10'001}), "no match");
}

}  // namespace
}  // namespace redoubt::pikevm
