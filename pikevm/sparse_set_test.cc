#include "pikevm/sparse_set.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace redoubt::pikevm {
namespace {

TEST(SparseSetTest, KeepsTheOrderOfInsertion) {
  SparseSet set;
  set.reserve(10);
  EXPECT_TRUE(set.insert(7));
  EXPECT_TRUE(set.insert(2));
  EXPECT_FALSE(set.insert(7));
  EXPECT_EQ(std::vector<std::uint32_t>(set.begin(), set.end()), (std::vector<std::uint32_t>{7, 2}));
  EXPECT_TRUE(set.contains(2));
  EXPECT_FALSE(set.contains(0));
  set.clear();
  EXPECT_TRUE(set.empty());
  EXPECT_FALSE(set.contains(7));
  set.reserve(100);
  EXPECT_TRUE(set.insert(99));
}

TEST(PendingSetTest, AgreesWithAnOrderedSet) {
  std::mt19937 random(1);
  for (std::uint32_t universe : {1U, 64U, 65U, 5000U, 300'000U}) {
    PendingSet pending;
    pending.reserve(universe);
    std::set<std::uint32_t> model;
    for (int k = 0; k < 5000; ++k) {
      if (model.empty() || random() % 5 < 3) {
        auto member = static_cast<std::uint32_t>(random() % universe);
        pending.push(member);
        model.insert(member);
      } else {
        ASSERT_EQ(pending.pop_min(), *model.begin());
        model.erase(model.begin());
      }
      ASSERT_EQ(pending.empty(), model.empty());
    }
  }
}

}  // namespace
}  // namespace redoubt::pikevm
