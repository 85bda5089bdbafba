#include "pikevm/one_pass_search.h"

#include <algorithm>
#include <bit>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

bool OnePassSearch::suits(const Program& program) {
  OnePassSearch search;
  return search.prepare(program, program.groups > 0);
}

bool OnePassSearch::prepare(const Program& program, bool groups) {
  if (serial_ == program.serial) return suits_;
  serial_ = program.serial;
  suits_ = false;
  if (!Positions::suits(program) || program.positions > Positions::kSmall) return false;
  positions_.reset(program, groups);
  slots_.resize(groups ? 2 * std::size_t{program.groups} : 0);
  suits_ = positions_.steady() && fill_table();
  return suits_;
}

bool OnePassSearch::fill_table() {
  const std::uint32_t parts = positions_.part_count();
  table_.assign((positions_.count() + 1) * parts, {});
  Cell* cell = table_.data();
  for (std::uint32_t p = 0; p <= positions_.count(); ++p) {
    const Positions::Arrows* arrows = positions_.arrows(p, 0);
    if (arrows == nullptr) return false;
    for (std::uint32_t part = 0; part < parts; ++part, ++cell) {
      PositionMask next = arrows->follow & positions_.takers(part);
      if (REDOUBT_MUTANT(one_pass_too_eager)) next &= ~next + 1;
      if ((next & (next - 1)) != 0) return false;
      *cell = (arrows->accepts ? kAccepts : 0) | (next == 0 ? kDead : 0);
      if (next == 0) continue;
      const auto to = static_cast<std::uint32_t>(std::countr_zero(next)) + 1;
      *cell |= to << 16 | positions_.target_to(*arrows, to);
      if (arrows->accepts) continue;
      const Positions::Target& target = positions_.target(*cell & 0xFFFF);
      const Action* actions = positions_.actions(target);
      if (target.action_count == 0) *cell |= kPlain;
      if (target.action_count == 1 && *actions % 2 == 0) *cell = to << 16 | *actions / 2U | kSetsOne;
    }
  }
  return true;
}

inline void OnePassSearch::accept(const Positions::Arrows& arrows, std::size_t location, Best& best) const {
  if (REDOUBT_MUTANT(one_pass_first_match) && best.found) return;
  best.found = true;
  best.end = location;
  if (slots_.empty()) return;
  best.slots.assign(slots_.begin(), slots_.end());
  positions_.apply(positions_.target(arrows.end), location, best.slots.data());
}

template <bool kUtf8>
std::optional<Result> OnePassSearch::walk(const Program& program, const Search& search, Best& best) {
  const std::string_view haystack = search.haystack;
  const auto* text = reinterpret_cast<const unsigned char*>(haystack.data());
  const std::uint8_t* table = program.alphabet.table();
  const std::uint32_t parts = positions_.part_count();
  // Between the edges no assertion about an edge holds, and each byte below 128 is a unit.
  const std::size_t interior_end =
      program.looks_used == 0 ? search.end : std::min(search.end, std::max<std::size_t>(haystack.size(), 1) - 1);
  std::size_t at = search.begin;
  std::uint32_t position = Positions::kStart;
  for (;;) {
    const std::size_t from = at;
    const Cell* row = table_.data() + position * parts;
    while (at < interior_end && (at > 0 || program.looks_used == 0) && (!kUtf8 || text[at] < 128)) {
      const Cell cell = row[table[text[at]]];
      if (cell & kPlain) {
        if (next(cell) == position) {
          do ++at;
          while (at < interior_end && (!kUtf8 || text[at] < 128) && row[table[text[at]]] == cell);
        } else {
          ++at;
          position = next(cell);
          row = table_.data() + position * parts;
        }
        continue;
      }
      if (cell & kSetsOne) {
        slots_[cell & 0xFFFF] = at++;
        position = next(cell);
        row = table_.data() + position * parts;
        continue;
      }
      if (cell & kAccepts) {
        accept(positions_.interior_arrows(position), at, best);
        if (search.wanted_slots == 0) return Result::kMatch;
      }
      if (cell & kDead) {
        usage_.steps += 1 + at - from;
        return best.found ? Result::kMatch : Result::kNoMatch;
      }
      positions_.apply(positions_.target(cell & 0xFFFF), at, slots_.data());
      ++at;
      position = next(cell);
      row = table_.data() + position * parts;
    }
    usage_.steps += 1 + at - from;
    if (usage_.steps > search.step_limit) return Result::kStepLimit;
    // One careful step.
    const Positions::Arrows* arrows = positions_.arrows(position, looks_at(haystack, at, program.looks_used));
    if (arrows == nullptr) return std::nullopt;
    if (arrows->accepts) accept(*arrows, at, best);
    if (at >= search.end || (best.found && search.wanted_slots == 0)) break;
    const Unit unit = program.alphabet.read(haystack, at);
    if (at + unit.length > search.end) break;
    const PositionMask open = arrows->follow & positions_.takers(unit.part);
    if (open == 0) break;
    if ((open & (open - 1)) != 0) return std::nullopt;
    position = static_cast<std::uint32_t>(std::countr_zero(open)) + 1;
    positions_.apply(positions_.target(positions_.target_to(*arrows, position)), at, slots_.data());
    at += unit.length;
  }
  return best.found ? Result::kMatch : Result::kNoMatch;
}

std::optional<Result> OnePassSearch::run(const Program& program, const Search& search, bool groups, Best& best) {
  usage_ = {};
  if (!prepare(program, groups)) return std::nullopt;
  usage_.bytes = positions_.bytes() + table_.capacity() * sizeof(Cell) + slots_.capacity() * sizeof(std::size_t);
  if (usage_.bytes > search.memory_limit_bytes) return Result::kMemoryLimit;
  best.found = false;
  best.begin = search.begin;
  std::fill(slots_.begin(), slots_.end(), kUnset);
  return program.encoding == Encoding::kUtf8 ? walk<true>(program, search, best) : walk<false>(program, search, best);
}

}  // namespace redoubt::pikevm
