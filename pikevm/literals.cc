#include "pikevm/literals.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "pikevm/byte_rank.h"
#include "pikevm/class_bytes.h"
#include "syntax/mutants.h"

// One walk from left to right over the part of the tree that every match passes through (concats, groups, the first
// iteration of a repeat that has one), with the range of lengths of what lies to the left and the bytes in it. Adjacent
// single units are a run; whatever can vary ends it. Where a walk enters a subtree it is the only one to do so, and a
// subtree that is passed over is looked at once for its lengths and bytes: the whole is linear.

namespace redoubt::pikevm {

namespace {

using syntax::Node;
using syntax::NodeKind;

std::uint64_t add(std::uint64_t a, std::uint64_t b) { return a > kUnbounded - b ? kUnbounded : a + b; }
std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return 0;
  return a > kUnbounded / b ? kUnbounded : a * b;
}
std::uint64_t as_count(std::uint32_t bound) { return bound == syntax::kInfinite ? kUnbounded : bound; }

unsigned information(std::string_view bytes, std::uint64_t folded) {
  constexpr std::size_t kTelling = 4;
  std::array<unsigned, kTelling> best{};
  for (std::size_t k = 0; k < bytes.size(); ++k) {
    unsigned bits = byte_information(static_cast<std::uint8_t>(bytes[k]));
    if (k < 64 && (folded >> k & 1) != 0 && bits > 0) --bits;
    if (bits <= best[kTelling - 1]) continue;
    std::size_t at = kTelling - 1;
    for (; at > 0 && best[at - 1] < bits; --at) best[at] = best[at - 1];
    best[at] = bits;
  }
  return best[0] + best[1] + best[2] + best[3];
}

class Walk {
 public:
  Walk(Literals& out, Encoding encoding) : out_(out), encoding_(encoding) {}

  void run(const Node& root) {
    const Lengths all = enter(root);
    out_.min_length = all.min;
    out_.max_length = all.max;
    out_.suffix = run_literal();
    const bool unbroken = run_begin_max_ == 0;
    const bool whole = unbroken && all.min == all.max && run_size_ == all.min;
    out_.exact = whole && run_size_ > 0 && !out_.has_looks;
    end_run();
    if (best_size_ > 0) {
      best_.literal.bytes.assign(best_run_.data(), best_size_);
      best_.literal.folded = best_folded_;
      out_.required = std::move(best_);
    }
  }

 private:
  /// Walks through a subtree that every match passes through here.
  Lengths enter(const Node& node) {
    switch (node.kind()) {
      case NodeKind::kEmpty:
        return {0, 0};
      case NodeKind::kLook:
        out_.has_looks = true;
        return {0, 0};
      case NodeKind::kClass:
        return enter_class(node);
      case NodeKind::kGroup:
        return enter(*node.child());
      case NodeKind::kConcat: {
        Lengths sum{0, 0};
        for (const syntax::Regex& child : node.children()) {
          const Lengths one = enter(*child);
          sum = {add(sum.min, one.min), add(sum.max, one.max)};
        }
        return sum;
      }
      case NodeKind::kAlternate:
        return pass(node);
      case NodeKind::kRepeat:
        return enter_repeat(node);
    }
    return {0, 0};
  }

  Lengths enter_class(const Node& node) {
    const syntax::CharClass& units = node.char_class();
    // Most are one byte.
    if (units.is_single() && (units.front() < 0x80 || encoding_ == Encoding::kBytes)) {
      begin_unit(1);
      append(static_cast<std::uint8_t>(units.front()));
      move({1, 1});
      return {1, 1};
    }
    if (units.ranges().size() > 2) return pass(node);
    const EncodedUnit unit = as_single(units, encoding_);
    if (unit.length == 0) return pass(node);
    begin_unit(unit.length);
    for (std::size_t k = 0; k < unit.length; ++k) {
      if (unit.folded(k)) {
        run_folded_ |= std::uint64_t{1} << run_size_;
        before_.insert(static_cast<std::uint8_t>(unit.bytes[k] ^ kCaseBit));
      }
      append(unit.bytes[k]);
    }
    const Lengths lengths{unit.length, unit.length};
    move(lengths);
    return lengths;
  }

