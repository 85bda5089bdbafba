// The leftmost-first reference: the decided cases of B and E, a naive backtracker that follows the rules without a
// memory, long haystacks, limits.
#include "reference/leftmost_first.h"

#include <functional>

#include "generate/regex_gen.h"
#include "reference/ask_for_test.h"
#include "syntax/printer.h"

namespace redoubt::reference {
namespace {

using syntax::kInfinite;
using syntax::NodeKind;
using syntax::Regex;

std::string ask(LoopPolicy policy, const Regex& regex, std::string_view haystack,
                Encoding encoding = Encoding::kBytes) {
  Workspace workspace(encoding);
  LeftmostFirstMatcher matcher(workspace, regex, policy);
  Slots slots;
  const MatchStatus status = matcher.match(haystack, slots);
  return answer_for_test(status, slots);
}

std::string ask(LoopPolicy policy, std::string_view pattern, std::string_view haystack) {
  return ask(policy, parsed_for_test(pattern), haystack);
}

struct Decided {
  const char* pattern;
  const char* haystack;
  const char* re2;
  const char* pcre2;  // nullptr: the same
};

constexpr Decided kDecided[] = {
    {"a|ab", "ab", "(0,1)", nullptr},
    {"ab|a", "ab", "(0,2)", nullptr},
    {"b+|abc", "aabc", "(1,4)", nullptr},
    {"a*?", "aaa", "(0,0)", nullptr},
    {"a*?b", "aab", "(0,3)", nullptr},
    {"a{1,3}?", "aaa", "(0,1)", nullptr},
    {"a??b", "ab", "(0,2)", nullptr},
    {"(a|ab)(c|bcd)(d*)", "abcd", "(0,4)(0,1)(1,4)(4,4)", nullptr},
    {"(a(b)?)+", "aba", "(0,3)(2,3)(1,2)", nullptr},
    {"((a)|(b))*", "ab", "(0,2)(1,2)(0,1)(1,2)", nullptr},
    {"(a*)*", "a", "(0,1)(0,1)", "(0,1)(1,1)"},
    {"(a*)*", "b", "(0,0)(0,0)", nullptr},
    {"(a*)+", "a", "(0,1)(0,1)", "(0,1)(1,1)"},
    {"(a*|b)*", "ab", "(0,2)(1,2)", "(0,1)(1,1)"},
    {"(|a)*", "aa", "(0,0)(0,0)", nullptr},
    {"(|a)+", "aa", "(0,0)(0,0)", nullptr},
    {"(|a){0,2}b", "ab", "(0,2)(0,1)", nullptr},
    {"(a*){2}", "a", "(0,1)(1,1)", nullptr},
    {"(a*){0,2}", "a", "(0,1)(1,1)", nullptr},
    {"(a?){3}b", "aab", "(0,3)(2,2)", nullptr},
    {"(?:a|^b){0}c", "xc", "(1,2)", nullptr},
    {"(a){0}b", "ab", "(1,2)(?,?)", nullptr},
    {"(a|(b)){0,0}", "b", "(0,0)(?,?)(?,?)", nullptr},
    {"(a|b){2}", "ab", "(0,2)(1,2)", nullptr},
    {"a$", "a\n", "no match", nullptr},
    {"(?m)a$", "a\n", "(0,1)", nullptr},
    {"(?m)\\n^", "a\n", "(1,2)", nullptr},
    {"^b", "a\nb", "no match", nullptr},
    {"(?m)^b", "a\nb", "(2,3)", nullptr},
    {"\\bb", "ab b", "(3,4)", nullptr},
    {"\\Bb", "b ab", "(3,4)", nullptr},
    {".", "\n", "no match", nullptr},
    {"(?s).", "\n", "(0,1)", nullptr},
    {"\\s", "\v", "(0,1)", nullptr},
    {"", "", "(0,0)", nullptr},
    {"a", "", "no match", nullptr},
};

TEST(LeftmostFirst, DecidedCases) {
  for (const Decided& c : kDecided) {
    EXPECT_EQ(ask(LoopPolicy::kRe2, c.pattern, c.haystack), c.re2) << c.pattern << " on " << c.haystack;
    EXPECT_EQ(ask(LoopPolicy::kPcre2, c.pattern, c.haystack), c.pcre2 ? c.pcre2 : c.re2)
        << c.pattern << " on " << c.haystack;
  }
}

TEST(LeftmostFirst, UnitsAreSequencesInUtf8) {
  const Encoding utf8 = Encoding::kUtf8;
  EXPECT_EQ(ask(LoopPolicy::kRe2, parsed_for_test("(.)(.)", utf8), "\xC3\xA9x", utf8), "(0,3)(0,2)(2,3)");
  EXPECT_EQ(ask(LoopPolicy::kRe2, parsed_for_test("[^a]", utf8),
                "\xFF"
                "b",
                utf8),
            "(1,2)");
  EXPECT_EQ(ask(LoopPolicy::kPcre2, parsed_for_test("(.*)*", utf8), "\xC3\xA9", utf8), "(0,2)(2,2)");
}

/// B1-B3 with policy pcre2, as plain recursion over continuations: no program, no memory of failures.
class Naive {
 public:
  using Then = std::function<bool(std::size_t)>;

