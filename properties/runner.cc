#include "properties/runner.h"

#include <rapidcheck.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>

#include "harness/findings.h"
#include "harness/shrink.h"
#include "properties/questions.h"
#include "syntax/printer.h"

namespace redoubt::properties {

namespace {

/// One shrinking may ask no more questions than this.
constexpr std::size_t kMaxProbes = 20'000;

#if defined(__SANITIZE_ADDRESS__)
constexpr double kBuildCost = 25;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
constexpr double kBuildCost = 25;
#else
constexpr double kBuildCost = 1;
#endif
#elif !defined(__OPTIMIZE__) || defined(_GLIBCXX_ASSERTIONS)
constexpr double kBuildCost = 3;
#else
constexpr double kBuildCost = 1;
#endif

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// FNV-1a: laws of one run draw different questions.
std::uint64_t seed_of(const Law& law, std::uint64_t seed) {
  std::uint64_t h = 0xCBF29CE484222325ull ^ seed;
  for (unsigned char c : law.name) h = (h ^ c) * 0x100000001B3ull;
  return h;
}

tl::expected<std::uint64_t, std::string> number(const char* name, const char* text) {
  char* end = nullptr;
  const std::uint64_t value = std::strtoull(text, &end, 10);
  if (*text < '0' || *text > '9' || *end != '\0') {
    return tl::unexpected(std::string(name) + " is '" + text + "', which is no number.");
  }
  return value;
}

}  // namespace

tl::expected<RunSettings, std::string> settings_from_environment() {
  RunSettings settings;
  if (const char* text = std::getenv("REDOUBT_PROPERTY_SEED")) {
    if (std::string_view(text) == "random") {
      settings.seed = std::random_device()();
    } else if (const auto seed = number("REDOUBT_PROPERTY_SEED", text)) {
      settings.seed = *seed;
    } else {
      return tl::unexpected(seed.error());
    }
  }
  if (const char* text = std::getenv("REDOUBT_PROPERTY_CASES")) {
    const auto cases = number("REDOUBT_PROPERTY_CASES", text);
    if (!cases) return tl::unexpected(cases.error());
    if (*cases == 0 || *cases > 1'000'000'000)
      return tl::unexpected(std::string("REDOUBT_PROPERTY_CASES is out of range."));
    settings.cases = static_cast<int>(*cases);
  }
  if (const char* text = std::getenv("REDOUBT_PROPERTY_SECONDS")) {
    char* end = nullptr;
    settings.seconds = std::strtod(text, &end);
    if (end == text || *end != '\0' || !(settings.seconds > 0)) {
      return tl::unexpected("REDOUBT_PROPERTY_SECONDS is '" + std::string(text) + "', which is no time.");
    }
    if (std::getenv("REDOUBT_PROPERTY_SEED") == nullptr) settings.seed = std::random_device()();
  }
  if (const char* text = std::getenv("REDOUBT_PROPERTY_FOLDER")) settings.folder = text;
  return settings;
}

int default_cases(const Law& law) { return std::max(20, static_cast<int>(40000 / (law.draw.cost * kBuildCost))); }

namespace {

std::string shown(const Law& law, const Question& q) {
  std::string text =
      law.draw.shape == Shape::kText ? "\"" + syntax::escape_bytes(q.haystack) + "\"" : properties::shown(q);
  text += ", " + std::string(to_string(q.semantics)) + ", " + std::string(to_string(q.encoding));
  if (q.knob != 0) text += ", knob " + std::to_string(q.knob);
  return text;
}

/// Writes the case file and says all there is to say.
void report(const Law& law, const RunSettings& settings, int cases, Workbench& bench, Failure& failure) {
  harness::Findings findings(settings.folder, "");
  harness::Case c = case_of(law, failure.minimal, failure.verdict, settings.seed, bench);
  c.name = law.name;
  // Findings name a file after the engine, the kind and the case.
  harness::Case named = c;
  if (named.engine.empty()) named.engine = law.name;
  for (char& letter : named.kind) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '-';
  }
  named.kind.resize(std::min<std::size_t>(named.kind.size(), 60));
  findings.add(named);
  const harness::Bucket bucket = findings.buckets().front();
  failure.file = bucket.file;
  if (!failure.file.empty() && failure.verdict.engine.empty()) {
    // No engine is to be asked again, but the law: the case as it is.
    c.name = bucket.shrunk.name;
    c.replay = settings.program + " --replay " + failure.file;
    // Whole or not at all, as Findings does it: others may be waiting for the file.
    const std::string part = failure.file + ".part";
    if (std::FILE* out = std::fopen(part.c_str(), "w")) {
      const std::string text = harness::write_cases({c});
      const bool whole = std::fwrite(text.data(), 1, text.size(), out) == text.size();
      if (std::fclose(out) == 0 && whole) std::rename(part.c_str(), failure.file.c_str());
    }
  }
  const std::string size = std::to_string(failure.minimal.regex->size()) + " nodes, " +
                           std::to_string(failure.minimal.haystack.size()) + " bytes";
  failure.message = "The law " + std::string(law.name) + " does not hold: " + std::string(law.statement) +
                    "\n  question: " + shown(law, failure.minimal) + " (" + size + ", after " +
                    std::to_string(failure.probes) + " probes)\n  broken:   " + failure.verdict.broken +
                    "\n  because:  " + failure.verdict.why + "\n  drawn as: " + shown(law, failure.first);
  if (failure.file.empty()) {
    failure.message += "\n  no case file: " + findings.error().value_or("");
  } else {
    failure.message +=
        "\n  case:     " + failure.file + "\n  replay:   " + settings.program + " --replay " + failure.file;
    if (!failure.verdict.engine.empty()) failure.message += "\n            redoubt replay " + failure.file;
  }
  failure.message += "\n  repeat:   REDOUBT_PROPERTY_SEED=" + std::to_string(settings.seed) +
                     " REDOUBT_PROPERTY_CASES=" + std::to_string(cases) + " " + settings.program +
                     " --gtest_filter='Laws." + std::string(law.name) + "'\n";
}

}  // namespace

Report run(const Law& law, const RunSettings& settings, int cases, Workbench& bench) {
  Report report;
  std::optional<Failure> failure;
  const rc::Gen<Question> gen = questions(law.draw);
  const double begin = now();
  const auto property = [&] {
    const Question question = *gen;
    if (failure && ++failure->probes > kMaxProbes) return;
    const Verdict verdict = law.check(question, bench);
    if (!failure) {
      ++report.asked;
      report.applied += verdict.kind != VerdictKind::kDoesNotApply;
    }
    if (verdict.kind != VerdictKind::kFails) return;
    if (!failure) {
      failure = Failure{question, question, verdict, 0, {}, {}};
    } else if (verdict.broken != failure->verdict.broken) {
      return;  // another failure than the one being shrunk
    } else {
      failure->minimal = question;
      failure->verdict = verdict;
    }
    RC_FAIL(verdict.why);
  };
  rc::detail::TestMetadata metadata;
  metadata.id = law.name;
  metadata.description = law.statement;
  rc::detail::TestParams params;
  params.seed = seed_of(law, settings.seed);
  params.maxSuccess = cases;
  const rc::detail::TestResult result = rc::detail::checkTestable(property, metadata, params);
  if (failure) {
    // The last failing question is where RapidCheck's way down the shrinks ends.
    properties::report(law, settings, cases, bench, *failure);
    report.failure = std::move(failure);
  } else if (!result.is<rc::detail::SuccessResult>()) {
    std::ostringstream text;
    rc::detail::printResultMessage(result, text);
    report.failure = Failure{{}, {}, {}, 0, {}, std::string(law.name) + ": " + text.str()};
  }
  report.seconds = now() - begin;
  return report;
}

}  // namespace redoubt::properties
