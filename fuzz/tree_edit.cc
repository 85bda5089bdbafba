#include "fuzz/tree_edit.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fuzz/case_patterns.h"

namespace redoubt::fuzz {

using generate::Choices;
using syntax::CharClass;
using syntax::kInfinite;
using syntax::Node;
using syntax::NodeKind;
using syntax::Range;
using syntax::Regex;

namespace {

using Test = bool (*)(const Node&);

void collect(const Node& node, std::vector<const Node*>& list) {
  if (node.kind() != NodeKind::kGroup || node.group() != 0) list.push_back(&node);
  for (const Regex& child : node.children()) collect(*child, list);
}

/// The smallest tree around a node that shares it.
Regex find(const Regex& tree, const Node* target) {
  if (tree.get() == target) return tree;
  for (const Regex& child : tree->children()) {
    if (Regex found = find(child, target)) return found;
  }
  return nullptr;
}

bool is_sequence(const Node& node) { return node.kind() == NodeKind::kConcat || node.kind() == NodeKind::kAlternate; }

/// The tree with what `change` gives for a node in place of it; a null one leaves it. A non-capturing group around what
/// changed goes: the factories add those that are needed.
template <class Change>
Regex replaced(const Regex& tree, const Change& change) {
  if (Regex other = change(tree)) return other;
  std::vector<Regex> children;
  bool changed = false;
  for (const Regex& child : tree->children()) {
    children.push_back(replaced(child, change));
    changed = changed || !(children.back() == child);
  }
  if (!changed) return tree;
  if (tree->kind() == NodeKind::kGroup && tree->group() == 0) return children[0];
  return syntax::with_children(*tree, std::move(children));
}

class Editor {
 public:
  Editor(const Regex& tree, const Regex& donor, Encoding encoding, Choices& choices)
      : tree_(tree), donor_(donor), encoding_(encoding), choices_(choices), nodes_(nodes_of(tree)) {}

  Regex run(TreeEdit edit) {
    switch (edit) {
      case TreeEdit::kReplace:
        return at(any(), [this](const Regex&) { return fresh(); });
      case TreeEdit::kWrap:
        return at(any(), [this](const Regex& r) { return wrapped(r); });
      case TreeEdit::kUnwrap:
        return at(one([](const Node& n) { return !n.children().empty(); }),
                  [this](const Regex& r) { return Regex(r->children()[choices_.below(r->children().size())]); });
      case TreeEdit::kSwap:
        return swapped();
      case TreeEdit::kSplice:
        return at(any(), [this](const Regex&) { return of_donor(); });
      case TreeEdit::kDuplicate:
        return at(one(is_sequence), [this](const Regex& r) { return duplicated(r); });
      case TreeEdit::kRemove:
        return at(one(is_sequence), [this](const Regex& r) { return removed(r); });
      case TreeEdit::kCount:
        return at(one([](const Node& n) { return n.kind() == NodeKind::kRepeat; }),
                  [this](const Regex& r) { return recounted(*r); });
      case TreeEdit::kUnits:
        return at(one([](const Node& n) { return n.kind() == NodeKind::kClass; }),
                  [this](const Regex& r) { return syntax::char_class(tweaked(r->char_class())); });
      case TreeEdit::kLook:
        return at(one([](const Node& n) { return n.kind() == NodeKind::kLook || n.kind() == NodeKind::kEmpty; }),
                  [this](const Regex&) { return syntax::look(look()); });
    }
    return tree_;
  }

 private:
  const Node* any() { return nodes_[choices_.below(nodes_.size())]; }
  /// nullptr: there is none.
  const Node* one(const Test& fits) {
    std::vector<const Node*> some;
    for (const Node* node : nodes_) {
      if (fits(*node)) some.push_back(node);
    }
    return some.empty() ? nullptr : some[choices_.below(some.size())];
  }
  template <class Change>
  Regex at(const Node* target, const Change& change) {
    return target == nullptr ? tree_ : with(tree_, target, change(find(tree_, target)));
  }

  syntax::Look look() { return static_cast<syntax::Look>(choices_.below(syntax::kLookKinds)); }

  /// A leaf, mostly one like those that are there.
  Regex leaf() {
    switch (choices_.below(7)) {
      case 0:
        return syntax::empty();
      case 1:
        return syntax::look(look());
      case 2:
        return syntax::literal('a' + static_cast<std::uint32_t>(choices_.below(3)));
      case 3:
        return syntax::literal(edge_unit());
      default:
        break;
    }
    const Node* some = one([](const Node& n) { return n.kind() == NodeKind::kClass; });
    return some == nullptr ? syntax::literal('a') : find(tree_, some);
  }
  /// Where something ends: ASCII, bytes, sequences of so many bytes, folding.
  std::uint32_t edge_unit() {
    static constexpr std::uint32_t kEdges[] = {0x7F,   0x80,  0xFF,  0,      '\n',    0x17F,
                                               0x212A, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF};
    return kEdges[choices_.below(encoding_ == Encoding::kBytes ? 5 : std::size(kEdges))];
  }
  Regex fresh() { return choices_.below(3) == 0 ? draw_pattern(choices_, encoding_) : leaf(); }
  Regex of_donor() {
    const std::vector<const Node*> nodes = nodes_of(donor_);
    return find(donor_, nodes[choices_.below(nodes.size())]);
  }

