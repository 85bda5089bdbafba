// The definition itself (SEMANTICS A1-A5) by plain enumeration: all parse trees of a span, the order on them, the best
// one, its groups. For small cases only; it shares no code with the derivative-based matcher, not even how a haystack
// is read, and exists to be compared with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::reference {

struct ParseTree;
using TreePtr = std::shared_ptr<const ParseTree>;

/// A1: how a node matches units [begin,end). Locations count units, not bytes.
struct ParseTree {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t branch = 0;         ///< kAlternate: which branch
  std::vector<TreePtr> children;  ///< kConcat: one per child; kAlternate, kGroup: one; kRepeat: one per iteration
};

/// A haystack cut into units.
struct Units {
  std::vector<std::uint32_t> values;  ///< kNoUnit for a byte that belongs to no unit
  std::vector<std::size_t> offsets;   ///< byte offset of each location: values.size() + 1
  static constexpr std::uint32_t kNoUnit = static_cast<std::uint32_t>(-1);

  Units(std::string_view haystack, Encoding encoding);
  std::size_t size() const { return values.size(); }
};

/// SEMANTICS E: does the assertion hold at a location?
bool holds(syntax::Look look, const Units& units, std::size_t location);

/// All parse trees, made as they are asked for. `limit` bounds how many trees there may be in all, and sixteen times as
/// many how many beginnings of trees are tried.
class TreeEnumeration {
 public:
  TreeEnumeration(syntax::Regex regex, const Units& units, std::size_t limit = 2'000'000);
  ~TreeEnumeration();

  /// Every tree of the whole regex over [begin,end), in no particular order. Empty when there is none.
  const std::vector<TreePtr>& trees(std::size_t begin, std::size_t end);
  bool limit_reached() const { return limit_reached_; }

 private:
  using List = std::vector<TreePtr>;
  const List& trees_of(const syntax::Node& node, std::size_t begin, std::size_t end);
  void add_concat(const syntax::Node& node, std::size_t child, std::vector<TreePtr>& done, std::size_t begin,
                  std::size_t at, std::size_t end, List& out);
  void add_repeat(const syntax::Node& node, std::vector<TreePtr>& done, std::size_t begin, std::size_t at,
                  std::size_t end, List& out);
  void add(List& out, ParseTree tree);
  bool may_try();

  syntax::Regex regex_;
  const Units& units_;
  std::size_t left_;
  std::size_t tries_left_;
  bool limit_reached_ = false;
  struct Memo;
  std::unique_ptr<Memo> memo_;
};

/// A3: negative when a is better, positive when b is, 0 when they are the same tree. Both are trees of `node` over the
/// same span.
int compare_trees(const syntax::Node& node, const ParseTree& a, const ParseTree& b);

/// A5: sets the groups of a tree; slots must have room for every group, and slot 0 is not touched.
void set_groups(const syntax::Node& node, const ParseTree& tree, const Units& units, Slots& slots);

}  // namespace redoubt::reference
