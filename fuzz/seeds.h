// Seeds: the suites' cases as inputs of the fuzz targets. Every target whose inputs can say what a case says gets one
// input from it.
#pragma once

#include <string>
#include <vector>

#include "harness/case.h"

namespace redoubt::fuzz {

struct Seed {
  std::string target;  ///< "fuzz_differential"
  std::string name;    ///< for a file
  std::string bytes;
};

/// Of a case whose pattern cannot be read, only the text.
std::vector<Seed> seeds_of(const std::vector<harness::Case>& cases);

}  // namespace redoubt::fuzz
