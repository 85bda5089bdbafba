#include "derivatives/term.h"

#include <gtest/gtest.h>

#include "syntax/parser.h"

namespace redoubt::derivatives {
namespace {

syntax::Regex parsed(std::string_view pattern) {
  auto result = syntax::parse(pattern, {});
  EXPECT_TRUE(result) << pattern;
  return result ? *result : syntax::empty();
}

struct Fixture {
  syntax::Regex regex;
  Terms terms;
  explicit Fixture(std::string_view pattern)
      : regex(parsed(pattern)), terms(Alphabet({regex, parsed("a"), parsed("b"), parsed("^$")}, Encoding::kBytes)) {}

  /// Does the term match the whole haystack, by derivatives alone?
  bool matches(TermId term, std::string_view haystack, bool backwards = false) {
    Subject subject;
    subject.assign(terms.alphabet(), haystack);
    const std::size_t n = subject.size();
    for (std::size_t k = 0; k < n; ++k) {
      const std::size_t location = backwards ? n - k : k;
      term = terms.next(term, subject.contexts[location], subject.symbols[backwards ? location - 1 : location]);
    }
    return terms.nullable(term, subject.contexts[backwards ? 0 : n]);
  }
};

TEST(Terms, EqualTermsHaveEqualNumbers) {
  Fixture f("(a|b)*");
  EXPECT_EQ(f.terms.from_regex(parsed("(a|b)*"), false), f.terms.from_regex(parsed("(?:[ab])*"), false));
  EXPECT_EQ(f.terms.from_regex(parsed("(?:ab)a"), false), f.terms.from_regex(parsed("a(?:ba)"), false));
  EXPECT_EQ(f.terms.from_regex(parsed("(a*)*"), false), f.terms.from_regex(parsed("a*"), false));
  EXPECT_EQ(f.terms.from_regex(parsed("(a*){2,3}"), false), f.terms.from_regex(parsed("a*"), false));
  EXPECT_NE(f.terms.from_regex(parsed("ab"), false), f.terms.from_regex(parsed("ba"), false));
}

TEST(Terms, DerivativeOfARepeatWithAssertions) {
  // A7: D(r{2}) = D(r)·r{1} would lose the match in which the first iteration is the empty `^`.
  Fixture f("(^|a){2}");
  const TermId t = f.terms.from_regex(f.regex, false);
  EXPECT_TRUE(f.matches(t, "a"));
  EXPECT_TRUE(f.matches(t, "aa"));
  EXPECT_TRUE(f.matches(t, ""));
  EXPECT_FALSE(f.matches(t, "aaa"));
}

TEST(Terms, AMirroredTermReadsBackwards) {
  for (const char* pattern : {"ab*(a|$)", "^a(b|^)*a$", "(a|^){3}b", "(?:ab|a)(?:b$|)"}) {
    Fixture f(pattern);
    const TermId forwards = f.terms.from_regex(f.regex, false);
    const TermId backwards = f.terms.from_regex(f.regex, true);
    for (const char* haystack : {"", "a", "b", "ab", "ba", "aa", "abb", "aba", "aab", "abba", "aaab"}) {
      EXPECT_EQ(f.matches(forwards, haystack), f.matches(backwards, haystack, true)) << pattern << " " << haystack;
    }
  }
}

TEST(Terms, IntersectionAndComplement) {
  Fixture f("(?:a|b)*");
  Terms& t = f.terms;
  const TermId ends_b = t.from_regex(parsed("[ab]*b"), false);
  const TermId starts_a = t.from_regex(parsed("a[ab]*"), false);
  const TermId list[] = {ends_b, t.negate(starts_a)};
  const TermId both = t.both(list);
  EXPECT_TRUE(f.matches(both, "bb"));
  EXPECT_TRUE(f.matches(both, "b"));
  EXPECT_FALSE(f.matches(both, "ab"));
  EXPECT_FALSE(f.matches(both, "ba"));
  EXPECT_EQ(t.negate(t.negate(ends_b)), ends_b);
  const TermId nothing[] = {ends_b, Terms::kNone};
  EXPECT_EQ(t.both(nothing), Terms::kNone);
  const TermId everything[] = {ends_b, Terms::kAny};
  EXPECT_EQ(t.both(everything), ends_b);
  EXPECT_EQ(t.alt(everything), Terms::kAny);
}

TEST(Terms, DerivativesOfACounterStayFew) {
  // The number of distinct derivatives is linear in the counter, not exponential (cat-dist).
  Fixture f("(?:a{0,9}){0,9}b");
  TermId t = f.terms.from_regex(f.regex, false);
  Subject subject;
  subject.assign(f.terms.alphabet(), std::string(60, 'a'));
  for (std::size_t k = 0; k < subject.size(); ++k) t = f.terms.next(t, subject.contexts[k], subject.symbols[k]);
  EXPECT_LT(f.terms.count(), 2000u);
}

TEST(Terms, CompactionKeepsWhatRootsNeed) {
  Fixture f("(?:ab|b*a){2,3}(?:a|$)");
  TermId t = f.terms.from_regex(f.regex, false);
  for (const char* haystack : {"abab", "bbaaba", "ab"}) f.matches(t, haystack);
  const bool before[] = {f.matches(t, "ababa"), f.matches(t, "bab"), f.matches(t, "ba")};
  const std::size_t count = f.terms.count();
  TermId* roots[] = {&t};
  f.terms.compact(roots);
  EXPECT_LT(f.terms.count(), count);
  EXPECT_EQ(f.matches(t, "ababa"), before[0]);
  EXPECT_EQ(f.matches(t, "bab"), before[1]);
  EXPECT_EQ(f.matches(t, "ba"), before[2]);
}

TEST(Terms, EveryRuleIsUsedAndCounted) {
  Fixture f("a");
  Terms& t = f.terms;
  const TermId a = t.from_regex(parsed("a"), false);
  const TermId b = t.from_regex(parsed("b"), false);
  const TermId ab = t.cat(a, b);
  t.cat(a, Terms::kNone);
  t.cat(a, Terms::kEps);
  t.cat(ab, a);
  t.alt(a, b);
  t.cat(t.alt(ab, a), b);
  const TermId star = t.rep(a, 0, syntax::kInfinite);
  const TermId with_eps[] = {Terms::kEps, star, b};
  t.alt(with_eps);
  const TermId any[] = {a, Terms::kAny};
  t.alt(any);
  const TermId none[] = {a, Terms::kNone};
  t.both(none);
  t.negate(t.negate(a));
  t.rep(a, 1, 1);
  t.rep(star, 2, 3);
  t.rep(t.alt(Terms::kEps, a), 2, 3);
  for (int rule = 0; rule < static_cast<int>(Rule::kCount); ++rule) {
    EXPECT_GT(t.rule_count(static_cast<Rule>(rule)), 0u) << to_string(static_cast<Rule>(rule));
  }
}

}  // namespace
}  // namespace redoubt::derivatives
