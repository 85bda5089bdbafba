#include "syntax/tree_builder.h"

#include <algorithm>
#include <new>
#include <utility>

namespace redoubt::syntax {

namespace {

/// Blocks grow by this and then by twice as much each time.
constexpr std::size_t kSmallestMore = std::size_t{4} << 10;
constexpr std::size_t kLargestMore = std::size_t{1} << 20;

}  // namespace

static_assert(sizeof(NodeBlock) % alignof(Node) == 0 && sizeof(NodeBlock::More) % alignof(Node) == 0);
static_assert(sizeof(Node) % alignof(Regex) == 0 && sizeof(Regex) == sizeof(const Node*));

void NodeBlock::free(NodeBlock* block) {
  for (const Regex& child : block->outside) child.~Regex();
  for (More* more = block->more; more != nullptr;) ::operator delete(std::exchange(more, more->next));
  ::operator delete(block);
}

TreeBuilder::TreeBuilder(std::size_t bytes)
    : block_(new (::operator new(sizeof(NodeBlock) + bytes)) NodeBlock),
      at_(reinterpret_cast<char*>(block_ + 1)),
      end_(at_ + bytes),
      next_size_(kSmallestMore) {}

void TreeBuilder::more(std::size_t bytes) {
  const std::size_t size = std::max(bytes, next_size_);
  next_size_ = std::min(2 * next_size_, kLargestMore);
  block_->more = new (::operator new(sizeof(NodeBlock::More) + size)) NodeBlock::More{block_->more};
  at_ = reinterpret_cast<char*>(block_->more + 1);
  end_ = at_ + size;
}

Node* TreeBuilder::make(NodeKind kind, std::size_t children, std::size_t name_bytes) {
  void* memory = allocate(sizeof(Node) + children * sizeof(Regex) + name_bytes);
  Node* node = new (memory) Node(kind, block_);
  node->child_count_ = static_cast<std::uint32_t>(children);
  return node;
}

void TreeBuilder::set_child(Node* node, std::size_t k, const Node* child) {
  new (const_cast<Regex*>(node->first_child()) + k) Regex(child);
  node->size_ += child->size_;
  node->depth_ = std::max(node->depth_, child->depth_ + 1);
  node->max_group_ = std::max(node->max_group_, child->max_group_);
}

const Node* TreeBuilder::char_class(View<Range> ranges) {
  Node* node = make(NodeKind::kClass);
  if (ranges.size() > 1) {
    auto* copy = static_cast<Range*>(allocate(ranges.size() * sizeof(Range)));
    std::copy(ranges.begin(), ranges.end(), copy);
    ranges = {copy, ranges.size()};
  }
  node->class_.borrow(ranges);
  return node;
}

const Node* TreeBuilder::look(Look kind) {
  Node* node = make(NodeKind::kLook);
  node->look_ = kind;
  return node;
}

const Node* TreeBuilder::concat(View<const Node*> children) {
  if (children.empty()) return empty();
  if (children.size() == 1) return children.front();
  Node* node = make(NodeKind::kConcat, children.size());
  for (std::size_t k = 0; k < children.size(); ++k) {
    const Node* child = children[k];
    set_child(node, k, needs_group_in_concat(child->kind_) ? non_capturing(child) : child);
  }
  return node;
}

const Node* TreeBuilder::alternate(View<const Node*> branches) {
  if (branches.empty()) return empty();
  if (branches.size() == 1) return branches.front();
  Node* node = make(NodeKind::kAlternate, branches.size());
  for (std::size_t k = 0; k < branches.size(); ++k) {
    const Node* branch = branches[k];
    set_child(node, k, needs_group_as_branch(branch->kind_) ? non_capturing(branch) : branch);
  }
  return node;
}

const Node* TreeBuilder::repeat(const Node* body, std::uint32_t min, std::uint32_t max, bool greedy) {
  if (needs_group_in_repeat(body->kind_)) body = non_capturing(body);
  Node* node = make(NodeKind::kRepeat, 1);
  node->number_ = min;
  node->max_ = max;
  node->greedy_ = greedy;
  set_child(node, 0, body);
  return node;
}

const Node* TreeBuilder::group(const Node* body, std::uint32_t number, std::string_view name) {
  Node* node = make(NodeKind::kGroup, 1, name.size());
  node->number_ = number;
  node->max_group_ = number;
  node->size_ = number == 0 ? 0 : 1;
  set_child(node, 0, body);
  if (!name.empty()) {
    node->name_size_ = static_cast<std::uint32_t>(name.size());
    name.copy(const_cast<char*>(node->name().data()), name.size());
  }
  return node;
}

Regex TreeBuilder::finish(const Node* root) {
  block_ = nullptr;
  return Regex(root);
}

Regex TreeBuilder::finish_single(const Node* node) {
  block_->outside = node->children();
  return finish(node);
}

Regex TreeBuilder::single_empty() {
  TreeBuilder builder(sizeof(Node));
  return builder.finish(builder.empty());
}

Regex TreeBuilder::single_class(View<Range> ranges) {
  TreeBuilder builder(sizeof(Node) + ranges.size() * sizeof(Range));
  return builder.finish(builder.char_class(ranges));
}

Regex TreeBuilder::single_look(Look kind) {
  TreeBuilder builder(sizeof(Node));
  return builder.finish(builder.look(kind));
}

Regex TreeBuilder::single_list(NodeKind kind, std::vector<Regex> children) {
  TreeBuilder builder(sizeof(Node) + children.size() * sizeof(Regex));
  Node* node = builder.make(kind, children.size());
  for (std::size_t k = 0; k < children.size(); ++k) {
    builder.set_child(node, k, std::exchange(children[k].node_, nullptr));
  }
  return builder.finish_single(node);
}

Regex TreeBuilder::single_repeat(Regex body, std::uint32_t min, std::uint32_t max, bool greedy) {
  TreeBuilder builder(sizeof(Node) + sizeof(Regex));
  return builder.finish_single(builder.repeat(std::exchange(body.node_, nullptr), min, max, greedy));
}

Regex TreeBuilder::single_group(Regex body, std::uint32_t number, std::string_view name) {
  TreeBuilder builder(sizeof(Node) + sizeof(Regex) + name.size() + kAlignment);
  return builder.finish_single(builder.group(std::exchange(body.node_, nullptr), number, name));
}

}  // namespace redoubt::syntax
