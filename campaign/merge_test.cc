#include "campaign/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "campaign/files.h"
#include "campaign/small_for_test.h"

namespace redoubt::campaign {
namespace {

using ::testing::HasSubstr;

Campaign merged(const std::vector<std::string>& folders, const std::string& out) {
  auto result = merge(folders, out, "redoubt");
  EXPECT_TRUE(result) << result.error();
  return result ? std::move(*result) : Campaign();
}

std::string error_of(const std::vector<std::string>& folders, const std::string& out) {
  const auto result = merge(folders, out, "redoubt");
  return result ? "no error" : result.error();
}

CampaignSettings shard_of(const Folder& folder, std::uint64_t index, std::uint64_t count) {
  CampaignSettings settings = small(folder / ("shard" + std::to_string(index)));
  settings.wishes.shard = {{index, count}};
  settings.units = 6 / count;  // six in all
  return settings;
}

TEST(Merge, ShardsAddUpToTheWhole) {
  const Folder folder;
  CampaignSettings whole = small(folder / "whole");
  whole.shares = {1, 1, 0, 0};  // a guided stream is its shard's own
  whole.units = 6;
  run(whole);
  std::vector<std::string> shards;
  for (std::uint64_t k = 0; k < 3; ++k) {
    CampaignSettings shard = shard_of(folder, k, 3);
    shard.shares = whole.shares;
    run(shard);
    shards.push_back(shard.folder);
  }
  const Campaign sum = merged(shards, folder / "sum");
  const auto one = read_campaign(folder / "whole");
  ASSERT_TRUE(one);
  EXPECT_EQ(sum.ledger.units(), one->ledger.units());
  EXPECT_EQ(sum.ledger.unexplained(), one->ledger.unexplained());
  merged({folder / "whole"}, folder / "alone");
  EXPECT_TRUE(same(essence(folder / "alone"), essence(folder / "sum")));
}

TEST(Merge, NeitherOrderNorRepetitionMatters) {
  const Folder folder;
  std::vector<std::string> shards;
  for (std::uint64_t k = 0; k < 2; ++k) {
    run(shard_of(folder, k, 2));
    shards.push_back(folder / ("shard" + std::to_string(k)));
  }
  // A copy of an earlier state, and the same work done once more elsewhere.
  CampaignSettings again = shard_of(folder, 0, 2);
  again.folder = folder / "again";
  run(again);
  merged({shards[0], shards[1]}, folder / "ab");
  const std::string expected = essence(folder / "ab");
  merged({shards[1], shards[0], again.folder, shards[1]}, folder / "ba");
  EXPECT_TRUE(same(essence(folder / "ba"), expected));
  merged({shards[1]}, folder / "steps");
  merged({shards[0]}, folder / "steps");
  EXPECT_TRUE(same(essence(folder / "steps"), expected));
  merged({folder / "steps", shards[0]}, folder / "again-merged");
  EXPECT_TRUE(same(essence(folder / "again-merged"), expected));
  const std::string journal = *read_whole(folder / "ab/journal.jsonl");
  merged({shards[1], shards[0]}, folder / "ab");
  EXPECT_EQ(*read_whole(folder / "ab/journal.jsonl"), journal);
}

TEST(Merge, ACampaignCanGoOnInAMerge) {
  const Folder folder;
  for (std::uint64_t k = 0; k < 2; ++k) run(shard_of(folder, k, 2));
  const std::uint64_t units = merged({folder / "shard0", folder / "shard1"}, folder / "sum").ledger.units();
  CampaignSettings more;
  more.folder = folder / "sum";
  more.units = 8;
  more.jobs = 1;
  EXPECT_GT(run(more).ledger.units(), units);
}

TEST(Merge, KeepsFindingsThatNoCompleteUnitCounts) {
  const Folder folder;
  CampaignSettings settings = small(folder / "c");
  const std::size_t buckets = run(settings).ledger.buckets().buckets().size();
  std::filesystem::remove(folder / "c/journal.jsonl");
  const Campaign sum = merged({folder / "c"}, folder / "sum");
  EXPECT_EQ(sum.ledger.buckets().buckets().size(), buckets);
  EXPECT_EQ(sum.ledger.units(), 0u);
}

TEST(Merge, WhatDoesNotFitIsRefusedWithOneSentence) {
  const Folder folder;
  CampaignSettings settings = small(folder / "a");
  settings.units = 1;
  run(settings);
  settings.folder = folder / "b";
  settings.wishes.seed = 8;
  run(settings);
  EXPECT_THAT(error_of({folder / "a", folder / "b"}, folder / "sum"),
              HasSubstr("Campaigns that differ in --seed cannot be merged"));
  EXPECT_FALSE(std::filesystem::exists(folder / "sum/campaign.json"));
  EXPECT_THAT(error_of({folder / "none"}, folder / "sum"), HasSubstr("holds no campaign"));
  EXPECT_THAT(error_of({folder / "a"}, folder / "b"), HasSubstr("holds a campaign of its own"));
  merged({folder / "a"}, folder / "sum");
  EXPECT_THAT(error_of({folder / "b"}, folder / "sum"), HasSubstr("differ in --seed"));
}

}  // namespace
}  // namespace redoubt::campaign
