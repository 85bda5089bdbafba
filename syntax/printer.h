// Tree to text in one engine's dialect, or the construct that the dialect cannot express. For kPerl and kEre
// parse(print(r)) is r again.
#pragma once

#include <string>

#include <tl/expected.hpp>

#include "syntax/regex.h"

namespace redoubt::syntax {

enum class PrintDialect : std::uint8_t {
  kPerl,   ///< Redoubt's own Perl-like dialect: the form in reports and case files
  kEre,    ///< POSIX ERE: no non-capturing groups, lazy repeats, \A \z \b \B, (?m)
  kPcre2,  ///< quantified assertions wrapped in (?:…), \x{…} escapes
  kRe2,    ///< \s spelled out with \v, repeat bounds within 1000
};

struct NotExpressible {
  std::string construct;  ///< e.g. "lazy repeat", "repeat count 2000"
};

tl::expected<std::string, NotExpressible> print(const Regex& r, PrintDialect dialect, Encoding encoding);

/// print() in kPerl, which can say everything.
std::string to_text(const Regex& r, Encoding encoding = Encoding::kBytes);
/// A haystack for a person or a TOML string: printable ASCII as it is, the rest as \n \t \\ \" \xHH.
std::string escape_bytes(std::string_view bytes);

}  // namespace redoubt::syntax
