#include "oracles/proof_ast.h"

#include <gtest/gtest.h>

#include <random>

#include "syntax/parser.h"

namespace redoubt::oracles {
namespace {

syntax::Regex parsed(std::string_view pattern) {
  auto regex = syntax::parse(pattern, {});
  EXPECT_TRUE(regex) << pattern;
  return regex ? *regex : syntax::empty();
}

TEST(ProofAst, Notation) {
  const std::pair<const char*, const char*> expected[] = {
      {"", "e"},
      {"a", "(c 61)"},
      {"[a-cx]", "(c 61-63 78)"},
      {"[^\\x00-\\xff]", "(c)"},
      {"(a|ab)(c|bcd)", "(. (g 1 (| (c 61) (. (c 61) (c 62)))) (g 2 (| (c 63) (. (c 62) (c 63) (c 64)))))"},
      {"(?:a*)*?", "(*? 0 - (n (* 0 - (c 61))))"},
      {"a{2,3}|", "(| (* 2 3 (c 61)) e)"},
      {"^$\\A\\z\\b\\B(?m:^$)",
       "(. (l caret) (l dollar) (l text-start) (l text-end) (l word-boundary) (l not-word-boundary) (n (. (l "
       "line-start) "
       "(l line-end))))"},
  };
  for (const auto& [pattern, text] : expected) EXPECT_EQ(proof_text(parsed(pattern)), text) << pattern;
}

TEST(ProofAst, WhatIsPrintedReadsBack) {
  for (const char* pattern :
       {"", "a", "(a|ab)(c|bcd)(d*)", "(?:a)", "(?:(?:))*", "(?:a|b|)(?:(?:c))", "^*$\\A\\z(?m:^)(?m:$)\\b\\B",
        "(x){2,3}?", "[^a-c]{4,}", "(((a{3})?)+?)*", "(a|(?:b|c))|(?:)", "a(?:bc)d", "(a){0}", "[\\x00\\xff]"}) {
    const syntax::Regex regex = parsed(pattern);
    const auto back = parse_proof_text(proof_text(regex));
    ASSERT_TRUE(back) << pattern << ": " << back.error();
    EXPECT_TRUE(syntax::equal(*back, regex)) << pattern << ": " << syntax::dump(*back);
  }
}

TEST(ProofAst, MistakesAreErrors) {
  for (const char* text :
       {"",      "(",          ")",     "(c",   "(x)",       "(c zz)",    "(c 63-61)", "(c 110000)",
        "(l)",   "(l middle)", "(. e)", "(|)",  "(* 2 1 e)", "(* - 1 e)", "(* 0 - )",  "(g 0 e)",
        "(g e)", "(n)",        "e e",   "(n e", "(n e))",    "(c 61-)",   "(c -61)",   "(* 0 99999999999 e)"}) {
    EXPECT_FALSE(parse_proof_text(text)) << text;
  }
  std::string deep(100'000, '(');
  EXPECT_FALSE(parse_proof_text(deep));
  deep.clear();
  for (int k = 0; k < 100'000; ++k) deep += "(n ";
  EXPECT_FALSE(parse_proof_text(deep));
}

TEST(ProofAst, EditedTextsAreReadOrRefused) {
  std::mt19937 random(1);
  const std::string text = proof_text(parsed("^(a|[b-d]*?){2,3}(?:(x)|)$"));
  for (int k = 0; k < 20'000; ++k) {
    std::string edited = text;
    for (unsigned edits = 1 + random() % 3; edits > 0; --edits) {
      const std::size_t at = random() % edited.size();
      if (random() % 2 == 0) {
        edited[at] = "()e.|*?cgnl 019-a\n"[random() % 18];
      } else {
        edited.erase(at, 1 + random() % 3);
      }
      if (edited.empty()) edited = "e";
    }
    const auto regex = parse_proof_text(edited);
    if (!regex) continue;
    const auto again = parse_proof_text(proof_text(*regex));
    ASSERT_TRUE(again) << edited;
    EXPECT_TRUE(syntax::equal(*again, *regex)) << edited;
  }
}

}  // namespace
}  // namespace redoubt::oracles
