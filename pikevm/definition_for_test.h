// Leftmost-longest matching by its definition, for tests: enumerate_best() makes every parse tree (SEMANTICS A1, A2)
// and picks the best (A3, A4); fill_best() walks down the spans (A6). Exponential and slow; haystacks of a few bytes.
// Shares no code with the searches.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::pikevm::test {

using syntax::Look;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

inline bool look_holds(Look look, std::string_view h, std::size_t i) {
  auto word = [&](std::size_t k) { return k < h.size() && syntax::is_word_unit(static_cast<unsigned char>(h[k])); };
  bool boundary = (i > 0 && word(i - 1)) != word(i);
  switch (look) {
    case Look::kCaret:
    case Look::kTextStart:
      return i == 0;
    case Look::kDollar:
    case Look::kTextEnd:
      return i == h.size();
    case Look::kLineStart:
      return i == 0 || h[i - 1] == '\n';
    case Look::kLineEnd:
      return i == h.size() || h[i] == '\n';
    case Look::kWordBoundary:
      return boundary;
    case Look::kNotWordBoundary:
      return !boundary;
  }
  return false;
}

struct Tree;
using TreePtr = std::shared_ptr<const Tree>;
struct Tree {
  const Node* node;
  std::size_t begin, end;
  std::size_t branch = 0;
  std::vector<TreePtr> parts;
};

/// Makes all trees of a node from a position, whatever their end.
class Enumerator {
 public:
  explicit Enumerator(std::string_view haystack) : h_(haystack) {}

  std::vector<TreePtr> trees(const Node& node, std::size_t i) {
    std::vector<TreePtr> out;
    auto add = [&](Tree t) { out.push_back(std::make_shared<Tree>(std::move(t))); };
    switch (node.kind()) {
      case NodeKind::kEmpty:
        add({&node, i, i, 0, {}});
        break;
      case NodeKind::kClass:
        if (i < h_.size() && node.char_class().contains(static_cast<unsigned char>(h_[i])))
          add({&node, i, i + 1, 0, {}});
        break;
      case NodeKind::kLook:
        if (look_holds(node.look(), h_, i)) add({&node, i, i, 0, {}});
        break;
      case NodeKind::kConcat: {
        std::vector<TreePtr> parts;
        concat(node, i, i, parts, out);
        break;
      }
      case NodeKind::kAlternate:
        for (std::size_t b = 0; b < node.children().size(); ++b) {
          for (const TreePtr& t : trees(*node.children()[b], i)) add({&node, i, t->end, b, {t}});
        }
        break;
      case NodeKind::kGroup:
        for (const TreePtr& t : trees(*node.child(), i)) add({&node, i, t->end, 0, {t}});
        break;
      case NodeKind::kRepeat: {
        std::vector<TreePtr> parts;
        repeat(node, i, i, parts, out);
        break;
      }
    }
    return out;
  }

 private:
  void concat(const Node& node, std::size_t begin, std::size_t at, std::vector<TreePtr>& parts,
              std::vector<TreePtr>& out) {
    if (parts.size() == node.children().size()) {
      out.push_back(std::make_shared<Tree>(Tree{&node, begin, at, 0, parts}));
      return;
    }
    for (const TreePtr& t : trees(*node.children()[parts.size()], at)) {
      parts.push_back(t);
      concat(node, begin, t->end, parts, out);
      parts.pop_back();
    }
  }
  void repeat(const Node& node, std::size_t begin, std::size_t at, std::vector<TreePtr>& parts,
              std::vector<TreePtr>& out) {
    if (parts.size() >= node.min()) out.push_back(std::make_shared<Tree>(Tree{&node, begin, at, 0, parts}));
    if (parts.size() >= node.max()) return;
    for (const TreePtr& t : trees(*node.child(), at)) {
      bool empty_iteration = t->end == at && parts.size() >= node.min();
      if (empty_iteration) {
        // A2: allowed once, where the whole repeat spans nothing and min = 0.
        if (node.min() > 0 || !parts.empty()) continue;
        out.push_back(std::make_shared<Tree>(Tree{&node, begin, at, 0, {t}}));
        continue;
      }
      parts.push_back(t);
      repeat(node, begin, t->end, parts, out);
      parts.pop_back();
    }
  }

  std::string_view h_;
};

/// A3: negative when `a` is better. Same node, same span.
inline int compare_trees(const Tree& a, const Tree& b) {
  switch (a.node->kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
      return 0;
    case NodeKind::kAlternate:
      if (a.branch != b.branch) return a.branch < b.branch ? -1 : 1;
      return compare_trees(*a.parts[0], *b.parts[0]);
    case NodeKind::kGroup:
      return compare_trees(*a.parts[0], *b.parts[0]);
    case NodeKind::kConcat:
    case NodeKind::kRepeat:
      for (std::size_t k = 0; k < a.parts.size() && k < b.parts.size(); ++k) {
        if (a.parts[k]->end != b.parts[k]->end) return a.parts[k]->end > b.parts[k]->end ? -1 : 1;
        if (int c = compare_trees(*a.parts[k], *b.parts[k])) return c;
      }
      // Equal as far as both go, and over one span: only an empty repeat with and without its one empty iteration.
      if (a.parts.size() != b.parts.size()) return a.parts.size() > b.parts.size() ? -1 : 1;
      return 0;
  }
  return 0;
}

inline void unset_groups(const Node& node, Slots& slots) {
  if (node.group() > 0) slots[node.group()] = {};
  for (const Regex& child : node.children()) unset_groups(*child, slots);
}

