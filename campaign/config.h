// Config: what a campaign does, as far as its results depend on it; kept in its folder, so that it can be resumed and
// merged with its like only. How long it runs, on how many threads and how it divides its time may change.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "harness/known.h"
#include "syntax/match.h"

namespace redoubt::campaign {

/// The version of records and units that this build writes and reads.
inline constexpr int kFormat = 1;

/// What the user may say; what is not said is taken from the folder, or is a default.
struct Wishes {
  std::optional<std::vector<Semantics>> semantics;
  std::optional<std::vector<std::string>> engines;
  std::optional<std::string> alphabet;
  std::optional<std::uint32_t> max_nodes, max_len;
  std::optional<std::uint64_t> seed;
  std::optional<bool> isolate;
  std::optional<std::vector<std::string>> corpora;
  std::optional<std::pair<std::uint64_t, std::uint64_t>> shard;  ///< index, count
};

struct Config {
  std::vector<Semantics> semantics = {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst};
  std::vector<std::string> engines;  ///< empty: the default panel
  std::string alphabet = "ab";
  std::uint32_t max_nodes = 7;  ///< sweeps end there
  std::uint32_t max_len = 5;
  std::uint64_t seed = 1;
  bool isolate = false;
  std::vector<std::string> corpora;  ///< files and folders of stored cases
  std::uint64_t shard = 0, shards = 1;
  // What was found when the campaign began:
  std::string panel;      ///< engines with versions
  std::string catalogue;  ///< a digest of the catalogue of known divergences
  std::string stored;     ///< how many stored cases, and a digest of them
  bool merged = false;    ///< the folder was made by a merge
};

/// As it stands in campaign.json, key by key.
using ConfigText = std::map<std::string, std::string>;
ConfigText to_text(const Config& config);
tl::expected<Config, std::string> config_of(const ConfigText& text);

/// The engines of both panels with their versions; and the catalogue's digest.
std::string panel_of(const Config& config);
std::string digest_of(const harness::Catalogue& catalogue);

/// Fills in what the user said. Of a campaign that has begun nothing may change: error, one sentence.
Config begin(const Wishes& wishes);
std::optional<std::string> refuse_change(const Config& config, const Wishes& wishes, const std::string& folder);
/// Can results of the two be added up? One sentence, if not. Shards may differ, and where the corpora lie.
std::optional<std::string> refuse_merge(const Config& a, const std::string& folder_a, const Config& b,
                                        const std::string& folder_b);

/// campaign.json of a folder; nullopt: there is none.
tl::expected<std::optional<Config>, std::string> load_config(const std::string& folder);
std::optional<std::string> save_config(const std::string& folder, const Config& config);

}  // namespace redoubt::campaign