  Regex wrapped(const Regex& r) {
    switch (choices_.below(6)) {
      case 0:
      case 1:
        return syntax::group(r, 1);
      case 2:
        return repeated(r);
      case 3:
        return syntax::repeat(r, 0, kInfinite, !choices_.one_in(4));
      case 4:
        return choices_.below(2) == 0 ? syntax::concat({r, fresh()}) : syntax::concat({fresh(), r});
      default:
        return choices_.below(2) == 0 ? syntax::alternate({r, fresh()}) : syntax::alternate({fresh(), r});
    }
  }
  Regex repeated(const Regex& r) {
    const auto min = static_cast<std::uint32_t>(choices_.below(4));
    const auto more = static_cast<std::uint32_t>(choices_.below(4));
    return syntax::repeat(r, min, choices_.one_in(3) ? kInfinite : min + more, !choices_.one_in(4));
  }

  Regex swapped() {
    const Node* first = any();
    const Node* second = any();
    if (first == second || holds(*first, second) || holds(*second, first)) return tree_;
    const Regex a = find(tree_, first), b = find(tree_, second);
    return replaced(tree_, [&](const Regex& r) { return r.get() == first ? b : r.get() == second ? a : Regex(); });
  }
  static bool holds(const Node& outer, const Node* inner) {
    return !outer.children().empty() &&
           std::any_of(outer.children().begin(), outer.children().end(), [&](const Regex& child) {
             return syntax::any_node(child, [&](const Node& node) { return &node == inner; });
           });
  }
  Regex duplicated(const Regex& r) {
    std::vector<Regex> parts(r->children().begin(), r->children().end());
    const auto from = static_cast<std::ptrdiff_t>(choices_.below(parts.size()));
    const auto to = static_cast<std::ptrdiff_t>(choices_.below(parts.size() + 1));
    const Regex part = parts[static_cast<std::size_t>(from)];
    parts.insert(parts.begin() + to, part);
    return sequence(*r, std::move(parts));
  }
  Regex removed(const Regex& r) {
    std::vector<Regex> parts(r->children().begin(), r->children().end());
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(choices_.below(parts.size())));
    return sequence(*r, std::move(parts));
  }
  static Regex sequence(const Node& like, std::vector<Regex> parts) {
    return like.kind() == NodeKind::kConcat ? syntax::concat(std::move(parts)) : syntax::alternate(std::move(parts));
  }

  Regex recounted(const Node& node) {
    std::uint32_t min = node.min(), max = node.max();
    bool greedy = node.greedy();
    switch (choices_.below(7)) {
      case 0:
        ++min;
        break;
      case 1:
        min -= min > 0;
        break;
      case 2:
        max = max == kInfinite ? min : max + 1;
        break;
      case 3:
        max = max == kInfinite ? min + 1 : max - (max > 0);
        break;
      case 4:
        max = max == kInfinite ? min : kInfinite;
        break;
      case 5:
        greedy = !greedy;
        break;
      default:
        min = max = static_cast<std::uint32_t>(choices_.below(5));
        break;
    }
    return syntax::repeat(node.child(), std::min(min, max), max, greedy);
  }

  CharClass tweaked(const CharClass& c) {
    const CharClass& all = CharClass::all(encoding_);
    const std::uint64_t kind = choices_.below(6);
    if (kind == 0) return c.complement(encoding_);
    if (c.empty()) return CharClass::single('a');
    std::vector<Range> ranges(c.ranges().begin(), c.ranges().end());
    Range& range = ranges[choices_.below(ranges.size())];
    switch (kind) {
      case 1:
        if (range.lo < range.hi) ++range.lo;
        break;
      case 2:
        if (range.lo < range.hi) --range.hi;
        break;
      case 3:
        range.lo -= range.lo > 0;
        break;
      case 4:
        ++range.hi;
        break;
      default: {
        // A letter's other case, or the unit a power of two away.
        const std::uint32_t other = range.lo ^ (std::uint32_t{1} << choices_.below(8));
        if (choices_.below(2) == 0) return CharClass::single(other).intersect(all);
        ranges.push_back({other, other});
      }
    }
    return CharClass(std::move(ranges)).intersect(all);
  }

  const Regex& tree_;
  const Regex& donor_;
  Encoding encoding_;
  Choices& choices_;
  std::vector<const Node*> nodes_;
};

}  // namespace

std::string_view to_string(TreeEdit edit) {
  static constexpr std::string_view kNames[kTreeEdits] = {"replace",   "wrap",   "unwrap", "swap",  "splice",
                                                          "duplicate", "remove", "count",  "units", "look"};
  return kNames[static_cast<int>(edit)];
}

std::vector<const Node*> nodes_of(const Regex& tree) {
  std::vector<const Node*> list;
  collect(*tree, list);
  return list;
}

Regex with(const Regex& tree, const Node* target, const Regex& replacement) {
  return replaced(tree, [&](const Regex& r) { return r.get() == target ? replacement : Regex(); });
}

Regex edited(const Regex& tree, TreeEdit edit, const Regex& donor, Encoding encoding, Choices& choices) {
  return syntax::renumber_groups(Editor(tree, donor, encoding, choices).run(edit));
}

}  // namespace redoubt::fuzz
