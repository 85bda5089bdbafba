#include "syntax/regex.h"

#include <cassert>
#include <utility>

#include "syntax/tree_builder.h"

namespace redoubt::syntax {

namespace {

/// In a non-capturing group, if nodes of that kind need one.
Regex wrap_if(bool (*needed)(NodeKind), Regex r) { return needed(r->kind()) ? non_capturing(std::move(r)) : r; }

}  // namespace

Regex empty() {
  static const Regex node = TreeBuilder::single_empty();
  return node;
}

Regex char_class(CharClass c) { return TreeBuilder::single_class(c.ranges()); }

Regex literal(std::uint32_t unit) { return char_class(CharClass::single(unit)); }

Regex look(Look kind) { return TreeBuilder::single_look(kind); }

Regex concat(std::vector<Regex> children) {
  if (children.empty()) return empty();
  if (children.size() == 1) return std::move(children[0]);
  for (Regex& child : children) child = wrap_if(needs_group_in_concat, std::move(child));
  return TreeBuilder::single_list(NodeKind::kConcat, std::move(children));
}

Regex alternate(std::vector<Regex> branches) {
  if (branches.empty()) return empty();
  if (branches.size() == 1) return std::move(branches[0]);
  for (Regex& branch : branches) branch = wrap_if(needs_group_as_branch, std::move(branch));
  return TreeBuilder::single_list(NodeKind::kAlternate, std::move(branches));
}

Regex repeat(Regex body, std::uint32_t min, std::uint32_t max, bool greedy) {
  assert(min <= max && min != kInfinite);
  return TreeBuilder::single_repeat(wrap_if(needs_group_in_repeat, std::move(body)), min, max, greedy);
}

Regex group(Regex body, std::uint32_t number, std::string_view name) {
  assert(number >= 1);
  return TreeBuilder::single_group(std::move(body), number, name);
}

Regex non_capturing(Regex body) { return TreeBuilder::single_group(std::move(body), 0, {}); }

int compare(const Regex& a, const Regex& b) {
  if (a == b) return 0;
  auto order = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
  if (int c = order(a->size(), b->size())) return c;
  if (int c = order(a->kind(), b->kind())) return c;
  if (int c = order(a->look(), b->look())) return c;
  if (int c = order(a->min(), b->min())) return c;
  if (int c = order(a->max(), b->max())) return c;
  if (int c = order(!a->greedy(), !b->greedy())) return c;
  if (int c = order(a->group(), b->group())) return c;
  if (int c = order(a->name(), b->name())) return c;
  if (int c = order(a->char_class().size(), b->char_class().size())) return c;
  if (a->char_class() != b->char_class()) return a->char_class() < b->char_class() ? -1 : 1;
  if (int c = order(a->children().size(), b->children().size())) return c;
  for (std::size_t i = 0; i < a->children().size(); ++i) {
    if (int c = compare(a->children()[i], b->children()[i])) return c;
  }
  return 0;
}

bool equal(const Regex& a, const Regex& b) { return compare(a, b) == 0; }

Regex with_children(const Node& node, std::vector<Regex> children) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
      return empty();
    case NodeKind::kClass:
      return char_class(node.char_class());
    case NodeKind::kLook:
      return look(node.look());
    case NodeKind::kConcat:
      return concat(std::move(children));
    case NodeKind::kAlternate:
      return alternate(std::move(children));
    case NodeKind::kRepeat:
      return repeat(std::move(children[0]), node.min(), node.max(), node.greedy());
    case NodeKind::kGroup:
      return node.group() == 0 ? non_capturing(std::move(children[0]))
                               : group(std::move(children[0]), node.group(), node.name());
  }
  return empty();
}

namespace {

Regex renumber(const Regex& r, std::uint32_t& next) {
  if (r->max_group() == 0) return r;
  if (r->kind() == NodeKind::kGroup && r->group() != 0) {
    std::uint32_t number = ++next;
    return group(renumber(r->child(), next), number, r->name());
  }
  std::vector<Regex> children;
  children.reserve(r->children().size());
  for (const Regex& child : r->children()) children.push_back(renumber(child, next));
  return with_children(*r, std::move(children));
}

void collect(const Regex& r, std::vector<CharClass>& classes) {
  if (r->kind() == NodeKind::kClass) classes.push_back(r->char_class());
  for (const Regex& child : r->children()) collect(child, classes);
}

std::string dump_class(const CharClass& c) {
  auto unit = [](std::uint32_t u) {
    return u > ' ' && u < 0x7F ? std::string(1, static_cast<char>(u)) : "#" + std::to_string(u);
  };
  if (c.is_single()) return unit(c.front());
  std::string text = "[";
  for (const Range& range : c.ranges()) {
    text += unit(range.lo);
    if (range.hi != range.lo) text += "-" + unit(range.hi);
  }
  return text + "]";
}

}  // namespace

Regex renumber_groups(const Regex& r) {
  std::uint32_t next = 0;
  return renumber(r, next);
}

std::vector<CharClass> collect_classes(const Regex& r) {
  std::vector<CharClass> classes;
  collect(r, classes);
  return classes;
}

std::string dump(const Regex& r) {
  static constexpr const char* kLookNames[kLookKinds] = {"^", "$", "\\A", "\\z", "(?m)^", "(?m)$", "\\b", "\\B"};
  std::string text;
  switch (r->kind()) {
    case NodeKind::kEmpty:
      return "empty";
    case NodeKind::kClass:
      return dump_class(r->char_class());
    case NodeKind::kLook:
      return kLookNames[static_cast<int>(r->look())];
    case NodeKind::kConcat:
      text = "(cat";
      break;
    case NodeKind::kAlternate:
      text = "(alt";
      break;
    case NodeKind::kRepeat:
      text = "(rep " + std::to_string(r->min()) + " " + (r->max() == kInfinite ? "inf" : std::to_string(r->max())) +
             (r->greedy() ? "" : " lazy");
      break;
    case NodeKind::kGroup:
      text = "(grp " + std::to_string(r->group()) + (r->name().empty() ? "" : " ") + std::string(r->name());
      break;
  }
  for (const Regex& child : r->children()) text += " " + dump(child);
  return text + ")";
}

}  // namespace redoubt::syntax
