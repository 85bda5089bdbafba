#include "pikevm/position_search.h"

#include <algorithm>
#include <bit>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

/// Fewer threads than this are moved as well in the general way.
constexpr std::uint32_t kWorthLinking = 8;
/// Locations between two looks at the memory in use, which takes longer than a step.
constexpr std::uint32_t kMemoryCheckInterval = 256;

bool single(PositionMask mask) { return mask != 0 && (mask & (mask - 1)) == 0; }

}  // namespace

bool PositionSearch::prepare(const Program& program, bool groups) {
  program_ = &program;
  if (serial_ == program.serial) return suits_;
  serial_ = program.serial;
  suits_ = Positions::suits(program);
  if (!suits_) return false;
  positions_.reset(program, groups);
  mode_ = program.semantics == Semantics::kLeftmostFirst ? Mode::kFirst
          : groups                                       ? Mode::kLongestGroups
                                                         : Mode::kLongestSpan;
  const std::size_t most = positions_.count() + 1;
  lists_[0].reserve(most);
  lists_[1].reserve(most);
  if (mode_ == Mode::kLongestGroups) {
    members_.reserve(most);
    for (Matrix& matrix : matrices_) matrix.cells.resize(kMaxRelated * kMaxRelated);
  }
  return true;
}

std::optional<Result> PositionSearch::run(const Program& program, const Search& search, bool groups, Best& best) {
  usage_ = {};
  if (!prepare(program, groups)) return std::nullopt;
  search_ = &search;
  captures_.reset(groups ? 2 * std::size_t{program.groups} : 0);
  best.found = false;
  at_ = search.begin;
  restart_ = !search.anchored && !program.anchored_at_start;
  threads_->clear();
  members_.clear();
  accepted_here_ = false;
  until_check_ = 1;
  std::optional<Result> result;
  if (program.encoding == Encoding::kUtf8) {
    result = positions_.small() ? simulate<true, true>(best) : simulate<true, false>(best);
  } else {
    result = positions_.small() ? simulate<false, true>(best) : simulate<false, false>(best);
  }
  suits_ = result.has_value();
  return result;
}

template <bool kUtf8>
void PositionSearch::look() {
  const std::string_view haystack = search_->haystack;
  if (program_->looks_used != 0 && (!positions_.steady() || at_ == 0 || at_ == haystack.size())) {
    looks_ = looks_at(haystack, at_, program_->looks_used);
  } else {
    looks_ = 0;
  }
  if (at_ >= search_->end) {
    unit_ = {kNoPart, 1};
    takers_ = 0;
    return;
  }
  if constexpr (kUtf8) {
    unit_ = program_->alphabet.read(haystack, at_);
    if (at_ + unit_.length > search_->end) unit_ = {kNoPart, static_cast<std::uint32_t>(search_->end - at_)};
    takers_ = positions_.small() ? positions_.takers(unit_.part) : 0;
  } else {
    unit_ = {program_->alphabet.table()[static_cast<unsigned char>(haystack[at_])], 1};
    takers_ = positions_.takers()[unit_.part];
  }
}

template <bool kUtf8, bool kSmall>
std::optional<Result> PositionSearch::simulate(Best& best) {
  Result limit = Result::kNoMatch;
  const std::uint64_t built_before = positions_.steps();
  look<kUtf8>();
  // The first step has no threads to move.
  const bool restart = restart_;
  restart_ = true;
  if (!step<kSmall>(best)) return std::nullopt;
  restart_ = restart && !best.found;
  for (;;) {
    const std::uint64_t built = positions_.steps() - built_before;
    if (usage_.steps + built > search_->step_limit) return Result::kStepLimit;
    if (--until_check_ == 0 && over_limits(limit)) return limit;
    if ((best.found && search_->wanted_slots == 0) || at_ >= search_->end) break;
    if (threads_->empty()) {
      if (!restart_) break;
      advance<kUtf8>();
      if constexpr (kSmall) {
        const Positions::Arrows* start = positions_.arrows(Positions::kStart, looks_);
        if (start == nullptr) return std::nullopt;
        if (!start->accepts && (start->follow & takers_) == 0) skip_idle<kUtf8>(*start);
      }
    } else if (kSmall && threads_->size() == 1) {
      if (!run_alone<kUtf8>(best)) return std::nullopt;
      continue;
    } else {
      advance<kUtf8>();
    }
    if (!step<kSmall>(best)) return std::nullopt;
  }
  usage_.steps += positions_.steps() - built_before;
  usage_.bytes = bytes();
  return best.found ? Result::kMatch : Result::kNoMatch;
}

