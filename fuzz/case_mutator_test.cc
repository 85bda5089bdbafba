#include "fuzz/case_mutator.h"

#include <gtest/gtest.h>

#include <set>

#include "fuzz/pair_case.h"
#include "fuzz/text_mutator.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::fuzz {
namespace {

using generate::RandomChoices;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Trees of up to twice the limit, and sixteen haystacks.
constexpr std::size_t kMostBytes = 4096;

TEST(CodedCase, EveryByteStringIsACaseThatItsCodeGivesBack) {
  RandomChoices choices(1);
  for (int k = 0; k < 2000; ++k) {
    std::string bytes(choices.below(400), '\0');
    for (char& byte : bytes) byte = static_cast<char>(choices.below(256));
    const CodedCase c = decode(bytes_of(bytes));
    const std::string code = encode(c);
    const CodedCase again = decode(bytes_of(code));
    ASSERT_TRUE(syntax::equal(c.pattern, again.pattern));
    ASSERT_EQ(c.haystacks, again.haystacks);
    ASSERT_EQ(c.semantics, again.semantics);
    ASSERT_EQ(c.encoding, again.encoding);
    ASSERT_EQ(c.modes, again.modes);
    ASSERT_EQ(c.dice, again.dice);
    ASSERT_EQ(encode(again), code);
    ASSERT_LE(code.size(), kMostBytes);
  }
}

TEST(CaseMutator, MutationsAreCasesWithinTheLimitsAndTheSameForTheSameSeed) {
  CodedCase c = decode({});
  std::set<std::string> seen;
  std::size_t with_haystacks = 0;
  for (std::uint64_t seed = 0; seed < 800; ++seed) {
    RandomChoices choices(seed), same(seed);
    const CodedCase next = mutated(c, choices);
    ASSERT_EQ(encode(next), encode(mutated(c, same)));
    ASSERT_EQ(encode(bounded(next)), encode(next));
    ASSERT_LE(encode(next).size(), kMostBytes);
    ASSERT_LE(next.haystacks.size(), kMaxCodedHaystacks);
    seen.insert(encode(next));
    with_haystacks += !next.haystacks.empty();
    c = next;
  }
  // It neither stands still nor runs dry.
  EXPECT_GT(seen.size(), 700u);
  EXPECT_GT(with_haystacks, 300u);
}

TEST(CaseMutator, CrossoverBringsPartsOfBoth) {
  CodedCase a, b;
  a.pattern = *syntax::parse("ab*c");
  b.pattern = *syntax::parse("x(y|z)");
  b.haystacks = {"xy", "xz"};
  bool tree = false, haystack = false;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomChoices choices(seed);
    const CodedCase c = crossed(a, b, choices);
    const std::string text = syntax::to_text(c.pattern);
    tree = tree || (text.find('a') != std::string::npos && text.find('y') != std::string::npos);
    haystack = haystack || !c.haystacks.empty();
    ASSERT_EQ(encode(bounded(c)), encode(c));
  }
  EXPECT_TRUE(tree);
  EXPECT_TRUE(haystack);
}

TEST(PairCase, TotalMutableAndEnumerable) {
  PairCase c = decode_pair({});
  std::size_t asked = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    RandomChoices choices(seed);
    c = decode_pair(bytes_of(encode(mutated(c, choices))));
    ASSERT_EQ(encode(c), encode(decode_pair(bytes_of(encode(c)))));
    const auto all = enumerate(c, 50);
    if (!all) continue;
    ++asked;
    ASSERT_LE(all->strings.size(), 50u);
    ASSERT_EQ(all->strings.size(), all->left.size());
    ASSERT_EQ(all->strings.size(), all->right.size());
  }
  EXPECT_GT(asked, 200u);
}

TEST(PairCase, LanguagesAreOfWholeStrings) {
  PairCase c;
  c.left = *syntax::parse("a*b");
  c.right = *syntax::parse("(?:a|b)*b");
  EXPECT_EQ(letters_of(c).size(), 3u);  // a, b, and any other
  const auto all = enumerate(c, 40);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->length, 3u);
  for (std::size_t k = 0; k < all->strings.size(); ++k) {
    const std::string& s = all->strings[k];
    const bool ends_in_b = s.ends_with('b') && s.find_first_not_of("ab") == std::string::npos;
    EXPECT_EQ(all->right[k], ends_in_b) << syntax::escape_bytes(s);
    EXPECT_EQ(all->left[k], ends_in_b && s.find('b') == s.size() - 1) << syntax::escape_bytes(s);
  }
}

TEST(TextMutator, KeepsWhatIsFixedAndStaysSmall) {
  std::string text = "\x03(a|b)*";
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    RandomChoices choices(seed);
    const std::string next = mutated_text(text, 1, pattern_pieces(), choices);
    ASSERT_GE(next.size(), 1u);
    ASSERT_LE(next.size(), text.size() + 4 * 16);
    RandomChoices same(seed);
    ASSERT_EQ(next, mutated_text(text, 1, pattern_pieces(), same));
    if (next.size() < 60) text = next;
  }
}

}  // namespace
}  // namespace redoubt::fuzz
