#include "pikevm/captures.h"

#include <gtest/gtest.h>

namespace redoubt::pikevm {
namespace {

TEST(CapturesTest, BlocksAreCopiedWhenShared) {
  Captures captures;
  captures.reset(2);
  BlockId a = captures.blank();
  EXPECT_EQ(captures.slots(a)[0], kUnset);
  EXPECT_EQ(captures.writable(a), a);
  captures.slots(a)[0] = 5;
  BlockId b = captures.writable(captures.share(a));
  EXPECT_NE(a, b);
  EXPECT_EQ(captures.slots(b)[0], 5U);
  captures.slots(b)[0] = 6;
  EXPECT_EQ(captures.slots(a)[0], 5U);
}

TEST(CapturesTest, ReleasedBlocksAreUsedAgainAndBlank) {
  Captures captures;
  captures.reset(4);
  BlockId a = captures.blank();
  captures.slots(a)[3] = 1;
  captures.share(a);
  captures.release(a);
  EXPECT_NE(captures.blank(), a);
  captures.release(a);
  BlockId again = captures.blank();
  EXPECT_EQ(again, a);
  EXPECT_EQ(captures.slots(again)[3], kUnset);
}

TEST(CapturesTest, NoWidthNoBlocks) {
  Captures captures;
  captures.reset(0);
  BlockId a = captures.blank();
  EXPECT_EQ(captures.share(a), a);
  captures.release(a);
  captures.release(a);
  captures.release(a);
  EXPECT_EQ(captures.blank(), a);
}

}  // namespace
}  // namespace redoubt::pikevm
