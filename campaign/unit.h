// Units: the pieces in which a campaign is done. A unit is block number `block` of a stream (one source under one
// semantics and encoding); what it does depends on the configuration and its id alone, and what came of it becomes
// durable in one record, or not at all.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "campaign/buckets.h"
#include "campaign/coverage.h"
#include "campaign/guide.h"
#include "harness/trial.h"

namespace redoubt::campaign {

/// More units than any stream will come to: bounds what a record can ask for.
inline constexpr std::uint64_t kMaxBlocks = std::uint64_t{1} << 30;

struct UnitId {
  std::string stream;  ///< "enumeration/sweep/posix", "guided/utf8/perl/0of1", …
  std::uint64_t block = 0;
  friend auto operator<=>(const UnitId&, const UnitId&) = default;
};
/// "STREAM#BLOCK"
std::string to_string(const UnitId& id);
std::optional<UnitId> unit_id_of(std::string_view text);

/// What came of a completed unit. Examples of accounted differences are records of their own (Example).
struct UnitResult {
  UnitId id;
  harness::TrialStats stats;
  Coverage coverage;
  std::map<BucketId, std::uint64_t> buckets;  ///< unexplained differences that were shrunk
  std::vector<Discovery> discoveries;         ///< guided streams
  double elapsed_s = 0;                       ///< since the session began
};

/// A run of the program on the folder.
struct Session {
  std::uint64_t began = 0;  ///< seconds since 1970
  unsigned jobs = 0;
};

/// A finding, written as soon as it is there; `unit` may never be completed.
struct Found {
  UnitId unit;
  BucketId bucket;
  harness::Case finding;
};

/// The smallest case so far of a difference that the catalogue accounts for.
struct Example {
  std::string key;  ///< as in TrialStats::accounted
  harness::Accounted entry;
};

using Record = std::variant<Session, Found, Example, UnitResult>;

/// One line of JSON.
std::string to_payload(const Record& record);
/// nullopt: it is no such record. Never throws.
std::optional<Record> record_of(std::string_view payload);

/// Does an example go before another of its key? A total order, so that it does not matter which came first.
bool goes_before(const harness::Accounted& a, const harness::Accounted& b);

}  // namespace redoubt::campaign
