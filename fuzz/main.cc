// What stands in for a fuzzing engine in ordinary builds: it runs a target on the files it is given (a folder stands
// for the files in it), and on mutations of them that are the same in every run, the target's own where it has some;
// it stops mutating after a few seconds of CPU time. With `--seconds N` it goes on with random bytes for so long
// (`--seed S` before it: other ones): for ThreadSanitizer, which takes the counters of a fuzzing engine for races.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                                                     std::size_t max_size, unsigned seed);

namespace {

constexpr int kMutationsPerFile = 500;
constexpr double kMutating_s = 5;
constexpr std::size_t kMostMutatedBytes = 2048;
constexpr std::string_view kAlphabet = "ab01()[]{}|*+?.,^$\\:<>-&#nrdDwWsSbBAzpPQEx=!\n\x7f\x80\xc3\xa9\xff";

std::vector<std::filesystem::path> files_of(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {path};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

/// As the target itself mutates.
std::string mutate_as_target(std::string input, std::mt19937& random) {
  const std::size_t size = std::min(input.size(), kMostMutatedBytes);
  input.resize(kMostMutatedBytes);
  auto* data = reinterpret_cast<std::uint8_t*>(input.data());
  input.resize(LLVMFuzzerCustomMutator(data, size, kMostMutatedBytes, static_cast<unsigned>(random())));
  return input;
}

/// Erases, inserts, replaces or repeats a few bytes. Only the generator's own bits are used: std distributions differ
/// between libraries.
std::string mutate(std::string input, std::mt19937& random) {
  if (LLVMFuzzerCustomMutator != nullptr) return mutate_as_target(std::move(input), random);
  for (auto edits = 1 + random() % 4; edits > 0; --edits) {
    const std::size_t at = random() % (input.size() + 1);
    const char unit = kAlphabet[random() % kAlphabet.size()];
    switch (random() % 4) {
      case 0:
        input.erase(at, 1 + random() % 3);
        break;
      case 1:
        input.insert(at, 1, unit);
        break;
      case 2:
        if (at < input.size()) input[at] = unit;
        break;
      case 3:
        input.insert(at, input.substr(at, 1 + random() % 8));
        break;
    }
  }
  return input;
}

/// Runs random inputs of up to kLongestRandom bytes; returns how many.
std::size_t run_random(long seconds, std::uint32_t seed) {
  using Clock = std::chrono::steady_clock;
  constexpr std::size_t kLongestRandom = 512;
  const Clock::time_point end = Clock::now() + std::chrono::seconds(seconds);
  std::mt19937 random(seed);
  std::size_t inputs = 0;
  for (; Clock::now() < end; ++inputs) {
    std::string input(random() % (kLongestRandom + 1), '\0');
    for (char& byte : input) byte = static_cast<char>(random());
    run(input);
    if (inputs % 10000 == 9999) std::printf("%zu random inputs\n", inputs + 1);
    std::fflush(stdout);
  }
  return inputs;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t inputs = 0;
  std::uint32_t seed = 1;
  std::vector<std::string> seeds;
  for (int k = 1; k < argc; ++k) {
    const std::string_view option = argv[k];
    if (option == "--seed" && k + 1 < argc) {
      seed = static_cast<std::uint32_t>(std::strtoul(argv[++k], nullptr, 10));
      continue;
    }
    if (option == "--seconds" && k + 1 < argc) {
      inputs += run_random(std::strtol(argv[++k], nullptr, 10), seed);
      continue;
    }
    for (const auto& path : files_of(argv[k])) {
      std::ifstream file(path, std::ios::binary);
      if (!file) {
        std::fprintf(stderr, "%s cannot be read\n", path.c_str());
        return 2;
      }
      seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  // All files first, then a mutation of each, and again: wherever time runs out, each had its share.
  for (const std::string& input : seeds) run(input);
  inputs += seeds.size();
  std::mt19937 random(1);
  const auto in_time = [] { return std::clock() < static_cast<std::clock_t>(kMutating_s * CLOCKS_PER_SEC); };
  for (int m = 0; m < kMutationsPerFile && in_time(); ++m) {
    for (std::size_t k = 0; k < seeds.size() && in_time(); ++k, ++inputs) run(mutate(seeds[k], random));
  }
  std::printf("%zu inputs\n", inputs);
  return inputs > 0 ? 0 : 2;
}
