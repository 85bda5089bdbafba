#include "generate/choices.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <utility>
#include <vector>

namespace redoubt::generate {
namespace {

TEST(IndexChoices, UnranksAProductOfDecisionsInOrder) {
  // A first decision with options of 2, 0 and 1 completions; then, pending, one of 3 options.
  const std::array<std::uint64_t, 3> first{2, 0, 1};
  std::vector<std::array<std::uint64_t, 3>> seen;
  for (std::uint64_t k = 0; k < 9; ++k) {
    IndexChoices choices(k);
    std::uint64_t option = choices.choose(first, 3);
    std::uint64_t inner = choices.below(first[option], 3);
    std::uint64_t pending = choices.below(3, 1);
    EXPECT_EQ(choices.left(), 0u);
    seen.push_back({option, inner, pending});
  }
  std::vector<std::array<std::uint64_t, 3>> expected;
  for (std::uint64_t inner : {0, 1}) {
    for (std::uint64_t pending : {0, 1, 2}) expected.push_back({0, inner, pending});
  }
  for (std::uint64_t pending : {0, 1, 2}) expected.push_back({2, 0, pending});
  EXPECT_EQ(seen, expected);
}

TEST(IndexChoices, AnIndexBeyondTheTotalStillPicksANonZeroOption) {
  const std::array<std::uint64_t, 3> weights{1, 2, 0};
  IndexChoices choices(1000);
  EXPECT_EQ(choices.choose(weights, 1), 1u);
  EXPECT_EQ(choices.below(7, 1), 6u);
}

TEST(RandomChoices, IsSplitMix64) {
  // The first outputs for seed 1234567, as published with the reference implementation of the generator.
  RandomChoices choices(1234567);
  EXPECT_EQ(choices.next(), 6457827717110365317u);
  EXPECT_EQ(choices.next(), 3203168211198807973u);
  EXPECT_EQ(choices.next(), 9817491932198370423u);
}

TEST(RandomChoices, FollowsTheWeights) {
  RandomChoices choices(7);
  const std::array<std::uint64_t, 4> weights{1, 0, 3, 6};
  std::array<int, 4> counts{};
  for (int i = 0; i < 100000; ++i) ++counts[choices.choose(weights, 5)];
  EXPECT_NEAR(counts[0], 10000, 600);
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[2], 30000, 900);
  EXPECT_NEAR(counts[3], 60000, 900);
}

TEST(RandomChoices, BelowIsUnbiasedForHugeBounds) {
  RandomChoices choices(11);
  const std::uint64_t bound = (std::uint64_t{1} << 63) + (std::uint64_t{1} << 62);
  int low = 0;
  for (int i = 0; i < 30000; ++i) {
    std::uint64_t x = choices.below(bound);
    ASSERT_LT(x, bound);
    low += x < bound / 3;
  }
  EXPECT_NEAR(low, 10000, 500);
}

TEST(RandomChoices, BetweenReachesBothEnds) {
  RandomChoices choices(3);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(choices.between(4, 6));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{4, 5, 6}));
}

TEST(ByteChoices, ReadsAsFewBytesAsNeeded) {
  const std::array<std::uint8_t, 4> bytes{5, 0x34, 0x12, 9};
  ByteChoices choices(bytes);
  EXPECT_EQ(choices.below(1), 0u);
  EXPECT_EQ(choices.remaining().size(), 4u);
  EXPECT_EQ(choices.below(256), 5u);
  EXPECT_EQ(choices.below(0x10000), 0x1234u);
  EXPECT_EQ(choices.below(4), 1u);
  EXPECT_TRUE(choices.remaining().empty());
}

TEST(ByteChoices, WeightsDoNotCountAndExhaustionTakesTheFirstNonZero) {
  const std::array<std::uint64_t, 4> weights{0, 1, 0, 1000000};
  const std::array<std::uint8_t, 2> bytes{0, 1};
  ByteChoices choices(bytes);
  EXPECT_EQ(choices.choose(weights, 1), 1u);
  EXPECT_EQ(choices.choose(weights, 1), 3u);
  EXPECT_EQ(choices.choose(weights, 1), 1u);
  EXPECT_EQ(choices.below(1000), 0u);
  EXPECT_FALSE(choices.one_in(2));
}

}  // namespace
}  // namespace redoubt::generate
