// Campaign: a long search for disagreements in a folder that remembers everything. It can be killed at any instant and
// goes on where it was: what a unit found and counted becomes durable with the unit, in one record, so that nothing is
// lost and nothing counts twice.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "campaign/config.h"
#include "campaign/journal.h"
#include "campaign/ledger.h"
#include "campaign/scheduler.h"

namespace redoubt::campaign {

struct CampaignSettings {
  std::string folder;
  Wishes wishes;
  Shares shares = kDefaultShares;
  double for_s = 0;         ///< in all, earlier sessions included; 0: until it is stopped, or nothing is left to do
  unsigned jobs = 0;        ///< 0: one per core
  std::uint64_t units = 0;  ///< of each stream; 0: no limit
  std::string program = "redoubt";
};

struct Progress {
  std::uint64_t units = 0, pairs = 0, comparisons = 0, unexplained = 0, buckets = 0;
  std::uint64_t session_pairs = 0;  ///< of this session
  std::size_t rules_missing = 0, paths_missing = 0;
  double session_s = 0, elapsed_s = 0, for_s = 0;
};

/// A folder's content, read.
struct Campaign {
  Config config;
  Ledger ledger;
  JournalState journal;
  std::vector<std::string> notes;  ///< one sentence each: what was found damaged, and what becomes of it
  bool interrupted = false, out_of_time = false;
  unsigned jobs = 1;
  double session_s = 0;  ///< of this session; 0: it was only read
  std::uint64_t session_pairs = 0;
  double session_cpu_s = 0;
  Shares shares = kDefaultShares;
};

/// Reads a folder's campaign and changes nothing. Error: one sentence, also where there is none.
tl::expected<Campaign, std::string> read_campaign(const std::string& folder);

/// Begins the campaign of a folder, or goes on with it. `stop` may be set from a signal handler. Error: one sentence; a
/// campaign that ends with one (a full disk) can be gone on with.
tl::expected<Campaign, std::string> run_campaign(const CampaignSettings& settings, const harness::Catalogue& catalogue,
                                                 const std::atomic<bool>& stop,
                                                 const std::function<void(const Progress&)>& progress);

/// Where the case of a bucket lies.
std::string case_file(const std::string& folder, const harness::Case& finding);
/// Writes a bucket's case file, with the command that replays it. One sentence on failure.
std::optional<std::string> write_case_file(const std::string& folder, const std::string& program,
                                           harness::Case finding);

/// Rules and paths that occurred in any stream.
Coverage total_coverage(const Ledger& ledger);

}  // namespace redoubt::campaign
