// Trial: `check` for one pattern and many haystacks, on one thread: run, compare, classify, shrink, report. What it
// counts adds up over threads and runs.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/findings.h"
#include "harness/panel.h"
#include "syntax/regex.h"

namespace redoubt::harness {

/// What one engine did.
struct EngineStats {
  std::string name;
  std::uint64_t answers = 0;      ///< haystacks answered (match or no match)
  std::uint64_t agreed = 0;       ///< … as expected
  std::uint64_t accounted = 0;    ///< … differently, as the catalogue says
  std::uint64_t unexplained = 0;  ///< … differently, and nothing accounts for it
  std::uint64_t compared_captures = 0, compared_spans = 0, compared_existence = 0;
  std::uint64_t not_asked = 0;    ///< haystacks for which the engine could not be asked, or reached a limit
  std::uint64_t listed_ends = 0;  ///< answers that came with all ends at their start, which were compared
  std::uint64_t mode_runs = 0;    ///< the same question asked in another mode
  std::map<std::string, std::uint64_t> reasons;  ///< why not asked
  std::uint64_t nanoseconds = 0;                 ///< inside the engine, modes included

  void add(const EngineStats& other);
};

/// Differences that the catalogue accounts for, by engine, kind and cause, with the smallest seen.
struct Accounted {
  std::uint64_t count = 0;
  std::uint64_t size = 0;  ///< of the example: nodes, then bytes
  std::string sentence;
  Case example;
};

struct TrialStats {
  std::uint64_t patterns = 0;
  std::uint64_t pairs = 0;     ///< (pattern, haystack)
  std::uint64_t unjudged = 0;  ///< pairs on which the judge reached a limit
  std::uint64_t judge_nanoseconds = 0;
  std::uint64_t total_nanoseconds = 0;  ///< thread CPU time, generation and bookkeeping included
  std::uint64_t wall_nanoseconds = 0;   ///< the same by the wall clock, by which engines are timed
  std::uint64_t largest_pattern = 0, longest_haystack = 0;
  std::vector<EngineStats> engines;
  std::map<std::string, Accounted> accounted;
  std::map<std::string, std::uint64_t> not_shrunk;  ///< unexplained beyond the quota of one engine, mode and kind

  void add(const TrialStats& other);
  std::uint64_t comparisons() const;
  std::uint64_t unexplained() const;
};

struct TrialSettings {
  /// Ask each engine in its other modes, too: of patterns up to this size, and of every eighth larger one.
  std::uint32_t mode_nodes = 2;
  bool modes = true;
  /// How many divergences per engine, mode and kind a thread classifies and shrinks; the rest are counted.
  std::uint64_t shrink_quota = 40;
  std::size_t max_probes = 4000;
};

class Trial {
 public:
  /// The panel and the findings outlive the trial.
  Trial(Panel& panel, const TrialSettings& settings, Findings& findings);
  virtual ~Trial() = default;

  /// Asks every engine. `origin` goes into the provenance of what is found; `number` follows it.
  /// A subclass may watch what is asked.
  virtual void run(const oracles::Query& query, std::span<const std::string_view> haystacks, std::string_view origin,
                   std::uint64_t number);

  TrialStats& stats() { return stats_; }

 private:
  struct Divergence {
    std::size_t seat;
    int mode;  // -1: the plain answer
    DivergenceKind kind;
    const oracles::Query& query;
    std::string_view haystack;
    const oracles::Outcome& expected;
    const oracles::Outcome& outcome;
  };

  void ask(std::size_t seat, const oracles::Query& query, std::span<const std::string_view> haystacks);
  void ask_modes(std::size_t seat, oracles::Matcher& matcher, const oracles::Query& query,
                 std::span<const std::string_view> haystacks);
  const std::vector<oracles::Outcome>& expected_of(const Seat& seat, const oracles::Query& query,
                                                   std::span<const std::string_view> haystacks);
  void hold(std::size_t seat, const oracles::Query& query, std::span<const std::string_view> haystacks,
            const std::vector<oracles::Outcome>& expected);
  void account(const Divergence& divergence, const Cause& cause);
  void found(const Divergence& divergence);
  bool still(const Divergence& divergence, const std::string& cause, const syntax::Regex& regex,
             const std::string& haystack);
  Case describe(const Divergence& divergence, const Cause& cause, const syntax::Regex& regex,
                const std::string& haystack);
  std::string engine_name(std::size_t seat, int mode);

  Panel& panel_;
  TrialSettings settings_;
  Findings& findings_;
  TrialStats stats_;
  std::vector<oracles::Outcome> judged_, read_, answers_, mode_answers_;
  std::map<std::string, std::uint64_t> quota_;
  std::string_view origin_;
  std::uint64_t number_ = 0;
};

}  // namespace redoubt::harness
