// The leftmost-longest reference: SEMANTICS A6 on derivatives at locations. It is the judge of the POSIX family, so it
// is written to be read against the rules; it is fast enough to be asked a million small questions a second, and
// polynomial on long ones. Nothing in it recurses on the haystack's length.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "reference/workspace.h"
#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::reference {

enum class MatchStatus : std::uint8_t { kMatch, kNoMatch, kLimit };

/// Departures from the specification that real engines make (see variants.h). All false: the specification.
struct LongestVariation {
  bool keep_groups = false;         ///< A5 left out: a new iteration does not unset groups
  bool no_empty_iteration = false;  ///< A2's exception left out: zero iterations on an empty span
  bool left_associative = false;    ///< A3's concat decided as ((r1 r2) r3)
  bool last_branch = false;         ///< A3's alternate: the higher branch number is better
  bool short_iterations = false;    ///< A3's repeat: each iteration takes the shortest prefix instead
  friend bool operator==(const LongestVariation&, const LongestVariation&) = default;
};

/// A regex prepared for one thread. match() may be called any number of times.
class LongestMatcher {
 public:
  LongestMatcher(Workspace& workspace, const syntax::Regex& regex, LongestVariation variation = {});
  ~LongestMatcher();

  /// The match of the whole regex in the haystack (A4) with its groups (A5): 1 + group_count() slots, or none when
  /// there is no match. kLimit: one haystack needed more terms than the workspace's limit allows, or more than
  /// kMaxSteps. Time O(n·m) for the span; each choice inside costs a walk over the span it divides. `ends` (may be
  /// null) receives the end of every match that starts there, longest first.
  MatchStatus match(std::string_view haystack, Slots& slots, std::vector<std::size_t>* ends = nullptr);
  /// A4's span only.
  MatchStatus find_span(std::string_view haystack, Span& span);

  std::uint32_t group_count() const { return group_count_; }

  /// Symbols read on one haystack, over and over where choices are made; some seconds.
  static constexpr std::uint64_t kMaxSteps = std::uint64_t{1} << 31;

 private:
  struct PlanNode;

  derivatives::TermId next(derivatives::TermId term, std::size_t location, derivatives::Symbol symbol);
  bool search(std::size_t& begin, std::size_t& end, std::vector<std::size_t>* ends = nullptr);
  bool matches(derivatives::TermId term, std::size_t i, std::size_t j);
  std::size_t longest_split(derivatives::TermId& first, derivatives::TermId& rest_reversed, std::size_t i,
                            std::size_t j, bool allow_empty);
  std::size_t build(const syntax::Regex& regex);
  void fill(std::size_t node, std::size_t i, std::size_t j);
  void fill_concat(PlanNode& node, std::size_t i, std::size_t j);
  void fill_repeat(PlanNode& node, std::size_t i, std::size_t j);
  void fill_iteration(const PlanNode& node, std::size_t i, std::size_t j);
  void unset_groups(const PlanNode& node);
  std::vector<std::uint64_t> starts_of(derivatives::TermId& reversed, std::size_t i, std::size_t j);
  std::size_t longest_prefix(derivatives::TermId first, const std::vector<std::uint64_t>& starts, std::size_t base,
                             std::size_t i, std::size_t j);
  void make_room(derivatives::TermId* held);

  std::shared_ptr<derivatives::Terms> terms_;
  std::size_t term_limit_;
  LongestVariation variation_;
  std::uint32_t group_count_;
  std::vector<PlanNode> plan_;
  std::size_t root_ = 0;
  derivatives::TermId whole_ = 0;     // the whole regex
  derivatives::TermId anywhere_ = 0;  // ⊤·mirror(whole): read from the end, true where a match starts
  derivatives::TermId rest_ = 0;      // mirror of the iterations still to come, while a split is looked for
  derivatives::Subject subject_;
  std::vector<std::uint64_t> candidates_;
  Slots* slots_ = nullptr;
  std::uint64_t steps_left_ = kMaxSteps;
  bool over_limit_ = false;
};

}  // namespace redoubt::reference
