// Terms for people: "a·(b|c)*".
#include <string>

#include "derivatives/term.h"
#include "syntax/printer.h"

namespace redoubt::derivatives {

namespace {

std::string in_parentheses(const std::string& text) { return '(' + text + ')'; }

}  // namespace

std::string Terms::to_string(TermId t) const {
  const Node& node = nodes_[t];
  const auto joined = [&](const char* separator) {
    std::string text;
    for (TermId child : list_of(node)) text += (text.empty() ? "" : separator) + to_string(child);
    return in_parentheses(text);
  };
  switch (node.kind) {
    case TermKind::kNone:
      return "∅";
    case TermKind::kEps:
      return "ε";
    case TermKind::kLook:
      return syntax::to_text(syntax::look(static_cast<syntax::Look>(node.look)));
    case TermKind::kSymbols: {
      // Every interval of units whose minterm is in the set.
      std::vector<syntax::Range> ranges;
      const syntax::Partition& partition = alphabet_.partition();
      const std::uint32_t last = alphabet_.encoding() == Encoding::kBytes ? syntax::kMaxByte : syntax::kMaxScalar;
      for (std::size_t i = 0; i < partition.starts.size(); ++i) {
        const std::uint32_t part = partition.parts[i];
        if (part == syntax::Partition::kNoPart || !has_symbol(node, static_cast<Symbol>(part))) continue;
        const std::uint32_t end = i + 1 < partition.starts.size() ? partition.starts[i + 1] - 1 : last;
        ranges.push_back({partition.starts[i], end});
      }
      return syntax::to_text(syntax::char_class(syntax::CharClass(std::move(ranges))), alphabet_.encoding());
    }
    case TermKind::kCat:
      return to_string(node.a) + "·" + to_string(node.b);
    case TermKind::kAlt:
      return joined("|");
    case TermKind::kAnd:
      return joined("&");
    case TermKind::kNot:
      return node.a == kNone ? "⊤" : "~" + in_parentheses(to_string(node.a));
    case TermKind::kRep: {
      const std::string body = to_string(node.a);
      const bool atom = nodes_[node.a].kind == TermKind::kSymbols || nodes_[node.a].kind == TermKind::kAlt;
      std::string bounds = "{" + std::to_string(node.min) + ",";
      if (node.max != syntax::kInfinite) bounds += std::to_string(node.max);
      bounds += "}";
      if (node.max == syntax::kInfinite && node.min < 2) bounds = node.min == 0 ? "*" : "+";
      return (atom ? body : in_parentheses(body)) + bounds;
    }
  }
  return "?";
}

}  // namespace redoubt::derivatives
