#include "syntax/byte_bits.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "syntax/case_fold.h"

namespace redoubt::syntax {
namespace {

CharClass to_class(const ByteBits& bits) {
  Range room[ByteBits::kMostRanges];
  const std::size_t count = bits.ranges(room);
  return CharClass(std::vector<Range>(room, room + count));
}

TEST(ByteBitsTest, AgreesWithCharClass) {
  std::mt19937 random(1);
  for (int round = 0; round < 5000; ++round) {
    std::vector<Range> ranges;
    for (std::size_t k = random() % 6; k > 0; --k) {
      const auto a = static_cast<std::uint32_t>(random() % 256);
      const auto b = random() % 3 == 0 ? static_cast<std::uint32_t>(random() % 256) : std::min(a + 5, kMaxByte);
      ranges.push_back({std::min(a, b), std::max(a, b)});
    }
    ByteBits bits;
    bits.add(View<Range>(ranges));
    CharClass expected(ranges);
    ASSERT_EQ(to_class(bits), expected);
    ByteBits folded = bits;
    folded.fold();
    ASSERT_EQ(to_class(folded), fold_closure(expected, Encoding::kBytes));
    folded.complement();
    ASSERT_EQ(to_class(folded), fold_closure(expected, Encoding::kBytes).complement(Encoding::kBytes));
    folded.add(bits);
    ASSERT_EQ(to_class(folded),
              expected.union_with(fold_closure(expected, Encoding::kBytes).complement(Encoding::kBytes)));
  }
}

TEST(ByteBitsTest, RangesAreInNormalForm) {
  ByteBits every_other;
  for (std::uint32_t unit = 1; unit < 256; unit += 2) every_other.add({unit, unit});
  Range room[ByteBits::kMostRanges];
  ASSERT_EQ(every_other.ranges(room), ByteBits::kMostRanges);
  EXPECT_EQ(room[0], (Range{1, 1}));
  EXPECT_EQ(room[127], (Range{255, 255}));
  ByteBits all;
  EXPECT_EQ(all.ranges(room), 0U);
  all.complement();
  ASSERT_EQ(all.ranges(room), 1U);
  EXPECT_EQ(room[0], (Range{0, 255}));
}

}  // namespace
}  // namespace redoubt::syntax
