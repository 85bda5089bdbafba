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

/// The phases take turns, so that each kind of case has its say early; the turns grow.
constexpr double kFirstTurn_s = 0.2;

/// One phase at work: items are handed out in chunks, in order.
class Run {
 public:
  Run(const CheckSettings& settings, const Catalogue& catalogue, const Phase& phase, Findings& findings,
      const std::function<bool()>& stopped)
      : settings_(settings), catalogue_(catalogue), phase_(phase), findings_(findings), stopped_(stopped) {
    const std::uint64_t items = phase.source->items();
    mine_ = items / settings.shards + (items % settings.shards > settings.shard ? 1 : 0);
    chunk_ = std::clamp<std::uint64_t>(mine_ / 512, 1, 16);
  }

  std::uint64_t planned() const { return mine_; }
  bool complete() const { return done() == mine_; }
  std::uint64_t done() const { return done_.load(std::memory_order_relaxed); }

  /// The work of one thread, with a panel of its own, until all is done or the turn is over.
  TrialStats work(Panel& panel, Clock::time_point turn_end) {
    const std::uint64_t begin = thread_cpu_nanoseconds();
    const Clock::time_point wall_begin = Clock::now();
    TrialSettings trial_settings;
    trial_settings.modes = settings_.modes;
    trial_settings.mode_nodes = settings_.mode_nodes;
    Trial trial(panel, trial_settings, findings_);
    while (!stopped_() && !findings_.error() && Clock::now() < turn_end) {
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

/// Runs a phase on `jobs` threads for a turn; calls `tick` a few times a second meanwhile.
tl::expected<TrialStats, std::string> run_threads(Run& run, unsigned jobs, double turn_s,
                                                  const std::function<void()>& tick) {
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
  const auto turn_end =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(turn_s));
  for (unsigned t = 0; t < jobs; ++t) {
    threads.emplace_back([&, t] {
      const TrialStats stats = run.work(*panels[t], turn_end);
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

  std::vector<std::unique_ptr<Run>> runs;
  for (const Phase& phase : *phases) {
    runs.push_back(std::make_unique<Run>(settings, catalogue, phase, findings, stopped));
  }
  const auto going_on = [&] { return !stopped() && !findings.error(); };
  bool complete = false;
  for (double turn_s = kFirstTurn_s; !complete; turn_s *= 2) {
    complete = true;
    for (std::size_t number = 0; number < phases->size(); ++number) {
      const Phase& phase = (*phases)[number];
      Run& run = *runs[number];
      const bool is_new = result.phases.size() <= number;
      if (run.complete() && !is_new) continue;
      if (is_new) {
        PhaseResult& begun = result.phases.emplace_back();
        begun.title = phase.title;
        begun.semantics = phase.semantics;
        begun.planned = run.planned();
      }
      PhaseResult& so_far = result.phases[number];
      const Clock::time_point turn_begin = Clock::now();
      const auto jobs = static_cast<unsigned>(std::clamp<std::uint64_t>(run.planned(), 1, result.jobs));
      auto stats = run_threads(run, jobs, turn_s, [&] {
        const double seconds = so_far.seconds + seconds_since(turn_begin);
        progress({phase.title, number, phases->size(), run.done(), run.planned(), findings.buckets().size(), seconds});
      });
      if (!stats) return tl::unexpected(stats.error());
      result.cpu_seconds += static_cast<double>(stats->total_nanoseconds) * 1e-9;
      so_far.stats.add(*stats);
      so_far.seconds += seconds_since(turn_begin);
      so_far.done = run.done();
      complete = complete && run.complete();
      if (!going_on()) break;
    }
    if (!going_on()) break;
  }
  result.seconds = seconds_since(begin);
  result.interrupted = stop.load();
  complete = result.phases.size() == phases->size() &&
             std::all_of(runs.begin(), runs.end(), [](const auto& run) { return run->complete(); });
  result.out_of_time = !complete && !result.interrupted && out_of_time();
  result.findings = findings.buckets();
  result.error = findings.error();
  return result;
}

}  // namespace redoubt::harness