  Naive(std::string_view text, std::uint32_t groups) : text_(text), slots_(1 + groups) {}

  std::string answer(const Regex& regex) {
    for (std::size_t start = 0; start <= text_.size(); ++start) {
      std::size_t end = 0;
      if (go(*regex, start, [&](std::size_t at) {
            end = at;
            return true;
          })) {
        slots_[0] = {start, end};
        return to_string(slots_);
      }
    }
    return "no match";
  }

 private:
  bool go(const syntax::Node& node, std::size_t at, const Then& then) {
    switch (node.kind()) {
      case NodeKind::kEmpty:
        return then(at);
      case NodeKind::kClass:
        return at < text_.size() && node.char_class().contains(static_cast<unsigned char>(text_[at])) && then(at + 1);
      case NodeKind::kLook:
        // The sweep has only these two.
        return at == (node.look() == syntax::Look::kCaret ? 0 : text_.size()) && then(at);
      case NodeKind::kConcat:
        return sequence(node, 0, at, then);
      case NodeKind::kAlternate:
        for (const Regex& branch : node.children()) {
          if (go(*branch, at, then)) return true;
        }
        return false;
      case NodeKind::kGroup: {
        if (node.group() == 0) return go(*node.child(), at, then);
        const Span before = slots_[node.group()];
        if (go(*node.child(), at, [&](std::size_t end) {
              const Span inner = slots_[node.group()];
              slots_[node.group()] = {at, end};
              if (then(end)) return true;
              slots_[node.group()] = inner;
              return false;
            })) {
          return true;
        }
        slots_[node.group()] = before;
        return false;
      }
      case NodeKind::kRepeat:
        return repeat(node, 0, at, then);
    }
    return false;
  }

  bool sequence(const syntax::Node& node, std::size_t k, std::size_t at, const Then& then) {
    if (k == node.children().size()) return then(at);
    return go(*node.children()[k], at, [&](std::size_t end) { return sequence(node, k + 1, end, then); });
  }

  /// `count` iterations are done.
  bool repeat(const syntax::Node& node, std::uint32_t count, std::size_t at, const Then& then) {
    const auto again = [&] {
      return go(*node.child(), at, [&](std::size_t end) {
        // x{n,} is x…x·x⁺: from the last forced copy on an iteration belongs to the loop, which it leaves when it
        // consumed nothing.
        const bool in_loop = node.max() == kInfinite && count + 1 >= node.min();
        return in_loop && end == at ? then(end) : repeat(node, count + 1, end, then);
      });
    };
    if (count < node.min()) return again();
    if (count == node.max()) return then(at);
    return node.greedy() ? again() || then(at) : then(at) || again();
  }

