// Simplified trees against the trees they come from, both as the references read them: leftmost-longest by A6, and
// leftmost-first under either loop policy. The matcher that the rules are for takes no part.
#include "pikevm/simplify.h"

#include <gtest/gtest.h>

#include "pikevm/generate_for_test.h"
#include "reference/leftmost_first.h"
#include "reference/longest_matcher.h"
#include "syntax/printer.h"

namespace redoubt::properties {
namespace {

using pikevm::Simplified;
using pikevm::simplify;
using reference::LeftmostFirstMatcher;
using reference::LongestMatcher;
using reference::LoopPolicy;
using reference::MatchStatus;

namespace test = pikevm::test;

class SimplifyPropertyTest : public testing::Test {
 protected:
  void check(const syntax::Regex& r, const std::vector<std::string>& haystacks) {
    if (Simplified s = simplify(r, Semantics::kLeftmostLongest); s.tree != r) {
      LongestMatcher before(workspace_, r);
      LongestMatcher after(workspace_, s.tree);
      ASSERT_NO_FATAL_FAILURE(compare(before, after, r, s.tree, haystacks));
    }
    if (Simplified s = simplify(r, Semantics::kLeftmostFirst); s.tree != r) {
      for (LoopPolicy policy : {LoopPolicy::kRe2, LoopPolicy::kPcre2}) {
        LeftmostFirstMatcher before(workspace_, r, policy);
        LeftmostFirstMatcher after(workspace_, s.tree, policy);
        ASSERT_NO_FATAL_FAILURE(compare(before, after, r, s.tree, haystacks)) << (policy == LoopPolicy::kRe2);
      }
    }
  }

  template <class Matcher>
  void compare(Matcher& before, Matcher& after, const syntax::Regex& r, const syntax::Regex& s,
               const std::vector<std::string>& haystacks) {
    for (const std::string& h : haystacks) {
      Slots expected, got;
      MatchStatus status = before.match(h, expected);
      ASSERT_EQ(after.match(h, got), status) << syntax::to_text(r) << " became " << syntax::to_text(s) << "; on " << h;
      if (status == MatchStatus::kMatch) got.resize(expected.size());
      ASSERT_EQ(got, expected) << syntax::to_text(r) << " became " << syntax::to_text(s) << "; on " << h << " "
                               << to_string(got) << ", not " << to_string(expected);
      ++cases_;
    }
  }

  reference::Workspace workspace_{Encoding::kBytes};
  std::uint64_t cases_ = 0;
};

TEST_F(SimplifyPropertyTest, AllRegexesOfFourNodesOnAllHaystacksOfFourBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 4);
  for (std::uint32_t size = 1; size <= 4; ++size) {
    for (const syntax::Regex& r : test::all_regexes(size, true)) {
      ASSERT_NO_FATAL_FAILURE(check(syntax::renumber_groups(r), haystacks));
    }
  }
  EXPECT_GT(cases_, 100'000U);
}

TEST_F(SimplifyPropertyTest, AllRegexesOfFiveNodesOnAllHaystacksOfThreeBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 3);
  for (const syntax::Regex& r : test::all_regexes(5, true)) {
    ASSERT_NO_FATAL_FAILURE(check(syntax::renumber_groups(r), haystacks));
  }
  EXPECT_GT(cases_, 1'000'000U);
}

TEST_F(SimplifyPropertyTest, RandomRegexes) {
  test::RandomRegex random(6);
  for (int k = 0; k < 100'000; ++k) {
    std::vector<std::string> haystacks;
    for (int n = 0; n < 4; ++n) haystacks.push_back(random.haystack(n == 3 ? "ab \n" : "ab", 8));
    ASSERT_NO_FATAL_FAILURE(check(random.regex(5, true), haystacks));
  }
  EXPECT_GT(cases_, 100'000U);
}

}  // namespace
}  // namespace redoubt::properties
