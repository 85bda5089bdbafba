#include "campaign/streams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "campaign/folder_for_test.h"
#include "campaign/scheduler.h"

namespace redoubt::campaign {
namespace {

using ::testing::HasSubstr;

std::vector<std::unique_ptr<Stream>> streams_of(const Config& config, StoredCases stored = {}) {
  auto streams = make_streams(config, std::make_shared<const StoredCases>(std::move(stored)));
  EXPECT_TRUE(streams) << streams.error();
  return streams ? std::move(*streams) : std::vector<std::unique_ptr<Stream>>();
}

TEST(Streams, HaveNamesOfTheirOwn) {
  const Config config;
  std::set<std::string> names;
  std::set<SourceKind> kinds;
  for (const auto& stream : streams_of(config, *read_stored({"cases"}))) {
    EXPECT_TRUE(names.insert(stream->name()).second) << stream->name();
    EXPECT_THAT(stream->name(), ::testing::StartsWith(std::string(to_string(stream->kind())) + "/"));
    EXPECT_GT(stream->blocks(), 0u);
    kinds.insert(stream->kind());
  }
  EXPECT_EQ(kinds.size(), kSources);
}

TEST(Streams, TheDefinitionIsLeftOutWhereItTakesMostOfTheTime) {
  for (const auto& stream : streams_of(Config())) {
    const auto& engines = stream->engines();
    if (stream->kind() == SourceKind::kGuided && stream->semantics() == Semantics::kLeftmostLongest) {
      EXPECT_EQ(std::count(engines.begin(), engines.end(), "definition"), 0);
      EXPECT_EQ(std::count(engines.begin(), engines.end(), "pikevm"), 1);
    }
  }
  Config config;
  config.semantics = {Semantics::kLeftmostLongest};
  config.engines = {"definition"};
  for (const auto& stream : streams_of(config)) EXPECT_EQ(stream->engines(), config.engines);
}

TEST(Streams, WrongSettingsAreOneSentence) {
  Config config;
  config.max_nodes = 60;
  EXPECT_FALSE(make_streams(config, std::make_shared<StoredCases>()));
  config = {};
  config.alphabet = "aa";
  EXPECT_FALSE(make_streams(config, std::make_shared<StoredCases>()));
}

TEST(Stored, ReadsCaseFilesAndTestDataOnce) {
  const Folder folder;
  const std::string one =
      "format = 1\n[[case]]\nname = 'n'\ndialect = 'perl'\nencoding = 'bytes'\nsemantics = 'posix'\n"
      "pattern = 'a'\nhaystack = 'ba'\n";
  std::ofstream(folder / "a.toml") << one;
  std::ofstream(folder / "b.toml") << one;
  std::ofstream(folder / "c.dat") << "E\tx(y)*\tzxyy\t(1,4)(3,4)\n";
  std::ofstream(folder / "d.txt") << "not asked";
  const auto stored = read_stored({folder / "."});
  ASSERT_TRUE(stored) << stored.error();
  EXPECT_EQ(stored->cases.size(), 2u);
  EXPECT_THAT(stored->digest, HasSubstr("2 cases, "));
  EXPECT_EQ(read_stored({folder / "c.dat", folder / "b.toml"})->digest, stored->digest);
  EXPECT_NE(read_stored({folder / "b.toml"})->digest, stored->digest);
  EXPECT_EQ(read_stored({})->digest, "");
}

TEST(Stored, WhatCannotBeReadIsOneSentence) {
  const Folder folder;
  std::ofstream(folder / "a.toml") << "((";
  std::ofstream(folder / "d.txt") << "";
  std::filesystem::create_directories(folder / "hollow");
  for (const char* name : {"a.toml", "d.txt", "none", "hollow"}) {
    const auto stored = read_stored({folder / name});
    ASSERT_FALSE(stored) << name;
    EXPECT_THAT(stored.error(), HasSubstr(name));
    EXPECT_EQ(stored.error().back(), '.') << stored.error();
  }
}

/// Hands out and completes units of a given cost by source, and counts them.
std::array<int, kSources> divided(const Shares& shares, const std::array<double, kSources>& cost_s, int units) {
  const auto streams = streams_of(Config(), *read_stored({"cases"}));
  Ledger ledger;
  Scheduler scheduler(streams, shares, 0, 1, 0, ledger);
  std::array<int, kSources> counts{};
  for (int k = 0; k < units; ++k) {
    const auto assignment = scheduler.next();
    if (!assignment) break;
    const auto source = static_cast<std::size_t>(assignment->stream->kind());
    ++counts[source];
    UnitResult result;
    result.id = assignment->id();
    result.stats.wall_nanoseconds = static_cast<std::uint64_t>(cost_s[source] * 1e9);
    EXPECT_EQ(ledger.take(result), Ledger::Taken::kNew);
    scheduler.returned(*assignment);
  }
  return counts;
}

TEST(Scheduler, DividesTimeAndNotUnits) {
  const auto counts = divided({50, 25, 25, 0}, {1, 1, 5, 1}, 400);
  EXPECT_EQ(counts[3], 0);
  EXPECT_NEAR(counts[0], 2.0 * counts[1], 10);
  EXPECT_NEAR(counts[1], 5.0 * counts[2], 10);
}

TEST(Scheduler, WhatIsExhaustedLeavesItsTimeToOthers) {
  const auto counts = divided({1, 0, 0, 1000}, {1, 1, 1, 1}, 300);
  EXPECT_GT(counts[0], 50);
  EXPECT_GT(counts[3], 5);
}

TEST(Scheduler, ShardsArePartsAndGuidedUnitsAreEachTheirOwn) {
  Config config;
  std::set<UnitId> all;
  for (config.shards = 3, config.shard = 0; config.shard < config.shards; ++config.shard) {
    const auto streams = streams_of(config);
    Ledger ledger;
    Scheduler scheduler(streams, kDefaultShares, config.shard, config.shards, 2, ledger);
    int handed_out = 0;
    while (const auto assignment = scheduler.next()) {
      EXPECT_TRUE(all.insert(assignment->id()).second) << to_string(assignment->id());
      ++handed_out;
    }
    EXPECT_TRUE(scheduler.exhausted() || handed_out > 0);
    EXPECT_GT(handed_out, 10);
  }
}

TEST(Scheduler, AGuidedStreamWaitsForItsWindow) {
  Config config;
  config.semantics = {Semantics::kLeftmostFirst};
  const auto streams = streams_of(config);
  Ledger ledger;
  Scheduler scheduler(streams, {0, 0, 1, 0}, 0, 1, 0, ledger);
  std::vector<Assignment> at_work;
  while (auto assignment = scheduler.next()) at_work.push_back(*assignment);
  EXPECT_EQ(at_work.size(), 2 * Lineage::kWindow);  // two encodings
  UnitResult result;
  result.id = at_work[0].id();
  ledger.take(result);
  scheduler.returned(at_work[0]);
  EXPECT_TRUE(scheduler.next());
  EXPECT_FALSE(scheduler.next());
  EXPECT_FALSE(scheduler.exhausted());
}

}  // namespace
}  // namespace redoubt::campaign
