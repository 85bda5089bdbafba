// Measure: every engine on one row, their passes interleaved, so that what slows the machine down for a while slows all
// of them. Times are CPU times; only ratios between engines of one row mean something.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/engine.h"
#include "bench/probe.h"

namespace redoubt::bench {

struct Settings {
  bool quick = false;
  double min_time_ms = 20;  ///< a measurement is repeated passes of at least this much CPU time
  unsigned rounds = 7;
  double cell_budget_ms = 1200;  ///< a slow engine gets fewer rounds, but two at least

  static Settings for_quick() { return {true, 4, 3, 250}; }
};

/// One engine on one row.
struct Cell {
  const Engine* engine = nullptr;
  Probe probe;                  ///< error: nothing else was measured
  std::uint64_t passes = 0;     ///< in each measurement
  std::vector<double> pass_ns;  ///< CPU nanoseconds a pass, one for each round
  bool spans_agree = true;      ///< with ours of the same semantics, on the same bytes
  bool groups_agree = true;

  double min_ns() const;
  double median_ns() const;
};

/// How many things a pass does: searches for Mode::kLines, patterns for Mode::kCompile, else 1.
std::size_t items(const Row& row, const Work& work);

/// Cells in the order of `engines`; with probes in children unless `probe_inside`.
std::vector<Cell> measure(const Row& row, const std::vector<Engine>& engines, const Settings& settings,
                          bool probe_inside = false);

}  // namespace redoubt::bench
