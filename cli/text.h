// Text for a person: nothing that comes from a pattern, a haystack, a file or an engine reaches a terminal unescaped,
// and there is colour only where a terminal wants it.
#pragma once

#include <string>
#include <string_view>

namespace redoubt::cli {

/// One line: control characters and what is no UTF-8 as \xHH, what could mislead a reader as \u{…}; backslashes stay as
/// they are, so that a pattern looks as it was written.
std::string visible(std::string_view text);
/// visible() between double quotes.
std::string in_quotes(std::string_view text);

/// Columns that a text from visible() takes on a terminal.
std::size_t columns(std::string_view text);
/// The text with spaces up to a width in columns.
std::string padded(std::string_view text, std::size_t width);

/// "1 case", "2 cases".
std::string counted(std::size_t count, std::string_view one, std::string_view many);

enum class Style { kPlain, kDim, kBold, kGood, kBad };
/// The text in a style when standard output is a terminal and NO_COLOR is unset or empty; else as it is.
std::string styled(Style style, std::string_view text);

}  // namespace redoubt::cli