  void begin_unit(std::size_t length) {
    if (run_size_ + length > Literal::kMaxLength) end_run();
    if (run_size_ > 0) return;
    run_begin_min_ = min_;
    run_begin_max_ = max_;
    run_before_ = before_;
  }
  void append(std::uint8_t byte) {
    run_[run_size_++] = static_cast<char>(byte);
    before_.insert(byte);
  }

  Lengths enter_repeat(const Node& node) {
    if (node.max() == 0) return {0, 0};
    if (node.min() == 0) return pass(node);
    // Copies of one unit lengthen a run; of anything else the first copy is enough.
    const bool unit = node.child()->kind() == NodeKind::kClass;
    const std::uint32_t copies = unit ? std::min<std::uint32_t>(node.min(), 16) : 1;
    Lengths body{0, 0};
    for (std::uint32_t k = 0; k < copies; ++k) body = enter(*node.child());
    if (REDOUBT_MUTANT(required_byte_twice) && unit && node.max() > node.min()) enter(*node.child());
    if (node.max() > copies && body.max > 0) {
      end_run();
      move({multiply(node.min() - copies, body.min), multiply(as_count(node.max()) - copies, body.max)});
    }
    return {multiply(node.min(), body.min), multiply(as_count(node.max()), body.max)};
  }

  Lengths pass(const Node& node) {
    const Lengths lengths = measure(node);
    // Looks alone vary nothing.
    if (lengths.max > 0) end_run();
    move(lengths);
    return lengths;
  }

  /// The lengths of a subtree; adds its bytes to before_.
  Lengths measure(const Node& node) {
    switch (node.kind()) {
      case NodeKind::kEmpty:
        return {0, 0};
      case NodeKind::kLook:
        out_.has_looks = true;
        return {0, 0};
      case NodeKind::kClass:
        add_bytes(node.char_class(), encoding_, before_);
        return unit_lengths(node.char_class(), encoding_);
      case NodeKind::kGroup:
        return measure(*node.child());
      case NodeKind::kConcat: {
        Lengths sum{0, 0};
        for (const syntax::Regex& child : node.children()) {
          const Lengths one = measure(*child);
          sum = {add(sum.min, one.min), add(sum.max, one.max)};
        }
        return sum;
      }
      case NodeKind::kAlternate: {
        Lengths range{kUnbounded, 0};
        for (const syntax::Regex& child : node.children()) {
          const Lengths one = measure(*child);
          const bool first = range.min == kUnbounded || !REDOUBT_MUTANT(shortest_of_first_branch);
          range = {first ? std::min(range.min, one.min) : range.min, std::max(range.max, one.max)};
        }
        return range;
      }
      case NodeKind::kRepeat: {
        if (node.max() == 0) return {0, 0};
        const Lengths body = measure(*node.child());
        return {multiply(node.min(), body.min), multiply(as_count(node.max()), body.max)};
      }
    }
    return {0, 0};
  }

  void move(Lengths by) {
    min_ = add(min_, by.min);
    max_ = add(max_, by.max);
  }

  Literal run_literal() const { return {std::string(run_.data(), run_size_), run_folded_}; }

  void end_run() {
    if (run_size_ == 0) return;
    if (run_begin_max_ == 0) {
      out_.prefix = run_literal();
    } else {
      offer();
    }
    run_size_ = 0;
    run_folded_ = 0;
  }

  /// Is the run a better thing to look for than the best so far? One that says where the match begins is worth more.
  void offer() {
    const unsigned bits = information({run_.data(), run_size_}, run_folded_);
    unsigned value = std::min(bits, 30U);
    if (run_begin_min_ == run_begin_max_) {
      value += 12;
    } else if (run_begin_max_ != kUnbounded) {
      value += run_begin_max_ - run_begin_min_ <= 64 ? 8 : 4;
    } else if (!run_before_.full()) {
      value += 6;
    }
    // With no bound, what comes later leaves more to walk back over.
    const unsigned handicap = run_begin_max_ == kUnbounded ? 4 : 0;
    if (value <= best_value_ + (best_size_ > 0 ? handicap : 0)) return;
    best_value_ = value;
    best_.min = run_begin_min_;
    best_.max = run_begin_max_;
    best_.before = run_before_;
    best_.information = bits;
    best_size_ = run_size_;
    best_folded_ = run_folded_;
    std::memcpy(best_run_.data(), run_.data(), run_size_);
  }

