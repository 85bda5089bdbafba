// check: the main job. Sweeps every small regex against every short haystack, then random larger regexes against
// haystacks drawn from their automata; on several threads, in shards, within a budget of time.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/trial.h"

namespace redoubt::harness {

struct CheckSettings {
  /// One or both.
  std::vector<Semantics> semantics = {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst};
  std::vector<std::string> engines;  ///< empty: the default panel, and the stock engines on what sets them apart
  std::string alphabet = "ab";       ///< letters (bytes) of the sweep
  std::uint32_t max_nodes = 5;
  std::uint32_t max_len = 5;
  std::uint64_t random = 0;                          ///< random regexes per semantics and encoding
  std::uint32_t random_nodes = 24, random_len = 40;  ///< their largest size; their haystacks' largest length in bytes
  std::uint64_t seed = 1;
  std::uint64_t shard = 0, shards = 1;  ///< this run does numbers k with k % shards == shard
  double budget_s = 0;                  ///< 0: none
  unsigned jobs = 0;                    ///< 0: one per core
  bool modes = true;
  std::uint32_t mode_nodes = 2;  ///< see TrialSettings
  bool isolate = false;
  std::string findings_dir;  ///< "" for none
  std::string jsonl;
  std::string program = "redoubt";  ///< how the reader calls the program, for "what to type next"
};

/// One stretch of a run: one source of cases under one semantics.
struct PhaseResult {
  std::string title;
  Semantics semantics = Semantics::kLeftmostLongest;
  TrialStats stats;
  double seconds = 0;
  std::uint64_t planned = 0, done = 0;  ///< work items; done < planned when the run was cut short
};

struct CheckResult {
  std::vector<PhaseResult> phases;
  std::vector<Bucket> findings;
  double seconds = 0;
  double cpu_seconds = 0;  ///< of the workers
  unsigned jobs = 1;
  bool out_of_time = false;
  bool interrupted = false;
  /// One sentence: something went wrong that is no finding (findings could not be written, …).
  std::optional<std::string> error;

  std::uint64_t unexplained() const;
  std::uint64_t pairs() const;
};

/// Called a few times a second from the calling thread.
struct Progress {
  std::string_view phase;
  std::size_t phase_number, phases;
  std::uint64_t done, planned, findings;
  double seconds;
};

/// Error: one sentence about the settings. `stop` may be set from a signal handler; the run then ends soon, and what
/// was found so far is in the result.
tl::expected<CheckResult, std::string> check(const CheckSettings& settings, const Catalogue& catalogue,
                                             const std::atomic<bool>& stop,
                                             const std::function<void(const Progress&)>& progress);

}  // namespace redoubt::harness
