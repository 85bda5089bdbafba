// The reference against the definition, on every small case; and what only the reference can answer: long haystacks.
#include "reference/longest_matcher.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "generate/regex_gen.h"
#include "reference/definition.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::reference {
namespace {

syntax::Regex parsed(std::string_view pattern, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions options;
  options.encoding = encoding;
  options.limits.repeat_count = 100'000;
  auto result = syntax::parse(pattern, options);
  EXPECT_TRUE(result) << pattern;
  return result ? *result : syntax::empty();
}

std::string answer(MatchStatus status, const Slots& slots) {
  switch (status) {
    case MatchStatus::kMatch:
      return to_string(slots);
    case MatchStatus::kNoMatch:
      return "no match";
    case MatchStatus::kLimit:
      return "limit";
  }
  return "?";
}

std::string reference_answer(std::string_view pattern, std::string_view haystack,
                             Encoding encoding = Encoding::kBytes) {
  Workspace workspace(encoding);
  LongestMatcher matcher(workspace, parsed(pattern, encoding));
  Slots slots;
  const MatchStatus status = matcher.match(haystack, slots);
  return answer(status, slots);
}

std::string definition_answer(std::string_view pattern, std::string_view haystack,
                              Encoding encoding = Encoding::kBytes) {
  Slots slots;
  const MatchStatus status = match_by_definition(parsed(pattern, encoding), haystack, encoding, slots);
  return answer(status, slots);
}

struct Decided {
  const char* pattern;
  const char* haystack;
  const char* answer;
};

class DecidedCases : public testing::TestWithParam<Decided> {};

TEST_P(DecidedCases, ReferenceAndDefinitionAnswer) {
  const Decided& c = GetParam();
  EXPECT_EQ(reference_answer(c.pattern, c.haystack), c.answer) << c.pattern << " on " << c.haystack;
  EXPECT_EQ(definition_answer(c.pattern, c.haystack), c.answer) << c.pattern << " on " << c.haystack;
}

INSTANTIATE_TEST_SUITE_P(
    Semantics, DecidedCases,
    testing::Values(
        Decided{"(aa|a)*", "aaaaa", "(0,5)(4,5)"}, Decided{"(aaaa|aaa|a){3,4}", "aaaaaaaaaa", "(0,10)(9,10)"},
        Decided{"(a|ab)(c|bcd)(d*)", "abcd", "(0,4)(0,2)(2,3)(3,4)"},
        Decided{"((a|ab)(c|bcd))(d*)", "abcd", "(0,4)(0,4)(0,1)(1,4)(4,4)"}, Decided{"(a*)*", "b", "(0,0)(0,0)"},
        Decided{"(a*)+", "b", "(0,0)(0,0)"}, Decided{"(a+)*", "b", "(0,0)(?,?)"}, Decided{"(|a)*", "aaa", "(0,3)(2,3)"},
        Decided{"((a)|(b))*", "ab", "(0,2)(1,2)(?,?)(1,2)"}, Decided{"((..)|(.))*", "aaa", "(0,3)(2,3)(?,?)(2,3)"},
        Decided{"X(.?){8,}Y", "X1234567Y", "(0,9)(8,8)"}, Decided{"X(.?){0,8}Y", "X1234567Y", "(0,9)(7,8)"},
        Decided{"(a*){2}(x)", "ax", "(0,2)(1,1)(1,2)"}, Decided{"(a*)(a*)*", "aa", "(0,2)(0,2)(2,2)"},
        Decided{"(ab|a|c|bcd)*(d*)", "ababcd", "(0,6)(3,6)(6,6)"}, Decided{"(^)*", "-", "(0,0)(0,0)"},
        Decided{"(a?){2,3}", "", "(0,0)(0,0)"}, Decided{"(a?){2,3}", "a", "(0,1)(1,1)"},
        Decided{"(a?){2,3}", "aa", "(0,2)(1,2)"}, Decided{"((y?){3}){2,3}", "yyyyy", "(0,5)(3,5)(5,5)"},
        Decided{"(^){0,3}", "a", "(0,0)(0,0)"}, Decided{"($){0,3}", "a", "(0,0)(?,?)"},
        Decided{"($){1,3}", "a", "(1,1)(1,1)"}, Decided{"(()|a)+", "a", "(0,1)(0,1)(?,?)"},
        Decided{"(((a*)|b)|b)+", "ab", "(0,2)(1,2)(1,2)(?,?)"}, Decided{"a?((ab)?)b?", "ab", "(0,2)(1,1)(?,?)"},
        Decided{"(^|a){2}", "a", "(0,1)(0,1)"}, Decided{"(?:a|b){0}c", "xc", "(1,2)"},
        Decided{"(a){0,0}b", "ab", "(1,2)(?,?)"}));

std::vector<std::string> strings(std::string_view letters, std::size_t max_length) {
  std::vector<std::string> all = {""};
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (all[k].size() == max_length) continue;
    for (char letter : letters) all.push_back(all[k] + letter);
  }
  return all;
}

