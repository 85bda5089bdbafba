#include "pikevm/prefilter.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "pikevm/compiler.h"
#include "pikevm/generate_for_test.h"
#include "pikevm/pattern_text_for_test.h"
#include "pikevm/pikevm.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

constexpr SimdLevel kLevels[] = {SimdLevel::kPortable, SimdLevel::kSsse3, SimdLevel::kAvx2};

Prefilter prefilter_of(const std::string& pattern, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions options;
  options.encoding = encoding;
  const auto tree = syntax::parse(pattern, options);
  EXPECT_TRUE(tree.has_value()) << pattern;
  return Prefilter(find_literals(*tree, encoding), encoding);
}

TEST(Prefilter, IsChosenByTheTree) {
  auto name = [](const std::string& pattern) { return prefilter_of(pattern).name(); };
  EXPECT_EQ(name("foo.*"), "memmem \"foo\"");
  EXPECT_EQ(name("@\\w"), "memchr \"@\"");
  EXPECT_EQ(name("(?i)foo[^a]"), "memmem \"foo\" in either case");
  EXPECT_EQ(name("GET|POST|PUT"), "teddy of 3 prefixes");
  EXPECT_EQ(name("[A-Za-z0-9._%+-]+@[a-z.]+"), "memchr \"@\", then back over [%+\\-.0-9A-Z_a-z]");
  EXPECT_EQ(name("\\d{4}-\\d\\d-\\d\\d"), "memchr \"-\", 4 back; first byte in [0-9]");
  EXPECT_EQ(name("(?m)^\\w+"), "line starts");
  EXPECT_EQ(name("[XYZ]\\w"), "first byte in [X-Z]");
  EXPECT_EQ(name("(?s).*needle"), "memmem \"needle\" must follow");
  for (const char* pattern : {"a*", "^foo", "\\w+", "", "\\b"}) {
    const Prefilter none = prefilter_of(pattern);
    EXPECT_FALSE(none.active()) << pattern;
    EXPECT_EQ(none.name(), "none");
    Prefilter::State state;
    EXPECT_EQ(none.next_start("xyz", 1, 3, state), 1U);
  }
  EXPECT_EQ(prefilter_of("a*").why(), "a match can be empty");
}

TEST(Prefilter, FindsStarts) {
  auto start = [](const std::string& pattern, const std::string& h, std::size_t from = 0) {
    Prefilter::State state;
    return prefilter_of(pattern).next_start(h, from, h.size(), state);
  };
  EXPECT_EQ(start("foo", "xx foo"), 3U);
  EXPECT_EQ(start("foo", "xx fo"), Prefilter::kNone);
  EXPECT_EQ(start("[a-z]+@[a-z]", "   ab cd@ef"), 6U);
  EXPECT_EQ(start("[a-z]+@[a-z]", "   @ab cd @ef"), Prefilter::kNone);
  EXPECT_EQ(start("[a-z]+@[a-z]", "ab@cd", 1), 1U);
  EXPECT_EQ(start("\\d{4}-\\d\\d", "on-the-way 2024-05"), 11U);
  EXPECT_EQ(start("(?m)^\\w+", "ab\ncd", 1), 3U);
  EXPECT_EQ(start("(?m)^\\w+", "ab\n", 1), Prefilter::kNone);
  // An end before the last byte of a match is an end of the haystack for a prefilter.
  Prefilter::State state;
  EXPECT_EQ(prefilter_of("foo").next_start("foo", 0, 2, state), Prefilter::kNone);
}

/// Every match there is, as the plain search finds them: for each start, the shortest end of a match from it.
std::vector<Span> shortest_matches(const Program& program, const std::string& h) {
  std::vector<Span> out;
  Scratch scratch;
  Slots slots;
  for (std::size_t begin = 0; begin <= h.size(); ++begin) {
    Span least;
    for (std::size_t end = h.size();;) {
      const Search search{.haystack = h, .begin = begin, .end = end, .anchored = true, .wanted_slots = 1};
      if (pikevm::search(program, scratch, search, slots) != Result::kMatch || slots[0].begin != begin) break;
      least = slots[0];
      if (least.end == begin) break;
      end = least.end - 1;
    }
    if (least.is_set()) out.push_back(least);
  }
  return out;
}

