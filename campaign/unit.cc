#include "campaign/unit.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <tuple>

namespace redoubt::campaign {

using harness::EngineStats;
using harness::TrialStats;
using Json = nlohmann::json;

std::string to_string(const UnitId& id) { return id.stream + "#" + std::to_string(id.block); }

std::optional<UnitId> unit_id_of(std::string_view text) {
  const std::size_t hash = text.rfind('#');
  if (hash == std::string_view::npos || hash == 0) return std::nullopt;
  UnitId id{std::string(text.substr(0, hash)), 0};
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data() + hash + 1, end, id.block);
  if (error != std::errc() || at != end || id.block >= kMaxBlocks) return std::nullopt;
  return id;
}

bool goes_before(const harness::Accounted& a, const harness::Accounted& b) {
  return std::tie(a.size, a.example.pattern, a.example.haystack, a.example.provenance) <
         std::tie(b.size, b.example.pattern, b.example.haystack, b.example.provenance);
}

namespace {

/// The counts of an engine in the order in which a record lists them.
template <class Stats>
auto counts_of(Stats& e) {
  return std::array{&e.answers,           &e.agreed,         &e.accounted,          &e.unexplained,
                    &e.compared_captures, &e.compared_spans, &e.compared_existence, &e.not_asked,
                    &e.listed_ends,       &e.mode_runs,      &e.nanoseconds};
}

template <class Stats>
auto counts_of_trial(Stats& s) {
  return std::array{
      &s.patterns,         &s.pairs,           &s.unjudged,        &s.judge_nanoseconds, &s.total_nanoseconds,
      &s.wall_nanoseconds, &s.largest_pattern, &s.longest_haystack};
}

template <class Pointers>
Json list_of(const Pointers& pointers) {
  Json list = Json::array();
  for (const auto* pointer : pointers) list.push_back(*pointer);
  return list;
}

template <class Pointers>
void read_list(const Json& list, const Pointers& pointers) {
  if (list.size() != pointers.size()) throw std::out_of_range("counts");
  for (std::size_t k = 0; k < pointers.size(); ++k) *pointers[k] = list.at(k).get<std::uint64_t>();
}

std::string hex_of(const ChoiceString& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::uint8_t b : bytes) (text += kDigits[b >> 4]) += kDigits[b & 15];
  return text;
}

ChoiceString bytes_of(const std::string& text) {
  ChoiceString bytes;
  if (text.size() % 2 != 0) throw std::out_of_range("choices");
  for (std::size_t k = 0; k < text.size(); k += 2) {
    const auto [end, error] = std::from_chars(text.data() + k, text.data() + k + 2, bytes.emplace_back(), 16);
    if (error != std::errc() || end != text.data() + k + 2) throw std::out_of_range("choices");
  }
  return bytes;
}

/// A case travels as the text of a case file, which gives every byte back.
std::string text_of(const harness::Case& c) { return harness::write_cases({c}); }

harness::Case case_of(const std::string& text) {
  auto cases = harness::parse_cases(text, "record");
  if (!cases || cases->size() != 1) throw std::out_of_range("case");
  return std::move(cases->front());
}

UnitId id_of(const Json& json) {
  auto id = unit_id_of(json.at("unit").get<std::string>());
  if (!id) throw std::out_of_range("unit");
  return std::move(*id);
}

Json json_of(const Session& session) { return {{"type", "session"}, {"began", session.began}, {"jobs", session.jobs}}; }

Json json_of(const Found& found) {
  return {
      {"type", "found"}, {"unit", to_string(found.unit)}, {"bucket", found.bucket}, {"case", text_of(found.finding)}};
}

Json json_of(const Example& example) {
  return {{"type", "example"},
          {"key", example.key},
          {"size", example.entry.size},
          {"sentence", example.entry.sentence},
          {"case", text_of(example.entry.example)}};
}

Json json_of(const UnitResult& unit) {
  Json json = {{"type", "unit"},
               {"unit", to_string(unit.id)},
               {"elapsed", unit.elapsed_s},
               {"counts", list_of(counts_of_trial(unit.stats))},
               {"rules", unit.coverage.rules.to_text()},
               {"paths", unit.coverage.paths.to_text()}};
  for (const EngineStats& e : unit.stats.engines) {
    json["engines"].push_back({e.name, list_of(counts_of(e))});
    if (!e.reasons.empty()) json["reasons"][e.name] = e.reasons;
  }
  for (const auto& [key, entry] : unit.stats.accounted) json["accounted"][key] = entry.count;
  if (!unit.stats.not_shrunk.empty()) json["not_shrunk"] = unit.stats.not_shrunk;
  if (!unit.buckets.empty()) json["buckets"] = unit.buckets;
  for (const Discovery& d : unit.discoveries) json["guide"].push_back({hex_of(d.bytes), d.features});
  return json;
}

Found found_of(const Json& json) {
  Found found{id_of(json), json.at("bucket").get<std::string>(), case_of(json.at("case").get<std::string>())};
  if (!is_bucket_id(found.bucket)) throw std::out_of_range("bucket");
  return found;
}

UnitResult unit_of(const Json& json) {
  UnitResult unit;
  unit.id = id_of(json);
  unit.elapsed_s = json.at("elapsed").get<double>();
  read_list(json.at("counts"), counts_of_trial(unit.stats));
  if (!unit.coverage.rules.add_text(json.at("rules").get<std::string>()) ||
      !unit.coverage.paths.add_text(json.at("paths").get<std::string>())) {
    throw std::out_of_range("coverage");
  }
  const Json nothing = Json::object();
  const auto part = [&](const char* key) -> const Json& { return json.contains(key) ? json.at(key) : nothing; };
  for (const Json& engine : part("engines")) {
    EngineStats& e = unit.stats.engines.emplace_back();
    e.name = engine.at(0).get<std::string>();
    read_list(engine.at(1), counts_of(e));
    if (part("reasons").contains(e.name)) part("reasons").at(e.name).get_to(e.reasons);
  }
  for (const auto& [key, count] : part("accounted").items()) {
    unit.stats.accounted[key].count = count.get<std::uint64_t>();
  }
  part("not_shrunk").get_to(unit.stats.not_shrunk);
  part("buckets").get_to(unit.buckets);
  for (const auto& [id, count] : unit.buckets) {
    if (!is_bucket_id(id)) throw std::out_of_range("bucket");
  }
  for (const Json& entry : part("guide")) {
    unit.discoveries.push_back({bytes_of(entry.at(0).get<std::string>()), entry.at(1).get<std::vector<Feature>>()});
  }
  return unit;
}

Record read_record(const Json& json) {
  const std::string type = json.at("type").get<std::string>();
  if (type == "session") return Session{json.at("began").get<std::uint64_t>(), json.at("jobs").get<unsigned>()};
  if (type == "found") return found_of(json);
  if (type == "unit") return unit_of(json);
  if (type != "example") throw std::out_of_range("type");
  Example example;
  example.key = json.at("key").get<std::string>();
  example.entry.size = json.at("size").get<std::uint64_t>();
  example.entry.sentence = json.at("sentence").get<std::string>();
  example.entry.example = case_of(json.at("case").get<std::string>());
  return example;
}

}  // namespace

std::string to_payload(const Record& record) {
  const Json json = std::visit([](const auto& r) { return json_of(r); }, record);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Record> record_of(std::string_view payload) {
  try {
    return read_record(Json::parse(payload));
  } catch (const std::exception&) {  // what the library throws of a record that is none stops here
    return std::nullopt;
  }
}

}  // namespace redoubt::campaign
