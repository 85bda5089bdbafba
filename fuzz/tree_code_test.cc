#include "fuzz/tree_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "fuzz/case_patterns.h"
#include "generate/choices.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::fuzz {
namespace {

using generate::RandomChoices;
using syntax::Regex;

Regex read(const std::string& bytes, Encoding encoding) {
  ByteReader reader({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  return read_tree(reader, encoding);
}

std::string code(const Regex& regex, Encoding encoding) {
  std::string bytes;
  write_tree(regex, encoding, bytes);
  return bytes;
}

/// The largest product of nested bounds.
std::uint64_t product(const syntax::Node& node) {
  std::uint64_t most = 1;
  for (const Regex& child : node.children()) most = std::max(most, product(*child));
  const std::uint64_t own = node.max() == syntax::kInfinite ? node.min() : node.max();
  return most * std::max<std::uint64_t>(1, own);
}

TEST(TreeCode, EveryByteStringIsATreeWithinTheLimitsThatItsCodeGivesBack) {
  RandomChoices choices(1);
  for (int k = 0; k < 6000; ++k) {
    const Encoding encoding = k % 2 == 0 ? Encoding::kBytes : Encoding::kUtf8;
    std::string bytes(choices.below(k % 50 == 0 ? 3000 : 60), '\0');
    // Half of the bytes name nodes that have parts, or trees would rarely be deep.
    for (char& byte : bytes)
      byte = static_cast<char>(choices.below(2) == 0 ? choices.below(256) : 6 + choices.below(5));
    const Regex tree = read(bytes, encoding);
    ASSERT_LE(tree->size(), 3 * kMaxCodedWeight + 1);
    ASSERT_LE(tree->depth(), 3 * kMaxCodedDepth);
    ASSERT_LE(product(*tree), kMaxCodedProduct);
    const std::string again = code(tree, encoding);
    ASSERT_TRUE(syntax::equal(read(again, encoding), tree)) << syntax::to_text(tree, encoding);
    ASSERT_EQ(code(read(again, encoding), encoding), again);
  }
}

TEST(TreeCode, EveryTreeIsAPatternOfTheLanguage) {
  RandomChoices choices(2);
  for (int k = 0; k < 3000; ++k) {
    const Encoding encoding = k % 2 == 0 ? Encoding::kBytes : Encoding::kUtf8;
    std::string bytes(choices.below(80), '\0');
    for (char& byte : bytes) byte = static_cast<char>(choices.below(256));
    const Regex tree = read(bytes, encoding);
    syntax::ParseOptions options;
    options.encoding = encoding;
    const auto parsed = syntax::parse(syntax::to_text(tree, encoding), options);
    ASSERT_TRUE(parsed.has_value()) << syntax::to_text(tree, encoding);
    ASSERT_TRUE(syntax::equal(*parsed, tree)) << syntax::to_text(tree, encoding);
  }
}

TEST(TreeCode, PatternsWithinTheLimitsComeBack) {
  for (const char* pattern : {"a",
                              "",
                              "(a|ab)(c|bcd)(d*)",
                              "X(.?){8,}Y",
                              "X(.?){0,8}Y",
                              "(?:a*aab){2}",
                              "^a(/a+(#a+)*)*$",
                              "(|a)*",
                              "(^)*",
                              "a.*?c|a.*?b",
                              "[^a-c]",
                              "[^\\n]",
                              "(?s:.)",
                              "(?m:^)$\\b\\B\\A\\z",
                              "0a|0[aA]",
                              "(?:..acbb|b)a(?:c|d)",
                              "((((((((((a))))))))))",
                              "(?:a)b",
                              "[a-cx-z0-9_]",
                              "a{0}",
                              "a{0,0}b{3}c{2,}"}) {
    const auto tree = syntax::parse(pattern);
    ASSERT_TRUE(tree) << pattern;
    EXPECT_TRUE(syntax::equal(read(code(*tree, Encoding::kBytes), Encoding::kBytes), *tree)) << pattern;
  }
}

TEST(TreeCode, WhatIsTooLargeIsCutNotRefused) {
  RandomChoices choices(3);
  std::size_t cut = 0;
  for (int k = 0; k < 2000; ++k) {
    const Regex tree = draw_pattern(choices, Encoding::kUtf8);
    const Regex read_back = read(code(tree, Encoding::kUtf8), Encoding::kUtf8);
    cut += !syntax::equal(tree, read_back);
    ASSERT_LE(read_back->size(), 3 * kMaxCodedWeight + 1);
  }
  EXPECT_GT(cut, 0u);
  EXPECT_LT(cut, 1500u);
}

}  // namespace
}  // namespace redoubt::fuzz
