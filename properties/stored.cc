// Questions as case files, and back.
#include <cstdio>

#include "properties/runner.h"
#include "syntax/printer.h"

namespace redoubt::properties {

namespace {

constexpr std::string_view kLawIs = "law ";
constexpr std::string_view kKnobIs = ", knob ";
constexpr std::string_view kSeedIs = ", seed ";

}  // namespace

harness::Case case_of(const Law& law, const Question& question, const Verdict& verdict, std::uint64_t seed,
                      Workbench& bench) {
  harness::Case c;
  c.name = law.name;
  c.encoding = question.encoding;
  c.semantics = question.semantics;
  if (law.draw.shape == Shape::kText) {
    c.pattern = question.haystack;
    c.dialect = law.draw.dialect;
  } else {
    c.pattern = syntax::to_text(question.regex, question.encoding);
    c.haystack = question.haystack;
    syntax::ParseOptions options;
    options.encoding = question.encoding;
    if (!syntax::parse(c.pattern, options)) c.max_repeat = harness::kMaxMaxRepeat;
    const Found answer = bench.find("reference", question);
    if (answer.match()) c.expected = harness::Answer(answer.slots);
    if (answer.kind == Found::Kind::kNone) c.expected = harness::Answer();
  }
  c.engine = verdict.engine;
  c.kind = verdict.broken;
  if (!c.engine.empty()) {
    // As `redoubt replay` names what an engine does.
    const std::size_t kind = verdict.broken.find(": ");
    c.kind = kind == std::string::npos ? "self-inconsistency" : verdict.broken.substr(kind + 2);
    c.cause = "unknown";
  }
  c.rule = law.statement;
  c.provenance = std::string(kLawIs) + std::string(law.name) + std::string(kKnobIs) + std::to_string(question.knob) +
                 std::string(kSeedIs) + std::to_string(seed);
  return c;
}

tl::expected<Stored, std::string> question_of(const harness::Case& c) {
  const std::size_t knob = c.provenance.find(kKnobIs);
  if (!c.provenance.starts_with(kLawIs) || knob == std::string::npos) {
    return tl::unexpected("the case '" + c.name + "' does not come from a law: its provenance is '" + c.provenance +
                          "'");
  }
  const std::string name = c.provenance.substr(kLawIs.size(), knob - kLawIs.size());
  Stored stored{find_law(name), {}};
  if (stored.law == nullptr) return tl::unexpected("there is no law '" + name + "'");
  Question& q = stored.question;
  q.encoding = c.encoding;
  q.semantics = c.semantics;
  q.knob = static_cast<std::uint32_t>(std::strtoul(c.provenance.c_str() + knob + kKnobIs.size(), nullptr, 10));
  if (stored.law->draw.shape == Shape::kText) {
    q.haystack = c.pattern;
    return stored;
  }
  q.haystack = c.haystack;
  const syntax::ParseResult regex = syntax::parse(c.pattern, harness::parse_options(c));
  if (!regex) return tl::unexpected("the pattern of '" + c.name + "' cannot be read: " + to_string(regex.error()));
  q.regex = *regex;
  return stored;
}

int replay(const std::string& file) {
  const auto cases = harness::read_case_file(file);
  if (!cases) {
    std::fprintf(stderr, "%s\n", cases.error().message.c_str());
    return 2;
  }
  Workbench bench;
  int status = 0;
  for (const harness::Case& c : *cases) {
    const auto stored = question_of(c);
    if (!stored) {
      std::fprintf(stderr, "%s: %s\n", file.c_str(), stored.error().c_str());
      return 2;
    }
    const Verdict verdict = stored->law->check(stored->question, bench);
    const bool failed = verdict.kind == VerdictKind::kFails;
    if (failed) status = 1;
    std::printf("%s: %s\n", std::string(stored->law->name).c_str(),
                failed                                ? ("FAILS, " + verdict.broken + ": " + verdict.why).c_str()
                : verdict.kind == VerdictKind::kHolds ? "holds"
                                                      : "does not apply");
  }
  return status;
}

}  // namespace redoubt::properties
