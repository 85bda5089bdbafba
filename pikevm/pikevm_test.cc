#include "pikevm/pikevm.h"

#include <gtest/gtest.h>

#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

using syntax::parse;

std::shared_ptr<const Program> program_of(const char* pattern, Options options = {}) {
  syntax::ParseOptions parsing;
  parsing.encoding = options.encoding;
  parsing.limits.repeat_count = 1'000'000;
  return compile(parse(pattern, parsing).value(), options).value();
}

std::string find(const Program& program, const Search& asked) {
  Scratch scratch;
  std::string answers[2];
  for (bool cached : {false, true}) {
    Search search = asked;
    search.cached = cached;
    Slots slots;
    Result result = pikevm::search(program, scratch, search, slots);
    answers[cached] = result == Result::kMatch ? to_string(slots) : result == Result::kNoMatch ? "no match" : "limit";
  }
  EXPECT_EQ(answers[0], answers[1]);
  return answers[0];
}

TEST(PikevmTest, WindowOfTheHaystack) {
  auto program = program_of("^a|a$|\\bb");
  EXPECT_EQ(find(*program, {.haystack = "xaa", .begin = 1}), "(2,3)");
  EXPECT_EQ(find(*program, {.haystack = "xaax", .begin = 1, .end = 3}), "no match");
  EXPECT_EQ(find(*program, {.haystack = "xb", .begin = 1}), "no match");
  EXPECT_EQ(find(*program, {.haystack = " b", .begin = 1}), "(1,2)");
  EXPECT_EQ(find(*program, {.haystack = "a", .begin = 2}), "no match");
  EXPECT_EQ(find(*program_of("a*"), {.haystack = "aaaa", .begin = 1, .end = 3}), "(1,3)");
  EXPECT_EQ(find(*program_of("(a*)"), {.haystack = "aaaa", .begin = 4}), "(4,4)(4,4)");
}

TEST(PikevmTest, Anchored) {
  auto program = program_of("(b)|ab");
  EXPECT_EQ(find(*program, {.haystack = "cab", .anchored = true}), "no match");
  EXPECT_EQ(find(*program, {.haystack = "cab", .begin = 1, .anchored = true}), "(1,3)(?,?)");
  auto at_start = program_of("(?:^|\\A)a");
  EXPECT_TRUE(at_start->anchored_at_start);
  EXPECT_EQ(find(*at_start, {.haystack = "aa", .begin = 1}), "no match");
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
  EXPECT_EQ(find(*program_of("(.)", utf8), {.haystack = "\xFF\xC3\xA9"}), "(1,3)(1,3)");
  EXPECT_EQ(find(*program_of("[^a]", utf8), {.haystack = "\xC3"}), "no match");
  EXPECT_EQ(find(*program_of("a.b", utf8), {.haystack = "a\x80"
                                                        "b"}),
            "no match");
  EXPECT_EQ(find(*program_of("a.b", utf8), {.haystack = "a\xF0\x9F\x98\x80"
                                                        "b"}),
            "(0,6)");
  EXPECT_EQ(find(*program_of("[\xCE\xB1-\xCF\x89]+", utf8), {.haystack = "a\xCE\xB2\xCE\xB3z"}), "(1,5)");
  // No match begins or ends inside a sequence; surrogates and overlong forms are ill-formed.
  EXPECT_EQ(find(*program_of("", utf8), {.haystack = "\xC3\xA9", .begin = 1}), "(2,2)");
  EXPECT_EQ(find(*program_of(".*", utf8), {.haystack = "\xC3\xA9\xC3\xA9", .end = 3}), "(0,2)");
  EXPECT_EQ(find(*program_of(".", utf8), {.haystack = "\xED\xA0\x80\xC0\x80"}), "no match");
  EXPECT_EQ(find(*program_of("\\b(.)", utf8), {.haystack = "\xC3\xA9z"}), "(2,3)(2,3)");
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
        Scratch fresh;
        Slots expected;
        for (const char* haystack : {"abcd", "aaaaaaaa", "", "b c"}) {
          Result result = search(*program, fresh, {.haystack = haystack, .cached = false}, expected);
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
  EXPECT_EQ(find(*compile(r, {}).value(), {.haystack = "ab"}), "(0,2)(1,2)(?,?)(?,?)");
  EXPECT_EQ(find(*compile(r, {.semantics = Semantics::kLeftmostFirst}).value(), {.haystack = "ab"}),
            "(0,2)(1,2)(?,?)(0,1)");
}

TEST(PikevmTest, ManyThousandsOfCopies) {
  EXPECT_EQ(find(*program_of("(a{1000})"), {.haystack = std::string(10'000, 'a')}), "(0,1000)(0,1000)");
  EXPECT_EQ(find(*program_of("(a{0,30}){0,30}"), {.haystack = std::string(95, 'a')}), "(0,95)(90,95)");
  EXPECT_EQ(find(*program_of("a{5000}"), {.haystack = std::string(6000, 'a')}), "(0,5000)");
}

}  // namespace
}  // namespace redoubt::pikevm
