// The parser and the printer held against the engines they read and write for. Printed: each library must compile the
// text, and a class must match exactly the units that it holds. Parsed: where an engine takes a pattern as it stands,
// it must mean to the engine what its tree, printed, means.
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "syntax/mutation_for_test.h"
#include "syntax/parser.h"
#include "syntax/printer.h"
#include "syntax/random_tree_for_test.h"
#include "syntax/utf8.h"

#ifdef REDOUBT_TEST_PCRE2
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif
#ifdef REDOUBT_TEST_RE2
#include <re2/re2.h>
#endif

namespace redoubt::syntax {
namespace {

constexpr Encoding kBoth[] = {Encoding::kBytes, Encoding::kUtf8};

/// Units at which a class may change, and every byte.
std::set<std::uint32_t> probes(const CharClass& c, Encoding encoding) {
  std::set<std::uint32_t> units;
  for (std::uint32_t unit = 0; unit < 256; ++unit) units.insert(unit);
  if (encoding == Encoding::kBytes) return units;
  for (std::uint32_t unit : {0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) units.insert(unit);
  const CharClass all = CharClass::all(encoding);
  for (const Range& range : c.ranges()) {
    for (std::uint32_t edge : {range.lo, range.hi}) {
      for (std::uint32_t unit = edge - 1; unit != edge + 2; ++unit) {
        if (all.contains(unit)) units.insert(unit);
      }
    }
  }
  return units;
}

std::string encoded(std::uint32_t unit, Encoding encoding) {
  if (encoding == Encoding::kBytes) return std::string(1, static_cast<char>(unit));
  std::string text;
  append_utf8(text, unit);
  return text;
}

/// Every tree must compile; every class must match what it holds. `Engine` compiles in its constructor.
template <class Engine>
void hold_against(PrintDialect dialect, std::uint32_t seed) {
  for (Encoding encoding : kBoth) {
    RandomTrees trees(seed, encoding);
    trees.largest_count = 6;
    for (int i = 0; i < 3000; ++i) {
      const Regex r = trees.tree(1 + trees.below(16));
      const auto text = print(r, dialect, encoding);
      if (!text) {
        EXPECT_NE(text.error().construct.find("repeat count"), std::string::npos) << text.error().construct;
        continue;
      }
      const Engine engine(*text, encoding);
      EXPECT_EQ(engine.error(), "") << *text;
    }
    for (int i = 0; i < 400; ++i) {
      const CharClass c = trees.units();
      const std::string text = print(char_class(c), dialect, encoding).value();
      const Engine engine(text, encoding);
      ASSERT_EQ(engine.error(), "") << text;
      for (std::uint32_t unit : probes(c, encoding)) {
        EXPECT_EQ(engine.matches_all_of(encoded(unit, encoding)), c.contains(unit)) << text << " on " << unit;
      }
    }
  }
}

constexpr std::string_view kPatterns[] = {
    "(a|b)*c{2,3}?",   "[^a-z[:digit:]]+", "(?i:a(?-s).)\\d",  "(?P<name>x)|y??",   "\\Qa.b\\E[\\x41-\\x{5a}]",
    "^(?m)a$|\\bb\\B", "(a*)+|()|(?:)",    "[[:alpha:]_-]{0}", "[]a^-]{2,}",        "a\\{2\\}[[:^punct:]]",
    "(?<a>b)\\0\\t",   "[^\\W\\n]*\\D?",   "(?i)(a(?-i)b|c)d", "(?s:.)a|.b(?m:^)c", "a{,x}{{2}[a-c-e]",
};

/// How often the engine and the parser both took the pattern.
template <class Engine>
int compare_meanings(PrintDialect dialect, std::uint32_t seed) {
  const std::string haystacks[] = {"",    "a",    "b",   "ab",   "A",        "acc", "cc",   "a.bA", "x",
                                   "-",   "\n",   "a\n", "_a",   "^]",       "a{2", "{{",   "x5",   "a5",
                                   "A5",  "]]",   "b\t", "a-",   "\\",       "5",   "\xFF", "aab",  "ABd",
                                   "aBd", "a\nb", "\nb", "a{}a", "a{,x}{{-", "[",   ":"};
  std::mt19937 random(seed);
  int compared = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string pattern = mutated(std::string(kPatterns[random() % std::size(kPatterns)]), random);
    if (pattern.find("\\v") != std::string::npos) continue;  // a class to PCRE2
    const ParseResult tree = parse(pattern);
    const Engine plain(pattern, Encoding::kBytes);
    if (!tree || !plain.error().empty()) continue;
    const auto text = print(*tree, dialect, Encoding::kBytes);
    if (!text) continue;
    const Engine printed(*text, Encoding::kBytes);
    EXPECT_EQ(printed.error(), "") << escape_bytes(pattern) << " as " << *text;
    if (!printed.error().empty()) continue;
    ++compared;
    for (const std::string& haystack : haystacks) {
      EXPECT_EQ(plain.matches_all_of(haystack), printed.matches_all_of(haystack))
          << escape_bytes(pattern) << " as " << *text << " on " << escape_bytes(haystack);
    }
  }
  return compared;
}

#ifdef REDOUBT_TEST_PCRE2
class Pcre2 {
 public:
  Pcre2(const std::string& pattern, Encoding encoding) {
    int code = 0;
    PCRE2_SIZE offset = 0;
    const std::uint32_t options =
        PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX | (encoding == Encoding::kUtf8 ? PCRE2_UTF : 0U);
    code_ =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), options, &code, &offset, nullptr);
    if (code_ == nullptr) {
      PCRE2_UCHAR message[256];
      pcre2_get_error_message(code, message, sizeof message);
      error_ = reinterpret_cast<const char*>(message) + (" at " + std::to_string(offset));
    } else {
      data_ = pcre2_match_data_create_from_pattern(code_, nullptr);
    }
  }
  Pcre2(const Pcre2&) = delete;
  Pcre2& operator=(const Pcre2&) = delete;
  ~Pcre2() {
    pcre2_match_data_free(data_);
    pcre2_code_free(code_);
  }

