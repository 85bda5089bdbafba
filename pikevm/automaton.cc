#include "pikevm/automaton.h"

#include <algorithm>
#include <bit>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

constexpr std::uint32_t kRankShift = 16;

std::size_t hash_key(const std::uint32_t* key, std::size_t size, bool begins, bool restart) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U + (begins ? 1 : 0) + (restart ? 2 : 0);
  for (std::size_t k = 0; k < size; ++k) {
    hash = (hash ^ key[k]) * 0xFF51AFD7ED558CCDU;
    hash ^= hash >> 32;
  }
  return static_cast<std::size_t>(hash);
}

}  // namespace

bool Automaton::suits(const Program& program) {
  const int looks = std::popcount(program.looks_used);
  return Positions::suits(program) && program.groups <= kMaxGroups &&
         (program.alphabet.part_count() + 1) << looks <= kMaxColumns;
}

void Automaton::reset(const Program& program, bool groups) {
  program_ = &program;
  first_wins_ = program.semantics == Semantics::kLeftmostFirst;
  related_ = groups && !first_wins_;
  positions_.reset(program, groups);
  width_ = (1 + (groups ? 2 * program.groups : 0) + 3) / 4 * 4;
  part_count_ = program.alphabet.part_count();
  looks_bits_ = static_cast<std::uint32_t>(std::popcount(program.looks_used));
  columns_ = (part_count_ + 1) << looks_bits_;
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    byte_columns_[byte] = static_cast<std::uint16_t>(program.alphabet.table()[byte] << looks_bits_);
  }
  keys_.clear();
  index_.assign(64, 0);
  // The dead state, where whatever comes stays; and the first ones, without and with restart.
  states_.assign({{0, 0, false, false}, {0, 0, true, false}, {0, 0, true, true}});
  transitions_.assign(3 * columns_, {});
  std::fill_n(transitions_.begin(), columns_, Transition{kDead, kStop});
  moves_.assign({kInPlace, 0, kInPlace, 0});
  place_.resize(std::max<std::size_t>(place_.size(), positions_.count() + 1));
  present_.reserve(positions_.count() + 1);
  steps_ = 0;
  bytes_ = count_bytes();
}

Automaton::Transition Automaton::build(StateId state, std::uint32_t part, std::uint32_t looks,
                                       std::size_t budget_bytes) {
  const State from = states_[state / columns_];
  load(state);
  bool restart = from.restart;
  if (!advance(from, part, looks)) return {};
  settle(restart);
  const Transition t = finish(restart, budget_bytes);
  transitions_[state + column(part, looks)] = t;
  return t;
}

void Automaton::load(StateId id) {
  before_.clear();
  const State& state = states_[id / columns_];
  const std::uint32_t* key = keys_.data() + state.key;
  for (std::uint32_t k = 0; k < state.threads; ++k) {
    before_.push_back({key[k] & ((1U << kRankShift) - 1), key[k] >> kRankShift, 0, 0, nullptr});
  }
  relations_before_ = key + state.threads;
}

bool Automaton::advance(const State& state, std::uint32_t part, std::uint32_t looks) {
  after_.clear();
  present_.clear();
  has_accepted_ = false;
  std::uint32_t ranks = 0;
  for (std::size_t k = 0; k < before_.size(); ++k) {
    ranks = std::max(ranks, before_[k].rank + 1);
    if (!follow(static_cast<std::uint16_t>(k), before_[k].rank, before_[k].position, part, looks)) return false;
    if (first_wins_ && has_accepted_) return true;
  }
  return !state.begins || follow(kFresh, ranks, Positions::kStart, part, looks);
}

bool Automaton::follow(std::uint16_t source, std::uint32_t rank, std::uint32_t position, std::uint32_t part,
                       std::uint32_t looks) {
  const Positions::Arrows* arrows = positions_.arrows(position, looks);
  if (arrows == nullptr) return false;
  steps_ += 1 + arrows->end - arrows->begin;
  for (std::uint32_t k = arrows->begin; k < arrows->end; ++k) {
    const std::uint32_t to = positions_.target(k).to;
    if (positions_.takes(to, part)) offer({to, rank, source, k, arrows});
  }
  if (arrows->accepts) {
    const Member member{Positions::kStart, rank, source, arrows->end, arrows};
    if (!has_accepted_ || (related_ && relation_after(member, accepted_).order < 0)) accepted_ = member;
    has_accepted_ = true;
  }
  return true;
}

// A thread for a position that has none, or that may be better than the one it has. By priority, threads come in order
// and the first stays; by history, the better one.
void Automaton::offer(const Member& member) {
  if (present_.insert(member.position)) {
    place_[member.position] = static_cast<std::uint16_t>(after_.size());
    after_.push_back(member);
  } else if (related_) {
    Member& holder = after_[place_[member.position]];
    if (relation_after(member, holder).order < 0) holder = member;
  }
}

Relation Automaton::relation_before(std::uint32_t first, std::uint32_t second) const {
  std::uint32_t a = std::min(first, second);
  std::uint32_t b = std::max(first, second);
  auto count = static_cast<std::uint32_t>(before_.size());
  Relation r = Relation::unpack(relations_before_[a * (count - 1) - a * (a - 1) / 2 + (b - a - 1)]);
  return first < second ? r : r.swapped();
}

