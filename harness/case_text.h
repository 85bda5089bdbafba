// The two written forms of a byte string in a case file (docs/case-format.md): a TOML string for valid UTF-8, and for
// anything else printable ASCII with C-like escapes. Both give the same bytes back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace redoubt::harness {

/// Printable ASCII: \n \r \t \\ and \xHH; a single quote is \x27, so that the result fits a TOML literal string.
std::string to_escaped(std::string_view bytes);
/// The bytes again; nullopt and the sentence's end ("has … at column 4") in `problem` for anything else.
std::optional<std::string> from_escaped(std::string_view text, std::string& problem);

/// A TOML string of valid UTF-8, quotes included: literal ('…') where everything in it can be seen, else basic with
/// escapes. Controls, marks, right-to-left letters and anything else that could mislead a reader are escaped; bytes
/// that are not UTF-8 become U+FFFD.
std::string to_toml_string(std::string_view text);

/// Standard base64 with padding.
std::string to_base64(std::string_view bytes);

}  // namespace redoubt::harness
