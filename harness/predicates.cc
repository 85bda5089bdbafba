// The named properties of trees that catalogue entries may use.
#include "harness/known.h"

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

struct Entry {
  std::string_view name;
  std::string_view sentence;
  Property holds;
};

constexpr Entry kProperties[] = {
    {"quantified-assertion", "an assertion is quantified directly, as in ^*", quantified_assertion},
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
