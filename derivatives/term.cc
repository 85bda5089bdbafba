#include "derivatives/term.h"

#include <algorithm>
#include <cassert>

#include "syntax/mutants.h"

namespace redoubt::derivatives {

using syntax::kInfinite;

std::string_view to_string(Rule rule) {
  static constexpr std::string_view kNames[] = {"cat-none", "cat-eps",     "cat-assoc", "cat-dist",
                                                "alt-unit", "alt-symbols", "alt-eps",   "and-unit",
                                                "not-not",  "rep-trivial", "rep-star",  "rep-min"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(Rule::kCount));
  return kNames[static_cast<std::size_t>(rule)];
}

Terms::Terms(Alphabet alphabet)
    : alphabet_(std::move(alphabet)),
      words_((alphabet_.symbol_count() + 32) / 32),
      stride_(alphabet_.symbol_count() + 1),
      rule_counts_(static_cast<std::size_t>(Rule::kCount)) {
  reset();
}

void Terms::reset() {
  nodes_.clear();
  lists_.clear();
  rows_.clear();
  table_.clear();
  slots_.assign(64, kUnknown);
  intern({.kind = TermKind::kNone}, {});
  intern({.kind = TermKind::kEps, .nullable = all_contexts()}, {});
  intern({.kind = TermKind::kNot, .a = kNone, .nullable = all_contexts()}, {});
}

std::span<const std::uint32_t> Terms::list_of(const Node& node) const {
  switch (node.kind) {
    case TermKind::kSymbols:
      return {lists_.data() + node.a, words_};
    case TermKind::kAlt:
    case TermKind::kAnd:
      return {lists_.data() + node.a, node.b};
    case TermKind::kNone:
    case TermKind::kEps:
    case TermKind::kLook:
    case TermKind::kCat:
    case TermKind::kNot:
    case TermKind::kRep:
      return {};
  }
  return {};
}

std::uint64_t Terms::hash(const Node& node, std::span<const std::uint32_t> list) const {
  std::uint64_t h = static_cast<std::uint64_t>(node.kind) + 1;
  auto mix = [&h](std::uint64_t value) { h = (h ^ value) * 0x9E3779B97F4A7C15ull, h ^= h >> 29; };
  if (list.empty()) {
    mix(node.a | std::uint64_t{node.b} << 32);
    mix(node.min | std::uint64_t{node.max} << 32);
    mix(node.look);
  } else {
    for (std::uint32_t value : list) mix(value);
  }
  return h;
}

bool Terms::same(const Node& x, const Node& y, std::span<const std::uint32_t> list_y) const {
  if (x.kind != y.kind) return false;
  if (list_y.empty()) return x.a == y.a && x.b == y.b && x.min == y.min && x.max == y.max && x.look == y.look;
  const auto list_x = list_of(x);
  return std::equal(list_x.begin(), list_x.end(), list_y.begin(), list_y.end());
}

void Terms::grow() {
  slots_.assign(slots_.size() * 2, kUnknown);
  const std::size_t mask = slots_.size() - 1;
  for (TermId id = 0; id < nodes_.size(); ++id) {
    std::size_t place = hash(nodes_[id], list_of(nodes_[id])) & mask;
    while (slots_[place] != kUnknown) place = (place + 1) & mask;
    slots_[place] = id;
  }
}

TermId Terms::intern(const Node& node, std::span<const std::uint32_t> list) {
  std::size_t mask = slots_.size() - 1;
  std::size_t place = hash(node, list) & mask;
  for (; slots_[place] != kUnknown; place = (place + 1) & mask) {
    if (same(nodes_[slots_[place]], node, list)) return slots_[place];
  }
  const auto id = static_cast<TermId>(nodes_.size());
  slots_[place] = id;
  nodes_.push_back(node);
  rows_.push_back(kNoRow);
  if (!list.empty()) {
    Node& stored = nodes_.back();
    stored.a = static_cast<std::uint32_t>(lists_.size());
    stored.b = static_cast<std::uint32_t>(list.size());
    lists_.insert(lists_.end(), list.begin(), list.end());
  }
  if (nodes_.size() * 2 > slots_.size()) grow();
  return id;
}

TermId Terms::symbol_words(std::span<const std::uint32_t> words) {
  const bool none = std::all_of(words.begin(), words.end(), [](std::uint32_t w) { return w == 0; });
  return none ? kNone : intern({.kind = TermKind::kSymbols}, words);
}

TermId Terms::symbols(const std::vector<Symbol>& list) {
  std::vector<std::uint32_t> words(words_);
  for (Symbol s : list) words[s / 32] |= 1u << (s % 32);
  return symbol_words(words);
}

TermId Terms::look(syntax::Look kind) {
  ContextSet holds = 0;
  for (int c = 0; c < alphabet_.context_count(); ++c) {
    if (alphabet_.holding(static_cast<Context>(c)) & look_bit(kind)) holds |= ContextSet{1} << c;
  }
  return intern({.kind = TermKind::kLook, .look = static_cast<std::uint8_t>(kind), .nullable = holds}, {});
}

TermId Terms::cat(TermId a, TermId b) {
  if (a == kNone || b == kNone) return used(Rule::kCatNone, kNone);
  if (a == kEps) return used(Rule::kCatEps, b);
  if (b == kEps) return used(Rule::kCatEps, a);
  if (nodes_[a].kind == TermKind::kAlt) {
    std::vector<TermId> list(list_of(nodes_[a]).begin(), list_of(nodes_[a]).end());
    for (TermId& t : list) t = cat(t, b);
    return used(Rule::kCatDist, junction(TermKind::kAlt, list));
  }
  if (nodes_[a].kind == TermKind::kCat) {
    // Along the right spine of a, from its last factor to its first; a's factors are neither cats nor alts.
    std::vector<TermId> factors;
    for (TermId t = a;; t = nodes_[t].b) {
      if (nodes_[t].kind != TermKind::kCat) {
        factors.push_back(t);
        break;
      }
      factors.push_back(nodes_[t].a);
    }
    TermId result = b;
    for (auto factor = factors.rbegin(); factor != factors.rend(); ++factor) result = cat(*factor, result);
    return used(Rule::kCatAssoc, result);
  }
  const ContextSet nullable = nodes_[a].nullable & nodes_[b].nullable;
  return intern({.kind = TermKind::kCat, .a = a, .b = b, .nullable = nullable}, {});
}

TermId Terms::alt(TermId a, TermId b) {
  if (a == b || b == kNone) return a;
  if (a == kNone) return b;
  const TermId list[] = {a, b};
  return alt(list);
}

TermId Terms::alt(std::span<const TermId> list) {
  std::vector<TermId> copy(list.begin(), list.end());
  return junction(TermKind::kAlt, copy);
}

TermId Terms::both(std::span<const TermId> list) {
  std::vector<TermId> copy(list.begin(), list.end());
  return junction(TermKind::kAnd, copy);
}

TermId Terms::junction(TermKind kind, std::vector<TermId>& list) {
  const bool is_alt = kind == TermKind::kAlt;
  const TermId unit = is_alt ? kNone : kAny;
  const TermId zero = is_alt ? kAny : kNone;
  for (std::size_t i = 0, given = list.size(); i < given; ++i) {
    if (nodes_[list[i]].kind != kind) continue;
    const auto inner = list_of(nodes_[list[i]]);
    list[i] = unit;
    list.insert(list.end(), inner.begin(), inner.end());
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  const Rule rule = is_alt ? Rule::kAltUnit : Rule::kAndUnit;
  if (std::binary_search(list.begin(), list.end(), zero)) return used(rule, zero);
  list.erase(std::remove(list.begin(), list.end(), unit), list.end());
  if (is_alt) {
    std::vector<std::uint32_t> words;
    std::size_t sets = 0;
    for (TermId t : list) {
      if (nodes_[t].kind != TermKind::kSymbols) continue;
      words.resize(words_);
      for (std::uint32_t w = 0; w < words_; ++w) words[w] |= lists_[nodes_[t].a + w];
      ++sets;
    }
    if (sets > 1) {
      std::erase_if(list, [&](TermId t) { return nodes_[t].kind == TermKind::kSymbols; });
      const TermId merged = used(Rule::kAltSymbols, symbol_words(words));
      list.insert(std::lower_bound(list.begin(), list.end(), merged), merged);
    }
    if (list.size() > 1 && list.front() == kEps && std::any_of(list.begin() + 1, list.end(), [&](TermId t) {
          const bool some = REDOUBT_MUTANT(term_epsilon_dropped) && nodes_[t].nullable != 0;
          return some || nodes_[t].nullable == all_contexts();
        })) {
      list.erase(list.begin());
      used(Rule::kAltEps, kEps);
    }
  }
  if (list.empty()) return unit;
  if (list.size() == 1) return list[0];
  ContextSet nullable = is_alt ? 0 : all_contexts();
  for (TermId t : list) {
    nullable = is_alt ? nullable | nodes_[t].nullable : nullable & nodes_[t].nullable;
  }
  return intern({.kind = kind, .nullable = nullable}, list);
}

TermId Terms::negate(TermId a) {
  if (nodes_[a].kind == TermKind::kNot) return used(Rule::kNotNot, nodes_[a].a);
  return intern({.kind = TermKind::kNot, .a = a, .nullable = all_contexts() & ~nodes_[a].nullable}, {});
}

TermId Terms::rep(TermId a, std::uint32_t min, std::uint32_t max) {
  assert(min <= max);
  if (max == 0 || a == kEps) return used(Rule::kRepTrivial, kEps);
  if (a == kNone) return used(Rule::kRepTrivial, min == 0 ? kEps : kNone);
  if (min == 1 && max == 1) return used(Rule::kRepTrivial, a);
  const Node& body = nodes_[a];
  if (body.kind == TermKind::kRep && body.min == 0 && body.max == kInfinite) return used(Rule::kRepStar, a);
  const bool ever = REDOUBT_MUTANT(term_min_lost_if_ever_nullable) && body.nullable != 0;
  if (min > 0 && (ever || body.nullable == all_contexts())) return used(Rule::kRepMin, rep(a, 0, max));
  const bool one = max == 1 || REDOUBT_MUTANT(term_optional_twice);
  if (min == 0 && one && body.nullable == all_contexts()) return used(Rule::kRepTrivial, a);
  const ContextSet nullable = min == 0 ? all_contexts() : body.nullable;
  return intern({.kind = TermKind::kRep, .a = a, .min = min, .max = max, .nullable = nullable}, {});
}

TermId Terms::from_regex(const syntax::Regex& regex, bool reversed) { return convert(regex, reversed); }

TermId Terms::convert(const syntax::Regex& regex, bool reversed) {
  switch (regex->kind()) {
    case syntax::NodeKind::kEmpty:
      return kEps;
    case syntax::NodeKind::kClass:
      return symbols(alphabet_.symbols_in(regex->char_class()));
    case syntax::NodeKind::kLook:
      return look(regex->look());
    case syntax::NodeKind::kConcat: {
      TermId result = kEps;
      const auto& children = regex->children();
      for (std::size_t k = 0; k < children.size(); ++k) {
        const auto& child =
            reversed && !REDOUBT_MUTANT(term_not_mirrored) ? children[k] : children[children.size() - 1 - k];
        result = cat(convert(child, reversed), result);
      }
      return result;
    }
    case syntax::NodeKind::kAlternate: {
      std::vector<TermId> list;
      for (const syntax::Regex& branch : regex->children()) list.push_back(convert(branch, reversed));
      return junction(TermKind::kAlt, list);
    }
    case syntax::NodeKind::kRepeat:
      return rep(convert(regex->child(), reversed), regex->min(), regex->max());
    case syntax::NodeKind::kGroup:
      return convert(regex->child(), reversed);
  }
  return kNone;
}

}  // namespace redoubt::derivatives
