#include "oracles/internal.h"

#include <iterator>

namespace redoubt::oracles {

std::string own_version() { return "0.1.0"; }

std::vector<EngineEntry> internal_engines() {
  std::vector<EngineEntry> engines = reference_engines();
  std::vector<EngineEntry> vms = pikevm_engines();
  engines.insert(engines.end(), std::make_move_iterator(vms.begin()), std::make_move_iterator(vms.end()));
  return engines;
}

}  // namespace redoubt::oracles
