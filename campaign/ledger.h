// Ledger: what a campaign has come to, as the sum of its records. The same whether the records were just made or are
// read back, and in whatever order they come; a unit counts once, however often it is recorded.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "campaign/unit.h"

namespace redoubt::campaign {

/// Which units of a stream are complete: a bit each.
class DoneSet {
 public:
  bool has(std::uint64_t block) const;
  /// False: it was there.
  bool add(std::uint64_t block);
  std::uint64_t count() const { return count_; }
  /// The lowest block >= from of the form first + k * step that is missing.
  std::uint64_t next_missing(std::uint64_t first, std::uint64_t step, std::uint64_t from) const;

 private:
  std::vector<bool> done_;
  std::uint64_t count_ = 0;
};

struct StreamSums {
  DoneSet done;
  harness::TrialStats stats;
  Coverage coverage;
};

class Ledger {
 public:
  enum class Taken { kNew, kKnown, kUnusable };

  /// Unusable: a unit with a bucket of which no case was recorded (its record was damaged); the unit has to be done
  /// again. Known: a unit that counts already, a finding or an example that is no smaller than the one there.
  Taken take(Record record);
  /// Whether take() would change anything but a count: what need not be written need not be.
  bool is_news(const Found& found) const;
  bool is_news(const Example& example) const;

  const std::map<std::string, StreamSums>& streams() const { return streams_; }
  const DoneSet& done(const std::string& stream) const;
  const BucketTable& buckets() const { return buckets_; }
  const std::map<std::string, harness::Accounted>& examples() const { return examples_; }
  Lineage& lineage(const std::string& stream) { return lineages_[stream]; }
  const std::map<std::string, Lineage>& lineages() const { return lineages_; }
  std::uint64_t sessions() const { return sessions_; }
  /// Seconds of all sessions, each up to its last record.
  double elapsed_s() const { return earlier_s_ + session_s_; }
  std::uint64_t units() const { return units_; }
  std::uint64_t unexplained() const;

 private:
  std::map<std::string, StreamSums> streams_;
  BucketTable buckets_;
  std::map<std::string, harness::Accounted> examples_;
  std::map<std::string, Lineage> lineages_;
  std::uint64_t sessions_ = 0, units_ = 0;
  double earlier_s_ = 0, session_s_ = 0;
};

}  // namespace redoubt::campaign
