// How counts of threads and runs add up.
#include <algorithm>

#include "harness/trial.h"

namespace redoubt::harness {

void EngineStats::add(const EngineStats& other) {
  answers += other.answers;
  agreed += other.agreed;
  accounted += other.accounted;
  unexplained += other.unexplained;
  compared_captures += other.compared_captures;
  compared_spans += other.compared_spans;
  compared_existence += other.compared_existence;
  not_asked += other.not_asked;
  listed_ends += other.listed_ends;
  mode_runs += other.mode_runs;
  nanoseconds += other.nanoseconds;
  for (const auto& [reason, count] : other.reasons) reasons[reason] += count;
}

void TrialStats::add(const TrialStats& other) {
  patterns += other.patterns;
  pairs += other.pairs;
  unjudged += other.unjudged;
  judge_nanoseconds += other.judge_nanoseconds;
  total_nanoseconds += other.total_nanoseconds;
  wall_nanoseconds += other.wall_nanoseconds;
  largest_pattern = std::max(largest_pattern, other.largest_pattern);
  longest_haystack = std::max(longest_haystack, other.longest_haystack);
  for (const EngineStats& engine : other.engines) {
    auto place = std::find_if(engines.begin(), engines.end(), [&](const auto& e) { return e.name == engine.name; });
    if (place == engines.end()) {
      engines.push_back(engine);
    } else {
      place->add(engine);
    }
  }
  for (const auto& [key, entry] : other.accounted) {
    Accounted& mine = accounted[key];
    const std::uint64_t count = mine.count + entry.count;
    // Ties go to the lower pattern text, so that the example does not depend on which thread saw it.
    if (mine.count == 0 || entry.size < mine.size ||
        (entry.size == mine.size &&
         entry.example.pattern + entry.example.haystack < mine.example.pattern + mine.example.haystack)) {
      mine = entry;
    }
    mine.count = count;
  }
  for (const auto& [key, count] : other.not_shrunk) not_shrunk[key] += count;
}

std::uint64_t TrialStats::comparisons() const {
  std::uint64_t total = 0;
  for (const EngineStats& e : engines) {
    total += e.compared_captures + e.compared_spans + e.compared_existence + e.mode_runs;
  }
  return total;
}

std::uint64_t TrialStats::unexplained() const {
  std::uint64_t total = 0;
  for (const EngineStats& e : engines) total += e.unexplained;
  return total;
}

}  // namespace redoubt::harness
