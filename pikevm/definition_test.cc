// Leftmost-longest against its definition: all small regexes on all small haystacks, and random larger ones.
#include <gtest/gtest.h>

#include "pikevm/definition_for_test.h"
#include "pikevm/generate_for_test.h"
#include "pikevm/pikevm.h"
#include "pikevm/ways_for_test.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

std::string show(const std::optional<Slots>& slots) { return slots ? to_string(*slots) : "no match"; }

class DefinitionTest : public testing::Test {
 protected:
  /// Groups, span and existence, each asked by itself, and of each way of searching.
  void expect(const std::vector<test::Way>& ways, const syntax::Regex& r, std::string_view haystack,
              const std::optional<Slots>& expected) {
    for (const test::Way& way : ways) {
      ASSERT_NO_FATAL_FAILURE(expect_in({.haystack = haystack}, *way.program, r, expected)) << way.name;
    }
    ++cases_;
  }

  void expect_in(Search asked, const Program& program, const syntax::Regex& r, const std::optional<Slots>& expected) {
    std::string_view haystack = asked.haystack;
    Slots slots;
    Result result = search(program, scratch_, asked, slots);
    std::optional<Slots> got;
    if (result == Result::kMatch) got = slots;
    ASSERT_EQ(got, expected) << syntax::to_text(r) << " on " << haystack << ": " << show(got) << ", expected "
                             << show(expected) << "\n"
                             << dump(program);
    asked.wanted_slots = 1;
    ASSERT_EQ(search(program, scratch_, asked, slots), result);
    if (expected) {
      ASSERT_EQ(slots, Slots{(*expected)[0]}) << syntax::to_text(r) << " on " << haystack;
    }
    asked.wanted_slots = 0;
    ASSERT_EQ(search(program, scratch_, asked, slots), result);
  }

  Scratch scratch_;
  int cases_ = 0;
};

TEST_F(DefinitionTest, AllRegexesOfFourNodesOnAllHaystacksOfFourBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 4);
  for (std::uint32_t size = 1; size <= 4; ++size) {
    for (const syntax::Regex& unnumbered : test::all_regexes(size, false)) {
      syntax::Regex r = syntax::renumber_groups(unnumbered);
      const std::vector<test::Way> ways = test::ways(r);
      for (const std::string& h : haystacks) {
        std::optional<Slots> best = test::enumerate_best(r, h);
        ASSERT_EQ(test::fill_best(r, h), best) << syntax::to_text(r) << " on " << h;
        ASSERT_NO_FATAL_FAILURE(expect(ways, r, h, best));
      }
    }
  }
  EXPECT_EQ(cases_, 4425 * 31);
}

TEST_F(DefinitionTest, RandomRegexes) {
  test::RandomRegex random(1);
  for (int k = 0; k < test::kRandomRounds; ++k) {
    syntax::Regex r = random.regex(5, true);
    const std::vector<test::Way> ways = test::ways(r);
    for (int n = 0; n < 4; ++n) {
      std::string h = random.haystack(n == 3 ? "ab \n" : "ab", 8);
      ASSERT_NO_FATAL_FAILURE(expect(ways, r, h, test::fill_best(r, h)));
    }
  }
}

}  // namespace
}  // namespace redoubt::pikevm
