#include "pikevm/position_search.h"

#include <algorithm>
#include <bit>

namespace redoubt::pikevm {

bool PositionSearch::prepare(const Program& program, bool groups) {
  if (serial_ == program.serial) return suits_;
  serial_ = program.serial;
  suits_ = Positions::suits(program);
  if (!suits_) return false;
  program_ = &program;
  positions_.reset(program, groups);
  mode_ = program.semantics == Semantics::kLeftmostFirst ? Mode::kFirst
          : groups                                       ? Mode::kLongestGroups
                                                         : Mode::kLongestSpan;
  seen_.assign(positions_.count() / 64 + 1, 0);
  place_.resize(std::max<std::size_t>(place_.size(), positions_.count() + 1));
  return true;
}

std::optional<Result> PositionSearch::run(const Program& program, const Search& search, bool groups, Best& best) {
  usage_ = {};
  if (!prepare(program, groups)) return std::nullopt;
  program_ = &program;
  search_ = &search;
  captures_.reset(groups ? 2 * std::size_t{program.groups} : 0);
  best.found = false;
  at_ = search.begin;
  restart_ = !search.anchored && !program.anchored_at_start;
  threads_.clear();
  if (program.encoding == Encoding::kUtf8) {
    return positions_.small() ? simulate<true, true>(best) : simulate<true, false>(best);
  }
  return positions_.small() ? simulate<false, true>(best) : simulate<false, false>(best);
}

std::uint32_t PositionSearch::looks_here() const {
  if (program_->looks_used == 0) return 0;
  if (positions_.edge_looks_only() && at_ > 0 && at_ < search_->haystack.size()) return 0;
  return looks_at(search_->haystack, at_, program_->looks_used);
}

template <bool kUtf8>
void PositionSearch::look_at_unit() {
  looks_ = looks_here();
  unit_ = {kNoPart, 1};
  if (at_ < search_->end) {
    if constexpr (kUtf8) {
      unit_ = program_->alphabet.read(search_->haystack, at_);
      if (at_ + unit_.length > search_->end) unit_ = {kNoPart, static_cast<std::uint32_t>(search_->end - at_)};
    } else {
      unit_.part = program_->alphabet.table()[static_cast<unsigned char>(search_->haystack[at_])];
    }
  }
  takers_ = unit_.part == kNoPart || !positions_.small() ? 0 : positions_.takers()[unit_.part];
}

template <bool kUtf8>
void PositionSearch::advance() {
  at_ += unit_.length;
  look_at_unit<kUtf8>();
}

template <bool kUtf8, bool kSmall>
std::optional<Result> PositionSearch::simulate(Best& best) {
  Result limit = Result::kNoMatch;
  const std::uint64_t built_before = positions_.steps();
  look_at_unit<kUtf8>();
  const Positions::Arrows* start = positions_.arrows(Positions::kStart, looks_);
  if (start == nullptr || !spread<kSmall>(kFresh, *start, at_, best)) return std::nullopt;
  settle(best);
  for (;;) {
    if (best.found && search_->wanted_slots == 0) break;
    if (at_ >= search_->end) break;
    if (threads_.empty()) {
      if (!restart_) break;
      advance<kUtf8>();
      start = positions_.arrows(Positions::kStart, looks_);
      if (start == nullptr) return std::nullopt;
      if (kSmall && !start->accepts && (start->follow & takers_) == 0) {
        skip_idle<kUtf8>(*start);
        start = positions_.arrows(Positions::kStart, looks_);
        if (start == nullptr) return std::nullopt;
      }
      if (!spread<kSmall>(kFresh, *start, at_, best)) return std::nullopt;
      settle(best);
    } else {
      if (kSmall && threads_.size() == 1) {
        if (!run_alone<kUtf8>(best)) return std::nullopt;
      } else {
        advance<kUtf8>();
        if (!step<kSmall>(best)) return std::nullopt;
      }
    }
    usage_.steps += positions_.steps() - built_before;
    if (over_limits(limit)) return limit;
    usage_.steps -= positions_.steps() - built_before;
  }
  usage_.steps += positions_.steps() - built_before;
  usage_.bytes = bytes();
  return best.found ? Result::kMatch : Result::kNoMatch;
}

// On entry no thread lives and none begins at at_; on leaving one may begin there, or the search is at its end.
template <bool kUtf8>
void PositionSearch::skip_idle(const Positions::Arrows& start) {
  const std::size_t begin = at_;
  // Only where assertions cannot change, and so the arrows from the start cannot.
  while (at_ < search_->end && (program_->looks_used == 0 || (positions_.edge_looks_only() && at_ > 0))) {
    const char* text = search_->haystack.data();
    const std::uint8_t* table = program_->alphabet.table();
    const PositionMask* takers = positions_.takers();
    const PositionMask follow = start.follow;
    std::size_t at = at_ + unit_.length;
    if constexpr (kUtf8) {
      while (at < search_->end && static_cast<unsigned char>(text[at]) < 128 &&
             (takers[table[static_cast<unsigned char>(text[at])]] & follow) == 0) {
        ++at;
      }
    } else {
      while (at < search_->end && (takers[table[static_cast<unsigned char>(text[at])]] & follow) == 0) ++at;
    }
    at_ = at;
    look_at_unit<kUtf8>();
    if (!kUtf8 || (start.follow & takers_) != 0) break;
  }
  usage_.steps += at_ - begin;
}

template <bool kUtf8>
bool PositionSearch::run_alone(Best& best) {
  const std::uint8_t* table = program_->alphabet.table();
  const PositionMask* takers = positions_.takers();
  const auto* text = reinterpret_cast<const unsigned char*>(search_->haystack.data());
  // The end and what lies just before it are left to the careful way.
  const std::size_t interior = std::min(search_->end, search_->haystack.size() - 1);
  const bool steady = program_->looks_used == 0 || positions_.edge_looks_only();
  Thread& thread = threads_[0];
  for (;;) {
    ++usage_.steps;
    advance<kUtf8>();
    const Positions::Arrows* arrows = positions_.arrows(thread.position, looks_);
    if (arrows == nullptr) return false;
    PositionMask begins = 0;
    if (restart_) {
      const Positions::Arrows* start = positions_.arrows(Positions::kStart, looks_);
      if (start == nullptr) return false;
      begins = start->follow;
      if (start->accepts) return step<true>(best);
    }
    const PositionMask next = arrows->follow & takers_;
    if (next == 0 || (next & (next - 1)) != 0 || (begins & takers_ & ~next) != 0) return step<true>(best);
    const PositionMask self = PositionMask{1} << (thread.position - 1);
    if (steady && next == self && (arrows->quiet & self) != 0 && at_ > 0 && at_ < interior) {
      // Each location on the way is like this one, acceptance included, of which only the last one counts.
      const PositionMask all = arrows->follow | begins;
      const std::size_t from = at_;
      std::size_t at = at_ + unit_.length;
      while (at < interior && (!kUtf8 || text[at] < 128) && (takers[table[text[at]]] & all) == self) ++at;
      // The location before the last unit taken is the last that is known to be like this one.
      if constexpr (kUtf8) {
        if (at - from > unit_.length) at_ = at - 1;
      } else {
        at_ = at - 1;
      }
      usage_.steps += at_ - from;
      if (arrows->accepts) accept({0, 0, arrows->accept_item, false, thread.start, arrows->entry}, best);
      if (at_ != from) look_at_unit<kUtf8>();
      if (arrows->accepts && search_->wanted_slots == 0) return true;
      continue;
    }
    if (arrows->accepts) {
      accept({0, 0, arrows->accept_item, false, thread.start, arrows->entry}, best);
      if (search_->wanted_slots == 0) return true;
    }
    const auto to = static_cast<std::uint32_t>(std::countr_zero(next)) + 1;
    if ((arrows->quiet & next) == 0) {
      thread.captures = apply(positions_.target_at(*arrows, to).item, thread.captures);
    }
    thread.position = to;
    if (at_ >= search_->end || usage_.steps > search_->step_limit) return true;
  }
}

template <bool kSmall>
bool PositionSearch::step(Best& best) {
  for (std::uint32_t k = 0; k < threads_.size(); ++k) {
    const Positions::Arrows* arrows = positions_.arrows(threads_[k].position, looks_);
    if (arrows == nullptr || !spread<kSmall>(k, *arrows, threads_[k].start, best)) return false;
    if (accepted_here_ && mode_ == Mode::kFirst) break;
  }
  if (restart_ && !(accepted_here_ && mode_ == Mode::kFirst)) {
    const Positions::Arrows* arrows = positions_.arrows(Positions::kStart, looks_);
    if (arrows == nullptr || !spread<kSmall>(kFresh, *arrows, at_, best)) return false;
  }
  settle(best);
  return true;
}

// Offers the targets that take the unit here as members. False: too many for the matrix.
template <bool kSmall>
bool PositionSearch::spread(std::uint32_t source, const Positions::Arrows& arrows, std::size_t start, Best& best) {
  usage_.steps += 1 + arrows.end - arrows.begin;
  if (best.found && start > best.begin) return true;
  if (!kSmall || (arrows.follow & takers_) != 0) {
    for (std::uint32_t k = arrows.begin; k < arrows.end; ++k) {
      const Positions::Target& target = positions_.target(k);
      if (takes<kSmall>(target.to)) offer({target.to, source, target.item, target.quiet, start, arrows.entry});
    }
  }
  if (arrows.accepts) {
    const Member member{0, source, arrows.accept_item, false, start, arrows.entry};
    if (!accepted_here_ || (mode_ == Mode::kLongestGroups && relation_after(member, accepted_).order < 0)) {
      accepted_ = member;
      accepted_here_ = true;
    }
  }
  return mode_ != Mode::kLongestGroups || members_.size() <= kMaxRelated;
}

void PositionSearch::offer(const Member& member) {
  std::uint64_t& word = seen_[member.position / 64];
  const std::uint64_t bit = std::uint64_t{1} << (member.position % 64);
  if ((word & bit) == 0) {
    word |= bit;
    place_[member.position] = static_cast<std::uint32_t>(members_.size());
    members_.push_back(member);
  } else if (mode_ == Mode::kLongestGroups) {
    Member& holder = members_[place_[member.position]];
    if (relation_after(member, holder).order < 0) holder = member;
  }
}

// Of two threads of threads_.
Relation PositionSearch::relation_before(std::uint32_t first, std::uint32_t second) const {
  const std::uint32_t a = std::min(first, second);
  const std::uint32_t b = std::max(first, second);
  const auto count = static_cast<std::uint32_t>(threads_.size());
  const Relation r = Relation::unpack(relations_[a * (count - 1) - a * (a - 1) / 2 + (b - a - 1)]);
  return first < second ? r : r.swapped();
}

// One frame's step of the comparison that history.h describes.
Relation PositionSearch::relation_after(const Member& first, const Member& second) const {
  if (first.start != second.start) return {0, 0, first.start < second.start ? -1 : 1};
  const ClosureTable& closures = positions_.closures();
  if (first.source == second.source) return closures.relation(first.entry, first.item, second.item);
  Relation r = relation_before(first.source, second.source);
  r.rho_first = std::min(r.rho_first, closures.item(first.item).least_height);
  r.rho_second = std::min(r.rho_second, closures.item(second.item).least_height);
  if (r.rho_first != r.rho_second) r.order = r.rho_first > r.rho_second ? -1 : 1;
  return r;
}

void PositionSearch::relate() {
  next_relations_.clear();
  for (std::size_t a = 0; a < members_.size(); ++a) {
    for (std::size_t b = a + 1; b < members_.size(); ++b) {
      next_relations_.push_back(relation_after(members_[a], members_[b]).pack());
    }
  }
  usage_.steps += next_relations_.size();
}

// Members become threads.
void PositionSearch::settle(Best& best) {
  if (accepted_here_) {
    accept(accepted_, best);
    accepted_here_ = false;
    // Threads that started later than the match cannot win.
    if (mode_ != Mode::kFirst) {
      std::erase_if(members_, [&](const Member& member) { return member.start > best.begin; });
    }
  }
  if (mode_ == Mode::kLongestGroups) relate();
  next_threads_.clear();
  for (const Member& member : members_) {
    BlockId captures = member.source == kFresh ? captures_.blank() : captures_.share(threads_[member.source].captures);
    if (!member.quiet) captures = apply(member.item, captures);
    next_threads_.push_back({member.position, captures, member.start});
  }
  if (captures_.width() != 0) {
    for (const Thread& thread : threads_) captures_.release(thread.captures);
  }
  threads_.swap(next_threads_);
  relations_.swap(next_relations_);
  members_.clear();
  std::fill(seen_.begin(), seen_.end(), 0);
}

BlockId PositionSearch::apply(std::uint32_t item, BlockId captures) {
  if (captures_.width() == 0) return captures;
  const Item& how = positions_.closures().item(item);
  const Action* actions = positions_.closures().actions(how);
  captures = captures_.writable(captures);
  std::size_t* slots = captures_.slots(captures);
  for (std::uint32_t k = 0; k < how.actions_end - how.actions_begin; ++k) {
    slots[actions[k] / 2] = actions[k] % 2 ? kUnset : at_;
  }
  return captures;
}

void PositionSearch::accept(const Member& member, Best& best) {
  best.found = true;
  best.begin = member.start;
  best.end = at_;
  restart_ = false;
  const std::size_t width = captures_.width();
  if (width == 0) return;
  if (member.source == kFresh) {
    best.slots.assign(width, kUnset);
  } else {
    const std::size_t* slots = captures_.slots(threads_[member.source].captures);
    best.slots.assign(slots, slots + width);
  }
  const Item& how = positions_.closures().item(member.item);
  const Action* actions = positions_.closures().actions(how);
  for (std::uint32_t k = 0; k < how.actions_end - how.actions_begin; ++k) {
    best.slots[actions[k] / 2] = actions[k] % 2 ? kUnset : at_;
  }
}

bool PositionSearch::over_limits(Result& result) {
  if (usage_.steps > search_->step_limit) {
    result = Result::kStepLimit;
    return true;
  }
  result = Result::kMemoryLimit;
  return bytes() > search_->memory_limit_bytes;
}

std::size_t PositionSearch::bytes() const {
  return positions_.bytes() + captures_.bytes() + (threads_.capacity() + next_threads_.capacity()) * sizeof(Thread) +
         members_.capacity() * sizeof(Member) + place_.capacity() * sizeof(place_[0]) +
         (relations_.capacity() + next_relations_.capacity()) * sizeof(relations_[0]);
}

}  // namespace redoubt::pikevm
