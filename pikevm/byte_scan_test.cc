#include "pikevm/byte_scan.h"

#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace redoubt::pikevm {
namespace {

constexpr SimdLevel kLevels[] = {SimdLevel::kPortable, SimdLevel::kSsse3, SimdLevel::kAvx2};

ByteSet set_of(std::string_view bytes) {
  ByteSet set;
  for (char c : bytes) set.insert(static_cast<std::uint8_t>(c));
  return set;
}

const char* naive(const ByteSet& set, const char* from, const char* end) {
  while (from != end && !set.contains(static_cast<std::uint8_t>(*from))) ++from;
  return from;
}

std::vector<ByteSet> sample_sets() {
  std::vector<ByteSet> sets = {ByteSet{},      ByteSet::all(),    set_of("x"),
                               set_of("\x80"), set_of("xy"),      set_of("\x01\xFF"),
                               set_of("xyz"),  set_of("\r\n\t "), set_of(" ").complement()};
  ByteSet digits, upper;
  digits.insert('0', '9');
  upper.insert(0x80, 0xFF);
  sets.insert(sets.end(), {digits, digits.complement(), upper, upper.complement()});
  std::mt19937 random(1);
  for (int k = 0; k < 12; ++k) {
    ByteSet set;
    for (unsigned count = 4U << (k % 6); count > 0; --count) set.insert(static_cast<std::uint8_t>(random()));
    sets.push_back(set);
  }
  return sets;
}

TEST(ByteSet, InsertsRanges) {
  for (unsigned lo = 0; lo < 256; ++lo) {
    for (unsigned hi = lo; hi < 256; ++hi) {
      ByteSet set;
      set.insert(static_cast<std::uint8_t>(lo), static_cast<std::uint8_t>(hi));
      ASSERT_EQ(set.size(), static_cast<int>(hi - lo + 1));
      ASSERT_TRUE(set.contains(static_cast<std::uint8_t>(lo)) && set.contains(static_cast<std::uint8_t>(hi)));
    }
  }
  EXPECT_EQ(set_of("abc").complement().size(), 253);
  EXPECT_TRUE(ByteSet::all().full());
  std::string seen;
  set_of("za\x80").for_each([&](std::uint8_t byte) { seen += static_cast<char>(byte); });
  EXPECT_EQ(seen, "az\x80");
}

TEST(ByteScan, ChoosesByTheSizeOfTheSet) {
  EXPECT_EQ(ByteScan().kind(), ByteScan::Kind::kNone);
  EXPECT_EQ(ByteScan(set_of("a")).kind(), ByteScan::Kind::kOne);
  EXPECT_EQ(ByteScan(set_of("ab")).kind(), ByteScan::Kind::kTwo);
  EXPECT_EQ(ByteScan(set_of("abc")).kind(), ByteScan::Kind::kThree);
  EXPECT_EQ(ByteScan(set_of("abcd")).kind(), ByteScan::Kind::kSet);
  EXPECT_EQ(ByteScan(ByteSet::all()).kind(), ByteScan::Kind::kAll);
}

/// Every length and place of the first hit, at every alignment. The range is a heap block of its very size, so that a
/// sanitizer sees a read outside it, and hits lie just outside of it where they can.
TEST(ByteScan, AllLengthsAndAlignments) {
  for (const ByteSet& set : sample_sets()) {
    std::string in, out;
    set.for_each([&](std::uint8_t byte) { in += static_cast<char>(byte); });
    set.complement().for_each([&](std::uint8_t byte) { out += static_cast<char>(byte); });
    for (SimdLevel level : kLevels) {
      if (level > simd_level()) continue;
      const ByteScan scan(set, level);
      for (std::size_t length = 0; length <= 100; ++length) {
        for (std::size_t shift = 0; shift < (length % 7 == 0 ? 32U : 3U); ++shift) {
          const std::unique_ptr<char[]> block(new char[shift + length]);
          for (std::size_t k = 0; k < shift + length; ++k) {
            const std::string& from = (k < shift || out.empty()) && !in.empty() ? in : out;
            block[k] = from[(k * 7 + length) % from.size()];
          }
          const char* begin = block.get() + shift;
          const char* end = begin + length;
          ASSERT_EQ(scan.find(begin, end), naive(set, begin, end));
          if (in.empty()) continue;
          for (std::size_t hit = 0; hit < length; ++hit) {
            const char before = begin[hit];
            block[shift + hit] = in[(hit + shift) % in.size()];
            ASSERT_EQ(scan.find(begin, end), naive(set, begin, end)) << length << " " << shift << " " << hit;
            // A range may end before the hit.
            ASSERT_EQ(scan.find(begin, begin + hit), naive(set, begin, begin + hit));
            block[shift + hit] = before;
          }
        }
      }
    }
  }
}

/// Each of the 256 values is told apart, wherever it stands in a block.
TEST(ByteScan, EveryByteValue) {
  for (const ByteSet& set : sample_sets()) {
    for (SimdLevel level : kLevels) {
      if (level > simd_level()) continue;
      const ByteScan scan(set, level);
      std::string text;
      for (unsigned byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        ASSERT_EQ(scan.contains(c), set.contains(static_cast<std::uint8_t>(byte)));
        if (!set.contains(static_cast<std::uint8_t>(byte))) text += c;
      }
      const std::size_t quiet = text.size();
      for (std::size_t from = 0; from < quiet; from += 13) {
        ASSERT_EQ(scan.find(text.data() + from, text.data() + quiet), text.data() + quiet);
      }
      if (set.empty()) continue;
      for (unsigned byte = 0; byte < 256; ++byte) {
        if (!set.contains(static_cast<std::uint8_t>(byte))) continue;
        const std::string one = text.substr(0, quiet / 2) + static_cast<char>(byte) + text.substr(quiet / 2);
        ASSERT_EQ(scan.find(one.data(), one.data() + one.size()), one.data() + quiet / 2);
      }
    }
  }
}

}  // namespace
}  // namespace redoubt::pikevm
