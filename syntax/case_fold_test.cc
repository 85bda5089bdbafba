#include "syntax/case_fold.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#ifdef REDOUBT_TEST_ICU
#include <unicode/uchar.h>
#include <unicode/uversion.h>
#endif

namespace redoubt::syntax {
namespace {

CharClass folded(CharClass c, Encoding encoding = Encoding::kUtf8) { return fold_closure(c, encoding); }

TEST(CaseFoldTest, BytesFoldAsAscii) {
  EXPECT_EQ(folded({{'a', 'a'}}, Encoding::kBytes), CharClass({{'a', 'a'}, {'A', 'A'}}));
  EXPECT_EQ(folded({{'Q', 's'}}, Encoding::kBytes), CharClass({{'A', 'z'}}));
  EXPECT_EQ(folded({{0xE0, 0xFF}}, Encoding::kBytes), CharClass({{0xE0, 0xFF}}));
  EXPECT_EQ(folded({{'@', '@'}, {'[', '`'}, {'{', '{'}}, Encoding::kBytes),
            CharClass({{'@', '@'}, {'[', '`'}, {'{', '{'}}));
  EXPECT_EQ(folded({}, Encoding::kBytes), CharClass());
}

TEST(CaseFoldTest, KnownOrbits) {
  EXPECT_EQ(folded({{'k', 'k'}}), CharClass({{'K', 'K'}, {'k', 'k'}, {0x212A, 0x212A}}));
  EXPECT_EQ(folded({{0x212A, 0x212A}}), CharClass({{'K', 'K'}, {'k', 'k'}, {0x212A, 0x212A}}));
  EXPECT_EQ(folded({{'S', 'S'}}), CharClass({{'S', 'S'}, {'s', 's'}, {0x17F, 0x17F}}));
  EXPECT_EQ(folded({{0xE5, 0xE5}}), CharClass({{0xC5, 0xC5}, {0xE5, 0xE5}, {0x212B, 0x212B}}));
  EXPECT_EQ(folded({{0x398, 0x398}}), CharClass({{0x398, 0x398}, {0x3B8, 0x3B8}, {0x3D1, 0x3D1}, {0x3F4, 0x3F4}}));
  EXPECT_EQ(folded({{0xDF, 0xDF}}), CharClass({{0xDF, 0xDF}, {0x1E9E, 0x1E9E}}));
  // Dotted and dotless i have only full or Turkic foldings.
  EXPECT_EQ(folded({{0x130, 0x131}}), CharClass({{0x130, 0x131}}));
  EXPECT_EQ(folded({{'1', '9'}}), CharClass({{'1', '9'}}));
  EXPECT_EQ(next_in_orbit('K'), std::uint32_t{'k'});
  EXPECT_EQ(next_in_orbit('k'), 0x212AU);
  EXPECT_EQ(next_in_orbit(0x212A), std::uint32_t{'K'});
  EXPECT_EQ(next_in_orbit('1'), std::uint32_t{'1'});
  EXPECT_EQ(next_in_orbit(kMaxScalar), kMaxScalar);
}

TEST(CaseFoldTest, LinksAreCyclesOfAtMostFour) {
  for (std::uint32_t unit = 0; unit <= kMaxScalar; ++unit) {
    std::uint32_t at = next_in_orbit(unit);
    int steps = 1;
    for (; at != unit && steps <= 4; at = next_in_orbit(at)) ++steps;
    ASSERT_LE(steps, 4) << unit;
    ASSERT_LE(at, kMaxScalar);
  }
}

TEST(CaseFoldTest, ClosureIsTheUnionOfOrbits) {
  const std::vector<CharClass> classes = {{{0x100, 0x180}}, {{0x1F51, 0x1F53}}, {{0x101, 0x101}, {0x13A, 0x13A}},
                                          {{'a', 0x3FF}},   {{0x10A0, 0x10C5}}, {{0x1E900, 0x1E910}},
                                          {{0, kMaxScalar}}};
  for (const CharClass& c : classes) {
    std::vector<Range> ranges;
    for (const Range& range : c.ranges()) {
      for (std::uint32_t unit = range.lo; unit <= range.hi; ++unit) {
        std::uint32_t at = unit;
        do {
          ranges.push_back({at, at});
          at = next_in_orbit(at);
        } while (at != unit);
      }
    }
    EXPECT_EQ(folded(c), CharClass(std::move(ranges)));
    EXPECT_EQ(folded(folded(c)), folded(c));
  }
}

#ifdef REDOUBT_TEST_ICU
TEST(CaseFoldTest, TableIsIcus) {
  // Another ICU may know characters that the generated table does not; folding of assigned ones never changes.
  const bool same_version = U_ICU_VERSION_MAJOR_NUM == 72;
  std::map<std::int32_t, std::vector<std::uint32_t>> orbits;
  for (std::uint32_t unit = 0; unit <= kMaxScalar; ++unit) {
    orbits[u_foldCase(static_cast<UChar32>(unit), U_FOLD_CASE_DEFAULT)].push_back(unit);
  }
  std::uint32_t checked = 0;
  for (const auto& [key, members] : orbits) {
    if (!same_version && next_in_orbit(members[0]) == members[0]) continue;
    for (std::size_t i = 0; i < members.size(); ++i) {
      ASSERT_EQ(next_in_orbit(members[i]), members[(i + 1) % members.size()]) << members[i];
      ++checked;
    }
  }
  EXPECT_GT(checked, 2700U);
}
#endif

}  // namespace
}  // namespace redoubt::syntax
