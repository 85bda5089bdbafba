// Sources of cases for `check`: each numbers its work items, makes item k without its predecessors, and hands the
// resulting queries and haystacks to a trial.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/check.h"

namespace redoubt::harness {

class Source {
 public:
  virtual ~Source() = default;
  /// For titles and provenance: "sweep", "random utf8", …
  virtual const std::string& name() const = 0;
  virtual std::uint64_t items() const = 0;
  /// Runs item k. Thread-safe; k < items().
  virtual void run(std::uint64_t k, Trial& trial) const = 0;
};

struct Phase {
  std::string title;
  Semantics semantics = Semantics::kLeftmostLongest;
  std::vector<std::string> engines;  ///< empty: the default panel
  std::unique_ptr<Source> source;
};

/// The phases of a check, in order. Error: one sentence about the settings.
tl::expected<std::vector<Phase>, std::string> plan(const CheckSettings& settings);

}  // namespace redoubt::harness
