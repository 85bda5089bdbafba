// Differential: fuzz cases put to the in-process panel through the harness's own trial, so that what differs is
// compared, classified, shrunk and bucketed as in a check, and written as case files. It stops at the first unexplained
// finding only when asked to. One per process.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "fuzz/coded_case.h"
#include "harness/findings.h"
#include "harness/trial.h"

namespace redoubt::fuzz {

struct DifferentialSettings {
  std::vector<std::string> engines;  ///< empty: those of a check, but for the definition
  std::string findings_dir;          ///< case files go here; "": nowhere
  std::string stats_dir;             ///< counts go to a file of this process in it, now and then and at the end
  bool abort_on_finding = false;     ///< for a fuzzing engine that is to see findings as crashes
  std::string program = "redoubt";   ///< how a case file's replay command calls the program
};

/// REDOUBT_FUZZ_ENGINES (names, comma-separated), REDOUBT_FUZZ_FINDINGS, REDOUBT_FUZZ_STATS, REDOUBT_FUZZ_ABORT (0 or
/// 1; `abort_by_default` when it is not set) and REDOUBT_CALLED_AS.
DifferentialSettings settings_from_environment(bool abort_by_default);

class Differential {
 public:
  /// Ends the process with a sentence when an engine that was named cannot be asked.
  explicit Differential(DifferentialSettings settings);
  /// Writes the counts, and prints a summary to standard error.
  ~Differential();
  Differential(const Differential&) = delete;
  Differential& operator=(const Differential&) = delete;

  /// Asks every engine; `number` goes into the provenance of what is found.
  void run(const CodedCase& c, std::uint64_t number);

  /// Of all inputs so far.
  harness::TrialStats stats() const;
  std::vector<harness::Bucket> buckets() const { return findings_.buckets(); }

 private:
  harness::Trial* trial(Semantics semantics, bool modes);
  void write_stats() const;

  DifferentialSettings settings_;
  harness::Findings findings_;
  std::unique_ptr<harness::Panel> panels_[2];
  std::unique_ptr<harness::Trial> trials_[4];
  std::uint64_t inputs_ = 0;
  double began_at_s_ = 0, written_at_s_ = 0;  ///< CPU time of the process
};

/// The haystacks of a case: its own, all short strings of a few units that matter to its pattern, and now and then some
/// along its automaton. Distinct.
std::vector<std::string> haystacks_of(const CodedCase& c);

}  // namespace redoubt::fuzz
