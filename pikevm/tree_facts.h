// What the compiler and the rules of simplification ask of a tree. Answers without a haystack, and so cautious ones.
#pragma once

#include "syntax/regex.h"

namespace redoubt::pikevm {

/// Whether the node can match empty if every assertion is `look`. True is what RE2 asks before it makes x* of x+.
bool nullable(const syntax::Node& node, bool look = true);

/// Whether every match of the node begins at the start of the haystack.
bool always_at_start(const syntax::Node& node);

}  // namespace redoubt::pikevm
