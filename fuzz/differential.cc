#include "fuzz/differential.h"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>

#include "generate/automaton_haystacks.h"
#include "generate/haystack_gen.h"

namespace redoubt::fuzz {

using harness::EngineStats;
using harness::Trial;
using harness::TrialStats;

namespace {

/// Counts are written so often: a process that is killed loses no more.
constexpr double kWriteEvery_s = 2;

constexpr std::size_t kMostInModes = 24;

/// Of this process.
double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

std::string environment(const char* name, std::string otherwise = "") {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (comma != 0) parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return parts;
}

/// Those of a check, but for the definition: enumerating all parse trees takes longer than all others together.
std::vector<std::string> default_engines(Semantics semantics) {
  std::vector<std::string> names = harness::default_engines(semantics);
  std::erase(names, "definition");
  return names;
}

struct Sums {
  unsigned long long captures = 0, spans = 0, existence = 0, modes = 0, accounted = 0, not_asked = 0;
};
Sums sums(const TrialStats& stats) {
  Sums s;
  for (const EngineStats& engine : stats.engines) {
    s.captures += engine.compared_captures;
    s.spans += engine.compared_spans;
    s.existence += engine.compared_existence;
    s.modes += engine.mode_runs;
    s.accounted += engine.accounted;
    s.not_asked += engine.not_asked;
  }
  return s;
}

}  // namespace

DifferentialSettings settings_from_environment(bool abort_by_default) {
  DifferentialSettings settings;
  settings.engines = split_at_commas(environment("REDOUBT_FUZZ_ENGINES"));
  settings.findings_dir = environment("REDOUBT_FUZZ_FINDINGS");
  settings.stats_dir = environment("REDOUBT_FUZZ_STATS");
  settings.abort_on_finding = environment("REDOUBT_FUZZ_ABORT", abort_by_default ? "1" : "0") == "1";
  settings.program = environment("REDOUBT_CALLED_AS", settings.program);
  return settings;
}

Differential::Differential(DifferentialSettings settings)
    : settings_(std::move(settings)),
      findings_(settings_.findings_dir, "", settings_.program),
      began_at_s_(cpu_seconds()) {}

Differential::~Differential() {
  write_stats();
  const TrialStats all = stats();
  const Sums s = sums(all);
  const double cpu = cpu_seconds() - began_at_s_;
  std::fprintf(stderr,
               "%llu inputs, %llu pairs, %llu comparisons of all groups (%.0f a CPU second), %llu of spans or less, "
               "%llu in other modes, %.1f CPU seconds; %llu differences accounted for, %llu not, in %zu buckets\n",
               static_cast<unsigned long long>(inputs_), static_cast<unsigned long long>(all.pairs), s.captures,
               static_cast<double>(s.captures) / std::max(cpu, 1e-9), s.spans + s.existence, s.modes, cpu, s.accounted,
               static_cast<unsigned long long>(all.unexplained()), findings_.buckets().size());
  if (std::getenv("REDOUBT_FUZZ_VERBOSE") == nullptr) return;
  for (const EngineStats& e : all.engines) {
    std::fprintf(stderr, "  %-28s %10llu of all groups, %10llu of less, %10llu not asked, %8.0f ns an answer\n",
                 e.name.c_str(), static_cast<unsigned long long>(e.compared_captures),
                 static_cast<unsigned long long>(e.compared_spans + e.compared_existence),
                 static_cast<unsigned long long>(e.not_asked),
                 static_cast<double>(e.nanoseconds) / static_cast<double>(std::max<std::uint64_t>(e.answers, 1)));
  }
  std::fprintf(stderr, "  %-28s %8.0f ns an answer\n", "the judge",
               static_cast<double>(all.judge_nanoseconds) / static_cast<double>(std::max<std::uint64_t>(all.pairs, 1)));
}

TrialStats Differential::stats() const {
  TrialStats all;
  for (const auto& trial : trials_) {
    if (trial) all.add(trial->stats());
  }
  return all;
}

Trial* Differential::trial(Semantics semantics, bool modes) {
  const int which = semantics == Semantics::kLeftmostFirst;
  std::unique_ptr<Trial>& place = trials_[2 * which + modes];
  if (place) return place.get();
  if (!panels_[which]) {
    harness::PanelSettings settings;
    settings.semantics = semantics;
    for (const std::string& name : settings_.engines.empty() ? default_engines(semantics) : settings_.engines) {
      const oracles::EngineEntry* entry = oracles::find_engine(name);
      // Each semantics asks those of the named engines that answer it.
      if (entry && entry->info.claims[which] == oracles::Claim::kNothing) continue;
      settings.engines.push_back(name);
    }
    if (settings.engines.empty()) return nullptr;
    auto panel = harness::Panel::make(settings, harness::built_in_catalogue());
    if (!panel) {
      std::fprintf(stderr, "%s\n", panel.error().c_str());
      std::_Exit(2);
    }
    panels_[which] = std::move(*panel);
  }
  harness::TrialSettings settings;
  settings.modes = modes;
  settings.mode_nodes = 1000;
  // Of what a first input shows, one of each kind is enough to stop at.
  if (settings_.abort_on_finding) settings.shrink_quota = 1;
  place = std::make_unique<Trial>(*panels_[which], settings, findings_);
  return place.get();
}

void Differential::run(const CodedCase& c, std::uint64_t number) {
  Trial* const asked = trial(c.semantics, c.modes);
  if (asked == nullptr) return;
  oracles::Query query;
  query.regex = c.pattern;
  query.encoding = c.encoding;
  query.semantics = c.semantics;
  const std::vector<std::string> haystacks = haystacks_of(c);
  const std::vector<std::string_view> views(haystacks.begin(), haystacks.end());
  const std::uint64_t before = asked->stats().unexplained();
  asked->run(query, views, "fuzz", number);
  if (++inputs_ % 64 == 0 && cpu_seconds() > written_at_s_ + kWriteEvery_s) {
    written_at_s_ = cpu_seconds();
    write_stats();
  }
  if (!settings_.abort_on_finding || asked->stats().unexplained() == before) return;
  for (const harness::Bucket& bucket : findings_.buckets()) {
    std::fprintf(stderr, "an unexplained finding:\n%s\n", harness::write_cases({bucket.shrunk}).c_str());
  }
  write_stats();
  std::abort();
}

void Differential::write_stats() const {
  if (settings_.stats_dir.empty()) return;
  std::error_code code;
  std::filesystem::create_directories(settings_.stats_dir, code);
  const std::string file = settings_.stats_dir + "/" + std::to_string(getpid()) + ".json";
  std::FILE* out = std::fopen((file + ".part").c_str(), "w");
  if (out == nullptr) return;
  const TrialStats all = stats();
  const Sums s = sums(all);
  std::fprintf(out,
               "{\"inputs\": %llu, \"pairs\": %llu, \"comparisons\": %llu, \"lesser_comparisons\": %llu, "
               "\"mode_runs\": %llu, \"accounted\": %llu, \"unexplained\": %llu, \"cpu_seconds\": %.3f}\n",
               static_cast<unsigned long long>(inputs_), static_cast<unsigned long long>(all.pairs), s.captures,
               s.spans + s.existence, s.modes, s.accounted, static_cast<unsigned long long>(all.unexplained()),
               cpu_seconds() - began_at_s_);
  std::fclose(out);
  std::rename((file + ".part").c_str(), file.c_str());
}

std::vector<std::string> haystacks_of(const CodedCase& c) {
  std::vector<std::string> list = c.haystacks;
  generate::RandomChoices choices(c.dice);
  // Two units that matter to the pattern, three on shorter strings.
  const auto units = generate::interesting_units(c.pattern, c.encoding);
  const std::size_t letters = 2 + choices.below(2);
  std::vector<std::string> alphabet;
  const std::size_t first = choices.below(units.size());
  for (std::size_t k = 0; k < std::min(letters, units.size()); ++k) {
    alphabet.push_back(generate::unit_text(units[(first + k) % units.size()], c.encoding));
  }
  std::size_t from = list.size();
  list.emplace_back();
  for (int length = letters == 2 ? 5 : 4; length > 0; --length) {
    const std::size_t to = list.size();
    for (; from < to; ++from) {
      for (const std::string& letter : alphabet) list.push_back(list[from] + letter);
    }
  }
  if (choices.below(4) == 0) {
    const generate::AutomatonLimits limits = {.max_states = 30, .max_haystacks = 30, .max_length = 60};
    auto along = generate::automaton_haystacks(c.pattern, c.encoding, choices, limits).haystacks;
    std::move(along.begin(), along.end(), std::back_inserter(list));
  }
  const auto order = [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  };
  std::sort(list.begin(), list.end(), order);
  list.erase(std::unique(list.begin(), list.end()), list.end());
  // Each mode asks all of them once more.
  if (c.modes && list.size() > kMostInModes) list.resize(kMostInModes);
  return list;
}

}  // namespace redoubt::fuzz
