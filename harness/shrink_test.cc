#include "harness/shrink.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "generate/regex_gen.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::harness {
namespace {

using syntax::NodeKind;
using syntax::Regex;

Regex parsed(std::string_view pattern) {
  auto result = syntax::parse(pattern, {});
  EXPECT_TRUE(result) << pattern;
  return result ? *result : syntax::empty();
}

bool has(const Regex& regex, NodeKind kind) {
  return syntax::any_node(regex, [kind](const syntax::Node& node) { return node.kind() == kind; });
}

std::size_t count_of(const std::string& text, char c) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), c));
}

/// Properties of every temper: monotone, of one side, of both sides at once, and one without rhyme or reason.
bool synthetic(int which, const Regex& regex, const std::string& haystack) {
  switch (which) {
    case 0:
      return regex->size() >= 3 && haystack.size() >= 2;
    case 1:
      return has(regex, NodeKind::kRepeat) && regex->max_group() >= 1;
    case 2:
      return (regex->size() + haystack.size()) % 2 == 0;
    case 3:
      return count_of(haystack, 'b') >= 2 || has(regex, NodeKind::kAlternate);
    case 4:
      return regex->size() >= haystack.size();
    default: {
      const std::string text = syntax::dump(regex) + '\0' + haystack;
      std::uint64_t h = 0xCBF29CE484222325ull;
      for (unsigned char c : text) h = (h ^ c) * 0x100000001B3ull;
      return (h >> 20) % 3 == 0;
    }
  }
}

struct Random {
  generate::RegexSampler sampler;
  generate::RandomChoices choices{11};
  Encoding encoding;
  explicit Random(Encoding e)
      : sampler(*generate::RegexSampler::make(generate::wide_settings(Semantics::kLeftmostFirst, e), 12)),
        encoding(e) {}
  std::string haystack() {
    std::string text;
    static constexpr std::array<const char*, 6> kParts = {"a", "b", "\n", "\xC3\xA9", "\xFF", "x"};
    for (std::uint64_t n = choices.below(6); n > 0; --n) text += kParts[choices.below(kParts.size())];
    return text;
  }
};

/// No single reduction that is cheaper keeps the property.
void expect_local_minimum(const ShrinkResult& result, Encoding encoding, const KeepsProperty& keeps) {
  const ShrinkCost own = cost(result.regex, result.haystack);
  for (const Regex& smaller : reductions(result.regex, encoding)) {
    if (cost(smaller, result.haystack) >= own) continue;
    ASSERT_FALSE(keeps(syntax::renumber_groups(smaller), result.haystack))
        << syntax::dump(result.regex) << " reduces to " << syntax::dump(smaller);
  }
  for (const std::string& smaller : reductions(result.haystack, encoding)) {
    if (cost(result.regex, smaller) >= own) continue;
    ASSERT_FALSE(keeps(result.regex, smaller)) << result.haystack << " reduces to " << smaller;
  }
}

TEST(Shrink, RandomCasesEndInALocalMinimumThatKeepsTheProperty) {
  int shrunk = 0;
  for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    Random random(encoding);
    for (int k = 0; k < 120; ++k) {
      const Regex regex = syntax::renumber_groups(random.sampler.draw(random.choices));
      const std::string haystack = random.haystack();
      const KeepsProperty keeps = [&](const Regex& r, const std::string& h) { return synthetic(k % 6, r, h); };
      if (!keeps(regex, haystack)) continue;
      const ShrinkResult result = shrink(regex, haystack, encoding, keeps);
      ++shrunk;
      ASSERT_TRUE(result.complete);
      ASSERT_TRUE(keeps(result.regex, result.haystack));
      ASSERT_LE(cost(result.regex, result.haystack), cost(regex, haystack));
      ASSERT_TRUE(syntax::equal(result.regex, syntax::renumber_groups(result.regex)));
      ASSERT_NO_FATAL_FAILURE(expect_local_minimum(result, encoding, keeps));
      const ShrinkResult again = shrink(result.regex, result.haystack, encoding, keeps);
      ASSERT_TRUE(syntax::equal(again.regex, result.regex));
      ASSERT_EQ(again.haystack, result.haystack);
      // What is kept can be written down and read again.
      syntax::ParseOptions options;
      options.encoding = encoding;
      const auto read = syntax::parse(syntax::to_text(result.regex, encoding), options);
      ASSERT_TRUE(read) << syntax::to_text(result.regex, encoding);
      ASSERT_TRUE(syntax::equal(*read, result.regex));
    }
  }
  EXPECT_GT(shrunk, 80);
}

