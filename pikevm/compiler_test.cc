#include "pikevm/compiler.h"

#include <vector>

#include <gtest/gtest.h>

#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

CompileResult compiled(const char* pattern, Options options = {}) {
  syntax::ParseOptions parsing;
  parsing.limits.repeat_count = 1'000'000'000;
  return compile(syntax::parse(pattern, parsing).value(), options);
}

TEST(CompilerTest, TooLargeIsANamedError) {
  for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
    for (const char* pattern : {"a{100000000}", "(a{2000}){1000}", "((a){1000}){1000}", "(?:(a{2000}){1000})*",
                                "(?:a?){0,9000000}", "((a|){3000}|b){3000,}"}) {
      CompileResult result = compiled(pattern, {.semantics = semantics});
      ASSERT_FALSE(result) << pattern;
      EXPECT_EQ(result.error().kind, CompileErrorKind::kProgramTooLarge);
      EXPECT_EQ(result.error().message, "the program would take more than its budget of 16777216 bytes");
    }
    EXPECT_FALSE(compiled("abc", {.semantics = semantics, .program_budget_bytes = 0}));
    EXPECT_FALSE(compiled("(abc|d)*", {.semantics = semantics, .program_budget_bytes = 100}));
  }
}

TEST(CompilerTest, ManyClassesKeepTheirMeaning) {
  // Sets and single bytes in turn, each twice, so that bytes come before and after the first few hundred classes.
  std::vector<syntax::CharClass> classes;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t unit = 0; unit < 256; ++unit) {
      classes.push_back(syntax::CharClass({{unit, 255}, {0, unit / 3}}));
      classes.push_back(syntax::CharClass::single(255 - unit));
    }
  }
  std::vector<syntax::Regex> parts;
  for (const syntax::CharClass& c : classes) parts.push_back(syntax::char_class(c));
  const auto program = compile(syntax::concat(parts), {.semantics = Semantics::kLeftmostFirst}).value();
  ASSERT_EQ(program->insts.size(), classes.size() + 1);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    EXPECT_EQ(program->insts[k].arg, program->insts[(k + 512) % 1024].arg);
    for (std::uint32_t unit = 0; unit < 256; ++unit) {
      ASSERT_EQ(program->alphabet.contains(program->insts[k].arg, program->alphabet.part_of(unit)),
                classes[k].contains(unit));
    }
  }
}

TEST(CompilerTest, NestedCountedRepeatsFit) {
  for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
    for (const char* pattern : {"(a{0,30}){0,30}", "(a{0,100}){0,100}", "((a?){1,1000})*", "a{100000}"}) {
      CompileResult result = compiled(pattern, {.semantics = semantics});
      ASSERT_TRUE(result) << pattern;
      EXPECT_LE((*result)->bytes(), Options{}.program_budget_bytes);
    }
  }
}

TEST(CompilerTest, CopiesOfNothingTakeNoTimeAndNoSpace) {
  for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
    auto program = compiled("(?:(?:(?:){1000}){1000,}){0,1000}a", {.semantics = semantics});
    ASSERT_TRUE(program);
    EXPECT_LE((*program)->insts.size(), 8U);
  }
}

TEST(CompilerTest, SizesAreLinearInTheBranches) {
  std::string few = "(a)";
  for (int k = 1; k < 100; ++k) few += "|(a)";
  std::string many = few;
  for (int k = 1; k < 10; ++k) many += "|" + few;
  for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
    std::size_t small = compiled(few.c_str(), {.semantics = semantics}).value()->insts.size();
    EXPECT_LE(compiled(many.c_str(), {.semantics = semantics}).value()->insts.size(), 11 * small);
  }
}

TEST(CompilerTest, EmptyArrowsLeadForwardButForLoops) {
  auto program = compiled("((a|b*)(c+|(d){2,4})){2,}|(e?|f)*").value();
  int back = 0;
  for (Address at = 0; at < program->insts.size(); ++at) {
    const Inst& inst = program->insts[at];
    if (inst.op == Op::kMatch || inst.op == Op::kClass) continue;
    if (inst.out <= at) ++back;
    if (inst.op == Op::kSplit && inst.arg <= at) ++back;
  }
  EXPECT_EQ(back,
            4);  // c+ in each of the two copies, the loop of the second, and (e?|f)*; b* is entered anew by a unit
}

TEST(CompilerTest, AnchorsAreSeen) {
  EXPECT_TRUE(compiled("^a|\\Ab").value()->anchored_at_start);
  EXPECT_TRUE(compiled("(?:(^)){2}").value()->anchored_at_start);
  EXPECT_FALSE(compiled("^*a").value()->anchored_at_start);
  EXPECT_FALSE(compiled("^a|b").value()->anchored_at_start);
  EXPECT_FALSE(compiled("(?m)^a").value()->anchored_at_start);
}

}  // namespace
}  // namespace redoubt::pikevm
