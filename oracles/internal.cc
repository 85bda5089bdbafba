#include "oracles/internal.h"

#include <iterator>

namespace redoubt::oracles {

std::string own_version() { return "0.1.0"; }

std::vector<EngineEntry> internal_engines() {
  std::vector<EngineEntry> engines = reference_engines();
  for (auto* list : {pikevm_engines, proof_engines}) {
    std::vector<EngineEntry> some = list();
    engines.insert(engines.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  return engines;
}

}  // namespace redoubt::oracles
