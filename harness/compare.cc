#include "harness/compare.h"

#include <algorithm>

namespace redoubt::harness {

using oracles::Claim;
using oracles::Outcome;
using oracles::OutcomeKind;

std::string_view to_string(DivergenceKind kind) {
  static constexpr std::string_view kNames[kDivergenceKinds] = {"existence",  "span",  "captures",          "ends",
                                                                "acceptance", "crash", "self-inconsistency"};
  return kNames[static_cast<int>(kind)];
}

namespace {

bool is_answer(const Outcome& outcome) {
  return outcome.kind == OutcomeKind::kMatch || outcome.kind == OutcomeKind::kNoMatch;
}

Verdict diverge(DivergenceKind kind, Claim level) { return {VerdictKind::kDivergence, kind, level}; }

/// Both are answers.
Verdict compare_answers(const Outcome& a, const Outcome& b) {
  const Claim level = std::min(a.claim, b.claim);
  if (level == Claim::kNothing) return {VerdictKind::kInconclusive, {}, level};
  if (a.kind != b.kind) return diverge(DivergenceKind::kExistence, level);
  if (a.kind == OutcomeKind::kNoMatch || level == Claim::kIsMatch) return {VerdictKind::kAgree, {}, level};
  if (a.slots[0] != b.slots[0]) return diverge(DivergenceKind::kSpan, level);
  if (!a.ends.empty() && !b.ends.empty() && a.ends != b.ends) return diverge(DivergenceKind::kEnds, level);
  if (level == Claim::kCaptures && a.slots != b.slots) return diverge(DivergenceKind::kCaptures, level);
  return {VerdictKind::kAgree, {}, level};
}

}  // namespace

Verdict compare(const Outcome& judge, const Outcome& outcome) {
  if (!is_answer(judge)) return {VerdictKind::kInconclusive, {}, Claim::kNothing};
  switch (outcome.kind) {
    case OutcomeKind::kMatch:
    case OutcomeKind::kNoMatch:
      return compare_answers(judge, outcome);
    case OutcomeKind::kRejected:
      return diverge(DivergenceKind::kAcceptance, Claim::kNothing);
    case OutcomeKind::kCrashed:
      return diverge(DivergenceKind::kCrash, Claim::kNothing);
    case OutcomeKind::kUnsupported:
    case OutcomeKind::kLimit:
      return {VerdictKind::kInconclusive, {}, Claim::kNothing};
  }
  return {};
}

Verdict compare_self(const Outcome& plain, const Outcome& mode) {
  if (mode.kind == OutcomeKind::kUnsupported || mode.kind == OutcomeKind::kLimit || plain.kind == OutcomeKind::kLimit ||
      plain.kind == OutcomeKind::kUnsupported) {
    return {VerdictKind::kInconclusive, {}, Claim::kNothing};
  }
  if (is_answer(plain) && is_answer(mode)) {
    Verdict verdict = compare_answers(plain, mode);
    if (verdict.kind == VerdictKind::kDivergence) verdict.divergence = DivergenceKind::kSelf;
    return verdict;
  }
  return plain.kind == mode.kind ? Verdict{} : diverge(DivergenceKind::kSelf, Claim::kNothing);
}

bool reproduces(bool found, const Slots& slots, const Outcome& outcome) {
  if (!is_answer(outcome) || outcome.claim == Claim::kNothing) return false;
  if (found != (outcome.kind == OutcomeKind::kMatch)) return false;
  if (!found || outcome.claim == Claim::kIsMatch) return true;
  if (outcome.claim == Claim::kSpan) return slots[0] == outcome.slots[0];
  return slots == outcome.slots;
}

}  // namespace redoubt::harness
