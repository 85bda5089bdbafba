#include "generate/word_gen.h"

#include <gtest/gtest.h>

#include <set>

#include "syntax/parser.h"
#include "syntax/printer.h"
#include "syntax/utf8.h"

namespace redoubt::generate {
namespace {

TEST(Words, AreReadAsTheyAreWritten) {
  for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    RandomChoices choices(1);
    std::set<std::string> texts;
    for (int k = 0; k < 300; ++k) {
      const syntax::Regex regex = draw_words(choices, encoding, k % 2 == 0);
      const std::string text = syntax::to_text(regex, encoding);
      syntax::ParseOptions options;
      options.encoding = encoding;
      const auto parsed = syntax::parse(text, options);
      ASSERT_TRUE(parsed) << text;
      EXPECT_TRUE(syntax::equal(*parsed, regex)) << text;
      texts.insert(text);
    }
    EXPECT_GT(texts.size(), 250u);
  }
}

TEST(Words, LazyLoopsOnlyWhereTheyAreWanted) {
  RandomChoices choices(2);
  bool any = false;
  const auto is_lazy = [](const syntax::Node& node) {
    return node.kind() == syntax::NodeKind::kRepeat && !node.greedy();
  };
  for (int k = 0; k < 200; ++k) {
    EXPECT_FALSE(syntax::any_node(draw_words(choices, Encoding::kBytes, false), is_lazy));
    any |= syntax::any_node(draw_words(choices, Encoding::kBytes, true), is_lazy);
  }
  EXPECT_TRUE(any);
}

TEST(Embedded, HoldsTheTextAndStaysWellFormedAndShort) {
  RandomChoices choices(3);
  bool longer = false;
  for (const std::string text : {"", "abc", "\xc3\xa9z"}) {
    for (int k = 0; k < 200; ++k) {
      const std::string haystack = embedded(text, Encoding::kUtf8, choices, 50);
      EXPECT_NE(haystack.find(text), std::string::npos);
      EXPECT_LE(haystack.size(), text.size() + 100);
      EXPECT_TRUE(syntax::is_valid_utf8(haystack));
      longer |= haystack.size() > text.size() + 40;
    }
  }
  EXPECT_TRUE(longer);
}

}  // namespace
}  // namespace redoubt::generate