// On entry no thread lives and none begins at at_; on leaving one may begin there, or the search is at its end.
template <bool kUtf8>
void PositionSearch::skip_idle(const Positions::Arrows& start) {
  // Only where assertions cannot change, and so the arrows from the start cannot.
  if (!positions_.steady() || at_ == 0) return;
  const std::size_t begin = at_;
  const auto* text = reinterpret_cast<const unsigned char*>(search_->haystack.data());
  const std::uint8_t* table = program_->alphabet.table();
  const PositionMask* takers = positions_.takers();
  while (at_ < search_->end && (start.follow & takers_) == 0) {
    std::size_t at = at_ + unit_.length;
    while (at < search_->end && (!kUtf8 || text[at] < 128) && (takers[table[text[at]]] & start.follow) == 0) ++at;
    at_ = at;
    look<kUtf8>();
  }
  usage_.steps += at_ - begin;
}

// Leaves with the thread moved and the unit behind it not yet taken, or with a step of the general kind made.
template <bool kUtf8>
bool PositionSearch::run_alone(Best& best) {
  const std::uint8_t* table = program_->alphabet.table();
  const PositionMask* takers = positions_.takers();
  const auto* text = reinterpret_cast<const unsigned char*>(search_->haystack.data());
  // Up to here no assertion about an edge holds, and there is a unit.
  const std::size_t interior = positions_.steady() ? std::min(search_->end, search_->haystack.size() - 1) : 0;
  PositionMask begins = 0;
  if (restart_ && interior > 0) {
    const Positions::Arrows* start = positions_.arrows(Positions::kStart, 0);
    if (start == nullptr) return false;
    begins = start->follow;
    if (start->accepts) {
      advance<kUtf8>();
      return step<true>(best);
    }
  }
  Thread& thread = (*threads_)[0];
  std::size_t* const slots = captures_.slots(thread.captures = captures_.owned(thread.captures));
  std::size_t at = at_;
  std::uint64_t steps = 0;
  std::uint32_t length = unit_.length;
  for (;;) {
    at += length;
    ++steps;
    if (at >= interior || (kUtf8 && text[at] >= 128)) break;
    length = 1;
    const PositionMask here = takers[table[text[at]]];
    const Positions::Arrows& arrows = positions_.interior_arrows(thread.position);
    const PositionMask next = arrows.follow & here;
    if (!single(next) || (begins & here & ~next) != 0 || steps > search_->step_limit) break;
    const auto to = static_cast<std::uint32_t>(std::countr_zero(next)) + 1;
    if ((arrows.quiet & next) != 0) {
      if (to == thread.position) {
        // Each location on the way is like this one, acceptance included, of which only the last one counts.
        const PositionMask all = arrows.follow | begins;
        const std::size_t from = at;
        while (at + 1 < interior && (!kUtf8 || text[at + 1] < 128) && (takers[table[text[at + 1]]] & all) == next) ++at;
        steps += at - from;
      }
      if (arrows.accepts) {
        at_ = at;
        accept(thread.captures, thread.start, positions_.target(arrows.end), best);
        begins = 0;
      }
    } else {
      at_ = at;
      if (arrows.accepts) {
        accept(thread.captures, thread.start, positions_.target(arrows.end), best);
        begins = 0;
      }
      const Positions::Target& target = positions_.target(positions_.target_to(arrows, to));
      positions_.apply(target, at, slots);
    }
    thread.position = to;
    if (arrows.accepts && search_->wanted_slots == 0) {
      at_ = at;
      look<kUtf8>();
      usage_.steps += steps;
      return true;
    }
  }
  usage_.steps += steps;
  at_ = at;
  look<kUtf8>();
  return step<true>(best);
}

template <bool kSmall>
bool PositionSearch::step(Best& best) {
  if (kSmall) {
    seen_[0] = 0;
  } else {
    std::fill_n(seen_.begin(), (positions_.count() + 63) / 64, 0);
  }
  return mode_ == Mode::kLongestGroups ? step_matrix<kSmall>(best) : step_list<kSmall>(best);
}

inline void PositionSearch::apply(const Positions::Target& target, BlockId& captures) {
  captures = captures_.writable(captures);
  positions_.apply(target, at_, captures_.slots(captures));
}

