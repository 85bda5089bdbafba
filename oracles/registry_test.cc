#include <gtest/gtest.h>

#include <set>

#include "oracles/oracle.h"

namespace redoubt::oracles {
namespace {

TEST(Registry, NamesAreUniqueAndFound) {
  std::set<std::string> names;
  for (const EngineEntry& entry : registry()) {
    EXPECT_TRUE(names.insert(entry.info.name).second) << entry.info.name;
    EXPECT_EQ(find_engine(entry.info.name), &entry);
  }
  for (const char* name : {"pcre2", "pcre2-jit", "pcre2-dfa", "pcre2-stock", "re2", "re2-longest", "re2-stock"}) {
    EXPECT_NE(find_engine(name), nullptr) << name;
  }
  EXPECT_EQ(find_engine("perl-in-a-teapot"), nullptr);
}

TEST(Registry, AnInstanceDescribesItselfAsItsEntryDoes) {
  for (const EngineEntry& entry : registry()) {
    EXPECT_FALSE(entry.info.summary.empty()) << entry.info.name;
    EXPECT_FALSE(entry.info.version.empty()) << entry.info.name;
    EXPECT_TRUE(entry.info.claims[0] != Claim::kNothing || entry.info.claims[1] != Claim::kNothing) << entry.info.name;
    if (!entry.info.unavailable.empty()) continue;
    auto oracle = entry.make();
    ASSERT_NE(oracle, nullptr) << entry.info.name;
    EXPECT_EQ(oracle->info().name, entry.info.name);
    EXPECT_EQ(oracle->info().version, entry.info.version);
    EXPECT_EQ(oracle->info().modes, entry.info.modes);
  }
}

/// An engine that claims nothing for a semantics says so instead of answering.
TEST(Registry, ClaimsAreKept) {
  for (const EngineEntry& entry : registry()) {
    if (!entry.info.unavailable.empty()) continue;
    auto oracle = entry.make();
    for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
      Query query;
      query.regex = syntax::group(syntax::literal('a'), 1);
      query.semantics = semantics;
      Claim claim = entry.info.claims[static_cast<std::size_t>(semantics)];
      Prepared prepared = oracle->prepare(query);
      if (claim == Claim::kNothing) {
        ASSERT_TRUE(std::holds_alternative<Outcome>(prepared)) << entry.info.name;
        EXPECT_EQ(std::get<Outcome>(prepared).kind, OutcomeKind::kUnsupported) << entry.info.name;
        continue;
      }
      ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Matcher>>(prepared)) << entry.info.name;
      std::string_view haystacks[] = {"xa", "x"};
      Outcome outcomes[2];
      std::get<std::unique_ptr<Matcher>>(prepared)->run(haystacks, outcomes);
      EXPECT_EQ(outcomes[0].kind, OutcomeKind::kMatch) << entry.info.name;
      EXPECT_EQ(outcomes[0].claim, claim) << entry.info.name;
      EXPECT_EQ(outcomes[0].slots.size(), 2u) << entry.info.name;
      EXPECT_EQ(outcomes[1].kind, OutcomeKind::kNoMatch) << entry.info.name;
      EXPECT_EQ(outcomes[1].claim, claim) << entry.info.name;
    }
  }
}

}  // namespace
}  // namespace redoubt::oracles
