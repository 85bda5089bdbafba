#include "pikevm/automaton.h"

#include <algorithm>
#include <bit>

namespace redoubt::pikevm {

namespace {

constexpr std::uint32_t kRankShift = 16;
constexpr int kMaxLooks = 3;

std::size_t hash_key(const std::uint32_t* key, std::size_t size, bool restart) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U + (restart ? 1 : 0);
  for (std::size_t k = 0; k < size; ++k) {
    hash = (hash ^ key[k]) * 0xFF51AFD7ED558CCDU;
    hash ^= hash >> 32;
  }
  return static_cast<std::size_t>(hash);
}

}  // namespace

bool Automaton::suits(const Program& program) {
  int looks = std::popcount(program.looks_used);
  return program.insts.size() <= kMaxInsts && program.groups <= kMaxGroups && looks <= kMaxLooks &&
         (program.alphabet.part_count() + 1) << looks <= kMaxColumns;
}

void Automaton::reset(const Program& program, bool groups) {
  program_ = &program;
  first_wins_ = program.semantics == Semantics::kLeftmostFirst;
  order_ = groups && !first_wins_ ? ClosureTable::Order::kHistory : ClosureTable::Order::kPriority;
  closures_.reset(program, order_, groups);
  width_ = 1 + (groups ? 2 * program.groups : 0);
  part_count_ = program.alphabet.part_count();
  looks_bits_ = static_cast<std::uint32_t>(std::popcount(program.looks_used));
  columns_ = (part_count_ + 1) << looks_bits_;
  keys_.clear();
  moves_.clear();
  starts_.fill({});
  index_.assign(64, 0);
  // The dead state: whatever comes, it stays.
  states_.assign(1, {0, 0, false});
  transitions_.assign(columns_, {kDead, 0});
  moves_.push_back(0);
  place_.resize(std::max(place_.size(), program.insts.size()));
  present_.reserve(program.insts.size());
  steps_ = 0;
}

std::uint32_t Automaton::looks_index(std::uint32_t looks) const {
  std::uint32_t index = 0;
  std::uint32_t bit = 1;
  for (std::uint32_t used = program_->looks_used; used != 0; used &= used - 1, bit <<= 1) {
    if (looks & used & -used) index |= bit;
  }
  return index;
}

Automaton::Transition Automaton::start(std::uint32_t looks, bool restart, std::size_t budget_bytes) {
  Transition& known = starts_[looks_index(looks) * 2 + (restart ? 1 : 0)];
  if (known.next == kUnbuilt) {
    before_.clear();
    after_.clear();
    present_.clear();
    has_accepted_ = false;
    follow(kFresh, 0, 0, looks);
    settle(restart);
    known = finish(restart, budget_bytes);
  }
  return known;
}

Automaton::Transition Automaton::build(StateId state, std::uint32_t part, std::uint32_t looks,
                                       std::size_t budget_bytes) {
  Transition t = known(state, part, looks);
  if (t.next != kUnbuilt) return t;
  load(state);
  bool restart = states_[state].restart;
  advance(part, looks, restart);
  settle(restart);
  t = finish(restart, budget_bytes);
  std::uint32_t column = part == kNoPart ? part_count_ : part;
  transitions_[state * columns_ + (column << looks_bits_) + looks_index(looks)] = t;
  return t;
}

void Automaton::load(StateId state) {
  before_.clear();
  const std::uint32_t* key = keys_.data() + states_[state].key;
  for (std::uint32_t k = 0; k < states_[state].threads; ++k) {
    before_.push_back({key[k] & ((1U << kRankShift) - 1), key[k] >> kRankShift, 0, 0, {}});
  }
  relations_before_ = key + states_[state].threads;
}

void Automaton::advance(std::uint32_t part, std::uint32_t looks, bool restart) {
  after_.clear();
  present_.clear();
  has_accepted_ = false;
  std::uint32_t ranks = 0;
  for (std::size_t k = 0; k < before_.size(); ++k) {
    ranks = std::max(ranks, before_[k].rank + 1);
    const Inst& inst = program_->insts[before_[k].at];
    if (!program_->alphabet.contains(inst.arg, part)) continue;
    follow(static_cast<std::uint16_t>(k), before_[k].rank, inst.out, looks);
    if (first_wins_ && has_accepted_) return;
  }
  if (restart) follow(kFresh, ranks, 0, looks);
}

void Automaton::follow(std::uint16_t source, std::uint32_t rank, Address from, std::uint32_t looks) {
  const ClosureTable::Entry entry = closures_.get(from, looks, looks_index(looks));
  for (std::uint32_t item = entry.items_begin; item < entry.items_end; ++item) {
    ++steps_;
    offer({closures_.item(item).at, rank, source, item, entry});
    if (first_wins_ && has_accepted_) return;
  }
}

