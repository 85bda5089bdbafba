#include "campaign/unit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaign/ledger.h"

namespace redoubt::campaign {
namespace {

harness::Case finding(std::string pattern, std::string haystack, std::string engine = "e") {
  harness::Case c;
  c.name = "a name";
  c.engine = std::move(engine);
  c.kind = "captures";
  c.cause = "unknown";
  c.pattern = std::move(pattern);
  c.haystack = std::move(haystack);
  c.provenance = "sweep 12";
  c.answers = {{"e", "1", "rejected: \"odd\"\n"}};
  return c;
}

UnitResult unit(std::uint64_t block, std::uint64_t pairs = 3) {
  UnitResult u;
  u.id.stream = "random/x";
  u.id.block = block;
  u.stats.pairs = pairs;
  u.stats.engines.resize(1);
  u.stats.engines[0].name = "e";
  u.stats.engines[0].unexplained = 1;
  return u;
}

TEST(UnitId, TextAndBack) {
  const UnitId id{"guided/utf8/perl/0of1", 17};
  EXPECT_EQ(unit_id_of(to_string(id)), id);
  for (const char* wrong : {"", "#", "#1", "a", "a#", "a#-1", "a#1x", "a#99999999999999999999", "a#1073741824"}) {
    EXPECT_EQ(unit_id_of(wrong), std::nullopt) << wrong;
  }
}

TEST(Record, AUnitComesBackWhole) {
  UnitResult u = unit(5);
  u.stats.patterns = 2;
  u.stats.longest_haystack = 9;
  u.stats.engines[0].nanoseconds = ~std::uint64_t{0};
  u.stats.engines[0].reasons["why \xff not"] = 4;
  u.stats.accounted["e captures known:x"].count = 6;
  u.stats.not_shrunk["e span"] = 8;
  u.coverage.rules.add(3);
  u.coverage.paths.add(60);
  u.buckets[std::string(32, 'a')] = 2;
  u.discoveries = {{{0, 1, 255}, {7, 0xFFFFFFFF}}};
  u.elapsed_s = 1.5;
  const auto record = record_of(to_payload(u));
  ASSERT_TRUE(record);
  const auto& read = std::get<UnitResult>(*record);
  EXPECT_EQ(read.id, u.id);
  EXPECT_EQ(read.stats.pairs, 3u);
  EXPECT_EQ(read.stats.patterns, 2u);
  EXPECT_EQ(read.stats.longest_haystack, 9u);
  EXPECT_EQ(read.stats.engines.at(0).nanoseconds, ~std::uint64_t{0});
  EXPECT_EQ(read.stats.engines.at(0).reasons.size(), 1u);
  EXPECT_EQ(read.stats.accounted.at("e captures known:x").count, 6u);
  EXPECT_EQ(read.stats.not_shrunk, u.stats.not_shrunk);
  EXPECT_EQ(read.coverage.rules, u.coverage.rules);
  EXPECT_EQ(read.coverage.paths, u.coverage.paths);
  EXPECT_EQ(read.buckets, u.buckets);
  EXPECT_EQ(read.discoveries.at(0).bytes, u.discoveries[0].bytes);
  EXPECT_EQ(read.discoveries.at(0).features, u.discoveries[0].features);
  EXPECT_EQ(read.elapsed_s, 1.5);
}

TEST(Record, CasesComeBackByteForByte) {
  Found found;
  found.unit = unit(1).id;
  found.bucket = std::string(32, '1');
  found.finding = finding("a|\xff", "\xfe\n");
  auto record = record_of(to_payload(found));
  ASSERT_TRUE(record);
  EXPECT_EQ(std::get<Found>(*record).finding.pattern, "a|\xff");
  EXPECT_EQ(std::get<Found>(*record).finding.haystack, "\xfe\n");
  EXPECT_EQ(std::get<Found>(*record).unit, found.unit);
  Example example{"key", {1, 7, "why", finding("a", "b")}};
  record = record_of(to_payload(example));
  ASSERT_TRUE(record);
  EXPECT_EQ(std::get<Example>(*record).entry.size, 7u);
  EXPECT_EQ(std::get<Example>(*record).entry.example.pattern, "a");
  EXPECT_TRUE(record_of(to_payload(Session{1, 2})));
}

TEST(Record, AnythingElseIsNone) {
  const std::string good = to_payload(unit(1));
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), std::string("{\"type\":\"other\"}"),
        std::string("{\"type\":1}"),
        std::string("{\"type\":\"found\",\"unit\":\"a#1\",\"bucket\":\"x\",\"case\":\"\"}"),
        std::string("{\"type\":\"unit\",\"unit\":\"a#1\"}"), good.substr(0, good.size() - 1), good + "x"}) {
    EXPECT_FALSE(record_of(text)) << text;
  }
}

