#include "campaign/merge.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "campaign/files.h"

namespace redoubt::campaign {

namespace {

namespace fs = std::filesystem;

/// All records of the folders by what they are about. Of two for one unit (the same work, done twice) the lesser text
/// counts, wherever it comes from; they differ in time taken at most.
class Union {
 public:
  /// Error: one sentence.
  std::optional<std::string> add(const std::string& folder) {
    const auto state =
        read_journal(folder + "/journal.jsonl", [&](std::string_view payload) { return add_record(payload); });
    if (!state) return state.error();
    if (state->damaged > 0) {
      notes_.push_back(std::to_string(state->damaged) + " of the records in " + folder +
                       "/journal.jsonl cannot be read.");
    }
    return std::nullopt;
  }

  /// A finding that is known from its case file alone.
  void add(const Found& found) { offer(found); }

  /// The records in an order that depends on nothing but them: cases before the units that count them.
  std::string journal() const {
    std::string text;
    for (const auto& [key, found] : found_) text += journal_line(to_payload(found));
    for (const auto& [key, example] : examples_) text += journal_line(to_payload(example));
    for (const auto& [id, payload] : units_) text += journal_line(payload);
    return text;
  }
  std::vector<std::string> notes_;

 private:
  void offer(const Found& found) {
    const auto [at, is_new] = found_.try_emplace(found.bucket, found);
    if (is_new) return;
    const bool before = stands_before(found.finding, at->second.finding);
    const bool same = !before && !stands_before(at->second.finding, found.finding);
    if (before || (same && found.unit < at->second.unit)) at->second = found;
  }

  bool add_record(std::string_view payload) {
    const auto record = record_of(payload);
    if (!record) return false;
    if (const auto* found = std::get_if<Found>(&*record)) offer(*found);
    if (const auto* example = std::get_if<Example>(&*record)) {
      const auto [at, is_new] = examples_.try_emplace(example->key, *example);
      if (!is_new && goes_before(example->entry, at->second.entry)) at->second = *example;
    }
    if (const auto* unit = std::get_if<UnitResult>(&*record)) {
      const auto [at, is_new] = units_.try_emplace(unit->id, payload);
      if (!is_new && payload < at->second) at->second = payload;
    }
    return true;  // sessions are the folders' own
  }

  std::map<BucketId, Found> found_;
  std::map<std::string, Example> examples_;
  std::map<UnitId, std::string> units_;
};

}  // namespace

tl::expected<Campaign, std::string> merge(const std::vector<std::string>& folders, const std::string& out,
                                          const std::string& program) {
  std::vector<std::string> all = folders;
  std::vector<Config> configs;
  if (auto error = make_folder(out)) return tl::unexpected(*error);
  const auto lock = FolderLock::take(out);
  if (!lock) return tl::unexpected(lock.error());
  const auto before = load_config(out);
  if (!before) return tl::unexpected(before.error());
  if (*before && !(*before)->merged) {
    return tl::unexpected(out + " holds a campaign of its own; give --out another folder, and this one to be merged.");
  }
  if (*before) all.push_back(out);
  Union records;
  for (const std::string& folder : all) {
    auto config = load_config(folder);
    if (!config) return tl::unexpected(config.error());
    if (!*config) return tl::unexpected(folder + " holds no campaign.");
    configs.push_back(std::move(**config));
    if (auto refusal = refuse_merge(configs.front(), all.front(), configs.back(), folder))
      return tl::unexpected(*refusal);
    if (auto error = records.add(folder)) return tl::unexpected(*error);
    // Findings that only their case files know.
    auto read = read_campaign(folder);
    if (!read) return tl::unexpected(read.error());
    for (const auto& [id, bucket] : read->ledger.buckets().buckets()) {
      if (bucket.count != 0) continue;
      Found found;
      found.unit.stream = "found-earlier";
      found.bucket = id;
      found.finding = bucket.smallest;
      records.add(found);
    }
  }
  Config merged = configs.front();
  merged.shard = 0;
  merged.shards = 1;
  merged.merged = true;
  merged.corpora.clear();
  for (const Config& config : configs) {
    for (const std::string& corpus : config.corpora) merged.corpora.push_back(corpus);
  }
  std::sort(merged.corpora.begin(), merged.corpora.end());
  merged.corpora.erase(std::unique(merged.corpora.begin(), merged.corpora.end()), merged.corpora.end());
  if (auto error = write_whole(out + "/journal.jsonl", records.journal())) return tl::unexpected(*error);
  if (auto error = save_config(out, merged)) return tl::unexpected(*error);
  auto result = read_campaign(out);
  if (!result) return result;
  for (const auto& [id, bucket] : result->ledger.buckets().buckets()) {
    if (auto error = write_case_file(out, program, bucket.smallest)) return tl::unexpected(*error);
  }
  result->notes.insert(result->notes.begin(), records.notes_.begin(), records.notes_.end());
  return result;
}

}  // namespace redoubt::campaign