TEST(Shrink, FindsTheSmallestOfSimpleProperties) {
  const Regex large = parsed("(x|(?:y{2,7}z)*?)(\\b[c-f]+)?$");
  const auto is_repeat = [](const Regex& r, const std::string&) { return has(r, NodeKind::kRepeat); };
  const ShrinkResult repeat = shrink(large, "xyzzy", Encoding::kBytes, is_repeat);
  EXPECT_EQ(syntax::to_text(repeat.regex), "(?:)*");
  EXPECT_EQ(repeat.haystack, "");
  const auto two_groups = [](const Regex& r, const std::string& h) { return r->max_group() == 2 && !h.empty(); };
  const ShrinkResult groups = shrink(large, "xyzzy", Encoding::kBytes, two_groups);
  EXPECT_EQ(syntax::to_text(groups.regex), "()()");  // a local minimum: no single reduction makes (()) of it
  EXPECT_EQ(groups.haystack, "a");
}

TEST(Shrink, DoesNotCutSequencesInUtf8) {
  const auto keeps = [](const Regex&, const std::string& h) { return h.find("\xC3\xA9") != std::string::npos; };
  EXPECT_EQ(shrink(parsed("a"), "xx\xC3\xA9yy", Encoding::kUtf8, keeps).haystack, "\xC3\xA9");
  for (const std::string& smaller : reductions("\xC3\xA9"
                                               "a",
                                               Encoding::kUtf8)) {
    EXPECT_NE(smaller.substr(0, 1), "\xA9");
    EXPECT_NE(smaller,
              "\xC3"
              "a");
  }
}

TEST(Shrink, APairWithoutThePropertyIsReturned) {
  const Regex regex = parsed("(a)*b");
  const ShrinkResult result =
      shrink(regex, "xyz", Encoding::kBytes, [](const Regex& r, const std::string&) { return r->size() < 3; });
  EXPECT_TRUE(syntax::equal(result.regex, regex));
  EXPECT_EQ(result.haystack, "xyz");
  EXPECT_FALSE(result.complete);
}

TEST(Shrink, TheProbeLimitIsKeptAndSaid) {
  std::size_t probes = 0;
  const auto always = [&](const Regex&, const std::string&) {
    ++probes;
    return true;
  };
  const ShrinkResult result = shrink(parsed("(a|b){3,9}(c|d)*(e|f)+"), "abcdefghij", Encoding::kBytes, always, 2);
  EXPECT_FALSE(result.complete);
  EXPECT_LE(result.probes, 2u);
  EXPECT_EQ(probes, result.probes);
}

TEST(Shrink, CostOrdersByNodesThenLengthThenSimplicity) {
  EXPECT_LT(cost(parsed("a"), "aaaa"), cost(parsed("a*"), ""));
  EXPECT_LT(cost(parsed("(?:a)*"), "a"), cost(parsed("a*"), "aa"));
  EXPECT_LT(cost(parsed("a*"), "a"), cost(parsed("a*"), "b"));
  EXPECT_LT(cost(parsed("a*"), "a"), cost(parsed("a{2,5}"), "a"));
  EXPECT_LT(cost(parsed("a*"), "a"), cost(parsed("a*?"), "a"));
  EXPECT_LT(cost(parsed("a"), ""), cost(parsed("[ac]"), ""));
}

}  // namespace
}  // namespace redoubt::harness
