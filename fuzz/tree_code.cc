#include "fuzz/tree_code.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace redoubt::fuzz {

using syntax::CharClass;
using syntax::kInfinite;
using syntax::Node;
using syntax::NodeKind;
using syntax::Range;
using syntax::Regex;

namespace {

/// A node begins with a byte: its low four bits are one of these, modulo their number, the high four bits what is said
/// there. Letters come first: zeros and what is cut off are letters.
enum Tag : std::uint8_t {
  kLetter,     // high bits: which of kLetters
  kUnit,       // two units: a range
  kRanges,     // high bits: how many; then so many pairs of units
  kNotRanges,  // the same, complemented
  kLook,       // high bits: which
  kEmpty,
  kConcat,     // a byte: number of parts
  kAlternate,  // likewise
  kRepeat,     // high bit: lazy; a byte each for min and max
  kGroup,
  kNonCapturing,
  kAnyButNewline,
  kTags
};

constexpr std::string_view kLetters = "abcdxyABC01_- \n.";
constexpr std::uint8_t kNoUpperBound = 255;
constexpr std::size_t kMostParts = 64;

/// Both directions walk a tree in the same order under the same limits. `product`: of the bounds around a node.
struct Limits {
  std::uint32_t weight = kMaxCodedWeight;
  bool cut_off(std::uint32_t depth, std::uint32_t product) const { return weight < product || depth >= kMaxCodedDepth; }
  /// Is there to be another part after `done`, on this level?
  bool more(std::size_t done, std::uint32_t depth, std::uint32_t product) const {
    return done < 2 || !cut_off(depth, product);
  }
};

std::uint32_t clamped(std::uint32_t bound, std::uint32_t product) {
  return bound == kInfinite ? bound : std::min(bound, kMaxCodedProduct / product);
}
std::uint32_t product_within(std::uint32_t product, std::uint32_t min, std::uint32_t max) {
  return product * std::max(1u, max == kInfinite ? min : max);
}

class Reader {
 public:
  Reader(ByteReader& bytes, Encoding encoding) : bytes_(bytes), encoding_(encoding) {}

  /// `bracketed`: a non-capturing group is around it; one within another is read as a letter.
  Regex node(std::uint32_t depth, std::uint32_t product, bool bracketed = false) {
    if (limits_.cut_off(depth, product)) return syntax::literal('a');
    const std::uint8_t tag = bytes_.byte();
    const std::uint8_t high = tag >> 4;
    auto kind = static_cast<Tag>((tag & 15) % kTags);
    if (kind == kNonCapturing && bracketed) kind = kLetter;
    if (kind != kNonCapturing) limits_.weight -= product;
    switch (kind) {
      case kLetter:
        return syntax::literal(static_cast<unsigned char>(kLetters[high]));
      case kUnit:
        return syntax::char_class(units(1));
      case kRanges:
        return syntax::char_class(units(high % (kMaxCodedRanges + 1)));
      case kNotRanges:
        return syntax::char_class(units(high % (kMaxCodedRanges + 1)).complement(encoding_));
      case kLook:
        return syntax::look(static_cast<syntax::Look>(high % syntax::kLookKinds));
      case kEmpty:
        return syntax::empty();
      case kConcat:
        return syntax::concat(parts(depth, product));
      case kAlternate:
        return syntax::alternate(parts(depth, product));
      case kRepeat:
        return repeat(depth, product, high < 8);
      case kGroup:
        return syntax::group(node(depth + 1, product), 1);
      case kNonCapturing:
        return syntax::non_capturing(node(depth, product, true));
      case kAnyButNewline:
      case kTags:
        break;
    }
    return syntax::char_class(CharClass::single('\n').complement(encoding_));
  }

 private:
  std::vector<Regex> parts(std::uint32_t depth, std::uint32_t product) {
    const std::size_t count = 2 + bytes_.byte() % (kMostParts - 1);
    std::vector<Regex> list;
    while (list.size() < count && limits_.more(list.size(), depth + 1, product))
      list.push_back(node(depth + 1, product));
    return list;
  }

  Regex repeat(std::uint32_t depth, std::uint32_t product, bool greedy) {
    const std::uint8_t first = bytes_.byte(), second = bytes_.byte();
    std::uint32_t min = clamped(first, product);
    std::uint32_t max = second == kNoUpperBound ? kInfinite : clamped(second, product);
    if (min > max) std::swap(min, max);
    return syntax::repeat(node(depth + 1, product_within(product, min, max)), min, max, greedy);
  }