void expect_same(const syntax::Regex& regex, Workspace& workspace, const std::vector<std::string>& haystacks) {
  LongestMatcher matcher(workspace, regex);
  for (const std::string& haystack : haystacks) {
    Slots got, want;
    const MatchStatus status = matcher.match(haystack, got);
    const MatchStatus expected = match_by_definition(regex, haystack, workspace.encoding(), want, 20'000);
    if (expected == MatchStatus::kLimit) continue;
    ASSERT_EQ(answer(status, got), answer(expected, want))
        << syntax::to_text(regex, workspace.encoding()) << " on " << syntax::escape_bytes(haystack);
  }
}

TEST(LongestMatcher, IsTheDefinitionOnEverySmallCase) {
  generate::GrammarSettings settings;
  settings.looks = {syntax::Look::kCaret, syntax::Look::kDollar};
  auto space = generate::RegexSpace::make(settings, 4);
  ASSERT_TRUE(space);
  Workspace workspace(Encoding::kBytes);
  const auto haystacks = strings("ab", 4);
  for (std::uint64_t k = 0; k < space->total(); ++k) {
    ASSERT_NO_FATAL_FAILURE(expect_same(space->at(space->place(k)), workspace, haystacks));
  }
}

TEST(LongestMatcher, IsTheDefinitionOnRandomCasesOfEveryKind) {
  for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    auto sampler = generate::RegexSampler::make(generate::wide_settings(Semantics::kLeftmostFirst, encoding), 12);
    ASSERT_TRUE(sampler);
    generate::RandomChoices choices(7);
    const auto haystacks = strings("a\n-", 3);
    for (int k = 0; k < 600; ++k) {
      Workspace workspace(encoding);
      ASSERT_NO_FATAL_FAILURE(expect_same(sampler->draw(choices), workspace, haystacks));
    }
  }
}

TEST(LongestMatcher, LocationsAreUnitsAndIllFormedBytesMatchNothing) {
  EXPECT_EQ(reference_answer("(.)(.)", "\xC3\xA9x", Encoding::kUtf8), "(0,3)(0,2)(2,3)");
  EXPECT_EQ(reference_answer("[^a]", "\xFFx", Encoding::kUtf8), "(1,2)");
  EXPECT_EQ(definition_answer("[^a]", "\xFFx", Encoding::kUtf8), "(1,2)");
  EXPECT_EQ(reference_answer(".", "\xC3", Encoding::kUtf8), "no match");
  EXPECT_EQ(reference_answer("\\B", "\xC3\xA9", Encoding::kUtf8), "(0,0)");
}

TEST(LongestMatcher, LongHaystacksArePolynomial) {
  const std::string a(10'000, 'a');
  EXPECT_EQ(reference_answer("(aa|a)*", a), "(0,10000)(9998,10000)");
  EXPECT_EQ(reference_answer("((a|aa)(a|aaa)*)*b", a + "b"), "(0,10001)(0,10000)(0,2)(9999,10000)");
  const std::string million(1'000'000, 'a');
  EXPECT_EQ(reference_answer("(aa|a)*", million), "(0,1000000)(999998,1000000)");
  // Iterations of two letters, but the b needs an a before it.
  EXPECT_EQ(reference_answer("((a|ab)(b|a)?)*", million + "b"), "(0,1000001)(999999,1000001)(999999,1000001)(?,?)");
  EXPECT_EQ(reference_answer("(a?){20}a{20}", std::string(40, 'a')), "(0,40)(19,20)");
  EXPECT_EQ(reference_answer("x(a{0,30}){0,30}", a), "no match");
}

TEST(LongestMatcher, GoesOnWithAFreshStoreWhenTermsAreMany) {
  // About 2^9 states; the limit allows fewer, so the store is compacted again and again.
  Workspace small(Encoding::kBytes, {}, {.terms = 300, .shared_symbols = 12});
  Workspace large(Encoding::kBytes);
  const syntax::Regex regex = parsed("([ab]*)(a([ab]{8}))(b*)");
  LongestMatcher compacting(small, regex), plain(large, regex);
  generate::RandomChoices choices(3);
  for (int k = 0; k < 50; ++k) {
    std::string haystack;
    for (int i = 0; i < 200; ++i) haystack += choices.one_in(2) ? 'a' : 'b';
    Slots got, want;
    const MatchStatus status = compacting.match(haystack, got);
    ASSERT_EQ(answer(status, got), answer(plain.match(haystack, want), want));
  }
}

TEST(LongestMatcher, ReachingTheTermLimitIsAnAnswer) {
  Workspace tiny(Encoding::kBytes, {}, {.terms = 20, .shared_symbols = 12});
  LongestMatcher matcher(tiny, parsed("([ab]*a[ab]{30})"));
  Slots slots;
  EXPECT_EQ(matcher.match(std::string(200, 'a'), slots), MatchStatus::kLimit);
}

}  // namespace
}  // namespace redoubt::reference
