#include "pikevm/prefilter.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "pikevm/byte_rank.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

/// From a share of bytes of this size on, a scan for them stops too often to pay.
constexpr double kDense = 0.25;
/// A literal that tells this many bits stops rarely.
constexpr unsigned kTelling = 12;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

Prefilter::Prefilter(Literals literals, Encoding encoding, SimdLevel level)
    : utf8_(encoding == Encoding::kUtf8), min_length_(literals.min_length) {
  if (literals.can_be_empty()) {
    why_ = "a match can be empty";
  } else if (literals.anchored_start) {
    why_ = "every match begins at the start of the haystack";
  } else {
    why_ = "nothing in a match is rare enough";
    choose_lead(literals, level);
    choose_required(literals, level);
  }
}

void Prefilter::choose_lead(Literals& literals, SimdLevel level) {
  lead_information_ = literals.prefix.empty() ? 0 : information(literals.prefix);
  const std::size_t shortest = literals.prefixes.size() > 1 ? literals.prefixes.shortest() : 0;
  if (literals.line_start && lead_information_ < kTelling) {
    lead_ = Lead::kLineStart;
    lead_information_ = 6;
    why_ = "every match begins at the start of a line";
  } else if (literals.prefix.size() >= 2 && shortest < 3) {
    lead_ = Lead::kLiteral;
    why_ = "every match begins with one string";
  } else if (shortest >= 2) {
    lead_ = Lead::kLiterals;
    lead_information_ = shortest >= 3 ? 12 : 8;
    literals_ = std::make_unique<Teddy>(literals.prefixes.all(), level);
    why_ = "every match begins with one of a few strings";
  } else if (!literals.prefix.empty()) {
    lead_ = Lead::kLiteral;
    why_ = "every match begins with one byte";
  } else if (literals.first.size() < 128 && density(literals.first) < kDense) {
    lead_ = Lead::kBytes;
    lead_information_ = 2;
    first_set_ = literals.first;
    first_ = std::make_unique<ByteScan>(literals.first, level);
    why_ = "every match begins with one of a few bytes";
  }
  if (lead_ == Lead::kLiteral) literal_ = LiteralSearch(std::move(literals.prefix), level);
}

void Prefilter::choose_required(Literals& literals, SimdLevel level) {
  Required& required = literals.required;
  if (required.literal.empty()) return;
  const bool bounded = required.max != kUnbounded;
  const bool walks = required.min != required.max && required.min <= kMaxWalkMin && !required.before.full();
  // A string that says nothing of the start is worth a scan only if it may well be absent.
  const unsigned least = bounded || walks ? 4 : 10;
  if (required.information < least || required.information < lead_information_) return;
  if (lead_information_ >= kTelling && required.information < lead_information_ + 8) return;
  has_required_ = true;
  required_first_ = (bounded || walks) && required.information > lead_information_;
  required_ = LiteralSearch(std::move(required.literal), level);
  min_ = required.min;
  max_ = required.max;
  if (walks) {
    walk_set_ = required.before;
    walk_ = std::make_unique<ByteScan>(required.before, level);
  }
  if (lead_ == Lead::kNothing) why_ = "every match contains one string";
}

std::size_t Prefilter::ask(std::string_view haystack, std::size_t from, std::size_t end, State& state) const {
  constexpr std::uint32_t kQuestions = 32;
  constexpr std::size_t kWorthWhile = 6;
  constexpr std::uint32_t kMaxNaps = 8;
  if (!active()) return from;
  if (state.answer_.answers(from)) return state.answer_.at;
  if (from < state.answer_.from) state.reset();
  const std::size_t start = search(haystack, from, end, state);
  state.answer_ = {from, start, true};
  if (start == kNone) return kNone;
  state.passed_ += start - from;
  if (++state.questions_ == kQuestions) {
    if (state.passed_ < kQuestions * kWorthWhile) {
      state.free_from_ = start;
      state.free_count_ = std::size_t{256} << state.naps_;
      state.naps_ = std::min(state.naps_ + 1, kMaxNaps);
    } else {
      state.naps_ = 0;
    }
    state.questions_ = 0;
    state.passed_ = 0;
  }
  return start;
}

