// docs/properties.md: every law, the equations of Kleene algebra with their counterexamples, and the listed differences
// of acceptance, as the program has them.
#pragma once

#include <string>

namespace redoubt::properties {

std::string document();

}  // namespace redoubt::properties