  std::string_view text_;
  Slots slots_;
};

TEST(LeftmostFirst, PolicyPcre2IsTheNaiveBacktrackerOnEverySmallCase) {
  generate::GrammarSettings settings;
  settings.looks = {syntax::Look::kCaret, syntax::Look::kDollar};
  settings.lazy = true;
  auto space = generate::RegexSpace::make(settings, 4);
  ASSERT_TRUE(space);
  Workspace workspace(Encoding::kBytes);
  const auto haystacks = strings_for_test("ab", 3);
  std::uint64_t policies_differ = 0;
  for (std::uint64_t k = 0; k < space->total(); ++k) {
    const Regex regex = space->at(space->place(k));
    const bool nullable_loop = syntax::any_node(regex, [](const syntax::Node& node) {
      return node.kind() == NodeKind::kRepeat && node.max() == kInfinite && can_be_empty(node.child());
    });
    LeftmostFirstMatcher pcre2(workspace, regex, LoopPolicy::kPcre2), re2(workspace, regex, LoopPolicy::kRe2);
    for (const std::string& haystack : haystacks) {
      Slots slots;
      const MatchStatus status = pcre2.match(haystack, slots);
      const std::string got = answer_for_test(status, slots);
      ASSERT_EQ(got, Naive(haystack, regex->max_group()).answer(regex)) << syntax::to_text(regex) << " on " << haystack;
      const MatchStatus other = re2.match(haystack, slots);
      const bool same = answer_for_test(other, slots) == got;
      policies_differ += !same;
      // The policies are about nullable bodies of unbounded loops, and nothing else.
      ASSERT_TRUE(same || nullable_loop) << syntax::to_text(regex) << " on " << haystack;
    }
  }
  EXPECT_GT(policies_differ, 0u);
}

TEST(LeftmostFirst, LongHaystacksArePolynomial) {
  const std::string a(5'000, 'a');
  for (LoopPolicy policy : {LoopPolicy::kRe2, LoopPolicy::kPcre2}) {
    for (const char* pattern : {"(a*)*b", "(a|aa)*b", "((a*)*)*b", "(a|a?)+b", "(?:a?){50}a{50}b", "(.*)(.*)(.*)x"}) {
      EXPECT_EQ(ask(policy, pattern, a), "no match") << pattern;
    }
    EXPECT_EQ(ask(policy, "(a|aa)*b", a + "b"), "(0,5001)(4999,5000)");
    EXPECT_EQ(ask(policy, "(a+)*?b", a + "b"), "(0,5001)(0,5000)");
  }
}

TEST(LeftmostFirst, LimitsAreAnswers) {
  Workspace workspace(Encoding::kBytes);
  Slots slots = {{0, 0}};
  // 3 steps for each of 1000³ copies.
  Regex huge = syntax::group(syntax::look(syntax::Look::kCaret), 1);
  for (int k = 0; k < 3; ++k) huge = syntax::repeat(huge, 1000, 1000);
  LeftmostFirstMatcher too_large(workspace, huge, LoopPolicy::kRe2);
  EXPECT_EQ(too_large.match("a", slots), MatchStatus::kLimit);
  EXPECT_TRUE(slots.empty());
  // Each within its limit, but not their product.
  LeftmostFirstMatcher wide(workspace, syntax::repeat(syntax::literal('a'), 100'000, 100'000), LoopPolicy::kPcre2);
  EXPECT_EQ(wide.match(std::string(60'000, 'a'), slots), MatchStatus::kLimit);
  EXPECT_EQ(wide.match_within(std::string(60'000, 'a'), {0, 60'000}, slots), MatchStatus::kLimit);
  EXPECT_EQ(wide.match("a", slots), MatchStatus::kNoMatch);
}

std::string within(LoopPolicy policy, std::string_view pattern, std::string_view haystack, Span span,
                   Encoding encoding = Encoding::kBytes) {
  Workspace workspace(encoding);
  LeftmostFirstMatcher matcher(workspace, parsed_for_test(pattern, encoding), policy);
  Slots slots;
  const MatchStatus status = matcher.match_within(haystack, span, slots);
  return answer_for_test(status, slots);
}

TEST(LeftmostFirst, MatchWithinASpan) {
  for (LoopPolicy policy : {LoopPolicy::kRe2, LoopPolicy::kPcre2}) {
    EXPECT_EQ(within(policy, "(a|ab)(c|bcd)?", "abcd", {0, 4}), "(0,4)(0,1)(1,4)");
    EXPECT_EQ(within(policy, "(a|ab)(c|bcd)?", "abcd", {0, 3}), "(0,3)(0,2)(2,3)");
    EXPECT_EQ(within(policy, "(a|ab)(c|bcd)?", "abcd", {0, 1}), "(0,1)(0,1)(?,?)");
    EXPECT_EQ(within(policy, "(a*?)(a*)", "aaa", {1, 3}), "(1,3)(1,1)(1,3)");
    EXPECT_EQ(within(policy, "a*", "aab", {0, 3}), "no match");
    EXPECT_EQ(within(policy, "a", "a", {0, 9}), "no match");
    // Assertions see what lies around the span.
    EXPECT_EQ(within(policy, "^a", "aa", {1, 2}), "no match");
    EXPECT_EQ(within(policy, "a\\b", "aa", {0, 1}), "no match");
    // Not on unit boundaries.
    EXPECT_EQ(within(policy, ".", "\xC3\xA9", {0, 1}, Encoding::kUtf8), "no match");
    EXPECT_EQ(within(policy, ".", "\xC3\xA9", {0, 2}, Encoding::kUtf8), "(0,2)");
  }
}

TEST(LeftmostFirst, CanBeEmpty) {
  for (const char* pattern :
       {"", "^", "\\b", "a*", "a?", "a{0}", "(?:a|)", "()", "(a*)+", "a*b?", "(?:^|a){3}", "$a*"}) {
    EXPECT_TRUE(can_be_empty(parsed_for_test(pattern))) << pattern;
  }
  for (const char* pattern : {"a", "a+", "a{2,}", "^a", "(?:a|b)", "a*b", "(a)", "(?:a*b)+", "[^a]"}) {
    EXPECT_FALSE(can_be_empty(parsed_for_test(pattern))) << pattern;
  }
}

}  // namespace
}  // namespace redoubt::reference
