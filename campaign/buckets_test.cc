#include "campaign/buckets.h"

#include <gtest/gtest.h>

#include "syntax/parser.h"

namespace redoubt::campaign {
namespace {

harness::Case finding(std::string pattern, std::string haystack = "", std::string engine = "e") {
  harness::Case c;
  c.engine = std::move(engine);
  c.kind = "captures";
  c.cause = "unknown";
  c.pattern = std::move(pattern);
  c.haystack = std::move(haystack);
  return c;
}

std::string skeleton_of(const char* pattern) { return skeleton(*syntax::parse(pattern, {})); }

TEST(Buckets, SkeletonsForgetLettersAndBounds) {
  EXPECT_EQ(skeleton_of("(a|b)*"), skeleton_of("(x|x)*"));
  EXPECT_EQ(skeleton_of("a{2,3}"), skeleton_of("b{1,9}"));
  EXPECT_EQ(skeleton_of("(?:a)b"), skeleton_of("ab"));
  EXPECT_NE(skeleton_of("(a|b)*"), skeleton_of("(ab)*"));
  EXPECT_NE(skeleton_of("a*"), skeleton_of("a+"));
  EXPECT_NE(skeleton_of("a*"), skeleton_of("a*?"));
  EXPECT_NE(skeleton_of("(a)b"), skeleton_of("(ab)"));
  EXPECT_NE(skeleton_of("^a"), skeleton_of("$a"));
}

TEST(Buckets, IdsTellEnginesKindsAndCausesApart) {
  const BucketId id = bucket_id(finding("(a*)*", "a"));
  EXPECT_TRUE(is_bucket_id(id));
  EXPECT_EQ(bucket_id(finding("(b*)*", "xyz")), id);
  EXPECT_NE(bucket_id(finding("(a*)+", "a")), id);
  EXPECT_NE(bucket_id(finding("(a*)*", "a", "f")), id);
  EXPECT_EQ(coarse(bucket_id(finding("(a*)+", "a"))), coarse(id));
  EXPECT_NE(coarse(bucket_id(finding("(a*)*", "a", "f"))), coarse(id));
  EXPECT_FALSE(is_bucket_id("x"));
  // What the parser does not take has a bucket, too.
  EXPECT_TRUE(is_bucket_id(bucket_id(finding("("))));
}

TEST(Buckets, TheSmallestCaseStandsForThem) {
  BucketTable table;
  const BucketId id = bucket_id(finding("(b*)*", "b"));
  EXPECT_FALSE(table.count(id, 1));
  EXPECT_TRUE(table.offer(id, finding("(b*)*", "b")));
  EXPECT_FALSE(table.offer(id, finding("(b*)*", "bb")));
  EXPECT_TRUE(table.offer(id, finding("(a*)*", "a")));
  EXPECT_TRUE(table.count(id, 5));
  ASSERT_EQ(table.buckets().size(), 1u);
  EXPECT_EQ(table.buckets().begin()->second.smallest.pattern, "(a*)*");
  EXPECT_EQ(table.buckets().begin()->second.count, 5u);
}

TEST(Buckets, BeyondTheBoundTheyShareOne) {
  BucketTable table(3);
  std::string pattern = "a";
  for (int k = 0; k < 50; ++k) {
    pattern += "b";
    const harness::Case c = finding(pattern, "", k % 2 ? "f" : "e");
    table.offer(bucket_id(c), c);
    EXPECT_TRUE(table.has(bucket_id(c)));
    EXPECT_TRUE(table.count(bucket_id(c), 1));
  }
  EXPECT_EQ(table.buckets().size(), 5u);  // three, and one for each engine
  std::uint64_t total = 0;
  for (const auto& [id, bucket] : table.buckets()) total += bucket.count;
  EXPECT_EQ(total, 50u);
}

}  // namespace
}  // namespace redoubt::campaign
