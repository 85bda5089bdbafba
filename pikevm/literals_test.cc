#include "pikevm/literals.h"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "pikevm/compiler.h"
#include "pikevm/generate_for_test.h"
#include "pikevm/pattern_text_for_test.h"
#include "pikevm/pikevm.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

Literals literals_of(const std::string& pattern, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions options;
  options.encoding = encoding;
  const auto tree = syntax::parse(pattern, options);
  EXPECT_TRUE(tree.has_value()) << pattern;
  return find_literals(*tree, encoding);
}

std::set<std::string> strings(const PrefixSet& set) {
  std::set<std::string> out;
  for (const MaskedLiteral& item : set.all()) {
    std::string text;
    for (std::size_t k = 0; k < item.length; ++k) text += static_cast<char>(item.byte(k));
    out.insert(text);
  }
  return out;
}

using Strings = std::set<std::string>;

TEST(Literals, Exact) {
  const Literals plain = literals_of("foo");
  EXPECT_TRUE(plain.exact);
  EXPECT_FALSE(plain.has_groups);
  EXPECT_EQ(plain.prefix.bytes, "foo");
  EXPECT_EQ(plain.suffix.bytes, "foo");
  EXPECT_TRUE(literals_of("f(o)o").exact);
  EXPECT_TRUE(literals_of("f(o)o").has_groups);
  EXPECT_TRUE(literals_of("fo{2}").exact);
  EXPECT_FALSE(literals_of("foo\\b").exact);
  EXPECT_FALSE(literals_of("fo+").exact);
  EXPECT_FALSE(literals_of("fo{2,3}").exact);
  EXPECT_FALSE(literals_of("foo|bar").exact);
  EXPECT_TRUE(literals_of("foo|bar").exact_set);
  EXPECT_FALSE(literals_of("foo|ba+r").exact_set);
  const Literals folded = literals_of("(?i)fo-o");
  EXPECT_TRUE(folded.exact);
  EXPECT_EQ(folded.prefix.bytes, "fo-o");
  EXPECT_EQ(folded.prefix.folded, 0b1011U);
  EXPECT_FALSE(literals_of("").exact);
}

TEST(Literals, Prefixes) {
  EXPECT_EQ(literals_of("foo+").prefix.bytes, "foo");
  EXPECT_EQ(literals_of("\\bfoo$.*").prefix.bytes, "foo");
  EXPECT_EQ(literals_of("(foo)+").prefix.bytes, "foo");
  EXPECT_EQ(strings(literals_of("GET|POST|PUT").prefixes), (Strings{"GET", "POST", "PUT"}));
  EXPECT_EQ(strings(literals_of("(?:GET|PO[SX]T) /").prefixes), (Strings{"GET /", "POST /", "POXT /"}));
  EXPECT_EQ(strings(literals_of("ab?c").prefixes), (Strings{"abc", "ac"}));
  EXPECT_EQ(strings(literals_of("[ab]{2}c*").prefixes), (Strings{"aa", "aac", "ab", "abc", "ba", "bac", "bb", "bbc"}));
  EXPECT_EQ(strings(literals_of("(?i)foo|bar").prefixes), (Strings{"FOO", "BAR"}));
  EXPECT_EQ(literals_of("\\w+x").prefixes.shortest(), 0U);
  // U+212A folds with k, so there are two strings.
  EXPECT_EQ(literals_of("(?i)kg|x", Encoding::kUtf8).prefixes.size(), 3U);
}

TEST(Literals, TooManyPrefixesAreShortened) {
  std::string words;
  for (int k = 0; k < 200; ++k) words += (k == 0 ? "" : "|") + std::string("w") + std::to_string(k) + "xyz";
  const PrefixSet prefixes = literals_of(words).prefixes;
  EXPECT_GT(prefixes.size(), 1U);
  EXPECT_LE(prefixes.size(), PrefixSet::kCapacity);
  EXPECT_EQ(prefixes.shortest(), 2U);
}

