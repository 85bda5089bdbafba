#include "oracles/oracle.h"

#include <gtest/gtest.h>

namespace redoubt::oracles {
namespace {

TEST(Outcome, HelpersReplaceWhatWasThere) {
  Outcome outcome;
  set_match(outcome, Claim::kSpan, 2);
  EXPECT_EQ(outcome.kind, OutcomeKind::kMatch);
  EXPECT_EQ(outcome.slots.size(), 2u);
  EXPECT_FALSE(outcome.slots[0].is_set());
  outcome.slots[0] = {1, 2};
  set_match(outcome, Claim::kSpan, 2);
  EXPECT_FALSE(outcome.slots[0].is_set());
  set_failure(outcome, OutcomeKind::kLimit, "steps");
  EXPECT_EQ(outcome.claim, Claim::kNothing);
  EXPECT_TRUE(outcome.slots.empty());
  set_no_match(outcome, Claim::kCaptures);
  EXPECT_EQ(to_string(outcome), "no match");
}

TEST(Outcome, Text) {
  Outcome outcome;
  set_match(outcome, Claim::kCaptures, 2);
  outcome.slots[0] = {0, 3};
  EXPECT_EQ(to_string(outcome), "(0,3)(?,?)");
  set_match(outcome, Claim::kIsMatch, 0);
  EXPECT_EQ(to_string(outcome), "match");
  set_failure(outcome, OutcomeKind::kCrashed, "signal 11 (SIGSEGV)");
  EXPECT_EQ(to_string(outcome), "crashed: signal 11 (SIGSEGV)");
  set_failure(outcome, OutcomeKind::kRejected, "");
  EXPECT_EQ(to_string(outcome), "rejected");
  EXPECT_EQ(to_string(Claim::kIsMatch), "is-match");
}

TEST(Matcher, HasNoModesUnlessItSaysSo) {
  struct Plain : Matcher {
    void run(std::span<const std::string_view>, std::span<Outcome>) override {}
  } matcher;
  std::string_view haystacks[2];
  Outcome base[2], outcomes[2];
  set_match(outcomes[1], Claim::kSpan, 1);
  matcher.run_mode(0, haystacks, base, outcomes);
  for (const Outcome& outcome : outcomes) EXPECT_EQ(outcome.kind, OutcomeKind::kUnsupported);
}

}  // namespace
}  // namespace redoubt::oracles
