// The mutator of fuzz_differential for AFL++: a shared object that AFL_CUSTOM_MUTATOR_LIBRARY names. AFL++ asks it for
// a mutation of one input, with another one at hand to cross it with.
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/case_mutator.h"

namespace {

using namespace redoubt;

struct State {
  generate::RandomChoices choices;
  std::string made;
};

}  // namespace

extern "C" {

__attribute__((visibility("default"))) void* afl_custom_init(void*, unsigned seed) {
  return new State{generate::RandomChoices(seed), {}};
}

__attribute__((visibility("default"))) std::size_t afl_custom_fuzz(void* state, std::uint8_t* data, std::size_t size,
                                                                   std::uint8_t** out, std::uint8_t* other,
                                                                   std::size_t other_size, std::size_t max_size) {
  auto& [choices, made] = *static_cast<State*>(state);
  fuzz::CodedCase c = fuzz::decode({data, size});
  const bool cross = other != nullptr && choices.one_in(4);
  made = encode(cross ? fuzz::crossed(c, fuzz::decode({other, other_size}), choices) : fuzz::mutated(c, choices));
  if (made.size() > max_size) made.resize(max_size);
  *out = reinterpret_cast<std::uint8_t*>(made.data());
  return made.size();
}

__attribute__((visibility("default"))) void afl_custom_deinit(void* state) { delete static_cast<State*>(state); }
}
