#include "campaign/config.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "campaign/files.h"
#include "harness/case_text.h"
#include "harness/panel.h"

namespace redoubt::campaign {

namespace {

/// Of those keys a merge takes different values.
bool may_differ(const std::string& key) { return key == "shard" || key == "corpora" || key == "merged"; }

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) text += (text.empty() ? "" : "\n") + one;
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> list;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    list.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return list;
}

std::string semantics_text(const std::vector<Semantics>& semantics) {
  return semantics.size() == 1 ? std::string(to_string(semantics[0])) : "both";
}

bool read_number(const std::string& text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

/// As a person reads it: lists with commas, nothing as "nothing".
std::string shown(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ',');
  return text.empty() ? "the default" : text;
}

std::string named(const std::string& key) {
  if (key == "panel") return "the engines";
  if (key == "catalogue") return "the catalogue of known divergences";
  if (key == "stored") return "the stored cases";
  if (key == "format") return "the format";
  if (key == "max_nodes") return "--max-nodes";
  if (key == "max_len") return "--max-len";
  return "--" + (key == "corpora" ? std::string("corpus") : key);
}

void apply(const Wishes& wishes, Config& config) {
  if (wishes.semantics) config.semantics = *wishes.semantics;
  if (wishes.engines) config.engines = *wishes.engines;
  if (wishes.alphabet) config.alphabet = *wishes.alphabet;
  if (wishes.max_nodes) config.max_nodes = *wishes.max_nodes;
  if (wishes.max_len) config.max_len = *wishes.max_len;
  if (wishes.seed) config.seed = *wishes.seed;
  if (wishes.isolate) config.isolate = *wishes.isolate;
  if (wishes.corpora) config.corpora = *wishes.corpora;
  if (wishes.shard) std::tie(config.shard, config.shards) = *wishes.shard;
}

}  // namespace

ConfigText to_text(const Config& config) {
  return {{"format", std::to_string(kFormat)},
          {"semantics", semantics_text(config.semantics)},
          {"engines", joined(config.engines)},
          {"alphabet", harness::to_escaped(config.alphabet)},
          {"max_nodes", std::to_string(config.max_nodes)},
          {"max_len", std::to_string(config.max_len)},
          {"seed", std::to_string(config.seed)},
          {"isolate", config.isolate ? "yes" : "no"},
          {"corpora", joined(config.corpora)},
          {"shard", std::to_string(config.shard) + "/" + std::to_string(config.shards)},
          {"panel", config.panel},
          {"catalogue", config.catalogue},
          {"stored", config.stored},
          {"merged", config.merged ? "yes" : "no"}};
}

tl::expected<Config, std::string> config_of(const ConfigText& text) {
  const auto value = [&](const char* key) {
    const auto place = text.find(key);
    return place == text.end() ? std::string() : place->second;
  };
  Config config;
  std::uint64_t nodes = 0, length = 0;
  const auto bad = [](const char* key) {
    return tl::unexpected("has no proper value for \"" + std::string(key) + "\"");
  };
  if (value("format") != std::to_string(kFormat)) {
    return tl::unexpected("has the format " + shown(value("format")) + ", and this program reads " +
                          std::to_string(kFormat));
  }
  const std::string semantics = value("semantics");
  if (semantics == "posix")
    config.semantics = {Semantics::kLeftmostLongest};
  else if (semantics == "perl")
    config.semantics = {Semantics::kLeftmostFirst};
  else if (semantics != "both")
    return bad("semantics");
  std::string problem;
  const auto alphabet = harness::from_escaped(value("alphabet"), problem);
  if (!alphabet) return bad("alphabet");
  config.alphabet = *alphabet;
  if (!read_number(value("max_nodes"), nodes) || nodes > 100) return bad("max_nodes");
  if (!read_number(value("max_len"), length) || length > 100) return bad("max_len");
  config.max_nodes = static_cast<std::uint32_t>(nodes);
  config.max_len = static_cast<std::uint32_t>(length);
  if (!read_number(value("seed"), config.seed)) return bad("seed");
  const std::string shard = value("shard");
  const std::size_t slash = shard.find('/');
  if (slash == std::string::npos || !read_number(shard.substr(0, slash), config.shard) ||
      !read_number(shard.substr(slash + 1), config.shards) || config.shard >= config.shards) {
    return bad("shard");
  }
  config.engines = split(value("engines"));
  config.corpora = split(value("corpora"));
  config.isolate = value("isolate") == "yes";
  config.merged = value("merged") == "yes";
  config.panel = value("panel");
  config.catalogue = value("catalogue");
  config.stored = value("stored");
  return config;
}

