#include "syntax/match.h"

#include <gtest/gtest.h>

namespace redoubt {
namespace {

TEST(MatchTest, SpanIsUnsetUntilItIsSet) {
  EXPECT_FALSE(Span().is_set());
  EXPECT_TRUE((Span{0, 0}).is_set());
  EXPECT_EQ(Span(), (Span{kUnset, kUnset}));
  EXPECT_NE((Span{0, 1}), (Span{0, 2}));
}

TEST(MatchTest, SlotsAsText) {
  EXPECT_EQ(to_string(Slots{}), "");
  EXPECT_EQ(to_string(Slots{{0, 2}, {}, {2, 2}}), "(0,2)(?,?)(2,2)");
}

TEST(MatchTest, Names) {
  EXPECT_EQ(to_string(Semantics::kLeftmostLongest), "posix");
  EXPECT_EQ(to_string(Semantics::kLeftmostFirst), "perl");
  EXPECT_EQ(to_string(Encoding::kBytes), "bytes");
  EXPECT_EQ(to_string(Encoding::kUtf8), "utf8");
}

}  // namespace
}  // namespace redoubt