template <bool kSmall>
bool PositionSearch::step_list(Best& best) {
  next_->clear();
  const bool first = mode_ == Mode::kFirst;
  bool cut = false;
  // Threads that nobody else can meet, and that set nothing, need no more than a look at the unit.
  const std::uint32_t* chain = nullptr;
  const std::uint64_t* row = nullptr;
  if (threads_->size() >= kWorthLinking && captures_.width() == 0 && !best.found && unit_.part != kNoPart && at_ > 0 &&
      at_ < search_->haystack.size() && positions_.link()) {
    chain = positions_.chain();
    row = positions_.taker_row(unit_.part);
    usage_.steps += threads_->size();
  }
  for (const Thread& thread : *threads_) {
    if (chain != nullptr && !best.found) {
      if (const std::uint32_t to = chain[thread.position]; to != Positions::kStart) {
        next_->push_if({to, 0, thread.start}, row[to / 64] >> (to % 64) & 1);
        continue;
      }
    }
    if (cut || (best.found && thread.start > best.begin)) {
      captures_.release(thread.captures);
      continue;
    }
    const Positions::Arrows* arrows = positions_.arrows(thread.position, looks_);
    if (arrows == nullptr) return false;
    const std::size_t count = find_viable<kSmall>(*arrows);
    if (arrows->accepts) {
      accept(thread.captures, thread.start, positions_.target(arrows->end), best);
      cut = first && !REDOUBT_MUTANT(positions_order);
    }
    if (count == 0) captures_.release(thread.captures);
    for (std::size_t k = 0; k < count; ++k) {
      const Positions::Target& target = positions_.target(viable_[k]);
      BlockId captures = k + 1 < count ? captures_.share(thread.captures) : thread.captures;
      if (target.action_count != 0) apply(target, captures);
      next_->push({target.to, captures, thread.start});
    }
  }
  if (restart_ && !best.found) {
    const Positions::Arrows* arrows = positions_.arrows(Positions::kStart, looks_);
    if (arrows == nullptr) return false;
    const std::size_t count = find_viable<kSmall>(*arrows);
    for (std::size_t k = 0; k < count; ++k) {
      const Positions::Target& target = positions_.target(viable_[k]);
      BlockId captures = captures_.blank();
      if (target.action_count != 0) apply(target, captures);
      next_->push({target.to, captures, at_});
    }
    if (arrows->accepts) {
      BlockId captures = captures_.blank();
      accept(captures, at_, positions_.target(arrows->end), best);
      captures_.release(captures);
    }
  }
  std::swap(threads_, next_);
  return true;
}

template <bool kSmall>
std::size_t PositionSearch::find_viable(const Positions::Arrows& arrows) {
  usage_.steps += 1 + arrows.end - arrows.begin;
  std::size_t count = 0;
  if constexpr (kSmall) {
    const PositionMask open = arrows.follow & takers_ & ~seen_[0];
    if (open == 0) return 0;
    seen_[0] |= open;
    if ((open & (open - 1)) == 0) {
      viable_[0] = positions_.target_to(arrows, static_cast<std::uint32_t>(std::countr_zero(open)) + 1);
      return 1;
    }
    for (std::uint32_t k = arrows.begin; k < arrows.end; ++k) {
      if (open >> (positions_.target(k).to - 1) & 1) viable_[count++] = k;
    }
  } else {
    for (std::uint32_t k = arrows.begin; k < arrows.end; ++k) {
      const std::uint32_t to = positions_.target(k).to;
      std::uint64_t& word = seen_[(to - 1) / 64];
      const std::uint64_t bit = std::uint64_t{1} << (to - 1) % 64;
      if ((word & bit) != 0 || !positions_.takes(to, unit_.part)) continue;
      word |= bit;
      viable_[count++] = k;
    }
  }
  return count;
}

template <bool kSmall>
bool PositionSearch::step_matrix(Best& best) {
  for (std::uint32_t k = 0; k < threads_->size(); ++k) {
    if (best.found && (*threads_)[k].start > best.begin) continue;
    if (!offer<kSmall>(k)) return false;
  }
  if (restart_ && !best.found && !offer<kSmall>(kFresh)) return false;
  settle(best);
  return true;
}

inline Relation PositionSearch::relation_after(const Member& first, const Member& second) const {
  if (first.start != second.start) return {0, 0, first.start < second.start ? -1 : 1};
  const Positions::Target& to_first = positions_.target(first.target);
  const Positions::Target& to_second = positions_.target(second.target);
  if (first.source == second.source) {
    return positions_.closures().relation(first.arrows->entry, to_first.item, to_second.item);
  }
  return relations_->row(first.source)[second.source].after(to_first.least_height, to_second.least_height);
}

