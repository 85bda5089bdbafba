#include "pikevm/set_search.h"

#include <algorithm>
#include <bit>

#include "syntax/utf8.h"

namespace redoubt::pikevm {

Result search_set(const SetProgram& program, SetScratch& scratch, const SetSearch& search, PatternBits& matched) {
  return scratch.run(program, search, matched);
}

void SetScratch::prepare(const SetProgram& program) {
  program_ = &program;
  if (serial_ == program.serial) return;
  serial_ = program.serial;
  step_.reset(program);
  automaton_.reset(program);
  bytes_since_flush_ = simulate_bytes_ = 0;
  pause_bytes_ = kLeastPauseBytes;
}

Result SetScratch::run(const SetProgram& program, const SetSearch& asked, PatternBits& matched) {
  prepare(program);
  search_ = &asked;
  matched_ = &matched;
  std::size_t words = (program.patterns + 63) / 64;
  matched.assign(words, 0);
  done_.assign(words, 0);
  if (asked.wanted != nullptr) {
    for (std::size_t k = 0; k < words; ++k)
      done_[k] = k < asked.wanted->size() ? ~(*asked.wanted)[k] : ~std::uint64_t{0};
  }
  if (program.patterns % 64 != 0) done_.back() |= ~std::uint64_t{0} << (program.patterns % 64);
  missing_ = 0;
  for (std::uint64_t word : done_) missing_ += static_cast<std::uint32_t>(std::popcount(~word));
  usage_ = {};
  steps_ = 0;
  steps_before_ = step_.steps();
  ++search_number_;

  end_ = std::min(asked.end, asked.haystack.size());
  at_ = program.encoding == Encoding::kUtf8 ? syntax::utf8_boundary(asked.haystack, asked.begin) : asked.begin;
  if (at_ > end_ || missing_ == 0) return Result::kNoMatch;
  starts_ = asked.anchored ? SetAutomaton::kOnce : SetAutomaton::kAlways;
  threads_.clear();
  budget_ = std::min(asked.cache_bytes, asked.memory_limit_bytes / 2);
  if (automaton_.states() > 1 && automaton_.bytes() > budget_) {
    automaton_.release();
    automaton_.reset(program);
  }

  Outcome outcome = Outcome::kGoOn;
  for (PatternId pattern : program.always) {
    if (accept(pattern)) outcome = Outcome::kStop;
  }
  while (outcome == Outcome::kGoOn) outcome = budget_ > 0 && simulate_bytes_ == 0 ? remember() : simulate();
  // The two lists of threads have changed places, who knows how often: the next search like this must find room in
  // both.
  threads_.reserve(step_.next().capacity());
  step_.next().reserve(threads_.capacity());
  usage_.steps = steps_ + step_.steps() - steps_before_;
  usage_.bytes = std::max(usage_.bytes, step_.bytes() + automaton_.bytes());
  if (outcome == Outcome::kLimit) return limit_;
  bool any = std::any_of(matched.begin(), matched.end(), [](std::uint64_t word) { return word != 0; });
  return any ? Result::kMatch : Result::kNoMatch;
}

bool SetScratch::accept(PatternId pattern) {
  std::uint64_t bit = std::uint64_t{1} << (pattern % 64);
  if (done_[pattern / 64] & bit) return false;
  done_[pattern / 64] |= bit;
  (*matched_)[pattern / 64] |= bit;
  return --missing_ == 0 || search_->first_only;
}

bool SetScratch::accept_list(std::uint32_t accepts) {
  if (accepts == 0) return false;
  std::uint64_t& seen = automaton_.seen_by(accepts);
  if (seen == search_number_) return false;
  seen = search_number_;
  const PatternId* list = automaton_.accepted(accepts);
  bool stop = false;
  for (PatternId k = 1; k <= list[0]; ++k) stop |= accept(list[k]);
  return stop;
}

bool SetScratch::accept_step() {
  bool stop = false;
  for (PatternId pattern : step_.accepted()) stop |= accept(pattern);
  return stop;
}

// What comes at `at`: a unit, which ends at `next`, or the end of the search, at which `next` is `at`.
std::uint32_t SetScratch::column_at(std::size_t at, std::size_t& next) const {
  next = at;
  if (at < end_) {
    Unit unit = program_->alphabet.read(search_->haystack, at);
    if (at + unit.length <= end_) {
      next = at + unit.length;
      return unit.part == kNoPart ? program_->ill_formed() : unit.part;
    }
  }
  return program_->end_column(program_->kind_at(search_->haystack, at));
}

SetScratch::Outcome SetScratch::out_of_steps() {
  limit_ = Result::kStepLimit;
  return Outcome::kLimit;
}

SetScratch::Outcome SetScratch::out_of_memory() {
  limit_ = Result::kMemoryLimit;
  return Outcome::kLimit;
}

SetScratch::Outcome SetScratch::remember() {
  SetAutomaton::Row row = automaton_.state(threads_, program_->kind_before(search_->haystack, at_), starts_, budget_);
  if (row == SetAutomaton::kUnbuilt) {
    // Not even room for the state to begin with: forget, and if that is not enough, simulate.
    automaton_.reset(*program_);
    ++flushes_;
    row = automaton_.state(threads_, program_->kind_before(search_->haystack, at_), starts_, budget_);
    if (row == SetAutomaton::kUnbuilt) {
      pause();
      return Outcome::kGoOn;
    }
  }
  for (;;) {
    // Every unit is a step, so that the step limit is a place in the haystack, until a cell is built.
    std::uint64_t used = steps_ + step_.steps() - steps_before_;
    if (used > search_->step_limit) return out_of_steps();
    std::size_t start = at_;
    std::size_t stop = static_cast<std::size_t>(std::min<std::uint64_t>(end_ - at_, search_->step_limit - used)) + at_;
    const SetAutomaton::Cell* cells = automaton_.cells();
    SetAutomaton::Cell cell = SetAutomaton::kUnbuilt;
    std::uint32_t column;
    std::size_t next;
    for (;;) {
      column = column_at(at_, next);
      cell = cells[row + column];
      if (cell & SetAutomaton::kSpecial || at_ >= stop) break;
      row = cell;
      at_ = next;
    }
    steps_ += at_ - start + 1;
    bytes_since_flush_ += at_ - start + 1;
    if (cell == SetAutomaton::kUnbuilt) {
      if (!build(row, column, cell)) return Outcome::kGoOn;
      if (step_.bytes() > search_->memory_limit_bytes) return out_of_memory();
    }
    row = cell;
    if (cell & SetAutomaton::kSpecial) {
      const SetAutomaton::Special& special = automaton_.special(cell);
      if (accept_list(special.accepts)) return Outcome::kStop;
      row = special.next;
    }
    if (row == SetAutomaton::kDead || next == at_) return Outcome::kStop;
    at_ = next;
  }
}

// Fills the cell. If there is no room, everything is forgotten but the state that the search is in; or nothing is
// filled, and what comes next is simulated, from that state: twice as much of it as the last time that did not pay.
bool SetScratch::build(SetAutomaton::Row& row, std::uint32_t column, SetAutomaton::Cell& cell) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (automaton_.build(row, column, step_, budget_)) {
      cell = automaton_.cells()[row + column];
      return true;
    }
    automaton_.threads(row, threads_);
    SetAutomaton::State state = automaton_.state_of(row);
    starts_ = state.starts;
    bool pays = bytes_since_flush_ >= kLeastBytesPerState * automaton_.states();
    automaton_.reset(*program_);
    ++flushes_;
    bytes_since_flush_ = 0;
    if (!pays) break;
    pause_bytes_ = kLeastPauseBytes;
    row = automaton_.state(threads_, static_cast<SetProgram::Kind>(state.before), starts_, budget_);
    if (row == SetAutomaton::kUnbuilt) break;
  }
  pause();
  return false;
}

