// The enumeration of parse trees and their order, on cases small enough to be counted by hand.
#include "reference/parse_tree.h"

#include <algorithm>

#include "reference/ask_for_test.h"
#include "reference/definition.h"

namespace redoubt::reference {
namespace {

struct Enumerated {
  syntax::Regex regex;
  Units units;
  TreeEnumeration enumeration;
  Enumerated(std::string_view pattern, std::string_view haystack, std::size_t limit = 100'000)
      : regex(parsed_for_test(pattern)), units(haystack, Encoding::kBytes), enumeration(regex, units, limit) {}
};

std::size_t count(std::string_view pattern, std::string_view haystack, std::size_t begin, std::size_t end) {
  return Enumerated(pattern, haystack).enumeration.trees(begin, end).size();
}

std::size_t count(std::string_view pattern, std::string_view haystack) {
  return count(pattern, haystack, 0, haystack.size());
}

TEST(ParseTrees, Leaves) {
  EXPECT_EQ(count("", ""), 1u);
  EXPECT_EQ(count("", "a"), 0u);
  EXPECT_EQ(count("a", "a"), 1u);
  EXPECT_EQ(count("a", "b"), 0u);
  EXPECT_EQ(count("a", ""), 0u);
  EXPECT_EQ(count("^", "a", 0, 0), 1u);
  EXPECT_EQ(count("^", "a", 1, 1), 0u);
  EXPECT_EQ(count("$", "a", 1, 1), 1u);
  EXPECT_EQ(count("^", "a", 0, 1), 0u);
}

TEST(ParseTrees, CountedByHand) {
  EXPECT_EQ(count("a*", "aaa"), 1u);
  EXPECT_EQ(count("(?:a|a)*", "aaa"), 8u);     // 2 branches, 3 times
  EXPECT_EQ(count("(?:aa|a)*", "aaaaa"), 8u);  // compositions of 5 into ones and twos
  EXPECT_EQ(count("a*a*", "aa"), 3u);
  EXPECT_EQ(count("a*a*a*", "aa"), 6u);
  EXPECT_EQ(count("(?:|)", ""), 2u);
  EXPECT_EQ(count("(?:a|ab)(?:c|bcd)d*", "abcd"), 2u);
  EXPECT_EQ(count("a{2}", "aaa"), 0u);
  EXPECT_EQ(count("a{0}", ""), 1u);
  EXPECT_EQ(count("a{0}", "a"), 0u);
}

TEST(ParseTrees, EmptyIterations) {
  // A2's exception: on an empty span one empty iteration besides none, never two.
  EXPECT_EQ(count("(?:a*)*", ""), 2u);
  EXPECT_EQ(count("(?:|a)*", ""), 2u);
  EXPECT_EQ(count("(?:a*){0,3}", ""), 2u);
  EXPECT_EQ(count("(?:a+)*", ""), 1u);
  EXPECT_EQ(count("(?:a*){0}", ""), 1u);
  // … where the body matches empty at this location.
  EXPECT_EQ(count("(?:^){0,3}", "a", 0, 0), 2u);
  EXPECT_EQ(count("(?:$){0,3}", "a", 0, 0), 1u);
  // No empty iteration beside others beyond the minimum: the compositions of 3.
  EXPECT_EQ(count("(?:a*)*", "aaa"), 4u);
  // Forced iterations may be empty.
  EXPECT_EQ(count("(?:a*){2}", "aa"), 3u);
  EXPECT_EQ(count("(?:^|){2}", ""), 4u);
  EXPECT_EQ(count("(?:a*)+", ""), 1u);
  // (1,1); (0,1,1) and (1,0,1): a third iteration is not empty.
  EXPECT_EQ(count("(?:a?){2,3}", "aa"), 3u);
  // Two forced shares i+j and the rest composed: 3·1 + 2·1 + 1·2.
  EXPECT_EQ(count("(?:a*){2,}", "aa"), 7u);
  // With min > 0 the exception does not apply: just the forced one.
  EXPECT_EQ(count("(?:a*){1,3}", ""), 1u);
}

/// The order of the trees in which the outermost node's parts end where the lists say.
int compare_parts(std::string_view pattern, std::string_view haystack, const std::vector<std::size_t>& first,
                  const std::vector<std::size_t>& second) {
  Enumerated e(pattern, haystack);
  const ParseTree* found[2] = {nullptr, nullptr};
  for (const TreePtr& tree : e.enumeration.trees(0, haystack.size())) {
    std::vector<std::size_t> ends;
    for (const TreePtr& part : tree->children) ends.push_back(part->end);
    if (ends == first) found[0] = tree.get();
    if (ends == second) found[1] = tree.get();
  }
  EXPECT_TRUE(found[0] && found[1]) << pattern;
  return found[0] && found[1] ? compare_trees(*e.regex, *found[0], *found[1]) : 99;
}

TEST(ParseTrees, OrderOnHandCheckedPairs) {
  // concat: the longer first part, whatever follows.
  EXPECT_LT(compare_parts("a*a*", "aa", {2, 2}, {1, 2}), 0);
  EXPECT_LT(compare_parts("a*a*", "aa", {1, 2}, {0, 2}), 0);
  EXPECT_LT(compare_parts("a*a*a*", "aa", {1, 2, 2}, {1, 1, 2}), 0);
  EXPECT_GT(compare_parts("a*a*a*", "aa", {1, 2, 2}, {2, 2, 2}), 0);
  // Not the longer whole of the first two: concatenation associates to the right.
  EXPECT_LT(compare_parts("a?(?:ab)?b?", "ab", {1, 1, 2}, {0, 2, 2}), 0);
  // repeat: iteration by iteration; a shorter second iteration loses although a third makes up for it.
  EXPECT_LT(compare_parts("(?:aa|a)*", "aaa", {2, 3}, {1, 3}), 0);
  EXPECT_LT(compare_parts("(?:aa|a)*", "aaa", {1, 3}, {1, 2, 3}), 0);
  EXPECT_LT(compare_parts("(?:a?){2,3}", "aa", {1, 2}, {1, 1, 2}), 0);
  // One empty iteration is better than none.
  EXPECT_LT(compare_parts("(?:a*)*", "", {0}, {}), 0);
}

TEST(ParseTrees, OrderOfBranchesAndOutermostFirst) {
  Enumerated e("(?:a|a)", "a");
  const auto& trees = e.enumeration.trees(0, 1);
  ASSERT_EQ(trees.size(), 2u);
  const bool in_order = trees[0]->children[0]->branch < trees[1]->children[0]->branch;
  EXPECT_EQ(compare_trees(*e.regex, *trees[0], *trees[1]) < 0, in_order);
  // The outer branch decides before anything inside: `(?:a*a*|a)` is branch 0 for every inner share.
  Slots slots(4);
  ASSERT_EQ(match_by_definition(parsed_for_test("(a)|(a*)(a*)"), "a", Encoding::kBytes, slots), MatchStatus::kMatch);
  EXPECT_EQ(to_string(slots), "(0,1)(0,1)(?,?)(?,?)");
}

TEST(ParseTrees, TheOrderIsTotal) {
  for (const char* pattern :
       {"(?:aa|a|)*", "(?:a*|a)(?:a|)a*", "(?:a?){2,4}", "((a*)*|a)*", "(?:a*){2,}", "(|a|aa){3}"}) {
    for (const char* haystack : {"", "a", "aa", "aaa"}) {
      Enumerated e(pattern, haystack);
      const auto& trees = e.enumeration.trees(0, e.units.size());
      ASSERT_FALSE(e.enumeration.limit_reached());
      const auto order = [&](std::size_t i, std::size_t j) { return compare_trees(*e.regex, *trees[i], *trees[j]); };
      std::vector<std::size_t> better(trees.size());
      for (std::size_t i = 0; i < trees.size(); ++i) {
        for (std::size_t j = 0; j < trees.size(); ++j) {
          ASSERT_EQ(order(i, j) == 0, i == j) << pattern << " on " << haystack;
          ASSERT_EQ(order(i, j) < 0, order(j, i) > 0) << pattern << " on " << haystack;
          better[i] += order(i, j) < 0;
        }
      }
      // Antisymmetric and total, it is transitive if and only if the trees beat 0, 1, 2, … others.
      std::sort(better.begin(), better.end());
      for (std::size_t i = 0; i < better.size(); ++i) ASSERT_EQ(better[i], i) << pattern << " on " << haystack;
    }
  }
}

TEST(ParseTrees, GroupsAreThoseOfTheLastIteration) {
  Enumerated e("(?:(a)|(b))*", "ab");
  const auto& trees = e.enumeration.trees(0, 2);
  ASSERT_EQ(trees.size(), 1u);
  Slots slots(3);
  set_groups(*e.regex, *trees[0], e.units, slots);
  EXPECT_FALSE(slots[0].is_set());  // not its business
  EXPECT_FALSE(slots[1].is_set());
  EXPECT_EQ(slots[2], (Span{1, 2}));
}

TEST(ParseTrees, ReachingTheLimitIsSaid) {
  Enumerated e("(?:a|a)*", std::string(30, 'a'), 1000);
  e.enumeration.trees(0, 30);
  EXPECT_TRUE(e.enumeration.limit_reached());
  Slots slots = {{0, 1}};
  EXPECT_EQ(match_by_definition(e.regex, std::string(30, 'a'), Encoding::kBytes, slots, 1000), MatchStatus::kLimit);
  EXPECT_TRUE(slots.empty());
}

TEST(ParseTrees, BeginningsThatLeadToNoTreeCountToo) {
  // 2^40 ways to begin, none to end.
  Enumerated e("(?:a|a){41}", std::string(40, 'a'), 1000);
  EXPECT_TRUE(e.enumeration.trees(0, 40).empty());
  EXPECT_TRUE(e.enumeration.limit_reached());
}

TEST(Units, BytesAndSequences) {
  const std::string_view text = "a\xC3\xA9\xFFz";
  const Units bytes(text, Encoding::kBytes);
  EXPECT_EQ(bytes.size(), 5u);
  EXPECT_EQ(bytes.values[3], 0xFFu);
  EXPECT_EQ(bytes.offsets, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
  const Units utf8(text, Encoding::kUtf8);
  EXPECT_EQ(utf8.values, (std::vector<std::uint32_t>{'a', 0xE9, Units::kNoUnit, 'z'}));
  EXPECT_EQ(utf8.offsets, (std::vector<std::size_t>{0, 1, 3, 4, 5}));
  EXPECT_EQ(Units("", Encoding::kUtf8).offsets, std::vector<std::size_t>{0});
}

TEST(Units, WhereAssertionsHold) {
  const Units units("a\n_-\n", Encoding::kBytes);
  const auto places = [&](syntax::Look look) {
    std::string text;
    for (std::size_t k = 0; k <= units.size(); ++k) text += holds(look, units, k) ? '1' : '0';
    return text;
  };
  EXPECT_EQ(places(syntax::Look::kCaret), "100000");
  EXPECT_EQ(places(syntax::Look::kTextStart), "100000");
  EXPECT_EQ(places(syntax::Look::kDollar), "000001");
  EXPECT_EQ(places(syntax::Look::kTextEnd), "000001");
  EXPECT_EQ(places(syntax::Look::kLineStart), "101001");
  EXPECT_EQ(places(syntax::Look::kLineEnd), "010011");
  EXPECT_EQ(places(syntax::Look::kWordBoundary), "111100");
  EXPECT_EQ(places(syntax::Look::kNotWordBoundary), "000011");
}

}  // namespace
}  // namespace redoubt::reference
