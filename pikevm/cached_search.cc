#include "pikevm/cached_search.h"

#include <algorithm>

namespace redoubt::pikevm {

bool CachedSearch::prepare(const Program& program, bool groups) {
  if (serial_ == program.serial) return !hopeless_;
  serial_ = program.serial;
  hopeless_ = !Automaton::suits(program);
  if (hopeless_) return false;
  automaton_.reset(program, groups);
  std::size_t registers = Automaton::kMaxThreads * automaton_.width();
  if (now_.size() < registers) {
    now_.resize(registers);
    next_.resize(registers);
    accepted_.resize(std::max<std::size_t>(accepted_.size(), automaton_.width()));
  }
  return true;
}

std::optional<Result> CachedSearch::run(const Program& program, const Search& search, bool groups, Best& best) {
  usage_ = {};
  if (!prepare(program, groups) || bytes() > search.memory_limit_bytes) return std::nullopt;
  best.found = false;
  std::string_view haystack = search.haystack;
  std::size_t at = search.begin;
  const std::size_t budget = std::min(kBudgetBytes, search.memory_limit_bytes);
  const std::uint64_t built_before = automaton_.steps();
  std::uint64_t units = 0;
  bool restart = !search.anchored && !program.anchored_at_start;
  Automaton::Transition t = automaton_.start(looks_at(haystack, at, program.looks_used), restart, budget);
  for (;;) {
    if (t.next == Automaton::kUnbuilt) {
      hopeless_ = true;
      return std::nullopt;
    }
    move(t, at, best);
    if (t.next == Automaton::kDead || at >= search.end) break;
    if (best.found && search.wanted_slots == 0) break;
    usage_.steps = automaton_.steps() - built_before + ++units;
    if (usage_.steps > search.step_limit) return Result::kStepLimit;
    Unit unit = program.alphabet.read(haystack, at);
    if (at + unit.length > search.end) break;
    at += unit.length;
    std::uint32_t looks = looks_at(haystack, at, program.looks_used);
    StateId state = t.next;
    t = automaton_.known(state, unit.part, looks);
    if (t.next == Automaton::kUnbuilt) t = automaton_.build(state, unit.part, looks, budget);
  }
  usage_.bytes = bytes();
  if (!best.found) return Result::kNoMatch;
  best.begin = accepted_[0];
  best.slots.assign(accepted_.begin() + 1, accepted_.begin() + automaton_.width());
  return Result::kMatch;
}

const std::uint16_t* CachedSearch::move_one(const std::uint16_t* words, std::size_t location, std::size_t* target) {
  std::uint32_t width = automaton_.width();
  if (words[0] == Automaton::kFresh) {
    target[0] = location;
    for (std::uint32_t s = 1; s < width; ++s) target[s] = kUnset;
  } else {
    const std::size_t* source = now_.data() + words[0] * width;
    for (std::uint32_t s = 0; s < width; ++s) target[s] = source[s];
  }
  const std::uint16_t* end = words + 2 + words[1];
  for (words += 2; words < end; ++words) target[1 + *words / 2] = *words % 2 ? kUnset : location;
  return words;
}

void CachedSearch::move(Automaton::Transition t, std::size_t location, Best& best) {
  const std::uint16_t* words = automaton_.moves(t);
  std::uint16_t flags = *words++;
  if (flags & Automaton::kAccepts) {
    best.found = true;
    best.end = location;
    words = move_one(words, location, accepted_.data());
  }
  if (flags & Automaton::kInPlace) {
    const std::uint16_t* end = words + 1 + *words;
    for (++words; words < end; ++words) now_[1 + *words / 2] = *words % 2 ? kUnset : location;
    return;
  }
  std::uint32_t threads = automaton_.threads(t.next);
  std::size_t* target = next_.data();
  for (std::uint32_t k = 0; k < threads; ++k, target += automaton_.width()) words = move_one(words, location, target);
  now_.swap(next_);
}

}  // namespace redoubt::pikevm
