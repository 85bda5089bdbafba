// SetScratch and search_set(): which patterns of a set match somewhere in a haystack, in one pass for all of them.
// Linear in the haystack, no recursion, bounded memory: what is remembered (set_automaton.h) has a budget, and where it
// does not pay, the threads are simulated. It gives no spans.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "pikevm/search.h"
#include "pikevm/set_automaton.h"
#include "pikevm/set_program.h"

namespace redoubt::pikevm {

/// A set of patterns: pattern p is bit p % 64 of word p / 64.
using PatternBits = std::vector<std::uint64_t>;

struct SetSearch {
  std::string_view haystack{};
  /// As in Search.
  std::size_t begin = 0;
  std::size_t end = kUnset;
  bool anchored = false;
  /// Only these are asked for; null: all. Of the set's size.
  const PatternBits* wanted = nullptr;
  /// Stop where the first match of a wanted pattern ends, instead of when all have matched.
  bool first_only = false;
  /// For what is remembered; the memory taken may be twice that. 0: simulate.
  std::size_t cache_bytes = std::size_t{8} << 20;
  /// A thread or an instruction looked at, or a remembered step. Checked once per unit of the haystack.
  std::uint64_t step_limit = std::numeric_limits<std::uint64_t>::max();
  /// On the working memory. Checked once per unit; what is remembered takes half of it at most.
  std::size_t memory_limit_bytes = std::size_t{256} << 20;
};

/// The working memory of one thread's searches, for any number of sets in turn.
class SetScratch {
 public:
  const Usage& usage() const { return usage_; }
  /// For tests: states remembered, and how often they were all forgotten.
  std::size_t states() const { return automaton_.states(); }
  std::size_t flushes() const { return flushes_; }

 private:
  friend Result search_set(const SetProgram&, SetScratch&, const SetSearch&, PatternBits&);
  enum class Outcome : std::uint8_t { kGoOn, kStop, kLimit };
  /// Fewer bytes of haystack for each state made until the memory was full do not pay, and some are simulated then.
  static constexpr std::uint64_t kLeastBytesPerState = 10;
  static constexpr std::uint64_t kLeastPauseBytes = std::uint64_t{256} << 10;
  static constexpr std::uint64_t kMostPauseBytes = std::uint64_t{16} << 20;

  Result run(const SetProgram& program, const SetSearch& asked, PatternBits& matched);
  void prepare(const SetProgram& program);
  /// True when nothing more is wanted.
  bool accept(PatternId pattern);
  bool accept_list(std::uint32_t accepts);
  bool accept_step();
  std::uint32_t column_at(std::size_t at, std::size_t& next) const;
  /// Both go on from `at_` with the threads of `threads_`, and leave theirs there.
  Outcome remember();
  Outcome simulate();
  void pause();
  bool build(SetAutomaton::Row& row, std::uint32_t column, SetAutomaton::Cell& cell);
  Outcome out_of_steps();
  Outcome out_of_memory();

  std::uint64_t serial_ = 0;
  SetStep step_;
  SetAutomaton automaton_;
  std::uint64_t search_number_ = 0;
  std::size_t flushes_ = 0;
  std::uint64_t bytes_since_flush_ = 0;
  std::uint64_t simulate_bytes_ = 0;  ///< before it is tried again to remember
  std::uint64_t pause_bytes_ = kLeastPauseBytes;

  // The search that is running.
  const SetProgram* program_ = nullptr;
  const SetSearch* search_ = nullptr;
  PatternBits* matched_ = nullptr;
  PatternBits done_;           ///< matched or not wanted
  std::uint32_t missing_ = 0;  ///< patterns not done
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  SetAutomaton::Starts starts_ = SetAutomaton::kAlways;
  std::size_t budget_ = 0;
  std::uint64_t steps_ = 0;  ///< of remembered steps
  std::uint64_t steps_before_ = 0;
  Result limit_ = Result::kNoMatch;
  std::vector<Address> threads_;
  Usage usage_;
};

/// `matched` gets the set's size and the patterns that match. kMatch: there is one. On a limit, what was found stands.
Result search_set(const SetProgram& program, SetScratch& scratch, const SetSearch& search, PatternBits& matched);

}  // namespace redoubt::pikevm
