// What the scans before a match cost: bytes per second of each kind of prefilter over text in which it stops rarely and
// often, the cost of one question at short distances, and the time it takes to find the literals of a tree.
#include <string>

#include <benchmark/benchmark.h>

#include "pikevm/byte_scan.h"
#include "pikevm/literals.h"
#include "pikevm/prefilter.h"
#include "syntax/parser.h"

namespace {

using namespace redoubt;
using namespace redoubt::pikevm;

struct Sample {
  std::string name;
  std::string pattern;
  Encoding encoding = Encoding::kBytes;

  syntax::Regex tree() const {
    syntax::ParseOptions options;
    options.encoding = encoding;
    return *syntax::parse(pattern, options);
  }
};

const Sample kSamples[] = {
    {"tiny", "a*b"},
    {"byte", "@[a-z]"},
    {"literal", "Sherlock.*"},
    {"literal-icase", "(?i)sherlock[^a]"},
    {"teddy-3", "(?:Sherlock|Watson|Moriarty)\\b"},
    {"teddy-icase", "(?i)(?:sherlock|watson|moriarty|adler)\\b"},
    {"first-bytes", "[QXZ]\\w+"},
    {"line-start", "(?m)^#\\w+"},
    {"fixed-offset", "\\d{4}-\\d\\d-\\d\\d"},
    {"walk-back", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}"},
    {"must-follow", "(?s).*Sherlock"},
    {"uri", "[a-zA-Z][a-zA-Z0-9+.-]*://[^ /]+(?:/[^ ]*)?"},
    {"ipv4", "(?:[0-9]{1,3}\\.){3}[0-9]{1,3}"},
    {"log-line", "(\\S+) - (\\S+) \\[([^\\]]*)\\] \"([A-Z]+) ([^ \"]*) HTTP/[0-9.]+\" ([0-9]{3}) ([0-9]+|-)"},
    {"utf8-icase", "(?i)\xC3\xA9tude|s\xC3\xA9jour", Encoding::kUtf8},
};

/// Words and numbers; `spice` now and then.
std::string text(std::size_t bytes, const std::string& spice) {
  static const char* const kWords[] = {"the ",  "status ", "of ", "request ", "was ", "42 ",     "and ", "user ",
                                       "took ", "x=1, ",   "in ", "Node ",    "is ",  "ready\n", "to ",  "go. "};
  std::string out;
  std::uint32_t state = 1;
  for (std::size_t k = 0; out.size() < bytes; ++k) {
    state = state * 1664525 + 1013904223;
    out += kWords[state >> 28];
    if (k % 400 == 399) out += spice;
  }
  return out;
}

/// All stops in 1 MB, as a find-all that matches nothing would ask for them.
void BM_stops(benchmark::State& state, const Sample& sample) {
  const Prefilter prefilter(find_literals(sample.tree(), sample.encoding), sample.encoding);
  const std::string h = text(1 << 20, "Sherlock joe@example.com 2024-05-06 http://a/ Watson Q ");
  std::size_t stops = 0;
  for (auto _ : state) {
    Prefilter::State memory;
    stops = 0;
    for (std::size_t from = 0; from <= h.size(); ++from, ++stops) {
      from = prefilter.next_start(h, from, h.size(), memory);
      if (from == Prefilter::kNone) break;
    }
    benchmark::DoNotOptimize(stops);
  }
  state.SetLabel(prefilter.name());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * h.size()));
  state.counters["stops"] = static_cast<double>(stops);
}

void BM_literals(benchmark::State& state, const Sample& sample) {
  const syntax::Regex tree = sample.tree();
  for (auto _ : state) benchmark::DoNotOptimize(find_literals(tree, sample.encoding));
}

void BM_build(benchmark::State& state, const Sample& sample) {
  const syntax::Regex tree = sample.tree();
  for (auto _ : state) benchmark::DoNotOptimize(Prefilter(find_literals(tree, sample.encoding), sample.encoding));
}

/// Finding every member of a set of so many bytes that stands after so many others.
void BM_byte_scan(benchmark::State& state) {
  ByteSet set;
  for (int k = 0; k < state.range(0); ++k) set.insert(static_cast<std::uint8_t>('A' + k));
  const auto gap = static_cast<std::size_t>(state.range(1));
  std::string h;
  while (h.size() < 1 << 16) h += std::string(gap, ' ') + 'A';
  const ByteScan scan(set);
  for (auto _ : state) {
    const char* end = h.data() + h.size();
    for (const char* at = h.data(); (at = scan.find(at, end)) != end;) ++at;
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * h.size()));
  state.counters["each"] =
      benchmark::Counter(static_cast<double>(h.size() / (gap + 1)),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(BM_byte_scan)->Name("byte_scan")->ArgsProduct({{1, 3, 8}, {1, 4, 10, 20, 40, 4000}});

[[maybe_unused]] const bool kRegistered = [] {
  for (const Sample& sample : kSamples) {
    benchmark::RegisterBenchmark(("prefilter/" + sample.name).c_str(), [&](auto& state) { BM_stops(state, sample); });
    benchmark::RegisterBenchmark(("literals/" + sample.name).c_str(), [&](auto& state) { BM_literals(state, sample); });
    benchmark::RegisterBenchmark(("prefilter_build/" + sample.name).c_str(),
                                 [&](auto& state) { BM_build(state, sample); });
  }
  return true;
}();

}  // namespace
