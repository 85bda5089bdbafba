// Probe: one engine on one row for the first time, in a process of its own with a limit on CPU time, so that an engine
// that hangs, crashes or eats the memory is a cell of the table and not the end of the run. It also says how much
// memory the engine took and what it answered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "bench/engine.h"

namespace redoubt::bench {

struct Probe {
  std::string error;             ///< empty: all the rest holds; else one line: refused, crashed, out of time
  Answer answer;                 ///< of a pass over the first `bytes` bytes
  std::size_t bytes = 0;         ///< less than the row's where it may be shortened and the engine is slow
  double nanoseconds = 0;        ///< CPU time of that pass
  std::uint64_t peak_bytes = 0;  ///< compiling and one pass; the haystack not counted
};

/// Asks in this process: what the child does. `shorten_ns`: a row that may be shortened is, so that a pass is estimated
/// to take no more than this.
Probe probe_here(const Engine& engine, const Row& row, double shorten_ns);
/// Runs this very program again with `--probe ENGINE --row ROW`, and `--quick` if so, and reads what it prints.
Probe probe_in_child(const Engine& engine, const Row& row, bool quick, unsigned cpu_seconds);
/// One line for the pipe between the two.
std::string to_line(const Probe& probe);
Probe from_line(const std::string& line);

}  // namespace redoubt::bench
