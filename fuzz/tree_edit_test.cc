#include "fuzz/tree_edit.h"

#include <gtest/gtest.h>

#include "fuzz/case_patterns.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::fuzz {
namespace {

using generate::RandomChoices;
using syntax::Regex;

Regex parse(const char* pattern) { return *syntax::parse(pattern); }

/// Does some draw of choices turn one into the other?
bool reaches(const char* from, TreeEdit edit, const char* to, const char* donor = "z") {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    RandomChoices choices(seed);
    const Regex result = edited(parse(from), edit, parse(donor), Encoding::kBytes, choices);
    if (syntax::to_text(result) == to) return true;
  }
  return false;
}

TEST(TreeEdit, EachDoesWhatItSays) {
  EXPECT_TRUE(reaches("ab", TreeEdit::kReplace, "aa"));
  EXPECT_TRUE(reaches("ab", TreeEdit::kWrap, "(ab)"));
  EXPECT_TRUE(reaches("ab", TreeEdit::kWrap, "a*b"));
  EXPECT_TRUE(reaches("ab", TreeEdit::kWrap, "(?:ab)*?"));
  EXPECT_TRUE(reaches("(ab)*", TreeEdit::kUnwrap, "(ab)"));
  EXPECT_TRUE(reaches("(ab)*", TreeEdit::kUnwrap, "(b)*"));
  EXPECT_TRUE(reaches("a*(b)", TreeEdit::kSwap, "(b)a*"));
  EXPECT_TRUE(reaches("a|bc", TreeEdit::kSwap, "c|ba"));
  EXPECT_TRUE(reaches("ab", TreeEdit::kSplice, "ax{2}", "x{2}|y"));
  EXPECT_TRUE(reaches("ab", TreeEdit::kDuplicate, "aba"));
  EXPECT_TRUE(reaches("a|b", TreeEdit::kDuplicate, "a|a|b"));
  EXPECT_TRUE(reaches("abc", TreeEdit::kRemove, "ac"));
  EXPECT_TRUE(reaches("a{2,3}", TreeEdit::kCount, "a{2,4}"));
  EXPECT_TRUE(reaches("a{2,3}", TreeEdit::kCount, "a{1,3}"));
  EXPECT_TRUE(reaches("a*", TreeEdit::kCount, "a*?"));
  EXPECT_TRUE(reaches("a*", TreeEdit::kCount, "a{0}"));
  EXPECT_TRUE(reaches("[b-d]", TreeEdit::kUnits, "[b-e]"));
  EXPECT_TRUE(reaches("[b-d]", TreeEdit::kUnits, "[a-d]"));
  EXPECT_TRUE(reaches("[b-d]", TreeEdit::kUnits, "[^b-d]"));
  EXPECT_TRUE(reaches("a", TreeEdit::kUnits, "A"));
  EXPECT_TRUE(reaches("a", TreeEdit::kUnits, "[Aa]"));
  EXPECT_TRUE(reaches("^a", TreeEdit::kLook, "\\Ba"));
}

TEST(TreeEdit, LeavesTheTreeWhereItHasNoPlace) {
  RandomChoices choices(1);
  const Regex tree = parse("a");
  for (const TreeEdit edit : {TreeEdit::kUnwrap, TreeEdit::kSwap, TreeEdit::kDuplicate, TreeEdit::kRemove,
                              TreeEdit::kCount, TreeEdit::kLook}) {
    EXPECT_TRUE(syntax::equal(edited(tree, edit, tree, Encoding::kBytes, choices), tree)) << to_string(edit);
  }
}

TEST(TreeEdit, EveryResultIsAPatternOfTheLanguage) {
  for (const Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    syntax::ParseOptions options;
    options.encoding = encoding;
    options.limits.repeat_count = 1'000'000'000;
    for (std::uint64_t seed = 0; seed < 1500; ++seed) {
      RandomChoices choices(seed);
      const Regex tree = draw_pattern(choices, encoding), donor = draw_pattern(choices, encoding);
      const auto edit = static_cast<TreeEdit>(seed % kTreeEdits);
      const Regex result = edited(tree, edit, donor, encoding, choices);
      const std::string text = syntax::to_text(result, encoding);
      const auto parsed = syntax::parse(text, options);
      ASSERT_TRUE(parsed.has_value()) << to_string(edit) << " " << text;
      ASSERT_TRUE(syntax::equal(*parsed, result)) << to_string(edit) << " " << text;
    }
  }
}

TEST(TreeEdit, NodesAndReplacements) {
  const Regex tree = parse("a(b|c)*");
  const auto nodes = nodes_of(tree);
  ASSERT_EQ(nodes.size(), tree->size());
  EXPECT_EQ(nodes[0], tree.get());
  EXPECT_EQ(syntax::to_text(with(tree, nodes[6], parse("xy"))), "a(b|xy)*");
  EXPECT_EQ(syntax::to_text(with(tree, nodes[1], parse("x|y"))), "(?:x|y)(b|c)*");
  EXPECT_EQ(syntax::to_text(with(parse("(?:ab)*"), nodes_of(parse("a"))[0], parse("b"))), "(?:ab)*");
}

}  // namespace
}  // namespace redoubt::fuzz
