// `redoubt check`: the main job.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "harness/check.h"
#include "harness/known.h"
#include "harness/summary.h"

namespace redoubt::cli {

namespace {

std::atomic<bool> stop_requested{false};

void on_signal(int) { stop_requested.store(true); }

/// Test runners that split a suite say which part is wanted through these; --shard wins.
bool shard_from_environment(Shard& shard, std::string& error) {
  const char* index = std::getenv("TEST_SHARD_INDEX");
  const char* count = std::getenv("TEST_TOTAL_SHARDS");
  if (!index || !count) return true;
  const auto parsed = parse_shard(std::string(index) + "/" + count);
  if (!parsed) {
    error = "TEST_SHARD_INDEX and TEST_TOTAL_SHARDS: " + parsed.error();
    return false;
  }
  shard = *parsed;
  return true;
}

void show_progress(const harness::Progress& p) {
  const double share = p.planned ? static_cast<double>(p.done) / static_cast<double>(p.planned) : 1;
  const double left = share > 0 ? p.seconds * (1 - share) / share : 0;
  const double rate = p.seconds > 0 ? static_cast<double>(p.done) / p.seconds : 0;
  std::fprintf(stderr, "\r\033[K[%zu/%zu] %3.0f %%  %s of %s regexes  %.0f/s  %.0f s left  %llu found",
               p.phase_number + 1, p.phases, 100 * share, harness::with_commas(p.done).c_str(),
               harness::with_commas(p.planned).c_str(), rate, left, static_cast<unsigned long long>(p.findings));
  std::fflush(stderr);
}

int run_check(const harness::CheckSettings& settings) {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // a second Ctrl-C ends at once
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  const bool terminal = isatty(STDERR_FILENO) != 0;
  const auto result =
      harness::check(settings, harness::built_in_catalogue(), stop_requested, [&](const harness::Progress& p) {
        if (terminal) show_progress(p);
      });
  if (terminal) std::fputs("\r\033[K", stderr);
  if (!result) return fail(result.error());
  std::fputs(harness::summarize(*result, settings).c_str(), stdout);
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) return fail("Cannot write the report to standard output.");
  if (result->error) return fail(*result->error);
  // A gate must not pass because it was stopped.
  if (result->interrupted && result->unexplained() == 0) {
    return fail("Interrupted before everything planned was done; nothing unexplained so far.");
  }
  return result->unexplained() > 0 ? kFindings : kNothingUnexplained;
}

}  // namespace

void add_check(CLI::App& app, int& status) {
  struct Options {
    harness::CheckSettings settings;
    Shard shard;
    std::string modes = "sample";
    std::string environment_error;
  };
  auto options = std::make_shared<Options>();
  harness::CheckSettings& settings = options->settings;
  settings.random = 1500;
  settings.findings_dir = "findings";
  const bool environment = shard_from_environment(options->shard, options->environment_error);

  CLI::App* command = app.add_subcommand(
      "check", "Hold engines against the reference: every small regex on every short haystack, then random ones");
  command->footer(
      "Without options: both semantics, every available engine but the pikevm-no-…, under three minutes on two cores.\n"
      "Every difference is compared on what the engine claims, classified (a named variant of the reference, or an\n"
      "entry of the catalogue), shrunk and written to the findings folder as it is found.\n"
      "Exit status: 0 nothing unexplained, 1 findings, 2 usage or environment.");
  settings.semantics = {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst};
  add_semantics_option(*command, settings.semantics, true);
  add_engines_option(*command, settings.engines, "Engines to judge (default: every available one but pikevm-no-…)");
  add_alphabet_option(*command, settings.alphabet);
  add_count_option(*command, "--max-nodes", settings.max_nodes, "Sweep regexes up to this size; 0: no sweep", 0, 9);
  add_count_option(*command, "--max-len", settings.max_len, "Sweep haystacks up to this length", 0, 16);
  add_count_option(*command, "--random", settings.random, "Random regexes, per semantics and encoding");
  add_count_option(*command, "--random-nodes", settings.random_nodes, "Their largest size", 1, 100);
  add_count_option(*command, "--random-len", settings.random_len, "Their haystacks' largest length in bytes", 1, 1000);
  add_count_option(*command, "--seed", settings.seed, "Seed of the random regexes");
  add_shard_option(*command, options->shard);
  add_budget_option(*command, settings.budget_s);
  add_count_option(*command, "--jobs", settings.jobs, "Threads (default: one per core)", 1, 1024);
  command
      ->add_option("--modes", options->modes,
                   "Ask each engine the same in its other modes: of a sample of patterns, of all, or not")
      ->check(CLI::IsMember({"sample", "all", "off"}))
      ->capture_default_str();
  command->add_flag("--isolate", settings.isolate,
                    "Run engines from outside in child processes: a crash or a hang becomes a finding");
  command->add_option("--findings", settings.findings_dir, "Folder for case files of what is found")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--jsonl", settings.jsonl, "Append findings to this file, one JSON object a line")
      ->type_name("FILE");
  command->callback([options, environment, &status] {
    if (!environment) {
      status = fail(options->environment_error);
      return;
    }
    harness::CheckSettings& chosen = options->settings;
    chosen.shard = options->shard.index;
    chosen.shards = options->shard.count;
    if (const char* program = std::getenv("REDOUBT_CALLED_AS")) chosen.program = program;  // ./dev says how
    chosen.modes = options->modes != "off";
    if (options->modes == "all") chosen.mode_nodes = 1'000'000;
    status = run_check(chosen);
  });
}

}  // namespace redoubt::cli
