// `redoubt campaign`: a long search that remembers.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "campaign/campaign.h"
#include "campaign/report.h"
#include "cli/campaign_options.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "harness/known.h"
#include "harness/summary.h"

namespace redoubt::cli {

namespace {

constexpr double kLogEvery_s = 60;

std::atomic<bool> stop_requested{false};

void on_signal(int) { stop_requested.store(true); }

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // a second Ctrl-C ends at once, and loses units at work only
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

/// On a terminal one line that changes; elsewhere one line a minute.
class ProgressLine {
 public:
  void show(const campaign::Progress& p) {
    if (!terminal_ && p.session_s < next_s_) return;
    next_s_ = p.session_s + kLogEvery_s;
    const double rate = p.session_s > 0 ? static_cast<double>(p.session_pairs) / p.session_s : 0;
    std::fprintf(stderr,
                 "%s%.0f%s s  %s units  %s pairs  %s pairs/s  %s in %s buckets  missing: %zu rules, %zu paths%s",
                 terminal_ ? "\r\033[K" : "", p.elapsed_s, of(p.for_s).c_str(), harness::with_commas(p.units).c_str(),
                 harness::with_commas(p.pairs).c_str(), harness::with_commas(static_cast<std::uint64_t>(rate)).c_str(),
                 harness::with_commas(p.unexplained).c_str(), harness::with_commas(p.buckets).c_str(), p.rules_missing,
                 p.paths_missing, terminal_ ? "" : "\n");
    std::fflush(stderr);
  }
  void end() const {
    if (terminal_) std::fputs("\r\033[K", stderr);
  }

 private:
  static std::string of(double seconds) {
    return seconds > 0 ? " of " + std::to_string(static_cast<std::uint64_t>(seconds)) : "";
  }
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  double next_s_ = kLogEvery_s;
};

int print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) return fail("cannot write the report to standard output");
  return kNothingUnexplained;
}

bool has_findings(const campaign::Campaign& c) {
  return c.ledger.unexplained() > 0 || !c.ledger.buckets().buckets().empty();
}

int run_report(const campaign::CampaignSettings& settings) {
  const auto result = campaign::read_campaign(settings.folder);
  if (!result) return fail(result.error());
  const int status = print(campaign::report_text(*result, settings.folder, settings.program));
  return status != kNothingUnexplained ? status : has_findings(*result) ? kFindings : kNothingUnexplained;
}

int run_campaign(const campaign::CampaignSettings& settings) {
  catch_signals();
  ProgressLine line;
  const auto result = campaign::run_campaign(settings, harness::built_in_catalogue(), stop_requested,
                                             [&](const campaign::Progress& p) { line.show(p); });
  line.end();
  if (!result) return fail(result.error());
  const auto error = campaign::write_reports(*result, settings.folder, settings.program);
  const int printed = print(campaign::report_text(*result, settings.folder, settings.program));
  if (error) return fail(*error);
  if (printed != kNothingUnexplained) return printed;
  if (has_findings(*result)) return kFindings;
  // As with a check: what was stopped has shown nothing yet.
  if (result->interrupted) return fail("Interrupted; nothing unexplained so far. The same command goes on.");
  return kNothingUnexplained;
}

}  // namespace

