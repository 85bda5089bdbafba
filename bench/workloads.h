// Workloads: the rows of the comparison, each a question that every engine can be asked, its patterns written so that
// POSIX ERE and the Perl-like dialects mean the same language. Nothing here knows an engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/haystacks.h"

namespace redoubt::bench {

/// What is done with the haystack.
enum class Mode : std::uint8_t {
  kLines,    ///< each line is a haystack of its own: one search, all groups
  kAll,      ///< every match from left to right, not overlapping, all groups
  kCompile,  ///< each pattern is read and compiled; nothing is searched
};

struct Pattern {
  std::string text;
  std::uint32_t groups = 0;
  bool icase = false;
};

struct Row {
  std::string group;  ///< "lines", "search", …: one table of the report
  std::string name;
  Mode mode = Mode::kLines;
  std::vector<Pattern> patterns;  ///< one, but for kCompile
  HaystackKind kind = HaystackKind::kTiny;
  std::size_t bytes = 0;
  std::uint32_t threads = 0;  ///< slope rows: how many threads a simulation has to keep for each byte
  /// A pass over a shorter haystack will do where an engine needs too long for all of it.
  bool may_shorten = false;

  std::string title() const { return group + "/" + name; }
  std::string_view text() const { return haystack(kind, bytes); }
};

/// All rows, in the order of the report. `quick`: 1 MB instead of 16 MB for the long haystacks.
std::vector<Row> all_rows(bool quick);

/// A haystack, split as the mode asks.
struct Work {
  Mode mode = Mode::kLines;
  std::string_view text;
  std::vector<std::string_view> lines;  ///< kLines

  Work(Mode how, std::string_view haystack);
};

}  // namespace redoubt::bench
