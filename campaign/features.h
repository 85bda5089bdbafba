// Features: what the guide takes for "something new" in a case. Shapes of the tree (three sorts of nodes along a path,
// two beside each other, how deep), what the PikeVM plans for it, how large its automaton is, and what became of it
// engine by engine. No instrumentation: the same for every build of every engine.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "campaign/coverage.h"
#include "campaign/guide.h"
#include "generate/automaton_haystacks.h"
#include "harness/trial.h"

namespace redoubt::campaign {

/// Features of a tree and its automaton, in no order, perhaps with repetitions.
std::vector<Feature> tree_features(const syntax::Regex& regex, Semantics semantics, Encoding encoding,
                                   const PathShape& shape, const generate::AutomatonHaystacks& automaton);

/// Features of outcomes: what changed in the counts of a trial, engine by engine and cause by cause.
class OutcomeFeatures {
 public:
  /// Those of what happened since the last call.
  std::vector<Feature> since_last(const harness::TrialStats& stats);

 private:
  struct Counts {
    std::uint64_t agreed = 0, accounted = 0, unexplained = 0, not_asked = 0, mode_runs = 0;
  };
  std::vector<Counts> engines_;
  std::map<std::string, std::uint64_t> accounted_;
};

}  // namespace redoubt::campaign
