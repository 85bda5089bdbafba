// `redoubt mutants`: how good are the techniques of this project at finding mistakes? Switches on the mutants of
// syntax/mutants.inc one by one, in child processes of this program, and measures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "cli/commands.h"
#include "cli/mutation_table.h"
#include "cli/options.h"
#include "cli/text.h"
#include "harness/mutation.h"
#include "syntax/mutants.h"

namespace redoubt::cli {

namespace {

using harness::Attempt;
using harness::Technique;

struct MutantsOptions {
  std::vector<std::string> mutants, techniques, suites;
  double budget_s = 60;
  std::uint64_t jobs = 1;
  bool list = false;
  std::string cases = "cases";
  std::string jsonl, markdown;
};

std::vector<MutantRow> registry() {
  std::vector<MutantRow> rows;
#ifdef REDOUBT_MUTANTS
  for (const syntax::MutantInfo& m : syntax::mutants()) {
    rows.push_back({std::string(m.name),
                    std::string(m.folder),
                    std::string(m.semantics),
                    std::string(m.mistake),
                    std::string(m.says),
                    {}});
  }
#endif
  return rows;
}

/// Those of `all` that are named, or all of them if none is. Error: one sentence.
template <class T>
Parsed<std::vector<T>> chosen(std::vector<T> all, const std::vector<std::string>& names, const char* what) {
  if (names.empty()) return all;
  std::vector<T> some;
  for (const std::string& name : names) {
    const auto place = std::find_if(all.begin(), all.end(), [&](const T& t) { return t.name == name; });
    if (place == all.end()) return tl::unexpected(fmt::format("there is no {} {}; see --list", what, in_quotes(name)));
    some.push_back(*place);
  }
  return some;
}

/// Runs every technique on every row, some at once; prints each row when it is complete.
void measure(std::vector<MutantRow>& rows, const std::vector<Technique>& techniques, const MutantsOptions& options,
             std::FILE* json) {
  std::mutex mutex;
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t k; (k = next.fetch_add(1)) < rows.size();) {
      for (const Technique& technique : techniques) {
        rows[k].attempts.push_back(harness::attempt(technique, rows[k].name, options.budget_s));
      }
      const std::lock_guard lock(mutex);
      std::fputs(text_row(rows[k]).c_str(), stdout);
      std::fflush(stdout);
      for (std::size_t t = 0; json != nullptr && t < techniques.size(); ++t) {
        std::fputs((json_row(rows[k], techniques[t].name, t) + "\n").c_str(), json);
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t t = 1; t < options.jobs; ++t) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
}

int run_mutants(const MutantsOptions& options) {
  std::vector<MutantRow> all = registry();
  if (all.empty()) {
    return fail("this build has no mutants in it; `cmake --preset mutants` makes one that has (./dev mutants runs it)");
  }
  if (options.list) {
    for (const MutantRow& m : all)
      fmt::print("{:32}{:12}{:6}{}: {}\n", m.name, m.folder, m.semantics, m.mistake, m.says);
    return kNothingUnexplained;
  }
  harness::TechniqueSettings settings;
  std::error_code code;
  settings.program = std::filesystem::read_symlink("/proc/self/exe", code).string();
  if (code) return fail("the program cannot find itself: " + code.message());
  settings.cases = options.cases;
  settings.suites = options.suites;
  settings.budget_s = options.budget_s;
  const auto techniques = chosen(harness::techniques(settings), options.techniques, "technique");
  if (!techniques) return fail(techniques.error());
  auto rows = chosen(std::move(all), options.mutants, "mutant");
  if (!rows) return fail(rows.error());
  // The control: without a mistake nothing is found.
  rows->insert(rows->begin(), MutantRow{"", "", "both", "control", "no mistake", {}});

  std::FILE* json = options.jsonl.empty() ? nullptr : std::fopen(options.jsonl.c_str(), "a");
  if (json == nullptr && !options.jsonl.empty()) return fail(in_quotes(options.jsonl) + " cannot be written");
  std::fputs(text_head(*techniques).c_str(), stdout);
  measure(*rows, *techniques, options, json);
  if (json != nullptr && std::fclose(json) != 0) return fail(in_quotes(options.jsonl) + " cannot be written");
  const std::string summary = summary_text(*rows, *techniques);
  std::fputs(("\n" + summary).c_str(), stdout);
  if (!options.markdown.empty()) {
    if (const std::string error = write_markdown(options.markdown, *rows, *techniques, options.budget_s);
        !error.empty())
      return fail(error);
  }
  return all_as_it_should(*rows) ? kNothingUnexplained : kFindings;
}

}  // namespace

void add_mutants(CLI::App& app, int& status) {
  auto options = std::make_shared<MutantsOptions>();
  CLI::App* command = app.add_subcommand(
      "mutants", "Switch on known mistakes of this program, one by one: does each technique find them?");
  command->footer(
      "Needs a build with mutants in it: the CMake preset `mutants`, or ./dev mutants. Each technique runs on each\n"
      "mutant in a child process, on one core, until its first finding or the end of its budget of processor time; "
      "the\n"
      "first line of the table is the program without a mistake, in which nothing must be found.\n"
      "Exit status: 0 each mutant is killed by a technique at least, 1 some is not, or the control is, 2 usage or\n"
      "environment.");
  command->add_option("--mutant", options->mutants, "Mutants to switch on (default: all)")
      ->type_name("NAME")
      ->delimiter(',');
  command->add_option("--technique", options->techniques, "check, enumeration, random, properties, fuzzing, suites")
      ->type_name("NAME")
      ->delimiter(',');
  add_budget_option(*command, options->budget_s);
  add_count_option(*command, "--jobs", options->jobs, "How many mutants at once", 1, 1024);
  command->add_flag("--list", options->list, "List the mutants and end");
  command->add_option("--cases", options->cases, "Folder of the decided cases")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--suite", options->suites, "Files of Fowler's test data, for the suites")->type_name("FILE");
  command->add_option("--jsonl", options->jsonl, "Append every attempt to this file, one JSON object a line")
      ->type_name("FILE");
  command->add_option("--markdown", options->markdown, "Write the table to this file")->type_name("FILE");
  command->callback([options, &status] { status = run_mutants(*options); });
}

}  // namespace redoubt::cli
