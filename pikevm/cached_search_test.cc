#include "pikevm/cached_search.h"

#include <gtest/gtest.h>

#include "pikevm/compiler.h"
#include "pikevm/generate_for_test.h"
#include "pikevm/history_search.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

std::shared_ptr<const Program> program_of(const char* pattern, Semantics semantics = Semantics::kLeftmostLongest) {
  return compile(syntax::parse(pattern).value(), {.semantics = semantics}).value();
}

TEST(CachedSearchTest, AWarmAutomatonIsNotBuiltAgain) {
  auto program = program_of("(a|ab)(c|bcd)(d*)");
  CachedSearch search;
  Best best;
  Search asked{.haystack = "xabcd", .end = 5};
  ASSERT_EQ(search.run(*program, asked, true, best), Result::kMatch);
  std::uint64_t cold = search.usage().steps;
  ASSERT_EQ(search.run(*program, asked, true, best), Result::kMatch);
  EXPECT_LT(search.usage().steps, cold);
  EXPECT_EQ(search.usage().steps, 6U);  // each unit, and the end
  EXPECT_EQ(best.slots, (std::vector<std::size_t>{1, 3, 3, 4, 4, 5}));
}

TEST(CachedSearchTest, GivesUpOnLargeProgramsAndOnManyStates) {
  CachedSearch search;
  Best best;
  std::string haystack(100, 'a');
  Search asked{.haystack = haystack, .end = haystack.size()};
  EXPECT_EQ(search.run(*program_of("(a{30}){30}b(?:c{30}){30}"), asked, true, best), std::nullopt);
  std::string mixed;
  for (std::uint32_t k = 0, random = 1; k < 5000; ++k, random = random * 1103515245 + 12345) {
    mixed += random >> 20 & 1 ? 'a' : 'b';
  }
  Search many{.haystack = mixed, .end = mixed.size()};
  EXPECT_EQ(search.run(*program_of("([ab])*a[ab]{14}(c)"), many, true, best), std::nullopt);
  EXPECT_EQ(search.run(*program_of("(a*)b?"), asked, true, best), Result::kMatch);
}

TEST(CachedSearchTest, ASmallMemoryLimitIsLeftToTheSimulation) {
  auto program = program_of("(a*)b?");
  CachedSearch search;
  Best best;
  EXPECT_EQ(search.run(*program, {.haystack = "aab", .end = 3, .memory_limit_bytes = 10}, true, best), std::nullopt);
}

// Long haystacks, for which there is no definition to ask: the two ways must agree.
TEST(CachedSearchTest, AgreesWithTheSimulationOnLongHaystacks) {
  test::RandomRegex random(5);
  CachedSearch cached;
  HistorySearch plain;
  int compared = 0;
  for (int k = 0; k < 5000; ++k) {
    syntax::Regex r = random.regex(5, false);
    if (r->max_group() == 0) continue;
    auto program = compile(r, {}).value();
    std::string h = random.haystack(k % 3 == 0 ? "ab" : k % 3 == 1 ? "ab \n" : "a", 100);
    Search asked{.haystack = h, .end = h.size()};
    Best a;
    Best b;
    std::optional<Result> result = cached.run(*program, asked, true, a);
    if (!result) continue;
    ASSERT_EQ(*result, plain.run(*program, asked, b));
    if (*result != Result::kMatch) continue;
    ++compared;
    ASSERT_EQ(a.begin, b.begin) << syntax::to_text(r) << " on " << h;
    ASSERT_EQ(a.end, b.end) << syntax::to_text(r) << " on " << h;
    ASSERT_EQ(a.slots, b.slots) << syntax::to_text(r) << " on " << h;
  }
  EXPECT_GT(compared, 2000);
}

}  // namespace
}  // namespace redoubt::pikevm
