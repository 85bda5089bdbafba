#include "harness/compare.h"

#include <gtest/gtest.h>

namespace redoubt::harness {
namespace {

using oracles::Claim;
using oracles::Outcome;
using oracles::OutcomeKind;

Outcome match(Claim claim, Slots slots) {
  Outcome outcome;
  oracles::set_match(outcome, claim, slots.size());
  outcome.slots = std::move(slots);
  return outcome;
}

Outcome no_match(Claim claim) {
  Outcome outcome;
  oracles::set_no_match(outcome, claim);
  return outcome;
}

Outcome failure(OutcomeKind kind) {
  Outcome outcome;
  oracles::set_failure(outcome, kind, "why");
  return outcome;
}

std::string text(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::kAgree:
      return "agree on " + std::string(oracles::to_string(verdict.level));
    case VerdictKind::kDivergence:
      return std::string(to_string(verdict.divergence)) + " at " + std::string(oracles::to_string(verdict.level));
    case VerdictKind::kInconclusive:
      return "inconclusive";
  }
  return "?";
}

const Slots kAb = {{0, 2}, {0, 1}};
const Slots kOtherGroup = {{0, 2}, {1, 2}};
const Slots kUnsetGroup = {{0, 2}, {}};
const Slots kOtherSpan = {{0, 1}, {0, 1}};

TEST(Compare, AnAnswerIsJudgedOnWhatItClaims) {
  const Outcome judge = match(Claim::kCaptures, kAb);
  EXPECT_EQ(text(compare(judge, match(Claim::kCaptures, kAb))), "agree on captures");
  EXPECT_EQ(text(compare(judge, match(Claim::kCaptures, kOtherGroup))), "captures at captures");
  EXPECT_EQ(text(compare(judge, match(Claim::kCaptures, kUnsetGroup))), "captures at captures");
  EXPECT_EQ(text(compare(judge, match(Claim::kCaptures, kOtherSpan))), "span at captures");
  EXPECT_EQ(text(compare(judge, match(Claim::kSpan, kOtherGroup))), "agree on span");
  EXPECT_EQ(text(compare(judge, match(Claim::kSpan, kOtherSpan))), "span at span");
  EXPECT_EQ(text(compare(judge, match(Claim::kIsMatch, kOtherSpan))), "agree on is-match");
  EXPECT_EQ(text(compare(judge, match(Claim::kIsMatch, {}))), "agree on is-match");
  EXPECT_EQ(text(compare(judge, match(Claim::kNothing, kOtherSpan))), "inconclusive");
}

TEST(Compare, Existence) {
  EXPECT_EQ(text(compare(match(Claim::kCaptures, kAb), no_match(Claim::kIsMatch))), "existence at is-match");
  EXPECT_EQ(text(compare(no_match(Claim::kCaptures), match(Claim::kSpan, kAb))), "existence at span");
  EXPECT_EQ(text(compare(no_match(Claim::kCaptures), no_match(Claim::kCaptures))), "agree on captures");
  EXPECT_EQ(text(compare(no_match(Claim::kCaptures), no_match(Claim::kNothing))), "inconclusive");
}

TEST(Compare, FailuresOfTheEngine) {
  const Outcome judge = match(Claim::kCaptures, kAb);
  EXPECT_EQ(text(compare(judge, failure(OutcomeKind::kRejected))), "acceptance at nothing");
  EXPECT_EQ(text(compare(judge, failure(OutcomeKind::kCrashed))), "crash at nothing");
  EXPECT_EQ(text(compare(judge, failure(OutcomeKind::kUnsupported))), "inconclusive");
  EXPECT_EQ(text(compare(judge, failure(OutcomeKind::kLimit))), "inconclusive");
}

TEST(Compare, AJudgeWithoutAnAnswerJudgesNothing) {
  for (OutcomeKind kind :
       {OutcomeKind::kLimit, OutcomeKind::kUnsupported, OutcomeKind::kRejected, OutcomeKind::kCrashed}) {
    EXPECT_EQ(text(compare(failure(kind), match(Claim::kCaptures, kAb))), "inconclusive");
    EXPECT_EQ(text(compare(failure(kind), failure(OutcomeKind::kCrashed))), "inconclusive");
  }
}

TEST(CompareSelf, AnyDifferenceIsASelfInconsistency) {
  const Outcome plain = match(Claim::kCaptures, kAb);
  EXPECT_EQ(text(compare_self(plain, plain)), "agree on captures");
  for (const Outcome& mode :
       {match(Claim::kCaptures, kOtherGroup), match(Claim::kSpan, kOtherSpan), no_match(Claim::kIsMatch)}) {
    const Verdict verdict = compare_self(plain, mode);
    EXPECT_EQ(verdict.kind, VerdictKind::kDivergence);
    EXPECT_EQ(verdict.divergence, DivergenceKind::kSelf);
  }
  EXPECT_EQ(text(compare_self(plain, match(Claim::kSpan, kOtherGroup))), "agree on span");
}

TEST(CompareSelf, FailuresCountWhenOnlyOneSideHasThem) {
  const Outcome plain = match(Claim::kCaptures, kAb);
  for (OutcomeKind kind : {OutcomeKind::kRejected, OutcomeKind::kCrashed}) {
    EXPECT_EQ(text(compare_self(plain, failure(kind))), "self-inconsistency at nothing");
    EXPECT_EQ(text(compare_self(failure(kind), plain)), "self-inconsistency at nothing");
    EXPECT_EQ(compare_self(failure(kind), failure(kind)).kind, VerdictKind::kAgree);
  }
  for (OutcomeKind kind : {OutcomeKind::kLimit, OutcomeKind::kUnsupported}) {
    EXPECT_EQ(text(compare_self(plain, failure(kind))), "inconclusive");
    EXPECT_EQ(text(compare_self(failure(kind), plain)), "inconclusive");
  }
}

TEST(Reproduces, UpToTheClaim) {
  EXPECT_TRUE(reproduces(true, kAb, match(Claim::kCaptures, kAb)));
  EXPECT_FALSE(reproduces(true, kAb, match(Claim::kCaptures, kOtherGroup)));
  EXPECT_TRUE(reproduces(true, kAb, match(Claim::kSpan, kOtherGroup)));
  EXPECT_FALSE(reproduces(true, kAb, match(Claim::kSpan, kOtherSpan)));
  EXPECT_TRUE(reproduces(true, kAb, match(Claim::kIsMatch, {})));
  EXPECT_FALSE(reproduces(false, {}, match(Claim::kIsMatch, {})));
  EXPECT_TRUE(reproduces(false, {}, no_match(Claim::kSpan)));
  EXPECT_FALSE(reproduces(true, kAb, no_match(Claim::kSpan)));
  EXPECT_FALSE(reproduces(true, kAb, match(Claim::kNothing, kAb)));
  EXPECT_FALSE(reproduces(true, kAb, failure(OutcomeKind::kCrashed)));
}

}  // namespace
}  // namespace redoubt::harness
