// `redoubt shrink`: the smallest case that still differs in the same way, as a case file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "cli/text.h"
#include "harness/shrink.h"
#include "syntax/printer.h"

namespace redoubt::cli {

namespace {

using harness::Case;

struct ShrinkOptions {
  std::string first;                    ///< the pattern, or a case file
  std::optional<std::string> haystack;  ///< not given: `first` is a file
  std::string engine;
  std::string name;  ///< of the case in the file
  Case question;
  std::vector<Semantics> semantics = {Semantics::kLeftmostLongest};
  bool escapes = false;
  bool isolate = false;
  std::uint64_t max_probes = 20'000;
  std::string jsonl;
};

Parsed<Case> case_from_file(const ShrinkOptions& options) {
  auto cases = harness::read_case_file(options.first);
  if (!cases) return tl::unexpected(cases.error().message + " (with one argument, shrink reads a case file)");
  const std::string file = visible(options.first);
  if (cases->empty()) return tl::unexpected(file + ": the file holds no case; a case begins with [[case]]");
  if (options.name.empty()) {
    if (cases->size() == 1) return std::move(cases->front());
    return tl::unexpected(file + ": the file holds " + std::to_string(cases->size()) +
                          " cases; choose one with --name");
  }
  for (Case& c : *cases) {
    if (c.name == options.name) return std::move(c);
  }
  return tl::unexpected(file + ": the file has no case named " + in_quotes(options.name));
}

Parsed<Case> read_question(const ShrinkOptions& options) {
  Case c = options.question;
  if (!options.haystack) {
    auto read = case_from_file(options);
    if (!read) return read;
    c = std::move(*read);
    if (!options.engine.empty()) c.engine = options.engine;
    if (c.engine.empty())
      return tl::unexpected("the case " + in_quotes(c.name) + " names no engine; give one with --engine");
    return c;
  }
  if (options.engine.empty()) return tl::unexpected(std::string("--engine is missing: whose answer is to differ?"));
  c.pattern = options.first;
  c.haystack = *options.haystack;
  if (options.escapes) {
    auto bytes = unescaped(c.haystack);
    if (!bytes) return tl::unexpected("the haystack " + bytes.error());
    c.haystack = std::move(*bytes);
  }
  c.semantics = options.semantics[0];
  c.engine = options.engine;
  c.name = "shrunk";
  return c;
}

int run_shrink(const ShrinkOptions& options) {
  auto question = read_question(options);
  if (!question) return fail(question.error());
  Case& c = *question;
  const auto engine = parse_engine_name(c.engine);
  if (!engine) return fail(engine.error());
  const auto query = read_query(c);
  if (!query) return fail(query.error());
  auto panel = make_panel(c.semantics, {engine->engine}, options.isolate);
  if (!panel) return fail(panel.error());
  JsonLines json(options.jsonl);
  if (!json.error().empty()) return fail(json.error());

  harness::Seat& seat = (*panel)->seats()[0];
  const Judgement original = judge(**panel, seat, *query, c.haystack, engine->mode);
  if (!original.diverges()) {
    fmt::print("There is nothing to shrink: {} answers {} ({}).\n", original.engine,
               visible(to_string(original.outcome)), verdict_text(original));
    return json.error().empty() ? kNothingUnexplained : fail(json.error());
  }
  // The original text is what stock engines are given; what it shrinks to is printed from the tree.
  const auto ask = [&](const syntax::Regex& regex, const std::string& haystack) {
    oracles::Query smaller = *query;
    smaller.regex = regex;
    if (!syntax::equal(regex, query->regex)) smaller.source.clear();
    return judge(**panel, seat, smaller, haystack, engine->mode);
  };
  const auto same = [&](const syntax::Regex& regex, const std::string& haystack) {
    const Judgement j = ask(regex, haystack);
    return j.diverges() && j.verdict.divergence == original.verdict.divergence && j.cause.key() == original.cause.key();
  };
  const harness::ShrinkResult result =
      harness::shrink(query->regex, c.haystack, c.encoding, same, static_cast<std::size_t>(options.max_probes));
  Case small = c;
  if (result.probes > 0 && harness::cost(result.regex, result.haystack) < harness::cost(query->regex, c.haystack)) {
    small.pattern = syntax::to_text(result.regex, c.encoding);
    small.haystack = result.haystack;
    small.dialect = syntax::Dialect::kPerl;
    small.icase = small.multiline = small.dot_all = false;
    small = to_case(small, ask(result.regex, result.haystack));
  } else {
    small = to_case(small, original);
  }
  const harness::Cause& cause = original.cause;
  small.rule = cause.sentence;
  std::fputs(harness::write_cases({small}).c_str(), stdout);
  json.write(small);
  std::fprintf(stderr, "redoubt: %s; from %llu nodes and %zu bytes to %llu and %zu in %zu probes%s\n",
               verdict_text(original).c_str(), static_cast<unsigned long long>(query->regex->size()), c.haystack.size(),
               static_cast<unsigned long long>(result.regex->size()), small.haystack.size(), result.probes,
               result.complete ? "" : " (the limit of probes: it may get smaller yet)");
  return json.error().empty() ? kFindings : fail(json.error());
}

}  // namespace

void add_shrink(CLI::App& app, int& status) {
  auto options = std::make_shared<ShrinkOptions>();
  CLI::App* command = app.add_subcommand("shrink", "Make a disagreement as small as it gets");
  command->footer(
      "redoubt shrink PATTERN HAYSTACK --engine NAME, or redoubt shrink CASE.toml. The engine's answer is made to "
      "differ\n"
      "from the reference's in the same kind and for the same cause on ever smaller pairs, until no single step keeps "
      "that.\n"
      "The result is a case file on standard output; replay reads it.\n"
      "Exit status: 0 there is no difference to shrink, 1 there is one and this is its smallest case, 2 wrong usage, "
      "a\n"
      "malformed pattern or file.");
  command->add_option("PATTERN", options->first, "The regex, or a case file")->required()->type_name("");
  command->add_option("HAYSTACK", options->haystack, "The text to search in")->type_name("");
  command->add_option("--engine", options->engine, "The engine that differs: a name, or NAME/MODE")
      ->type_name("ENGINE");
  command->add_option("--name", options->name, "Which case of the file")->type_name("TEXT");
  add_semantics_option(*command, options->semantics, false)->default_str("posix");
  add_dialect_option(*command, options->question.dialect)->default_str("perl");
  add_pattern_flags(*command, options->question);
  command->add_flag("--escapes", options->escapes, "HAYSTACK has escapes: \\n \\r \\t \\\\ \\xHH");
  command->add_flag("--isolate", options->isolate, "Run engines from outside in child processes");
  add_count_option(*command, "--max-probes", options->max_probes, "Ask at most so many times", 1, 10'000'000)
      ->default_str("20000");
  command->add_option("--jsonl", options->jsonl, "Append the result to this file as one line of JSON")
      ->type_name("FILE");
  command->callback([options, &status] { status = run_shrink(*options); });
}

}  // namespace redoubt::cli
