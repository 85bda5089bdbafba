// `redoubt known`: the catalogue of known divergences, and whether its witnesses still hold.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <sstream>

#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/text.h"
#include "harness/case_text.h"
#include "harness/known.h"
#include "harness/shrink.h"
#include "syntax/printer.h"

namespace redoubt::cli {

namespace {

using harness::Known;

struct KnownOptions {
  std::string file;
  std::string audit = "witness";
};

/// What became of an entry's witness on one engine.
struct Finding {
  bool failed = false;
  std::string text;
};

class Audit {
 public:
  Audit(const harness::Catalogue& catalogue, bool minimal) : catalogue_(catalogue), minimal_(minimal) {}

  Finding check(const Known& known, const std::string& engine) {
    const std::string name = engine.substr(0, engine.find('/'));
    const oracles::EngineEntry* entry = oracles::find_engine(name);
    if (entry == nullptr) return {true, "there is no such engine"};
    if (!entry->info.unavailable.empty()) return {false, "not available here: " + visible(entry->info.unavailable)};
    if (!entry->info.version.starts_with(known.versions)) {
      return {false, "is version " + visible(entry->info.version) + " here: not asked"};
    }
    const auto parsed = parse_engine_name(engine);
    if (!parsed) return {true, parsed.error()};
    auto panel = make_panel(known.semantics, {name}, false, catalogue_);
    if (!panel) return {true, panel.error()};
    const auto query = harness::query_of(known.witness);
    if (!query) return {true, query.error()};

    // An entry for an engine as such covers its modes; it is enough that one of them shows it.
    harness::Seat& seat = (*panel)->seats()[0];
    const int modes = static_cast<int>(entry->info.modes.size());
    const int first = parsed->mode;
    const int last = parsed->mode >= 0 ? parsed->mode : modes - 1;
    std::string seen;
    for (int mode = first; mode <= last; ++mode) {
      const Judgement j = judge(**panel, seat, *query, known.witness.haystack, mode);
      if (says(known, j))
        return shrink_further(known, **panel, *query, mode, "still answers " + visible(to_string(j.outcome)));
      if (mode == first) seen = visible(to_string(j.outcome)) + ", which " + verdict_text(j);
    }
    return {true, "now answers " + seen};
  }

 private:
  static bool says(const Known& known, const Judgement& j) {
    if (!j.diverges() || (known.kind && *known.kind != j.verdict.divergence)) return false;
    return j.cause.key() == (known.variant.empty() ? "known:" + known.id : "variant:" + known.variant);
  }

  Finding shrink_further(const Known& known, harness::Panel& panel, const oracles::Query& query, int mode,
                         const std::string& text) const {
    if (!minimal_) return {false, text};
    const harness::Case& witness = known.witness;
    const auto result = harness::shrink(query.regex, witness.haystack, query.encoding,
                                        [&](const syntax::Regex& regex, const std::string& haystack) {
                                          oracles::Query smaller = query;
                                          smaller.regex = regex;
                                          if (!syntax::equal(regex, query.regex)) smaller.source.clear();
                                          return says(known, judge(panel, panel.seats()[0], smaller, haystack, mode));
                                        });
    if (!(harness::cost(result.regex, result.haystack) < harness::cost(query.regex, witness.haystack))) {
      return {false, text + "; the witness is minimal"};
    }
    return {true, text + ", but the witness is not minimal: " + syntax::to_text(result.regex, query.encoding) +
                      " on '" + harness::to_escaped(result.haystack) + "' shows it"};
  }

  const harness::Catalogue& catalogue_;
  bool minimal_;
};

int run_known(const KnownOptions& options) {
  harness::Catalogue own;
  const harness::Catalogue* catalogue = &harness::built_in_catalogue();
  if (!options.file.empty()) {
    std::ifstream in(options.file, std::ios::binary);
    std::ostringstream text;
    // A folder opens, and then cannot be read.
    if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(text << in.rdbuf())) || in.bad()) {
      return fail(in_quotes(options.file) + " cannot be read; give a catalogue like cases/known.toml");
    }
    auto parsed = harness::parse_catalogue(text.str(), options.file);
    if (!parsed) return fail(parsed.error().message);
    own = std::move(*parsed);
    catalogue = &own;
  }
  if (catalogue->entries().empty()) {
    return fail((options.file.empty() ? "the built-in catalogue" : visible(options.file)) + " holds no entry");
  }
  Audit audit(*catalogue, options.audit == "minimal");
  std::size_t failed = 0;
  for (const Known& known : catalogue->entries()) {
    fmt::print("{}  ({}, {}{})\n", styled(Style::kBold, visible(known.id)), std::string(to_string(known.semantics)),
               known.status, known.versions.empty() ? "" : ", versions " + visible(known.versions) + "*");
    fmt::print("  {}\n", visible(known.summary));
    fmt::print("  {} {}{}\n", known.variant.empty() ? "where" : "reads as", visible(known.variant + known.predicate),
               known.kind ? ", in " + std::string(to_string(*known.kind)) : "");
    fmt::print("  source: {}\n", visible(known.source));
    fmt::print("  witness: {} on '{}'\n", visible(known.witness.pattern), harness::to_escaped(known.witness.haystack));
    for (const std::string& engine : known.engines) {
      const Finding finding = audit.check(known, engine);
      failed += finding.failed ? 1 : 0;
      fmt::print("  {} {} {}\n",
                 styled(finding.failed ? Style::kBad : Style::kGood, finding.failed ? "FAILS:" : "holds:"),
                 visible(engine), finding.text);
    }
    fmt::print("\n");
  }
  fmt::print("{}, {} not as they say\n", counted(catalogue->entries().size(), "entry", "entries"), failed);
  return failed > 0 ? kFindings : kNothingUnexplained;
}

}  // namespace

void add_known(CLI::App& app, int& status) {
  auto options = std::make_shared<KnownOptions>();
  CLI::App* command = app.add_subcommand("known", "The catalogue of known divergences; runs each witness again");
  command->footer(
      "Exit status: 0 every witness still diverges as its entry says, on each engine that is here in a version that "
      "the\n"
      "entry names; 1 one does not, or (--audit minimal) a smaller one would do; 2 wrong usage or an unreadable file.");
  command->add_option("--audit", options->audit, "What to hold witnesses to: to diverge, or to be minimal, too")
      ->check(CLI::IsMember({"witness", "minimal"}))
      ->capture_default_str();
  command->add_option("--file", options->file, "Another catalogue than the built-in one")->type_name("FILE");
  command->callback([options, &status] { status = run_known(*options); });
}

}  // namespace redoubt::cli
