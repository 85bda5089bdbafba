// Plan: which optimizations serve the searches of a program, and why, for people (`redoubt find --plan`). It asks the
// same questions as the searches do, once, without a haystack; it decides nothing itself.
#pragma once

#include <string>
#include <vector>

#include "pikevm/program.h"

namespace redoubt::pikevm {

struct PlanEntry {
  std::string name;     ///< as in kOptimizationNames
  bool chosen = false;  ///< searches use it, at least at first
  std::string why;      ///< why, or why not: a phrase, one line
};

/// One entry for each optimization, in the order of Optimization.
std::vector<PlanEntry> plan(const Program& program);

}  // namespace redoubt::pikevm
