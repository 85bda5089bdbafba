#include "pikevm/history.h"

#include <algorithm>
#include <cassert>

namespace redoubt::pikevm {

void History::clear() {
  nodes_.clear();
  recs_.clear();
  nodes_.push_back({kRoot, 0, kNoHeight, TagKind::kNone, kNoFrame, kNoFrame});
  work_ = 0;
}

NodeId History::extend(NodeId parent, TagKind kind, std::uint32_t height, Frame frame) {
  auto id = static_cast<NodeId>(nodes_.size());
  recs_.push_back({frame, height});
  nodes_.push_back({parent, static_cast<std::uint32_t>(recs_.size()), height, kind, frame, frame});
  return id;
}

void History::retract(NodeId leaf) {
  assert(leaf + 1 == nodes_.size());
  (void)leaf;
  nodes_.pop_back();
  recs_.resize(nodes_.back().recs_end);
}

void History::collect_minima(const std::vector<NodeId>& path, Frame fork, NodeId ancestor, std::vector<Rec>& minima) {
  minima.clear();
  if (nodes_[ancestor].last_frame == fork) minima.push_back({fork, nodes_[ancestor].last_height});
  for (std::size_t k = path.size(); k-- > 0;) {
    std::uint32_t end = nodes_[path[k]].recs_end;
    for (std::uint32_t r = nodes_[path[k] - 1].recs_end; r < end; ++r) add_rec(minima, recs_[r]);
    work_ += end - nodes_[path[k] - 1].recs_end;
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
      result.order = first[a - 1].frame > second[b - 1].frame ? -1 : 1;
      return result;
    }
    --a;
    --b;
  }
  return result;
}

Comparison History::compare(NodeId first, NodeId second) {
  if (first == second) return {0, kNoHeight, kNoHeight};
  path_first_.clear();
  path_second_.clear();
  NodeId u = first;
  NodeId v = second;
  while (u != v) {
    if (u > v) {
      path_first_.push_back(u);
      u = nodes_[u].parent;
    } else {
      path_second_.push_back(v);
      v = nodes_[v].parent;
    }
  }
  work_ += path_first_.size() + path_second_.size();
  const Node* edge_first = path_first_.empty() ? nullptr : &nodes_[path_first_.back()];
  const Node* edge_second = path_second_.empty() ? nullptr : &nodes_[path_second_.back()];
  // kNoFrame is greater than every frame.
  Frame fork = std::min(edge_first ? edge_first->first_frame : kNoFrame,
                        edge_second ? edge_second->first_frame : kNoFrame);
  collect_minima(path_first_, fork, u, minima_first_);
  collect_minima(path_second_, fork, u, minima_second_);
  Comparison result = compare_minima(minima_first_, minima_second_);
  if (result.order != 0) return result;
  auto kind_in_fork = [&](const Node* edge) {
    return edge && edge->first_frame == fork ? edge->first_kind : TagKind::kNone;
  };
  result.order = static_cast<int>(kind_in_fork(edge_first)) - static_cast<int>(kind_in_fork(edge_second));
  return result;
}

TagKind History::first_kind(NodeId node) const {
  if (node == kRoot) return TagKind::kNone;
  while (nodes_[node].parent != kRoot) node = nodes_[node].parent;
  return nodes_[node].first_kind;
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
  new_nodes_.clear();
  new_recs_.clear();
  new_nodes_.push_back(nodes_[kRoot]);
  work_ += nodes_.size();
  for (NodeId node = 1; node < nodes_.size(); ++node) {
    if (fate_[node] == kHeld) copy_kept(node);
  }
  fate_[kRoot] = kRoot;
  nodes_.swap(new_nodes_);
  recs_.swap(new_recs_);
}

// Merges the chain of edges that ends in `node` into one.
void History::copy_kept(NodeId node) {
  path_first_.clear();
  NodeId top = node;
  path_first_.push_back(top);
  while (fate_[nodes_[top].parent] == kPassage) {
    top = nodes_[top].parent;
    path_first_.push_back(top);
  }
  NodeId parent = nodes_[top].parent;
  collect_minima(path_first_, kNoFrame - 1, kRoot, minima_first_);
  new_recs_.insert(new_recs_.end(), minima_first_.begin(), minima_first_.end());
  const Node& old = nodes_[node];
  auto id = static_cast<NodeId>(new_nodes_.size());
  new_nodes_.push_back({parent == kRoot ? kRoot : fate_[parent], static_cast<std::uint32_t>(new_recs_.size()),
                        old.last_height, nodes_[top].first_kind, nodes_[top].first_frame, old.last_frame});
  fate_[node] = id;
}

std::size_t History::bytes() const {
  return (nodes_.capacity() + new_nodes_.capacity()) * sizeof(Node) +
         (recs_.capacity() + new_recs_.capacity() + minima_first_.capacity() + minima_second_.capacity()) *
             sizeof(Rec) +
         (path_first_.capacity() + path_second_.capacity() + fate_.capacity()) * sizeof(NodeId);
}

}  // namespace redoubt::pikevm
