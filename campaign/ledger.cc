#include "campaign/ledger.h"

#include <algorithm>

namespace redoubt::campaign {

namespace {

/// Reasons come from engines and may hold numbers without end; so many of them are kept apart.
constexpr std::size_t kMaxReasons = 100;

void bound_reasons(harness::TrialStats& stats) {
  for (harness::EngineStats& e : stats.engines) {
    while (e.reasons.size() > kMaxReasons) {
      const auto last = std::prev(e.reasons.end());
      const std::uint64_t count = last->second;
      e.reasons.erase(last);
      e.reasons["(other reasons)"] += count;  // sorts before letters, and so stays
    }
  }
}

}  // namespace

bool DoneSet::has(std::uint64_t block) const { return block < done_.size() && done_[block]; }

bool DoneSet::add(std::uint64_t block) {
  if (has(block)) return false;
  if (block >= done_.size()) done_.resize(block + 1);
  done_[block] = true;
  ++count_;
  return true;
}

std::uint64_t DoneSet::next_missing(std::uint64_t first, std::uint64_t step, std::uint64_t from) const {
  std::uint64_t block = from <= first ? first : first + (from - first + step - 1) / step * step;
  while (has(block)) block += step;
  return block;
}

const DoneSet& Ledger::done(const std::string& stream) const {
  static const DoneSet kNone;
  const auto place = streams_.find(stream);
  return place == streams_.end() ? kNone : place->second.done;
}

bool Ledger::is_news(const Found& found) const {
  const auto place = buckets_.buckets().find(buckets_.place(found.bucket));
  return place == buckets_.buckets().end() || stands_before(found.finding, place->second.smallest);
}

bool Ledger::is_news(const Example& example) const {
  const auto place = examples_.find(example.key);
  return place == examples_.end() || goes_before(example.entry, place->second);
}

Ledger::Taken Ledger::take(Record record) {
  if (std::holds_alternative<Session>(record)) {
    ++sessions_;
    earlier_s_ += session_s_;
    session_s_ = 0;
    return Taken::kNew;
  }
  if (const auto* found = std::get_if<Found>(&record)) {
    return buckets_.offer(found->bucket, found->finding) ? Taken::kNew : Taken::kKnown;
  }
  if (auto* example = std::get_if<Example>(&record)) {
    if (!is_news(*example)) return Taken::kKnown;
    examples_[example->key] = std::move(example->entry);
    return Taken::kNew;
  }
  auto& unit = std::get<UnitResult>(record);
  session_s_ = std::max(session_s_, unit.elapsed_s);
  if (done(unit.id.stream).has(unit.id.block)) return Taken::kKnown;
  for (const auto& [id, count] : unit.buckets) {
    if (!buckets_.has(id)) return Taken::kUnusable;
  }
  StreamSums& sums = streams_[unit.id.stream];
  sums.done.add(unit.id.block);
  ++units_;
  for (const auto& [id, count] : unit.buckets) buckets_.count(id, count);
  // Examples are records of their own.
  for (auto& [key, entry] : unit.stats.accounted) entry = {entry.count, 0, {}, {}};
  sums.stats.add(unit.stats);
  bound_reasons(sums.stats);
  sums.coverage.add(unit.coverage);
  if (unit.id.stream.starts_with("guided/")) {
    lineages_[unit.id.stream].complete(unit.id.block, std::move(unit.discoveries));
  }
  return Taken::kNew;
}

std::uint64_t Ledger::unexplained() const {
  std::uint64_t total = 0;
  for (const auto& [name, sums] : streams_) total += sums.stats.unexplained();
  return total;
}

}  // namespace redoubt::campaign
