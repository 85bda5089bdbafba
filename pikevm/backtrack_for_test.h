// Leftmost-first matching with loop policy `pcre2` as a backtracker over the tree, word for word SEMANTICS B1 to B3,
// for tests. It remembers nothing of what failed and knows no levels; exponential; haystacks of a few bytes. Shares no
// code with the searches.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

#include "pikevm/definition_for_test.h"
#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::pikevm::test {

class Backtracker {
 public:
  /// nullopt: no match. `gave_up` is set, and the answer means nothing, after `budget` steps.
  static std::optional<Slots> match(const Regex& regex, std::string_view haystack, bool& gave_up,
                                    std::uint64_t budget = 20'000) {
    Backtracker b(haystack, budget);
    std::optional<Slots> found;
    for (std::size_t start = 0; start <= haystack.size() && !found; ++start) {
      b.slots_.assign(1 + regex->max_group(), Span{});
      b.node(*regex, start, [&](std::size_t end) {
        found = b.slots_;
        (*found)[0] = {start, end};
        return true;
      });
    }
    gave_up = b.left_ == 0;
    return found;
  }

 private:
  /// What follows from a location; true ends the search.
  using Next = std::function<bool(std::size_t)>;

  Backtracker(std::string_view haystack, std::uint64_t budget) : h_(haystack), left_(budget) {}

  bool node(const Node& n, std::size_t i, const Next& next) {
    if (left_ == 0) return true;
    --left_;
    switch (n.kind()) {
      case NodeKind::kEmpty:
        return next(i);
      case NodeKind::kClass:
        return i < h_.size() && n.char_class().contains(static_cast<unsigned char>(h_[i])) && next(i + 1);
      case NodeKind::kLook:
        return look_holds(n.look(), h_, i) && next(i);
      case NodeKind::kConcat:
        return concat(n, 0, i, next);
      case NodeKind::kAlternate:
        return std::any_of(n.children().begin(), n.children().end(),
                           [&](const Regex& branch) { return node(*branch, i, next); });
      case NodeKind::kRepeat:
        return repeat(n, 0, i, next);
      case NodeKind::kGroup:
        return n.group() == 0 ? node(*n.child(), i, next) : group(n, i, next);
    }
    return false;
  }

  bool concat(const Node& n, std::size_t k, std::size_t i, const Next& next) {
    if (k == n.children().size()) return next(i);
    return node(*n.children()[k], i, [&, k](std::size_t j) { return concat(n, k + 1, j, next); });
  }

  bool group(const Node& n, std::size_t i, const Next& next) {
    return node(*n.child(), i, [&, i](std::size_t j) {
      const Span before = slots_[n.group()];
      slots_[n.group()] = {i, j};
      if (next(j)) return true;
      slots_[n.group()] = before;
      return false;
    });
  }

  /// The iteration numbered k of x{n,m}, or what may come in its place.
  bool repeat(const Node& n, std::uint32_t k, std::size_t i, const Next& next) {
    if (left_ == 0) return true;
    const bool unbounded = n.max() == syntax::kInfinite;
    if (unbounded && k + 1 >= n.min() && n.min() > 0) return plus(n, i, next);
    if (!unbounded && k == n.max()) return next(i);
    auto into = [&] {
      if (unbounded && k >= n.min()) return plus(n, i, next);
      return node(*n.child(), i, [&, k](std::size_t j) { return repeat(n, k + 1, j, next); });
    };
    if (k < n.min()) return into();
    return n.greedy() ? into() || next(i) : next(i) || into();
  }

  /// x+: after an iteration that consumed nothing, out; else again or out.
  bool plus(const Node& n, std::size_t i, const Next& next) {
    return node(*n.child(), i, [&, i](std::size_t j) {
      if (j == i) return next(j);
      return n.greedy() ? plus(n, j, next) || next(j) : next(j) || plus(n, j, next);
    });
  }

  std::string_view h_;
  std::uint64_t left_;
  Slots slots_;
};

}  // namespace redoubt::pikevm::test
