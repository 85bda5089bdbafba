// Panel: the judge and the engines of one trial, made for one thread, and the answers they give to one case.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "harness/case.h"
#include "harness/classify.h"
#include "harness/known.h"
#include "oracles/oracle.h"

namespace redoubt::harness {

struct PanelSettings {
  Semantics semantics = Semantics::kLeftmostLongest;
  /// Names as `redoubt engines` lists them; empty: every available engine that claims something of the semantics and
  /// is not a stock engine, nor one that is asked by name only.
  std::vector<std::string> engines;
  bool isolate = false;    ///< run engines from outside in child processes
  int deadline_ms = 2000;  ///< with isolate: per batch of haystacks
};

/// What one engine has to be held against on a pattern, and what it said.
struct Seat {
  std::unique_ptr<oracles::Oracle> oracle;
  /// The reading that the catalogue has for this engine; nullptr: the specification.
  const reference::Variant* follows = nullptr;
};

class Panel {
 public:
  /// Error: one sentence that names the engine and says why it cannot sit on this panel.
  static tl::expected<std::unique_ptr<Panel>, std::string> make(const PanelSettings& settings,
                                                                const Catalogue& catalogue);

  Semantics semantics() const { return settings_.semantics; }
  oracles::Oracle& judge() { return *judge_; }
  std::vector<Seat>& seats() { return seats_; }
  const Catalogue& catalogue() const { return catalogue_; }
  Classifier& classifier() { return classifier_; }
  ReadingWorkspaces& workspaces() { return workspaces_; }

  /// What the seat's engine should answer on one haystack: the judge's answer, or its reading's. `base` receives the
  /// judge's.
  oracles::Outcome expected(const Seat& seat, const oracles::Query& query, std::string_view haystack,
                            oracles::Outcome& base);
  /// The seat's answer; in mode `mode` of its oracle when mode >= 0 (then `plain` receives its plain answer).
  oracles::Outcome ask(Seat& seat, const oracles::Query& query, std::string_view haystack, int mode,
                       oracles::Outcome& plain);

 private:
  Panel(const PanelSettings& settings, const Catalogue& catalogue)
      : settings_(settings), catalogue_(catalogue), classifier_(catalogue) {}

  PanelSettings settings_;
  const Catalogue& catalogue_;
  Classifier classifier_;
  ReadingWorkspaces workspaces_;
  std::unique_ptr<oracles::Oracle> judge_;
  std::vector<Seat> seats_;
};

/// The names a panel has when none are given.
std::vector<std::string> default_engines(Semantics semantics);

/// One question to one oracle.
oracles::Outcome ask_once(oracles::Oracle& oracle, const oracles::Query& query, std::string_view haystack);

/// The query of a case; error: why its pattern cannot be read.
tl::expected<oracles::Query, std::string> query_of(const Case& c);

}  // namespace redoubt::harness
