// `redoubt suite`: Fowler's test data, put to engines.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "cli/text.h"
#include "harness/case_text.h"
#include "harness/fowler.h"

namespace redoubt::cli {

namespace {

using harness::SuiteItem;
using harness::SuiteItemKind;
using oracles::Claim;
using oracles::Outcome;
using oracles::OutcomeKind;

constexpr std::size_t kWrongShown = 20;

struct SuiteOptions {
  std::vector<std::string> files;
  std::vector<std::string> engines;
  bool all = false;
  bool isolate = false;
  std::string jsonl;
};

struct Player {
  std::unique_ptr<harness::Panel> panel;
  std::string name;
  Claim claim = Claim::kNothing;
  bool for_information = false;  ///< answers leftmost-first only: never a reason to fail
  std::size_t failed_guard = 0;
  std::size_t asked = 0, right = 0, wrong = 0, known = 0, silent = 0, other_region = 0, groups_unjudged = 0;
  std::map<std::string, std::size_t> reasons;  ///< why silent
};

/// Does an outcome fulfil an item, as far as the engine vouches for it?
bool fulfils_claim(SuiteItem item, const Outcome& outcome) {
  if (outcome.claim < Claim::kCaptures) {
    item.judged_slots = std::min<std::size_t>(item.judged_slots, outcome.claim == Claim::kSpan ? 1 : 0);
  }
  return fulfils(item, outcome.kind == OutcomeKind::kMatch ? harness::Answer(outcome.slots) : harness::Answer());
}

std::string asked_text(const SuiteItem& item) {
  const std::string& haystack = item.test.haystack;
  return visible(item.test.pattern) + (item.test.icase ? " (ignoring case)" : "") + " on " +
         (haystack.empty() ? "nothing" : "'" + harness::to_escaped(haystack) + "'");
}

std::string wanted_text(const SuiteItem& item) {
  return item.test.expected ? harness::to_string(*item.test.expected) : std::string("a match");
}

class Run {
 public:
  explicit Run(const SuiteOptions& options) : options_(options), json_(options.jsonl) {}

  int run() {
    if (!json_.error().empty()) return fail(json_.error());
    if (const std::string error = seat(); !error.empty()) return fail(error);
    for (const std::string& path : options_.files) {
      const auto suite = harness::read_fowler_file(path);
      if (!suite) {
        problem(suite.error().message);
        continue;
      }
      report_malformed(path, *suite);
      if (suite->items.empty() && suite->malformed.empty()) {
        problem(visible(path) + ": the file holds no test line");
        continue;
      }
      play(path, *suite);
    }
    if (played_) report();
    if (!json_.error().empty()) problem(json_.error());
    const bool wrong = parser_wrong_ > 0 || std::any_of(players_.begin(), players_.end(), [](const Player& p) {
                         return p.wrong > 0 && !p.for_information;
                       });
    return problems_ > 0 ? kUsage : wrong ? kFindings : kNothingUnexplained;
  }

 private:
  void problem(const std::string& sentence) {
    ++problems_;
    fail(sentence);
  }

  void report_malformed(const std::string& path, const harness::Suite& suite) {
    const std::size_t shown = options_.all ? suite.malformed.size() : std::min(suite.malformed.size(), kWrongShown);
    for (std::size_t k = 0; k < shown; ++k) problem(visible(suite.malformed[k].message));
    if (shown < suite.malformed.size()) {
      fail(fmt::format("{}: and {} more malformed lines (--all lists them)", visible(path),
                       suite.malformed.size() - shown));
    }
  }

  std::string seat() {
    std::vector<std::string> names = options_.engines;
    if (names.empty()) {
      for (const char* name : {"reference", "definition", "pikevm", "pcre2-dfa", "re2-longest"}) {
        const oracles::EngineEntry* entry = oracles::find_engine(name);
        if (entry != nullptr && entry->info.unavailable.empty()) names.push_back(name);
      }
    }
    for (const std::string& name : names) {
      Player player;
      player.name = name;
      const oracles::EngineInfo& info = oracles::find_engine(name)->info;
      player.claim = info.claims[static_cast<int>(Semantics::kLeftmostLongest)];
      player.for_information = player.claim == Claim::kNothing;
      const Semantics semantics = player.for_information ? Semantics::kLeftmostFirst : Semantics::kLeftmostLongest;
      if (player.for_information) player.claim = info.claims[static_cast<int>(semantics)];
      auto panel = make_panel(semantics, {name}, options_.isolate);
      if (!panel) return panel.error();
      player.panel = std::move(*panel);
      players_.push_back(std::move(player));
    }
    return {};
  }

