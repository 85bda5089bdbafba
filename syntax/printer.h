// Tree to text in one engine's dialect, or the construct that the dialect cannot express. For kPerl and kEre
// parse(print(r)) is r again, under the default flags and with limits that the tree keeps.
#pragma once

#include <string>
#include <string_view>

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

/// Groups must be numbered as renumber_groups() does, and names be unique: a text can say nothing else. In kEre the
/// text may hold any byte, NUL included; an adapter for an engine that reads C strings has to look for that.
tl::expected<std::string, NotExpressible> print(const Regex& r, PrintDialect dialect, Encoding encoding);

/// print() in kPerl, which can say everything. Group numbers, names and units that no text can stand for are shown
/// as if they could be, so that any tree can go into a report.
std::string to_text(const Regex& r, Encoding encoding = Encoding::kBytes);
/// A haystack for a person or a TOML string: printable ASCII as it is, the rest as \n \t \\ \" \xHH.
std::string escape_bytes(std::string_view bytes);

}  // namespace redoubt::syntax
