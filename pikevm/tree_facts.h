// What the compiler asks of a tree before it lays out code. Answers without a haystack, and so cautious ones.
#pragma once

#include "syntax/regex.h"

namespace redoubt::pikevm {

/// Whether the node can match empty, looks taken as true: what RE2 asks before it makes x* of x+.
bool nullable(const syntax::Node& node);

/// Whether every match of the node begins at the start of the haystack.
bool always_at_start(const syntax::Node& node);

}  // namespace redoubt::pikevm
