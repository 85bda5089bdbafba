#include "harness/panel.h"

#include <utility>

#include "oracles/isolate.h"

namespace redoubt::harness {

using oracles::Claim;
using oracles::Outcome;
using oracles::OutcomeKind;
using oracles::Query;

std::vector<std::string> default_engines(Semantics semantics) {
  std::vector<std::string> names;
  for (const oracles::EngineEntry& entry : oracles::registry()) {
    const std::string& name = entry.info.name;
    if (name == "reference" || name == "reference-pcre2" || name.ends_with("-stock")) continue;
    if (!entry.info.unavailable.empty() || !entry.info.in_checks) continue;
    if (entry.info.claims[static_cast<int>(semantics)] < Claim::kSpan) continue;
    names.push_back(name);
  }
  return names;
}

namespace {

std::string known_names() {
  std::string names;
  for (const oracles::EngineEntry& entry : oracles::registry()) names += (names.empty() ? "" : ", ") + entry.info.name;
  return names;
}

bool is_own(std::string_view name) {
  return name.starts_with("pikevm") || name.starts_with("proof") || name == "definition" || name == "derivatives" ||
         name.starts_with("reference");
}

}  // namespace

tl::expected<std::unique_ptr<Panel>, std::string> Panel::make(const PanelSettings& settings,
                                                              const Catalogue& catalogue) {
  std::unique_ptr<Panel> panel(new Panel(settings, catalogue));
  panel->judge_ = oracles::find_engine("reference")->make();
  const std::vector<std::string> names =
      settings.engines.empty() ? default_engines(settings.semantics) : settings.engines;
  for (const std::string& name : names) {
    const oracles::EngineEntry* entry = oracles::find_engine(name);
    if (!entry) return tl::unexpected("There is no engine \"" + name + "\"; the engines are " + known_names() + ".");
    if (!entry->info.unavailable.empty()) {
      return tl::unexpected("Engine \"" + name + "\" is not available: " + entry->info.unavailable + ".");
    }
    if (entry->info.claims[static_cast<int>(settings.semantics)] == Claim::kNothing) {
      return tl::unexpected("Engine \"" + name + "\" does not answer --semantics " +
                            std::string(to_string(settings.semantics)) + ".");
    }
    Seat seat;
    if (settings.isolate && !is_own(name)) {
      oracles::IsolateOptions options;
      options.deadline_ms = settings.deadline_ms;
      seat.oracle = oracles::isolate(entry->make, options);
    } else {
      seat.oracle = entry->make();
    }
    if (const Known* known = catalogue.find_variant(name, entry->info.version, settings.semantics)) {
      seat.follows = reference::find_variant(known->variant, settings.semantics);
    }
    panel->seats_.push_back(std::move(seat));
  }
  return panel;
}

Outcome ask_once(oracles::Oracle& oracle, const Query& query, std::string_view haystack) {
  oracles::Prepared prepared = oracle.prepare(query);
  if (auto* outcome = std::get_if<Outcome>(&prepared)) return std::move(*outcome);
  Outcome outcome;
  std::get<std::unique_ptr<oracles::Matcher>>(prepared)->run({&haystack, 1}, {&outcome, 1});
  return outcome;
}

Outcome Panel::expected(const Seat& seat, const Query& query, std::string_view haystack, Outcome& base) {
  base = ask_once(*judge_, query, haystack);
  if (!seat.follows || !reference::may_differ(*seat.follows, query.regex)) return base;
  reference::ReadingMatcher matcher = reading_matcher(seat.follows->reading, query, workspaces_);
  Outcome outcome;
  answer(matcher, haystack, outcome);
  return outcome;
}

Outcome Panel::ask(Seat& seat, const Query& query, std::string_view haystack, int mode, Outcome& plain) {
  if (mode < 0) return ask_once(*seat.oracle, query, haystack);
  oracles::Prepared prepared = seat.oracle->prepare(query);
  if (auto* outcome = std::get_if<Outcome>(&prepared)) return plain = *outcome;
  auto& matcher = *std::get<std::unique_ptr<oracles::Matcher>>(prepared);
  Outcome outcome;
  matcher.run({&haystack, 1}, {&plain, 1});
  matcher.run_mode(static_cast<std::size_t>(mode), {&haystack, 1}, {&plain, 1}, {&outcome, 1});
  return outcome;
}

tl::expected<Query, std::string> query_of(const Case& c) {
  auto parsed = syntax::parse(c.pattern, parse_options(c));
  if (!parsed) return tl::unexpected("The pattern is malformed " + syntax::to_string(parsed.error()));
  Query query;
  query.regex = std::move(*parsed);
  query.encoding = c.encoding;
  query.semantics = c.semantics;
  if (c.dialect == syntax::Dialect::kPerl) {
    std::string flags;
    if (c.icase) flags += 'i';
    if (c.multiline) flags += 'm';
    if (c.dot_all) flags += 's';
    query.source = (flags.empty() ? "" : "(?" + flags + ")") + c.pattern;
  }
  return query;
}

}  // namespace redoubt::harness
