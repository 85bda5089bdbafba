#include "reference/parse_tree.h"

#include <map>
#include <tuple>

#include "syntax/mutants.h"
#include "syntax/utf8.h"

namespace redoubt::reference {

using syntax::Look;
using syntax::Node;
using syntax::NodeKind;

Units::Units(std::string_view haystack, Encoding encoding) {
  for (std::size_t i = 0; i < haystack.size();) {
    offsets.push_back(i);
    if (encoding == Encoding::kBytes) {
      values.push_back(static_cast<unsigned char>(haystack[i++]));
    } else {
      const syntax::Decoded unit = syntax::decode_utf8(haystack, i);
      values.push_back(unit.valid ? unit.unit : kNoUnit);
      i += unit.length;
    }
  }
  offsets.push_back(haystack.size());
}

bool holds(Look look, const Units& units, std::size_t location) {
  const std::size_t n = units.size();
  const bool at_start = location == 0;
  const bool at_end = location == n;
  const bool word_before = !at_start && syntax::is_word_unit(units.values[location - 1]);
  const bool word_after = !at_end && syntax::is_word_unit(units.values[location]);
  switch (look) {
    case Look::kCaret:
    case Look::kTextStart:
      return at_start;
    case Look::kDollar:
    case Look::kTextEnd:
      return at_end;
    case Look::kLineStart:
      return at_start || units.values[location - 1] == '\n';
    case Look::kLineEnd:
      return at_end || units.values[location] == '\n';
    case Look::kWordBoundary:
      return word_before != word_after;
    case Look::kNotWordBoundary:
      return word_before == word_after;
  }
  return false;
}

struct TreeEnumeration::Memo {
  std::map<std::tuple<const Node*, std::size_t, std::size_t>, List> lists;
};

TreeEnumeration::TreeEnumeration(syntax::Regex regex, const Units& units, std::size_t limit)
    : regex_(std::move(regex)), units_(units), left_(limit), tries_left_(16 * limit), memo_(std::make_unique<Memo>()) {}

TreeEnumeration::~TreeEnumeration() = default;

const std::vector<TreePtr>& TreeEnumeration::trees(std::size_t begin, std::size_t end) {
  return trees_of(*regex_, begin, end);
}

void TreeEnumeration::add(List& out, ParseTree tree) {
  if (left_ == 0) {
    limit_reached_ = true;
    return;
  }
  --left_;
  out.push_back(std::make_shared<const ParseTree>(std::move(tree)));
}

bool TreeEnumeration::may_try() {
  if (tries_left_ == 0) limit_reached_ = true;
  if (limit_reached_) return false;
  --tries_left_;
  return true;
}

const TreeEnumeration::List& TreeEnumeration::trees_of(const Node& node, std::size_t begin, std::size_t end) {
  const auto [place, is_new] = memo_->lists.try_emplace({&node, begin, end});
  List& out = place->second;  // map nodes stay where they are
  if (!is_new || limit_reached_) return out;
  switch (node.kind()) {
    case NodeKind::kEmpty:
      if (begin == end) add(out, {begin, end, 0, {}});
      break;
    case NodeKind::kClass:
      if (begin + 1 == end && units_.values[begin] != Units::kNoUnit &&
          node.char_class().contains(units_.values[begin])) {
        add(out, {begin, end, 0, {}});
      }
      break;
    case NodeKind::kLook:
      if (begin == end && holds(node.look(), units_, begin)) add(out, {begin, end, 0, {}});
      break;
    case NodeKind::kConcat: {
      std::vector<TreePtr> done;
      add_concat(node, 0, done, begin, begin, end, out);
      break;
    }
    case NodeKind::kAlternate:
      for (std::size_t b = 0; b < node.children().size(); ++b) {
        for (const TreePtr& child : trees_of(*node.children()[b], begin, end)) add(out, {begin, end, b, {child}});
      }
      break;
    case NodeKind::kRepeat: {
      std::vector<TreePtr> done;
      add_repeat(node, done, begin, begin, end, out);
      break;
    }
    case NodeKind::kGroup:
      for (const TreePtr& child : trees_of(*node.child(), begin, end)) add(out, {begin, end, 0, {child}});
      break;
  }
  return out;
}

void TreeEnumeration::add_concat(const Node& node, std::size_t child, std::vector<TreePtr>& done, std::size_t begin,
                                 std::size_t at, std::size_t end, List& out) {
  if (!may_try()) return;
  if (child == node.children().size()) {
    if (at == end) add(out, {begin, end, 0, done});
    return;
  }
  for (std::size_t k = at; k <= end && !limit_reached_; ++k) {
    for (const TreePtr& tree : trees_of(*node.children()[child], at, k)) {
      done.push_back(tree);
      add_concat(node, child + 1, done, begin, k, end, out);
      done.pop_back();
    }
  }
}

void TreeEnumeration::add_repeat(const Node& node, std::vector<TreePtr>& done, std::size_t begin, std::size_t at,
                                 std::size_t end, List& out) {
  if (!may_try()) return;
  if (at == end && done.size() >= node.min()) add(out, {begin, end, 0, done});
  if (done.size() == node.max()) return;
  // A2: iteration number done.size() + 1 may be empty when it is forced, or when it is the one iteration of a repeat
  // with min = 0 that spans nothing.
  const bool forced = done.size() < node.min() && !REDOUBT_MUTANT(definition_forced_not_empty);
  const bool may_be_empty = forced || (node.min() == 0 && done.empty() && begin == end);
  for (std::size_t k = may_be_empty ? at : at + 1; k <= end && !limit_reached_; ++k) {
    for (const TreePtr& tree : trees_of(*node.child(), at, k)) {
      done.push_back(tree);
      add_repeat(node, done, begin, k, end, out);
      done.pop_back();
    }
  }
}

int compare_trees(const Node& node, const ParseTree& a, const ParseTree& b) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
      return 0;
    case NodeKind::kGroup:
      return compare_trees(*node.child(), *a.children[0], *b.children[0]);
    case NodeKind::kAlternate:
      if (a.branch != b.branch) return a.branch < b.branch ? -1 : 1;
      return compare_trees(*node.children()[a.branch], *a.children[0], *b.children[0]);
    case NodeKind::kConcat:
    case NodeKind::kRepeat:
      for (std::size_t k = 0; k < a.children.size() && k < b.children.size(); ++k) {
        const ParseTree& x = *a.children[k];
        const ParseTree& y = *b.children[k];
        const bool longer = (x.end > y.end) != REDOUBT_MUTANT(definition_shorter_first);  // they begin alike
        if (x.end != y.end) return longer ? -1 : 1;
        const Node& child = node.kind() == NodeKind::kConcat ? *node.children()[k] : *node.child();
        if (const int order = compare_trees(child, x, y)) return order;
      }
      // Only repeats differ in length here: one empty iteration is better than none.
      if (a.children.size() != b.children.size()) return a.children.size() > b.children.size() ? -1 : 1;
      return 0;
  }
  return 0;
}

namespace {

void unset_groups(const Node& node, Slots& slots) {
  if (node.kind() == NodeKind::kGroup && node.group() != 0) slots[node.group()] = Span{};
  for (const syntax::Regex& child : node.children()) unset_groups(*child, slots);
}

}  // namespace

void set_groups(const Node& node, const ParseTree& tree, const Units& units, Slots& slots) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
      return;
    case NodeKind::kConcat:
      for (std::size_t k = 0; k < tree.children.size(); ++k) {
        set_groups(*node.children()[k], *tree.children[k], units, slots);
      }
      return;
    case NodeKind::kAlternate:
      return set_groups(*node.children()[tree.branch], *tree.children[0], units, slots);
    case NodeKind::kRepeat:
      for (const TreePtr& iteration : tree.children) {
        unset_groups(*node.child(), slots);
        set_groups(*node.child(), *iteration, units, slots);
      }
      return;
    case NodeKind::kGroup:
      if (node.group() != 0) slots[node.group()] = {units.offsets[tree.begin], units.offsets[tree.end]};
      return set_groups(*node.child(), *tree.children[0], units, slots);
  }
}

}  // namespace redoubt::reference
