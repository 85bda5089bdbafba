// The text of one class or one unit in a dialect: a literal, a dot or a bracket expression. Only the printer uses it.
#pragma once

#include <string>

#include "syntax/char_class.h"
#include "syntax/printer.h"

namespace redoubt::syntax::internal {

/// An atom that matches exactly the units of `c`, all of which lie in the encoding's domain. Engines get explicit
/// ranges, for \s, \w, \v and [:alpha:] are not the same set in each of them.
std::string class_text(const CharClass& c, PrintDialect dialect, Encoding encoding);

}  // namespace redoubt::syntax::internal
