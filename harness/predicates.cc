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

bool is_loop(const Node& node) { return node.kind() == NodeKind::kRepeat && node.max() == syntax::kInfinite; }

/// An unbounded repeat of something that can be empty and has another unbounded repeat inside, where it or a repeat
/// inside is lazy or is {n,} with n > 1.
bool uneven_nested_loops(const Regex& regex, std::string_view, std::string_view) {
  const auto uneven = [](const Node& node) {
    return node.kind() == NodeKind::kRepeat && (!node.greedy() || (is_loop(node) && node.min() > 1));
  };
  return syntax::any_node(regex, [&](const Node& node) {
    return is_loop(node) && reference::can_be_empty(node.child()) && syntax::any_node(node.child(), is_loop) &&
           (uneven(node) || syntax::any_node(node.child(), uneven));
  });
}

/// An alternation with a branch that can be empty, in a group of any kind, and something after it.
bool nullable_alternation_before_more(const Regex& regex, std::string_view, std::string_view) {
  return syntax::any_node(regex, [](const Node& node) {
    if (node.kind() != NodeKind::kConcat) return false;
    for (std::size_t k = 0; k + 1 < node.children().size(); ++k) {
      const Node* inner = node.children()[k].get();
      while (inner->kind() == NodeKind::kGroup) inner = inner->child().get();
      if (inner->kind() != NodeKind::kAlternate) continue;
      const auto& branches = inner->children();
      if (std::any_of(branches.begin(), branches.end(), reference::can_be_empty)) return true;
    }
    return false;
  });
}

/// An alternation with a lower-case letter in it and the class of both cases of that letter.
bool letter_beside_both_cases(const Regex& regex, std::string_view, std::string_view) {
  return syntax::any_node(regex, [](const Node& node) {
    if (node.kind() != NodeKind::kAlternate) return false;
    std::uint32_t single = 0, both = 0;  // a bit for each letter
    for (const syntax::CharClass& c : syntax::collect_classes(syntax::with_children(node, node.children()))) {
      for (std::uint32_t letter = 'a'; letter <= 'z'; ++letter) {
        const std::uint32_t upper = letter - 'a' + 'A';
        if (c == syntax::CharClass::single(letter)) single |= 1U << (letter - 'a');
        if (c == syntax::CharClass({{upper, upper}, {letter, letter}})) both |= 1U << (letter - 'a');
      }
    }
    return (single & both) != 0;
  });
}

/// Three bytes that would be a surrogate, which no well-formed UTF-8 has.
bool surrogate_in_haystack(const Regex&, std::string_view haystack, std::string_view) {
  for (std::size_t k = 0; k + 2 < haystack.size(); ++k) {
    if (haystack[k] == '\xED' && static_cast<unsigned char>(haystack[k + 1]) >= 0xA0) return true;
  }
  return false;
}

/// Two branches of one alternation have the same unit of 0x80 to 0xFF, and the haystack has that byte.
bool high_byte_in_two_branches(const Regex& regex, std::string_view haystack, std::string_view) {
  return syntax::any_node(regex, [&](const Node& node) {
    if (node.kind() != NodeKind::kAlternate) return false;
    for (std::uint32_t unit = 0x80; unit <= 0xFF; ++unit) {
      if (haystack.find(static_cast<char>(unit)) == std::string_view::npos) continue;
      const auto has_unit = [unit](const Node& n) {
        return n.kind() == NodeKind::kClass && n.char_class().is_single() && n.char_class().front() == unit;
      };
      const auto& branches = node.children();
      const auto holds = [&](const Regex& branch) { return syntax::any_node(branch, has_unit); };
      if (std::count_if(branches.begin(), branches.end(), holds) > 1) return true;
    }
    return false;
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
    {"uneven-nested-loops",
     "x* where x can be empty and holds another loop, and one of its repeats is lazy or {n,} with n > 1",
     uneven_nested_loops},
    {"nullable-alternation-before-more", "an alternation with a branch that can be empty, and something after it",
     nullable_alternation_before_more},
    {"letter-beside-both-cases", "an alternation holds a lower-case letter and the class of both cases of it",
     letter_beside_both_cases},
    {"not-word-boundary-beside-multibyte", "\\B occurs, and a byte of 0x80 or above in the haystack",
     not_word_boundary_beside_multibyte},
    {"surrogate-in-haystack", "the haystack has bytes that would be a surrogate", surrogate_in_haystack},
    {"high-byte-in-two-branches", "two branches have the same unit of 0x80 to 0xFF, and the haystack has that byte",
     high_byte_in_two_branches},
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
