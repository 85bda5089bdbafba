#include "generate/haystack_gen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "generate/regex_gen.h"
#include "syntax/utf8.h"

namespace redoubt::generate {
namespace {

using syntax::CharClass;
using syntax::Regex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(StringSpace, IsAllStringsShortestFirst) {
  auto space = StringSpace::make({"a", "b"}, 2);
  ASSERT_TRUE(space) << space.error();
  EXPECT_THAT(space->all(), ElementsAre("", "a", "b", "aa", "ab", "ba", "bb"));
  EXPECT_THAT(space->up_to(1), ElementsAre("", "a", "b"));
  EXPECT_THAT(space->up_to(0), ElementsAre(""));
  EXPECT_EQ(space->up_to(9).size(), 7u);
}

TEST(StringSpace, CountsAndHasNoDuplicates) {
  auto space = StringSpace::make({"a", "\xC3\xA9", std::string(1, '\0')}, 7);
  ASSERT_TRUE(space);
  StringSpace moved = std::move(*space);
  EXPECT_EQ(moved.size(), (2187u * 3 - 1) / 2);
  std::set<std::string_view> distinct(moved.all().begin(), moved.all().end());
  EXPECT_EQ(distinct.size(), moved.size());
  EXPECT_EQ(moved[moved.size() - 1], std::string(7, '\0'));
}

TEST(StringSpace, WithoutLettersIsTheEmptyString) {
  auto space = StringSpace::make({}, 5);
  ASSERT_TRUE(space);
  EXPECT_THAT(space->all(), ElementsAre(""));
}

TEST(StringSpace, RefusesWhatIsTooLargeOrAmbiguous) {
  EXPECT_THAT(StringSpace::make({"a", "b", "c"}, 40).error(), HasSubstr("more than 256 MiB"));
  EXPECT_THAT(StringSpace::make({"a"}, 4'000'000'000u).error(), HasSubstr("more than 256 MiB"));
  EXPECT_THAT(StringSpace::make({"a", "ab"}, 2).error(), HasSubstr("start of another"));
  EXPECT_THAT(StringSpace::make({"a", ""}, 2).error(), HasSubstr("empty"));
}

TEST(RandomHaystack, ReachesEveryLength) {
  RandomChoices choices(4);
  const std::vector<std::string> letters{"x", "\xE2\x82\xAC"};
  std::set<std::size_t> lengths;
  for (int i = 0; i < 300; ++i) {
    std::string haystack = random_haystack(choices, letters, 3);
    EXPECT_TRUE(syntax::is_valid_utf8(haystack));
    std::size_t units = 0;
    for (std::size_t at = 0; at < haystack.size(); at += syntax::decode_utf8(haystack, at).length) ++units;
    lengths.insert(units);
  }
  EXPECT_EQ(lengths, (std::set<std::size_t>{0, 1, 2, 3}));
}

TEST(InterestingUnits, AreBothSidesOfEveryBoundary) {
  Regex r = syntax::concat({syntax::char_class(CharClass{{'b', 'y'}}), syntax::literal(0)});
  EXPECT_THAT(interesting_units(r, Encoding::kBytes), ElementsAre(0, 1, 'a', 'b', 'y', 'z'));
  Regex last = syntax::char_class(CharClass{{0x80, 0xFF}});
  EXPECT_THAT(interesting_units(last, Encoding::kBytes), ElementsAre(0x7F, 0x80, 0xFF));
}

TEST(InterestingUnits, SkipSurrogatesAndServeAssertions) {
  Regex r = syntax::char_class(CharClass{{0xE000, syntax::kMaxScalar}});
  EXPECT_THAT(interesting_units(r, Encoding::kUtf8), ElementsAre(0xE000, syntax::kMaxScalar));
  Regex looks = syntax::concat({syntax::look(syntax::Look::kWordBoundary), syntax::look(syntax::Look::kLineEnd)});
  EXPECT_THAT(interesting_units(looks, Encoding::kBytes), ElementsAre('\n', '-', '_'));
  EXPECT_THAT(interesting_units(syntax::empty(), Encoding::kBytes), ElementsAre('a'));
}

TEST(DrawAlong, KeepsToTheTree) {
  // a(b|cc){2,3}, drawn often: these and nothing else.
  Regex two_c = syntax::concat({syntax::literal('c'), syntax::literal('c')});
  Regex body = syntax::alternate({syntax::literal('b'), two_c});
  Regex r = syntax::concat({syntax::literal('a'), syntax::repeat(body, 2, 3)});
  std::set<std::string> expected;
  for (const char* x : {"b", "cc"}) {
    for (const char* y : {"b", "cc"}) {
      expected.insert(std::string("a") + x + y);
      for (const char* z : {"b", "cc"}) expected.insert(std::string("a") + x + y + z);
    }
  }
  RandomChoices choices(8);
  std::set<std::string> seen;
  for (int i = 0; i < 500; ++i) seen.insert(draw_along(r, Encoding::kBytes, choices, 100));
  EXPECT_EQ(seen, expected);
}

TEST(DrawAlong, ForcesIterationsInAnyBranch) {
  Regex inner = syntax::repeat(syntax::literal('b'), 2, 3);
  Regex r = syntax::alternate({syntax::literal('a'), syntax::repeat(inner, 0, 1)});
  RandomChoices choices(8);
  for (std::uint64_t count : {0, 1, 4, 20}) {
    std::string drawn = draw_along(r, Encoding::kBytes, choices, 100, {inner.get(), count});
    EXPECT_EQ(drawn, std::string(count, 'b'));
  }
}

TEST(DrawAlong, StopsAtItsLimits) {
  RandomChoices choices(8);
  Regex many = syntax::repeat(syntax::repeat(syntax::literal('a'), 1000, 1000), 1000, 1000);
  EXPECT_EQ(draw_along(many, Encoding::kBytes, choices, 50).size(), 50u);
  Regex nothing = syntax::empty();
  for (int i = 0; i < 20; ++i) nothing = syntax::repeat(nothing, 1000, 1000);
  EXPECT_EQ(draw_along(nothing, Encoding::kBytes, choices, 50), "");
}

}  // namespace
}  // namespace redoubt::generate
