// The immutable syntax tree that every layer shares (SEMANTICS, "Core syntax"). All sugar (flags, escapes, case
// folding, shorthand classes) is gone: a tree means the same in every engine. Factories keep each tree printable:
// parse(print(r)) gives r back. Nothing that matters for POSIX captures is simplified away.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/char_class.h"
#include "syntax/match.h"
#include "syntax/view.h"

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
struct NodeBlock;

/// A regex is a shared, counted pointer to an immutable node; never null but where it was default-constructed or moved
/// from. It keeps alive the whole block of memory that the node lies in, which for a parsed pattern is its whole tree.
/// Threads may copy, use and drop regexes of one tree at the same time.
class Regex {
 public:
  Regex() = default;
  Regex(std::nullptr_t) {}  // NOLINT: implicit, as for any pointer
  inline Regex(const Regex& other);
  Regex(Regex&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  Regex& operator=(Regex other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  inline ~Regex();

  const Node& operator*() const { return *node_; }
  const Node* operator->() const { return node_; }
  const Node* get() const { return node_; }
  explicit operator bool() const { return node_ != nullptr; }
  /// The same node; see equal() for the same structure.
  friend bool operator==(const Regex& a, const Regex& b) { return a.node_ == b.node_; }

 private:
  friend class TreeBuilder;
  /// Takes over a reference that was counted already, or that need not be counted.
  explicit Regex(const Node* node) : node_(node) {}

  const Node* node_ = nullptr;
};

class Node {
 public:
  NodeKind kind() const { return kind_; }
  /// kClass: the units matched.
  const CharClass& char_class() const { return class_; }
  /// kLook.
  Look look() const { return look_; }
  /// kConcat and kAlternate: two or more; kRepeat and kGroup: one; else none.
  View<Regex> children() const { return {first_child(), child_count_}; }
  const Regex& child() const { return *first_child(); }
  /// kRepeat: min <= max; max may be kInfinite.
  std::uint32_t min() const { return kind_ == NodeKind::kRepeat ? number_ : 0; }
  std::uint32_t max() const { return max_; }
  bool greedy() const { return greedy_; }
  /// kGroup: the group's number from 1, or 0 for a non-capturing group.
  std::uint32_t group() const { return kind_ == NodeKind::kGroup ? number_ : 0; }
  /// kGroup: the group's name, or "".
  std::string_view name() const { return {reinterpret_cast<const char*>(first_child() + child_count_), name_size_}; }

  /// Number of nodes, non-capturing groups not counted: the size in which enumeration and shrinking count.
  std::uint32_t size() const { return size_; }
  /// The longest path down, all nodes counted.
  std::uint32_t depth() const { return depth_; }
  /// The highest group number in the tree (0 if none).
  std::uint32_t max_group() const { return max_group_; }

  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

 private:
  friend class Regex;
  friend class TreeBuilder;

  Node(NodeKind kind, NodeBlock* block) : block_(block), kind_(kind) {}
  /// Behind the node lie its children, and behind them its name.
  const Regex* first_child() const { return reinterpret_cast<const Regex*>(this + 1); }

  NodeBlock* block_;
  NodeKind kind_;
  Look look_ = Look::kCaret;
  bool greedy_ = true;
  std::uint32_t child_count_ = 0;
  std::uint32_t name_size_ = 0;
  std::uint32_t number_ = 0;  ///< kRepeat: min; kGroup: the group
  std::uint32_t max_ = 0;
  std::uint32_t size_ = 1, depth_ = 1, max_group_ = 0;
  CharClass class_;
};

/// The head of a block of memory with nodes in it, or of the first one of several. References between nodes of a block
/// are not counted: the block has a count as a whole. tree_builder.h fills blocks.
struct NodeBlock {
  /// Further memory of the block.
  struct More {
    More* next;
  };
  std::atomic<std::uint32_t> references{1};
  More* more = nullptr;
  /// The children of a block's only node lie outside of it, and its references to them are counted.
  View<Regex> outside;

  /// Drops one reference, and the block's memory with the last.
  static void drop(NodeBlock* block) {
    // Who holds the only reference needs no exchange with others to drop it.
    if (block->references.load(std::memory_order_acquire) == 1 ||
        block->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      free(block);
    }
  }
  static void free(NodeBlock* block);
};

inline Regex::Regex(const Regex& other) : node_(other.node_) {
  if (node_ != nullptr) node_->block_->references.fetch_add(1, std::memory_order_relaxed);
}
inline Regex::~Regex() {
  if (node_ != nullptr) NodeBlock::drop(node_->block_);
}

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
Regex group(Regex body, std::uint32_t number, std::string_view name = {});
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