TEST(Ledger, AUnitCountsOnceInAnyOrder) {
  Ledger one, two;
  for (std::uint64_t block : {0, 1, 2, 1, 0}) one.take(unit(block));
  for (std::uint64_t block : {2, 1, 0}) two.take(unit(block));
  EXPECT_EQ(one.units(), 3u);
  EXPECT_EQ(one.streams().at("random/x").stats.pairs, 9u);
  EXPECT_EQ(two.streams().at("random/x").stats.pairs, 9u);
  EXPECT_EQ(one.take(unit(2)), Ledger::Taken::kKnown);
}

TEST(Ledger, AUnitWhoseFindingIsNotThereIsNotDone) {
  Ledger ledger;
  const harness::Case c = finding("(a*)*", "a");
  UnitResult u = unit(0);
  u.buckets[bucket_id(c)] = 2;
  EXPECT_EQ(ledger.take(u), Ledger::Taken::kUnusable);
  EXPECT_FALSE(ledger.done("random/x").has(0));
  EXPECT_EQ(ledger.take(Found{u.id, bucket_id(c), c}), Ledger::Taken::kNew);
  EXPECT_EQ(ledger.take(u), Ledger::Taken::kNew);
  EXPECT_EQ(ledger.buckets().buckets().begin()->second.count, 2u);
}

TEST(Ledger, KeepsTheSmallestExample) {
  Ledger ledger;
  EXPECT_EQ(ledger.take(Example{"k", {1, 7, "", finding("b", "")}}), Ledger::Taken::kNew);
  EXPECT_EQ(ledger.take(Example{"k", {1, 8, "", finding("a", "")}}), Ledger::Taken::kKnown);
  EXPECT_EQ(ledger.take(Example{"k", {1, 7, "", finding("a", "")}}), Ledger::Taken::kNew);
  EXPECT_EQ(ledger.examples().at("k").example.pattern, "a");
}

TEST(Ledger, ReasonsWithoutEndAreBounded) {
  Ledger ledger;
  for (std::uint64_t block = 0; block < 1000; ++block) {
    UnitResult u = unit(block);
    u.stats.engines[0].reasons["reason " + std::to_string(block)] = 1;
    ledger.take(u);
  }
  const auto& reasons = ledger.streams().at("random/x").stats.engines[0].reasons;
  EXPECT_LE(reasons.size(), 101u);
  std::uint64_t total = 0;
  for (const auto& [reason, count] : reasons) total += count;
  EXPECT_EQ(total, 1000u);
}

TEST(DoneSet, FindsWhatIsMissing) {
  DoneSet done;
  for (std::uint64_t block : {0, 1, 4}) EXPECT_TRUE(done.add(block));
  EXPECT_FALSE(done.add(4));
  EXPECT_EQ(done.next_missing(0, 1, 0), 2u);
  EXPECT_EQ(done.next_missing(0, 2, 0), 2u);
  EXPECT_EQ(done.next_missing(1, 3, 0), 7u);
  EXPECT_EQ(done.next_missing(1, 3, 8), 10u);
  EXPECT_EQ(done.count(), 3u);
}

}  // namespace
}  // namespace redoubt::campaign
