// Scheduler: which unit is done next. Time is divided between the four sources in proportion to their shares, measured
// in what their units took, earlier sessions included; within a source equally between its streams. A source with
// nothing left to do leaves its time to the others. It never hands a unit out twice.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "campaign/ledger.h"
#include "campaign/streams.h"

namespace redoubt::campaign {

/// By SourceKind; not negative. 0: the source is left out.
using Shares = std::array<double, kSources>;
inline constexpr Shares kDefaultShares = {40, 25, 25, 10};

struct Assignment {
  const Stream* stream = nullptr;
  std::uint64_t block = 0;
  std::shared_ptr<const Corpus> corpus;
  UnitId id() const { return {stream->name(), block}; }
};

/// Not thread-safe: it is used under the lock of the ledger.
class Scheduler {
 public:
  /// `max_units`: of each stream, those of this shard; 0: no limit.
  Scheduler(const std::vector<std::unique_ptr<Stream>>& streams, const Shares& shares, std::uint64_t shard,
            std::uint64_t shards, std::uint64_t max_units, Ledger& ledger);

  /// nullopt: all is done, or handed out, or waits for what is.
  std::optional<Assignment> next();
  /// A unit that was handed out was completed and is in the ledger, or given up.
  void returned(const Assignment& assignment);
  /// Nothing is left to be handed out, now or later.
  bool exhausted() const;

 private:
  struct Lane {
    const Stream* stream;
    std::uint64_t first, step, end;  ///< blocks first, first + step, … below end
    std::uint64_t from;              ///< blocks below are done or handed out
    std::uint64_t in_flight = 0;
  };

  std::uint64_t candidate(const Lane& lane) const;
  double time_of(const Lane& lane) const;

  std::vector<Lane> lanes_;
  Shares shares_;
  Ledger& ledger_;
};

}  // namespace redoubt::campaign
