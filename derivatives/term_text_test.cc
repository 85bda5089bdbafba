#include <gtest/gtest.h>

#include <string>

#include "derivatives/term.h"
#include "syntax/parser.h"

namespace redoubt::derivatives {
namespace {

syntax::Regex parsed(std::string_view pattern) { return *syntax::parse(pattern, {}); }

std::string text(std::string_view pattern) {
  const syntax::Regex regex = parsed(pattern);
  Terms terms(Alphabet({regex}, Encoding::kBytes));
  return terms.to_string(terms.from_regex(regex, false));
}

TEST(TermText, EachKindOfTermIsWrittenItsOwnWay) {
  EXPECT_EQ(text(""), "ε");
  EXPECT_EQ(text("a"), "a");
  EXPECT_EQ(text("[a-c]"), "[a-c]");
  EXPECT_EQ(text("[^a]"), "[^a]");
  EXPECT_EQ(text("^"), "^");
  EXPECT_EQ(text("ab"), "a·b");
  EXPECT_EQ(text("a*"), "a*");
  EXPECT_EQ(text("a+"), "a+");
  EXPECT_EQ(text("a{2,}"), "a{2,}");
  EXPECT_EQ(text("a{2,3}"), "a{2,3}");
  EXPECT_EQ(text("(?:ab){2,3}"), "(a·b){2,3}");
  EXPECT_EQ(text("(?:^a|b)*"), "(^·a|b)*");
}

TEST(TermText, IntersectionAndComplement) {
  Terms terms(Alphabet({parsed("a"), parsed("b*")}, Encoding::kBytes));
  const TermId a = terms.from_regex(parsed("a"), false), b = terms.from_regex(parsed("b*"), false);
  EXPECT_EQ(terms.to_string(Terms::kNone), "∅");
  EXPECT_EQ(terms.to_string(Terms::kAny), "⊤");
  EXPECT_EQ(terms.to_string(terms.negate(a)), "~(a)");
  const TermId list[] = {terms.negate(a), b};
  const std::string both = terms.to_string(terms.both(list));
  EXPECT_TRUE(both == "(~(a)&b*)" || both == "(b*&~(a))") << both;
}

}  // namespace
}  // namespace redoubt::derivatives
