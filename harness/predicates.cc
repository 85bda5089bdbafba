// The named properties of trees that catalogue entries may use.
#include "harness/known.h"

#include <algorithm>

#include "reference/leftmost_first.h"

namespace redoubt::harness {

namespace {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

using Property = bool (*)(const Regex& regex, std::string_view haystack, std::string_view source);

bool is_repeat_of_look(const Node& node) {
  return node.kind() == NodeKind::kRepeat && node.child()->kind() == NodeKind::kLook;
}

/// An assertion with a quantifier and nothing around it.
bool quantified_assertion(const Regex& regex, std::string_view, std::string_view) {
  return syntax::any_node(regex, is_repeat_of_look);
}

bool is_start_assertion(const Node& node) {
  return node.kind() == NodeKind::kLook &&
         (node.look() == syntax::Look::kCaret || node.look() == syntax::Look::kTextStart ||
          node.look() == syntax::Look::kLineStart);
}

/// A repeat {0} or {0,0} over something with an assertion about the start.
bool zero_repeat_over_start(const Regex& regex, std::string_view, std::string_view) {
  return syntax::any_node(regex, [](const Node& node) {
    return node.kind() == NodeKind::kRepeat && node.max() == 0 && syntax::any_node(node.child(), is_start_assertion);
  });
}

bool contains_look(const Regex& regex, syntax::Look look) {
  return syntax::any_node(regex,
                          [look](const Node& node) { return node.kind() == NodeKind::kLook && node.look() == look; });
}

/// Both a plain $ and a (?m)$.
bool both_dollars(const Regex& regex, std::string_view, std::string_view) {
  return contains_look(regex, syntax::Look::kDollar) && contains_look(regex, syntax::Look::kLineEnd);
}

/// A \B, and a haystack with a byte of 0x80 or above.
bool not_word_boundary_beside_multibyte(const Regex& regex, std::string_view haystack, std::string_view) {
  return contains_look(regex, syntax::Look::kNotWordBoundary) &&
         std::any_of(haystack.begin(), haystack.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

const Node& without_non_capturing(const Node& node) {
  const Node* inner = &node;
  while (inner->kind() == NodeKind::kGroup && inner->group() == 0) inner = inner->child().get();
  return *inner;
}

bool is_loop(const Node& node) { return node.kind() == NodeKind::kRepeat && node.max() == syntax::kInfinite; }

/// An unbounded lazy repeat directly over an unbounded greedy repeat of something that can be empty.
bool lazy_loop_over_nullable_loop(const Regex& regex, std::string_view, std::string_view) {
  return syntax::any_node(regex, [](const Node& node) {
    if (!is_loop(node) || node.greedy()) return false;
    const Node& inner = without_non_capturing(*node.child());
    return is_loop(inner) && inner.greedy() && reference::can_be_empty(inner.child());
  });
}

struct Entry {
  std::string_view name;
  std::string_view sentence;
  Property holds;
};

constexpr Entry kProperties[] = {
    {"quantified-assertion", "an assertion is quantified directly, as in ^*", quantified_assertion},
    {"both-dollars", "a plain $ and a (?m)$ occur", both_dollars},
    {"lazy-loop-over-nullable-loop", "x*? or x+? over y* or y+ where y can be empty", lazy_loop_over_nullable_loop},
    {"not-word-boundary-beside-multibyte", "\\B occurs, and a byte of 0x80 or above in the haystack",
     not_word_boundary_beside_multibyte},
    {"zero-repeat-over-start-assertion", "a repeat {0} has ^, \\A or (?m)^ inside", zero_repeat_over_start},
};

}  // namespace

std::optional<bool> holds(std::string_view predicate, const Regex& regex, std::string_view haystack,
                          std::string_view source) {
  for (const Entry& entry : kProperties) {
    if (entry.name == predicate) return entry.holds(regex, haystack, source);
  }
  return std::nullopt;
}

std::vector<std::string> predicate_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kProperties) names.push_back(std::string(entry.name) + ": " + std::string(entry.sentence));
  return names;
}

}  // namespace redoubt::harness
