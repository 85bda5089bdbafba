// `redoubt replay`: runs stored cases again. A case with an expected answer and no engine is a known answer, held
// against the project's own engines (and others that are named); a case with an engine is a finding, which may still
// stand.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "cli/text.h"

namespace redoubt::cli {

namespace {

namespace fs = std::filesystem;
using harness::Case;
using oracles::Outcome;
using oracles::OutcomeKind;

struct ReplayOptions {
  std::vector<std::string> paths;
  std::vector<std::string> engines;
  bool isolate = false;
  bool quiet = false;
  std::string jsonl;
};

/// All *.toml below a folder, sorted; a file is itself. Error: one sentence.
Parsed<std::vector<std::string>> case_files(const std::string& path) {
  std::error_code code;
  if (!fs::exists(path, code))
    return tl::unexpected(in_quotes(path) + " does not exist; give a case file or a folder of them");
  if (!fs::is_directory(path, code)) return std::vector{path};
  std::vector<std::string> files;
  fs::recursive_directory_iterator at(path, code);
  for (; !code && at != fs::recursive_directory_iterator(); at.increment(code)) {
    std::error_code ignored;
    if (at->path().extension() == ".toml" && at->is_regular_file(ignored)) files.push_back(at->path().string());
  }
  if (code) return tl::unexpected(in_quotes(path) + " cannot be read: " + code.message());
  if (files.empty()) return tl::unexpected("the folder " + in_quotes(path) + " holds no *.toml file");
  std::sort(files.begin(), files.end());
  return files;
}

/// The catalogue of known divergences may lie among case files and is none.
bool is_catalogue(const std::string& file) { return fs::path(file).filename() == "known.toml"; }

class Replay {
 public:
  explicit Replay(const ReplayOptions& options) : options_(options), json_(options.jsonl) {}

  int run() {
    if (!json_.error().empty()) return fail(json_.error());
    for (const std::string& path : options_.paths) {
      const auto files = case_files(path);
      if (!files) {
        problem(files.error());
        continue;
      }
      for (const std::string& file : *files) {
        if (file != path && is_catalogue(file)) continue;
        replay_file(file);
      }
    }
    if (!json_.error().empty()) problem(json_.error());
    summarize();
    return problems_ > 0 ? kUsage : failed_ > 0 ? kFindings : kNothingUnexplained;
  }

 private:
  void problem(const std::string& sentence) {
    ++problems_;
    fail(sentence);
  }

  void say(Style style, const std::string& verdict, const std::string& file, const Case& c, const std::string& text) {
    ++counts_[verdict];
    if (options_.quiet && style == Style::kPlain) return;
    fmt::print("{}  {}: {}{}\n", styled(style, padded(verdict, 7)), visible(file), visible(c.name),
               text.empty() ? "" : ": " + text);
  }

  void replay_file(const std::string& file) {
    const auto cases = harness::read_case_file(file);
    if (!cases) return problem(cases.error().message);
    if (cases->empty()) return problem(visible(file) + ": the file holds no case; a case begins with [[case]]");
    for (const Case& c : *cases) {
      const auto query = read_query(c);
      if (!query) {
        problem(visible(file) + ": case " + in_quotes(c.name) + ": " + query.error());
      } else if (c.engine.empty()) {
        replay_answer(file, c, *query);
      } else {
        replay_finding(file, c, *query);
      }
    }
  }

  harness::Panel* panel(Semantics semantics, const std::string& engine, const std::string& where) {
    auto& place = panels_[{semantics, engine}];
    if (place) return place.get();
    auto made = make_panel(semantics, {engine}, options_.isolate);
    if (!made) {
      problem(where + ": " + made.error());
      return nullptr;
    }
    place = std::move(*made);
    return place.get();
  }

  void replay_answer(const std::string& file, const Case& c, const oracles::Query& query) {
    if (!c.expected) {
      return say(Style::kDim, "no claim", file, c, "neither an expected answer nor an engine is given");
    }
    Outcome expected;
    if (*c.expected) {
      set_match(expected, oracles::Claim::kCaptures, 0);
      expected.slots = **c.expected;
    } else {
      set_no_match(expected, oracles::Claim::kCaptures);
    }
    const bool posix = c.semantics == Semantics::kLeftmostLongest;
    std::vector<std::string> engines = options_.engines;
    if (engines.empty()) {
      engines = {"reference", "pikevm"};
      if (posix) engines.insert(engines.begin() + 1, "definition");
    }
    std::string wrong, silent;
    bool known_only = true;
    std::size_t judged = 0;
    for (const std::string& name : engines) {
      if (oracles::find_engine(name)->info.claims[static_cast<int>(c.semantics)] == oracles::Claim::kNothing) continue;
      harness::Panel* panel = this->panel(c.semantics, name, visible(file));
      if (panel == nullptr) return;
      harness::Seat& seat = panel->seats()[0];
      const Judgement j = judge(*panel, seat, query, c.haystack);
      const harness::Verdict verdict = harness::compare(expected, j.outcome);
      if (verdict.kind == harness::VerdictKind::kInconclusive) {
        silent += (silent.empty() ? "" : "; ") + name + ": " + visible(to_string(j.outcome));
        continue;
      }
      ++judged;
      if (verdict.kind == harness::VerdictKind::kAgree) continue;
      wrong += (wrong.empty() ? "" : "; ") + name + " answers " + visible(to_string(j.outcome));
      const bool accounted = j.diverges() && j.cause.accounted;
      if (accounted) wrong += " (" + j.cause.key() + ", as catalogued)";
      known_only = known_only && accounted;
      json_.write(to_case(c, j));
    }
    const std::string wanted =
        "expected " + harness::to_string(*c.expected) + (c.rule.empty() ? "" : " (" + visible(c.rule) + ")");
    if (!wrong.empty()) {
      failed_ += known_only ? 0 : 1;
      say(known_only ? Style::kPlain : Style::kBad, known_only ? "known" : "WRONG", file, c, wanted + ", but " + wrong);
    } else if (judged == 0) {
      ++failed_;
      say(Style::kBad, "UNASKED", file, c, wanted + ", and no engine answers" + (silent.empty() ? "" : ": " + silent));
    } else {
      say(Style::kPlain, "right", file, c, harness::to_string(*c.expected));
    }
  }

