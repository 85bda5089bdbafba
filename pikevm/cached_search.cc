#include "pikevm/cached_search.h"

#include <algorithm>
#include <cstring>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

bool CachedSearch::prepare(const Program& program, bool groups) {
  if (serial_ == program.serial) return !hopeless_;
  serial_ = program.serial;
  hopeless_ = !Automaton::suits(program);
  units_ = 0;
  if (hopeless_) return false;
  automaton_.reset(program, groups);
  std::size_t registers = Automaton::kMaxThreads * automaton_.width();
  if (now_.size() < registers) {
    now_.resize(registers);
    next_.resize(registers);
    accepted_.resize(automaton_.width());
  }
  return true;
}

// Registers are moved four at a time, which is what `width` is a multiple of.
inline const std::uint16_t* CachedSearch::move_one(const std::uint16_t* words, std::size_t location,
                                                   std::size_t* target, std::uint32_t width) const {
  if (words[0] == Automaton::kFresh) {
    for (std::uint32_t s = 0; s < width; s += 4) std::fill_n(target + s, 4, kUnset);
    target[0] = location;
  } else {
    const std::size_t* source = now_.data() + words[0] * width;
    for (std::uint32_t s = 0; s < width; s += 4) std::memcpy(target + s, source + s, 4 * sizeof(std::size_t));
  }
  const std::uint16_t* end = words + 2 + words[1];
  for (words += 2; words < end; ++words) target[1 + *words / 2] = *words % 2 ? kUnset : location;
  return words;
}

inline void CachedSearch::move(Automaton::Transition t, std::size_t location, Best& best) {
  if (t.quiet()) return;
  const std::uint16_t* words = automaton_.moves(t);
  const std::uint32_t width = automaton_.width();
  const std::uint16_t flags = *words++;
  if (flags & Automaton::kAccepts) {
    best.found = true;
    best.end = location;
    words = move_one(words, location, accepted_.data(), width);
  }
  const std::uint16_t count = *words++;
  if (flags & Automaton::kInPlace) {
    for (const std::uint16_t* end = words + count; words < end; ++words) {
      now_[1 + *words / 2] = *words % 2 ? kUnset : location;
    }
    return;
  }
  std::size_t* target = next_.data();
  for (std::uint32_t k = 0; k < count; ++k, target += width) words = move_one(words, location, target, width);
  now_.swap(next_);
}

template <bool kUtf8>
std::optional<Result> CachedSearch::walk(const Program& program, const Search& search, Best& best) {
  const std::size_t budget = std::min(kBudgetBytes, search.memory_limit_bytes);
  const std::string_view haystack = search.haystack;
  const auto* text = reinterpret_cast<const unsigned char*>(haystack.data());
  const std::uint16_t* columns = automaton_.byte_columns();
  // Between the edges no assertion holds that is about an edge, and each byte below 128 is a unit.
  const std::size_t interior_end = !automaton_.steady()      ? 0
                                   : program.looks_used == 0 ? search.end
                                                             : std::min(search.end, haystack.size() - 1);
  const std::uint64_t building_before = automaton_.steps();
  std::size_t at = search.begin;
  StateId state = automaton_.start(!search.anchored && !program.anchored_at_start);
  for (;;) {
    const std::size_t from = at;
    if (program.looks_used == 0 || at > 0) {
      const Automaton::Transition* row = automaton_.row(state);
      while (at < interior_end && (!kUtf8 || text[at] < 128)) {
        const Automaton::Transition t = row[columns[text[at]]];
        if (t.next == state && t.repeatable()) {
          do ++at;
          while (at < interior_end && (!kUtf8 || text[at] < 128) && row[columns[text[at]]] == t);
          move(t, at - 1, best);
          continue;
        }
        if (t.quiet()) {
          ++at;
          state = t.next;
          row = automaton_.row(state);
          continue;
        }
        if (t.next == Automaton::kUnbuilt) break;
        move(t, at, best);
        ++at;
        state = t.next;
        if (state == Automaton::kDead || (best.found && search.wanted_slots == 0)) {
          usage_.steps += at - from;
          return best.found ? Result::kMatch : Result::kNoMatch;
        }
        row = automaton_.row(state);
      }
    }
    usage_.steps += 1 + at - from;
    if (usage_.steps + automaton_.steps() - building_before > search.step_limit) return Result::kStepLimit;
    const bool blind = REDOUBT_MUTANT(boundary_at_offset) && at == search.begin;
    const std::uint32_t looks = looks_at(haystack.substr(blind ? at : 0), blind ? 0 : at, program.looks_used);
    Unit unit{kNoPart, 1};
    if (at < search.end) {
      unit = program.alphabet.read(haystack, at);
      if (at + unit.length > search.end) unit = {kNoPart, static_cast<std::uint32_t>(search.end - at)};
    }
    Automaton::Transition t = automaton_.row(state)[automaton_.column(unit.part, looks)];
    if (t.next == Automaton::kUnbuilt) t = automaton_.build(state, unit.part, looks, budget);
    if (t.next == Automaton::kUnbuilt) return std::nullopt;
    move(t, at, best);
    state = t.next;
    if (state == Automaton::kDead || at >= search.end || (best.found && search.wanted_slots == 0)) break;
    at += unit.length;
  }
  return best.found ? Result::kMatch : Result::kNoMatch;
}

std::optional<Result> CachedSearch::run(const Program& program, const Search& search, bool groups, Best& best) {
  usage_ = {};
  if (!prepare(program, groups) || bytes() > search.memory_limit_bytes) return std::nullopt;
  best.found = false;
  const std::uint64_t built_before = automaton_.steps();
  std::optional<Result> result =
      program.encoding == Encoding::kUtf8 ? walk<true>(program, search, best) : walk<false>(program, search, best);
  units_ += usage_.steps;
  usage_.steps += automaton_.steps() - built_before;
  if (!result) {
    // Give up for now; start afresh next time if that seems worth it.
    if (units_ >= kUnitsPerState * automaton_.states()) {
      serial_ = 0;
    } else {
      hopeless_ = true;
    }
    return std::nullopt;
  }
  usage_.bytes = bytes();
  if (best.found) {
    best.begin = accepted_[0];
    if (groups) best.slots.assign(accepted_.begin() + 1, accepted_.begin() + 1 + 2 * program.groups);
  }
  return result;
}

}  // namespace redoubt::pikevm