void SetScratch::pause() {
  simulate_bytes_ = pause_bytes_;
  pause_bytes_ = std::min(2 * pause_bytes_, kMostPauseBytes);
}

SetScratch::Outcome SetScratch::simulate() {
  SetProgram::Kind before = program_->kind_before(search_->haystack, at_);
  for (;;) {
    if (step_.steps() - steps_before_ + steps_ > search_->step_limit) return out_of_steps();
    std::size_t next;
    std::uint32_t column = column_at(at_, next);
    step_.run(threads_, starts_ != SetAutomaton::kNever, before, column, done_.data());
    if (accept_step()) return Outcome::kStop;
    if (step_.bytes() > search_->memory_limit_bytes) return out_of_memory();
    if (next == at_) return Outcome::kStop;
    threads_.swap(step_.next());
    if (starts_ == SetAutomaton::kOnce) starts_ = SetAutomaton::kNever;
    if (starts_ == SetAutomaton::kNever && threads_.empty()) return Outcome::kStop;
    before = program_->kind_of_column(column);
    simulate_bytes_ -= std::min<std::uint64_t>(simulate_bytes_, next - at_);
    at_ = next;
    if (simulate_bytes_ == 0 && budget_ > 0) return Outcome::kGoOn;
  }
}

}  // namespace redoubt::pikevm
