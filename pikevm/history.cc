#include "pikevm/history.h"

#include <algorithm>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

void History::clear() {
  nodes_.clear();
  recs_.clear();
  const Edge none{0, 0, kNoFrame, TagKind::kNone};
  nodes_.push_back({kRoot, kRoot, 0, kNoHeight, kNoFrame, none, none});
  work_ = 0;
}

NodeId History::extend(NodeId parent, TagKind kind, std::uint32_t height, Frame frame) {
  auto begin = static_cast<std::uint32_t>(recs_.size());
  recs_.push_back({frame, height});
  return attach(parent, {begin, begin + 1, frame, kind}, height, frame);
}

NodeId History::attach(NodeId parent, const Edge& edge, std::uint32_t last_height, Frame last_frame) {
  auto id = static_cast<NodeId>(nodes_.size());
  const Node& above = nodes_[parent];
  const Node& middle = nodes_[above.jump];
  Node node{parent, parent, above.depth + 1, last_height, last_frame, edge, edge};
  // Two jumps of one length in a row become one.
  if (parent != kRoot && above.depth - middle.depth == middle.depth - nodes_[middle.jump].depth) {
    node.jump = middle.jump;
    minima_first_.clear();
    if (above.jump != kRoot) add_recs(minima_first_, recs_, middle.jump_edge);
    add_recs(minima_first_, recs_, above.jump_edge);
    if (!REDOUBT_MUTANT(jump_loses_minima)) add_recs(minima_first_, recs_, edge);
    const Edge& top = above.jump != kRoot ? middle.jump_edge : above.jump_edge;
    auto begin = static_cast<std::uint32_t>(recs_.size());
    node.jump_edge = {begin, begin + static_cast<std::uint32_t>(minima_first_.size()), top.first_frame, top.first_kind};
    recs_.insert(recs_.end(), minima_first_.begin(), minima_first_.end());
  }
  nodes_.push_back(node);
  return id;
}

void History::retract(NodeId leaf) {
  assert(leaf + 1 == nodes_.size());
  recs_.resize(nodes_[leaf].edge.begin);
  nodes_.pop_back();
}

NodeId History::climb(NodeId node, std::uint32_t depth, Path& path) {
  while (nodes_[node].depth > depth) {
    const Node& n = nodes_[node];
    bool jump = nodes_[n.jump].depth >= depth;
    path.push(jump ? n.jump_edge : n.edge);
    node = jump ? n.jump : n.parent;
  }
  return node;
}

NodeId History::common_ancestor(NodeId first, NodeId second) {
  path_first_.size = path_second_.size = 0;
  first = climb(first, nodes_[second].depth, path_first_);
  second = climb(second, nodes_[first].depth, path_second_);
  // Now at one depth, so that their jumps are of one length.
  while (first != second) {
    const Node& a = nodes_[first];
    const Node& b = nodes_[second];
    bool jump = a.jump != b.jump;
    path_first_.push(jump ? a.jump_edge : a.edge);
    path_second_.push(jump ? b.jump_edge : b.edge);
    first = jump ? a.jump : a.parent;
    second = jump ? b.jump : b.parent;
  }
  return first;
}

void History::collect_minima(const Path& path, Frame fork, NodeId ancestor, std::vector<Rec>& minima) {
  minima.clear();
  if (nodes_[ancestor].last_frame == fork) minima.push_back({fork, nodes_[ancestor].last_height});
  for (std::size_t k = path.size; k-- > 0;) {
    const Edge& edge = *path.edges[k];
    add_recs(minima, recs_, edge);
    work_ += 1 + edge.end - edge.begin;
  }
}

