// Watch: a trial and a sink of findings that note what a campaign needs to know of them: which grammar rules and engine
// paths occurred, and each finding at once, so that it can be kept before its unit is complete.
#pragma once

#include <functional>

#include "campaign/coverage.h"
#include "campaign/unit.h"
#include "harness/findings.h"
#include "harness/trial.h"

namespace redoubt::campaign {

/// Buckets findings of one unit and hands each bucket's smaller and smaller cases on.
class UnitFindings final : public harness::Findings {
 public:
  using OnFound = std::function<void(const BucketId&, harness::Case)>;
  explicit UnitFindings(OnFound on_found) : Findings("", ""), on_found_(std::move(on_found)) {}

  bool add(harness::Case shrunk) override;
  const std::map<BucketId, std::uint64_t>& counts() const { return counts_; }

 private:
  OnFound on_found_;
  BucketTable table_;
  std::map<BucketId, std::uint64_t> counts_;
};

/// Notes the rules of every tree, and the engine paths of every kPathSample-th, where the guide does not ask for them.
class WatchedTrial final : public harness::Trial {
 public:
  static constexpr std::uint64_t kPathSample = 16;

  WatchedTrial(harness::Panel& panel, const harness::TrialSettings& settings, harness::Findings& findings)
      : Trial(panel, settings, findings), semantics_(panel.semantics()) {}

  void run(const oracles::Query& query, std::span<const std::string_view> haystacks, std::string_view origin,
           std::uint64_t number) override;

  Semantics semantics() const { return semantics_; }
  Coverage& coverage() { return coverage_; }

 private:
  Semantics semantics_;
  Coverage coverage_;
};

}  // namespace redoubt::campaign
