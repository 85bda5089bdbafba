#include "cli/judge.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "cli/text.h"
#include "harness/case_text.h"

namespace redoubt::cli {

using harness::Case;
using harness::Panel;
using harness::Seat;
using harness::VerdictKind;
using oracles::Claim;
using oracles::Outcome;
using oracles::OutcomeKind;

Parsed<EngineName> parse_engine_name(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string engine(text.substr(0, slash));
  if (engine.find(',') != std::string::npos) {
    return tl::unexpected(in_quotes(text) + " is a list; name one engine");
  }
  const auto names = parse_engines(engine);
  if (!names) return tl::unexpected(names.error());
  EngineName name{engine, -1};
  if (slash == text.size()) return name;
  const std::string mode(text.substr(slash + 1));
  const std::vector<std::string>& modes = oracles::find_engine(engine)->info.modes;
  const auto place = std::find(modes.begin(), modes.end(), mode);
  if (place == modes.end()) {
    std::string all;
    for (const std::string& m : modes) all += (all.empty() ? "" : ", ") + m;
    return tl::unexpected("the engine " + in_quotes(engine) + " has no mode " + in_quotes(mode) +
                          (modes.empty() ? "; it has none" : "; its modes are " + all));
  }
  name.mode = static_cast<int>(place - modes.begin());
  return name;
}

Judgement judge(Panel& panel, Seat& seat, const oracles::Query& query, std::string_view haystack, int mode) {
  const oracles::EngineInfo& info = seat.oracle->info();
  Judgement result;
  result.engine = mode < 0 ? info.name : info.name + "/" + info.modes[static_cast<std::size_t>(mode)];
  result.version = info.version;
  const Outcome expected = panel.expected(seat, query, haystack, result.base);
  result.outcome = panel.ask(seat, query, haystack, mode, result.plain);
  if (mode >= 0) {
    result.verdict = harness::compare_self(result.plain, result.outcome);
  } else {
    result.verdict = harness::compare(expected, result.outcome);
    if (result.verdict.kind == VerdictKind::kAgree && seat.follows) {
      const harness::Verdict plain = harness::compare(result.base, result.outcome);
      if (plain.kind == VerdictKind::kDivergence) {
        result.verdict = plain;
        result.cause = {harness::Cause::Kind::kVariant, std::string(seat.follows->name), true,
                        std::string(seat.follows->sentence)};
        return result;
      }
    }
  }
  if (result.diverges()) {
    result.cause = panel.classifier().classify(result.engine, result.version, query, haystack,
                                               result.verdict.divergence, result.outcome);
  }
  return result;
}

std::string verdict_text(const Judgement& j) {
  switch (j.verdict.kind) {
    case VerdictKind::kAgree:
      if (j.outcome.kind != OutcomeKind::kMatch || j.verdict.level == Claim::kCaptures) return "agrees";
      return j.verdict.level == Claim::kSpan ? "agrees on the span" : "agrees that there is a match";
    case VerdictKind::kDivergence: {
      const std::string kind(to_string(j.verdict.divergence));
      return (j.cause.accounted ? "differs in " : "DIFFERS in ") + kind + " (" + j.cause.key() + ")" +
             (j.cause.accounted ? ", as catalogued" : "");
    }
    case VerdictKind::kInconclusive:
      break;
  }
  const Outcome& silent = j.base.kind == OutcomeKind::kLimit ? j.base : j.outcome;
  if (&silent == &j.base) return "not judged: the reference reached a limit";
  return "not judged: " + (silent.why.empty() ? "nothing is claimed" : visible(silent.why));
}

Parsed<oracles::Query> read_query(const Case& c) {
  auto query = harness::query_of(c);
  if (query) return std::move(*query);
  const auto regex = syntax::parse(c.pattern, parse_options(c));
  return tl::unexpected("the pattern " + in_quotes(c.pattern) + " is malformed " +
                        (regex ? query.error() : syntax::to_string(regex.error())));
}

Parsed<std::unique_ptr<Panel>> make_panel(Semantics semantics, std::vector<std::string> engines, bool isolate,
                                          const harness::Catalogue& catalogue) {
  harness::PanelSettings settings;
  settings.semantics = semantics;
  settings.engines = std::move(engines);
  settings.isolate = isolate;
  auto panel = Panel::make(settings, catalogue);
  if (panel) return panel;
  std::string sentence = panel.error();
  if (sentence.starts_with("Engine ")) sentence[0] = 'e';
  if (sentence.ends_with('.')) sentence.pop_back();
  return tl::unexpected(std::move(sentence));
}

Case to_case(Case c, const Judgement& j) {
  c.engine = j.engine;
  c.kind.clear();
  c.cause.clear();
  if (j.diverges()) {
    c.kind = to_string(j.verdict.divergence);
    c.cause = j.cause.key();
  }
  c.expected.reset();
  if (j.base.kind == OutcomeKind::kMatch) c.expected = harness::Answer(j.base.slots);
  if (j.base.kind == OutcomeKind::kNoMatch) c.expected = harness::Answer();
  if (c.name.empty()) c.name = "find";
  c.answers.clear();
  const oracles::EngineInfo& reference = oracles::find_engine("reference")->info;
  c.answers.push_back({reference.name, reference.version, to_string(j.base)});
  if (const std::size_t slash = j.engine.find('/'); slash != std::string::npos) {
    c.answers.push_back({j.engine.substr(0, slash), j.version, to_string(j.plain)});
  }
  if (j.engine != reference.name) c.answers.push_back({j.engine, j.version, to_string(j.outcome)});
  c.replay = find_command(c, j.engine);
  return c;
}

namespace {

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

std::string find_command(const Case& c, const std::string& engine) {
  const bool plain = std::all_of(c.haystack.begin(), c.haystack.end(), [](char b) { return b >= ' ' && b <= '~'; });
  std::string command = "redoubt find --semantics " + std::string(to_string(c.semantics));
  const std::size_t slash = engine.find('/');
  command += " --engines " + engine.substr(0, slash);
  if (slash != std::string::npos) command += " --modes";
  if (c.dialect == syntax::Dialect::kEre) command += " --dialect ere";
  if (c.encoding == Encoding::kUtf8) command += " --utf8";
  if (c.icase) command += " --icase";
  if (c.multiline) command += " --multiline";
  if (c.dot_all) command += " --dot-all";
  if (!plain) command += " --escapes";
  return command + " -- " + shell_quoted(c.pattern) + " " +
         shell_quoted(plain ? c.haystack : harness::to_escaped(c.haystack));
}

JsonLines::JsonLines(std::string path) : path_(std::move(path)) {
  if (path_.empty()) return;
  file_ = std::fopen(path_.c_str(), "a");
  if (file_ == nullptr) error_ = "cannot write to " + in_quotes(path_) + ": " + std::strerror(errno);
}

JsonLines::~JsonLines() {
  if (file_ != nullptr) std::fclose(file_);
}

void JsonLines::write(const Case& c) {
  if (file_ == nullptr) return;
  const std::string line = to_json_line(c) + "\n";
  if (std::fwrite(line.data(), 1, line.size(), file_) != line.size() || std::fflush(file_) != 0) {
    if (error_.empty()) error_ = "cannot write to " + in_quotes(path_) + ": " + std::strerror(errno);
  }
}

}  // namespace redoubt::cli
