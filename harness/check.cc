#include "harness/check.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <thread>

#include "harness/sources.h"

namespace redoubt::harness {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

std::uint64_t thread_cpu_nanoseconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(t.tv_nsec);
}

/// One phase at work: items are handed out in chunks, in order.
class Run {
 public:
  Run(const CheckSettings& settings, const Catalogue& catalogue, const Phase& phase, Findings& findings,
      const std::function<bool()>& stopped)
      : settings_(settings), catalogue_(catalogue), phase_(phase), findings_(findings), stopped_(stopped) {
    const std::uint64_t items = phase.source->items();
    mine_ = items / settings.shards + (items % settings.shards > settings.shard ? 1 : 0);
    chunk_ = std::clamp<std::uint64_t>(mine_ / 512, 1, 64);
  }

  std::uint64_t planned() const { return mine_; }
  std::uint64_t done() const { return done_.load(std::memory_order_relaxed); }

  /// The work of one thread, with a panel of its own.
  TrialStats work(Panel& panel) {
    const std::uint64_t begin = thread_cpu_nanoseconds();
    const Clock::time_point wall_begin = Clock::now();
    TrialSettings trial_settings;
    trial_settings.modes = settings_.modes;
    trial_settings.mode_nodes = settings_.mode_nodes;
    Trial trial(panel, trial_settings, findings_);
    while (!stopped_() && !findings_.error()) {
      const std::uint64_t from = next_.fetch_add(chunk_);
      if (from >= mine_) break;
      const std::uint64_t to = std::min(from + chunk_, mine_);
      for (std::uint64_t k = from; k < to; ++k) phase_.source->run(k * settings_.shards + settings_.shard, trial);
      done_.fetch_add(to - from);
    }
    trial.stats().total_nanoseconds = thread_cpu_nanoseconds() - begin;
    trial.stats().wall_nanoseconds = static_cast<std::uint64_t>(seconds_since(wall_begin) * 1e9);
    return std::move(trial.stats());
  }

  tl::expected<std::unique_ptr<Panel>, std::string> make_panel() const {
    PanelSettings panel;
    panel.semantics = phase_.semantics;
    panel.engines = phase_.engines;
    panel.isolate = settings_.isolate;
    return Panel::make(panel, catalogue_);
  }

 private:
  const CheckSettings& settings_;
  const Catalogue& catalogue_;
  const Phase& phase_;
  Findings& findings_;
  const std::function<bool()>& stopped_;
  std::uint64_t mine_ = 0, chunk_ = 1;
  std::atomic<std::uint64_t> next_{0}, done_{0};
};

/// Runs a phase on `jobs` threads; calls `tick` a few times a second meanwhile.
tl::expected<TrialStats, std::string> run_threads(Run& run, unsigned jobs, const std::function<void()>& tick) {
  // Panels are made first: an engine that cannot sit is an error before any work.
  std::vector<std::unique_ptr<Panel>> panels;
  for (unsigned t = 0; t < jobs; ++t) {
    auto panel = run.make_panel();
    if (!panel) return tl::unexpected(panel.error());
    panels.push_back(std::move(*panel));
  }
  std::mutex mutex;
  std::condition_variable finished;
  unsigned running = jobs;
  TrialStats total;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < jobs; ++t) {
    threads.emplace_back([&, t] {
      const TrialStats stats = run.work(*panels[t]);
      panels[t].reset();  // an isolated engine's worker belongs to the thread that used it
      const std::lock_guard lock(mutex);
      total.add(stats);
      --running;
      finished.notify_one();
    });
  }
  {
    std::unique_lock lock(mutex);
    while (!finished.wait_for(lock, std::chrono::milliseconds(200), [&] { return running == 0; })) {
      lock.unlock();
      tick();
      lock.lock();
    }
  }
  for (std::thread& thread : threads) thread.join();
  return total;
}

}  // namespace

std::uint64_t CheckResult::unexplained() const {
  std::uint64_t total = 0;
  for (const PhaseResult& phase : phases) total += phase.stats.unexplained();
  return total;
}

std::uint64_t CheckResult::pairs() const {
  std::uint64_t total = 0;
  for (const PhaseResult& phase : phases) total += phase.stats.pairs;
  return total;
}

tl::expected<CheckResult, std::string> check(const CheckSettings& settings, const Catalogue& catalogue,
                                             const std::atomic<bool>& stop,
                                             const std::function<void(const Progress&)>& progress) {
  auto phases = plan(settings);
  if (!phases) return tl::unexpected(phases.error());
  const Clock::time_point begin = Clock::now();
  CheckResult result;
  result.jobs = settings.jobs != 0 ? settings.jobs : std::max(1u, std::thread::hardware_concurrency());
  Findings findings(settings.findings_dir, settings.jsonl, settings.program);
  if (findings.error()) return tl::unexpected(*findings.error());
  const std::function<bool()> out_of_time = [&] {
    return settings.budget_s > 0 && seconds_since(begin) >= settings.budget_s;
  };
  const std::function<bool()> stopped = [&] { return stop.load(std::memory_order_relaxed) || out_of_time(); };

  for (std::size_t number = 0; number < phases->size(); ++number) {
    const Phase& phase = (*phases)[number];
    const Clock::time_point phase_begin = Clock::now();
    Run run(settings, catalogue, phase, findings, stopped);
    const auto jobs = static_cast<unsigned>(std::clamp<std::uint64_t>(run.planned(), 1, result.jobs));
    std::size_t found = 0;
    auto stats = run_threads(run, jobs, [&] {
      found = findings.buckets().size();
      progress({phase.title, number, phases->size(), run.done(), run.planned(), found, seconds_since(phase_begin)});
    });
    if (!stats) return tl::unexpected(stats.error());
    PhaseResult& done = result.phases.emplace_back();
    done.title = phase.title;
    done.semantics = phase.semantics;
    done.stats = std::move(*stats);
    done.seconds = seconds_since(phase_begin);
    done.planned = run.planned();
    done.done = run.done();
    result.cpu_seconds += static_cast<double>(done.stats.total_nanoseconds) * 1e-9;
    if (stopped() || findings.error()) break;
  }
  result.seconds = seconds_since(begin);
  result.interrupted = stop.load();
  const bool complete =
      result.phases.size() == phases->size() && result.phases.back().done == result.phases.back().planned;
  result.out_of_time = !complete && !result.interrupted && out_of_time();
  result.findings = findings.buckets();
  result.error = findings.error();
  return result;
}

}  // namespace redoubt::harness
