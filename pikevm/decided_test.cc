// The cases that SEMANTICS decides, asked of each way of searching.
#include <gtest/gtest.h>

#include "pikevm/pikevm.h"
#include "pikevm/ways_for_test.h"
#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

struct Decided {
  const char* pattern;
  const char* haystack;
  const char* answer;  ///< "" for no match
};

void expect_answer(const Decided& c, Semantics semantics) {
  for (const test::Way& way : test::ways(syntax::parse(c.pattern).value(), {.semantics = semantics})) {
    for (bool anchored : {false, true}) {
      Scratch scratch;
      Slots slots;
      Result result = search(*way.program, scratch, {.haystack = c.haystack, .anchored = anchored}, slots);
      if (anchored && std::string_view(c.answer).substr(0, 3) != "(0,") {
        EXPECT_EQ(result, Result::kNoMatch) << c.pattern << " on " << c.haystack << ", " << way.name;
      } else {
        EXPECT_EQ(result == Result::kMatch ? to_string(slots) : "", c.answer)
            << c.pattern << " on " << c.haystack << ", " << way.name << (anchored ? ", anchored" : "");
      }
    }
  }
}

class LongestTest : public testing::TestWithParam<Decided> {};
class FirstTest : public testing::TestWithParam<Decided> {};
class BothTest : public testing::TestWithParam<Decided> {};

TEST_P(LongestTest, Answer) { expect_answer(GetParam(), Semantics::kLeftmostLongest); }

TEST_P(FirstTest, Answer) { expect_answer(GetParam(), Semantics::kLeftmostFirst); }

TEST_P(BothTest, Answer) {
  expect_answer(GetParam(), Semantics::kLeftmostFirst);
  expect_answer(GetParam(), Semantics::kLeftmostLongest);
}

INSTANTIATE_TEST_SUITE_P(
    SemanticsA, LongestTest,
    testing::Values(
        Decided{"(aa|a)*", "aaaaa", "(0,5)(4,5)"}, Decided{"(aaaa|aaa|a){3,4}", "aaaaaaaaaa", "(0,10)(9,10)"},
        Decided{"(a|ab)(c|bcd)(d*)", "abcd", "(0,4)(0,2)(2,3)(3,4)"},
        Decided{"((a|ab)(c|bcd))(d*)", "abcd", "(0,4)(0,4)(0,1)(1,4)(4,4)"}, Decided{"(a*)*", "b", "(0,0)(0,0)"},
        Decided{"(a*)+", "b", "(0,0)(0,0)"}, Decided{"(a+)*", "b", "(0,0)(?,?)"}, Decided{"(|a)*", "aaa", "(0,3)(2,3)"},
        Decided{"((a)|(b))*", "ab", "(0,2)(1,2)(?,?)(1,2)"}, Decided{"((..)|(.))*", "aaa", "(0,3)(2,3)(?,?)(2,3)"},
        Decided{"X(.?){8,}Y", "X1234567Y", "(0,9)(8,8)"}, Decided{"X(.?){0,8}Y", "X1234567Y", "(0,9)(7,8)"},
        Decided{"(a*){2}(x)", "ax", "(0,2)(1,1)(1,2)"}, Decided{"(a*)(a*)*", "aa", "(0,2)(0,2)(2,2)"},
        Decided{"(ab|a|c|bcd)*(d*)", "ababcd", "(0,6)(3,6)(6,6)"}, Decided{"(^)*", "-", "(0,0)(0,0)"}));

INSTANTIATE_TEST_SUITE_P(
    SemanticsAFurther, LongestTest,
    testing::Values(Decided{"(a?){2,3}", "", "(0,0)(0,0)"}, Decided{"(a?){2,3}", "a", "(0,1)(1,1)"},
                    Decided{"(a?){2,3}", "aa", "(0,2)(1,2)"}, Decided{"((y?){3}){2,3}", "yyyyy", "(0,5)(3,5)(5,5)"},
                    Decided{"(^){0,3}", "a", "(0,0)(0,0)"}, Decided{"($){0,3}", "a", "(0,0)(?,?)"},
                    Decided{"($){1,3}", "a", "(1,1)(1,1)"}, Decided{"(()|a)+", "a", "(0,1)(0,1)(?,?)"},
                    Decided{"(((a*)|b)|b)+", "ab", "(0,2)(1,2)(1,2)(?,?)"},
                    Decided{"a?((ab)?)b?", "ab", "(0,2)(1,1)(?,?)"}, Decided{"(^|a){2}", "a", "(0,1)(0,1)"}));

INSTANTIATE_TEST_SUITE_P(SemanticsALazyIsGreedy, LongestTest,
                         testing::Values(Decided{"(a+?)(a*?)", "aaa", "(0,3)(0,3)(3,3)"},
                                         Decided{"abcd|c", "abcx", "(2,3)"}, Decided{"abcd|c", "abcd", "(0,4)"},
                                         Decided{"(abcd)|(c)", "abcdc", "(0,4)(0,4)(?,?)"}));

INSTANTIATE_TEST_SUITE_P(SemanticsB, FirstTest,
                         testing::Values(Decided{"(a*)*", "a", "(0,1)(0,1)"}, Decided{"(a*|b)*", "ab", "(0,2)(1,2)"},
                                         Decided{"(?:a|^b){0}c", "xc", "(1,2)"},
                                         Decided{"(|a){0,2}b", "ab", "(0,2)(0,1)"},
                                         Decided{"(a(b)?)+", "aba", "(0,3)(2,3)(1,2)"},
                                         Decided{"(a|ab)(c|bcd)(d*)", "abcd", "(0,4)(0,1)(1,4)(4,4)"},
                                         Decided{"a|ab", "ab", "(0,1)"}, Decided{"(a+?)(a*)", "aaa", "(0,3)(0,1)(1,3)"},
                                         Decided{"(?:(?:a?\?)*)+?", "a", "(0,0)"}, Decided{"a*?b|a", "aab", "(0,3)"},
                                         Decided{"((a)|(b))*", "ab", "(0,2)(1,2)(0,1)(1,2)"}));

INSTANTIATE_TEST_SUITE_P(SemanticsE, BothTest,
                         testing::Values(Decided{"a$", "a\n", ""}, Decided{"(?m)a$", "a\n", "(0,1)"},
                                         Decided{"(?m)^", "a\n", "(0,0)"}, Decided{"\\n(?m:^)", "a\n", "(1,2)"},
                                         Decided{"\\n^", "a\n", ""}, Decided{"(?m)b\\z", "b\nb", "(2,3)"},
                                         Decided{"(?m)\\Ab", "a\nb", ""}, Decided{"\\bab\\b", "aab ab", "(4,6)"},
                                         Decided{"\\B", "ab", "(1,1)"}, Decided{"\\B", "", "(0,0)"},
                                         Decided{"\\b", "--", ""}, Decided{".", "\na", "(1,2)"},
                                         Decided{"(?s).", "\na", "(0,1)"}, Decided{"\\s", "\v", "(0,1)"},
                                         Decided{"(a){0}b", "ab", "(1,2)(?,?)"}, Decided{"(a){0,0}", "a", "(0,0)(?,?)"},
                                         Decided{"(a){2}", "aa", "(0,2)(1,2)"}, Decided{"(?i)aB", "Ab", "(0,2)"},
                                         Decided{"[^a]", "\xFF", "(0,1)"}));

}  // namespace
}  // namespace redoubt::pikevm
