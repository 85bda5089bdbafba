// How long reading and printing a pattern takes: enumeration parses nothing, but every case file and every report does.
#include <string>

#include <benchmark/benchmark.h>

#include "syntax/parser.h"
#include "syntax/printer.h"

namespace {

using namespace redoubt;
using namespace redoubt::syntax;

struct Sample {
  const char* name;
  std::string pattern;
  ParseOptions options;
};

const Sample kSamples[] = {
    {"captures", "(a|ab)(c|bcd)(d*)", {.dialect = Dialect::kEre}},
    {"lazy", "(?:x|(y??z{2,5}?))*?[^\\d\\-]\\b", {}},
    {"icase-ascii", "(?i)content-length:\\s*(\\d+)", {}},
    {"icase-unicode", "stra[s-z]e|[à-ü]+", {.encoding = Encoding::kUtf8, .icase = true}},
    {"nested-500", std::string(500, '(') + "a" + std::string(500, ')'), {}},
    {"branches-1000",
     [] {
       std::string text = "w0";
       for (int k = 1; k < 1000; ++k) text += "|w" + std::to_string(k);
       return text;
     }(),
     {}},
};

void BM_parse(benchmark::State& state, const Sample& sample) {
  for (auto _ : state) benchmark::DoNotOptimize(parse(sample.pattern, sample.options));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * sample.pattern.size()));
}

void BM_print(benchmark::State& state, const Sample& sample) {
  const ParseResult tree = parse(sample.pattern, sample.options);
  if (!tree) return state.SkipWithError(to_string(tree.error()).c_str());
  for (auto _ : state) benchmark::DoNotOptimize(to_text(*tree, sample.options.encoding));
}

[[maybe_unused]] const bool kRegistered = [] {
  for (const Sample& sample : kSamples) {
    const std::string name = sample.name;
    benchmark::RegisterBenchmark(("parse/" + name).c_str(), [&sample](auto& state) { BM_parse(state, sample); });
    benchmark::RegisterBenchmark(("print/" + name).c_str(), [&sample](auto& state) { BM_print(state, sample); });
  }
  return true;
}();

}  // namespace
