// How long a pattern takes from text to program: reading it, compiling the tree, both, in either semantics, and PCRE2
// on the same patterns. One iteration is a pass over the patterns of a row of the comparison; freeing is included.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/engine.h"
#include "bench/workloads.h"
#include "pikevm/compiler.h"
#include "syntax/parser.h"

namespace {

using namespace redoubt;

syntax::Regex parse(const bench::Pattern& pattern) {
  syntax::ParseOptions options;
  options.icase = pattern.icase;
  return syntax::parse(pattern.text, options).value();
}

void BM_parse(benchmark::State& state, const bench::Row& row) {
  for (auto _ : state) {
    for (const bench::Pattern& p : row.patterns) benchmark::DoNotOptimize(parse(p));
  }
}

void BM_compile(benchmark::State& state, const bench::Row& row, Semantics semantics) {
  std::vector<syntax::Regex> trees;
  for (const bench::Pattern& p : row.patterns) trees.push_back(parse(p));
  for (auto _ : state) {
    for (const syntax::Regex& r : trees) {
      benchmark::DoNotOptimize(pikevm::compile(r, {.semantics = semantics}).value());
    }
  }
}

void BM_both(benchmark::State& state, const bench::Row& row, Semantics semantics) {
  for (auto _ : state) {
    for (const bench::Pattern& p : row.patterns) {
      benchmark::DoNotOptimize(pikevm::compile(parse(p), {.semantics = semantics}).value());
    }
  }
}

void BM_pcre2(benchmark::State& state, const bench::Row& row) {
  // A call of the session reads the clock; many passes at once make that not count.
  constexpr std::uint64_t kPasses = 100;
  const std::vector<bench::Engine> engines = bench::pcre2_engines();
  const auto interpreter =
      std::find_if(engines.begin(), engines.end(), [](const bench::Engine& e) { return e.info.name == "pcre2"; });
  const bench::Work work(row.mode, row.text());
  const bench::Opened session = interpreter->open(row, work);
  if (!session) return state.SkipWithError(session.error().c_str());
  while (state.KeepRunningBatch(kPasses)) benchmark::DoNotOptimize((*session)->time(kPasses));
}

[[maybe_unused]] const bool kRegistered = [] {
  static const std::vector<bench::Row> rows = bench::all_rows(true);
  for (const bench::Row& row : rows) {
    if (row.mode != bench::Mode::kCompile) continue;
    auto add = [&](const std::string& what, auto run) {
      return benchmark::RegisterBenchmark((row.title() + "/" + what).c_str(), run);
    };
    add("parse", [&row](auto& state) { BM_parse(state, row); });
    for (Semantics semantics : {Semantics::kLeftmostFirst, Semantics::kLeftmostLongest}) {
      const std::string name(to_string(semantics));
      add("compile-" + name, [&row, semantics](auto& state) { BM_compile(state, row, semantics); });
      add("both-" + name, [&row, semantics](auto& state) { BM_both(state, row, semantics); });
    }
    add("pcre2", [&row](auto& state) { BM_pcre2(state, row); });
  }
  return true;
}();

}  // namespace
