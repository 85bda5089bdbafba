// A warm search allocates nothing.
#include "pikevm/allocations_for_test.h"

#ifdef REDOUBT_TEST_COUNTS_ALLOCATIONS

#include <gtest/gtest.h>

#include "pikevm/pikevm.h"
#include "pikevm/ways_for_test.h"
#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

TEST(AllocationTest, AWarmSearchAllocatesNothing) {
  std::string haystack(501, 'a');
  haystack += "abcd b";
  for (const char* pattern : {"(a|ab)(c|bcd)(d*)", "((a?){1,40})*", "a+b?", "((a)|(b)|\\b)*", "(a{0,10}){0,10}",
                              "((a|ab){2,9}){0,9}", "(a{9}b|(a))*(\\bb)?", "(?:(a)|(b)|(c))*"}) {
    for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
      for (const auto& [name, program] : test::ways(syntax::parse(pattern).value(), {.semantics = semantics})) {
        for (bool anchored : {false, true}) {
          Scratch scratch;
          Slots slots;
          const Search asked{.haystack = haystack, .anchored = anchored};
          auto ask = [&, &program = program] { (void)search(*program, scratch, asked, slots); };
          EXPECT_EQ(test::warm_allocations(ask), 0U) << pattern << ", " << name << (anchored ? ", anchored" : "");
        }
      }
    }
  }
}

}  // namespace
}  // namespace redoubt::pikevm

#endif
