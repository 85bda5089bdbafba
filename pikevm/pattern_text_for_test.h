// Random pattern texts, strings of their languages and haystacks around them: richer in literals, classes and encodings
// than the trees of generate_for_test.h.
#pragma once

#include <algorithm>
#include <iterator>
#include <random>
#include <string>

#include "syntax/regex.h"
#include "syntax/utf8.h"

namespace redoubt::pikevm::test {

class PatternTexts {
 public:
  explicit PatternTexts(std::uint32_t seed) : random_(seed) {}

  std::uint32_t pick(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

  std::string pattern(bool utf8) {
    std::string text = pick(4) == 0 ? "(?i)" : pick(5) == 0 ? "(?m)" : "";
    if (pick(8) == 0) text += "^";
    for (std::uint32_t k = 1 + pick(4); k > 0; --k) text += part(2, utf8);
    if (pick(8) == 0) text += "$";
    return text;
  }

  /// A string that the tree would match if all its looks held.
  std::string member(const syntax::Node& node, Encoding encoding) {
    using syntax::NodeKind;
    std::string text;
    switch (node.kind()) {
      case NodeKind::kEmpty:
      case NodeKind::kLook:
        break;
      case NodeKind::kClass: {
        const auto& ranges = node.char_class().ranges();
        if (ranges.empty()) break;
        const syntax::Range range = ranges[pick(static_cast<std::uint32_t>(ranges.size()))];
        const std::uint32_t unit = range.lo + pick(std::min<std::uint32_t>(range.hi - range.lo + 1, 200));
        if (encoding == Encoding::kUtf8) {
          syntax::append_utf8(text, unit);
        } else {
          text += static_cast<char>(unit);
        }
        break;
      }
      case NodeKind::kGroup:
        return member(*node.child(), encoding);
      case NodeKind::kConcat:
        for (const auto& child : node.children()) text += member(*child, encoding);
        break;
      case NodeKind::kAlternate:
        return member(*node.children()[pick(static_cast<std::uint32_t>(node.children().size()))], encoding);
      case NodeKind::kRepeat:
        for (std::uint32_t k = node.min() + pick(std::min(node.max() - node.min(), 2U) + 1); k > 0; --k) {
          text += member(*node.child(), encoding);
        }
        break;
    }
    return text;
  }

  /// Members and noise, ill-formed sequences among it.
  std::string haystack(const syntax::Node& node, Encoding encoding) {
    std::string text;
    for (std::uint32_t k = pick(4); k > 0; --k) text += pick(3) == 0 ? member(node, encoding) : noise();
    return text.substr(0, 60);
  }

 private:
  std::string noise() {
    static const std::string kNoise[] = {"foo",  "fo",   "@",    "a-b",      "\n",       " ",
                                         "Foo9", "\xC3", "\xA9", "\xC3\xA9", "\xE2\x84", "\xE2\x84\xAA",
                                         "x",    "bar",  "k@k",  "aab",      "2024-01",  "\xF0\x9F\x98\x80"};
    return kNoise[pick(std::size(kNoise))];
  }

  std::string part(int depth, bool utf8) {
    static const std::string kAtoms[] = {"foo", "a",           "b", "@",    "-",      "[ab]",  "[a-f]",
                                         "\\w", "\\d",         ".", "[^@]", "[^\\n]", "bar",   "kelvin",
                                         "\\b", "[0-9A-Fa-f]", "x", " ",    "^",      "(?s:.)"};
    static const std::string kWide[] = {"\xC3\xA9",
                                        "\xC3\x89t\xC3\xA9",
                                        "[\xC3\xA0-\xC3\xBC]",
                                        "\xE2\x82\xAC",
                                        "[\xC3\xA9"
                                        "e]",
                                        "\xF0\x9F\x98\x80"};
    static const std::string kCounts[] = {"*", "+", "?", "{2}", "{1,3}", "{3}", "+?", "*?", "{2,}", "{0}"};
    std::string text;
    if (depth > 0 && pick(3) == 0) {
      text = pick(2) == 0 ? "(" : "(?:";
      for (std::uint32_t k = 1 + pick(3); k > 0; --k) {
        for (std::uint32_t n = pick(8) == 0 ? 0 : 1 + pick(2); n > 0; --n) text += part(depth - 1, utf8);
        if (k > 1) text += "|";
      }
      text += ")";
    } else {
      text = utf8 && pick(4) == 0 ? kWide[pick(std::size(kWide))] : kAtoms[pick(std::size(kAtoms))];
      if (text.size() > 1 && text[0] != '[' && text[0] != '\\' && text[0] != '(') return text;
    }
    if (pick(3) == 0 && text != "^" && text != "\\b") text += kCounts[pick(std::size(kCounts))];
    return text;
  }

  std::mt19937 random_;
};

}  // namespace redoubt::pikevm::test