// Offers what a thread's arrows reach as members. False: too many.
template <bool kSmall>
bool PositionSearch::offer(std::uint32_t source) {
  const std::uint32_t position = source == kFresh ? Positions::kStart : (*threads_)[source].position;
  const std::size_t start = source == kFresh ? at_ : (*threads_)[source].start;
  const Positions::Arrows* arrows = positions_.arrows(position, looks_);
  if (arrows == nullptr) return false;
  usage_.steps += 1 + arrows->end - arrows->begin;
  if (!kSmall || (arrows->follow & takers_) != 0) {
    for (std::uint32_t k = arrows->begin; k < arrows->end; ++k) {
      const std::uint32_t to = positions_.target(k).to;
      if (kSmall ? (takers_ >> (to - 1) & 1) == 0 : !positions_.takes(to, unit_.part)) continue;
      std::uint64_t& word = seen_[(to - 1) / 64];
      const std::uint64_t bit = std::uint64_t{1} << (to - 1) % 64;
      const Member member{k, source, start, arrows};
      if ((word & bit) == 0) {
        word |= bit;
        place_[to] = static_cast<std::uint32_t>(members_.size());
        members_.push(member);
      } else if (Member& holder = members_[place_[to]]; relation_after(member, holder).order < 0) {
        holder = member;
      }
    }
  }
  if (arrows->accepts) {
    const Member member{arrows->end, source, start, arrows};
    if (!accepted_here_ || relation_after(member, accepted_).order < 0) accepted_ = member;
    accepted_here_ = true;
  }
  return members_.size() <= kMaxRelated;
}

// Members become threads.
void PositionSearch::settle(Best& best) {
  if (accepted_here_) {
    const bool fresh = accepted_.source == kFresh;
    BlockId captures = fresh ? captures_.blank() : (*threads_)[accepted_.source].captures;
    accept(captures, accepted_.start, positions_.target(accepted_.target), best);
    if (fresh) captures_.release(captures);
    accepted_here_ = false;
    // Threads that started later than the match cannot win.
    const auto later = [&](const Member& member) { return member.start > best.begin; };
    members_.truncate(
        static_cast<std::uint32_t>(std::remove_if(members_.begin(), members_.end(), later) - members_.begin()));
  }
  next_->clear();
  for (std::size_t a = 0; a < members_.size(); ++a) {
    const Member& member = members_[a];
    for (std::size_t b = a + 1; b < members_.size(); ++b) {
      const Relation r = relation_after(member, members_[b]);
      next_relations_->row(a)[b] = r;
      next_relations_->row(b)[a] = REDOUBT_MUTANT(positions_relations) ? r : r.swapped();
    }
    BlockId captures =
        member.source == kFresh ? captures_.blank() : captures_.share((*threads_)[member.source].captures);
    const Positions::Target& target = positions_.target(member.target);
    if (target.action_count != 0) apply(target, captures);
    next_->push({target.to, captures, member.start});
  }
  usage_.steps += members_.size() * members_.size() / 2;
  for (const Thread& thread : *threads_) captures_.release(thread.captures);
  std::swap(threads_, next_);
  std::swap(relations_, next_relations_);
  members_.clear();
}

void PositionSearch::accept(BlockId captures, std::size_t start, const Positions::Target& target, Best& best) {
  best.found = true;
  best.begin = start;
  best.end = at_;
  restart_ = false;
  const std::size_t width = captures_.width();
  if (width == 0) return;
  const std::size_t* slots = captures_.slots(captures);
  best.slots.assign(slots, slots + width);
  positions_.apply(target, at_, best.slots.data());
}

bool PositionSearch::over_limits(Result& result) {
  until_check_ = kMemoryCheckInterval;
  usage_.bytes = std::max(usage_.bytes, bytes());
  result = Result::kMemoryLimit;
  return usage_.bytes > search_->memory_limit_bytes;
}

std::size_t PositionSearch::bytes() const {
  return positions_.bytes() + captures_.bytes() + lists_[0].bytes() + lists_[1].bytes() + members_.bytes() +
         (matrices_[0].cells.capacity() + matrices_[1].cells.capacity()) * sizeof(Relation);
}

}  // namespace redoubt::pikevm
