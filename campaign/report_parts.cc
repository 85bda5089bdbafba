#include "campaign/report_parts.h"

#include <algorithm>

namespace redoubt::campaign {

SourceSums source_sums(const Ledger& ledger) {
  SourceSums sums;
  for (const auto& [name, stream] : ledger.streams()) {
    for (std::size_t k = 0; k < kSources; ++k) {
      if (!name.starts_with(std::string(to_string(static_cast<SourceKind>(k))) + "/")) continue;
      sums[k].stats.add(stream.stats);
      sums[k].units += stream.done.count();
    }
  }
  return sums;
}

harness::TrialStats total_stats(const Ledger& ledger) {
  harness::TrialStats total;
  for (const auto& [name, stream] : ledger.streams()) total.add(stream.stats);
  return total;
}

std::vector<const Bucket*> sorted_buckets(const Ledger& ledger) {
  std::vector<const Bucket*> buckets;
  for (const auto& [id, bucket] : ledger.buckets().buckets()) buckets.push_back(&bucket);
  std::sort(buckets.begin(), buckets.end(), [](const Bucket* a, const Bucket* b) {
    if (stands_before(a->smallest, b->smallest)) return true;
    return !stands_before(b->smallest, a->smallest) && a->smallest.name < b->smallest.name;
  });
  return buckets;
}

Missing missing_of(const Coverage& coverage) {
  Missing missing;
  for (std::size_t k = 0; k < grammar_rules().size(); ++k) {
    if (!coverage.rules.has(k)) missing.rules.push_back(grammar_rules()[k]);
  }
  for (std::size_t k = 0; k < engine_paths().size(); ++k) {
    if (!can_be_taken(k)) continue;
    ++missing.all_paths;
    if (!coverage.paths.has(k)) missing.paths.push_back(engine_paths()[k]);
  }
  return missing;
}

}  // namespace redoubt::campaign