  void play(const std::string& path, const harness::Suite& suite) {
    played_ = true;
    std::size_t asked = 0, refusals = 0, skipped = 0;
    for (Player& player : players_) player.failed_guard = 0;
    for (const SuiteItem& item : suite.items) {
      switch (item.kind) {
        case SuiteItemKind::kSkipped:
          ++skipped;
          ++skipped_[item.reason];
          break;
        case SuiteItemKind::kCompileError:
          ++refusals;
          refuse(item);
          break;
        case SuiteItemKind::kCase:
          ++asked;
          ask(item);
          break;
      }
    }
    fmt::print("{}: {} asked, {} to be refused, {} skipped, {} malformed\n", visible(path),
               counted(asked, "line", "lines"), refusals, skipped, suite.malformed.size());
  }

  void wrong(const std::string& text) {
    if (options_.all || wrong_.size() < kWrongShown) wrong_.push_back(text);
    ++wrong_count_;
  }

  void refuse(const SuiteItem& item) {
    ++refusals_;
    if (!syntax::parse(item.test.pattern, parse_options(item.test))) {
      ++refused_;
      return;
    }
    ++parser_wrong_;
    wrong(visible(item.test.name) + ": " + visible(item.test.pattern) + " is to be refused (" + item.error_code +
          "), but the parser accepts it");
  }

  void ask(const SuiteItem& item) {
    const auto parsed = syntax::parse(item.test.pattern, parse_options(item.test));
    if (!parsed) {
      if (syntax::is_unsupported(parsed.error().kind)) {
        ++skipped_["not in Redoubt's syntax: " + std::string(to_string(parsed.error().kind))];
      } else {
        ++parser_wrong_;
        wrong(visible(item.test.name) + ": " + asked_text(item) + ": expected " + wanted_text(item) +
              ", but the parser refuses the pattern " + syntax::to_string(parsed.error()));
      }
      return;
    }
    for (Player& player : players_) {
      if (item.guard != 0 && item.guard == player.failed_guard) {
        ++player.other_region;
        continue;
      }
      hold(player, item);
    }
  }

  void hold(Player& player, const SuiteItem& item) {
    harness::Case c = item.test;
    c.semantics = player.panel->semantics();
    const auto query = harness::query_of(c);
    if (!query) return;  // the parser has accepted it above
    const Judgement j = judge(*player.panel, player.panel->seats()[0], *query, c.haystack);
    const Outcome& outcome = j.outcome;
    const bool answered = outcome.kind == OutcomeKind::kMatch || outcome.kind == OutcomeKind::kNoMatch;
    const bool failed = outcome.kind == OutcomeKind::kRejected || outcome.kind == OutcomeKind::kCrashed;
    const bool good = answered && fulfils_claim(item, outcome);
    if (!good && item.guard == item.line) {
      player.failed_guard = item.line;
      ++player.other_region;
      return;
    }
    ++player.asked;
    if (!answered && !failed) {
      ++player.silent;
      ++player.reasons[outcome.why];
      return;
    }
    if (good) {
      ++player.right;
      if (outcome.kind == OutcomeKind::kMatch && outcome.claim < Claim::kCaptures && item.judged_slots > 1 &&
          outcome.slots.size() > 1) {
        ++player.groups_unjudged;
      }
      return;
    }
    const bool known = j.diverges() && j.cause.accounted;
    ++(known ? player.known : player.wrong);
    if (known || player.for_information) return;
    wrong(visible(c.name) + ": " + asked_text(item) + ": expected " + wanted_text(item) + ", " + player.name +
          " answers " + visible(to_string(outcome)) + (j.diverges() ? " (" + j.cause.key() + ")" : ""));
    harness::Case finding = to_case(c, j);
    finding.expected = item.test.expected;
    json_.write(finding);
  }

