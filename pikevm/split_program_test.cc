#include "pikevm/split_program.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

constexpr std::size_t kMost = 100'000;

syntax::Regex parsed(const char* pattern) { return syntax::parse(pattern).value(); }
std::size_t count(const SplitProgram& program, SplitOp op) {
  return static_cast<std::size_t>(
      std::count_if(program.insts.begin(), program.insts.end(), [op](const SplitInst& i) { return i.op == op; }));
}

TEST(SplitProgramTest, ARepeatedClassIsOneInstruction) {
  auto program = whole_program(parsed("(a{0,30}){0,30}"), Encoding::kBytes, kMost);
  ASSERT_EQ(program->insts.size(), 2U);
  EXPECT_EQ(program->insts[program->start].op, SplitOp::kCount);
  EXPECT_EQ(program->insts[program->start].max, 900U);
  EXPECT_EQ(program->width, 1U);
}

TEST(SplitProgramTest, ConcatsAreCutUpToTheLastPartWithGroups) {
  auto program = node_program(*parsed("ab*c(d+)e*(f+)gh*"), Encoding::kBytes, kMost);
  // Not after a, after which comes no group and whose length is fixed, nor between the last two parts.
  EXPECT_EQ(program->width, 5U);
  EXPECT_EQ(count(*program, SplitOp::kCut), 5U);
  ASSERT_EQ(program->parts.size(), 2U);
  EXPECT_EQ(program->parts[0].child, 3U);
  EXPECT_EQ(program->parts[0].begin_cut, 1U);
  EXPECT_EQ(program->parts[0].end_cut, 2U);
  EXPECT_EQ(program->parts[1].child, 5U);
  EXPECT_EQ(program->parts[1].begin_cut, 3U);
  EXPECT_EQ(program->parts[1].end_cut, 4U);
}

TEST(SplitProgramTest, RepeatsAreCutBetweenIterationsAndRememberTheLastCut) {
  auto bounded = node_program(*parsed("(ab){2,4}"), Encoding::kBytes, kMost);
  EXPECT_EQ(count(*bounded, SplitOp::kClass), 8U);
  EXPECT_EQ(bounded->memory, CutMemory::kLast);
  auto unbounded = node_program(*parsed("(ab){2,}"), Encoding::kBytes, kMost);
  EXPECT_EQ(count(*unbounded, SplitOp::kClass), 4U);
  EXPECT_EQ(count(*unbounded, SplitOp::kCut), 2U);
}

TEST(SplitProgramTest, OptionalCopiesAreTwins) {
  auto program = node_program(*parsed("(ab){2,5}"), Encoding::kBytes, kMost);
  std::vector<std::uint32_t> copies;
  for (Address at = 0; at < program->insts.size(); ++at) {
    const SplitInst& inst = program->insts[at];
    const SplitInst& twin = program->insts[inst.twin];
    EXPECT_EQ(twin.op, inst.op) << at;
    EXPECT_EQ(twin.arg, inst.op == SplitOp::kClass ? inst.arg : twin.arg) << at;
    EXPECT_EQ(twin.twin, inst.twin) << at;
    if (inst.op == SplitOp::kClass && (inst.twin != at || inst.copy > 0)) copies.push_back(inst.copy);
  }
  // Three of them; a higher copy is followed by fewer.
  EXPECT_EQ(copies, (std::vector<std::uint32_t>{2, 2, 1, 1, 0, 0}));
}

TEST(SplitProgramTest, TooLargeIsRefused) {
  EXPECT_EQ(whole_program(parsed("(?:ab){1000}"), Encoding::kBytes, 1000), nullptr);
  EXPECT_NE(whole_program(parsed("(?:ab){1000}"), Encoding::kBytes, 2001), nullptr);
  EXPECT_EQ(node_program(*parsed("(ab){1000}"), Encoding::kBytes, 1000), nullptr);
  EXPECT_EQ(node_program(*parsed("(?:ab){0,1000}(c)"), Encoding::kBytes, 1000), nullptr);
  EXPECT_EQ(node_program(*parsed("(?:ab){100,}|(c)"), Encoding::kBytes, 100), nullptr);
}

}  // namespace
}  // namespace redoubt::pikevm
