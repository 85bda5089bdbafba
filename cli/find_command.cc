// `redoubt find`: every engine's answer to one question, with the spans under the haystack.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/marks.h"
#include "cli/options.h"
#include "cli/plan_text.h"
#include "cli/text.h"
#include "oracles/oracle.h"

namespace redoubt::cli {

namespace {

using oracles::Claim;
using oracles::Outcome;
using oracles::OutcomeKind;

constexpr std::size_t kGroupsShown = 20;

struct FindOptions {
  harness::Case question;
  std::vector<Semantics> semantics = {Semantics::kLeftmostLongest};
  std::vector<std::string> engines;
  bool escapes = false;
  bool modes = false;
  bool isolate = false;
  bool plan = false;
  bool has_haystack = true;  ///< without one, the plan alone is wanted
  std::string jsonl;
};

/// Engines that answer a semantics at all, of those given or of all; the reference is always asked. Its other loop
/// policy is a second reading, no engine on trial: it is asked when it is named.
std::vector<std::string> engines_for(Semantics semantics, const std::vector<std::string>& given) {
  std::vector<std::string> names;
  for (const oracles::EngineEntry& entry : oracles::registry()) {
    const std::string& name = entry.info.name;
    const bool on_trial = entry.info.unavailable.empty() && entry.info.in_questions && !name.starts_with("reference");
    const bool wanted = given.empty() ? on_trial : std::find(given.begin(), given.end(), name) != given.end();
    if (wanted && entry.info.claims[static_cast<int>(semantics)] != Claim::kNothing) names.push_back(name);
  }
  return names;
}

struct Row {
  std::string name, answer, verdict;
  Style style = Style::kPlain;
  Outcome outcome;
};

/// The answer, with what is not vouched for dimmed.
std::string answer_text(const Outcome& outcome) {
  const std::string text = visible(to_string(outcome));
  if (outcome.kind != OutcomeKind::kMatch || outcome.claim == Claim::kCaptures) return text;
  if (outcome.claim < Claim::kSpan) return styled(Style::kDim, text) + " (span not claimed)";
  const std::string span = to_string(Slots{outcome.slots[0]});
  if (outcome.slots.size() == 1) return text;
  return span + styled(Style::kDim, text.substr(span.size())) + " (groups not claimed)";
}

/// Columns on the terminal: control sequences take none.
std::size_t shown_width(const std::string& text) {
  std::size_t width = columns(text);
  for (std::size_t at = 0; (at = text.find('\x1b', at)) != std::string::npos; ++at) {
    width -= text.find('m', at) - at + 1;
  }
  return width;
}

void print_table(const std::vector<Row>& rows) {
  std::size_t names = 0;
  std::size_t answers = 0;
  for (const Row& row : rows) {
    names = std::max(names, row.name.size());
    answers = std::max(answers, std::min<std::size_t>(shown_width(row.answer), 60));
  }
  for (const Row& row : rows) {
    const std::size_t width = shown_width(row.answer);
    fmt::print("  {}  {}{}  {}\n", padded(row.name, names), row.answer,
               std::string(width < answers ? answers - width : 0, ' '), styled(row.style, row.verdict));
  }
}

/// Rows that gave the same answer.
struct Drawing {
  const Outcome* outcome;
  bool groups;
  std::string who, who_span;
};

std::vector<Drawing> drawings_of(const std::vector<Row>& rows) {
  std::vector<Drawing> drawings;
  auto join = [](std::string& list, const std::string& name) { list += (list.empty() ? "" : ", ") + name; };
  for (const bool groups : {true, false}) {
    for (const Row& row : rows) {
      const Outcome& o = row.outcome;
      if (o.kind != OutcomeKind::kMatch || o.claim < Claim::kSpan || groups != (o.claim == Claim::kCaptures)) continue;
      auto same = std::find_if(drawings.begin(), drawings.end(), [&](const Drawing& d) {
        return groups ? d.outcome->slots == o.slots : d.outcome->slots[0] == o.slots[0];
      });
      if (same == drawings.end()) same = drawings.insert(same, {&o, groups, "", ""});
      join(groups ? same->who : same->who_span, row.name);
    }
  }
  return drawings;
}

void print_drawing(const Drawing& drawing, const Marks& marks) {
  const Slots& slots = drawing.outcome->slots;
  std::string who = drawing.who;
  if (!drawing.who_span.empty()) who += (who.empty() ? "" : "; ") + ("the span only: " + drawing.who_span);
  fmt::print("\n  {:<9} {}\n", "", marks.text());
  auto line = [&](const std::string& label, const std::string& under) { fmt::print("  {:<9} {}\n", label, under); };
  line("match", marks.under(slots[0], '^'));
  std::string unset;
  for (std::size_t g = 1; drawing.groups && g < slots.size(); ++g) {
    if (!slots[g].is_set()) {
      unset += (unset.empty() ? "" : ", ") + std::to_string(g);
    } else if (g <= kGroupsShown) {
      line("group " + std::to_string(g), marks.under(slots[g], static_cast<char>('0' + g % 10)));
    }
  }
  if (drawing.groups && slots.size() > kGroupsShown + 1)
    line("", "(groups above " + std::to_string(kGroupsShown) + " are not drawn)");
  if (!unset.empty()) line("unset", unset);
  line("given by", who);
}

/// One semantics, ready to be asked.
struct Inquiry {
  harness::Case question;
  oracles::Query query;
  std::unique_ptr<harness::Panel> panel;
};

Parsed<Inquiry> prepare(const FindOptions& options, Semantics semantics) {
  Inquiry inquiry{options.question, {}, nullptr};
  inquiry.question.semantics = semantics;
  auto query = read_query(inquiry.question);
  if (!query) return tl::unexpected(query.error());
  inquiry.query = std::move(*query);
  // Of engines that are named for one semantics each has to answer; for both, each answers what it can.
  const bool all = options.semantics.size() == 1 && !options.engines.empty();
  const std::vector<std::string> names = all ? options.engines : engines_for(semantics, options.engines);
  if (names.empty()) {
    return tl::unexpected("none of the engines given answers --semantics " + std::string(to_string(semantics)));
  }
  auto panel = make_panel(semantics, names, options.isolate);
  if (!panel) return tl::unexpected(panel.error());
  inquiry.panel = std::move(*panel);
  return inquiry;
}

std::string_view title(Semantics semantics) {
  return semantics == Semantics::kLeftmostLongest ? "posix: the leftmost-longest match"
                                                  : "perl: the leftmost-first match";
}

void print_plan(const harness::Case& question, const oracles::Query& query) {
  fmt::print("\n{}\n\n{}", "The PikeVM's plan for " + std::string(title(query.semantics)),
             plan_text(query.regex, query.semantics, question.encoding));
}

/// Prints the answers; is there a difference that nothing accounts for?
bool answer(const FindOptions& options, Inquiry& inquiry, JsonLines& json) {
  const harness::Case& question = inquiry.question;
  harness::Panel& panel = *inquiry.panel;
  const std::string_view haystack = question.haystack;
  const Outcome base = harness::ask_once(panel.judge(), inquiry.query, haystack);
  std::vector<Row> rows = {{"reference", answer_text(base), "the specification", Style::kDim, base}};
  std::vector<std::string> causes;
  bool found = false;
  for (harness::Seat& seat : panel.seats()) {
    if (seat.oracle->info().name == "reference") continue;
    const int modes = options.modes ? static_cast<int>(seat.oracle->info().modes.size()) : 0;
    for (int mode = -1; mode < modes; ++mode) {
      const Judgement j = judge(panel, seat, inquiry.query, haystack, mode);
      std::string verdict = verdict_text(j) + (mode >= 0 && !j.diverges() ? " with its plain answer" : "");
      if (mode >= 0 && j.verdict.kind == harness::VerdictKind::kInconclusive) verdict = verdict_text(j);
      const Style style = j.unaccounted()                                         ? Style::kBad
                          : j.verdict.kind == harness::VerdictKind::kInconclusive ? Style::kDim
                                                                                  : Style::kPlain;
      rows.push_back({j.engine, answer_text(j.outcome), verdict, style, j.outcome});
      found = found || j.unaccounted();
      const bool variant = j.cause.kind == harness::Cause::Kind::kVariant;
      const std::string cause = j.cause.key() + ": " + (variant ? "the engine " : "") + j.cause.sentence;
      if (j.diverges() && !j.cause.sentence.empty() && std::find(causes.begin(), causes.end(), cause) == causes.end()) {
        causes.push_back(cause);
      }
      json.write(to_case(question, j));
    }
  }
  fmt::print("\n{}\n\n", title(question.semantics));
  print_table(rows);
  const Marks marks(haystack, question.encoding, base.kind == OutcomeKind::kMatch ? base.slots[0] : Span{});
  for (const Drawing& drawing : drawings_of(rows)) print_drawing(drawing, marks);
  if (!causes.empty()) fmt::print("\n");
  for (const std::string& cause : causes) fmt::print("  {}\n", cause);
  return found;
}

/// The pattern alone: nobody is asked anything.
int run_plan(const FindOptions& options) {
  fmt::print("pattern   {}\n", visible(options.question.pattern));
  for (Semantics semantics : options.semantics) {
    harness::Case question = options.question;
    question.semantics = semantics;
    const auto query = read_query(question);
    if (!query) return fail(query.error());
    print_plan(question, *query);
  }
  return kNothingUnexplained;
}

int run_find(FindOptions& options) {
  harness::Case& question = options.question;
  if (!options.has_haystack) return run_plan(options);
  if (options.escapes) {
    auto bytes = unescaped(question.haystack);
    if (!bytes) return fail("the haystack " + bytes.error());
    question.haystack = *bytes;
  }
  std::vector<Inquiry> inquiries;
  for (Semantics semantics : options.semantics) {
    auto inquiry = prepare(options, semantics);
    if (!inquiry) return fail(inquiry.error());
    inquiries.push_back(std::move(*inquiry));
  }
  JsonLines json(options.jsonl);
  if (!json.error().empty()) return fail(json.error());
  const std::string& haystack = question.haystack;
  fmt::print("pattern   {}\nhaystack  {}\n", visible(question.pattern),
             haystack.empty() ? "(empty)"
                              : Marks(haystack, question.encoding, {}).text() + "  (" +
                                    counted(haystack.size(), "byte", "bytes") + ")");
  bool found = false;
  for (Inquiry& inquiry : inquiries) {
    found = answer(options, inquiry, json) || found;
    if (options.plan) print_plan(inquiry.question, inquiry.query);
  }
  if (!json.error().empty()) return fail(json.error());
  return found ? kFindings : kNothingUnexplained;
}

}  // namespace

void add_find(CLI::App& app, int& status) {
  auto options = std::make_shared<FindOptions>();
  CLI::App* command = app.add_subcommand("find", "Every engine's answer for one pattern and one haystack");
  command->footer(
      "A pattern or haystack that begins with -, or is ++, goes after --, options first: redoubt find --icase -- '-a' "
      "'-A'\n"
      "Exit status: 0 every engine answers as the reference does, or as the catalogue of known divergences says;\n"
      "1 an engine differs and nothing accounts for it; 2 wrong usage, a malformed pattern.");
  command->add_option("PATTERN", options->question.pattern, "The regex")->required()->type_name("");
  CLI::Option* haystack =
      command
          ->add_option("HAYSTACK", options->question.haystack, "The text to search in; with --plan it may be left out")
          ->type_name("");
  add_semantics_option(*command, options->semantics, true)->default_str("posix");
  add_dialect_option(*command, options->question.dialect)->default_str("perl");
  add_pattern_flags(*command, options->question);
  command->add_flag("--escapes", options->escapes, "HAYSTACK has escapes: \\n \\r \\t \\\\ \\xHH");
  add_engines_option(*command, options->engines,
                     "Engines to ask (default: all that answer; of the PikeVM's set-ups, three)");
  command->add_flag("--modes", options->modes, "Ask each engine in its other modes, too");
  command->add_flag("--plan", options->plan, "Print which optimizations the PikeVM chose for the pattern, and why");
  command->add_flag("--isolate", options->isolate, "Run engines from outside in child processes");
  command->add_option("--jsonl", options->jsonl, "Append each engine's answer to this file, one JSON object a line")
      ->type_name("FILE");
  command->callback([options, haystack, &status] {
    options->has_haystack = haystack->count() > 0;
    if (!options->has_haystack && !options->plan) throw CLI::RequiredError("HAYSTACK");
    status = run_find(*options);
  });
}

}  // namespace redoubt::cli
