#include "derivatives/alphabet.h"

#include <gtest/gtest.h>

#include <set>

#include "syntax/parser.h"

namespace redoubt::derivatives {
namespace {

using syntax::Look;

syntax::Regex parsed(std::string_view pattern, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions options;
  options.encoding = encoding;
  auto result = syntax::parse(pattern, options);
  EXPECT_TRUE(result) << pattern;
  return result ? *result : syntax::empty();
}

Alphabet alphabet(std::string_view pattern, Encoding encoding = Encoding::kBytes, LookReading reading = {}) {
  return Alphabet({parsed(pattern, encoding)}, encoding, reading);
}

TEST(Alphabet, SymbolsAreMinterms) {
  const Alphabet a = alphabet("[a-c][b-d]");
  EXPECT_EQ(a.symbol_count(), 4u);  // a; b and c; d; the rest
  EXPECT_EQ(a.symbol_of_byte('b'), a.symbol_of_byte('c'));
  EXPECT_EQ(a.symbol_of_byte('x'), a.symbol_of_byte(0xFF));
  std::set<Symbol> distinct;
  for (char c : {'a', 'b', 'd', 'x'}) distinct.insert(a.symbol_of_byte(static_cast<std::uint8_t>(c)));
  EXPECT_EQ(distinct.size(), 4u);
  for (Symbol s : distinct) EXPECT_EQ(a.symbol_of_unit(a.representative(s)), s);
  EXPECT_EQ(a.symbols_in(syntax::CharClass({{'a', 'c'}})).size(), 2u);
  EXPECT_EQ(a.symbols_in(syntax::CharClass::all(Encoding::kBytes)).size(), 4u);
  EXPECT_TRUE(a.symbols_in(syntax::CharClass()).empty());
}

TEST(Alphabet, AssertionsSplitWhatTheyTellApart) {
  EXPECT_EQ(alphabet("a").symbol_count(), 2u);
  EXPECT_EQ(alphabet("a\\b").symbol_count(), 3u);    // a, other word units, the rest
  EXPECT_EQ(alphabet("(?m)a$").symbol_count(), 3u);  // a, \n, the rest
  EXPECT_EQ(alphabet("(?m)a$\\b").symbol_count(), 4u);
  EXPECT_EQ(alphabet("^a$").symbol_count(), 2u);
  EXPECT_EQ(alphabet("a$", Encoding::kBytes, {.dollar_before_final_newline = true, .line_start_not_at_end = false})
                .symbol_count(),
            3u);
}

TEST(Alphabet, IllFormedBytesAreASymbolOfTheirOwn) {
  const Alphabet a = alphabet("[^x]", Encoding::kUtf8);
  EXPECT_EQ(a.bad_symbol(), a.symbol_count());
  EXPECT_EQ(a.symbol_of_byte(0x80), a.bad_symbol());
  EXPECT_NE(a.symbol_of_unit(0xE9), a.bad_symbol());
  Subject subject;
  subject.assign(a, "x\xC3\xA9\xFF");
  ASSERT_EQ(subject.size(), 3u);
  EXPECT_EQ(subject.symbols[1], a.symbol_of_unit(0xE9));
  EXPECT_EQ(subject.symbols[2], a.bad_symbol());
  EXPECT_EQ(subject.offset(2), 3u);
  EXPECT_EQ(subject.offset(3), 4u);
}

/// For each location 1 where the assertion holds.
std::string places(std::string_view pattern, Look look, std::string_view haystack, LookReading reading = {}) {
  const Alphabet a = alphabet(pattern, Encoding::kBytes, reading);
  Subject subject;
  subject.assign(a, haystack);
  std::string text;
  for (Context c : subject.contexts) text += a.holding(c) & look_bit(look) ? '1' : '0';
  return text;
}

TEST(Alphabet, ContextsSayWhereAssertionsHold) {
  constexpr std::string_view kText = "a\n_-\n";
  EXPECT_EQ(places("^", Look::kCaret, kText), "100000");
  EXPECT_EQ(places("\\A", Look::kTextStart, kText), "100000");
  EXPECT_EQ(places("$", Look::kDollar, kText), "000001");
  EXPECT_EQ(places("\\z", Look::kTextEnd, kText), "000001");
  EXPECT_EQ(places("(?m)^", Look::kLineStart, kText), "101001");
  EXPECT_EQ(places("(?m)$", Look::kLineEnd, kText), "010011");
  EXPECT_EQ(places("\\b", Look::kWordBoundary, kText), "111100");
  EXPECT_EQ(places("\\B", Look::kNotWordBoundary, kText), "000011");
  // All at once, one does not disturb the other.
  constexpr std::string_view kAll = "^$\\A\\z\\b\\B(?m)^$";
  EXPECT_EQ(places(kAll, Look::kLineEnd, kText), "010011");
  EXPECT_EQ(places(kAll, Look::kWordBoundary, kText), "111100");
  EXPECT_EQ(places(kAll, Look::kCaret, ""), "1");
  EXPECT_EQ(places(kAll, Look::kDollar, ""), "1");
  EXPECT_EQ(places(kAll, Look::kWordBoundary, ""), "0");
}

TEST(Alphabet, OtherReadingsOfAnchors) {
  const LookReading dollar{.dollar_before_final_newline = true, .line_start_not_at_end = false};
  EXPECT_EQ(places("$", Look::kDollar, "a\n\n", dollar), "0011");
  EXPECT_EQ(places("\\z", Look::kTextEnd, "a\n\n", dollar), "0001");
  EXPECT_EQ(places("$", Look::kDollar, "a", dollar), "01");
  const LookReading line{.dollar_before_final_newline = false, .line_start_not_at_end = true};
  EXPECT_EQ(places("(?m)^", Look::kLineStart, "a\n\n", line), "1010");
  EXPECT_EQ(places("(?m)^", Look::kLineStart, "", line), "1");
}

TEST(Alphabet, ContextsAreFew) {
  EXPECT_EQ(alphabet("ab*").context_count(), 1);
  EXPECT_EQ(alphabet("^").context_count(), 2);
  EXPECT_LE(alphabet("^$\\A\\z\\b\\B(?m)^$").context_count(), kMaxContexts);
}

TEST(Alphabet, Covers) {
  const Alphabet a = alphabet("[a-c]x|^");
  for (const char* pattern : {"[a-c]", "x", "[a-cx]", "[^x]", "^", "", "(x*|[^a-cx])+"}) {
    EXPECT_TRUE(a.covers(parsed(pattern))) << pattern;
  }
  for (const char* pattern : {"a", "[a-b]", "[b-c]", "[^a]", "y", "$", "\\A", "(?:x|\\b)"}) {
    EXPECT_FALSE(a.covers(parsed(pattern))) << pattern;
  }
  // A minterm of two intervals is covered only as a whole.
  const Alphabet split = alphabet("[ac]b");
  EXPECT_TRUE(split.covers(parsed("[ac]")));
  EXPECT_FALSE(split.covers(parsed("a")));
  EXPECT_FALSE(split.covers(parsed("[ab]")));
  EXPECT_TRUE(split.covers(parsed("[a-c]")));
}

TEST(Alphabet, CoversInUtf8) {
  const Alphabet a = alphabet("[\\x{100}-\\x{10FFFF}]", Encoding::kUtf8);
  EXPECT_TRUE(a.covers(parsed("[^\\x{0}-\\x{FF}]", Encoding::kUtf8)));
  EXPECT_TRUE(a.covers(syntax::char_class(syntax::CharClass::all(Encoding::kUtf8))));
  EXPECT_FALSE(a.covers(parsed("\\x{100}", Encoding::kUtf8)));
}

TEST(Subject, IsReusedAndNeedsNoOffsetsInByteMode) {
  const Alphabet a = alphabet("a$");
  Subject subject;
  subject.assign(a, "aab");
  EXPECT_EQ(subject.size(), 3u);
  EXPECT_EQ(subject.contexts.size(), 4u);
  EXPECT_TRUE(subject.offsets.empty());
  EXPECT_EQ(subject.offset(3), 3u);
  subject.assign(a, "");
  EXPECT_EQ(subject.size(), 0u);
  EXPECT_EQ(subject.contexts.size(), 1u);
}

}  // namespace
}  // namespace redoubt::derivatives
