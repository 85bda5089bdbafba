// What both forms of a campaign's report are made of: sums by source, buckets in order, what never occurred.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "campaign/campaign.h"

namespace redoubt::campaign {

struct SourceSum {
  harness::TrialStats stats;
  std::uint64_t units = 0;
};
using SourceSums = std::array<SourceSum, kSources>;
SourceSums source_sums(const Ledger& ledger);
harness::TrialStats total_stats(const Ledger& ledger);

/// Smallest case first.
std::vector<const Bucket*> sorted_buckets(const Ledger& ledger);

struct Missing {
  std::vector<std::string> rules, paths;
  std::size_t all_paths = 0;  ///< that can be taken
};
Missing missing_of(const Coverage& coverage);

}  // namespace redoubt::campaign
