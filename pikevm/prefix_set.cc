#include <algorithm>
#include <bit>

#include "pikevm/class_bytes.h"
#include "pikevm/literals.h"
#include "syntax/mutants.h"

// The strings so far are the set of what a match can begin with up to the place that the walk has reached; those that
// are not `cut` still grow, the others stay. Cutting a string, for whatever limit, leaves a prefix of what it
// stood for, so the set stays true.

namespace redoubt::pikevm {

class PrefixBuilder {
 public:
  PrefixBuilder(PrefixSet& set, Encoding encoding, std::uint32_t work) : out_(set), encoding_(encoding), work_(work) {}

  void build(const syntax::Node& root) {
    List list;
    list.count = 1;
    list.items[0] = {};
    extend(root, list, 0);
    if (useless_) list.count = 0;
    out_.count_ = list.count;
    std::copy_n(list.items.begin(), list.count, out_.items_.begin());
  }

 private:
  /// How deep alternates and optional parts may nest: each level has a list of its own.
  static constexpr int kMaxDepth = 6;
  static constexpr std::size_t kMaxUnits = 8;

  struct List {
    std::size_t count = 0;
    std::array<MaskedLiteral, PrefixSet::kCapacity> items;

    List() {}
    List(const List& other) { *this = other; }
    List& operator=(const List& other) {
      count = other.count;
      std::copy_n(other.items.begin(), count, items.begin());
      return *this;
    }
    bool open() const {
      return std::any_of(items.begin(), items.begin() + count, [](const MaskedLiteral& m) { return !m.cut; });
    }
    bool add(const MaskedLiteral& item) {
      if (std::find(items.begin(), items.begin() + count, item) != items.begin() + count) return true;
      if (count == items.size()) return false;
      items[count++] = item;
      return true;
    }
    /// Cuts all to `length`, so that some fall together.
    void shorten(std::uint8_t length) {
      const std::size_t before = count;
      count = 0;
      for (std::size_t k = 0; k < before; ++k) {
        MaskedLiteral item = items[k];
        item.truncate(length);
        add(item);
      }
    }
    /// As add(), at the price of lengths; false if even two bytes of each are too many.
    bool add_or_shorten(MaskedLiteral item) {
      for (std::uint8_t length = 4; !add(item); --length) {
        if (length < 2) return false;
        shorten(length);
        item.truncate(length);
      }
      return true;
    }
  };

  /// Cuts the open strings. If one of them is empty, the set says nothing.
  void close(List& list) {
    for (std::size_t k = 0; k < list.count; ++k) {
      useless_ |= list.items[k].length == 0;
      list.items[k].cut = true;
    }
  }

  /// Appends the subtree to the open strings of the list.
  void extend(const syntax::Node& node, List& list, int depth) {
    if (useless_ || !list.open()) return;
    if (work_-- == 0) return close(list);
    switch (node.kind()) {
      case syntax::NodeKind::kEmpty:
        return;
      case syntax::NodeKind::kLook:
        out_.looks_ = true;
        return;
      case syntax::NodeKind::kClass:
        return extend_class(node, list);
      case syntax::NodeKind::kGroup:
        return extend(*node.child(), list, depth);
      case syntax::NodeKind::kConcat:
        for (const syntax::Regex& child : node.children()) extend(*child, list, depth);
        return;
      case syntax::NodeKind::kAlternate:
        return extend_alternate(node, list, depth);
      case syntax::NodeKind::kRepeat:
        return extend_repeat(node, list, depth);
    }
  }

  void extend_class(const syntax::Node& node, List& list) {
    std::array<EncodedUnit, kMaxUnits> units;
    const std::size_t count = encode_all(node.char_class(), units);
    std::size_t open = 0;
    for (std::size_t k = 0; k < list.count; ++k) open += !list.items[k].cut;
    if (count == 0 || list.count + open * (count - 1) > list.items.size()) return close(list);
    const std::size_t before = list.count;
    for (std::size_t k = 0; k < before; ++k) {
      if (list.items[k].cut) continue;
      const MaskedLiteral stem = list.items[k];
      for (std::size_t u = 0; u < count; ++u) {
        list.items[u == 0 ? k : list.count++] = appended(stem, units[u]);
      }
    }
  }

