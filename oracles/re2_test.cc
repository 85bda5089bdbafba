#include <gtest/gtest.h>

#include <string>

#include "oracles/ask_for_test.h"

namespace redoubt::oracles {
namespace {

using namespace std::string_literals;
constexpr auto kPerl = Semantics::kLeftmostFirst;
constexpr auto kPosix = Semantics::kLeftmostLongest;

TEST(Re2, EndsAPathAtAPointVisitedBefore) {
  EXPECT_EQ(answer("re2", "(a*)*", "a"), "(0,1)(0,1)");
  EXPECT_EQ(answer("re2", "(a*|b)*", "ab"), "(0,2)(1,2)");
  EXPECT_EQ(answer("re2", "(a|ab)(c|bcd)(d*)", "xabcd"), "(1,5)(1,2)(2,5)(5,5)");
  EXPECT_EQ(answer("re2", "(?:a|^b){0}c", "xc"), "(1,2)");
}

TEST(Re2, LongestClaimsTheSpanAlone) {
  auto oracle = re2_engines()[1].make();
  Outcome outcome = ask(*oracle, make_query("(a|ab)(c|bcd)?", kPosix), "xabcd");
  EXPECT_EQ(to_string(outcome).substr(0, 5), "(1,5)");
  EXPECT_EQ(outcome.claim, Claim::kSpan);
  EXPECT_TRUE(outcome.slots[1].is_set());  // shown
  EXPECT_EQ(answer("re2-longest", "a*?", "aaa", kPosix), "(0,3)");
  EXPECT_EQ(ask(*oracle, make_query("a", kPerl), "a").kind, OutcomeKind::kUnsupported);
}

TEST(Re2, AnchorsMeanTheEndsOfTheText) {
  EXPECT_EQ(answer("re2", "a$", "a\n"), "no match");
  EXPECT_EQ(answer("re2", "a$", "a\nb"), "no match");
  EXPECT_EQ(answer("re2", "^b", "a\nb"), "no match");
  EXPECT_EQ(answer("re2-longest", "^b", "a\nb", kPosix), "no match");
  EXPECT_EQ(answer("re2", "(?m:^)b", "a\nb"), "(2,3)");
  EXPECT_EQ(answer("re2", "\\n(?m:^)", "a\n"), "(1,2)");
  EXPECT_EQ(answer("re2", "a(?m:$)", "a\nb"), "(0,1)");
  EXPECT_EQ(answer("re2", "\\Aa\\z", "a"), "(0,1)");
}

TEST(Re2, SpaceIncludesVerticalTabButNotInStock) {
  EXPECT_EQ(answer("re2", "\\s", "\v"), "(0,1)");
  auto oracle = re2_engines()[2].make();
  Query query = make_query("\\s", kPerl);
  query.source = "\\s";
  EXPECT_EQ(to_string(ask(*oracle, query, "\v")), "no match");
  EXPECT_EQ(to_string(ask(*oracle, query, "\t")), "(0,1)");
}

TEST(Re2, StockTakesLatin1SourcesInByteMode) {
  auto oracle = re2_engines()[2].make();
  Query query = make_query("\xE9+", kPerl);
  query.source = "\xE9+";
  EXPECT_EQ(to_string(ask(*oracle, query, "a\xE9\xE9")), "(1,3)");
}

TEST(Re2, EmptyHaystacksAndNulBytes) {
  EXPECT_EQ(answer("re2", "(a*)(b)?", std::string_view()), "(0,0)(0,0)(?,?)");
  EXPECT_EQ(answer("re2", "(a*)(b)?", ""), "(0,0)(0,0)(?,?)");
  EXPECT_EQ(answer("re2", "(\\x00.)", "a\0b"s), "(1,3)(1,3)");
  EXPECT_EQ(answer("re2-longest", "\\x00*", "\0\0"s, kPosix), "(0,2)");
}

TEST(Re2, HighBytesInBothEncodings) {
  EXPECT_EQ(answer("re2", "\\xE9", "a\xE9"), "(1,2)");
  EXPECT_EQ(answer("re2", "[\\x80-\\xFF]+", "a\xC3\xA9"), "(1,3)");
  EXPECT_EQ(answer("re2", "(\\x{E9})", "a\xC3\xA9", kPerl, Encoding::kUtf8), "(1,3)(1,3)");
  EXPECT_EQ(answer("re2", ".", "\xF0\x9F\x98\x80", kPerl, Encoding::kUtf8), "(0,4)");
}

TEST(Re2, PassesIllFormedUtf8On) {
  EXPECT_EQ(answer("re2", "a",
                   "\xFF"
                   "a",
                   kPerl, Encoding::kUtf8),
            "(1,2)");
  EXPECT_EQ(answer("re2", "[^b]", "\xFF", kPerl, Encoding::kUtf8), "no match");
}

TEST(Re2, LinearTimeNeedsNoLimit) {
  std::string haystack = std::string(60, 'a') + "bc";
  EXPECT_EQ(answer("re2", "(?:a|a)*c", haystack), "(61,62)");
}

TEST(Re2, BoundsOverAThousandAreUnsupported) {
  Query query;
  query.semantics = kPerl;
  auto oracle = re2_engines()[0].make();
  for (auto bounds : {1001u, 2000u}) {
    query.regex = syntax::repeat(syntax::literal('a'), bounds, bounds);
    EXPECT_EQ(ask(*oracle, query, "a").kind, OutcomeKind::kUnsupported);
  }
  query.regex = syntax::repeat(syntax::repeat(syntax::literal('a'), 100, 100), 11, 11);
  EXPECT_EQ(ask(*oracle, query, "a").kind, OutcomeKind::kUnsupported);
  auto stock = re2_engines()[2].make();
  query.source = "a{1001}";
  EXPECT_EQ(ask(*stock, query, "a").kind, OutcomeKind::kUnsupported);
}

TEST(Re2, TooLargeIsALimit) {
  Query query;
  query.semantics = kPerl;
  query.encoding = Encoding::kUtf8;
  query.regex = syntax::empty();
  auto stock = re2_engines()[2].make();
  query.source = "(?:\\pL{30}\\pL{30}){16}";
  Outcome outcome = ask(*stock, query, "a");
  EXPECT_EQ(outcome.kind, OutcomeKind::kLimit) << to_string(outcome);
}

}  // namespace
}  // namespace redoubt::oracles
