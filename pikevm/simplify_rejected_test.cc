// Rules that tempt and are wrong: the smallest cases known in which each would change an answer. `from` stays, or at
// least does not become `to`.
#include <gtest/gtest.h>

#include "pikevm/simplify_for_test.h"
#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

constexpr Semantics kLongest = Semantics::kLeftmostLongest;
constexpr Semantics kFirst = Semantics::kLeftmostFirst;

class SimplifyRejectedTest : public testing::Test {
 protected:
  static syntax::Regex parsed(const char* pattern) { return syntax::parse(pattern, {}).value(); }

  /// On `haystack`, `from` gives `expected` and `to` gives `wrong`; simplified, `from` still gives `expected`.
  void differ(Semantics semantics, const char* from, const char* to, const char* haystack, const char* expected,
              const char* wrong) {
    ASSERT_STRNE(expected, wrong);
    test::SimplifyChecker checker(semantics);
    syntax::Regex r = parsed(from);
    EXPECT_EQ(to_string(checker.answer(r, haystack)), expected) << from << " on " << haystack;
    EXPECT_EQ(to_string(checker.answer(parsed(to), haystack)), wrong) << to << " on " << haystack;
    checker.check(r, {haystack});
  }
};

TEST_F(SimplifyRejectedTest, APrefixThatVariesIsNotFactoredOverGroups) {
  differ(kLongest, "a?(ab)|a?(b)", "a?(?:(ab)|(b))", "ab", "(0,2)(0,2)(?,?)", "(0,2)(?,?)(1,2)");
  differ(kFirst, "a?(ab)|a?(b)", "a?(?:(ab)|(b))", "ab", "(0,2)(0,2)(?,?)", "(0,2)(?,?)(1,2)");
  differ(kFirst, "a?ab|a?bc", "a?(?:ab|bc)", "abc", "(0,2)", "(0,3)");
}

TEST_F(SimplifyRejectedTest, ASuffixThatVariesIsNotFactoredOverGroupsInLeftmostLongest) {
  differ(kLongest, "(a)b?|(ab)b?", "(?:(a)|(ab))b?", "ab", "(0,2)(0,1)(?,?)", "(0,2)(?,?)(0,2)");
}

TEST_F(SimplifyRejectedTest, ASuffixIsNotFactoredInALoopOverWhatCanBeEmpty) {
  differ(kFirst, "(?:ac??|c?\?)*", "(?:(?:a|)c?\?)*", "ac", "(0,2)", "(0,1)");
}

TEST_F(SimplifyRejectedTest, AnInnerConcatThatVariesBeforeItsEndIsNotFlattened) {
  differ(kLongest, "(?:a?(?:ab)?)(b?)", "a?(?:ab)?(b?)", "ab", "(0,2)(2,2)", "(0,2)(1,2)");
}

TEST_F(SimplifyRejectedTest, PartsThatVaryAreNotBundled) {
  differ(kLongest, "a?(?:ab)?(b?)", "(?:a?(?:ab)?)(b?)", "ab", "(0,2)(1,2)", "(0,2)(2,2)");
}

TEST_F(SimplifyRejectedTest, RepeatsOfWhatVariesAreNotCoalescedBeforeAGroup) {
  differ(kLongest, "(?:a|bb|ab)(?:a|bb|ab)*(b*)", "(?:a|bb|ab)+(b*)", "abb", "(0,3)(2,3)", "(0,3)(3,3)");
}

TEST_F(SimplifyRejectedTest, GreedyAndLazyRepeatsAreNotCoalesced) {
  differ(kFirst, "a?a??b?", "a{0,2}b?", "aa", "(0,1)", "(0,2)");
}

TEST_F(SimplifyRejectedTest, RepeatsOfWhatVariesAreNotCoalescedInLeftmostFirst) {
  differ(kFirst, "(?:aa|ab|a)?(?:aa|ab|a)", "(?:aa|ab|a){1,2}", "aab", "(0,3)", "(0,2)");
}

TEST_F(SimplifyRejectedTest, NestedCountsOfTwoAndMoreAreOutOfOrder) {
  differ(kFirst, "(?:a{2,3}){1,2}", "a{2,6}", "aaaa", "(0,3)", "(0,4)");
}

TEST_F(SimplifyRejectedTest, NestedCountsGreedyAndLazy) {
  differ(kFirst, "(?:a+)+?", "a+?", "aa", "(0,2)", "(0,1)");
  differ(kFirst, "(?:a+?)+", "a+?", "aa", "(0,2)", "(0,1)");
}

TEST_F(SimplifyRejectedTest, AnEmptyBranchIsNoOptionalPartOverGroupsInLeftmostLongest) {
  differ(kLongest, "|(a*)", "(?:(a*))?", "", "(0,0)(?,?)", "(0,0)(0,0)");
}

TEST_F(SimplifyRejectedTest, BranchesWhoseFirstUnitsOverlapKeepTheirPlaces) {
  differ(kLongest, "aa|[ab]b|a(b)", "aa|a(b)|[ab]b", "ab", "(0,2)(?,?)", "(0,2)(1,2)");
  differ(kFirst, "ac|[ab]b|abc", "a(?:c|bc)|[ab]b", "abc", "(0,2)", "(0,3)");
}

TEST_F(SimplifyRejectedTest, ABodyIsNotStrippedInLeftmostFirst) {
  differ(kFirst, "(?:a|b?\?)*", "(?:a|b)*", "b", "(0,0)", "(0,1)");
}

}  // namespace
}  // namespace redoubt::pikevm