  static MaskedLiteral appended(MaskedLiteral stem, const EncodedUnit& unit) {
    for (std::size_t k = 0; k < unit.length; ++k) {
      if (stem.length == MaskedLiteral::kMaxLength) {
        stem.cut = true;
        break;
      }
      stem.append(unit.bytes[k], unit.folded(k));
    }
    return stem;
  }

  /// How many; 0: none, or too many.
  std::size_t encode_all(const syntax::CharClass& units, std::array<EncodedUnit, kMaxUnits>& out) const {
    // Two cases of a letter may become one.
    if (units.ranges().size() > 2 * kMaxUnits || units.size() > 2 * kMaxUnits) return 0;
    std::size_t count = 0;
    for (const syntax::Range& range : units.ranges()) {
      for (std::uint32_t unit = range.lo; unit <= range.hi; ++unit) {
        const EncodedUnit next = encode(unit, encoding_);
        std::size_t k = 0;
        while (k < count && !merge(out[k], next)) ++k;
        if (k < count) continue;
        if (count == kMaxUnits) return 0;
        out[count++] = next;
      }
    }
    return count;
  }

  /// Moves the open strings of `list` to another list.
  static void take_open(List& list, List& open) {
    std::size_t kept = 0;
    for (std::size_t k = 0; k < list.count; ++k) {
      const MaskedLiteral item = list.items[k];
      if (!item.cut) {
        open.items[open.count++] = item;
      } else {
        list.items[kept++] = item;
      }
    }
    list.count = kept;
  }

  /// Adds all of `more` to `list`; false if there are too many, and then `list` is spoilt.
  static bool unite(List& list, const List& more) {
    for (std::size_t k = 0; k < more.count; ++k) {
      if (!list.add_or_shorten(more.items[k])) return false;
    }
    return true;
  }

  void extend_alternate(const syntax::Node& node, List& list, int depth) {
    if (depth == kMaxDepth) return close(list);
    const List before = list;
    List stems;
    take_open(list, stems);
    for (const syntax::Regex& child : node.children()) {
      List branch = stems;
      extend(*child, branch, depth + 1);
      if (!unite(list, branch)) {
        list = before;
        return close(list);
      }
    }
  }

  void extend_repeat(const syntax::Node& node, List& list, int depth) {
    if (node.max() == 0) return;
    if (node.min() == 0) {
      if (depth == kMaxDepth) return close(list);
      List taken;
      const List before = list;
      for (std::size_t k = 0; k < list.count; ++k) {
        if (!list.items[k].cut) taken.items[taken.count++] = list.items[k];
      }
      extend(*node.child(), taken, depth + 1);
      if (node.max() > 1 && !REDOUBT_MUTANT(prefix_of_loop_not_cut)) close(taken);
      if (!unite(list, taken)) {
        list = before;
        close(list);
      }
      return;
    }
    // An iteration that consumes something lengthens every open string, up to where it is cut.
    constexpr std::uint32_t kMaxCopies = MaskedLiteral::kMaxLength + 1;
    for (std::uint32_t k = 0; k < std::min(node.min(), kMaxCopies); ++k) extend(*node.child(), list, depth);
    if (node.max() > std::min(node.min(), kMaxCopies)) close(list);
  }

  PrefixSet& out_;
  const Encoding encoding_;
  std::uint32_t work_;  ///< nodes that may still be visited
  bool useless_ = false;
};

std::size_t PrefixSet::shortest() const {
  std::size_t least = count_ == 0 ? 0 : MaskedLiteral::kMaxLength;
  for (const MaskedLiteral& item : all()) least = std::min<std::size_t>(least, item.length);
  return least;
}

bool PrefixSet::exact() const {
  return count_ > 0 && !looks_ &&
         std::all_of(all().begin(), all().end(), [](const MaskedLiteral& m) { return !m.cut; });
}

void PrefixSet::build(const syntax::Node& root, Encoding encoding) {
  // Counted parts are visited more than once, but not without end. A long list of words costs what its parsing does.
  constexpr std::uint32_t kMaxWork = 20000;
  PrefixBuilder(*this, encoding, std::min(2 * root.size() + 100, kMaxWork)).build(root);
}

}  // namespace redoubt::pikevm