// A thread for an instruction that has none, or that may be better than the one it has. By priority, threads come in
// order and the first stays; by history, the better one.
void Automaton::offer(const Member& member) {
  bool accepts = member.at == program_->match();
  bool taken = accepts ? has_accepted_ : !present_.insert(member.at);
  if (taken) {
    if (order_ == ClosureTable::Order::kPriority) return;
    Member& holder = accepts ? accepted_ : after_[place_[member.at]];
    if (relation_after(member, holder).order < 0) holder = member;
  } else if (accepts) {
    accepted_ = member;
    has_accepted_ = true;
  } else {
    place_[member.at] = static_cast<std::uint16_t>(after_.size());
    after_.push_back(member);
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
  if (first.source == second.source) return closures_.relation(first.entry, first.item, second.item);
  Relation r = relation_before(first.source, second.source);
  r.rho_first = std::min(r.rho_first, closures_.item(first.item).least_height);
  r.rho_second = std::min(r.rho_second, closures_.item(second.item).least_height);
  if (r.rho_first != r.rho_second) r.order = r.rho_first > r.rho_second ? -1 : 1;
  return r;
}

// After a match, threads that started later than it cannot win; and the state gets its canonical form.
void Automaton::settle(bool& restart) {
  if (has_accepted_) {
    restart = false;
    if (!first_wins_) {
      std::erase_if(after_, [&](const Member& member) { return member.rank > accepted_.rank; });
    }
  }
  if (first_wins_) {
    for (Member& member : after_) member.rank = 0;
    return;
  }
  std::sort(after_.begin(), after_.end(),
            [](const Member& a, const Member& b) { return a.rank != b.rank ? a.rank < b.rank : a.at < b.at; });
  std::uint32_t rank = 0;
  for (std::size_t k = 0; k < after_.size(); ++k) {
    bool later = k + 1 < after_.size() && after_[k + 1].rank != after_[k].rank;
    after_[k].rank = rank;
    if (later) ++rank;
  }
}

Automaton::Transition Automaton::finish(bool restart, std::size_t budget_bytes) {
  if (after_.size() > kMaxThreads || closures_.too_wide() || bytes() > budget_bytes) return {};
  key_.clear();
  for (const Member& member : after_) key_.push_back(member.at | member.rank << kRankShift);
  if (order_ == ClosureTable::Order::kHistory) {
    for (std::size_t a = 0; a < after_.size(); ++a) {
      for (std::size_t b = a + 1; b < after_.size(); ++b) key_.push_back(relation_after(after_[a], after_[b]).pack());
    }
  }
  steps_ += key_.size();
  std::uint32_t moves = write_moves();
  return {intern(restart), moves};
}

bool Automaton::in_place() const {
  if (after_.size() != before_.size()) return false;
  for (std::size_t k = 0; k < after_.size(); ++k) {
    if (after_[k].source != k) return false;
  }
  return true;
}

void Automaton::write_move(std::uint16_t source, std::uint32_t item) {
  const Item& how = closures_.item(item);
  moves_.push_back(source);
  moves_.push_back(static_cast<std::uint16_t>(how.actions_end - how.actions_begin));
  const Action* actions = closures_.actions(how);
  moves_.insert(moves_.end(), actions, actions + (how.actions_end - how.actions_begin));
}

std::uint32_t Automaton::write_moves() {
  auto begin = static_cast<std::uint32_t>(moves_.size());
  bool stay = in_place();
  moves_.push_back(static_cast<std::uint16_t>((has_accepted_ ? kAccepts : 0) | (stay ? kInPlace : 0)));
  if (has_accepted_) write_move(accepted_.source, accepted_.item);
  if (!stay) {
    for (const Member& member : after_) write_move(member.source, member.item);
    return begin;
  }
  std::size_t count = moves_.size();
  moves_.push_back(0);
  for (std::size_t k = 0; k < after_.size(); ++k) {
    const Item& how = closures_.item(after_[k].item);
    for (std::uint32_t a = how.actions_begin; a < how.actions_end; ++a, ++moves_[count]) {
      moves_.push_back(static_cast<Action>(closures_.actions(how)[a - how.actions_begin] + 2 * k * width_));
    }
  }
  return begin;
}

// The state of this key, new or not. Open addressing; the dead state, which is 0, marks a free place.
StateId Automaton::intern(bool restart) {
  if (after_.empty() && !restart) return kDead;
  if (2 * states_.size() >= index_.size()) grow_index();
  for (std::size_t k = hash_key(key_.data(), key_.size(), restart);; ++k) {
    std::uint32_t& place = index_[k & (index_.size() - 1)];
    if (place == 0) {
      place = static_cast<StateId>(states_.size());
      states_.push_back({static_cast<std::uint32_t>(keys_.size()), static_cast<std::uint32_t>(after_.size()), restart});
      keys_.insert(keys_.end(), key_.begin(), key_.end());
      transitions_.resize(transitions_.size() + columns_);
      return place;
    }
    const State& state = states_[place];
    if (state.threads == after_.size() && state.restart == restart &&
        std::equal(key_.begin(), key_.end(), keys_.begin() + state.key)) {
      return place;
    }
  }
}

void Automaton::grow_index() {
  index_.assign(2 * index_.size(), 0);
  for (StateId id = 1; id < states_.size(); ++id) {
    const State& state = states_[id];
    std::size_t k = hash_key(keys_.data() + state.key, key_size(state.threads), state.restart);
    while (index_[k & (index_.size() - 1)] != 0) ++k;
    index_[k & (index_.size() - 1)] = id;
  }
}

std::size_t Automaton::bytes() const {
  return closures_.bytes() + states_.capacity() * sizeof(State) + keys_.capacity() * sizeof(keys_[0]) +
         transitions_.capacity() * sizeof(Transition) + moves_.capacity() * sizeof(moves_[0]) +
         index_.capacity() * sizeof(index_[0]);
}

}  // namespace redoubt::pikevm
