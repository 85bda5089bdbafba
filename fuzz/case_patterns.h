// Patterns out of Choices: the grammar's trees, and what optimizations live on that such trees rarely have: words,
// lists of words, parts that come twice, branches that begin alike, counted repeats in each other.
#pragma once

#include "generate/choices.h"
#include "syntax/regex.h"

namespace redoubt::fuzz {

/// Groups are numbered. Any choices do: without bytes it is a small tree.
syntax::Regex draw_pattern(generate::Choices& choices, Encoding encoding);

}  // namespace redoubt::fuzz
