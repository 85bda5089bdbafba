#include <gtest/gtest.h>

#include <string>

#include "oracles/ask_for_test.h"

namespace redoubt::oracles {
namespace {

using namespace std::string_literals;
constexpr auto kPerl = Semantics::kLeftmostFirst;
constexpr auto kPosix = Semantics::kLeftmostLongest;
const char* const kCapturing[] = {"pcre2", "pcre2-jit"};

bool is_10_42() { return pcre2_engines()[0].info.version.starts_with("10.42 "); }

TEST(Pcre2, LeavesALoopAtAnIterationThatConsumedNothing) {
  for (const char* engine : kCapturing) {
    EXPECT_EQ(answer(engine, "(a*)*", "a"), "(0,1)(1,1)") << engine;
    EXPECT_EQ(answer(engine, "(a*|b)*", "ab"), "(0,1)(1,1)") << engine;
    EXPECT_EQ(answer(engine, "(a|ab)(c|bcd)(d*)", "xabcd"), "(1,5)(1,2)(2,5)(5,5)") << engine;
    EXPECT_EQ(answer(engine, "(|a){0,2}b", "ab"), "(0,2)(0,1)") << engine;
    EXPECT_EQ(answer(engine, "((a)|b)*", "ab"), "(0,2)(1,2)(0,1)") << engine;
  }
}

TEST(Pcre2, DollarIsTheVeryEndButNotInStock) {
  for (const char* engine : kCapturing) EXPECT_EQ(answer(engine, "a$", "a\n"), "no match") << engine;
  EXPECT_EQ(answer("pcre2-dfa", "a$", "a\n", kPosix), "no match");
  EXPECT_EQ(answer("pcre2-stock", "a$", "a\n"), "(0,1)");
}

TEST(Pcre2, LineStartHoldsAfterAFinalNewlineButNotInStock) {
  for (const char* engine : kCapturing) EXPECT_EQ(answer(engine, "\\n(?m:^)", "a\n"), "(1,2)") << engine;
  EXPECT_EQ(answer("pcre2-dfa", "\\n(?m:^)", "a\n", kPosix), "(1,2)");
  EXPECT_EQ(answer("pcre2-stock", "\\n(?m:^)", "a\n"), "no match");
}

TEST(Pcre2, LineEndHoldsBeforeNewlines) {
  for (const char* engine : kCapturing) EXPECT_EQ(answer(engine, "a(?m:$)", "a\nb"), "(0,1)") << engine;
  EXPECT_EQ(answer("pcre2-dfa", "a(?m:$)", "a\nb", kPosix), "(0,1)");
}

TEST(Pcre2, QuantifiedAssertions) {
  for (const char* engine : kCapturing) EXPECT_EQ(answer(engine, "^*a", "a"), "(0,1)") << engine;
  EXPECT_EQ(answer("pcre2-stock", "^*a", "a").substr(0, 9), "rejected:");
}

TEST(Pcre2, SpaceIncludesVerticalTab) {
  EXPECT_EQ(answer("pcre2", "\\s", "\v"), "(0,1)");
  auto oracle = find_engine("pcre2-stock")->make();
  Query query = make_query("\\s+", kPerl);
  query.source = "\\s+";
  EXPECT_EQ(to_string(ask(*oracle, query, "x\v\ty")), "(1,3)");
}

TEST(Pcre2, StockIsGivenTheSourceAsWritten) {
  auto oracle = find_engine("pcre2-stock")->make();
  Query query = make_query("(?i)k|(x)", kPerl, Encoding::kUtf8);
  query.source = "(?i)k|(x)";
  auto prepared = oracle->prepare(query);
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Matcher>>(prepared));
  EXPECT_EQ(std::get<std::unique_ptr<Matcher>>(prepared)->text(), query.source);
  EXPECT_EQ(to_string(ask(*oracle, query, "a\xE2\x84\xAA")), "(1,4)(?,?)");  // KELVIN SIGN
  query.source = "(?|(k)|(y))(z)?";  // two groups, where the tree has one: no claim on groups
  EXPECT_EQ(ask(*oracle, query, "k").claim, Claim::kSpan);
}

TEST(Pcre2, DfaGivesTheLongestSpan) {
  EXPECT_EQ(answer("pcre2-dfa", "(a|ab)(c|bcd)?", "xabcd", kPosix), "(1,5)(?,?)(?,?)");
  EXPECT_EQ(answer("pcre2-dfa", "a*?", "aaa", kPosix), "(0,3)");
  auto oracle = find_engine("pcre2-dfa")->make();
  EXPECT_EQ(ask(*oracle, make_query("a", kPosix), "a").claim, Claim::kSpan);
  EXPECT_EQ(ask(*oracle, make_query("a", kPerl), "a").claim, Claim::kIsMatch);
  std::string letters(3000, 'a');  // more ends than fit anywhere, and more workspace than there is at first
  EXPECT_EQ(ask(*oracle, make_query("(?:a|b|(?:a|aa)+)*", kPosix), letters).slots[0], (Span{0, 3000}));
}

TEST(Pcre2, DfaListsEveryEndLongestFirst) {
  auto oracle = find_engine("pcre2-dfa-ends")->make();
  const std::vector<std::size_t> ends = {4, 3, 2, 1};
  // Without auto-possession a+ is not made a++, which would end in one place only.
  EXPECT_EQ(ask(*oracle, make_query("a+", kPosix), "xaaab").ends, (std::vector<std::size_t>{4, 3, 2}));
  EXPECT_EQ(ask(*oracle, make_query("a?b?c?d?", kPosix), "abcd").ends, (std::vector<std::size_t>{4, 3, 2, 1, 0}));
  EXPECT_EQ(ask(*find_engine("reference")->make(), make_query("a(b(cd?)?)?", kPosix), "abcd").ends, ends);
  EXPECT_EQ(ask(*oracle, make_query("a(b(cd?)?)?", kPosix), "abcd").ends, ends);
  // More ends than are listed: none is given rather than some.
  EXPECT_TRUE(ask(*oracle, make_query("a*", kPosix), std::string(100, 'a')).ends.empty());
}

TEST(Pcre2, KnownBugOfTheLibraryInZeroRepeats) {
  if (!is_10_42()) GTEST_SKIP() << "a fact about 10.42";
  EXPECT_EQ(answer("pcre2", "(?:a|^b){0}c", "xc"), "no match");  // everyone else says (1,2)
}

TEST(Pcre2, KnownBugOfTheJit) {
  if (!is_10_42()) GTEST_SKIP() << "a fact about 10.42";
  EXPECT_EQ(answer("pcre2", "(?:aa|^)(b*?.)", "aa"), "(0,1)(0,1)");
  EXPECT_EQ(answer("pcre2-jit", "(?:aa|^)(b*?.)", "aa"), "no match");
}

TEST(Pcre2, KnownBugOfTheDfaInLineEnds) {
  if (!is_10_42()) GTEST_SKIP() << "a fact about 10.42";
  // PCRE2_DOLLAR_ENDONLY, needed for the second branch, is documented not to touch the first.
  EXPECT_EQ(answer("pcre2", "a(?m:$)|b$", "a\n"), "(0,1)");
  EXPECT_EQ(answer("pcre2-dfa", "a(?m:$)|b$", "a\n", kPosix), "no match");
}

TEST(Pcre2, EmptyHaystacksAndNulBytes) {
  for (const char* engine : kCapturing) {
    EXPECT_EQ(answer(engine, "(a*)", std::string_view()), "(0,0)(0,0)") << engine;
    EXPECT_EQ(answer(engine, "a", ""), "no match") << engine;
    EXPECT_EQ(answer(engine, "", ""), "(0,0)") << engine;
    EXPECT_EQ(answer(engine, "(\\x00.)", "a\0b"s), "(1,3)(1,3)") << engine;
  }
  EXPECT_EQ(answer("pcre2-dfa", "\\x00+", "a\0\0b"s, kPosix), "(1,3)");
  EXPECT_EQ(answer("pcre2-dfa", "", std::string_view(), kPosix), "(0,0)");
}

TEST(Pcre2, HighBytesInBothEncodings) {
  for (const char* engine : kCapturing) {
    EXPECT_EQ(answer(engine, "\\xE9", "a\xE9"), "(1,2)") << engine;
    EXPECT_EQ(answer(engine, "[\\x80-\\xFF]+", "a\xC3\xA9"), "(1,3)") << engine;
    EXPECT_EQ(answer(engine, "(\\x{E9})", "a\xC3\xA9", kPerl, Encoding::kUtf8), "(1,3)(1,3)") << engine;
    EXPECT_EQ(answer(engine, ".", "\xF0\x9F\x98\x80", kPerl, Encoding::kUtf8), "(0,4)") << engine;
    EXPECT_EQ(answer(engine, "\\b", "\xE9"), "no match") << engine;  // not a word byte
  }
}

TEST(Pcre2, IllFormedUtf8IsUnsupported) {
  for (const EngineEntry& entry : pcre2_engines()) {
    auto oracle = entry.make();
    Semantics semantics = entry.info.name == "pcre2-dfa" ? kPosix : kPerl;
    for (const char* haystack : {"\xFF", "a\xC3", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80"}) {
      Outcome outcome = ask(*oracle, make_query("a", semantics, Encoding::kUtf8), haystack);
      EXPECT_EQ(outcome.kind, OutcomeKind::kUnsupported) << entry.info.name << " " << to_string(outcome);
    }
  }
}

TEST(Pcre2, BombsReachALimit) {
  std::string haystack = std::string(60, 'a') + "bc";  // has the c that the pattern needs
  for (const char* engine : {"pcre2", "pcre2-jit", "pcre2-stock"}) {
    std::string text = answer(engine, "(?:a|a)*c", haystack);
    EXPECT_EQ(text.substr(0, 6), "limit:") << engine << " " << text;
  }
}

TEST(Pcre2, TooLargeIsALimit) {
  using syntax::repeat;
  Query query;
  query.semantics = kPerl;
  query.regex = syntax::concat({syntax::literal('a'), syntax::literal('b')});
  query.regex = repeat(repeat(query.regex, 1000, 1000), 1000, 1000);
  for (const EngineEntry& entry : pcre2_engines()) {
    Outcome outcome = ask(*entry.make(), query, "a");
    if (entry.info.claims[1] == Claim::kNothing) continue;
    EXPECT_EQ(outcome.kind, OutcomeKind::kLimit) << entry.info.name << " " << to_string(outcome);
  }
}

TEST(Pcre2, DeepNesting) {
  Query query;
  query.semantics = kPerl;
  auto oracle = pcre2_engines()[0].make();
  query.regex = syntax::literal('a');
  for (std::uint32_t k = 1; k <= 990; ++k) query.regex = syntax::group(query.regex, 991 - k);
  EXPECT_EQ(ask(*oracle, query, "a").slots.back(), (Span{0, 1}));
  query.regex = syntax::literal('a');  // the library keeps less room for these
  for (std::uint32_t k = 1; k <= 990; ++k) query.regex = syntax::non_capturing(query.regex);
  EXPECT_EQ(ask(*oracle, query, "a").kind, OutcomeKind::kLimit) << to_string(ask(*oracle, query, "a"));
}

TEST(Pcre2, ManyGroups) {
  std::string pattern, haystack;
  for (int k = 0; k < 200; ++k) pattern += "(a)", haystack += "a";
  for (const char* engine : kCapturing) {
    std::string text = answer(engine, pattern, haystack);
    EXPECT_TRUE(text.ends_with("(198,199)(199,200)")) << engine << text;
  }
}

}  // namespace
}  // namespace redoubt::oracles
