#include "pikevm/split_search.h"

#include <gtest/gtest.h>

#include "pikevm/compiler.h"
#include "pikevm/definition_for_test.h"
#include "pikevm/generate_for_test.h"
#include "pikevm/history_search.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

Slots slots_of(const Best& best) {
  Slots slots = {{best.begin, best.end}};
  for (std::size_t k = 0; k + 1 < best.slots.size(); k += 2) slots.push_back({best.slots[k], best.slots[k + 1]});
  return slots;
}

class SplitSearchTest : public testing::Test {
 protected:
  std::optional<Slots> split(const Program& program, Search asked) {
    asked.end = std::min(asked.end, asked.haystack.size());
    Best best;
    std::optional<Result> result = search_.run(program, asked, program.groups > 0, best);
    EXPECT_TRUE(result) << syntax::to_text(program.regex);
    return result == Result::kMatch ? std::optional(slots_of(best)) : std::nullopt;
  }
  std::optional<Slots> history(const Program& program, Search asked) {
    asked.end = std::min(asked.end, asked.haystack.size());
    Best best;
    return history_.run(program, asked, best) == Result::kMatch ? std::optional(slots_of(best)) : std::nullopt;
  }
  void expect(const Program& program, std::string_view haystack, const std::optional<Slots>& expected) {
    std::optional<Slots> got = split(program, {.haystack = haystack});
    ASSERT_EQ(got, expected) << syntax::to_text(program.regex) << " on " << haystack << ": "
                             << (got ? to_string(*got) : "no match") << ", expected "
                             << (expected ? to_string(*expected) : "no match");
  }

  SplitSearch search_;
  HistorySearch history_;
};

TEST_F(SplitSearchTest, AllRegexesOfFourNodesOnAllHaystacksOfFourBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 4);
  for (std::uint32_t size = 1; size <= 4; ++size) {
    for (const syntax::Regex& unnumbered : test::all_regexes(size, false)) {
      syntax::Regex r = syntax::renumber_groups(unnumbered);
      auto program = compile(r, {}).value();
      for (const std::string& h : haystacks) {
        ASSERT_NO_FATAL_FAILURE(expect(*program, h, test::fill_best(r, h)));
      }
    }
  }
}

TEST_F(SplitSearchTest, RandomRegexesByTheDefinition) {
  test::RandomRegex random(11);
  for (int k = 0; k < test::kRandomRounds; ++k) {
    syntax::Regex r = random.regex(5 + k % 2, true);
    auto program = compile(r, {}).value();
    for (int n = 0; n < 4; ++n) {
      std::string h = random.haystack(n == 3 ? "ab \n" : "ab", 8);
      ASSERT_NO_FATAL_FAILURE(expect(*program, h, test::fill_best(r, h)));
    }
  }
}

// Larger bounds than the definition can take.
syntax::Regex with_large_counts(const syntax::Regex& r, test::RandomRegex& random) {
  std::vector<syntax::Regex> children;
  for (const syntax::Regex& child : r->children()) children.push_back(with_large_counts(child, random));
  if (children.empty()) return r;
  if (r->kind() == syntax::NodeKind::kRepeat && random.pick(2) == 0) {
    std::uint32_t min = random.pick(6);
    return syntax::repeat(children.front(), min, min + 1 + random.pick(12));
  }
  return syntax::with_children(*r, std::move(children));
}

// The same with b read as "two bytes or three".
syntax::Regex with_wide_units(const syntax::Regex& r) {
  if (r->kind() == syntax::NodeKind::kClass && r->char_class().contains('b')) {
    return syntax::char_class(r->char_class().union_with({{0xE9, 0xEA}, {0x20AC, 0x20AC}}));
  }
  if (r->children().empty()) return r;
  std::vector<syntax::Regex> children;
  for (const syntax::Regex& child : r->children()) children.push_back(with_wide_units(child));
  return syntax::with_children(*r, std::move(children));
}

