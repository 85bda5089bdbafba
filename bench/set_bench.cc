// Rule sets: 1,000 rules on 1 MB, all at once against one by one. The rules are of the kinds that such sets have:
// words, words in any case, paths and numbers in a frame, gaps. The haystack is log lines, in which few rules match.
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "redoubt/regex_set.h"

namespace {

using namespace redoubt;

std::string word(std::mt19937& random, std::size_t length) {
  std::string text;
  for (; length > 0; --length) text += static_cast<char>('a' + random() % 26);
  return text;
}

enum class Kind { kWords, kMixed, kGaps };

std::vector<std::string> make_rules(Kind kind, std::size_t count) {
  std::mt19937 random(1);
  std::vector<std::string> rules;
  for (std::size_t k = 0; k < count; ++k) {
    std::string first = word(random, 4 + random() % 6);
    std::string second = word(random, 4 + random() % 6);
    switch (kind == Kind::kWords ? 0 : kind == Kind::kGaps ? 5 : random() % 6) {
      case 0:
        rules.push_back(first);
        break;
      case 1:
        rules.push_back("(?i)" + first);
        break;
      case 2:
        rules.push_back("/" + first + "/[a-z0-9_]+\\.(php|cgi)");
        break;
      case 3:
        rules.push_back("\\b" + first + "=\\d{2,5}\\b");
        break;
      case 4:
        rules.push_back("(" + first + "|" + second + ")\\s+(from|into)");
        break;
      default:
        rules.push_back(first.substr(0, 3) + "[^\\n]*" + second);
        break;
    }
  }
  return rules;
}

std::string make_haystack(std::size_t bytes) {
  std::mt19937 random(2);
  std::string text;
  while (text.size() < bytes) {
    text += "10.1." + std::to_string(random() % 256) + "." + std::to_string(random() % 256) +
            " - - [06/May/2024:12:" + std::to_string(10 + random() % 50) + ":00 +0000] \"GET /" +
            word(random, 3 + random() % 8) + "/" + word(random, 3 + random() % 8) +
            ".php?id=" + std::to_string(random() % 100000) + " HTTP/1.1\" 200 " + std::to_string(random() % 100000) +
            " \"" + word(random, 8) + "\"\n";
  }
  text.resize(bytes);
  return text;
}

/// A haystack as a whole, or line by line as a log is read.
std::vector<std::string_view> pieces(std::string_view haystack, bool lines) {
  if (!lines) return {haystack};
  std::vector<std::string_view> all;
  while (!haystack.empty()) {
    std::size_t end = std::min(haystack.find('\n'), haystack.size() - 1) + 1;
    all.push_back(haystack.substr(0, end));
    haystack.remove_prefix(end);
  }
  return all;
}

RegexSet compile(const std::vector<std::string>& texts, std::size_t cache_bytes) {
  std::vector<Rule> rules;
  for (const std::string& text : texts) rules.push_back({text});
  SetOptions options;
  options.cache_bytes = cache_bytes;
  return RegexSet::compile(rules, options).value();
}

void report(benchmark::State& state, std::size_t bytes, std::size_t matched) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
  state.counters["matched"] = static_cast<double>(matched);
}

void BM_set(benchmark::State& state, Kind kind, std::size_t count, bool lines, std::size_t cache_bytes) {
  RegexSet set = compile(make_rules(kind, count), cache_bytes);
  std::string haystack = make_haystack(1 << 20);
  auto inputs = pieces(haystack, lines);
  Scratch scratch;
  SetMatches matches;
  std::size_t matched = 0;
  for (auto _ : state) {
    matched = 0;
    for (std::string_view input : inputs) {
      benchmark::DoNotOptimize(set.matches({input}, scratch, matches));
      matched += matches.count();
    }
  }
  report(state, haystack.size(), matched);
}

void BM_one_by_one(benchmark::State& state, Kind kind, std::size_t count, bool lines) {
  RegexSet set = compile(make_rules(kind, count), 0);
  std::string haystack = make_haystack(1 << 20);
  auto inputs = pieces(haystack, lines);
  std::vector<Scratch> scratches(set.size());
  std::size_t matched = 0;
  for (auto _ : state) {
    matched = 0;
    for (std::size_t rule = 0; rule < set.size(); ++rule) {
      for (std::string_view input : inputs) {
        matched += set.regex(rule).is_match({input}, scratches[rule]) == Result::kMatch;
      }
    }
  }
  report(state, haystack.size(), matched);
}

void BM_compile(benchmark::State& state, Kind kind, std::size_t count) {
  std::vector<std::string> rules = make_rules(kind, count);
  for (auto _ : state) benchmark::DoNotOptimize(compile(rules, 0));
}

[[maybe_unused]] const bool kRegistered = [] {
  constexpr std::size_t kCache = std::size_t{8} << 20;
  const std::pair<Kind, const char*> kinds[] = {
      {Kind::kWords, "words"}, {Kind::kMixed, "mixed"}, {Kind::kGaps, "gaps"}};
  for (auto [kind, name] : kinds) {
    for (std::size_t count : {100U, 1000U}) {
      std::string rules = std::string(name) + "-" + std::to_string(count);
      auto add = [&](const std::string& what, auto body) {
        benchmark::RegisterBenchmark(("set/" + rules + "/" + what).c_str(), body)->Unit(benchmark::kMillisecond);
      };
      for (bool lines : {false, true}) {
        std::string unit = lines ? "lines" : "whole";
        add(unit + "/all-at-once", [=, k = kind](auto& state) { BM_set(state, k, count, lines, kCache); });
        add(unit + "/simulated", [=, k = kind](auto& state) { BM_set(state, k, count, lines, 0); });
        add(unit + "/one-by-one", [=, k = kind](auto& state) { BM_one_by_one(state, k, count, lines); });
      }
      add("compile", [=, k = kind](auto& state) { BM_compile(state, k, count); });
    }
  }
  return true;
}();

}  // namespace
