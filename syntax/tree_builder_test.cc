#include "syntax/tree_builder.h"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "syntax/parser.h"
#include "syntax/small_stack.h"

namespace redoubt::syntax {
namespace {

TEST(TreeBuilderTest, BuildsWhatTheFactoriesBuild) {
  TreeBuilder builder(0);
  const Node* a = builder.unit('a');
  const Range ranges[] = {{'0', '9'}, {'x', 'z'}};
  const Node* set = builder.char_class({ranges, 2});
  const std::vector<const Node*> pair = {a, set};
  const std::vector<const Node*> mixed = {builder.concat(pair), builder.empty(), builder.alternate(pair), set};
  const Node* root = builder.repeat(builder.group(builder.concat(mixed), 3, "name"), 2, kInfinite, false);
  const Regex made = builder.finish(builder.repeat(root, 0, 1, true));

  const Regex x = literal('a');
  const Regex y = char_class(CharClass({{'0', '9'}, {'x', 'z'}}));
  const Regex body = concat({concat({x, y}), empty(), alternate({x, y}), y});
  const Regex expected = repeat(repeat(group(body, 3, "name"), 2, kInfinite, false), 0, 1);
  EXPECT_EQ(dump(made), dump(expected));
  EXPECT_TRUE(equal(made, expected));
  EXPECT_EQ(made->depth(), expected->depth());
  EXPECT_EQ(made->child()->child()->child()->name(), "name");
}

TEST(TreeBuilderTest, AnUnfinishedTreeIsFreed) {
  TreeBuilder builder(100);
  const Node* node = builder.unit('a');
  for (int k = 0; k < 1000; ++k) node = builder.group(node, 1, "a name that is long enough to matter");
  EXPECT_EQ(node->depth(), 1001U);  // leak checkers hold the rest
}

TEST(TreeBuilderTest, APartKeepsWhatItNeedsAlive) {
  Regex part;
  std::string text;
  {
    const Regex whole = parse("x(?P<n>[a-cx-z]+|" + std::string(5000, 'b') + ")").value();
    part = whole->children()[1];
    text = dump(whole->children()[1]);
  }
  EXPECT_EQ(dump(part), text);
  const Regex around = concat({part, literal('c'), part});
  part = nullptr;
  EXPECT_EQ(dump(around), "(cat " + text + " c " + text + ")");
}

TEST(TreeBuilderTest, ThreadsShareATree) {
  const Regex whole = parse("(a|b)*c(d)").value();
  const std::string text = dump(whole);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([whole, &text] {
      for (int k = 0; k < 2000; ++k) {
        std::vector<Regex> copies(3, whole);
        Regex part = copies[k % 3]->children()[1];
        copies.clear();
        ASSERT_EQ(part->kind(), NodeKind::kClass);
        if (k % 500 != 0) continue;
        ASSERT_EQ(dump(concat({whole, part})), "(cat (grp 0 " + text + ") c)");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(SmallStackTest, GrowsBeyondItsRoom) {
  SmallStack<std::size_t, 4> stack;
  for (std::size_t k = 0; k < 1000; ++k) stack.push(k);
  ASSERT_EQ(stack.size(), 1000U);
  for (std::size_t k = 0; k < 1000; ++k) ASSERT_EQ(stack[k], k);
  stack.shrink(3);
  EXPECT_EQ(stack.from(1).size(), 2U);
  EXPECT_EQ(stack.from(1).front(), 1U);
  stack.push() = 7;
  EXPECT_EQ(stack.back(), 7U);
  stack.pop();
  EXPECT_EQ(stack.back(), 2U);
}

}  // namespace
}  // namespace redoubt::syntax