void expect_lower_bounds(const syntax::Regex& tree, Encoding encoding, const std::string& h,
                         test::PatternTexts& texts) {
  Options options;
  options.encoding = encoding;
  options.optimizations = Optimizations::none();
  const auto program = compile(tree, options);
  ASSERT_TRUE(program.has_value());
  const std::vector<Span> matches = shortest_matches(**program, h);
  const Literals literals = find_literals(tree, encoding);
  for (SimdLevel level : kLevels) {
    if (level > simd_level()) continue;
    const Prefilter prefilter(literals, encoding, level);
    for (std::size_t end : {h.size(), h.size() - h.size() / 4}) {
      Prefilter::State kept;
      for (std::size_t from = 0; from <= end; from += 1 + std::size_t{texts.pick(2)} * texts.pick(3)) {
        Prefilter::State fresh;
        const std::size_t start = prefilter.next_start(h, from, end, kept);
        const std::string what = syntax::to_text(tree, encoding) + " on " + syntax::escape_bytes(h) + " from " +
                                 std::to_string(from) + ": " + prefilter.name();
        // Only a sleeping one may know less, and these haystacks are too short for that; or one asked inside a unit.
        const std::size_t anew = prefilter.next_start(h, from, end, fresh);
        if (encoding == Encoding::kBytes) {
          EXPECT_EQ(start, anew) << what;
        }
        EXPECT_GE(start, from) << what;
        for (Span match : matches) {
          if (match.begin < from || match.end > end) continue;
          EXPECT_LE(start, match.begin) << what;
        }
        if (encoding == Encoding::kUtf8 && start < end && start != from) {
          EXPECT_NE(static_cast<unsigned char>(h[start]) & 0xC0, 0x80) << what << " leads into a unit";
        }
      }
      // A question from further back is answered rightly too.
      const std::size_t again = prefilter.next_start(h, 0, end, kept);
      for (Span match : matches) EXPECT_TRUE(match.end > end || again <= match.begin);
    }
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(Prefilter, PassesOverNoMatch) {
  test::PatternTexts texts(5);
  int active = 0;
  for (int round = 0; round < 3000 && !HasFailure(); ++round) {
    const Encoding encoding = round % 2 == 0 ? Encoding::kBytes : Encoding::kUtf8;
    syntax::ParseOptions options;
    options.encoding = encoding;
    const auto tree = syntax::parse(texts.pattern(encoding == Encoding::kUtf8), options);
    if (!tree) continue;
    active += Prefilter(find_literals(*tree, encoding), encoding).active();
    for (int k = 0; k < 3; ++k) expect_lower_bounds(*tree, encoding, texts.haystack(**tree, encoding), texts);
  }
  EXPECT_GT(active, 1000);
  test::RandomRegex random(6);
  for (int round = 0; round < 2000 && !HasFailure(); ++round) {
    expect_lower_bounds(random.regex(5, true), Encoding::kBytes, random.haystack("aab\n", 16), texts);
  }
}

/// Long enough for vector blocks, for several occurrences and for sleep.
TEST(Prefilter, PassesOverNoMatchOfALongHaystack) {
  test::PatternTexts texts(7);
  const char* const kPatterns[] = {"foo[ab]",       "[a-z]+@[a-z]+", "\\d{4}-\\d\\d", "(?i)foo|bar9", "(?m)^\\w+ x",
                                   "[^\\n]*bar\\d", "[@x][ab]",      "x.{2,9}bar",    "(?s).+@.*9",   "\xC3\xA9.*@"};
  for (const char* pattern : kPatterns) {
    for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
      syntax::ParseOptions parse_options;
      parse_options.encoding = encoding;
      const auto tree = syntax::parse(pattern, parse_options);
      ASSERT_TRUE(tree.has_value());
      std::string h;
      while (h.size() < 6000) h += texts.haystack(**tree, encoding) + std::string(texts.pick(3) * texts.pick(40), ' ');
      Options options;
      options.encoding = encoding;
      options.optimizations = Optimizations::none();
      const auto program = compile(*tree, options);
      ASSERT_TRUE(program.has_value());
      Scratch scratch;
      Slots slots;
      const Prefilter prefilter(find_literals(*tree, encoding), encoding);
      ASSERT_TRUE(prefilter.active()) << pattern;
      // Every start of a match, in order; before each, every place that the prefilter sends one to.
      Prefilter::State state;
      std::size_t from = 0;
      while (from <= h.size()) {
        const Search search{.haystack = h, .begin = from, .wanted_slots = 1};
        const bool found = pikevm::search(**program, scratch, search, slots) == Result::kMatch;
        std::size_t place = from;
        while (true) {
          const std::size_t next = prefilter.next_start(h, place, h.size(), state);
          ASSERT_FALSE(found && next == Prefilter::kNone) << pattern;
          if (next == Prefilter::kNone || (found && next == slots[0].begin)) break;
          ASSERT_FALSE(found && next > slots[0].begin) << pattern << " " << prefilter.name();
          if (next >= h.size()) break;
          place = next + 1;
        }
        if (!found) break;
        from = slots[0].begin + 1;
      }
    }
  }
}

/// The time of all questions together: with the State forgotten this would take minutes.
TEST(Prefilter, TotalTimeIsLinear) {
  const std::size_t n = 1 << 20;
  const std::string hostile[] = {std::string(n, 'a'), std::string(n, 'a') + "@", std::string(n, '@')};
  for (const char* pattern : {"[a@]+@b", "a.*@", "a[^x]{0,50}@", "[ab]+@", "(?s).*@c"}) {
    const Prefilter prefilter = prefilter_of(pattern);
    for (const std::string& h : hostile) {
      Prefilter::State state;
      for (std::size_t from = 0; from < h.size(); ++from) {
        if (prefilter.next_start(h, from, h.size(), state) == Prefilter::kNone) {
          ASSERT_EQ(prefilter.next_start(h, h.size(), h.size(), state), Prefilter::kNone);
        }
      }
    }
  }
}

TEST(Prefilter, SleepsWhereItStopsEverywhere) {
  const Prefilter prefilter = prefilter_of("[xyz]\\w");
  ASSERT_TRUE(prefilter.active());
  const std::string h = std::string(1000, 'x') + std::string(500000, ' ') + "xy";
  Prefilter::State state;
  std::size_t from = 0, stops = 0;
  while ((from = prefilter.next_start(h, from, h.size(), state)) < h.size() - 2) ++from, ++stops;
  EXPECT_EQ(from, h.size() - 2) << "and wakes again";
  EXPECT_LT(stops, 20000U);
}

}  // namespace
}  // namespace redoubt::pikevm