TEST_F(SplitSearchTest, AgreesWithTheSimulationOnLongHaystacks) {
  test::RandomRegex random(12);
  int compared = 0;
  int found = 0;
  for (int k = 0; k < 12'000; ++k) {
    syntax::Regex r = with_large_counts(random.regex(4 + k % 3, false), random);
    if (r->max_group() == 0) continue;
    auto program = compile(r, {.program_budget_bytes = 3000 * sizeof(Inst)});
    if (!program) continue;
    std::string h = random.haystack(k % 3 == 0 ? "ab" : k % 3 == 1 ? "ab \n" : "a", 60);
    Search asked{.haystack = h, .end = h.size()};
    asked.begin = random.pick(4) % (h.size() + 1);
    asked.end -= std::min<std::size_t>(random.pick(4), h.size() - asked.begin);
    asked.anchored = random.pick(4) == 0;
    ++compared;
    std::optional<Slots> expected = history(**program, asked);
    found += expected.has_value();
    ASSERT_EQ(split(**program, asked), expected) << syntax::to_text(r) << " on " << h;
  }
  EXPECT_GT(compared, 4000);
  EXPECT_GT(found, 3000);
}

TEST_F(SplitSearchTest, AgreesWithTheSimulationOnUtf8) {
  test::RandomRegex random(13);
  static constexpr std::string_view kPieces[] = {"a", "b", "\xC3\xA9", "\xE2\x82\xAC", "\xC3", "\x82", "\n"};
  for (int k = 0; k < 5000; ++k) {
    syntax::Regex r = with_wide_units(with_large_counts(random.regex(5, false), random));
    if (r->max_group() == 0) continue;
    auto program = compile(r, {.encoding = Encoding::kUtf8, .program_budget_bytes = 3000 * sizeof(Inst)});
    if (!program) continue;
    std::string h;
    for (std::uint32_t n = random.pick(30); n > 0; --n) h += kPieces[random.pick(k % 2 ? 4 : 7)];
    Search asked{.haystack = h, .end = h.size()};
    asked.end -= std::min<std::size_t>(random.pick(3), h.size());
    ASSERT_EQ(split(**program, asked), history(**program, asked)) << syntax::to_text(r) << " on " << h;
  }
}

std::shared_ptr<const Program> program_of(const char* pattern) {
  syntax::ParseOptions options;
  options.limits.repeat_count = 100'000;
  return compile(syntax::parse(pattern, options).value(), {}).value();
}

// Where starts die late, so that those behind them are gone back to; and the other large programs of the growth test.
TEST_F(SplitSearchTest, AgreesWithTheSimulationOnLargeCounts) {
  for (const char* pattern :
       {"(a{40})b|(a)c", "(a{0,30}){0,30}", "((a?){1,30})*", "((ab|a){2,20}){0,20}c?", "((a|aa){0,12}){0,12}",
        "((a{3,9}b?){2,9}|(a)){1,9}c", "(a{2,40}b{0,3}|(a)){1,40}", "((a{1,9}|b){0,9}c){3}", "(a?){20}a{20}",
        "((a|b){5,17}(ab?)){3,7}", "(\\b(a{1,9}) ?){2,9}", "((a{2}|a{3}){3,9}){3,9}(b)?"}) {
    auto program = program_of(pattern);
    for (const char* unit : {"a", "ab", "aab", "aaaaaaaab", "aaab ", "aabc"}) {
      for (std::size_t n : {7U, 39U, 80U, 200U}) {
        std::string h;
        while (h.size() < n) h += unit;
        h += "ac";
        ASSERT_NO_FATAL_FAILURE(expect(*program, h, history(*program, {.haystack = h, .end = h.size()})));
      }
    }
  }
}

TEST_F(SplitSearchTest, LesserWantsAreAnsweredWithoutTheGroups) {
  auto program = program_of("((a|ab)(cd|bcd)){1,50}");
  Best best;
  Search asked{.haystack = "xxabcd", .end = 6};
  ASSERT_EQ(search_.run(*program, asked, true, best), Result::kMatch);
  std::uint64_t with_groups = search_.usage().steps;
  EXPECT_EQ(best.slots, (std::vector<std::size_t>{2, 6, 2, 4, 4, 6}));
  ASSERT_EQ(search_.run(*program, asked, false, best), Result::kMatch);
  EXPECT_EQ(best.begin, 2U);
  EXPECT_EQ(best.end, 6U);
  EXPECT_LT(search_.usage().steps, with_groups);
  asked.wanted_slots = 0;
  EXPECT_EQ(search_.run(*program, asked, false, best), Result::kMatch);
  asked.haystack = "xxabdd";
  EXPECT_EQ(search_.run(*program, asked, false, best), Result::kNoMatch);
}

