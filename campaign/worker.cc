#include "campaign/worker.h"

#include <time.h>

#include <condition_variable>
#include <thread>

#include "campaign/campaign.h"
#include "campaign/watch.h"

namespace redoubt::campaign {

namespace {

std::uint64_t thread_cpu_nanoseconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(t.tv_nsec);
}

/// Of each engine, mode and kind, so many differences of a unit are classified and shrunk; the others are counted.
constexpr std::uint64_t kShrinkQuota = 6;

std::string panel_key(const Stream& stream) {
  std::string key(to_string(stream.semantics()));
  for (const std::string& name : stream.engines()) key += " " + name;
  return key;
}

harness::PanelSettings panel_settings(const Config& config, const Stream& stream) {
  harness::PanelSettings settings;
  settings.semantics = stream.semantics();
  settings.engines = stream.engines();
  settings.isolate = config.isolate;
  return settings;
}

}  // namespace

std::optional<std::string> try_panels(const Config& config, const std::vector<std::unique_ptr<Stream>>& streams,
                                      const harness::Catalogue& catalogue) {
  std::map<std::string, bool> tried;
  for (const auto& stream : streams) {
    if (!tried.emplace(panel_key(*stream), true).second) continue;
    const auto panel = harness::Panel::make(panel_settings(config, *stream), catalogue);
    if (!panel) return panel.error();
  }
  return std::nullopt;
}

double Work::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

/// The lock is held. The record is in the journal before it is in the ledger.
void Work::record(Record record, bool durable) {
  if (error_) return;
  if (auto error = journal_.append(to_payload(record), durable)) {
    error_ = std::move(error);
    failed_ = true;
    return;
  }
  ledger_.take(std::move(record));
}

void Work::found(Found found) {
  const std::lock_guard lock(mutex_);
  if (!ledger_.is_news(found)) return;
  const harness::Case finding = found.finding;
  record(std::move(found), true);
  if (error_) return;
  if (auto error = write_case_file(folder_, program_, finding)) {
    error_ = std::move(error);
    failed_ = true;
  }
}

void Work::keep(const std::vector<Found>& lost) {
  for (const Found& one : lost) {
    const std::lock_guard lock(mutex_);
    if (ledger_.is_news(one)) record(one, true);
  }
  for (const auto& [id, bucket] : ledger_.buckets().buckets()) {
    // A crash may have come between the record and the file.
    if (const auto file = harness::read_case_file(case_file(folder_, bucket.smallest));
        file && !file->empty() && !stands_before(bucket.smallest, file->front())) {
      continue;
    }
    if (auto error = write_case_file(folder_, program_, bucket.smallest)) error_ = std::move(error);
  }
}

harness::Panel* Work::panel_for(const Stream& stream, Panels& panels) {
  std::unique_ptr<harness::Panel>& place = panels[panel_key(stream)];
  if (place) return place.get();
  auto panel = harness::Panel::make(panel_settings(config_, stream), catalogue_);
  if (panel) {
    place = std::move(*panel);
  } else {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = panel.error();
    failed_ = true;
  }
  return place.get();
}

void Work::do_unit(const Assignment& assignment, harness::Panel& panel) {
  const std::uint64_t cpu_begin = thread_cpu_nanoseconds();
  const auto begin = std::chrono::steady_clock::now();
  UnitFindings findings([&](const BucketId& id, harness::Case finding) {
    found({assignment.id(), id, std::move(finding)});
  });
  harness::TrialSettings settings;
  settings.shrink_quota = kShrinkQuota;
  WatchedTrial trial(panel, settings, findings);
  UnitResult result;
  result.id = assignment.id();
  const std::function<bool()> abandoned = [&] {
    return stop_.load(std::memory_order_relaxed) || failed_.load(std::memory_order_relaxed);
  };
  UnitWork work{assignment.block, trial, assignment.corpus, result.discoveries, abandoned};
  assignment.stream->run(work);
  if (abandoned()) return;
  result.stats = std::move(trial.stats());
  result.stats.total_nanoseconds = thread_cpu_nanoseconds() - cpu_begin;
  result.stats.wall_nanoseconds = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begin).count());
  result.coverage = std::move(trial.coverage());
  result.buckets = findings.counts();
  hand_in(std::move(result));
}

void Work::hand_in(UnitResult result) {
  const std::lock_guard lock(mutex_);
  result.elapsed_s = seconds();
  for (const auto& [key, entry] : result.stats.accounted) {
    Example example{key, entry};
    if (ledger_.is_news(example)) record(std::move(example), false);
  }
  record(std::move(result), true);
}

void Work::thread(double limit_s) {
  Panels panels;  // of this thread, and gone with it: an isolated engine's worker belongs to the thread that uses it
  while (!stop_ && !failed_ && (limit_s == 0 || seconds() < limit_s)) {
    std::optional<Assignment> assignment;
    {
      const std::lock_guard lock(mutex_);
      assignment = scheduler_.next();
      if (!assignment && scheduler_.exhausted()) return;
    }
    if (!assignment) {  // a guided stream waits for units that others are at
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      continue;
    }
    if (harness::Panel* panel = panel_for(*assignment->stream, panels)) do_unit(*assignment, *panel);
    const std::lock_guard lock(mutex_);
    scheduler_.returned(*assignment);
  }
}

void Work::run(unsigned jobs, double limit_s, const std::function<void(const Ledger&, double session_s)>& tick) {
  began_ = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    record(Session{static_cast<std::uint64_t>(::time(nullptr)), jobs}, true);
  }
  std::mutex end_mutex;
  std::condition_variable ended;
  unsigned running = jobs;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < jobs; ++t) {
    threads.emplace_back([&] {
      thread(limit_s);
      const std::lock_guard lock(end_mutex);
      --running;
      ended.notify_one();
    });
  }
  std::unique_lock lock(end_mutex);
  while (!ended.wait_for(lock, std::chrono::milliseconds(200), [&] { return running == 0; })) {
    lock.unlock();
    {
      const std::lock_guard ledger_lock(mutex_);
      tick(ledger_, seconds());
    }
    lock.lock();
  }
  lock.unlock();
  for (std::thread& t : threads) t.join();
  session_s_ = seconds();
}

}  // namespace redoubt::campaign