TEST(Literals, RequiredStringsAndWhereTheyAre) {
  const Literals mail = literals_of("[a-z.]+@[a-z]+\\.c");
  EXPECT_EQ(mail.required.literal.bytes, "@");
  EXPECT_EQ(mail.required.min, 1U);
  EXPECT_EQ(mail.required.max, kUnbounded);
  EXPECT_EQ(mail.required.before.size(), 27);
  EXPECT_EQ(mail.suffix.bytes, ".c");
  EXPECT_EQ(mail.min_length, 5U);
  const Literals date = literals_of("\\d{4}-\\d{2}");
  EXPECT_EQ(date.required.literal.bytes, "-");
  EXPECT_EQ(date.required.min, 4U);
  EXPECT_EQ(date.required.max, 4U);
  EXPECT_EQ(date.max_length, 7U);
  const Literals wide = literals_of("[a-é]{2}x\xE2\x82\xAC", Encoding::kUtf8);
  EXPECT_EQ(wide.required.literal.bytes, "x\xE2\x82\xAC");
  EXPECT_EQ(wide.required.min, 2U);
  EXPECT_EQ(wide.required.max, 4U);
  EXPECT_TRUE(literals_of("foo|bar").required.literal.empty());
  EXPECT_EQ(literals_of("(?:\\d\\d:)+x").required.literal.bytes, ":");
}

TEST(Literals, Anchors) {
  EXPECT_TRUE(literals_of("^a|\\Ab").anchored_start);
  EXPECT_FALSE(literals_of("^a|b").anchored_start);
  EXPECT_TRUE(literals_of("(?m)^a").line_start);
  EXPECT_FALSE(literals_of("(?m)^a").anchored_start);
  EXPECT_TRUE(literals_of("(?:a$|b\\z)\\b").anchored_end);
  EXPECT_FALSE(literals_of("(?m)a$").anchored_end);
  EXPECT_FALSE(literals_of("(?:^a)*b").anchored_start);
  EXPECT_TRUE(literals_of("(?:^a)+b").anchored_start);
}

TEST(Literals, FirstBytesOfUtf8AreThoseThatBeginASequence) {
  const Literals any = literals_of("(?s).", Encoding::kUtf8);
  EXPECT_EQ(any.first.size(), 128 + 0xF4 - 0xC2 + 1);
  EXPECT_FALSE(any.first.contains(0x80));
  EXPECT_FALSE(any.first.contains(0xC1));
  EXPECT_TRUE(literals_of("[^a]").first.contains(0x80));
}

bool stands(const Literal& literal, std::string_view text, std::size_t at) {
  return at + literal.size() <= text.size() && literal.matches(text.data() + at);
}

/// All that is claimed of matches, of one match.
void expect_true_of(const Literals& l, std::string_view h, Span match, const std::string& what) {
  const std::string_view text = h.substr(match.begin, match.end - match.begin);
  EXPECT_GE(text.size(), l.min_length) << what;
  EXPECT_LE(text.size(), l.max_length) << what;
  if (l.anchored_start) {
    EXPECT_EQ(match.begin, 0U) << what;
  }
  if (l.line_start) {
    EXPECT_TRUE(match.begin == 0 || h[match.begin - 1] == '\n') << what;
  }
  if (l.anchored_end) {
    EXPECT_EQ(match.end, h.size()) << what;
  }
  if (!text.empty()) {
    EXPECT_TRUE(l.first.contains(static_cast<std::uint8_t>(text[0]))) << what;
  }
  EXPECT_TRUE(stands(l.prefix, text, 0)) << what;
  EXPECT_TRUE(text.size() >= l.suffix.size() && stands(l.suffix, text, text.size() - l.suffix.size())) << what;
  if (l.exact) {
    EXPECT_EQ(text.size(), l.prefix.size()) << what;
  }
  if (l.prefixes.size() > 0) {
    auto begins = [&](const MaskedLiteral& m) {
      return m.length <= text.size() && m.matches(load_word(text.data(), text.data() + text.size()));
    };
    EXPECT_TRUE(std::any_of(l.prefixes.all().begin(), l.prefixes.all().end(), begins)) << what;
  }
  if (l.required.literal.empty()) return;
  bool found = false;
  for (std::size_t at = l.required.min; at <= text.size() && at <= l.required.max && !found; ++at) {
    found = stands(l.required.literal, text, at);
    for (std::size_t k = 0; k < at && found; ++k)
      found = l.required.before.contains(static_cast<std::uint8_t>(text[k]));
  }
  EXPECT_TRUE(found) << what;
}

