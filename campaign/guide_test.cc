#include "campaign/guide.h"

#include <gtest/gtest.h>

#include <set>

#include "campaign/features.h"
#include "syntax/parser.h"

namespace redoubt::campaign {
namespace {

Discovery discovery(std::uint8_t byte, std::vector<Feature> features) { return {{byte}, std::move(features)}; }

TEST(Corpus, TakesWhatIsNewOnly) {
  Corpus corpus;
  corpus.add(discovery(1, {10, 20}));
  corpus.add(discovery(2, {20, 10}));
  EXPECT_EQ(corpus.strings(), 1u);
  corpus.add(discovery(3, {20, 30}));
  EXPECT_EQ(corpus.strings(), 2u);
  EXPECT_EQ(corpus.features(), 3u);
  EXPECT_TRUE(corpus.knows(30));
  EXPECT_FALSE(corpus.knows(31));
}

TEST(Corpus, IsBounded) {
  Corpus corpus;
  for (Feature k = 0; k < 3 * Corpus::kMaxStrings; ++k) corpus.add(discovery(static_cast<std::uint8_t>(k), {k}));
  EXPECT_EQ(corpus.strings(), Corpus::kMaxStrings);
  EXPECT_EQ(corpus.features(), 3 * Corpus::kMaxStrings);
  std::vector<Feature> many;
  for (Feature k = 0; k < Corpus::kMaxFeatures + 10; ++k) many.push_back(k);
  corpus.add(discovery(1, many));
  EXPECT_EQ(corpus.features(), Corpus::kMaxFeatures);
  corpus.add(discovery(1, {0xFFFFFFFF}));
  EXPECT_FALSE(corpus.knows(0xFFFFFFFF));
}

TEST(Corpus, VariationsAreWithinBoundsAndDependOnTheSeedAlone) {
  Corpus corpus;
  EXPECT_FALSE([&] {
    generate::RandomChoices random(1);
    return corpus.vary(random).empty();
  }());
  corpus.add({ChoiceString(Corpus::kMaxBytes, 7), {1}});
  corpus.add({{9}, {2}});
  std::set<std::string> seen;
  generate::RandomChoices one(5), two(5);
  for (int k = 0; k < 2000; ++k) {
    const ChoiceString bytes = corpus.vary(one);
    ASSERT_FALSE(bytes.empty());
    ASSERT_LE(bytes.size(), Corpus::kMaxBytes);
    ASSERT_EQ(bytes, corpus.vary(two));
    seen.insert(std::string(bytes.begin(), bytes.end()));
  }
  EXPECT_GT(seen.size(), 1000u);
}

// Whatever the order in which units are completed, a unit sees the same corpus: that of the units before its window.
TEST(Lineage, AUnitSeesWhatLiesBeforeItsWindow) {
  for (const bool late : {false, true}) {
    Lineage lineage;
    for (std::uint64_t unit = 0; unit < 40; ++unit) {
      ASSERT_TRUE(lineage.ready(unit)) << unit;
      const auto corpus = lineage.corpus_for(unit);
      EXPECT_EQ(corpus->strings(), unit < Lineage::kWindow ? 0 : unit - Lineage::kWindow + 1);
      // Units of a window come back in either order.
      if (late && unit % 2 == 0) continue;
      EXPECT_TRUE(lineage.complete(unit, {discovery(static_cast<std::uint8_t>(unit), {static_cast<Feature>(unit)})}));
      if (late) {
        const std::uint64_t before = unit - 1;
        EXPECT_TRUE(
            lineage.complete(before, {discovery(static_cast<std::uint8_t>(before), {static_cast<Feature>(before)})}));
      }
    }
  }
}

TEST(Lineage, AUnitCountsOnceAndWaitsForThoseBefore) {
  Lineage lineage;
  EXPECT_TRUE(lineage.complete(1, {discovery(1, {1})}));
  EXPECT_FALSE(lineage.complete(1, {discovery(1, {1})}));
  EXPECT_TRUE(lineage.ready(Lineage::kWindow - 1));
  EXPECT_FALSE(lineage.ready(Lineage::kWindow));
  EXPECT_EQ(lineage.next(), 0u);
  EXPECT_TRUE(lineage.complete(0, {}));
  EXPECT_EQ(lineage.next(), 2u);
  EXPECT_TRUE(lineage.ready(Lineage::kWindow + 1));
  EXPECT_FALSE(lineage.ready(Lineage::kWindow + 2));
}

std::set<Feature> features_of(const char* pattern, std::size_t states = 3) {
  const syntax::Regex regex = *syntax::parse(pattern, {});
  NumberSet paths(engine_paths().size());
  const PathShape shape = add_paths(regex, Semantics::kLeftmostFirst, Encoding::kBytes, paths);
  generate::AutomatonHaystacks automaton;
  automaton.states = states;
  const auto list = tree_features(regex, Semantics::kLeftmostFirst, Encoding::kBytes, shape, automaton);
  return {list.begin(), list.end()};
}

TEST(Features, SayTheShapeAndNotTheLetters) {
  EXPECT_EQ(features_of("(a|b)*c"), features_of("(x|y)*z"));
  EXPECT_NE(features_of("(a|b)*c"), features_of("(a|b)+c"));
  EXPECT_NE(features_of("(a|b*)c"), features_of("(a*|b)c"));
  EXPECT_NE(features_of("a{2,3}"), features_of("a{2,30}"));
  EXPECT_NE(features_of("a", 3), features_of("a", 30));
}

TEST(Features, SayWhatBecameOfACase) {
  OutcomeFeatures outcomes;
  harness::TrialStats stats;
  stats.engines.resize(2);
  stats.engines[0].agreed = 5;
  const auto first = outcomes.since_last(stats);
  stats.engines[0].agreed = 6;
  EXPECT_EQ(outcomes.since_last(stats), first);  // again: agreed, and nothing else
  stats.engines[0].agreed = 7;
  stats.engines[1].unexplained = 1;
  EXPECT_NE(outcomes.since_last(stats), first);
  stats.accounted["x"].count = 1;
  EXPECT_EQ(outcomes.since_last(stats).size(), first.size() + 1);
}

}  // namespace
}  // namespace redoubt::campaign
