#include "syntax/char_class.h"

#include <gtest/gtest.h>

#include <bitset>
#include <random>
#include <vector>

namespace redoubt::syntax {
namespace {

using Bits = std::bitset<256>;

Bits bits(const CharClass& c) {
  Bits result;
  for (std::uint32_t unit = 0; unit < 256; ++unit) result[unit] = c.contains(unit);
  return result;
}

CharClass random_class(std::mt19937& random) {
  std::vector<Range> ranges;
  for (unsigned n = random() % 6; n > 0; --n) {
    // A narrow domain makes ranges touch and overlap.
    const std::uint32_t lo = random() % 20;
    ranges.push_back({lo, lo + static_cast<std::uint32_t>(random() % 6)});
  }
  if (random() % 4 == 0) ranges.push_back({200, 255});
  return CharClass(std::move(ranges));
}

void expect_canonical(const CharClass& c) {
  for (std::size_t i = 0; i < c.ranges().size(); ++i) {
    EXPECT_LE(c.ranges()[i].lo, c.ranges()[i].hi);
    if (i > 0) {
      EXPECT_GT(c.ranges()[i].lo, c.ranges()[i - 1].hi + 1);
    }
  }
}

TEST(CharClassTest, RangesAreMergedAndSorted) {
  EXPECT_EQ(CharClass({{5, 9}, {1, 2}, {3, 4}}).ranges(), (std::vector<Range>{{1, 9}}));
  EXPECT_EQ(CharClass({{1, 9}, {2, 3}, {11, 11}}).ranges(), (std::vector<Range>{{1, 9}, {11, 11}}));
  EXPECT_TRUE(CharClass().empty());
  EXPECT_TRUE(CharClass::single('a').is_single());
  EXPECT_FALSE(CharClass({{'a', 'b'}}).is_single());
  EXPECT_EQ(CharClass({{3, 5}, {9, 9}}).size(), 4U);
  EXPECT_EQ(CharClass({{3, 5}, {9, 9}}).front(), 3U);
}

TEST(CharClassTest, Domains) {
  EXPECT_EQ(CharClass::all(Encoding::kBytes).size(), 256U);
  EXPECT_EQ(CharClass::all(Encoding::kUtf8).size(), 0x110000U - 0x800U);
  EXPECT_FALSE(CharClass::all(Encoding::kUtf8).contains(0xD800));
  EXPECT_EQ(CharClass().complement(Encoding::kUtf8), CharClass::all(Encoding::kUtf8));
  EXPECT_EQ(CharClass::single(kMaxScalar).complement(Encoding::kUtf8).ranges().back().hi, kMaxScalar - 1);
}

TEST(CharClassTest, SetOperationsAgreeWithBits) {
  std::mt19937 random(1);
  for (int i = 0; i < 5000; ++i) {
    const CharClass a = random_class(random);
    const CharClass b = random_class(random);
    const Bits x = bits(a);
    const Bits y = bits(b);
    EXPECT_EQ(bits(a.union_with(b)), x | y);
    EXPECT_EQ(bits(a.intersect(b)), x & y);
    EXPECT_EQ(bits(a.minus(b)), x & ~y);
    EXPECT_EQ(bits(a.complement(Encoding::kBytes)), ~x);
    EXPECT_EQ(a.size(), x.count());
    EXPECT_EQ(a == b, x == y);
    for (const CharClass& c : {a.union_with(b), a.intersect(b), a.minus(b), a.complement(Encoding::kBytes)}) {
      expect_canonical(c);
    }
    EXPECT_EQ(a.complement(Encoding::kUtf8).complement(Encoding::kUtf8), a);
  }
}

TEST(CharClassTest, PartitionTellsApartWhatAClassTellsApart) {
  std::mt19937 random(2);
  for (int i = 0; i < 500; ++i) {
    std::vector<CharClass> classes;
    for (unsigned n = random() % 4; n > 0; --n) classes.push_back(random_class(random));
    const Partition p = partition(classes, Encoding::kBytes);
    ASSERT_EQ(p.starts.size(), p.parts.size());
    ASSERT_EQ(p.representatives.size(), p.count);
    for (std::uint32_t part = 0; part < p.count; ++part) EXPECT_EQ(p.part_of(p.representatives[part]), part);
    for (std::uint32_t u = 0; u < 256; ++u) {
      const std::uint32_t same = p.representatives[p.part_of(u)];
      EXPECT_LE(same, u);
      for (const CharClass& c : classes) EXPECT_EQ(c.contains(u), c.contains(same));
    }
    // Coarsest: two parts differ in some class.
    for (std::uint32_t a = 0; a < p.count; ++a) {
      for (std::uint32_t b = 0; b < a; ++b) {
        bool differ = false;
        for (const CharClass& c : classes) {
          differ = differ || c.contains(p.representatives[a]) != c.contains(p.representatives[b]);
        }
        EXPECT_TRUE(differ);
      }
    }
  }
}

TEST(CharClassTest, PartitionOfScalarValuesLeavesSurrogatesOut) {
  const Partition p = partition({CharClass({{0x41, 0x5A}}), CharClass({{0xE000, kMaxScalar}})}, Encoding::kUtf8);
  EXPECT_EQ(p.starts.front(), 0U);
  EXPECT_EQ(p.count, 3U);
  EXPECT_EQ(p.part_of(0xD800), Partition::kNoPart);
  EXPECT_EQ(p.part_of(0xDFFF), Partition::kNoPart);
  EXPECT_EQ(p.part_of(0), p.part_of(0xD7FF));
  EXPECT_EQ(p.part_of(0xE000), p.part_of(kMaxScalar));
  EXPECT_EQ(partition({}, Encoding::kBytes).count, 1U);
}

TEST(CharClassTest, NamedSets) {
  EXPECT_EQ(digit_class().size(), 10U);
  EXPECT_EQ(space_class().size(), 6U);
  EXPECT_TRUE(space_class().contains('\v'));
  EXPECT_EQ(word_class().size(), 63U);
  for (std::uint32_t unit = 0; unit < 0x200; ++unit) EXPECT_EQ(word_class().contains(unit), is_word_unit(unit));
}

}  // namespace
}  // namespace redoubt::syntax