  void replay_finding(const std::string& file, const Case& c, const oracles::Query& query) {
    const std::string where = visible(file) + ": case " + in_quotes(c.name);
    const auto name = parse_engine_name(c.engine);
    if (!name) return problem(where + ": " + name.error());
    harness::Panel* panel = this->panel(c.semantics, name->engine, where);
    if (panel == nullptr) return;
    const Judgement j = judge(*panel, panel->seats()[0], query, c.haystack, name->mode);
    std::string drift;
    if (c.expected && to_string(j.base) != harness::to_string(*c.expected)) {
      drift = "the reference answers " + visible(to_string(j.base)) + ", where " + harness::to_string(*c.expected) +
              " is recorded";
    }
    const std::string now = j.engine + " answers " + visible(to_string(j.outcome));
    if (j.diverges()) {
      const std::string kind(to_string(j.verdict.divergence));
      const bool same = (c.kind.empty() || c.kind == kind) && (c.cause.empty() || c.cause == j.cause.key());
      const std::string what = kind + ", " + j.cause.key() + (j.cause.accounted ? ", as catalogued" : "");
      const std::string was = c.kind + (c.cause.empty() ? "" : ", " + c.cause);
      json_.write(to_case(c, j));
      failed_ += j.unaccounted() || !drift.empty() ? 1 : 0;
      say(j.unaccounted() ? Style::kBad : Style::kPlain, j.unaccounted() ? (same ? "STANDS" : "CHANGED") : "known",
          file, c,
          (same ? what : "recorded " + visible(was) + ", now " + what) + ": " + now + ", the reference " +
              visible(to_string(j.verdict.divergence == harness::DivergenceKind::kSelf ? j.plain : j.base)) +
              (drift.empty() ? "" : "; " + drift));
    } else if (!drift.empty()) {
      ++failed_;
      say(Style::kBad, "WRONG", file, c, drift);
    } else if (j.verdict.kind == harness::VerdictKind::kInconclusive) {
      ++failed_;
      say(Style::kBad, "UNASKED", file, c, verdict_text(j));
    } else {
      say(Style::kGood, "gone", file, c, now + ", as it should");
    }
  }

  void summarize() {
    std::size_t total = 0;
    std::string parts;
    for (const auto& [verdict, count] : counts_) {
      total += count;
      parts += (parts.empty() ? "" : ", ") + std::to_string(count) + " " + verdict;
    }
    if (total > 0) fmt::print("{}{}{}\n", counted(total, "case", "cases"), parts.empty() ? "" : ": ", parts);
  }

  const ReplayOptions& options_;
  JsonLines json_;
  std::map<std::pair<Semantics, std::string>, std::unique_ptr<harness::Panel>> panels_;
  std::map<std::string, std::size_t> counts_;
  std::size_t failed_ = 0, problems_ = 0;
};

}  // namespace

void add_replay(CLI::App& app, int& status) {
  auto options = std::make_shared<ReplayOptions>();
  CLI::App* command = app.add_subcommand("replay", "Run stored cases again and say what has changed");
  command->footer(
      "A case without an engine is a known answer: right, or WRONG when one of the project's own engines (reference,\n"
      "definition where it is small enough, pikevm; or those of --engines) contradicts it within its claim.\n"
      "A case with an engine is a finding, and that engine is asked again: it STANDS, has CHANGED (another kind or "
      "cause),\n"
      "is known (the catalogue accounts for it), or is gone. UNASKED: no engine could give an answer.\n"
      "Exit status: 0 all is right, known or gone; 1 something is WRONG, STANDS, has CHANGED or is UNASKED; 2 a file "
      "is\n"
      "missing or malformed, or names an engine that is not there (the other cases are run all the same).");
  command->add_option("PATH", options->paths, "Case files, and folders of them (*.toml below, known.toml left out)")
      ->required()
      ->type_name("");
  add_engines_option(*command, options->engines, "Engines to hold against known answers");
  command->add_flag("--quiet,-q", options->quiet, "Print only what is not as it should be, and the counts");
  command->add_flag("--isolate", options->isolate, "Run engines from outside in child processes");
  command->add_option("--jsonl", options->jsonl, "Append what differs to this file, one JSON object a line")
      ->type_name("FILE");
  command->callback([options, &status] { status = Replay(*options).run(); });
}

}  // namespace redoubt::cli
