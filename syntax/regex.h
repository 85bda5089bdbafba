// The immutable syntax tree that every layer shares (SEMANTICS, "Core syntax"). All sugar (flags, escapes, case
// folding, shorthand classes) is gone: a tree means the same in every engine. Factories keep each tree printable:
// parse(print(r)) gives r back. Nothing that matters for POSIX captures is simplified away.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "syntax/char_class.h"
#include "syntax/match.h"

namespace redoubt::syntax {

enum class NodeKind : std::uint8_t { kEmpty, kClass, kLook, kConcat, kAlternate, kRepeat, kGroup };

/// Zero-width assertions. kCaret and kTextStart hold at the same places (likewise kDollar and kTextEnd); they are two
/// kinds because engines are given what was written. kLineStart is `(?m)^`, kLineEnd `(?m)$`.
enum class Look : std::uint8_t {
  kCaret,
  kDollar,
  kTextStart,
  kTextEnd,
  kLineStart,
  kLineEnd,
  kWordBoundary,
  kNotWordBoundary,
};
inline constexpr int kLookKinds = 8;

/// The maximum of a repeat without an upper bound.
inline constexpr std::uint32_t kInfinite = std::numeric_limits<std::uint32_t>::max();

class Node;
/// A regex is a shared pointer to an immutable node; never null.
using Regex = std::shared_ptr<const Node>;

class Node {
 public:
  NodeKind kind() const { return kind_; }
  /// kClass: the units matched.
  const CharClass& char_class() const { return class_; }
  /// kLook.
  Look look() const { return look_; }
  /// kConcat and kAlternate: two or more; kRepeat and kGroup: one; else none.
  const std::vector<Regex>& children() const { return children_; }
  const Regex& child() const { return children_.front(); }
  /// kRepeat: min <= max; max may be kInfinite.
  std::uint32_t min() const { return min_; }
  std::uint32_t max() const { return max_; }
  bool greedy() const { return greedy_; }
  /// kGroup: the group's number from 1, or 0 for a non-capturing group.
  std::uint32_t group() const { return group_; }
  /// kGroup: the group's name, or "".
  const std::string& name() const { return name_; }

  /// Number of nodes, non-capturing groups not counted: the size in which enumeration and shrinking count.
  std::uint32_t size() const { return size_; }
  /// The longest path down, all nodes counted.
  std::uint32_t depth() const { return depth_; }
  /// The highest group number in the tree (0 if none).
  std::uint32_t max_group() const { return max_group_; }

 private:
  friend struct NodeBuilder;
  NodeKind kind_ = NodeKind::kEmpty;
  Look look_ = Look::kCaret;
  bool greedy_ = true;
  std::uint32_t min_ = 0, max_ = 0, group_ = 0;
  std::uint32_t size_ = 1, depth_ = 1, max_group_ = 0;
  CharClass class_;
  std::vector<Regex> children_;
  std::string name_;
};

// Factories. They wrap a child in a non-capturing group where the text form needs one (a concat within a concat, an
// alternate within a concat or an alternate, anything but a class, group or look under a repeat, an empty anywhere but
// at the top, in a group or as a branch); they never drop or reorder anything.
Regex empty();
Regex char_class(CharClass c);
Regex literal(std::uint32_t unit);
Regex look(Look kind);
/// No children: empty(); one child: that child.
Regex concat(std::vector<Regex> children);
/// No children: empty(); one child: that child.
Regex alternate(std::vector<Regex> branches);
/// Requires min <= max and max > 0 or min == 0.
Regex repeat(Regex body, std::uint32_t min, std::uint32_t max, bool greedy = true);
/// number >= 1.
Regex group(Regex body, std::uint32_t number, std::string name = {});
Regex non_capturing(Regex body);

/// Same structure, classes, bounds, group numbers and names.
bool equal(const Regex& a, const Regex& b);
/// A total order: by size first, then by structure. What "smaller" means to the shrinker.
int compare(const Regex& a, const Regex& b);
/// The same tree with groups numbered 1, 2, … by their opening parenthesis.
Regex renumber_groups(const Regex& r);
/// The same tree with other children (same kind, bounds, number, …); children.size() fits the kind.
Regex with_children(const Node& node, std::vector<Regex> children);
/// Every class that occurs, in order of occurrence, with repetitions.
std::vector<CharClass> collect_classes(const Regex& r);
/// True when some node of the tree has the property.
template <class Predicate>
bool any_node(const Regex& r, const Predicate& holds) {
  if (holds(*r)) return true;
  for (const Regex& child : r->children()) {
    if (any_node(child, holds)) return true;
  }
  return false;
}
/// A debugging form: `(cat a (rep 0 inf (grp 1 b)))`. Not parsed by anything.
std::string dump(const Regex& r);

}  // namespace redoubt::syntax
