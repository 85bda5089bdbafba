// Every mode of every library engine gives run()'s answer, on a table of patterns without known bugs.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "oracles/ask_for_test.h"
#include "syntax/printer.h"

namespace redoubt::oracles {
namespace {

const char* const kPatterns[] = {
    "",
    "a",
    "ab",
    "a|b",
    "a|ab",
    "ab|a",
    "(a)|b",
    "(a|ab)(c|bcd)(d*)",
    "(ab|a)(bcd|c)(d*)",
    "a*",
    "a+",
    "a?",
    "a*?",
    "a+?",
    "a??",
    "a{2}",
    "a{2,}",
    "a{1,2}",
    "a{0,2}b",
    "a{2,3}?",
    "(a*)*",
    "(a*)+",
    "(a+)*",
    "(a+)+",
    "(a?)*",
    "(a?){2,3}",
    "(a*|b)*",
    "(a|b)*",
    "(a|b)*?",
    "((a)|b)*",
    "((a)|(b))*",
    "((a)|(b))+?",
    "(a|)*b",
    "(a|)+?b",
    "(?:a|b)*ab",
    "(?:a|b)*?ab",
    ".",
    ".*",
    ".+?b",
    "(.*)b",
    "(.*?)b",
    "(.)(.)",
    "[^a]",
    "[^a]*",
    "[^a\\n]+",
    "[ab]*a",
    "[a-c]+c",
    "\\w+",
    "\\W+",
    "\\s",
    "\\s+\\w",
    "\\d|\\D",
    "^",
    "$",
    "\\A",
    "\\z",
    "^a",
    "a$",
    "^a$",
    "^a|b$",
    "\\Aa\\z",
    "(^)a",
    "(^|a)b",
    "(^|a)*b",
    "(a|$)+",
    "(^a|b)*",
    "(?m:^)",
    "(?m:$)",
    "(?m:^)a",
    "a(?m:$)",
    "(?m:^)(a*)(?m:$)",
    "(?m:^)b|a",
    "\\n(?m:^)",
    "\\b",
    "\\B",
    "\\ba",
    "a\\b",
    "\\Ba",
    "a\\B",
    "\\b(a*)\\b",
    "(\\b|a)*b",
    "(?:^)*a",
    "(?:\\b)+a",
    "(?:$)?a",
    "(a*)(a*)(a*)",
    "(a*?)(a*)",
    "(a|b|ab)(c|bcd)",
    "(a(b)?)+",
    "(a(b)*)*",
    "((a*)b)*",
    "((a|b)*b)?",
    "(((a)b)c)?",
    "a(?:b|c)*?c",
    "(?:ab)*a",
    "(?:a|ab|abc)*c",
    "aa*a",
    "a.a",
    "\\x00",
    "[\\x00-a]+",
    "[\\x7f-\\xff]+",
    "\\xe9",
    "(a){0}b",
    "(a){0,1}b",
    "a{0}",
    "(ab){2}",
    "(a|b){3}",
    "(?:(a)|b){2,3}",
    "(?:)",
    "(|a)",
    "(a|)",
    "()",
    "(()a)*",
    "(a)(?:b(c))?",
    "ab|cd|a",
    "abc|ab|a",
    "a|b|c|ab",
    "(?:a|a)*b",
    "([ab])\\b([ab])?",
};

std::vector<std::string> all_haystacks() {
  std::vector<std::string> haystacks = {""};
  for (std::size_t first = 0, length = 0; length < 4; ++length) {
    std::size_t last = haystacks.size();
    for (; first < last; ++first) {
      for (char c : {'a', 'b', '\n'}) haystacks.push_back(haystacks[first] + c);
    }
  }
  for (const char* more : {"abcd", "xabcdx", "aab cab", "ab\nab",
                           "\xFF\xE9"
                           "a",
                           "\xC3\xA9", "aaaaaaaaab", "a1_ "}) {
    haystacks.emplace_back(more);
  }
  haystacks.emplace_back("a\0b\0", 4);
  return haystacks;
}

bool is_answer(const Outcome& outcome) {
  return outcome.kind == OutcomeKind::kMatch || outcome.kind == OutcomeKind::kNoMatch;
}

bool agree(const Outcome& base, const Outcome& other) {
  if (base.kind != other.kind) return false;
  if (base.kind == OutcomeKind::kNoMatch) return true;
  switch (std::min(base.claim, other.claim)) {
    case Claim::kNothing:
    case Claim::kIsMatch:
      return true;
    case Claim::kSpan:
      return base.slots[0] == other.slots[0];
    case Claim::kCaptures:
      return base.slots == other.slots;
  }
  return false;
}

class Modes : public testing::TestWithParam<EngineEntry> {
 protected:
  /// Compares every mode on every pattern; counts, per mode, the questions that it answered.
  void compare(Semantics semantics, Encoding encoding, std::vector<std::size_t>& answered) {
    auto oracle = GetParam().make();
    const auto texts = all_haystacks();
    const std::vector<std::string_view> haystacks(texts.begin(), texts.end());
    std::vector<Outcome> base(haystacks.size()), other(haystacks.size());
    answered.assign(GetParam().info.modes.size(), 0);
    for (const char* pattern : kPatterns) {
      Query query = make_query(pattern, semantics, encoding);
      Prepared prepared = oracle->prepare(query);
      ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Matcher>>(prepared)) << pattern;
      Matcher& matcher = *std::get<std::unique_ptr<Matcher>>(prepared);
      matcher.run(haystacks, base);
      for (std::size_t mode = 0; mode < answered.size(); ++mode) {
        matcher.run_mode(mode, haystacks, base, other);
        for (std::size_t k = 0; k < haystacks.size(); ++k) {
          ASSERT_TRUE(is_answer(other[k]) || other[k].kind == OutcomeKind::kUnsupported) << to_string(other[k]);
          ASSERT_TRUE(is_answer(base[k]) || !is_answer(other[k])) << to_string(other[k]);
          if (!is_answer(other[k])) continue;
          ++answered[mode];
          ASSERT_TRUE(agree(base[k], other[k]))
              << GetParam().info.name << "/" << GetParam().info.modes[mode] << ": " << matcher.text() << " on "
              << syntax::escape_bytes(haystacks[k]) << ": " << to_string(base[k]) << " but " << to_string(other[k]);
        }
      }
    }
  }
};

TEST_P(Modes, AgreeWithRunInBytes) {
  for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
    if (GetParam().info.claims[static_cast<std::size_t>(semantics)] == Claim::kNothing) continue;
    std::vector<std::size_t> answered;
    compare(semantics, Encoding::kBytes, answered);
    for (std::size_t mode = 0; mode < answered.size(); ++mode) {
      EXPECT_GT(answered[mode], 100u) << GetParam().info.modes[mode] << " is hardly ever asked";
    }
  }
}

