// Agreement: engines that must give one answer, group by group.
#include <string>

#include "harness/compare.h"
#include "properties/workbench.h"

namespace redoubt::properties {
namespace {

using harness::VerdictKind;
using oracles::Claim;
using oracles::Outcome;

constexpr Semantics kPosix = Semantics::kLeftmostLongest;
constexpr Semantics kPerl = Semantics::kLeftmostFirst;

/// Holds one engine against a judge, as far as it claims anything.
Verdict hold(std::string_view engine, const Outcome& judged, const Question& q, Workbench& bench) {
  const Outcome answer = bench.ask(engine, q);
  const harness::Verdict verdict = harness::compare(judged, answer);
  if (verdict.kind == VerdictKind::kAgree) return holds();
  if (verdict.kind == VerdictKind::kInconclusive) return does_not_apply();
  return fails(
      std::string(engine) + ": " + std::string(harness::to_string(verdict.divergence)),
      std::string(engine) + " answers " + to_string(answer) + " to " + shown(q) + ", which is " + to_string(judged),
      std::string(engine));
}

bool answers(const oracles::EngineInfo& info, const Question& q) {
  return info.unavailable.empty() && info.claims[static_cast<int>(q.semantics)] != Claim::kNothing;
}

/// Every engine whose name begins so, against the judge.
Verdict hold_all(std::string_view prefix, std::string_view except, std::string_view judge, const Question& q,
                 Workbench& bench) {
  const Outcome judged = bench.ask(judge, q);
  bool applies = false;
  for (const oracles::EngineEntry& entry : oracles::registry()) {
    const std::string& name = entry.info.name;
    if (!name.starts_with(prefix) || !answers(entry.info, q)) continue;
    if (!except.empty() && name.starts_with(except)) continue;
    Verdict verdict = hold(name, judged, q, bench);
    if (verdict.kind == properties::VerdictKind::kFails) return verdict;
    applies |= verdict.kind == properties::VerdictKind::kHolds;
  }
  return applies ? holds() : does_not_apply();
}

const bool kDefinition =
    law("agreement-definition", "The reference (A6) answers as the definition does, tree by tree (A1-A5).",
        {.semantics = {kPosix}, .max_nodes = 10, .max_bytes = 6, .cost = 3},
        [](const Question& q, Workbench& bench) { return hold("definition", bench.ask("reference", q), q, bench); });

const bool kSpans =
    law("agreement-derivatives", "One backward and one forward pass of derivatives find the reference's span.",
        {.semantics = {kPosix}},
        [](const Question& q, Workbench& bench) { return hold("derivatives", bench.ask("definition", q), q, bench); });

const bool kPikevm = law("agreement-pikevm", "The PikeVM answers as the reference does, groups included.",
                         {.max_nodes = 30, .max_bytes = 40, .cost = 0.7}, [](const Question& q, Workbench& bench) {
                           return hold("pikevm", bench.ask("reference", q), q, bench);
                         });

const bool kOptimizations = law("agreement-optimizations",
                                "The PikeVM without, with each and without each of its optimizations answers as the "
                                "reference does.",
                                {.max_nodes = 24, .max_bytes = 32, .cost = 5}, [](const Question& q, Workbench& bench) {
                                  return hold_all("pikevm", "pikevm-pcre2", "reference", q, bench);
                                });

const bool kLong =
    law("agreement-long-haystacks", "The same where haystacks are long enough for scans, caches and splits.",
        {.max_nodes = 24, .max_bytes = 60, .looks = true, .long_haystacks = true, .cost = 20},
        [](const Question& q, Workbench& bench) { return hold_all("pikevm", "pikevm-pcre2", "reference", q, bench); });

const bool kLoopPolicy =
    law("agreement-loop-policy",
        "The PikeVM with loop policy pcre2 answers as the leftmost-first reference with that "
        "policy.",
        {.semantics = {kPerl}, .max_nodes = 24, .max_bytes = 32},
        [](const Question& q, Workbench& bench) { return hold_all("pikevm-pcre2", "", "reference-pcre2", q, bench); });

const bool kProof =
    law("agreement-proof", "The engine extracted from the proof, where a build has it, answers as the reference does.",
        {.max_nodes = 8, .max_bytes = 6, .cost = 10}, [](const Question& q, Workbench& bench) {
          if (bench.oracle("proof") == nullptr || !answers(bench.oracle("proof")->info(), q)) return does_not_apply();
          return hold("proof", bench.ask("reference", q), q, bench);
        });

const bool kModes = law(
    "agreement-modes",
    "An engine of the PikeVM answers the same however it is asked: match only, span only, anchored "
    "at the match, cold.",
    {.max_nodes = 24, .max_bytes = 32, .long_haystacks = true, .knobs = 64, .cost = 2},
    [](const Question& q, Workbench& bench) {
      const char* engine = Decisions(q).take(2) == 0 ? "pikevm" : "pikevm-plain";
      oracles::Oracle& oracle = *bench.oracle(engine);
      oracles::Prepared prepared = oracle.prepare({q.regex, q.encoding, q.semantics, {}});
      if (std::holds_alternative<Outcome>(prepared)) return does_not_apply();
      oracles::Matcher& matcher = *std::get<std::unique_ptr<oracles::Matcher>>(prepared);
      const std::string_view haystack = q.haystack;
      Outcome plain, other;
      matcher.run({&haystack, 1}, {&plain, 1});
      for (std::size_t mode = 0; mode < oracle.info().modes.size(); ++mode) {
        matcher.run_mode(mode, {&haystack, 1}, {&plain, 1}, {&other, 1});
        if (harness::compare_self(plain, other).kind != VerdictKind::kDivergence) continue;
        const std::string name = std::string(engine) + "/" + oracle.info().modes[mode];
        return fails(name, name + " answers " + to_string(other) + " to " + shown(q) + ", plainly " + to_string(plain),
                     name);
      }
      return holds();
    });

}  // namespace
}  // namespace redoubt::properties
