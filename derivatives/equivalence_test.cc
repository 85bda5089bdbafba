#include "derivatives/equivalence.h"

#include <gtest/gtest.h>

#include "syntax/parser.h"

namespace redoubt::derivatives {
namespace {

syntax::Regex parsed(std::string_view pattern, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions options;
  options.encoding = encoding;
  auto result = syntax::parse(pattern, options);
  EXPECT_TRUE(result) << pattern;
  return result ? *result : syntax::empty();
}

std::string equal(std::string_view left, std::string_view right) {
  const Comparison c = compare_languages(parsed(left), parsed(right), Encoding::kBytes, Relation::kEqual);
  switch (c.decision) {
    case Decision::kHolds:
      return "equal";
    case Decision::kFails:
      return (c.left_matches ? "left:" : "right:") + c.witness;
    case Decision::kLimit:
      return "limit";
  }
  return "?";
}

TEST(Equivalence, DecidesKnownIdentities) {
  EXPECT_EQ(equal("(a|b)*", "(a*b*)*"), "equal");
  EXPECT_EQ(equal("(ab)*a", "a(ba)*"), "equal");
  EXPECT_EQ(equal("a{2,4}", "aa(aa?)?"), "equal");
  EXPECT_EQ(equal("(aa|aaa)*", "(aa+)?"), "equal");
  EXPECT_EQ(equal("(^|a){2}", "(^a?|aa)"), "equal");
  EXPECT_EQ(equal("(a*)+", "a*"), "equal");
  EXPECT_EQ(equal("\\Ba|\\ba", "a"), "equal");
  EXPECT_EQ(equal("a\\bb", "[^\\x00-\\xff]"), "equal");
  EXPECT_EQ(equal("(?m)a$\\n^b", "a\\nb"), "equal");
}

TEST(Equivalence, WitnessesAreShortest) {
  EXPECT_EQ(equal("a{3,5}", "a{3,7}"), "right:aaaaaa");
  EXPECT_EQ(equal("a*", "a+"), "left:");
  EXPECT_EQ(equal("(a|b)*abb", "(a|b)*bb"), "right:bb");
  EXPECT_EQ(equal("[a-y]", "[a-z]"), "right:z");
  EXPECT_EQ(equal("$a", "a"), "right:a");
  EXPECT_EQ(equal("^a*$", "a*b?"), "right:b");
}

TEST(Equivalence, ContainmentNamesWhatOnlyTheLeftMatches) {
  const auto contained = [](std::string_view left, std::string_view right) {
    return compare_languages(parsed(left), parsed(right), Encoding::kBytes, Relation::kContained);
  };
  EXPECT_EQ(contained("a{2}", "a*").decision, Decision::kHolds);
  EXPECT_EQ(contained("a*", "a{0,3}").witness, "aaaa");
  EXPECT_EQ(contained("[^\\x00-\\xff]", "a").decision, Decision::kHolds);
}

TEST(Equivalence, Utf8WitnessesAreUtf8) {
  const Comparison c = compare_languages(parsed("[^\\x{e9}]", Encoding::kUtf8), parsed("(?s:.)", Encoding::kUtf8),
                                         Encoding::kUtf8, Relation::kEqual);
  EXPECT_EQ(c.decision, Decision::kFails);
  EXPECT_EQ(c.witness, "\xC3\xA9");
}

TEST(Equivalence, TheStateLimitIsAnAnswer) {
  const Comparison c = compare_languages(parsed("(a|b)*a(a|b){20}"), parsed("(a|b)*b(a|b){20}"), Encoding::kBytes,
                                         Relation::kContained, 3);
  EXPECT_EQ(c.decision, Decision::kLimit);
}

TEST(Equivalence, ShortestMatch) {
  bool limit = true;
  EXPECT_EQ(shortest_match(parsed("a{2,}(b|cd)$"), Encoding::kBytes, limit), "aab");
  EXPECT_FALSE(limit);
  EXPECT_EQ(shortest_match(parsed("a^b"), Encoding::kBytes, limit), std::nullopt);
  EXPECT_FALSE(limit);
}

}  // namespace
}  // namespace redoubt::derivatives
