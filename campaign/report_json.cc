#include <algorithm>
#include <nlohmann/json.hpp>

#include "campaign/report.h"
#include "campaign/report_parts.h"

namespace redoubt::campaign {

using harness::EngineStats;
using harness::TrialStats;
using Json = nlohmann::ordered_json;

namespace {

Json counts_of(const TrialStats& stats) {
  return {{"regexes", stats.patterns},
          {"pairs", stats.pairs},
          {"comparisons", stats.comparisons()},
          {"unjudged", stats.unjudged},
          {"unexplained", stats.unexplained()}};
}

Json engines_of(const TrialStats& stats) {
  Json engines = Json::object();
  std::vector<const EngineStats*> by_name;
  for (const EngineStats& e : stats.engines) by_name.push_back(&e);
  std::sort(by_name.begin(), by_name.end(), [](auto* a, auto* b) { return a->name < b->name; });
  for (const EngineStats* e : by_name) {
    engines[e->name] = {{"answers", e->answers},
                        {"agreed", e->agreed},
                        {"accounted", e->accounted},
                        {"unexplained", e->unexplained},
                        {"compared_captures", e->compared_captures},
                        {"compared_spans", e->compared_spans},
                        {"compared_existence", e->compared_existence},
                        {"not_asked", e->not_asked},
                        {"mode_runs", e->mode_runs},
                        {"why_not_asked", e->reasons}};
  }
  return engines;
}

Json bucket_of(const Bucket& bucket, const std::string& folder, const std::string& program) {
  const std::string file = case_file(folder, bucket.smallest);
  return {{"engine", bucket.smallest.engine},
          {"kind", bucket.smallest.kind},
          {"cause", bucket.smallest.cause},
          {"count", bucket.count},
          {"complete", bucket.count > 0},
          {"case", Json::parse(harness::to_json_line(bucket.smallest), nullptr, false)},
          {"file", file},
          {"replay", program + " replay " + file}};
}

}  // namespace

std::string report_json(const Campaign& campaign, const std::string& folder, const std::string& program) {
  const Ledger& ledger = campaign.ledger;
  const TrialStats stats = total_stats(ledger);
  Json json = {{"format", kFormat}, {"config", to_text(campaign.config)}, {"units", ledger.units()}};
  json["total"] = counts_of(stats);
  const SourceSums sums = source_sums(ledger);
  for (std::size_t k = 0; k < kSources; ++k) {
    const std::string name(to_string(static_cast<SourceKind>(k)));
    json["sources"][name] = counts_of(sums[k].stats);
    json["sources"][name]["units"] = sums[k].units;
    json["timing"]["sources"][name] = {{"share", campaign.shares[k]},
                                       {"wall_s", static_cast<double>(sums[k].stats.wall_nanoseconds) * 1e-9},
                                       {"cpu_s", static_cast<double>(sums[k].stats.total_nanoseconds) * 1e-9}};
  }
  for (const auto& [name, stream] : ledger.streams()) {
    json["streams"][name] = counts_of(stream.stats);
    json["streams"][name]["units"] = stream.done.count();
  }
  json["engines"] = engines_of(stats);
  json["accounted"] = Json::object();
  for (const auto& [key, entry] : stats.accounted) {
    Json& place = json["accounted"][key];
    place["count"] = entry.count;
    const auto example = ledger.examples().find(key);
    if (example == ledger.examples().end()) continue;
    place["sentence"] = example->second.sentence;
    place["example"] = Json::parse(harness::to_json_line(example->second.example), nullptr, false);
  }
  json["not_shrunk"] = stats.not_shrunk;
  json["buckets"] = Json::array();
  for (const Bucket* bucket : sorted_buckets(ledger)) json["buckets"].push_back(bucket_of(*bucket, folder, program));
  const Missing missing = missing_of(total_coverage(ledger));
  json["coverage"] = {{"grammar_rules", grammar_rules().size()},
                      {"rules_never_fired", missing.rules},
                      {"engine_paths", missing.all_paths},
                      {"paths_never_taken", missing.paths}};
  json["timing"]["sessions"] = ledger.sessions();
  json["timing"]["elapsed_s"] = ledger.elapsed_s();
  json["timing"]["session_s"] = campaign.session_s;
  json["timing"]["notes"] = campaign.notes;
  json["timing"]["interrupted"] = campaign.interrupted;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace redoubt::campaign
