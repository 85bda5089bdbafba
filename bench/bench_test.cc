// The workloads are the same bytes everywhere, and this engine answers them as RE2 and PCRE2 do: a table of speeds is
// worth nothing where the engines compared do not agree on what they found.
#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/measure.h"
#include "bench/results.h"

namespace redoubt::bench {
namespace {

std::uint64_t digest(std::string_view text) {
  std::uint64_t d = Answer::kStart;
  for (char c : text) Answer::mix(d, static_cast<unsigned char>(c));
  return d;
}

std::vector<Row> rows_of(std::initializer_list<std::string_view> groups, std::size_t most_bytes) {
  std::vector<Row> rows;
  for (Row& row : all_rows(true)) {
    if (std::find(groups.begin(), groups.end(), row.group) == groups.end()) continue;
    row.bytes = std::min(row.bytes, most_bytes);
    rows.push_back(std::move(row));
  }
  return rows;
}

const Engine& find(const std::vector<Engine>& engines, std::string_view name) {
  return *std::find_if(engines.begin(), engines.end(), [&](const Engine& e) { return e.info.name == name; });
}

Answer ask(const Engine& engine, const Row& row) {
  const Work work(row.mode, row.text());
  Opened session = engine.open(row, work);
  if (!session) {
    ADD_FAILURE() << engine.info.name << " on " << row.title() << ": " << session.error();
    return {};
  }
  return (*session)->answer();
}

TEST(Haystacks, AreTheSameBytesInEveryRun) {
  const std::pair<HaystackKind, std::uint64_t> kExpected[] = {
      {HaystackKind::kLogLines, 0xD2E1337544D3DC02},  {HaystackKind::kEmails, 0xF4C271C25299B100},
      {HaystackKind::kUris, 0xFDD8FB7167406E0F},      {HaystackKind::kDates, 0x552B2AD1344ED76A},
      {HaystackKind::kAddresses, 0xBE596D76A6F39B3C}, {HaystackKind::kRequestLines, 0xB2FEA51063AECF4A},
      {HaystackKind::kProse, 0xD57160680CFA56B2},     {HaystackKind::kShort, 0x907CC57A55327115},
      {HaystackKind::kTiny, 0xCD924919B955859C},      {HaystackKind::kLetters, 0xAABC2F97B6B57601},
  };
  for (const auto& [kind, expected] : kExpected) {
    EXPECT_EQ(digest(haystack(kind, 4096)), expected) << "kind " << static_cast<int>(kind);
  }
}

TEST(Haystacks, LinesEndWithALineBreakAndShortOnesAreShort) {
  for (HaystackKind kind : {HaystackKind::kLogLines, HaystackKind::kEmails, HaystackKind::kUris, HaystackKind::kDates,
                            HaystackKind::kAddresses, HaystackKind::kRequestLines, HaystackKind::kShort}) {
    EXPECT_EQ(haystack(kind, 10000).back(), '\n');
    EXPECT_LE(haystack(kind, 10000).size(), 10000U);
    EXPECT_GT(haystack(kind, 10000).size(), 9700U);
  }
  for (std::string_view line : Work(Mode::kLines, haystack(HaystackKind::kShort, 10000)).lines) {
    EXPECT_THAT(line.size(), testing::AllOf(testing::Ge(8U), testing::Le(64U)));
  }
}

TEST(Haystacks, TinyIsEveryStringOfOneToSixLetters) {
  const Work work(Mode::kLines, haystack(HaystackKind::kTiny, 0));
  ASSERT_EQ(work.lines.size(), 126U);
  EXPECT_EQ(work.lines.front(), "a");
  EXPECT_EQ(work.lines[2], "aa");
  EXPECT_EQ(work.lines.back(), "bbbbbb");
}

TEST(Rows, AreDistinctAndGroupsAreCounted) {
  std::vector<std::string> titles;
  for (const Row& row : all_rows(false)) titles.push_back(row.title());
  std::sort(titles.begin(), titles.end());
  EXPECT_EQ(std::adjacent_find(titles.begin(), titles.end()), titles.end());
  std::vector<std::uint32_t> groups;
  for (const Row& row : rows_of({"lines"}, 0)) groups.push_back(row.patterns.front().groups);
  EXPECT_THAT(groups, testing::ElementsAre(6, 2, 5, 6, 4, 5));
}

TEST(Rows, LinesMatchButNotAllOfThem) {
  const auto engines = redoubt_engines();
  for (const Row& row : rows_of({"lines"}, 16384)) {
    const Answer answer = ask(engines.front(), row);
    const std::size_t lines = Work(row.mode, row.text()).lines.size();
    EXPECT_GT(answer.matches, lines * 3 / 4) << row.title();
    EXPECT_EQ(answer.matches == lines, row.name == "log") << row.title();
  }
}

TEST(Rows, SearchesFindSomething) {
  const auto engines = redoubt_engines();
  for (const Row& row : rows_of({"search", "short"}, 65536)) {
    EXPECT_GT(ask(engines.front(), row).matches, 5U) << row.title();
  }
}

TEST(Agreement, OursWithRe2AndPcre2) {
  const auto ours = redoubt_engines();
  const auto re2 = re2_engines(), pcre2 = pcre2_engines();
  for (const Row& row : rows_of({"lines", "search", "short", "tiny", "slope"}, 8192)) {
    SCOPED_TRACE(row.title());
    const Answer first = ask(find(ours, "redoubt"), row), longest = ask(find(ours, "redoubt-posix"), row);
    for (const Engine* engine : {&find(ours, "redoubt-bare"), &find(re2, "re2"), &find(pcre2, "pcre2")}) {
      const Answer theirs = ask(*engine, row);
      EXPECT_EQ(theirs.spans, first.spans) << engine->info.name;
      EXPECT_EQ(theirs.groups, first.groups) << engine->info.name;
    }
    EXPECT_EQ(ask(find(re2, "re2-longest"), row).spans, longest.spans);
    const Answer bare = ask(find(ours, "redoubt-posix-bare"), row);
    EXPECT_EQ(bare.spans, longest.spans);
    EXPECT_EQ(bare.groups, longest.groups);
  }
}

TEST(Probe, SurvivesThePipe) {
  Probe probe;
  probe.answer = {3, 0xFFFFFFFFFFFFFFFF, 5};
  probe.bytes = 7;
  probe.nanoseconds = 1250.5;
  probe.peak_bytes = 4096;
  const Probe back = from_line(to_line(probe));
  EXPECT_EQ(back.error, "");
  EXPECT_EQ(back.answer.spans, probe.answer.spans);
  EXPECT_EQ(back.nanoseconds, probe.nanoseconds);
  EXPECT_EQ(back.peak_bytes, probe.peak_bytes);
  probe.error = "refused: too\nlarge";
  EXPECT_EQ(from_line(to_line(probe)).error, "refused: too large");
  EXPECT_NE(from_line("nonsense").error, "");
}

/// A session whose answer is always the same, and wrong.
class Wrong : public Session {
 public:
  double time(std::uint64_t passes) override { return 100.0 * static_cast<double>(passes); }
  Answer answer() override { return {}; }
};

Engine fake(const char* name, decltype(Engine::open) open) {
  Engine engine;
  engine.info.name = name;
  engine.open = std::move(open);
  return engine;
}

TEST(Measure, MarksAWrongAnswerAndKeepsARefusal) {
  std::vector<Engine> engines = redoubt_engines();
  engines.resize(1);
  engines.push_back(fake("wrong", [](const Row&, const Work&) -> Opened { return std::make_unique<Wrong>(); }));
  engines.push_back(
      fake("refuses", [](const Row&, const Work&) -> Opened { return tl::unexpected<std::string>("no"); }));
  engines.push_back(fake("missing", {}));
  engines.back().unavailable = "not installed";
  Settings settings = Settings::for_quick();
  settings.min_time_ms = 0.01;
  const Row row = rows_of({"tiny"}, 0).front();
  const auto cells = measure(row, engines, settings, true);
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_TRUE(cells[0].spans_agree);
  EXPECT_GT(cells[0].min_ns(), 0);
  EXPECT_LE(cells[0].min_ns(), cells[0].median_ns());
  EXPECT_FALSE(cells[1].spans_agree);
  EXPECT_EQ(cells[1].min_ns(), 100.0);
  EXPECT_EQ(cells[2].probe.error, "refused: no");
  EXPECT_EQ(cells[3].probe.error, "unavailable: not installed");

  Results results(engines, settings);
  results.add(row, cells);
  EXPECT_THAT(results.text(), testing::HasSubstr("\"name\": \"tiny/(a)(b)/wrong\""));
  EXPECT_THAT(results.text(), testing::HasSubstr("\"error_message\": \"unavailable: not installed\""));
}

}  // namespace
}  // namespace redoubt::bench
