#include "pikevm/split_language.h"

#include <gtest/gtest.h>

#include "pikevm/definition_for_test.h"
#include "pikevm/generate_for_test.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

std::string language(const char* pattern) {
  syntax::ParseOptions options;
  options.limits.repeat_count = 10'000;
  return syntax::to_text(language_of(syntax::parse(pattern, options).value()));
}

TEST(SplitLanguageTest, CountsMultiply) {
  EXPECT_EQ(language("(a{0,100}){0,100}"), "a{0,10000}");
  EXPECT_EQ(language("((a?){1,300})*"), "a*");
  EXPECT_EQ(language("((a*)*)*"), "a*");
  EXPECT_EQ(language("(|a)*"), "a*");
  EXPECT_EQ(language("((ab|c){2,3}){2,4}"), "(?:ab|c){4,12}");
  EXPECT_EQ(language("((a+)?)+"), "a*");
  EXPECT_EQ(language("(a?){20}a{20}"), "a{20,40}");
  EXPECT_EQ(language("(a)|(b)"), "[ab]");
  EXPECT_EQ(language("(^){3,1000}"), "^");
}

TEST(SplitLanguageTest, GapsStay) {
  EXPECT_EQ(language("(a{2})*"), "(?:a{2})*");
  EXPECT_EQ(language("(a{2,3}){0,4}"), "(?:a{2,3}){0,4}");
  EXPECT_EQ(language("(a{3,4}){1,2}"), "(?:a{3,4}){1,2}");
  EXPECT_EQ(language("(a{2})?"), "(?:a{2})?");
  EXPECT_EQ(language("|a{2,}"), "(?:a{2,})?");
  EXPECT_EQ(language("(a{2}){3}"), "a{6}");
}

TEST(SplitLanguageTest, CountsThatDoNotFitStay) {
  syntax::Regex r = syntax::literal('a');
  for (int k = 0; k < 3; ++k) r = syntax::group(syntax::repeat(r, 0, 60'000), 1);
  EXPECT_EQ(syntax::to_text(language_of(r)), "(?:a{0,3600000000}){0,60000}");
}

// Whole haystacks, and haystacks with something around the match for the looks to see.
TEST(SplitLanguageTest, MatchesTheSameSpans) {
  test::RandomRegex random(21);
  std::vector<std::string> haystacks = test::all_haystacks("ab", 5);
  for (int k = 0; k < 1500; ++k) {
    syntax::Regex r = random.regex(4, false);
    syntax::Regex l = language_of(r);
    ASSERT_EQ(l->max_group(), 0U);
    for (bool inner : {false, true}) {
      auto framed = [&](const syntax::Regex& x) {
        syntax::Regex edge = inner ? syntax::literal('a') : syntax::empty();
        return syntax::concat({syntax::look(syntax::Look::kTextStart), edge, syntax::non_capturing(x), edge,
                               syntax::look(syntax::Look::kTextEnd)});
      };
      for (const std::string& h : haystacks) {
        ASSERT_EQ(test::fill_best(framed(l), h).has_value(), test::fill_best(framed(r), h).has_value())
            << syntax::to_text(r) << ", as language " << syntax::to_text(l) << ", on " << h;
      }
    }
  }
}

TEST(SplitLanguageTest, FixedLength) {
  auto length = [](const char* pattern) { return fixed_length(*syntax::parse(pattern).value()); };
  EXPECT_EQ(length("a(b|c){3}^"), 4U);
  EXPECT_EQ(length("ab|cd"), 2U);
  EXPECT_EQ(length("(^|$)*"), 0U);
  EXPECT_EQ(length(""), 0U);
  EXPECT_EQ(length("ab|c"), std::nullopt);
  EXPECT_EQ(length("a{1,2}"), std::nullopt);
}

}  // namespace
}  // namespace redoubt::pikevm