// Every start comes near the end before it dies, or every second one.
TEST_F(SplitSearchTest, LateFailuresAreNotRepeatedForEachStart) {
  struct {
    const char* pattern;
    std::string_view unit;
  } cases[] = {{"(a*b)|c", "a"}, {"((?:ab)*c)", "ab"}, {"((a|b)*c){2,9}", "ab"}, {"(?:a{3}|a{5})*(b)", "a"}};
  for (const auto& c : cases) {
    auto program = program_of(c.pattern);
    std::uint64_t before = 0;
    for (std::size_t n = 1000; n <= 8000; n *= 2) {
      std::string h;
      while (h.size() < n) h += c.unit;
      Best best;
      ASSERT_EQ(search_.run(*program, {.haystack = h, .end = n}, true, best), Result::kNoMatch);
      if (before > 0) {
        EXPECT_LE(search_.usage().steps, 2.1 * static_cast<double>(before)) << c.pattern;
      }
      before = search_.usage().steps;
    }
  }
}

TEST_F(SplitSearchTest, LimitsAreKept) {
  auto program = program_of("((a|aa){0,9}b?){0,9}");
  std::string h(200, 'a');
  Best best;
  Search asked{.haystack = h, .end = h.size()};
  ASSERT_EQ(search_.run(*program, asked, true, best), Result::kMatch);
  std::uint64_t all = search_.usage().steps;
  std::size_t bytes = search_.usage().bytes;
  for (std::uint64_t limit : {std::uint64_t{1}, all / 4, all / 2, all * 3 / 4}) {
    asked.step_limit = limit;
    EXPECT_EQ(search_.run(*program, asked, true, best), Result::kStepLimit) << limit << " of " << all;
    EXPECT_GT(search_.usage().steps, limit);
  }
  asked.step_limit = all;
  EXPECT_EQ(search_.run(*program, asked, true, best), Result::kMatch);
  for (std::size_t limit : {std::size_t{10}, bytes / 4, bytes / 2, bytes - 1}) {
    asked.memory_limit_bytes = limit;
    EXPECT_EQ(search_.run(*program, asked, true, best), std::nullopt);
    SplitSearch cold;
    std::optional<Result> result = cold.run(*program, asked, true, best);
    EXPECT_TRUE(!result || result == Result::kMemoryLimit) << limit << " of " << bytes;
  }
}

TEST_F(SplitSearchTest, ProgramsOverTheBudgetAreRefused) {
  syntax::ParseOptions options;
  options.limits.repeat_count = 1'000'000'000;
  syntax::Regex r = syntax::parse("((ab|c){0,2000}d){0,2000}", options).value();
  Program program;
  program.serial = 1;
  program.regex = r;
  program.groups = 2;
  Best best;
  EXPECT_EQ(search_.run(program, {.haystack = "ab", .end = 2}, true, best), std::nullopt);
  EXPECT_EQ(search_.run(program, {.haystack = "ab", .end = 2}, true, best), std::nullopt);
}

TEST_F(SplitSearchTest, OneScratchServesManyPrograms) {
  auto first = program_of("((a)|b){1,9}");
  auto second = program_of("(a(b*)){1,9}");
  for (int k = 0; k < 2; ++k) {
    ASSERT_NO_FATAL_FAILURE(expect(*first, "aba", Slots{{0, 3}, {2, 3}, {2, 3}}));
    ASSERT_NO_FATAL_FAILURE(expect(*second, "aba", Slots{{0, 3}, {2, 3}, {3, 3}}));
  }
}

}  // namespace
}  // namespace redoubt::pikevm
