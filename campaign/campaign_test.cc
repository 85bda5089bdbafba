#include "campaign/campaign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "campaign/files.h"
#include "campaign/merge.h"
#include "campaign/report.h"
#include "campaign/small_for_test.h"

namespace redoubt::campaign {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Campaign, FindsWhatAWrongEngineDoesAndWritesIt) {
  const Folder folder;
  const Campaign result = run(small(folder / "c"));
  EXPECT_GT(result.ledger.unexplained(), 0u);
  ASSERT_FALSE(result.ledger.buckets().buckets().empty());
  EXPECT_FALSE(result.interrupted);
  EXPECT_FALSE(result.out_of_time);
  EXPECT_THAT(result.notes, IsEmpty());
  std::uint64_t counted = 0;
  for (const auto& [id, bucket] : result.ledger.buckets().buckets()) {
    EXPECT_EQ(bucket.smallest.engine, "reference-pcre2");
    EXPECT_EQ(bucket.smallest.cause, "variant:loop-policy-pcre2");
    EXPECT_GT(bucket.count, 0u);
    counted += bucket.count;
    const auto cases = harness::read_case_file(folder / "c/findings/" + bucket.smallest.name + ".toml");
    ASSERT_TRUE(cases) << cases.error().message;
    EXPECT_EQ(cases->front().pattern, bucket.smallest.pattern);
    EXPECT_THAT(cases->front().replay, HasSubstr("redoubt replay " + folder / "c/findings/"));
  }
  std::uint64_t not_shrunk = 0;
  for (const auto& [name, sums] : result.ledger.streams()) {
    for (const auto& [key, count] : sums.stats.not_shrunk) not_shrunk += count;
  }
  EXPECT_EQ(counted + not_shrunk, result.ledger.unexplained());
}

TEST(Campaign, EverySourceHasItsStreams) {
  const Folder folder;
  CampaignSettings settings = small(folder / "c");
  settings.wishes.corpora = {"cases"};
  const Campaign result = run(settings);
  std::set<std::string> sources;
  for (const auto& [name, sums] : result.ledger.streams()) {
    sources.insert(name.substr(0, name.find('/')));
    EXPECT_GT(sums.stats.comparisons(), 0u) << name;
  }
  EXPECT_THAT(sources, ElementsAre("enumeration", "guided", "random", "stored"));
}

TEST(Campaign, ThreadsChangeNothing) {
  const Folder folder;
  CampaignSettings settings = small(folder / "one");
  run(settings);
  settings.folder = folder / "three";
  settings.jobs = 3;
  run(settings);
  EXPECT_TRUE(same(essence(folder / "one"), essence(folder / "three")));
}

TEST(Campaign, InPiecesItComesToTheSame) {
  const Folder folder;
  run(small(folder / "whole"));
  CampaignSettings pieces = small(folder / "pieces");
  // Stopped again and again, in the middle of units: what was at work is done again.
  for (int k = 0; k < 6; ++k) {
    std::atomic<bool> stop{false};
    int ticks = 0;
    const auto result = run_campaign(pieces, harness::built_in_catalogue(), stop, [&](const Progress&) {
      if (++ticks > k % 2) stop = true;
    });
    ASSERT_TRUE(result) << result.error();
    if (k == 0) pieces.wishes = {};  // what it is about, the folder knows
  }
  const Campaign last = run(pieces);
  EXPECT_GT(last.ledger.sessions(), 1u);
  EXPECT_TRUE(same(essence(folder / "whole"), essence(folder / "pieces")));
  // Once more: there is nothing left to do.
  const std::string before = essence(folder / "pieces");
  EXPECT_EQ(run(pieces).session_pairs, 0u);
  EXPECT_TRUE(same(essence(folder / "pieces"), before));
}

// The journal as kill -9 or a power cut may leave it, at every record and in the middle of some.
TEST(Campaign, FromAnyBeginningOfItsJournalItComesToTheSame) {
  const Folder folder;
  CampaignSettings settings = small(folder / "c");
  run(settings);
  const std::string whole = essence(folder / "c");
  const std::string journal = *read_whole(folder / "c/journal.jsonl");
  for (std::size_t part = 0; part < 6; ++part) {
    ASSERT_EQ(write_whole(folder / "c/journal.jsonl", journal.substr(0, journal.size() * part / 6)), std::nullopt);
    // With and without the case files, which are a second copy of what was found.
    if (part % 2 == 0) std::filesystem::remove_all(folder / "c/findings");
    const Campaign again = run(settings);
    EXPECT_FALSE(again.interrupted);
    EXPECT_TRUE(same(essence(folder / "c"), whole)) << part;
    EXPECT_TRUE(std::filesystem::exists(folder / "c/findings"));
  }
}

TEST(Campaign, DamagedRecordsAreSaidAndDoneAgain) {
  const Folder folder;
  CampaignSettings settings = small(folder / "c");
  run(settings);
  const std::string whole = essence(folder / "c");
  std::string journal = *read_whole(folder / "c/journal.jsonl");
  for (std::size_t at = 1000; at < journal.size(); at += journal.size() / 5) journal[at] = '\x01';
  ASSERT_EQ(write_whole(folder / "c/journal.jsonl", journal), std::nullopt);
  const Campaign again = run(settings);
  ASSERT_FALSE(again.notes.empty());
  EXPECT_THAT(again.notes[0], HasSubstr("cannot be read, the first in line "));
  EXPECT_TRUE(same(essence(folder / "c"), whole));
}