  void report() const {
    fmt::print("\n{}\n", styled(Style::kBold,
                                fmt::format("{:<16} {:<9} {:>6} {:>6} {:>6} {:>6} {:>6} {:>13}", "engine", "judged on",
                                            "asked", "right", "wrong", "known", "silent", "other regions")));
    for (const Player& p : players_) {
      const std::string wrong = fmt::format("{:>6}", p.wrong);
      fmt::print("{:<16} {:<9} {:>6} {:>6} {} {:>6} {:>6} {:>13}{}\n", p.name, std::string(to_string(p.claim)), p.asked,
                 p.right, styled(p.wrong > 0 && !p.for_information ? Style::kBad : Style::kPlain, wrong), p.known,
                 p.silent, p.other_region, p.for_information ? "  leftmost-first: for information" : "");
    }
    fmt::print("{:<16} {:<9} {:>6} {:>6} {:>6}   patterns that are to be refused, and refusals that should not be\n",
               "the parser", "refusal", refusals_, refused_, parser_wrong_);
    for (const Player& p : players_) {
      for (const auto& [why, count] : p.reasons) fmt::print("  {} is silent on {}: {}\n", p.name, count, visible(why));
      if (p.groups_unjudged > 0) {
        fmt::print("  {} does not claim its groups: not judged in {} of its right answers\n", p.name,
                   p.groups_unjudged);
      }
    }
    if (!skipped_.empty()) fmt::print("\nskipped:\n");
    std::vector<std::pair<std::size_t, std::string>> reasons;
    for (const auto& [reason, count] : skipped_) reasons.emplace_back(count, reason);
    std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [count, reason] : reasons) fmt::print("{:>6}  {}\n", count, visible(reason));
    if (!wrong_.empty()) fmt::print("\nwrong:\n");
    for (const std::string& text : wrong_) fmt::print("  {}\n", text);
    if (wrong_count_ > wrong_.size()) fmt::print("  and {} more (--all lists them)\n", wrong_count_ - wrong_.size());
  }

  const SuiteOptions& options_;
  JsonLines json_;
  std::vector<Player> players_;
  std::map<std::string, std::size_t> skipped_;
  std::vector<std::string> wrong_;
  std::size_t wrong_count_ = 0, refusals_ = 0, refused_ = 0, parser_wrong_ = 0, problems_ = 0;
  bool played_ = false;
};

}  // namespace

void add_suite(CLI::App& app, int& status) {
  auto options = std::make_shared<SuiteOptions>();
  CLI::App* command = app.add_subcommand("suite", "Put Fowler's test data (*.dat) to engines");
  command->footer(
      "Asks every line for POSIX extended regexes; the others are counted by the reason why they are not asked. An "
      "engine\n"
      "is judged on what it claims: right, wrong, known (wrong as the catalogue of known divergences says) or silent "
      "(it\n"
      "has a limit, or lacks the construct). Lines of a region whose guard an engine does not pass are not meant for "
      "it.\n"
      "Engines that answer leftmost-first only are shown when they are named, for information.\n"
      "Exit status: 0 no engine is wrong; 1 one is, or the parser is: gate on --engines NAME for your own; 2 a file "
      "is\n"
      "missing or has malformed lines (the rest is run all the same).");
  command->add_option("FILE", options->files, "Test data in Fowler's format")->required()->type_name("");
  add_engines_option(*command, options->engines,
                     "Engines to ask (default: reference, definition, pikevm, pcre2-dfa, re2-longest)");
  command->add_flag("--all", options->all, "List every wrong answer, not only the first 20");
  command->add_flag("--isolate", options->isolate, "Run engines from outside in child processes");
  command->add_option("--jsonl", options->jsonl, "Append wrong answers to this file, one JSON object a line")
      ->type_name("FILE");
  command->callback([options, &status] { status = Run(*options).run(); });
}

}  // namespace redoubt::cli
