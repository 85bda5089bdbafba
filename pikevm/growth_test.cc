// Time linear and memory constant in the haystack, by counted steps and bytes rather than by a clock.
#include <gtest/gtest.h>

#include "pikevm/generate_for_test.h"
#include "pikevm/history_search.h"
#include "pikevm/pikevm.h"
#include "pikevm/ways_for_test.h"
#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

class GrowthTest : public testing::TestWithParam<const char*> {
 protected:
  std::shared_ptr<const Program> program(Semantics semantics) {
    return compile(syntax::parse(GetParam()).value(), {.semantics = semantics}).value();
  }
};

TEST_P(GrowthTest, StepsAreLinearAndMemoryFlat) {
  for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
    for (const auto& [name, p] : test::ways(syntax::parse(GetParam()).value(), {.semantics = semantics})) {
      Usage before;
      for (std::size_t n = 500; n <= 4000; n *= 2) {
        std::string haystack(n, 'a');
        Scratch scratch;  // cold, so that its peak is this search's
        Slots slots;
        ASSERT_EQ(search(*p, scratch, {.haystack = haystack}, slots), Result::kMatch);
        Usage usage = scratch.usage();
        if (n > 500) {
          EXPECT_LE(usage.steps, 2.1 * static_cast<double>(before.steps)) << GetParam() << ", " << n << ", " << name;
          EXPECT_LE(usage.bytes, before.bytes + before.bytes / 4) << GetParam() << ", " << n << ", " << name;
        }
        before = usage;
      }
    }
  }
}

constexpr std::size_t kLongest = test::kSanitized ? std::size_t{1} << 17 : std::size_t{1} << 20;

// Whatever the search, as long as it is fast enough to be asked: the automaton first, or the splitting of the tree by
// itself.
class LongGrowthTest : public testing::TestWithParam<const char*> {};

TEST_P(LongGrowthTest, StepsAreLinearAndMemoryFlatUpToAMegabyte) {
  syntax::ParseOptions parse_options;
  parse_options.limits.repeat_count = 10'000;
  syntax::Regex regex = syntax::parse(GetParam(), parse_options).value();
  char letter = std::string_view(GetParam()).find('x') == std::string_view::npos ? 'a' : 'x';
  for (Optimizations optimizations : {Optimizations::all(), Optimizations::none().with(Optimization::kSplit)}) {
    auto p = compile(regex, {.optimizations = optimizations}).value();
    Usage before;
    for (std::size_t n = kLongest / 8; n <= kLongest; n *= 2) {
      std::string haystack(n, letter);
      Scratch scratch;  // cold, so that its peak is this search's
      Slots slots;
      ASSERT_EQ(search(*p, scratch, {.haystack = haystack}, slots), Result::kMatch);
      Usage usage = scratch.usage();
      if (n > kLongest / 8) {
        EXPECT_LE(usage.steps, 2.05 * static_cast<double>(before.steps)) << n;
        EXPECT_LE(usage.bytes, before.bytes + before.bytes / 16) << n;
      }
      EXPECT_LE(usage.steps, 64 * n);
      before = usage;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Patterns, LongGrowthTest,
                         testing::Values("(aa|a)*", "(a|ab|b)*", "(x*)*", "((a*)*)*", "(a?){20}a{20}", "((a?){1,300})*",
                                         "(a{0,100}){0,100}"));

TEST_P(GrowthTest, TheTrieIsSmallerThanTwiceTheThreads) {
  auto p = program(Semantics::kLeftmostLongest);
  if (p->groups == 0) return;
  HistorySearch search;
  Best best;
  std::string haystack(2000, 'a');
  Search asked{.haystack = haystack};
  asked.end = haystack.size();
  ASSERT_EQ(search.run(*p, asked, best), Result::kMatch);
  if (search.peak_live_nodes() == 0) return;  // never worth a contraction
  // One thread for each instruction that a unit led to, and the root.
  EXPECT_LE(search.peak_live_nodes(), 2 * search.peak_threads() + 1);
}

INSTANTIATE_TEST_SUITE_P(Patterns, GrowthTest,
                         testing::Values("(aa|a)*", "(a|ab|b)*", "((a*)*)*", "(a?){20}a{20}", "((a?){1,100})*",
                                         "((a|aa)(a|aaa)*)*", "(a*)(a*)(a*)b?", "(?:(a)|b|)*", "a*"));

}  // namespace
}  // namespace redoubt::pikevm