  CharClass units(std::uint32_t count) {
    std::vector<Range> ranges;
    for (; count > 0; --count) {
      const std::uint32_t from = unit(), to = unit();
      ranges.push_back({std::min(from, to), std::max(from, to)});
    }
    return CharClass(std::move(ranges)).intersect(CharClass::all(encoding_));
  }
  /// UTF-8: a byte below 0x80 is that unit; else two more follow.
  std::uint32_t unit() {
    const std::uint32_t first = bytes_.byte();
    if (encoding_ == Encoding::kBytes || first < 0x80) return first;
    const std::uint32_t second = bytes_.byte();
    return std::min((first & 0x1F) << 16 | second << 8 | bytes_.byte(), syntax::kMaxScalar);
  }

  ByteReader& bytes_;
  Encoding encoding_;
  Limits limits_;
};

class Writer {
 public:
  Writer(Encoding encoding, std::string& bytes) : bytes_(bytes), encoding_(encoding) {}

  void node(const Node& node, std::uint32_t depth, std::uint32_t product) {
    if (limits_.cut_off(depth, product)) return;
    const bool non_capturing = node.kind() == NodeKind::kGroup && node.group() == 0;
    if (!non_capturing) limits_.weight -= product;
    switch (node.kind()) {
      case NodeKind::kEmpty:
        return tag(kEmpty);
      case NodeKind::kClass:
        return char_class(node.char_class());
      case NodeKind::kLook:
        return tag(kLook, static_cast<std::uint8_t>(node.look()));
      case NodeKind::kConcat:
        return parts(kConcat, node, depth, product);
      case NodeKind::kAlternate:
        return parts(kAlternate, node, depth, product);
      case NodeKind::kRepeat:
        return repeat(node, depth, product);
      case NodeKind::kGroup: {
        if (!non_capturing) {
          tag(kGroup);
          return this->node(*node.child(), depth + 1, product);
        }
        const Node* body = &*node.child();
        while (body->kind() == NodeKind::kGroup && body->group() == 0) body = &*body->child();
        tag(kNonCapturing);
        return this->node(*body, depth, product);
      }
    }
  }

 private:
  void tag(Tag kind, std::uint32_t high = 0) { byte(kind | high << 4); }
  void byte(std::uint32_t value) { bytes_ += static_cast<char>(value); }

  void parts(Tag kind, const Node& node, std::uint32_t depth, std::uint32_t product) {
    tag(kind);
    const std::size_t count = std::min<std::size_t>(node.children().size(), kMostParts);
    byte(static_cast<std::uint32_t>(count - 2));
    for (std::size_t k = 0; k < count && limits_.more(k, depth + 1, product); ++k)
      this->node(*node.children()[k], depth + 1, product);
  }

  void repeat(const Node& node, std::uint32_t depth, std::uint32_t product) {
    const std::uint32_t min = clamped(node.min(), product), max = clamped(node.max(), product);
    tag(kRepeat, node.greedy() ? 0 : 8);
    byte(min);
    byte(max == kInfinite ? kNoUpperBound : max);
    this->node(*node.child(), depth + 1, product_within(product, min, max));
  }

  void char_class(const CharClass& c) {
    if (c == CharClass::single('\n').complement(encoding_)) return tag(kAnyButNewline);
    if (c.is_single() && c.front() < 0x80) {
      const std::size_t letter = kLetters.find(static_cast<char>(c.front()));
      if (letter != std::string_view::npos) return tag(kLetter, static_cast<std::uint32_t>(letter));
    }
    const CharClass rest = c.complement(encoding_);
    const bool negated = rest.ranges().size() < c.ranges().size();
    const syntax::View<Range> ranges = (negated ? rest : c).ranges();
    const std::size_t count = std::min<std::size_t>(ranges.size(), kMaxCodedRanges);
    if (count == 1 && !negated) {
      tag(kUnit);
    } else {
      tag(negated ? kNotRanges : kRanges, static_cast<std::uint32_t>(count));
    }
    for (std::size_t k = 0; k < count; ++k) {
      unit(ranges[k].lo);
      unit(ranges[k].hi);
    }
  }
  void unit(std::uint32_t value) {
    if (encoding_ == Encoding::kBytes || value < 0x80) return byte(value);
    byte(0x80 | value >> 16);
    byte(value >> 8 & 0xFF);
    byte(value & 0xFF);
  }

  std::string& bytes_;
  Encoding encoding_;
  Limits limits_;
};

}  // namespace

Regex read_tree(ByteReader& bytes, Encoding encoding) {
  return syntax::renumber_groups(Reader(bytes, encoding).node(0, 1));
}

void write_tree(const Regex& regex, Encoding encoding, std::string& bytes) {
  Writer(encoding, bytes).node(*regex, 0, 1);
}

}  // namespace redoubt::fuzz
