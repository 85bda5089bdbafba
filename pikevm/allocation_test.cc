// A warm search allocates nothing: this file replaces the global allocation functions to count.
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "pikevm/pikevm.h"
#include "syntax/parser.h"

namespace {
std::size_t allocations = 0;
}  // namespace

#if defined(__GNUC__) && !defined(__clang__)
// GCC takes the two replacements for a mismatched pair where it inlines only one of them.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

void* operator new(std::size_t size) {
  ++allocations;
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace redoubt::pikevm {
namespace {

TEST(AllocationTest, AWarmSplitSearchAllocatesNothing) {
  for (const char* pattern : {"(a|ab)(c|bcd)(d*)", "((a?){1,40})*", "((a|ab){2,9}){0,9}", "(a{9}b|(a))*(\\bb)?"}) {
    Options options{.optimizations = Optimizations::none().with(Optimization::kSplit)};
    auto program = compile(syntax::parse(pattern).value(), options).value();
    std::string haystack(501, 'a');
    haystack += "abcd b";
    Scratch scratch;
    Slots slots;
    Result cold = pikevm::search(*program, scratch, {.haystack = haystack}, slots);
    std::size_t before = allocations;
    EXPECT_EQ(pikevm::search(*program, scratch, {.haystack = haystack}, slots), cold);
    EXPECT_EQ(allocations, before) << pattern;
  }
}

TEST(AllocationTest, AWarmSearchAllocatesNothing) {
  for (const char* pattern : {"(a|ab)(c|bcd)(d*)", "((a?){1,40})*", "a+b?", "((a)|(b)|\\b)*", "(a{0,10}){0,10}"}) {
    for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
      auto program = compile(syntax::parse(pattern).value(), {.semantics = semantics}).value();
      std::string haystack(500, 'a');
      haystack += "abcd b";
      for (bool cached : {false, true}) {
        Scratch scratch;
        Slots slots;
        Search search{.haystack = haystack, .cached = cached};
        Result cold = pikevm::search(*program, scratch, search, slots);
        std::size_t before = allocations;
        EXPECT_EQ(pikevm::search(*program, scratch, search, slots), cold);
        EXPECT_EQ(allocations, before) << pattern << (cached ? " cached" : "");
      }
    }
  }
}

}  // namespace
}  // namespace redoubt::pikevm
