#include "harness/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/sources.h"

namespace redoubt::harness {
namespace {

using ::testing::HasSubstr;

CheckSettings small() {
  CheckSettings settings;
  settings.max_nodes = 3;
  settings.max_len = 3;
  settings.random = 20;
  settings.jobs = 1;
  return settings;
}

CheckResult run(const CheckSettings& settings) {
  const std::atomic<bool> stop{false};
  auto result = check(settings, built_in_catalogue(), stop, [](const Progress&) {});
  EXPECT_TRUE(result) << result.error();
  return result ? std::move(*result) : CheckResult();
}

/// Everything that is counted and does not depend on time, as one text.
std::string counts(const TrialStats& stats) {
  std::string text;
  const auto put = [&](std::string_view name, std::uint64_t n) {
    text += std::string(name) + "=" + std::to_string(n) + " ";
  };
  put("patterns", stats.patterns);
  put("pairs", stats.pairs);
  put("unjudged", stats.unjudged);
  for (const EngineStats& e : stats.engines) {
    text += "\n  " + e.name + ": ";
    put("answers", e.answers);
    put("agreed", e.agreed);
    put("accounted", e.accounted);
    put("unexplained", e.unexplained);
    put("captures", e.compared_captures);
    put("spans", e.compared_spans);
    put("existence", e.compared_existence);
    put("not_asked", e.not_asked);
    put("modes", e.mode_runs);
    for (const auto& [reason, count] : e.reasons) put(reason, count);
  }
  for (const auto& [key, entry] : stats.accounted) {
    text += "\n  " + key + ": " + std::to_string(entry.count) + " of size " + std::to_string(entry.size);
  }
  return text;
}

/// Phases of the same title added up.
std::map<std::string, std::string> by_title(const std::vector<CheckResult>& results) {
  std::map<std::string, TrialStats> sums;
  for (const CheckResult& result : results) {
    for (const PhaseResult& phase : result.phases) sums[phase.title].add(phase.stats);
  }
  std::map<std::string, std::string> texts;
  for (const auto& [title, stats] : sums) texts[title] = counts(stats);
  return texts;
}

TEST(Check, TheEnginesAgreeOnSmallCases) {
  const CheckResult result = run(small());
  EXPECT_EQ(result.unexplained(), 0u);
  EXPECT_TRUE(result.findings.empty()) << write_cases({result.findings[0].shrunk});
  EXPECT_FALSE(result.interrupted);
  EXPECT_FALSE(result.out_of_time);
  EXPECT_EQ(result.error, std::nullopt);
  EXPECT_GT(result.pairs(), 10'000u);
  for (const PhaseResult& phase : result.phases) {
    EXPECT_EQ(phase.done, phase.planned) << phase.title;
    EXPECT_EQ(phase.stats.patterns, phase.planned) << phase.title;
    EXPECT_GT(phase.stats.comparisons(), 0u) << phase.title;
    for (const EngineStats& e : phase.stats.engines) {
      const std::uint64_t pairs = e.agreed + e.accounted + e.unexplained + e.not_asked;
      // A refusal stands for all haystacks of a pattern, and counts once.
      EXPECT_LE(pairs, phase.stats.pairs) << phase.title << ", " << e.name;
      EXPECT_GT(e.agreed, 0u) << phase.title << ", " << e.name;
    }
  }
}

TEST(Check, TheNumberOfJobsChangesNoCount) {
  CheckSettings settings = small();
  settings.engines = {"pikevm", "pcre2", "re2"};
  const CheckResult one = run(settings);
  settings.jobs = 2;
  const CheckResult two = run(settings);
  EXPECT_EQ(by_title({one}), by_title({two}));
  EXPECT_EQ(two.jobs, 2u);
}

TEST(Check, ShardsAreAPartition) {
  CheckSettings settings = small();
  settings.engines = {"pikevm", "pcre2", "re2"};
  const CheckResult whole = run(settings);
  std::vector<CheckResult> parts;
  settings.shards = 3;
  for (settings.shard = 0; settings.shard < 3; ++settings.shard) parts.push_back(run(settings));
  EXPECT_EQ(by_title({whole}), by_title(parts));
  for (std::size_t k = 0; k < whole.phases.size(); ++k) {
    std::uint64_t planned = 0;
    for (const CheckResult& part : parts) planned += part.phases[k].planned;
    EXPECT_EQ(planned, whole.phases[k].planned);
  }
}

TEST(Check, MoreShardsThanItems) {
  CheckSettings settings = small();
  settings.max_nodes = 1;
  settings.random = 0;
  settings.shards = 1000;
  settings.shard = 999;
  const CheckResult result = run(settings);
  EXPECT_EQ(result.pairs(), 0u);
  EXPECT_FALSE(result.out_of_time);
}

TEST(Check, TheStopFlagEndsIt) {
  CheckSettings settings = small();
  settings.max_nodes = 6;
  settings.max_len = 6;
  settings.jobs = 2;
  std::atomic<bool> stop{false};
  int ticks = 0;
  const auto result = check(settings, built_in_catalogue(), stop, [&](const Progress& progress) {
    EXPECT_LE(progress.done, progress.planned);
    if (++ticks == 2) stop = true;
  });
  ASSERT_TRUE(result) << result.error();
  EXPECT_TRUE(result->interrupted);
  EXPECT_FALSE(result->out_of_time);
  // Phases take turns: those that had one are told, and none is at its end.
  ASSERT_GE(result->phases.size(), 1u);
  for (const PhaseResult& phase : result->phases) EXPECT_LT(phase.done, phase.planned) << phase.title;
  EXPECT_GT(result->phases[0].stats.pairs, 0u);  // what was done is told
  EXPECT_LT(result->seconds, 60);
}

TEST(Check, AFlagSetBeforehandDoesNothingAtAll) {
  const std::atomic<bool> stop{true};
  const auto result = check(small(), built_in_catalogue(), stop, [](const Progress&) {});
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->interrupted);
  EXPECT_EQ(result->pairs(), 0u);
}

TEST(Check, TheBudgetEndsIt) {
  CheckSettings settings = small();
  settings.max_nodes = 6;
  settings.max_len = 6;
  settings.budget_s = 0.3;
  const CheckResult result = run(settings);
  EXPECT_TRUE(result.out_of_time);
  EXPECT_FALSE(result.interrupted);
  EXPECT_LT(result.seconds, 60);
}

std::string error_of(const CheckSettings& settings) {
  const std::atomic<bool> stop{false};
  const auto result = check(settings, built_in_catalogue(), stop, [](const Progress&) {});
  return result ? "no error" : result.error();
}

TEST(Check, WrongSettingsAreOneSentence) {
  CheckSettings settings = small();
  settings.engines = {"no-such-engine"};
  EXPECT_THAT(error_of(settings), HasSubstr("There is no engine \"no-such-engine\""));
  settings = small();
  settings.alphabet = "";
  EXPECT_THAT(error_of(settings), HasSubstr("alphabet needs a letter"));
  settings = small();
  settings.max_nodes = settings.random = 0;
  EXPECT_THAT(error_of(settings), HasSubstr("nothing to do"));
  settings = small();
  settings.semantics.clear();
  EXPECT_THAT(error_of(settings), HasSubstr("nothing to do"));
  settings = small();
  settings.shard = settings.shards = 2;
  EXPECT_THAT(error_of(settings), HasSubstr("shard"));
  settings.shard = settings.shards = 0;
  EXPECT_THAT(error_of(settings), HasSubstr("shard"));
  settings = small();
  settings.alphabet = "aa";
  EXPECT_NE(error_of(settings), "no error");
  settings = small();
  settings.max_nodes = 1000;
  EXPECT_NE(error_of(settings), "no error");
  settings = small();
  settings.max_len = 1000;
  EXPECT_NE(error_of(settings), "no error");
  settings = small();
  settings.semantics = {Semantics::kLeftmostLongest};
  settings.engines = {"reference-pcre2"};
  EXPECT_THAT(error_of(settings), HasSubstr("does not answer --semantics posix"));
  settings = small();
  settings.jsonl = "/dev/null/x.jsonl";
  EXPECT_THAT(error_of(settings), HasSubstr("Cannot write to /dev/null/x.jsonl"));
}

TEST(Check, EachSemanticsAsksTheEnginesThatAnswerIt) {
  CheckSettings settings = small();
  settings.semantics = {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst};
  settings.engines = {"re2", "re2-longest"};
  const auto phases = plan(settings);
  ASSERT_TRUE(phases) << phases.error();
  ASSERT_FALSE(phases->empty());
  for (const Phase& phase : *phases) {
    const bool posix = phase.semantics == Semantics::kLeftmostLongest;
    EXPECT_EQ(phase.engines, std::vector<std::string>{posix ? "re2-longest" : "re2"}) << phase.title;
  }
}

TEST(Check, AnEngineThatReadsOtherwiseIsFoundWithASmallestCase) {
  // Without the catalogue PCRE2's loop policy is unaccounted for; any engine that differs will do.
  if (!oracles::find_engine("pcre2") || !oracles::find_engine("pcre2")->info.unavailable.empty()) {
    GTEST_SKIP() << "needs PCRE2";
  }
  CheckSettings settings = small();
  settings.semantics = {Semantics::kLeftmostFirst};
  settings.engines = {"pcre2"};
  settings.random = 0;
  settings.max_nodes = 4;
  const Catalogue nothing;
  const std::atomic<bool> stop{false};
  const auto result = check(settings, nothing, stop, [](const Progress&) {});
  ASSERT_TRUE(result) << result.error();
  EXPECT_GT(result->unexplained(), 0u);
  ASSERT_FALSE(result->findings.empty());
  const auto size = [](const Bucket& b) { return b.shrunk.pattern.size() + b.shrunk.haystack.size(); };
  const Case& smallest =
      std::min_element(result->findings.begin(), result->findings.end(), [&](const Bucket& a, const Bucket& b) {
        return size(a) < size(b);
      })->shrunk;
  EXPECT_EQ(smallest.cause, "variant:loop-policy-pcre2");
  EXPECT_EQ(smallest.engine, "pcre2");
  EXPECT_EQ(smallest.pattern, "(a*)*");
  EXPECT_EQ(smallest.haystack, "a");
  ASSERT_EQ(smallest.answers.size(), 2u);
  EXPECT_EQ(smallest.answers[0].outcome, "(0,1)(0,1)");
  EXPECT_EQ(smallest.answers[1].outcome, "(0,1)(1,1)");
}

}  // namespace
}  // namespace redoubt::harness