std::string panel_of(const Config& config) {
  std::string text;
  for (Semantics semantics : config.semantics) {
    text += (text.empty() ? "" : "; ") + std::string(to_string(semantics)) + ":";
    for (const std::string& name : config.engines.empty() ? harness::default_engines(semantics) : config.engines) {
      const oracles::EngineEntry* entry = oracles::find_engine(name);
      text += " " + name + (entry ? " " + entry->info.version : "") + ",";
    }
    if (text.ends_with(',')) text.pop_back();
  }
  return text;
}

std::string digest_of(const harness::Catalogue& catalogue) {
  std::string text;
  for (const harness::Known& known : catalogue.entries()) {
    text += known.id + '\n' + joined(known.engines) + '\n' + known.versions + '\n' + known.variant + '\n' +
            known.predicate + '\n' + std::string(to_string(known.semantics)) + '\n' +
            (known.kind ? std::string(harness::to_string(*known.kind)) : "") + '\n';
  }
  return std::to_string(catalogue.entries().size()) + " entries, " + to_hex(hash_of(text));
}

Config begin(const Wishes& wishes) {
  Config config;
  apply(wishes, config);
  return config;
}

std::optional<std::string> refuse_change(const Config& config, const Wishes& wishes, const std::string& folder) {
  Config wished = config;
  apply(wishes, wished);
  const ConfigText was = to_text(config), is = to_text(wished);
  for (const auto& [key, value] : was) {
    if (is.at(key) == value || key == "corpora") continue;  // the cases count, not where they lie
    return "The campaign in " + folder + " was begun with " + named(key) + " " + shown(value) + ", and this says " +
           shown(is.at(key)) + "; go on with the same, or begin another one in another folder.";
  }
  return std::nullopt;
}

std::optional<std::string> refuse_merge(const Config& a, const std::string& folder_a, const Config& b,
                                        const std::string& folder_b) {
  const ConfigText one = to_text(a), two = to_text(b);
  for (const auto& [key, value] : one) {
    if (may_differ(key) || two.at(key) == value) continue;
    return "Campaigns that differ in " + named(key) + " cannot be merged: " + folder_a + " has " + shown(value) + ", " +
           folder_b + " has " + shown(two.at(key)) + ".";
  }
  return std::nullopt;
}

tl::expected<std::optional<Config>, std::string> load_config(const std::string& folder) {
  const std::string path = folder + "/campaign.json";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  auto text = read_whole(path);
  if (!text) return tl::unexpected(text.error());
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  ConfigText entries;
  bool good = json.is_object();
  if (good) {
    for (const auto& [key, value] : json.items()) {
      good = good && value.is_string();
      if (value.is_string()) entries[key] = value.get<std::string>();
    }
  }
  if (!good) {
    return tl::unexpected(path +
                          " is damaged; put back a copy of it, or begin in another folder (what was found so far " +
                          "lies in " + folder + "/findings).");
  }
  auto config = config_of(entries);
  if (!config) return tl::unexpected(path + " " + config.error() + ".");
  return std::optional<Config>(std::move(*config));
}

std::optional<std::string> save_config(const std::string& folder, const Config& config) {
  const nlohmann::ordered_json json(to_text(config));
  return write_whole(folder + "/campaign.json",
                     json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

}  // namespace redoubt::campaign
