// How long reading and printing a pattern takes: enumeration parses nothing, but every case file and every report does.
#include <string>

#include <benchmark/benchmark.h>

#include "syntax/parser.h"
#include "syntax/printer.h"

namespace {

using namespace redoubt;
using namespace redoubt::syntax;

struct Sample {
  std::string name;
  std::string pattern;
  Dialect dialect = Dialect::kPerl;
  Encoding encoding = Encoding::kBytes;

  ParseResult parse() const {
    ParseOptions options;
    options.dialect = dialect;
    options.encoding = encoding;
    return syntax::parse(pattern, options);
  }
};

std::string many_branches() {
  std::string text = "w0";
  for (int k = 1; k < 1000; ++k) text += "|w" + std::to_string(k);
  return text;
}

const Sample kSamples[] = {
    {"captures", "(a|ab)(c|bcd)(d*)", Dialect::kEre},
    {"lazy", "(?:x|(y??z{2,5}?))*?[^\\d\\-]\\b"},
    {"icase-ascii", "(?i)content-length:\\s*(\\d+)"},
    {"icase-unicode", "(?i)stra[s-z]e|[à-ü]+", Dialect::kPerl, Encoding::kUtf8},
    {"nested-500", std::string(500, '(') + "a" + std::string(500, ')')},
    {"branches-1000", many_branches()},
};

void BM_parse(benchmark::State& state, const Sample& sample) {
  for (auto _ : state) benchmark::DoNotOptimize(sample.parse());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * sample.pattern.size()));
}

void BM_print(benchmark::State& state, const Sample& sample) {
  const ParseResult tree = sample.parse();
  if (!tree) return state.SkipWithError(to_string(tree.error()).c_str());
  for (auto _ : state) benchmark::DoNotOptimize(to_text(*tree, sample.encoding));
}

[[maybe_unused]] const bool kRegistered = [] {
  for (const Sample& sample : kSamples) {
    benchmark::RegisterBenchmark(("parse/" + sample.name).c_str(), [&sample](auto& state) { BM_parse(state, sample); });
    benchmark::RegisterBenchmark(("print/" + sample.name).c_str(), [&sample](auto& state) { BM_print(state, sample); });
  }
  return true;
}();

}  // namespace
