// The fields of one line of Fowler's format: splitting, flags, escapes. What the lines mean together is in fowler.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace redoubt::harness {

/// The fields of a line, runs of tabs being one separator. None for a line of tabs alone.
std::vector<std::string_view> split_fields(std::string_view line);

struct FowlerFlags {
  bool icase = false;
  bool expand = false;  ///< $: C escapes in pattern and haystack
  std::string digits;   ///< the number of slots judged, or ""
  std::string skip;     ///< why the line asks nothing of extended regexes, or ""
  std::string problem;  ///< what is wrong with the flags, or ""
};
FowlerFlags read_flags(std::string_view flags);

/// \n \t … \xHH \ooo, in place; false: an escape that C does not have.
bool expand_escapes(std::string& text);

/// The codes of regcomp(), without REG_.
bool is_error_code(std::string_view text);

/// One repetition operator right after another, outside brackets and escapes: `a*?`, `a{2}+`.
bool has_doubled_repetition(std::string_view pattern);

}  // namespace redoubt::harness
