#include "campaign/scheduler.h"

#include <algorithm>

namespace redoubt::campaign {

Scheduler::Scheduler(const std::vector<std::unique_ptr<Stream>>& streams, const Shares& shares, std::uint64_t shard,
                     std::uint64_t shards, std::uint64_t max_units, Ledger& ledger)
    : shares_(shares), ledger_(ledger) {
  for (const auto& stream : streams) {
    if (shares_[static_cast<std::size_t>(stream->kind())] <= 0) continue;
    const bool own = stream->kind() == SourceKind::kGuided;  // its units are this shard's alone
    Lane lane{stream.get(), own ? 0 : shard, own ? 1 : shards, stream->blocks(), 0};
    if (max_units != 0 && lane.first < lane.end) {
      lane.end = (lane.end - lane.first - 1) / lane.step < max_units ? lane.end : lane.first + max_units * lane.step;
    }
    lanes_.push_back(lane);
  }
}

std::uint64_t Scheduler::candidate(const Lane& lane) const {
  return ledger_.done(lane.stream->name()).next_missing(lane.first, lane.step, lane.from);
}

double Scheduler::time_of(const Lane& lane) const {
  const auto place = ledger_.streams().find(lane.stream->name());
  if (place == ledger_.streams().end()) return static_cast<double>(lane.in_flight);
  const double seconds = static_cast<double>(place->second.stats.wall_nanoseconds) * 1e-9;
  const auto units = static_cast<double>(std::max<std::uint64_t>(1, place->second.done.count()));
  return seconds + static_cast<double>(lane.in_flight) * seconds / units;
}

std::optional<Assignment> Scheduler::next() {
  std::array<double, kSources> spent{};
  std::array<Lane*, kSources> best{};
  std::array<double, kSources> best_time{};
  for (Lane& lane : lanes_) {
    const auto source = static_cast<std::size_t>(lane.stream->kind());
    const double time = time_of(lane);
    spent[source] += time;
    const std::uint64_t block = candidate(lane);
    if (block >= lane.end) continue;
    if (lane.stream->kind() == SourceKind::kGuided && !ledger_.lineage(lane.stream->name()).ready(block)) continue;
    if (best[source] && best_time[source] <= time) continue;
    best[source] = &lane;
    best_time[source] = time;
  }
  std::size_t chosen = kSources;
  for (std::size_t s = 0; s < kSources; ++s) {
    if (best[s] && (chosen == kSources || spent[s] / shares_[s] < spent[chosen] / shares_[chosen])) chosen = s;
  }
  if (chosen == kSources) return std::nullopt;
  Lane& lane = *best[chosen];
  Assignment assignment{lane.stream, candidate(lane), nullptr};
  if (lane.stream->kind() == SourceKind::kGuided) {
    assignment.corpus = ledger_.lineage(lane.stream->name()).corpus_for(assignment.block);
  }
  lane.from = assignment.block + 1;
  ++lane.in_flight;
  return assignment;
}

void Scheduler::returned(const Assignment& assignment) {
  for (Lane& lane : lanes_) {
    if (lane.stream == assignment.stream) --lane.in_flight;
  }
}

bool Scheduler::exhausted() const {
  return std::all_of(lanes_.begin(), lanes_.end(), [&](const Lane& lane) { return candidate(lane) >= lane.end; });
}

}  // namespace redoubt::campaign
