// peers_bench: this engine beside others, in one run, on generated haystacks. bench/README.md says what is measured.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "bench/measure.h"
#include "bench/results.h"

namespace {

using namespace redoubt::bench;

int probe(const std::string& engine_name, const std::string& title, bool quick) {
  const Settings settings = quick ? Settings::for_quick() : Settings();
  const auto engines = all_engines();
  for (const Row& row : all_rows(quick)) {
    if (row.title() != title) continue;
    for (const Engine& engine : engines) {
      if (engine.info.name != engine_name) continue;
      const std::string line = to_line(probe_here(engine, row, settings.cell_budget_ms * 1e6 / 3));
      std::fputs(line.c_str(), stdout);
      return 0;
    }
  }
  return 2;
}

void say(const Row& row, const std::vector<Cell>& cells) {
  fmt::print(stderr, "{:<24}", row.title());
  for (const Cell& cell : cells) {
    if (!cell.probe.error.empty()) continue;
    fmt::print(stderr, " {}={:.4g}us{}", cell.engine->info.name, cell.min_ns() * 1e-3, cell.spans_agree ? "" : "!");
  }
  fmt::print(stderr, "\n");
}

std::vector<Engine> choose(std::vector<Engine> all, const std::string& names) {
  if (names.empty()) return all;
  std::vector<Engine> chosen;
  std::istringstream list(names);
  for (std::string name; std::getline(list, name, ',');) {
    const std::size_t before = chosen.size();
    for (const Engine& e : all) {
      if (e.info.name == name) chosen.push_back(e);
    }
    if (chosen.size() == before) throw CLI::ValidationError("--engines", "there is no engine '" + name + "'");
  }
  return chosen;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Compares this engine with others; bench/report.py makes tables of the output.");
  std::string filter, engine_names, out, probed, probed_row;
  bool quick = false, list = false;
  double min_time_ms = 0;
  unsigned rounds = 0;
  app.add_option("--filter", filter, "only rows whose GROUP/NAME this ECMAScript regex finds");
  app.add_option("--engines", engine_names, "only these, separated by commas");
  app.add_option("--min-time", min_time_ms, "CPU milliseconds of one measurement (20; quick: 4)");
  app.add_option("--rounds", rounds, "measurements of each cell (7; quick: 3)");
  app.add_option("--out", out, "where the JSON goes (standard output)");
  app.add_flag("--quick", quick, "shorter haystacks and fewer rounds");
  app.add_flag("--list", list, "print the rows and the engines");
  app.add_option("--probe", probed)->group("");
  app.add_option("--row", probed_row)->group("");
  try {
    app.parse(argc, argv);
    if (!probed.empty()) return probe(probed, probed_row, quick);
    const auto engines = choose(all_engines(), engine_names);
    const std::regex wanted(filter);
    Settings settings = quick ? Settings::for_quick() : Settings();
    if (min_time_ms > 0) settings.min_time_ms = min_time_ms;
    if (rounds > 0) settings.rounds = rounds;
    if (list) {
      for (const Row& row : all_rows(quick)) std::cout << row.title() << "\n";
      for (const Engine& e : engines) {
        std::cout << e.info.name << ": " << e.info.what << (e.unavailable.empty() ? "" : "; " + e.unavailable) << "\n";
      }
      return 0;
    }
    Results results(engines, settings);
    for (const Row& row : all_rows(quick)) {
      if (!std::regex_search(row.title(), wanted)) continue;
      const auto cells = measure(row, engines, settings);
      say(row, cells);
      results.add(row, cells);
    }
    if (out.empty()) {
      std::cout << results.text();
      return std::cout.good() ? 0 : 2;
    }
    std::ofstream file(out);
    file << results.text();
    file.close();
    if (!file) {
      std::cerr << "peers_bench: cannot write " << out << "\n";
      return 2;
    }
    return 0;
  } catch (const CLI::Error& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::regex_error& error) {
    std::cerr << "peers_bench: --filter is no regex: " << error.what() << "\n";
    return 2;
  }
}