void add_campaign(CLI::App& app, int& status) {
  struct Options {
    campaign::CampaignSettings settings;
    std::vector<Semantics> semantics;
    std::vector<std::string> engines, corpora;
    std::string alphabet;
    std::uint32_t max_nodes = 0, max_len = 0;
    std::uint64_t seed = 0;
    Shard shard;
    bool isolate = false, report = false;
  };
  auto options = std::make_shared<Options>();
  Options& o = *options;
  CLI::App* command =
      app.add_subcommand("campaign", "Search for disagreements for hours: in a folder, resumable, in shards");
  command->footer(
      "The folder remembers everything: the same command goes on after Ctrl-C, a crash or kill -9, and options that\n"
      "decide what is done need not be said again. Sources: sweeps that go on to larger regexes, random regexes, "
      "regexes\n"
      "varied where they showed something new, and stored cases (--corpus). See docs/campaign.md.\n"
      "Exit status: 0 nothing unexplained, 1 findings, 2 usage, environment, or interrupted with nothing found.");
  command->add_option("FOLDER", o.settings.folder, "Where the campaign lives")->type_name("DIR")->required();
  const auto time = [&o](const std::string& text) {
    const auto seconds = parse_budget(text);
    if (!seconds) throw CLI::ValidationError("--for", seconds.error());
    o.settings.for_s = *seconds;
  };
  command
      ->add_option_function<std::string>("--for", time,
                                         "How long in all, earlier runs included (default: until stopped)")
      ->type_name("TIME");
  add_count_option(*command, "--jobs", o.settings.jobs, "Threads (default: one per core)", 1, 1024);
  const auto shares = [&o](const std::string& text) {
    const auto parsed = parse_shares(text);
    if (!parsed) throw CLI::ValidationError("--shares", parsed.error());
    o.settings.shares = *parsed;
  };
  command
      ->add_option_function<std::string>("--shares", shares,
                                         "How time is divided (default: enumeration=40,random=25,guided=25,stored=10)")
      ->type_name("A=N,B=N");
  add_count_option(*command, "--units", o.settings.units, "End after this many units of each stream of work", 1);
  const CLI::Option* semantics = add_semantics_option(*command, o.semantics, true);
  const CLI::Option* engines = add_engines_option(*command, o.engines, "Engines to judge (default: as for check)");
  const CLI::Option* alphabet = add_alphabet_option(*command, o.alphabet);
  const CLI::Option* nodes = add_count_option(*command, "--max-nodes", o.max_nodes,
                                              "Sweep regexes up to this size (default: 7); 0: no sweep", 0, 9);
  const CLI::Option* length =
      add_count_option(*command, "--max-len", o.max_len, "Sweep haystacks up to this length (default: 5)", 0, 16);
  const CLI::Option* seed = add_count_option(*command, "--seed", o.seed, "Seed of everything random (default: 1)");
  const CLI::Option* corpora =
      command->add_option("--corpus", o.corpora, "A case file, a .dat file or a folder of them: the stored cases")
          ->type_name("FILE")
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  const CLI::Option* isolate = command->add_flag(
      "--isolate", o.isolate, "Run engines from outside in child processes: a crash becomes a finding");
  const CLI::Option* shard = add_shard_option(*command, o.shard);
  command->add_flag("--report", o.report, "Do nothing, and report on what there is");
  command->callback([options, semantics, engines, alphabet, nodes, length, seed, corpora, isolate, shard, &status] {
    Options& o = *options;
    campaign::Wishes& wishes = o.settings.wishes;
    if (semantics->count()) wishes.semantics = o.semantics;
    if (engines->count()) wishes.engines = o.engines;
    if (alphabet->count()) wishes.alphabet = o.alphabet;
    if (nodes->count()) wishes.max_nodes = o.max_nodes;
    if (length->count()) wishes.max_len = o.max_len;
    if (seed->count()) wishes.seed = o.seed;
    if (corpora->count()) wishes.corpora = o.corpora;
    if (isolate->count()) wishes.isolate = o.isolate;
    if (shard->count()) {
      wishes.shard = {o.shard.index, o.shard.count};
    } else {
      const auto environment = shard_of_environment();
      if (!environment) {
        status = fail(environment.error());
        return;
      }
      if (*environment) wishes.shard = {(*environment)->index, (*environment)->count};
    }
    if (const char* program = std::getenv("REDOUBT_CALLED_AS")) o.settings.program = program;  // ./dev says how
    status = o.report ? run_report(o.settings) : run_campaign(o.settings);
  });
}

}  // namespace redoubt::cli