// One frame's step of the comparison that history.h describes. Two threads of one history (order 0) are in one part of
// the program without tags. If only one of them leaves it now, rho tells them apart; what both of them reach by leaving
// goes to the first of them, all of it, so that no fork is between the two.
Relation Automaton::relation_after(const Member& first, const Member& second) const {
  if (first.rank != second.rank) return {0, 0, first.rank < second.rank ? -1 : 1};
  const Positions::Target& to_first = positions_.target(first.target);
  const Positions::Target& to_second = positions_.target(second.target);
  if (first.source == second.source) {
    return positions_.closures().relation(first.arrows->entry, to_first.item, to_second.item);
  }
  Relation r = relation_before(first.source, second.source).after(to_first.least_height, to_second.least_height);
  if (REDOUBT_MUTANT(automaton_relations) && r.rho_first != r.rho_second) r.order = -r.order;
  return r;
}

// After a match, threads that started later than it cannot win; and the state gets its canonical form.
void Automaton::settle(bool& restart) {
  if (has_accepted_) {
    restart = false;
    if (!first_wins_) {
      std::erase_if(after_, [&](const Member& member) {
        return member.rank + (REDOUBT_MUTANT(automaton_shortest) ? 1 : 0) > accepted_.rank;
      });
    }
  }
  if (first_wins_) {
    for (Member& member : after_) member.rank = 0;
    return;
  }
  std::sort(after_.begin(), after_.end(), [](const Member& a, const Member& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.position < b.position;
  });
  std::uint32_t rank = 0;
  for (std::size_t k = 0; k < after_.size(); ++k) {
    bool later = k + 1 < after_.size() && after_[k + 1].rank != after_[k].rank;
    after_[k].rank = rank;
    if (later) ++rank;
  }
}

Automaton::Transition Automaton::finish(bool restart, std::size_t budget_bytes) {
  bytes_ = count_bytes();
  if (after_.size() > kMaxThreads || bytes_ > budget_bytes) return {};
  key_.clear();
  for (const Member& member : after_) key_.push_back(member.position | member.rank << kRankShift);
  if (related_) {
    for (std::size_t a = 0; a < after_.size(); ++a) {
      for (std::size_t b = a + 1; b < after_.size(); ++b) key_.push_back(relation_after(after_[a], after_[b]).pack());
    }
  }
  steps_ += key_.size();
  std::uint32_t moves = write_moves();
  const StateId next = intern(restart, restart);
  if (next == kDead && moves == 0) moves = kStop;
  return {next, moves};
}

bool Automaton::in_place() const {
  if (after_.size() != before_.size()) return false;
  for (std::size_t k = 0; k < after_.size(); ++k) {
    if (after_[k].source != k) return false;
  }
  return true;
}

void Automaton::write_move(std::uint16_t source, const Positions::Target& target) {
  moves_.push_back(source);
  moves_.push_back(target.action_count);
  const Action* actions = positions_.actions(target);
  moves_.insert(moves_.end(), actions, actions + target.action_count);
}

std::uint32_t Automaton::write_moves() {
  const auto begin = static_cast<std::uint32_t>(moves_.size());
  const bool stay = in_place();
  moves_.push_back(static_cast<std::uint16_t>((has_accepted_ ? kAccepts : 0) | (stay ? kInPlace : 0)));
  if (has_accepted_) write_move(accepted_.source, positions_.target(accepted_.target));
  const std::size_t count = moves_.size();
  moves_.push_back(0);
  if (!stay) {
    moves_[count] = static_cast<std::uint16_t>(after_.size());
    for (const Member& member : after_) write_move(member.source, positions_.target(member.target));
    return begin;
  }
  for (std::size_t k = 0; k < after_.size(); ++k) {
    const Positions::Target& target = positions_.target(after_[k].target);
    for (std::uint32_t a = 0; a < target.action_count; ++a, ++moves_[count]) {
      moves_.push_back(static_cast<Action>(positions_.actions(target)[a] + 2 * k * width_));
    }
  }
  if (moves_[count] != 0) return begin;
  if (has_accepted_) return begin | kAcceptsOnly;
  moves_.resize(begin);
  return 0;
}

// The state of this key, new or not. Open addressing; the dead state, which is 0, marks a free place.
StateId Automaton::intern(bool begins, bool restart) {
  if (after_.empty()) return restart ? start(true) : kDead;
  if (REDOUBT_MUTANT(automaton_stale_flags)) begins = restart = states_.back().restart;
  if (2 * states_.size() >= index_.size()) grow_index();
  for (std::size_t k = hash_key(key_.data(), key_.size(), begins, restart);; ++k) {
    std::uint32_t& place = index_[k & (index_.size() - 1)];
    if (place == 0) {
      place = static_cast<std::uint32_t>(states_.size());
      states_.push_back(
          {static_cast<std::uint32_t>(keys_.size()), static_cast<std::uint32_t>(after_.size()), begins, restart});
      keys_.insert(keys_.end(), key_.begin(), key_.end());
      transitions_.resize(transitions_.size() + columns_);
      return place * columns_;
    }
    const State& state = states_[place];
    if (state.threads == after_.size() && state.begins == begins && state.restart == restart &&
        std::equal(key_.begin(), key_.end(), keys_.begin() + state.key)) {
      return place * columns_;
    }
  }
}

void Automaton::grow_index() {
  index_.assign(2 * index_.size(), 0);
  for (std::uint32_t number = 3; number < states_.size(); ++number) {
    const State& state = states_[number];
    std::size_t k = hash_key(keys_.data() + state.key, key_size(state.threads), state.begins, state.restart);
    while (index_[k & (index_.size() - 1)] != 0) ++k;
    index_[k & (index_.size() - 1)] = number;
  }
}

// What is in use, not what is there: memory kept from an earlier program is no reason to refuse this one.
std::size_t Automaton::count_bytes() const {
  return positions_.bytes() + states_.size() * sizeof(State) + keys_.size() * sizeof(keys_[0]) +
         transitions_.size() * sizeof(Transition) + moves_.size() * sizeof(moves_[0]) +
         index_.size() * sizeof(index_[0]);
}

}  // namespace redoubt::pikevm
