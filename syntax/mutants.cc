// The table of the mutants, and the choice of one. Empty in builds without them.
#include "syntax/mutants.h"

#ifdef REDOUBT_MUTANTS

#include <cstdio>
#include <cstdlib>

namespace redoubt::syntax {

namespace {

constexpr MutantInfo kMutants[] = {
#define REDOUBT_MUTANT_ENTRY(name, folder, semantics, mistake, says) {#name, #folder, #semantics, mistake, says},
#include "syntax/mutants.inc"
#undef REDOUBT_MUTANT_ENTRY
};

Mutant from_environment() {
  const char* wanted = std::getenv("REDOUBT_MUTANT");
  if (wanted == nullptr || *wanted == '\0') return Mutant::kNone;
  for (std::uint16_t k = 0; k < std::size(kMutants); ++k) {
    if (kMutants[k].name == wanted) return static_cast<Mutant>(k + 1);
  }
  std::fprintf(stderr, "redoubt: REDOUBT_MUTANT names no mutant: \"%s\"\n", wanted);
  std::_Exit(2);
}

}  // namespace

std::span<const MutantInfo> mutants() { return kMutants; }

const Mutant selected_mutant = from_environment();

}  // namespace redoubt::syntax

#endif