TEST(Campaign, FindingsOutliveTheirJournal) {
  const Folder folder;
  CampaignSettings settings = small(folder / "c");
  const std::size_t buckets = run(settings).ledger.buckets().buckets().size();
  std::filesystem::remove(folder / "c/journal.jsonl");
  const auto read = read_campaign(folder / "c");
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->ledger.buckets().buckets().size(), buckets);
  ASSERT_EQ(read->notes.size(), 1u);
  EXPECT_THAT(read->notes[0], HasSubstr("say more than the records; they are kept"));
  settings.for_s = 1e-9;  // goes on, and does nothing yet
  const Campaign idle = run(settings);
  EXPECT_EQ(idle.ledger.buckets().buckets().size(), buckets);
  for (const auto& [id, bucket] : idle.ledger.buckets().buckets()) EXPECT_EQ(bucket.count, 0u);
}

std::string error_of(const CampaignSettings& settings) {
  const std::atomic<bool> stop{false};
  const auto result = run_campaign(settings, harness::built_in_catalogue(), stop, [](const Progress&) {});
  return result ? "no error" : result.error();
}

TEST(Campaign, AnotherQuestionInTheSameFolderIsRefused) {
  const Folder folder;
  CampaignSettings settings = small(folder / "c");
  settings.units = 1;
  run(settings);
  CampaignSettings other = settings;
  other.wishes.seed = 2;
  EXPECT_THAT(error_of(other), HasSubstr("was begun with --seed 7, and this says 2; go on with the same"));
  other = settings;
  other.wishes.engines = {{"pikevm"}};
  EXPECT_THAT(error_of(other), HasSubstr("was begun with --engines pikevm,reference-pcre2, and this says pikevm;"));
  other = settings;
  other.wishes.shard = {{1, 2}};
  EXPECT_THAT(error_of(other), HasSubstr("--shard 0/1, and this says 1/2"));
  other = settings;
  other.wishes.corpora = {{"cases"}};
  EXPECT_THAT(error_of(other), HasSubstr("differ in the stored cases"));
  const std::atomic<bool> stop{false};
  const auto result = run_campaign(settings, harness::Catalogue(), stop, [](const Progress&) {});
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error(), HasSubstr("differ in the catalogue of known divergences"));
}

TEST(Campaign, WhatCannotBeBegunIsOneSentence) {
  const Folder folder;
  CampaignSettings settings = small(folder / "c");
  settings.wishes.engines = {{"no-such-engine"}};
  EXPECT_THAT(error_of(settings), HasSubstr("There is no engine \"no-such-engine\""));
  EXPECT_FALSE(std::filesystem::exists(folder / "c/campaign.json"));  // the folder is as good as new
  settings = small(folder / "c");
  settings.wishes.corpora = {{folder / "nothing"}};
  EXPECT_THAT(error_of(settings), HasSubstr("does not exist"));
  settings = small("/dev/null/x");
  EXPECT_THAT(error_of(settings), HasSubstr("Cannot make the folder /dev/null/x"));
  ASSERT_EQ(write_whole(folder / "c/journal.jsonl", ""), std::nullopt);
  EXPECT_THAT(error_of(small(folder / "c")), HasSubstr("holds a journal and no campaign.json"));
  ASSERT_EQ(write_whole(folder / "c/campaign.json", "{"), std::nullopt);
  EXPECT_THAT(error_of(small(folder / "c")), HasSubstr("campaign.json is damaged"));
  ASSERT_EQ(write_whole(folder / "c/campaign.json", R"({"format":"99"})"), std::nullopt);
  EXPECT_THAT(error_of(small(folder / "c")), HasSubstr("has the format 99"));
  EXPECT_FALSE(read_campaign(folder / "none"));
}

TEST(Campaign, OneAtATime) {
  const Folder folder;
  ASSERT_EQ(make_folder(folder / "c"), std::nullopt);
  const auto lock = FolderLock::take(folder / "c");
  EXPECT_THAT(error_of(small(folder / "c")), HasSubstr("Another process is at work in"));
}

TEST(Campaign, TimeIsTakenInAll) {
  const Folder folder;
  CampaignSettings settings = small(folder / "c");
  settings.units = 0;
  settings.for_s = 0.6;
  const Campaign first = run(settings);
  EXPECT_TRUE(first.out_of_time);
  EXPECT_GE(first.ledger.elapsed_s(), 0.6);
  EXPECT_EQ(run(settings).session_pairs, 0u);
}

TEST(Campaign, BothReportsSayWhatCounts) {
  const Folder folder;
  const Campaign result = run(small(folder / "c"));
  const std::string text = report_text(result, "F", "./dev run");
  for (const char* part : {"enumeration", "of time", "in 2 units", "Grammar rules: ", "Engine paths: ",
                           "./dev run replay F/findings/reference-pcre2-captures-", "(a*)* on \"a\""}) {
    EXPECT_THAT(text, HasSubstr(part == std::string("in 2 units") ? " units; 1 sessions" : part));
  }
  const auto json = nlohmann::json::parse(report_json(result, "F", "redoubt"));
  EXPECT_EQ(json.at("total").at("unexplained"), result.ledger.unexplained());
  EXPECT_EQ(json.at("buckets").size(), result.ledger.buckets().buckets().size());
  EXPECT_EQ(json.at("buckets")[0].at("case").at("pattern"), "(a*)*");
  EXPECT_TRUE(json.at("coverage").contains("rules_never_fired"));
}

}  // namespace
}  // namespace redoubt::campaign
