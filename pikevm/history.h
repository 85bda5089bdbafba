// History: how each leftmost-longest thread came to be where it is, as a trie of tagged events, kept only as far as
// threads can still be compared by it. After contract() it has fewer than twice as many nodes as there are threads.
// It knows nothing of programs.
//
// A parse tree is written as its tags in order: OPEN(h+1) … CLOSE(h) around a node of height h, NIL(h) for a node that
// is skipped. A frame is the location at which a tag was passed. Two threads in the same state are compared as Okui and
// Suzuki ("Disambiguation in regular expression matching via position automata with augmented transitions", 2010) do,
// in the form of Borsotti and Trofimovich ("Efficient POSIX submatch extraction on NFA", 2019, 2021):
//
// - let k be the frame in which the two sequences fork, and for each frame f >= k let rho(f) be the least height since
//   the fork, up to the end of f (in k the last tag before the fork counts as well, if it lies in k);
// - the greater rho in the last frame where the two differ wins: at that time the other thread had already left a
//   node that this one was still filling;
// - if all are equal, the first tags after the fork and within k decide: nothing, CLOSE, OPEN, NIL, best first.
//
// Invariants: a node's id is greater than its parent's. `recs` of an edge are the strict prefix minima of its tags'
// heights, one for each frame at most, frames ascending and heights descending: rho of a path is read off the
// concatenation of its edges' recs. So recs of an edge are no more than the heights there are, whatever its length.
// Merging a chain of edges keeps the first tag's kind and frame, the last tag's height and frame, and the prefix
// minima, which is all that a later comparison can ask: forks only ever happen at nodes that were kept. Beside the edge
// to its parent, a node has one merged edge to an ancestor farther up, chosen by depth alone (Myers, "An applicative
// random-access stack", 1983), so that the way to a common ancestor has O(log depth) edges.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "pikevm/program.h"

namespace redoubt::pikevm {

using NodeId = std::uint32_t;
/// The location of a tag: a byte offset.
using Frame = std::size_t;

/// compare()'s answer. `order` < 0: the first is better; > 0: the second; 0: they are the same history. The final rho
/// values are those of the last frame.
struct Comparison {
  int order;
  std::uint32_t rho_first;
  std::uint32_t rho_second;
};
inline constexpr std::uint32_t kNoHeight = std::numeric_limits<std::uint32_t>::max();

class History {
 public:
  static constexpr NodeId kRoot = 0;

  History() { clear(); }
  /// Leaves the root alone; keeps the memory.
  void clear();
  /// A new leaf: `parent`'s history and one tag more. `frame` is no less than that of any tag before.
  NodeId extend(NodeId parent, TagKind kind, std::uint32_t height, Frame frame);
  /// Takes back the last extend(), whose answer `leaf` was.
  void retract(NodeId leaf);
  /// O(log depth) edges of at most as many recs as there are heights.
  Comparison compare(NodeId first, NodeId second);

  /// Contraction in three steps: begin, mark every node that a thread holds, finish; renamed() then gives the new id
  /// of a marked node. Ids keep their order. O(nodes and recs).
  void begin_contraction();
  void mark(NodeId node) { fate_[node] = kHeld; }
  void finish_contraction();
  NodeId renamed(NodeId node) const { return fate_[node]; }

  /// Nodes, the root included.
  std::size_t size() const { return nodes_.size(); }
  std::size_t bytes() const;
  /// Edges and recs looked at so far, in units of constant work.
  std::uint64_t work() const { return work_; }

 private:
  struct Rec {
    Frame frame;
    std::uint32_t height;
  };
  /// A tag sequence, as far as comparisons need it: recs_[begin, end) and its first tag.
  struct Edge {
    std::uint32_t begin, end;
    Frame first_frame;
    TagKind first_kind;
  };
  struct Node {
    NodeId parent;
    NodeId jump;  ///< an ancestor; where it is the parent, the two edges are one
    std::uint32_t depth;
    std::uint32_t last_height;
    Frame last_frame;
    Edge edge;       ///< from the parent
    Edge jump_edge;  ///< from `jump`
  };
  static constexpr NodeId kDead = 0xFFFFFFFF;     ///< nothing below it is held
  static constexpr NodeId kHeld = 0xFFFFFFFE;     ///< a thread is here, or two live edges leave it
  static constexpr NodeId kPassage = 0xFFFFFFFD;  ///< one live edge leaves it
  static constexpr Frame kNoFrame = static_cast<Frame>(-1);

  static void add_rec(std::vector<Rec>& list, Rec rec) {
    if (!list.empty() && list.back().height <= rec.height) return;
    if (!list.empty() && list.back().frame == rec.frame) {
      list.back().height = rec.height;
    } else {
      list.push_back(rec);
    }
  }
  static void add_recs(std::vector<Rec>& list, const std::vector<Rec>& recs, const Edge& edge) {
    for (std::uint32_t r = edge.begin; r < edge.end; ++r) add_rec(list, recs[r]);
  }
  /// A node below `parent` by an edge whose recs are the last of recs_.
  NodeId attach(NodeId parent, const Edge& edge, std::uint32_t last_height, Frame last_frame);
  /// The edges of a path, the last first. Their number is logarithmic in the depth, which fits 32 bits.
  struct Path {
    static constexpr std::size_t kMost = 192;
    std::size_t size = 0;
    std::array<const Edge*, kMost> edges;

    void push(const Edge& edge) {
      assert(size < kMost);
      edges[size++] = &edge;
    }
    /// The first edge, nullptr if there is none.
    const Edge* top() const { return size == 0 ? nullptr : edges[size - 1]; }
  };
  NodeId climb(NodeId node, std::uint32_t depth, Path& path);
  /// Leaves the edges from the common ancestor, the last first, in the two paths, and returns the ancestor.
  NodeId common_ancestor(NodeId first, NodeId second);
  void collect_minima(const Path& path, Frame fork, NodeId ancestor, std::vector<Rec>& minima);
  static Comparison compare_minima(const std::vector<Rec>& first, const std::vector<Rec>& second);
  void copy_kept(NodeId node);

  std::vector<Node> nodes_;
  std::vector<Rec> recs_;
  std::uint64_t work_ = 0;
  // Scratch of compare and of contraction.
  Path path_first_, path_second_;
  std::vector<Rec> minima_first_, minima_second_;
  std::vector<NodeId> fate_;  ///< by old id: one of the constants above, then the new id
  std::vector<NodeId> chain_;
  std::vector<Node> old_nodes_;
  std::vector<Rec> old_recs_;
};

}  // namespace redoubt::pikevm
