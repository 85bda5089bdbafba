// Results: the run as JSON in the shape of Google Benchmark's, one benchmark for each engine and row, so that its tools
// read it too; bench/report.py makes the tables. Times are in nanoseconds of CPU time a pass, the least of the rounds.
#pragma once

#include <string>
#include <vector>

#include "bench/measure.h"

namespace redoubt::bench {

class Results {
 public:
  explicit Results(const std::vector<Engine>& engines, const Settings& settings);
  ~Results();
  void add(const Row& row, const std::vector<Cell>& cells);
  /// The whole document.
  std::string text() const;

 private:
  struct Document;
  std::unique_ptr<Document> document_;
};

}  // namespace redoubt::bench