  Literals& out_;
  const Encoding encoding_;
  // What lies to the left.
  std::uint64_t min_ = 0, max_ = 0;
  ByteSet before_;
  // The current run, and what lay to its left.
  std::array<char, Literal::kMaxLength> run_;
  std::size_t run_size_ = 0;
  std::uint64_t run_folded_ = 0;
  std::uint64_t run_begin_min_ = 0, run_begin_max_ = 0;
  ByteSet run_before_;
  // The best run that is not the prefix.
  unsigned best_value_ = 0;
  Required best_;
  std::array<char, Literal::kMaxLength> best_run_;
  std::size_t best_size_ = 0;
  std::uint64_t best_folded_ = 0;
};

/// Adds the first bytes of the subtree's matches; can one of them, as far as is easily seen, be empty?
bool add_first(const Node& node, Encoding encoding, ByteSet& set) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
      return true;
    case NodeKind::kClass:
      add_first_bytes(node.char_class(), encoding, set);
      return false;
    case NodeKind::kGroup:
      return add_first(*node.child(), encoding, set);
    case NodeKind::kConcat:
      for (const syntax::Regex& child : node.children()) {
        if (!add_first(*child, encoding, set)) return false;
      }
      return true;
    case NodeKind::kAlternate: {
      bool empty = false;
      for (const syntax::Regex& child : node.children()) empty |= add_first(*child, encoding, set);
      return empty;
    }
    case NodeKind::kRepeat: {
      if (node.max() == 0) return true;
      const bool empty = add_first(*node.child(), encoding, set);
      return empty || (node.min() == 0 && !REDOUBT_MUTANT(first_bytes_past_optional));
    }
  }
  return true;
}

bool is_start(syntax::Look look) { return look == syntax::Look::kCaret || look == syntax::Look::kTextStart; }
bool is_line_start(syntax::Look look) { return is_start(look) || look == syntax::Look::kLineStart; }
bool is_end(syntax::Look look) { return look == syntax::Look::kDollar || look == syntax::Look::kTextEnd; }

/// True only if nothing can be consumed.
bool is_width_zero(const Node& node) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
      return true;
    case NodeKind::kClass:
    case NodeKind::kConcat:
    case NodeKind::kAlternate:
      return false;
    case NodeKind::kRepeat:
      return node.max() == 0;
    case NodeKind::kGroup:
      return is_width_zero(*node.child());
  }
  return false;
}

/// Does every match of the subtree pass a look with the property where it begins (ends, if `from_end`)?
template <class Holds>
bool passes_look(const Node& node, bool from_end, const Holds& holds) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
      return false;
    case NodeKind::kLook:
      return holds(node.look());
    case NodeKind::kGroup:
      return passes_look(*node.child(), from_end, holds);
    case NodeKind::kRepeat:
      return node.min() > 0 && passes_look(*node.child(), from_end, holds);
    case NodeKind::kConcat: {
      const auto& children = node.children();
      for (std::size_t k = 0; k < children.size(); ++k) {
        const Node& child = *children[from_end ? children.size() - 1 - k : k];
        if (passes_look(child, from_end, holds)) return true;
        if (!is_width_zero(child)) return false;
      }
      return false;
    }
    case NodeKind::kAlternate:
      if (REDOUBT_MUTANT(anchor_of_last_branch)) return passes_look(*node.children().back(), from_end, holds);
      return std::all_of(node.children().begin(), node.children().end(),
                         [&](const syntax::Regex& child) { return passes_look(*child, from_end, holds); });
  }
  return false;
}

}  // namespace

unsigned information(const Literal& literal) { return information(literal.bytes, literal.folded); }

Literals find_literals(const syntax::Regex& regex, Encoding encoding) {
  Literals out;
  out.has_groups = regex->max_group() > 0;
  Walk(out, encoding).run(*regex);
  if (out.has_looks) {
    out.anchored_start = passes_look(*regex, false, is_start);
    out.line_start = out.anchored_start || passes_look(*regex, false, is_line_start);
    out.anchored_end = passes_look(*regex, true, is_end);
  }
  add_first(*regex, encoding, out.first);
  // A prefix of three bytes is not improved by several longer ones.
  if (!out.can_be_empty() && !out.exact && out.prefix.size() < 3) {
    out.prefixes.build(*regex, encoding);
    out.exact_set = out.prefixes.exact();
  }
  return out;
}

}  // namespace redoubt::pikevm