// Reads rho backwards: between one entry and the next it is constant, before the first it is infinite.
Comparison History::compare_minima(const std::vector<Rec>& first, const std::vector<Rec>& second) {
  Comparison result{0, first.empty() ? kNoHeight : first.back().height,
                    second.empty() ? kNoHeight : second.back().height};
  std::size_t a = first.size();
  std::size_t b = second.size();
  while (a > 0 || b > 0) {
    std::uint32_t height_a = a > 0 ? first[a - 1].height : kNoHeight;
    std::uint32_t height_b = b > 0 ? second[b - 1].height : kNoHeight;
    if (height_a != height_b) {
      result.order = height_a > height_b ? -1 : 1;
      return result;
    }
    // Equal heights, so both lists have an entry. The one whose minimum came later was higher until then.
    if (first[a - 1].frame != second[b - 1].frame) {
      result.order = (first[a - 1].frame > second[b - 1].frame) != REDOUBT_MUTANT(cox_backward) ? -1 : 1;
      return result;
    }
    --a;
    --b;
  }
  return result;
}

Comparison History::compare(NodeId first, NodeId second) {
  if (first == second) return {0, kNoHeight, kNoHeight};
  NodeId ancestor = common_ancestor(first, second);
  const Edge* edge_first = path_first_.top();
  const Edge* edge_second = path_second_.top();
  // kNoFrame is greater than every frame.
  Frame fork =
      std::min(edge_first ? edge_first->first_frame : kNoFrame, edge_second ? edge_second->first_frame : kNoFrame);
  collect_minima(path_first_, fork, ancestor, minima_first_);
  collect_minima(path_second_, fork, ancestor, minima_second_);
  Comparison result = compare_minima(minima_first_, minima_second_);
  if (result.order != 0) return result;
  auto kind_in_fork = [&](const Edge* edge) {
    return edge && edge->first_frame == fork ? edge->first_kind : TagKind::kNone;
  };
  result.order = static_cast<int>(kind_in_fork(edge_first)) - static_cast<int>(kind_in_fork(edge_second));
  if (REDOUBT_MUTANT(later_branch_preferred)) result.order = -result.order;
  return result;
}

void History::begin_contraction() { fate_.assign(nodes_.size(), kDead); }

void History::finish_contraction() {
  fate_[kRoot] = kHeld;
  // Children have greater ids: from the end, a node's fate is known when it is reached.
  for (auto node = static_cast<NodeId>(nodes_.size() - 1); node > kRoot; --node) {
    if (fate_[node] == kDead) continue;
    NodeId& above = fate_[nodes_[node].parent];
    above = above == kDead ? kPassage : kHeld;
  }
  nodes_.swap(old_nodes_);
  recs_.swap(old_recs_);
  std::uint64_t work = work_ + old_nodes_.size();
  clear();
  work_ = work;
  for (NodeId node = 1; node < old_nodes_.size(); ++node) {
    if (fate_[node] == kHeld) copy_kept(node);
  }
  fate_[kRoot] = kRoot;
}

// Merges the chain of edges that ends in `node` into one.
void History::copy_kept(NodeId node) {
  chain_.clear();
  NodeId top = node;
  chain_.push_back(top);
  while (fate_[old_nodes_[top].parent] == kPassage) {
    top = old_nodes_[top].parent;
    if (!REDOUBT_MUTANT(contraction_loses_minima)) chain_.push_back(top);
  }
  minima_second_.clear();
  for (std::size_t k = chain_.size(); k-- > 0;) add_recs(minima_second_, old_recs_, old_nodes_[chain_[k]].edge);
  auto begin = static_cast<std::uint32_t>(recs_.size());
  recs_.insert(recs_.end(), minima_second_.begin(), minima_second_.end());
  NodeId parent = old_nodes_[top].parent;
  const Edge& first = old_nodes_[top].edge;
  fate_[node] = attach(parent == kRoot ? kRoot : fate_[parent],
                       {begin, static_cast<std::uint32_t>(recs_.size()), first.first_frame, first.first_kind},
                       old_nodes_[node].last_height, old_nodes_[node].last_frame);
}

std::size_t History::bytes() const {
  return (nodes_.capacity() + old_nodes_.capacity()) * sizeof(Node) +
         (recs_.capacity() + old_recs_.capacity() + minima_first_.capacity() + minima_second_.capacity()) *
             sizeof(Rec) +
         (chain_.capacity() + fate_.capacity()) * sizeof(NodeId);
}

}  // namespace redoubt::pikevm
