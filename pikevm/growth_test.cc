// Time linear and memory constant in the haystack, by counted steps and bytes rather than by a clock.
#include <gtest/gtest.h>

#include "pikevm/history_search.h"
#include "pikevm/pikevm.h"
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
    for (bool cached : {false, true}) {
      auto p = program(semantics);
      Usage before;
      for (std::size_t n = 500; n <= 4000; n *= 2) {
        std::string haystack(n, 'a');
        Scratch scratch;  // cold, so that its peak is this search's
        Slots slots;
        ASSERT_EQ(search(*p, scratch, {.haystack = haystack, .cached = cached}, slots), Result::kMatch);
        Usage usage = scratch.usage();
        if (n > 500) {
          EXPECT_LE(usage.steps, 2.1 * static_cast<double>(before.steps)) << GetParam() << ", " << n;
          EXPECT_LE(usage.bytes, before.bytes + before.bytes / 4) << GetParam() << ", " << n;
        }
        before = usage;
      }
    }
  }
}

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
