// Counts allocations by replacing the global allocation functions: for one source file of a test program, which has to
// test REDOUBT_TEST_COUNTS_ALLOCATIONS first. ThreadSanitizer's own functions cannot be replaced; there is nothing to
// count with it.
#pragma once

#define REDOUBT_TEST_COUNTS_ALLOCATIONS
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#undef REDOUBT_TEST_COUNTS_ALLOCATIONS
#endif
#endif

#ifdef REDOUBT_TEST_COUNTS_ALLOCATIONS

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace redoubt::pikevm::test {

inline std::atomic<std::size_t> allocations = 0;

/// How much the second call allocates.
template <class Call>
std::size_t warm_allocations(const Call& call) {
  call();
  const std::size_t before = allocations;
  call();
  return allocations - before;
}

}  // namespace redoubt::pikevm::test

#if defined(__GNUC__) && !defined(__clang__)
// GCC takes the two replacements for a mismatched pair where it inlines only one of them.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

void* operator new(std::size_t size) {
  ++redoubt::pikevm::test::allocations;
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

#endif
