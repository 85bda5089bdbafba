#include "syntax/regex.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "syntax/random_tree_for_test.h"

namespace redoubt::syntax {
namespace {

const Regex kA = literal('a');
const Regex kB = literal('b');

TEST(RegexTest, FactoriesWrapWhatTextCannotNest) {
  EXPECT_EQ(dump(concat({concat({kA, kB}), kA})), "(cat (grp 0 (cat a b)) a)");
  EXPECT_EQ(dump(concat({alternate({kA, kB}), kA})), "(cat (grp 0 (alt a b)) a)");
  EXPECT_EQ(dump(concat({empty(), kA})), "(cat (grp 0 empty) a)");
  EXPECT_EQ(dump(alternate({alternate({kA, kB}), kA})), "(alt (grp 0 (alt a b)) a)");
  EXPECT_EQ(dump(alternate({concat({kA, kB}), empty()})), "(alt (cat a b) empty)");
  EXPECT_EQ(dump(repeat(repeat(kA, 0, 1), 2, 3)), "(rep 2 3 (grp 0 (rep 0 1 a)))");
  EXPECT_EQ(dump(repeat(concat({kA, kB}), 0, kInfinite, false)), "(rep 0 inf lazy (grp 0 (cat a b)))");
  EXPECT_EQ(dump(repeat(empty(), 0, 0)), "(rep 0 0 (grp 0 empty))");
  EXPECT_EQ(dump(repeat(look(Look::kCaret), 1, 1)), "(rep 1 1 ^)");
  EXPECT_EQ(dump(repeat(group(kA, 1, "n"), 0, 1)), "(rep 0 1 (grp 1 n a))");
  EXPECT_EQ(dump(group(alternate({kA, empty()}), 1)), "(grp 1 (alt a empty))");
}

TEST(RegexTest, DegenerateLists) {
  EXPECT_EQ(concat({})->kind(), NodeKind::kEmpty);
  EXPECT_EQ(alternate({})->kind(), NodeKind::kEmpty);
  EXPECT_EQ(concat({kA}), kA);
  EXPECT_EQ(alternate({kB}), kB);
}

TEST(RegexTest, Measures) {
  const Regex r = concat({repeat(concat({kA, kB}), 0, 1), group(group(kA, 2), 1)});
  EXPECT_EQ(r->size(), 8U);  // the concatenations, the repeat, two groups and three literals
  EXPECT_EQ(r->depth(), 5U);
  EXPECT_EQ(r->max_group(), 2U);
  EXPECT_EQ(non_capturing(kA)->size(), 1U);
  EXPECT_EQ(non_capturing(kA)->depth(), 2U);
  EXPECT_EQ(collect_classes(r), (std::vector<CharClass>{kA->char_class(), kB->char_class(), kA->char_class()}));
  EXPECT_TRUE(any_node(r, [](const Node& n) { return n.kind() == NodeKind::kRepeat; }));
  EXPECT_FALSE(any_node(r, [](const Node& n) { return n.kind() == NodeKind::kLook; }));
}

TEST(RegexTest, EveryFieldCountsInEquality) {
  const std::vector<Regex> different = {
      empty(),
      kA,
      kB,
      look(Look::kCaret),
      look(Look::kTextStart),
      non_capturing(kA),
      group(kA, 1),
      group(kA, 2),
      group(kA, 1, "n"),
      repeat(kA, 0, 1),
      repeat(kA, 0, 1, false),
      repeat(kA, 1, 1),
      repeat(kA, 0, kInfinite),
      concat({kA, kB}),
      concat({kB, kA}),
      alternate({kA, kB}),
      concat({kA, kB, kA}),
  };
  for (std::size_t i = 0; i < different.size(); ++i) {
    for (std::size_t j = 0; j < different.size(); ++j) {
      EXPECT_EQ(equal(different[i], different[j]), i == j) << dump(different[i]) << " " << dump(different[j]);
    }
  }
  EXPECT_TRUE(equal(concat({literal('x'), empty()}), concat({literal('x'), empty()})));
}

TEST(RegexTest, CompareIsATotalOrderBySizeFirst) {
  RandomTrees trees(5, Encoding::kBytes);
  std::vector<Regex> all;
  for (int i = 0; i < 120; ++i) all.push_back(trees.tree(1 + trees.below(6)));
  for (const Regex& a : all) {
    EXPECT_EQ(compare(a, a), 0);
    for (const Regex& b : all) {
      EXPECT_EQ(compare(a, b), -compare(b, a));
      EXPECT_EQ(compare(a, b) == 0, dump(a) == dump(b));
      if (a->size() < b->size()) {
        EXPECT_EQ(compare(a, b), -1);
      }
    }
  }
  std::sort(all.begin(), all.end(), [](const Regex& a, const Regex& b) { return compare(a, b) < 0; });
  for (std::size_t i = 2; i < all.size(); ++i) EXPECT_LE(compare(all[i - 2], all[i]), 0);
}

TEST(RegexTest, RenumberFollowsTheParentheses) {
  const Regex r = concat({group(group(kA, 9), 4, "n"), repeat(group(kB, 4), 0, 1), kA});
  EXPECT_EQ(dump(renumber_groups(r)), "(cat (grp 1 n (grp 2 a)) (rep 0 1 (grp 3 b)) a)");
  EXPECT_EQ(renumber_groups(kA), kA);
}

TEST(RegexTest, WithChildrenKeepsTheRest) {
  RandomTrees trees(6, Encoding::kUtf8);
  for (int i = 0; i < 500; ++i) {
    const Regex r = trees.tree(1 + trees.below(15));
    EXPECT_TRUE(equal(with_children(*r, r->children()), r)) << dump(r);
  }
  EXPECT_EQ(dump(with_children(*repeat(kA, 2, 3, false), {alternate({kA, kB})})), "(rep 2 3 lazy (grp 0 (alt a b)))");
}

}  // namespace
}  // namespace redoubt::syntax
