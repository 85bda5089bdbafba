// make_seeds OUT FILE...: writes the cases of case files (.toml) and of Fowler's suites (.dat) as seeds of the fuzz
// targets, into OUT/TARGET/NAME. Exit status: 0, or 2 when a file cannot be read or written.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "fuzz/seeds.h"
#include "harness/fowler.h"

namespace {

using namespace redoubt;

bool read(const std::string& file, std::vector<harness::Case>& cases) {
  if (file.ends_with(".dat")) {
    const auto suite = harness::read_fowler_file(file);
    if (!suite) return std::fprintf(stderr, "%s\n", suite.error().message.c_str()), false;
    for (const auto& item : suite->items) cases.push_back(item.test);
    return true;
  }
  auto list = harness::read_case_file(file);
  if (!list) return std::fprintf(stderr, "%s\n", list.error().message.c_str()), false;
  cases = std::move(*list);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: make_seeds OUT FILE...\n");
    return 2;
  }
  const std::filesystem::path out = argv[1];
  std::size_t written = 0;
  for (int k = 2; k < argc; ++k) {
    std::vector<harness::Case> cases;
    if (!read(argv[k], cases)) return 2;
    const std::string suite = std::filesystem::path(argv[k]).stem().string();
    for (const fuzz::Seed& seed : fuzz::seeds_of(cases)) {
      std::error_code code;
      std::filesystem::create_directories(out / seed.target, code);
      std::ofstream file(out / seed.target / (suite + "-" + seed.name), std::ios::binary);
      file << seed.bytes;
      if (!file.flush()) {
        std::fprintf(stderr, "cannot write to %s\n", (out / seed.target).c_str());
        return 2;
      }
      ++written;
    }
  }
  std::printf("%zu seeds\n", written);
  return 0;
}