TEST_P(Modes, AgreeWithRunInUtf8) {
  for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
    if (GetParam().info.claims[static_cast<std::size_t>(semantics)] == Claim::kNothing) continue;
    std::vector<std::size_t> answered;
    compare(semantics, Encoding::kUtf8, answered);
  }
}

TEST_P(Modes, OneTooManyIsUnsupported) {
  auto oracle = GetParam().make();
  for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
    Prepared prepared = oracle->prepare(make_query("a", semantics));
    if (std::holds_alternative<Outcome>(prepared)) continue;
    std::string_view haystack = "a";
    Outcome base, outcome;
    std::get<std::unique_ptr<Matcher>>(prepared)->run({&haystack, 1}, {&base, 1});
    std::get<std::unique_ptr<Matcher>>(prepared)->run_mode(GetParam().info.modes.size(), {&haystack, 1}, {&base, 1},
                                                           {&outcome, 1});
    EXPECT_EQ(outcome.kind, OutcomeKind::kUnsupported);
  }
}

std::vector<EngineEntry> library_engines() {
  std::vector<EngineEntry> engines = pcre2_engines();
  for (EngineEntry& entry : re2_engines()) engines.push_back(std::move(entry));
  return engines;
}

INSTANTIATE_TEST_SUITE_P(Engines, Modes, testing::ValuesIn(library_engines()),
                         [](const testing::TestParamInfo<EngineEntry>& info) {
                           std::string name = info.param.info.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace redoubt::oracles
