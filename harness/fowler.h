// Reader of Glenn Fowler's testregex data (*.dat): each line that asks something of POSIX extended regexes becomes a
// Case; each other line is kept with the reason why it is not asked. Reads text only: it runs nothing and knows no
// engine.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/case.h"

namespace redoubt::harness {

enum class SuiteItemKind : std::uint8_t {
  kCase,          ///< `test` is to be answered
  kCompileError,  ///< the pattern is to be refused
  kSkipped,       ///< not asked; `reason` says why
};

/// One test line.
///
/// How a line is read. Fields are separated by runs of tabs: flags, pattern (SAME: the last one; NULL: empty), haystack
/// (NULL: empty), expected, comment. Of the flags, E (also within BE) asks for extended regexes; i ignores case; $
/// expands C escapes in pattern and haystack; z says that empty subexpressions are meant; digits are how many slots are
/// judged (20 without); `:label:` before them is dropped. Lines without E (basic, augmented, shell, literal) and with
/// flags that change what a match is are skipped. So are patterns with one repetition operator right after another
/// (`a*?`), which POSIX leaves undefined and the data takes for minimal repeats; and so is the rest of a `{` region
/// whose first line is skipped, for it is meant for engines that pass that line.
///
/// `?` begins a set of alternative outcomes, `|` and `&` go on with it, `;` ends it: one line of it is asked, the one
/// labelled EXPECTED, or else the first, unless its label begins with BUG; the others document what some engines do.
struct SuiteItem {
  std::size_t line = 0;  ///< from 1
  SuiteItemKind kind = SuiteItemKind::kSkipped;
  /// name "basic.dat:17"; pattern and haystack as expanded; expected: every slot up to the last one given, and, where
  /// the pattern parses, the unset ones of the groups after it.
  Case test;
  /// Slots 0 … judged_slots-1 count, those that `expected` lacks as unset; 0: only that there is a match.
  std::size_t judged_slots = 0;
  std::string error_code;  ///< kCompileError: "BADBR", "ECOLLATE", … (REG_ left out)
  std::string reason;      ///< kSkipped: "basic regex", "REG_NEWLINE", …
  /// The line of the `{` test that guards this one, or 0. Where the guard fails, the region was not meant for the
  /// engine; the guard itself is in its region.
  std::size_t guard = 0;
};

struct Suite {
  std::vector<SuiteItem> items;  ///< in the order of lines
  /// Lines that cannot be read, one sentence with file and line each. The other lines are read all the same.
  std::vector<CaseError> malformed;
};

/// The lines of a file's text; `name` is the file's own name, for case names and provenance ("fowler basic.dat:17").
Suite parse_fowler(std::string_view text, std::string_view name);
/// Error: the file cannot be read. Names are those of parse_fowler for the last part of the path.
tl::expected<Suite, CaseError> read_fowler_file(const std::string& path);

/// Does an engine's answer fulfil an item of kind kCase?
bool fulfils(const SuiteItem& item, const Answer& answer);

}  // namespace redoubt::harness
