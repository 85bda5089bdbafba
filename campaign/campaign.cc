#include "campaign/campaign.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <thread>

#include "campaign/files.h"
#include "campaign/worker.h"

namespace redoubt::campaign {

namespace {

namespace fs = std::filesystem;

std::string journal_path(const std::string& folder) { return folder + "/journal.jsonl"; }

/// Reads the records of a folder into a ledger.
tl::expected<void, std::string> read_records(const std::string& folder, Campaign& campaign) {
  auto state = read_journal(journal_path(folder), [&](std::string_view payload) {
    auto record = record_of(payload);
    return record && campaign.ledger.take(std::move(*record)) != Ledger::Taken::kUnusable;
  });
  if (!state) return tl::unexpected(state.error());
  campaign.journal = *state;
  if (state->damaged > 0) {
    campaign.notes.push_back(std::to_string(state->damaged) + " of the records in " + journal_path(folder) +
                             " cannot be read, the first in line " + std::to_string(state->first_damaged) +
                             "; what they stood for is done again.");
  }
  if (state->incomplete_bytes > 0) {
    campaign.notes.push_back("The last record in " + journal_path(folder) +
                             " was cut short; what it stood for is done again.");
  }
  return {};
}

/// Case files that say more than the records: what was found before records of it were lost.
std::vector<Found> orphans(const std::string& folder, Campaign& campaign) {
  std::vector<Found> found;
  std::error_code code;
  for (fs::directory_iterator at(folder + "/findings", code), end; !code && at != end; at.increment(code)) {
    if (at->path().extension() != ".toml") continue;
    const auto cases = harness::read_case_file(at->path().string());
    if (!cases) {
      campaign.notes.push_back("A case file cannot be read: " + cases.error().message + ".");
      continue;
    }
    for (harness::Case c : *cases) {
      if (c.engine.empty()) continue;
      Found one;
      one.unit.stream = "found-earlier";
      one.bucket = bucket_id(c);
      one.finding = std::move(c);
      one.finding.replay.clear();
      if (campaign.ledger.is_news(one)) found.push_back(std::move(one));
    }
  }
  if (!found.empty()) {
    campaign.notes.push_back(std::to_string(found.size()) + " case files in " + folder +
                             "/findings say more than the records; they are kept.");
  }
  return found;
}

/// The facts that a campaign's results depend on, as they are now.
tl::expected<std::shared_ptr<const StoredCases>, std::string> look_around(const harness::Catalogue& catalogue,
                                                                          Config& config) {
  auto stored = read_stored(config.corpora);
  if (!stored) return tl::unexpected(stored.error());
  config.panel = panel_of(config);
  config.catalogue = digest_of(catalogue);
  config.stored = stored->digest;
  return std::make_shared<const StoredCases>(std::move(*stored));
}

std::uint64_t pairs_of(const Ledger& ledger) {
  std::uint64_t total = 0;
  for (const auto& [name, sums] : ledger.streams()) total += sums.stats.pairs;
  return total;
}

double cpu_of(const Ledger& ledger) {
  double total = 0;
  for (const auto& [name, sums] : ledger.streams()) total += static_cast<double>(sums.stats.total_nanoseconds) * 1e-9;
  return total;
}

Progress progress_of(const Ledger& ledger) {
  Progress p;
  for (const auto& [name, sums] : ledger.streams()) {
    p.pairs += sums.stats.pairs;
    p.comparisons += sums.stats.comparisons();
    p.unexplained += sums.stats.unexplained();
  }
  const Coverage coverage = total_coverage(ledger);
  for (std::size_t k = 0; k < coverage.rules.size(); ++k) p.rules_missing += !coverage.rules.has(k);
  for (std::size_t k = 0; k < coverage.paths.size(); ++k) p.paths_missing += can_be_taken(k) && !coverage.paths.has(k);
  p.units = ledger.units();
  p.buckets = ledger.buckets().buckets().size();
  p.elapsed_s = ledger.elapsed_s();
  return p;
}

/// Begins or takes up: settings, lock taken.
tl::expected<std::shared_ptr<const StoredCases>, std::string> open(const CampaignSettings& settings,
                                                                   const harness::Catalogue& catalogue,
                                                                   Campaign& campaign) {
  const std::string& folder = settings.folder;
  auto config = load_config(folder);
  if (!config) return tl::unexpected(config.error());
  if (!*config) {
    std::error_code ignored;
    if (fs::exists(journal_path(folder), ignored)) {
      return tl::unexpected(folder + " holds a journal and no campaign.json; put that back, or use another folder.");
    }
    campaign.config = begin(settings.wishes);
    return look_around(catalogue, campaign.config);
  }
  if (auto refusal = refuse_change(**config, settings.wishes, folder)) return tl::unexpected(*refusal);
  campaign.config = std::move(**config);
  if (settings.wishes.corpora) campaign.config.corpora = *settings.wishes.corpora;  // the same cases may have moved
  Config now = campaign.config;
  auto stored = look_around(catalogue, now);
  if (!stored) return stored;
  if (auto refusal = refuse_merge(campaign.config, folder + " as it was begun", now, "this program now")) {
    return tl::unexpected("The campaign cannot go on: " + *refusal);
  }
  return stored;
}

}  // namespace

Coverage total_coverage(const Ledger& ledger) {
  Coverage total;
  for (const auto& [name, sums] : ledger.streams()) total.add(sums.coverage);
  return total;
}

std::string case_file(const std::string& folder, const harness::Case& finding) {
  return folder + "/findings/" + finding.name + ".toml";
}

std::optional<std::string> write_case_file(const std::string& folder, const std::string& program,
                                           harness::Case finding) {
  if (auto error = make_folder(folder + "/findings")) return error;
  const std::string path = case_file(folder, finding);
  finding.replay = program + " replay " + path;
  return write_whole(path, harness::write_cases({finding}));
}

tl::expected<Campaign, std::string> read_campaign(const std::string& folder) {
  auto config = load_config(folder);
  if (!config) return tl::unexpected(config.error());
  if (!*config) return tl::unexpected(folder + " holds no campaign.");
  Campaign campaign;
  campaign.config = std::move(**config);
  if (auto read = read_records(folder, campaign); !read) return tl::unexpected(read.error());
  for (Found& found : orphans(folder, campaign)) campaign.ledger.take(std::move(found));
  return campaign;
}

tl::expected<Campaign, std::string> run_campaign(const CampaignSettings& settings, const harness::Catalogue& catalogue,
                                                 const std::atomic<bool>& stop,
                                                 const std::function<void(const Progress&)>& progress) {
  const std::string& folder = settings.folder;
  if (auto error = make_folder(folder)) return tl::unexpected(*error);
  const auto lock = FolderLock::take(folder);
  if (!lock) return tl::unexpected(lock.error());
  Campaign campaign;
  auto stored = open(settings, catalogue, campaign);
  if (!stored) return tl::unexpected(stored.error());
  auto streams = make_streams(campaign.config, *stored);
  if (!streams) return tl::unexpected(streams.error());
  if (auto error = try_panels(campaign.config, *streams, catalogue)) return tl::unexpected(*error);
  if (auto error = save_config(folder, campaign.config)) return tl::unexpected(*error);
  if (auto read = read_records(folder, campaign); !read) return tl::unexpected(read.error());
  auto journal = Journal::open(journal_path(folder), campaign.journal.whole_bytes);
  if (!journal) return tl::unexpected(journal.error());

  const double before_s = campaign.ledger.elapsed_s(), cpu_before_s = cpu_of(campaign.ledger);
  const std::uint64_t pairs_before = pairs_of(campaign.ledger);
  campaign.jobs = settings.jobs != 0 ? settings.jobs : std::max(1u, std::thread::hardware_concurrency());
  campaign.shares = settings.shares;
  const std::vector<Found> lost = orphans(folder, campaign);
  Scheduler scheduler(*streams, settings.shares, campaign.config.shard, campaign.config.shards, settings.units,
                      campaign.ledger);
  const double left_s = settings.for_s > 0 ? settings.for_s - before_s : 0;
  const bool time_left = settings.for_s == 0 || left_s > 0;
  Work work{campaign.config, catalogue, folder, settings.program, campaign.ledger, *journal, scheduler, stop};
  work.keep(lost);
  if (time_left && !scheduler.exhausted()) {
    work.run(campaign.jobs, left_s, [&](const Ledger& ledger, double session_s) {
      Progress p = progress_of(ledger);
      p.session_s = session_s;
      p.elapsed_s = before_s + session_s;
      p.for_s = settings.for_s;
      p.session_pairs = p.pairs - pairs_before;
      progress(p);
    });
    campaign.session_s = work.session_s();
  }
  if (work.error()) return tl::unexpected(*work.error());
  campaign.session_pairs = pairs_of(campaign.ledger) - pairs_before;
  campaign.session_cpu_s = cpu_of(campaign.ledger) - cpu_before_s;
  campaign.interrupted = stop.load();
  campaign.out_of_time = !campaign.interrupted && !scheduler.exhausted();
  return campaign;
}

}  // namespace redoubt::campaign
