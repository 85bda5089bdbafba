// The engines that this project itself brings. Split so that the judges and the judged are compiled apart.
#pragma once

#include <string>
#include <vector>

#include "oracles/oracle.h"

namespace redoubt::oracles {

/// The version that the project's own engines report.
std::string own_version();
std::vector<EngineEntry> reference_engines();
std::vector<EngineEntry> pikevm_engines();
/// The matcher proved in Coq; unavailable where there was no OCaml compiler.
std::vector<EngineEntry> proof_engines();

}  // namespace redoubt::oracles
