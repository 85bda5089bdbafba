// A campaign of a second or so with an engine that is wrong by its own lights: `reference-pcre2` ends loops where the
// specification does not, and no catalogue entry excuses it. For tests alone.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "campaign/campaign.h"
#include "campaign/folder_for_test.h"
#include "campaign/report.h"
#include "harness/known.h"

namespace redoubt::campaign {

inline CampaignSettings small(const std::string& folder) {
  CampaignSettings settings;
  settings.folder = folder;
  settings.wishes.semantics = {{Semantics::kLeftmostFirst}};
  settings.wishes.engines = {{"pikevm", "reference-pcre2"}};
  settings.wishes.max_nodes = 3;
  settings.wishes.max_len = 3;
  settings.wishes.seed = 7;
  settings.jobs = 1;
  settings.units = 4;
  return settings;
}

inline Campaign run(const CampaignSettings& settings) {
  const std::atomic<bool> stop{false};
  auto result = run_campaign(settings, harness::built_in_catalogue(), stop, [](const Progress&) {});
  EXPECT_TRUE(result) << result.error();
  return result ? std::move(*result) : Campaign();
}

/// What a folder's campaign has come to, without what depends on time: from "config" on to "coverage" of its report.
inline std::string essence(const std::string& folder) {
  const auto campaign = read_campaign(folder);
  EXPECT_TRUE(campaign) << campaign.error();
  if (!campaign) return "";
  std::string text = report_json(*campaign, "F", "redoubt");
  // "timing" holds all that, and objects are indented by two.
  const std::size_t from = text.find("\n  \"timing\": {"), to = text.find("\n  }", from);
  EXPECT_NE(from, std::string::npos);
  return text.erase(from, to - from);
}

/// Equality of two such texts that shows where they part.
inline testing::AssertionResult same(const std::string& a, const std::string& b) {
  if (a == b) return testing::AssertionSuccess();
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  const std::size_t from = at < 200 ? 0 : at - 200;
  return testing::AssertionFailure() << "they part here:\n" << a.substr(from, 400) << "\n---\n" << b.substr(from, 400);
}

}  // namespace redoubt::campaign
