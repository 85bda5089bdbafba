#include "pikevm/simplify.h"

#include <optional>
#include <utility>

#include "pikevm/simplify_rules.h"

namespace redoubt::pikevm {

namespace {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

/// The walk from the leaves to the root. Nothing is copied, and no reference counted, until a rule fires.
class Walk {
 public:
  explicit Walk(Rewriting& w) : w_(w) {}

  /// The node in another form, or nothing where it stays.
  std::optional<Regex> node(const Node& node, Notice notice, std::uint32_t level) {
    switch (node.kind()) {
      case NodeKind::kEmpty:
      case NodeKind::kClass:
      case NodeKind::kLook:
        return std::nullopt;
      case NodeKind::kConcat:
        return concat(node, notice, level);
      case NodeKind::kAlternate:
        return alternate(node, notice, level);
      case NodeKind::kRepeat:
        return repeat(node, notice, level);
      case NodeKind::kGroup:
        return group(node, notice, level);
    }
    return std::nullopt;
  }

 private:
  /// Whether some child changed; then `changed` is all children, as they are now.
  bool children(const Node& parent, Notice notice, std::uint32_t level, Parts& changed) {
    bool any = false;
    for (std::size_t k = 0; k < parent.children().size(); ++k) {
      const Node& child = *parent.children()[k];
      if (child.children().empty()) continue;
      std::optional<Regex> other = node(child, notice_of(notice, child), level + 1);
      if (!other) continue;
      if (!any) changed = parent.children();
      any = true;
      changed[k] = *std::move(other);
    }
    return any;
  }

  std::optional<Regex> concat(const Node& node, Notice notice, std::uint32_t level) {
    Parts parts;
    bool changed = children(node, notice, level, parts);
    if (concat_may_change(changed ? PartsView(parts) : node.children(), notice)) {
      if (!changed) parts = node.children();
      if (fail_of_part(w_, parts)) return std::move(parts.front());
      changed |= flatten_concat(w_, parts, notice);
      changed |= drop_empty_parts(w_, parts);
      changed |= coalesce_repeats(w_, parts, notice);
      changed |= bundle_parts(w_, parts, notice);
    }
    if (!changed) return std::nullopt;
    return syntax::concat(std::move(parts));
  }

  std::optional<Regex> alternate(const Node& node, Notice notice, std::uint32_t level) {
    Parts parts;
    bool changed = children(node, notice, level, parts);
    const PartsView branches = changed ? PartsView(parts) : node.children();
    if (alternate_may_change(branches, notice)) {
      if (auto other = Alternation(w_, level).simplify(branches, notice)) return other;
    }
    if (!changed) return std::nullopt;
    return syntax::alternate(std::move(parts));
  }

  std::optional<Regex> repeat(const Node& node, Notice notice, std::uint32_t level) {
    const Regex& child = node.child();
    Notice inside = notice_of(notice, *child);
    if (notice == Notice::kOrder && node.max() == syntax::kInfinite && may_match_empty(*child)) inside = Notice::kShape;
    std::optional<Regex> other = this->node(*child, inside, level + 1);
    const Regex& body = other ? *other : child;
    if (auto result = simplify_repeat(w_, body, {node.min(), node.max(), node.greedy()}, notice, level)) return result;
    if (!other) return std::nullopt;
    return syntax::repeat(*std::move(other), node.min(), node.max(), node.greedy());
  }

  std::optional<Regex> group(const Node& node, Notice notice, std::uint32_t level) {
    std::optional<Regex> other = this->node(*node.child(), notice_of(notice, *node.child()), level + 1);
    const Regex& body = other ? *other : node.child();
    if (node.group() > 0 && w_.may(Rule::kFail) && is_fail(*core(body))) {
      w_.fire(Rule::kFail);
      return core(body);
    }
    if (node.group() == 0) {
      if (!other && w_.may(Rule::kFlatten) && stands_alone(body->kind())) {
        w_.fire(Rule::kFlatten);
        return body;
      }
      return other;
    }
    if (!other) return std::nullopt;
    return syntax::group(*std::move(other), node.group(), node.name());
  }

  /// Of what no place needs a non-capturing group around.
  static bool stands_alone(NodeKind kind) {
    return kind == NodeKind::kClass || kind == NodeKind::kLook || kind == NodeKind::kGroup;
  }

  Rewriting& w_;
};

}  // namespace

Simplified simplify(const Regex& regex, Semantics semantics, Rules rules) {
  Rewriting w{rules};
  Notice notice = semantics == Semantics::kLeftmostFirst ? Notice::kOrder : notice_of(Notice::kTree, *regex);
  std::optional<Regex> other = Walk(w).node(*regex, notice, 0);
  return {other ? *std::move(other) : regex, w.fired};
}

}  // namespace redoubt::pikevm
