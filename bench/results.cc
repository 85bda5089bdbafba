#include "bench/results.h"

#include <unistd.h>

#include <ctime>
#include <nlohmann/json.hpp>

namespace redoubt::bench {

namespace {

using Json = nlohmann::ordered_json;

std::string now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

Json one(const Row& row, const Cell& cell) {
  const std::string name = row.title() + "/" + cell.engine->info.name;
  Json json{{"name", name},
            {"run_name", name},
            {"run_type", "iteration"},
            {"repetitions", cell.pass_ns.size()},
            {"repetition_index", 0},
            {"threads", 1},
            {"row_group", row.group},
            {"row", row.name},
            {"engine", cell.engine->info.name}};
  if (!cell.probe.error.empty()) {
    json["error_occurred"] = true;
    json["error_message"] = cell.probe.error;
    return json;
  }
  const Work work(row.mode, row.text().substr(0, cell.probe.bytes));
  const double seconds = cell.min_ns() * 1e-9;
  json["iterations"] = cell.passes;
  json["real_time"] = cell.min_ns();
  json["cpu_time"] = cell.min_ns();
  json["time_unit"] = "ns";
  if (row.mode != Mode::kCompile) json["bytes_per_second"] = static_cast<double>(cell.probe.bytes) / seconds;
  json["items_per_second"] = static_cast<double>(items(row, work)) / seconds;
  json["median_ns"] = cell.median_ns();
  json["items"] = items(row, work);
  json["bytes"] = cell.probe.bytes;
  json["matches"] = cell.probe.answer.matches;
  json["peak_bytes"] = cell.probe.peak_bytes;
  json["spans_agree"] = cell.spans_agree ? 1 : 0;
  json["groups_agree"] = cell.groups_agree ? 1 : 0;
  if (row.threads > 0) json["slope_threads"] = row.threads;
  return json;
}

}  // namespace

struct Results::Document {
  Json json;
};

Results::Results(const std::vector<Engine>& engines, const Settings& settings)
    : document_(std::make_unique<Document>()) {
  Json list = Json::array();
  for (const Engine& e : engines) {
    list.push_back({{"name", e.info.name},
                    {"what", e.info.what},
                    {"semantics", to_string(e.info.semantics)},
                    {"groups_claimed", e.info.groups_claimed},
                    {"outside", e.info.outside},
                    {"unavailable", e.unavailable}});
  }
  document_->json["context"] = {{"date", now()},
                                {"executable", "peers_bench"},
                                {"num_cpus", sysconf(_SC_NPROCESSORS_ONLN)},
                                {"caches", Json::array()},
                                {"library_build_type", "release"},
                                {"quick", settings.quick},
                                {"engines", std::move(list)}};
  document_->json["benchmarks"] = Json::array();
}

Results::~Results() = default;

void Results::add(const Row& row, const std::vector<Cell>& cells) {
  for (const Cell& cell : cells) document_->json["benchmarks"].push_back(one(row, cell));
}

std::string Results::text() const { return document_->json.dump(1) + "\n"; }

}  // namespace redoubt::bench
