// How fast engines answer the harness's diet (every small regex, each on every short string), one by one, and how fast
// a trial of four engines goes in which every group is compared. Rates are (pattern, haystack) pairs a CPU second.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "generate/haystack_gen.h"
#include "generate/regex_gen.h"
#include "harness/trial.h"
#include "oracles/oracle.h"

namespace {

using namespace redoubt;

/// Every 13th regex of five nodes: the sweep's mix, in a second.
std::vector<syntax::Regex> regexes(Semantics semantics) {
  generate::GrammarSettings grammar;
  grammar.looks = {syntax::Look::kCaret, syntax::Look::kDollar};
  grammar.lazy = semantics == Semantics::kLeftmostFirst;
  const auto space = generate::RegexSpace::make(grammar, 5);
  std::vector<syntax::Regex> list;
  for (std::uint64_t k = 0; k < space->count(5); k += 13) list.push_back(space->at(5, k));
  return list;
}

const generate::StringSpace& haystacks() {
  static const generate::StringSpace kAll = *generate::StringSpace::make({"a", "b"}, 5);
  return kAll;
}

oracles::Query query_for(const syntax::Regex& regex, Semantics semantics) {
  oracles::Query query;
  query.regex = regex;
  query.semantics = semantics;
  return query;
}

void engine(benchmark::State& state, const std::string& name, Semantics semantics, bool prepare_each) {
  const auto list = regexes(semantics);
  auto oracle = oracles::find_engine(name)->make();
  std::vector<oracles::Outcome> outcomes(haystacks().size());
  std::vector<std::unique_ptr<oracles::Matcher>> prepared;
  for (const syntax::Regex& regex : list) {
    auto matcher = oracle->prepare(query_for(regex, semantics));
    if (auto* ready = std::get_if<std::unique_ptr<oracles::Matcher>>(&matcher)) prepared.push_back(std::move(*ready));
  }
  std::int64_t pairs = 0;
  for (auto _ : state) {
    if (prepare_each) {
      for (const syntax::Regex& regex : list) {
        auto matcher = oracle->prepare(query_for(regex, semantics));
        if (auto* ready = std::get_if<std::unique_ptr<oracles::Matcher>>(&matcher)) {
          (*ready)->run(haystacks().all(), outcomes);
          pairs += static_cast<std::int64_t>(haystacks().size());
        }
      }
    } else {
      for (auto& matcher : prepared) matcher->run(haystacks().all(), outcomes);
      pairs += static_cast<std::int64_t>(prepared.size() * haystacks().size());
    }
    benchmark::DoNotOptimize(outcomes.data());
  }
  state.SetItemsProcessed(pairs);
}

void trial(benchmark::State& state, const std::vector<std::string>& engines, Semantics semantics) {
  const auto list = regexes(semantics);
  harness::PanelSettings panel_settings;
  panel_settings.semantics = semantics;
  panel_settings.engines = engines;
  auto panel = harness::Panel::make(panel_settings, harness::built_in_catalogue());
  harness::Findings findings("", "");
  harness::TrialSettings settings;
  settings.modes = false;
  harness::Trial trial(**panel, settings, findings);
  for (auto _ : state) {
    for (std::size_t k = 0; k < list.size(); ++k) {
      trial.run(query_for(list[k], semantics), haystacks().all(), "bench", k);
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(trial.stats().pairs));
  double in_engines = static_cast<double>(trial.stats().judge_nanoseconds);
  for (const auto& e : trial.stats().engines) in_engines += static_cast<double>(e.nanoseconds);
  state.counters["share_in_engines"] =
      benchmark::Counter(in_engines * 1e-9, benchmark::Counter::kIsRate);  // engine seconds a second
}

constexpr Semantics kPosix = Semantics::kLeftmostLongest;
constexpr Semantics kPerl = Semantics::kLeftmostFirst;

BENCHMARK_CAPTURE(engine, prepared / reference / posix, "reference", kPosix, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, prepared / reference / perl, "reference", kPerl, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / reference / posix, "reference", kPosix, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / reference / perl, "reference", kPerl, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / pikevm / posix, "pikevm", kPosix, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / pikevm / perl, "pikevm", kPerl, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / pikevm_plain / posix, "pikevm-plain", kPosix, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / pcre2 / perl, "pcre2", kPerl, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / pcre2_dfa / posix, "pcre2-dfa", kPosix, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / re2 / perl, "re2", kPerl, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, sweep / re2_longest / posix, "re2-longest", kPosix, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(trial, four_engines / perl, std::vector<std::string>{"pikevm", "pcre2", "re2"}, kPerl)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(trial, four_engines / posix, std::vector<std::string>{"pikevm", "pcre2-dfa", "re2-longest"}, kPosix)
    ->Unit(benchmark::kMillisecond);

}  // namespace