  const std::string& error() const { return error_; }
  bool matches_all_of(const std::string& haystack) const {
    const int count = pcre2_match(code_, reinterpret_cast<PCRE2_SPTR>(haystack.data()), haystack.size(), 0,
                                  PCRE2_ANCHORED | PCRE2_ENDANCHORED, data_, nullptr);
    return count > 0;
  }

 private:
  pcre2_code* code_ = nullptr;
  pcre2_match_data* data_ = nullptr;
  std::string error_;
};

TEST(EnginesTest, Pcre2) { hold_against<Pcre2>(PrintDialect::kPcre2, 11); }
TEST(EnginesTest, Pcre2MeansTheSame) { EXPECT_GT(compare_meanings<Pcre2>(PrintDialect::kPcre2, 21), 4000); }

TEST(EnginesTest, Pcre2Looks) {
  const auto matches = [](Look kind, const std::string& haystack, const Regex& after) {
    const Regex r = concat({look(kind), after});
    const Pcre2 engine(print(r, PrintDialect::kPcre2, Encoding::kBytes).value(), Encoding::kBytes);
    return engine.matches_all_of(haystack);
  };
  EXPECT_TRUE(matches(Look::kLineEnd, "\n", literal('\n')));
  EXPECT_FALSE(matches(Look::kDollar, "\n", literal('\n')));
  EXPECT_FALSE(matches(Look::kTextEnd, "\n", literal('\n')));
  EXPECT_TRUE(matches(Look::kWordBoundary, "a", literal('a')));
  EXPECT_TRUE(matches(Look::kNotWordBoundary, "-", literal('-')));
}
#endif

#ifdef REDOUBT_TEST_RE2
class Re2 {
 public:
  Re2(const std::string& pattern, Encoding encoding) : re_(pattern, options(encoding)) {}

  const std::string& error() const { return re_.error(); }
  bool matches_all_of(const std::string& haystack) const { return re2::RE2::FullMatch(haystack, re_); }

 private:
  static re2::RE2::Options options(Encoding encoding) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{64} << 20);
    options.set_encoding(encoding == Encoding::kBytes ? re2::RE2::Options::EncodingLatin1
                                                      : re2::RE2::Options::EncodingUTF8);
    return options;
  }

  re2::RE2 re_;
};

TEST(EnginesTest, Re2) { hold_against<Re2>(PrintDialect::kRe2, 12); }
TEST(EnginesTest, Re2MeansTheSame) { EXPECT_GT(compare_meanings<Re2>(PrintDialect::kRe2, 22), 4000); }

TEST(EnginesTest, Re2CountsWithinItsLimits) {
  const Regex a = literal('a');
  for (std::uint32_t count : {2U, 31U, 32U, 500U, 1000U}) {
    for (std::uint32_t around : {1U, 2U, 31U, 32U}) {
      const Regex r = repeat(repeat(a, 0, count), around, around);
      const auto text = print(r, PrintDialect::kRe2, Encoding::kBytes);
      const bool accepted = Re2(to_text(r), Encoding::kBytes).error().empty();
      EXPECT_EQ(text.has_value(), accepted) << to_text(r);
    }
  }
}
#endif

}  // namespace
}  // namespace redoubt::syntax
