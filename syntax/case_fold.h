// Case folding of unit sets: ASCII in byte mode, Unicode simple folding in UTF-8 mode. The table is generated from ICU
// and linked in, so nothing of ICU is needed at run time. No full folding (ss for U+00DF) and no locales.
#pragma once

#include <cstdint>

#include "syntax/char_class.h"
#include "syntax/match.h"

namespace redoubt::syntax {

/// Every unit that some unit of the set folds together with, the set itself included. Idempotent.
CharClass fold_closure(const CharClass& c, Encoding encoding);

/// The next larger scalar value with the same simple folding, or the smallest one after the largest; the value itself
/// when it folds together with nothing else.
std::uint32_t next_in_orbit(std::uint32_t scalar);

}  // namespace redoubt::syntax
