#include "pikevm/positions.h"

#include <bit>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

constexpr std::uint32_t bit_of(syntax::Look look) { return std::uint32_t{1} << static_cast<int>(look); }
/// Those that hold at the edges of the haystack and nowhere else.
constexpr std::uint32_t kEdgeLooks = bit_of(syntax::Look::kCaret) | bit_of(syntax::Look::kTextStart) |
                                     bit_of(syntax::Look::kDollar) | bit_of(syntax::Look::kTextEnd);

}  // namespace

bool Positions::suits(const Program& program) {
  return program.positions <= kMaxPositions && std::popcount(program.looks_used) <= kMaxLooks;
}

void Positions::reset(const Program& program, bool groups) {
  program_ = &program;
  const bool first = program.semantics == Semantics::kLeftmostFirst;
  closures_.reset(program, groups && !first ? ClosureTable::Order::kHistory : ClosureTable::Order::kPriority, groups);
  cut_at_acceptance_ = first;
  const std::uint32_t words = REDOUBT_MUTANT(assertions_taken_as_steady) ? bit_of(syntax::Look::kWordBoundary) : 0;
  steady_ = (program.looks_used & ~(kEdgeLooks | words)) == 0;
  looks_count_ = 1U << std::popcount(program.looks_used);
  addresses_.assign(1, 0);
  classes_.assign(1, 0);
  position_of_.resize(program.insts.size());
  for (Address at = 0; at < program.insts.size(); ++at) {
    if (program.insts[at].op != Op::kClass) continue;
    position_of_[at] = static_cast<std::uint16_t>(addresses_.size());
    addresses_.push_back(at);
    classes_.push_back(program.insts[at].arg);
  }
  linked_ = Linked::kUnknown;
  arrows_.assign(addresses_.size() * looks_count_, {});
  targets_.clear();
  bytes_ = count_bytes();
  const Alphabet& alphabet = program.alphabet;
  takers_.assign(alphabet.part_count(), 0);
  if (!small()) return;
  for (std::uint32_t part = 0; part < alphabet.part_count(); ++part) {
    for (std::uint32_t p = 1; p < addresses_.size(); ++p) {
      if (alphabet.contains(classes_[p], part)) takers_[part] |= PositionMask{1} << (p - 1);
    }
  }
}

const Positions::Arrows* Positions::build(std::uint32_t position, std::uint32_t looks) {
  const std::uint32_t index = looks_index(program_->looks_used, looks);
  const Address from = position == kStart ? 0 : program_->insts[addresses_[position]].out;
  const ClosureTable::Entry entry = closures_.get(from, looks, index);
  if (closures_.too_wide() || targets_.size() + (entry.items_end - entry.items_begin) > kMaxTargets) return nullptr;
  Arrows& a = arrows_[position * looks_count_ + index];
  a.known = true;
  a.entry = entry;
  a.begin = static_cast<std::uint32_t>(targets_.size());
  const auto target_of = [&](std::uint32_t to, std::uint32_t k) {
    const Item& item = closures_.item(k);
    return Target{to, k, item.actions_begin, static_cast<std::uint16_t>(item.actions_end - item.actions_begin),
                  static_cast<std::uint16_t>(item.least_height)};
  };
  std::uint32_t accept_item = 0;
  for (std::uint32_t k = entry.items_begin; k < entry.items_end; ++k) {
    const Address at = closures_.item(k).at;
    if (at == program_->match()) {
      a.accepts = true;
      accept_item = k;
      if (cut_at_acceptance_) break;
      continue;
    }
    const std::uint32_t to = position_of_[at];
    targets_.push_back(target_of(to, k));
    const PositionMask bit = PositionMask{1} << (to - 1) % kSmall;
    a.follow |= bit;
    if (targets_.back().action_count == 0) a.quiet |= bit;
  }
  a.end = static_cast<std::uint32_t>(targets_.size());
  if (a.accepts) targets_.push_back(target_of(kStart, accept_item));
  bytes_ = count_bytes();
  return &a;
}

bool Positions::link() {
  if (linked_ != Linked::kUnknown) return linked_ == Linked::kYes;
  linked_ = Linked::kNo;
  if (!steady_) return false;
  std::vector<std::uint32_t> led_to(count() + 1);
  for (std::uint32_t p = 0; p <= count(); ++p) {
    const Arrows* a = arrows(p, 0);
    if (a == nullptr) return false;
    for (std::uint32_t k = a->begin; k < a->end; ++k) ++led_to[targets_[k].to];
  }
  chain_.assign(count() + 1, kStart);
  for (std::uint32_t p = 1; p <= count(); ++p) {
    const Arrows& a = interior_arrows(p);
    if (!a.accepts && a.end == a.begin + 1 && led_to[targets_[a.begin].to] == 1) chain_[p] = targets_[a.begin].to;
  }
  taker_rows_.assign(part_count() * row_words(), 0);
  for (std::uint32_t part = 0; part < part_count(); ++part) {
    for (std::uint32_t p = 1; p <= count(); ++p) {
      if (takes(p, part)) taker_rows_[part * row_words() + p / 64] |= std::uint64_t{1} << p % 64;
    }
  }
  linked_ = Linked::kYes;
  bytes_ = count_bytes();
  return true;
}

std::size_t Positions::count_bytes() const {
  return closures_.bytes() + arrows_.capacity() * sizeof(Arrows) + targets_.capacity() * sizeof(Target) +
         (addresses_.capacity() + classes_.capacity()) * sizeof(std::uint32_t) +
         position_of_.capacity() * sizeof(std::uint16_t) +
         (takers_.capacity() + taker_rows_.capacity()) * sizeof(PositionMask) +
         chain_.capacity() * sizeof(std::uint32_t);
}

}  // namespace redoubt::pikevm
