// SetStep: one step of all the patterns of a set at once. The threads of a state are kClass and kLook instructions, the
// latter not yet asked, as what they ask depends on the unit to come. Which threads there are is all that counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pikevm/set_program.h"
#include "pikevm/sparse_set.h"

namespace redoubt::pikevm {

class SetStep {
 public:
  /// For a new program; keeps the memory.
  void reset(const SetProgram& program);
  /// From `threads` (and, if `start`, those that start here) over a column of the program, at a location whose byte
  /// before is of kind `before`. A pattern for which `done` holds (a set of bits, or null) is left out, and so are the
  /// threads of a pattern that the step accepts: it is known to match, whatever they do.
  void run(const std::vector<Address>& threads, bool start, SetProgram::Kind before, std::uint32_t column,
           const std::uint64_t* done);
  /// The threads after it, in no particular order.
  std::vector<Address>& next() { return next_; }
  /// The patterns that match up to this location, or with the unit consumed.
  const SparseSet& accepted() const { return accepted_; }
  std::uint64_t steps() const { return steps_; }
  std::size_t bytes() const;

 private:
  /// What the threads that start make of a column, from each kind of byte before.
  struct Start {
    std::vector<Address> next;
    std::vector<PatternId> accepted;
  };
  static constexpr std::uint32_t kUnknown = static_cast<std::uint32_t>(-1);

  bool is_done(const std::uint64_t* done, Address at) const {
    PatternId p = program_->owner[at];
    return done != nullptr && (done[p / 64] >> (p % 64) & 1);
  }
  void begin();
  void advance(Address at);
  void follow(Address at);
  void drop_accepted();
  const Start& start(SetProgram::Kind before, std::uint32_t column);

  const SetProgram* program_ = nullptr;
  std::uint32_t looks_ = 0;
  std::uint32_t column_ = 0;
  std::vector<Address> next_;
  SparseSet accepted_;
  SparseSet here_;   ///< instructions visited before the unit, behind a kLook
  SparseSet there_;  ///< instructions visited after it
  std::vector<Address> stack_, stack_here_;
  std::vector<std::uint32_t> start_index_;  ///< by kind and column
  std::vector<Start> starts_;
  std::size_t starts_bytes_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace redoubt::pikevm