void expect_true_on(const syntax::Regex& tree, Encoding encoding, const std::string& h) {
  Options options;
  options.encoding = encoding;
  options.optimizations = Optimizations::none();
  const auto program = compile(tree, options);
  ASSERT_TRUE(program.has_value());
  const Literals literals = find_literals(tree, encoding);
  const std::string what = syntax::to_text(tree, encoding) + " on " + syntax::escape_bytes(h);
  Scratch scratch;
  Slots slots;
  for (std::size_t begin = 0; begin <= h.size(); ++begin) {
    for (std::size_t end = h.size() + 1; end-- > begin;) {
      Search search{.haystack = h, .begin = begin, .end = end, .anchored = true, .wanted_slots = 1};
      if (pikevm::search(**program, scratch, search, slots) != Result::kMatch) break;
      expect_true_of(literals, h, slots[0], what);
      end = slots[0].end;
    }
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(Literals, TrueOfEveryMatch) {
  test::PatternTexts texts(1);
  int parsed = 0;
  for (int round = 0; round < 6000; ++round) {
    const Encoding encoding = round % 2 == 0 ? Encoding::kBytes : Encoding::kUtf8;
    syntax::ParseOptions options;
    options.encoding = encoding;
    const auto tree = syntax::parse(texts.pattern(encoding == Encoding::kUtf8), options);
    if (!tree) continue;
    ++parsed;
    for (int k = 0; k < 3; ++k) expect_true_on(*tree, encoding, texts.haystack(**tree, encoding));
    if (HasFailure()) return;
  }
  EXPECT_GT(parsed, 5500);
  test::RandomRegex random(2);
  for (int round = 0; round < 6000 && !HasFailure(); ++round) {
    expect_true_on(random.regex(5, true), Encoding::kBytes, random.haystack("aab\n", 12));
  }
}

/// A language that is said to be a set of strings is that set.
TEST(Literals, ExactSetsAreTheLanguage) {
  const auto haystacks = test::all_haystacks("ab", 7);
  int exact = 0;
  auto check = [&](const syntax::Regex& tree) {
    const Literals l = find_literals(tree, Encoding::kBytes);
    if (!l.exact && !l.exact_set) return;
    ++exact;
    Options options;
    options.optimizations = Optimizations::none();
    const auto program = compile(tree, options);
    ASSERT_TRUE(program.has_value());
    Scratch scratch;
    Slots slots;
    const Strings set = l.exact ? Strings{l.prefix.bytes} : strings(l.prefixes);
    for (const std::string& h : haystacks) {
      const Search search{.haystack = h, .anchored = true, .wanted_slots = 1};
      const bool in = pikevm::search(**program, scratch, search, slots) == Result::kMatch && slots[0].end == h.size();
      ASSERT_EQ(in, set.count(h) == 1) << syntax::to_text(tree) << " " << h;
    }
  };
  for (std::uint32_t size = 1; size <= 4; ++size) {
    for (const syntax::Regex& tree : test::all_regexes(size, false)) check(tree);
  }
  test::RandomRegex random(3);
  for (int round = 0; round < 3000; ++round) check(random.regex(4, true));
  EXPECT_GT(exact, 500);
}

/// Hostile shapes: the work of the prefix walk is limited, and nothing overflows.
TEST(Literals, LimitsHold) {
  syntax::ParseOptions options;
  options.limits.repeat_count = 1000000;
  auto tree = syntax::parse("(?:^|(?:(?:(?:(?:^{9}){9}){9}){9}){9}){9}x", options);
  ASSERT_TRUE(tree.has_value());
  EXPECT_EQ(find_literals(*tree, Encoding::kBytes).min_length, 1U);
  syntax::Regex huge = syntax::literal('a');
  for (int k = 0; k < 40; ++k) huge = syntax::repeat(huge, 1000000, syntax::kInfinite);
  const Literals l =
      find_literals(syntax::concat({syntax::literal('x'), huge, syntax::literal('y')}), Encoding::kBytes);
  EXPECT_EQ(l.min_length, kUnbounded);
  EXPECT_EQ(l.suffix.bytes, "y");
  syntax::Regex deep = syntax::alternate({syntax::literal('a'), syntax::empty()});
  for (int k = 0; k < 60; ++k) {
    deep = syntax::alternate({syntax::repeat(deep, 2, 2), syntax::literal(static_cast<std::uint32_t>('b' + k % 20))});
  }
  find_literals(syntax::concat({deep, syntax::literal('x')}), Encoding::kBytes);
}

}  // namespace
}  // namespace redoubt::pikevm
