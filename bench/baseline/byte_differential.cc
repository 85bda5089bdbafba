// The baseline that fuzz_differential is measured against: a plain differential target of bytes. The input is options,
// the length of the pattern, the pattern's text, and one haystack; what does not parse is thrown away; engines, judge
// and catalogue are the same, and the first unexplained difference ends the process. No grammar, no edits of trees, no
// other haystacks.
#include <time.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/findings.h"
#include "harness/trial.h"
#include "syntax/parser.h"

namespace {

using namespace redoubt;

class Baseline {
 public:
  Baseline() {
    std::string_view names = std::getenv("REDOUBT_FUZZ_ENGINES") == nullptr ? "" : std::getenv("REDOUBT_FUZZ_ENGINES");
    while (!names.empty()) {
      const std::size_t comma = std::min(names.find(','), names.size());
      engines_.emplace_back(names.substr(0, comma));
      names.remove_prefix(std::min(comma + 1, names.size()));
    }
  }

  ~Baseline() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    const double cpu = static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
    harness::TrialStats all;
    for (const auto& trial : trials_) {
      if (trial) all.add(trial->stats());
    }
    std::uint64_t captures = 0;
    for (const auto& engine : all.engines) captures += engine.compared_captures;
    std::fprintf(stderr, "%.0f inputs a CPU second, %.0f cases, %.0f comparisons of all groups, %.0f in all\n",
                 static_cast<double>(inputs_) / cpu, static_cast<double>(all.pairs) / cpu,
                 static_cast<double>(captures) / cpu, static_cast<double>(all.comparisons()) / cpu);
  }

  void run(const std::uint8_t* data, std::size_t size) {
    ++inputs_;
    if (size < 2) return;
    oracles::Query query;
    query.semantics = (data[0] & 1) != 0 ? Semantics::kLeftmostFirst : Semantics::kLeftmostLongest;
    query.encoding = (data[0] & 2) != 0 ? Encoding::kUtf8 : Encoding::kBytes;
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t length = data[1] % (text.size() + 1);
    syntax::ParseOptions options;
    options.encoding = query.encoding;
    options.limits.repeat_count = 64;
    auto parsed = syntax::parse(text.substr(0, length), options);
    if (!parsed) return;
    query.regex = std::move(*parsed);
    const std::string_view haystack = text.substr(length);
    harness::Trial& asked = trial(query.semantics);
    asked.run(query, {&haystack, 1}, "bytes", inputs_);
    if (asked.stats().unexplained() == 0) return;
    for (const auto& bucket : findings_.buckets()) {
      std::fprintf(stderr, "an unexplained finding:\n%s\n", harness::write_cases({bucket.shrunk}).c_str());
    }
    std::abort();
  }

 private:
  harness::Trial& trial(Semantics semantics) {
    const int which = semantics == Semantics::kLeftmostFirst;
    if (trials_[which]) return *trials_[which];
    harness::PanelSettings panel;
    panel.semantics = semantics;
    for (const std::string& name : engines_.empty() ? harness::default_engines(semantics) : engines_) {
      const oracles::EngineEntry* entry = oracles::find_engine(name);
      if (name == "definition" || entry == nullptr) continue;
      if (entry->info.claims[which] != oracles::Claim::kNothing) panel.engines.push_back(name);
    }
    auto made = harness::Panel::make(panel, harness::built_in_catalogue());
    if (!made) {
      std::fprintf(stderr, "%s\n", made.error().c_str());
      std::_Exit(2);
    }
    panels_[which] = std::move(*made);
    harness::TrialSettings settings;
    settings.modes = false;
    settings.shrink_quota = 1;
    trials_[which] = std::make_unique<harness::Trial>(*panels_[which], settings, findings_);
    return *trials_[which];
  }

  std::vector<std::string> engines_;
  harness::Findings findings_{"", ""};
  std::unique_ptr<harness::Panel> panels_[2];
  std::unique_ptr<harness::Trial> trials_[2];
  std::uint64_t inputs_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Baseline baseline;
  baseline.run(data, size);
  return 0;
}
