// The leftmost-first reference (SEMANTICS B): plain backtracking in priority order over a tree unrolled as B3 says,
// with a memory of failures, so that it is polynomial, and a stack of its own, so that nothing recurses on the
// haystack. What an iteration that consumed nothing does is a parameter, for that is where engines differ.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "reference/longest_matcher.h"
#include "reference/workspace.h"

namespace redoubt::reference {

/// B3. In x⁺, when x can be empty:
enum class LoopPolicy : std::uint8_t {
  kRe2,    ///< reaching a program point already visited at this location ends the path (RE2, Go, Rust)
  kPcre2,  ///< an iteration that consumed nothing leaves the loop (PCRE2, ICU)
};

class LeftmostFirstMatcher {
 public:
  LeftmostFirstMatcher(Workspace& workspace, const syntax::Regex& regex, LoopPolicy policy);

  /// The first match in priority order at the smallest start that has one (B1), groups keeping their last value (B2).
  /// kLimit: unrolled size over kMaxSteps, unrolled size times haystack over kMaxMemoryBits, or more than kMaxFrames
  /// choices open at once.
  MatchStatus match(std::string_view haystack, Slots& slots);

  /// The first match in priority order among those that span exactly `span` (which must lie on unit boundaries).
  MatchStatus match_within(std::string_view haystack, Span span, Slots& slots);

  static constexpr std::size_t kMaxSteps = 4'000'000;
  static constexpr std::uint64_t kMaxMemoryBits = std::uint64_t{1} << 30;
  static constexpr std::size_t kMaxFrames = 4'000'000;

 private:
  enum class Op : std::uint8_t { kClass, kLook, kSplit, kSave, kMark, kLoop, kMatch };
  static constexpr std::uint32_t kNoLoop = static_cast<std::uint32_t>(-1);
  struct Step {
    Op op;
    bool greedy = true;            // kLoop
    std::uint32_t next = 0;        // kSplit: preferred; kLoop: the way out
    std::uint32_t other = 0;       // kSplit: second choice; kLoop: one more iteration
    std::uint32_t argument = 0;    // kClass: index; kLook: contexts in which it holds; kSave: slot; kMark, kLoop: loop
    std::uint32_t loop = kNoLoop;  // the innermost loop around this step that checks for progress
  };
  struct Loop {
    std::uint32_t parent;
    std::uint32_t depth;  // 1 for an outermost loop
  };
  struct Frame {
    enum class Kind : std::uint8_t { kTry, kRestoreSlot, kRestoreMark } kind;
    std::uint32_t index;  // step, slot or loop
    std::size_t value;    // location, or the old value
  };

  std::uint32_t add(Step step);
  std::uint32_t compile(const syntax::Regex& regex, std::uint32_t next);
  std::uint32_t compile_repeat(const syntax::Node& node, std::uint32_t next);
  std::uint32_t compile_plus(const syntax::Regex& body, bool greedy, std::uint32_t next);
  std::uint32_t split(bool greedy, std::uint32_t into, std::uint32_t past);
  bool first_visit(std::uint32_t step, std::size_t location);
  bool run(std::size_t start, std::size_t required_end);
  bool prepare(std::string_view haystack);
  MatchStatus report(Slots& slots) const;

  std::shared_ptr<derivatives::Terms> terms_;  // held for its alphabet
  LoopPolicy policy_;
  std::uint32_t group_count_;
  std::vector<Step> steps_;
  std::vector<Loop> loops_;
  std::vector<std::vector<bool>> classes_;
  std::uint32_t entry_ = 0;
  std::uint32_t current_loop_ = kNoLoop;
  std::uint32_t max_depth_ = 0;
  bool too_large_ = false;  // the regex
  bool too_deep_ = false;   // the search on this haystack

  derivatives::Subject subject_;
  std::vector<std::uint64_t> visited_;
  std::vector<std::size_t> slots_, marks_;
  std::vector<Frame> stack_;
};

/// Can the regex match an empty span somewhere (assertions taken as true)?
bool can_be_empty(const syntax::Regex& regex);

}  // namespace redoubt::reference