/// A5.
inline void read_captures(const Tree& t, Slots& slots) {
  for (const TreePtr& part : t.parts) {
    if (t.node->kind() == NodeKind::kRepeat) unset_groups(*t.node->child(), slots);
    read_captures(*part, slots);
  }
  if (t.node->group() > 0) slots[t.node->group()] = {t.begin, t.end};
}

/// nullopt: no match. Sets *unique to whether no two different trees tied.
inline std::optional<Slots> enumerate_best(const Regex& r, std::string_view h) {
  for (std::size_t i = 0; i <= h.size(); ++i) {
    TreePtr best;
    for (const TreePtr& t : Enumerator(h).trees(*r, i)) {
      if (!best || t->end > best->end || (t->end == best->end && compare_trees(*t, *best) < 0)) best = t;
    }
    if (!best) continue;
    Slots slots(r->max_group() + 1);
    read_captures(*best, slots);
    slots[0] = {best->begin, best->end};
    return slots;
  }
  return std::nullopt;
}

/// A6, with membership by tables of end positions (bit j: some match ends at j). Haystacks below 64 bytes.
class Filler {
 public:
  explicit Filler(std::string_view haystack) : h_(haystack) {}

  std::optional<Slots> best(const Regex& r) {
    for (std::size_t i = 0; i <= h_.size(); ++i) {
      std::uint64_t all = ends(*r, i);
      if (all == 0) continue;
      Slots slots(r->max_group() + 1);
      std::size_t j = 63 - static_cast<std::size_t>(__builtin_clzll(all));
      fill(*r, i, j, slots);
      slots[0] = {i, j};
      return slots;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint64_t bit(std::size_t j) { return std::uint64_t{1} << j; }
  bool matches(const Node& node, std::size_t i, std::size_t j) { return ends(node, i) & bit(j); }

  /// Ends of what is left of a concat or repeat from its k-th part or iteration on.
  std::uint64_t rest_ends(const Node& node, std::uint32_t k, std::size_t i) {
    bool repeat = node.kind() == NodeKind::kRepeat;
    // Beyond min, iterations are not empty, so that there are no more of them than bytes; before, k counts.
    auto key = std::make_tuple(&node, k, i);
    if (auto known = rests_.find(key); known != rests_.end()) return known->second;
    std::uint64_t result = 0;
    if (repeat ? k >= node.min() : k == node.children().size()) result |= bit(i);
    if (repeat ? k < node.max() : k < node.children().size()) {
      std::uint64_t first = ends(repeat ? *node.child() : *node.children()[k], i);
      if (repeat && k >= node.min()) first &= ~bit(i);
      for (std::size_t j = i; j <= h_.size(); ++j) {
        if (first & bit(j)) result |= rest_ends(node, k + 1, j);
      }
    }
    return rests_[key] = result;
  }

  std::uint64_t ends(const Node& node, std::size_t i) {
    switch (node.kind()) {
      case NodeKind::kEmpty:
        return bit(i);
      case NodeKind::kClass:
        return i < h_.size() && node.char_class().contains(static_cast<unsigned char>(h_[i])) ? bit(i + 1) : 0;
      case NodeKind::kLook:
        return look_holds(node.look(), h_, i) ? bit(i) : 0;
      case NodeKind::kGroup:
        return ends(*node.child(), i);
      case NodeKind::kConcat:
      case NodeKind::kRepeat:
        return rest_ends(node, 0, i);
      case NodeKind::kAlternate: {
        std::uint64_t result = 0;
        for (const Regex& branch : node.children()) result |= ends(*branch, i);
        return result;
      }
    }
    return 0;
  }

  void fill(const Node& node, std::size_t i, std::size_t j, Slots& slots) {
    switch (node.kind()) {
      case NodeKind::kEmpty:
      case NodeKind::kClass:
      case NodeKind::kLook:
        return;
      case NodeKind::kGroup:
        fill(*node.child(), i, j, slots);
        if (node.group() > 0) slots[node.group()] = {i, j};
        return;
      case NodeKind::kAlternate:
        for (const Regex& branch : node.children()) {
          if (matches(*branch, i, j)) return fill(*branch, i, j, slots);
        }
        return;
      case NodeKind::kConcat:
        for (std::uint32_t k = 0; k < node.children().size(); ++k) {
          std::size_t cut = longest(node, *node.children()[k], k, i, j, i);
          fill(*node.children()[k], i, cut, slots);
          i = cut;
        }
        return;
      case NodeKind::kRepeat:
        return fill_repeat(node, i, j, slots);
    }
  }

  void fill_repeat(const Node& node, std::size_t i, std::size_t j, Slots& slots) {
    const Node& body = *node.child();
    unset_groups(body, slots);
    if (i == j && node.min() == 0) {
      if (node.max() > 0 && matches(body, i, i)) fill(body, i, i, slots);
      return;
    }
    for (std::uint32_t k = 0; i < j || k < node.min(); ++k) {
      std::size_t cut = longest(node, body, k, i, j, k < node.min() ? i : i + 1);
      unset_groups(body, slots);
      fill(body, i, cut, slots);
      i = cut;
    }
  }

  std::size_t longest(const Node& node, const Node& part, std::uint32_t k, std::size_t i, std::size_t j,
                      std::size_t least) {
    std::size_t cut = j;
    while (cut > least && !(matches(part, i, cut) && (rest_ends(node, k + 1, cut) & bit(j)))) --cut;
    return cut;
  }

  std::string_view h_;
  std::map<std::tuple<const Node*, std::uint32_t, std::size_t>, std::uint64_t> rests_;
};

inline std::optional<Slots> fill_best(const Regex& r, std::string_view h) { return Filler(h).best(r); }

}  // namespace redoubt::pikevm::test