std::size_t Prefilter::search(std::string_view haystack, std::size_t from, std::size_t end, State& state) const {
  // Each of the two moves the start up only, until both are content.
  if (required_first_) from = by_required(haystack, from, end, state);
  while (from != kNone) {
    const std::size_t start = by_lead(haystack, from, end);
    if (start == kNone || !has_required_) return start;
    from = by_required(haystack, start, end, state);
    if (from == start) break;
  }
  return from;
}

std::size_t Prefilter::by_lead(std::string_view haystack, std::size_t from, std::size_t end) const {
  if (end - from < min_length_) return kNone;
  const char* begin = haystack.data();
  const char* limit = begin + end;
  const char* found = limit;
  switch (lead_) {
    case Lead::kNothing:
      return from;
    case Lead::kLiteral:
      found = literal_.find(begin + from, limit);
      break;
    case Lead::kLiterals:
      found = literals_->find(begin + from, limit);
      break;
    case Lead::kBytes:
      found = first_->find(begin + from, limit);
      break;
    case Lead::kLineStart:
      if (from == 0 || begin[from - 1] == '\n') {
        found = begin + from;
      } else if (const void* line = std::memchr(begin + from, '\n', end - from)) {
        found = static_cast<const char*>(line) + 1;
      }
      break;
  }
  return static_cast<std::uint64_t>(limit - found) < min_length_ ? kNone : static_cast<std::size_t>(found - begin);
}

// Let o be the first occurrence at or after from + min. A match that begins at s >= from has an occurrence at some
// o' >= s + min, hence o' >= o, and s >= o' - max >= o - max. All of [s, o') is in the walk's set, so [s, o) is, which
// is empty if s > o: either way s is not below the place to which the walk from o leads. If that place is above o -
// min, then no match has o for its occurrence, and the question is asked again from there.
std::size_t Prefilter::by_required(std::string_view haystack, std::size_t from, std::size_t end, State& state) const {
  while (end - from >= min_length_) {
    const std::size_t found = occurrence(haystack, from + min_, end, state);
    if (found == kNone) return kNone;
    std::size_t start = from;
    const std::uint64_t back = REDOUBT_MUTANT(suffix_pins_start) ? min_ : max_;
    if (back < found - from) start = found - back;
    if (walk_ != nullptr) start = walk_back(haystack, start, found, state);
    if (REDOUBT_MUTANT(walk_back_stops_early) && walk_ != nullptr) start = std::min(start + 1, found);
    if (utf8_ && start != from) {
      // A match begins with a whole unit.
      while (start < found && is_continuation(haystack[start])) ++start;
    }
    from = start;
    if (from + min_ > found || end - from < min_length_) continue;
    if (lead_ == Lead::kNothing) {
      state.free_from_ = from;
      state.free_count_ = std::min(found - min_, end - min_length_) + 1 - from;
    }
    return from;
  }
  return kNone;
}

std::size_t Prefilter::occurrence(std::string_view haystack, std::size_t from, std::size_t end, State& state) const {
  if (state.required_.answers(from)) return state.required_.at;
  const char* limit = haystack.data() + end;
  const char* place = required_.find(haystack.data() + from, limit);
  const std::size_t found = place == limit ? kNone : static_cast<std::size_t>(place - haystack.data());
  state.required_ = {from, found, true};
  return found;
}

std::size_t Prefilter::walk_back(std::string_view haystack, std::size_t from, std::size_t occurrence,
                                 State& state) const {
  // A walk that was made for a smaller `from` led at least as far down.
  if (state.walked_from_ != occurrence) {
    std::size_t to = occurrence;
    while (to > from && walk_->contains(haystack[to - 1])) --to;
    state.walked_from_ = occurrence;
    state.walked_to_ = to;
  }
  return std::max(from, state.walked_to_);
}

std::size_t Prefilter::bytes() const {
  std::size_t sum = sizeof *this;
  if (literals_ != nullptr) sum += sizeof *literals_ + literals_->bytes();
  if (first_ != nullptr) sum += sizeof *first_;
  if (walk_ != nullptr) sum += sizeof *walk_;
  return sum;
}

}  // namespace redoubt::pikevm
