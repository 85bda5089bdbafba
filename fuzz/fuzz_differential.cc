// Engines against the specification: the input is a CodedCase, of which every byte string is one. What differs is
// bucketed by the harness and written as case files where REDOUBT_FUZZ_FINDINGS says; the process goes on, unless
// REDOUBT_FUZZ_ABORT is 1 (docs/fuzzing.md).
#include <cstddef>
#include <cstdint>
#include <span>

#include "fuzz/case_mutator.h"
#include "fuzz/coded_case.h"
#include "fuzz/differential.h"
#include "fuzz/put.h"

namespace {

using namespace redoubt;

#ifdef REDOUBT_FUZZ_SERVICE
constexpr bool kAbortByDefault = true;
#else
constexpr bool kAbortByDefault = false;
#endif

std::uint64_t hash(std::span<const std::uint8_t> bytes) {
  std::uint64_t h = 0xCBF29CE484222325;  // FNV-1a
  for (std::uint8_t byte : bytes) h = (h ^ byte) * 0x100000001B3;
  return h;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::Differential differential(fuzz::settings_from_environment(kAbortByDefault));
  differential.run(fuzz::decode({data, size}), hash({data, size}));
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  generate::RandomChoices choices(seed);
  return fuzz::put(fuzz::encode(fuzz::mutated(fuzz::decode({data, size}), choices)), data, max_size);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* a, std::size_t a_size, const std::uint8_t* b,
                                                 std::size_t b_size, std::uint8_t* out, std::size_t max_size,
                                                 unsigned seed) {
  generate::RandomChoices choices(seed);
  return fuzz::put(fuzz::encode(fuzz::crossed(fuzz::decode({a, a_size}), fuzz::decode({b, b_size}), choices)), out,
                   max_size);
}
