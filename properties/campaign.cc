// Laws for a given time, with fresh seeds.
#include <fnmatch.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "properties/runner.h"

namespace redoubt::properties {

int campaign(const RunSettings& settings, const std::string& glob) {
  std::vector<Law> chosen = laws();
  std::erase_if(chosen, [&](const Law& law) { return fnmatch(glob.c_str(), std::string(law.name).c_str(), 0) != 0; });
  if (chosen.empty()) {
    std::fprintf(stderr, "no law is named '%s'; --list-laws lists them\n", glob.c_str());
    return 2;
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  Workbench bench;
  RunSettings round = settings;
  std::uint64_t asked = 0;
  // Short rounds first, so that what any law finds easily is found before one law has had its fill.
  for (int share = 64;; share = std::max(1, share / 4), ++round.seed) {
    for (const Law& law : chosen) {
      if (seconds() >= settings.seconds) {
        std::printf("all laws held seconds=%.3f questions=%llu\n", seconds(), static_cast<unsigned long long>(asked));
        return 0;
      }
      const int cases = settings.cases > 0 ? settings.cases : std::max(10, default_cases(law) / share);
      const Report report = run(law, round, cases, bench);
      asked += report.asked;
      if (!report.failure) continue;
      const Failure& failure = *report.failure;
      std::printf("%sfailed law=%s seconds=%.3f nodes=%u bytes=%zu file=%s\n", failure.message.c_str(),
                  std::string(law.name).c_str(), seconds(), failure.minimal.regex->size(),
                  failure.minimal.haystack.size(), failure.file.c_str());
      return 1;
    }
  }
}

}  // namespace redoubt::properties
