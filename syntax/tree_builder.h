// TreeBuilder: makes the nodes of a tree, one after the other in one block of memory; the parser's way to a tree, and
// that of the factories of regex.h, which are a block of a single node each. It adds the groups that text needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/regex.h"

namespace redoubt::syntax {

/// Where a node of that kind must stand in a non-capturing group to be printable.
inline bool needs_group_in_concat(NodeKind k) {
  return k == NodeKind::kConcat || k == NodeKind::kAlternate || k == NodeKind::kEmpty;
}
inline bool needs_group_as_branch(NodeKind k) { return k == NodeKind::kAlternate; }
inline bool needs_group_in_repeat(NodeKind k) {
  return k != NodeKind::kClass && k != NodeKind::kGroup && k != NodeKind::kLook;
}

/// Children are nodes of the same builder. What is not part of the finished tree goes with it all the same.
class TreeBuilder {
 public:
  /// Room for so many bytes of nodes at first; more is taken where that does not do.
  explicit TreeBuilder(std::size_t bytes);
  TreeBuilder(const TreeBuilder&) = delete;
  TreeBuilder& operator=(const TreeBuilder&) = delete;
  ~TreeBuilder() {
    if (block_ != nullptr) NodeBlock::drop(block_);
  }

  const Node* empty() { return make(NodeKind::kEmpty); }
  /// Ranges are in a CharClass's normal form.
  const Node* char_class(View<Range> ranges);
  const Node* unit(std::uint32_t unit) {
    const Range range{unit, unit};
    return char_class({&range, 1});
  }
  const Node* look(Look kind);
  /// No children: empty(); one child: that child.
  const Node* concat(View<const Node*> children);
  const Node* alternate(View<const Node*> branches);
  const Node* repeat(const Node* body, std::uint32_t min, std::uint32_t max, bool greedy);
  const Node* group(const Node* body, std::uint32_t number, std::string_view name);
  const Node* non_capturing(const Node* body) { return group(body, 0, {}); }
  /// The tree; nothing else may be asked of the builder then.
  Regex finish(const Node* root);

  // A node in a block of its own, whose children lie elsewhere. No groups are added.
  static Regex single_empty();
  static Regex single_class(View<Range> ranges);
  static Regex single_look(Look kind);
  static Regex single_list(NodeKind kind, std::vector<Regex> children);
  static Regex single_repeat(Regex body, std::uint32_t min, std::uint32_t max, bool greedy);
  static Regex single_group(Regex body, std::uint32_t number, std::string_view name);

 private:
  void* allocate(std::size_t bytes) {
    bytes = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    if (static_cast<std::size_t>(end_ - at_) < bytes) more(bytes);
    char* memory = at_;
    at_ += bytes;
    return memory;
  }
  void more(std::size_t bytes);
  Node* make(NodeKind kind, std::size_t children = 0, std::size_t name_bytes = 0);
  void set_child(Node* node, std::size_t k, const Node* child);
  /// Ends a block of one node, whose children were given away by their owners.
  Regex finish_single(const Node* node);

  static constexpr std::size_t kAlignment = alignof(Node);
  NodeBlock* block_;
  char* at_;
  char* end_;
  std::size_t next_size_;
};

}  // namespace redoubt::syntax
