// What `redoubt find --plan` prints: the program that the PikeVM makes of a pattern and which optimizations it chose.
#pragma once

#include <string>

#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::cli {

/// Several lines, for one semantics; each ends in a newline.
std::string plan_text(const syntax::Regex& regex, Semantics semantics, Encoding encoding);

}  // namespace redoubt::cli
