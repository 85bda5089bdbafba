#include "harness/shrink.h"

#include <algorithm>

#include "syntax/utf8.h"

namespace redoubt::harness {

using syntax::CharClass;
using syntax::kInfinite;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

namespace {

std::uint64_t unit_weight(std::uint32_t unit) {
  if (unit == 'a') return 0;
  if (unit == 'b') return 1;
  if (unit >= 'c' && unit <= 'z') return 2;
  if (unit == '\n') return 3;
  return unit < 0x80 ? 4 : 5;
}

std::uint64_t weight(const Regex& r) {
  std::uint64_t total = 0;
  switch (r->kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kConcat:
      break;
    case NodeKind::kClass:
      if (r->char_class().is_single()) {
        total = 1 + unit_weight(r->char_class().front());
      } else {
        total = 10 + r->char_class().ranges().size();
      }
      break;
    case NodeKind::kLook:
      total = 1 + static_cast<std::uint64_t>(r->look());
      break;
    case NodeKind::kAlternate:
      total = 1;
      break;
    case NodeKind::kRepeat:
      // `*` is simplest to read, then `+` and `?`, then bounds by their size.
      total = r->greedy() ? 2 : 3;
      if (r->max() == kInfinite) {
        total += 2 * r->min();
      } else {
        total += r->min() == 0 && r->max() == 1 ? 3 : 4 + r->min() + std::uint64_t{2} * r->max();
      }
      break;
    case NodeKind::kGroup:
      total = 1 + (r->name().empty() ? 0 : 1);
      break;
  }
  for (const Regex& child : r->children()) total += weight(child);
  return total;
}

/// The same node with child k replaced.
Regex replace_child(const Node& node, std::size_t k, Regex child) {
  std::vector<Regex> children = node.children();
  children[k] = std::move(child);
  return syntax::with_children(node, std::move(children));
}

std::vector<CharClass> smaller_classes(const CharClass& c, Encoding encoding) {
  std::vector<CharClass> out;
  for (std::uint32_t unit : {'a', 'b', '\n'}) out.push_back(CharClass::single(unit));
  out.push_back(CharClass({{'a', 'b'}}));
  if (c.empty()) return out;
  for (const syntax::Range& range : c.ranges()) {
    out.push_back(CharClass::single(range.lo));
    out.push_back(CharClass::single(range.hi));
    if (c.ranges().size() > 1) {
      out.push_back(CharClass({range}));
      out.push_back(c.minus(CharClass({range})));
    }
  }
  out.push_back(CharClass::single('a').complement(encoding));
  out.push_back(CharClass::single('\n').complement(encoding));
  return out;
}

void own_reductions(const Regex& r, Encoding encoding, std::vector<Regex>& out) {
  if (r->kind() != NodeKind::kEmpty) out.push_back(syntax::empty());
  for (const Regex& child : r->children()) out.push_back(child);
  switch (r->kind()) {
    case NodeKind::kEmpty:
      break;
    case NodeKind::kClass:
      for (CharClass& c : smaller_classes(r->char_class(), encoding)) out.push_back(syntax::char_class(std::move(c)));
      break;
    case NodeKind::kLook:
      out.push_back(syntax::literal('a'));
      for (int k = 0; k < static_cast<int>(r->look()); ++k) out.push_back(syntax::look(static_cast<syntax::Look>(k)));
      break;
    case NodeKind::kConcat:
    case NodeKind::kAlternate:
      for (std::size_t k = 0; k < r->children().size(); ++k) {
        std::vector<Regex> fewer = r->children();
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
        out.push_back(syntax::with_children(*r, std::move(fewer)));
      }
      if (r->kind() == NodeKind::kAlternate) out.push_back(syntax::concat(r->children()));
      break;
    case NodeKind::kRepeat: {
      const std::uint32_t min = r->min(), max = r->max();
      auto with = [&](std::uint32_t lo, std::uint32_t hi, bool greedy) {
        if (lo <= hi) out.push_back(syntax::repeat(r->child(), lo, hi, greedy));
      };
      for (bool greedy : {true, r->greedy()}) {
        with(0, kInfinite, greedy);
        with(1, kInfinite, greedy);
        with(0, 1, greedy);
        with(min, max, greedy);
        with(min / 2, max == kInfinite ? max : max / 2, greedy);
        if (min > 0) with(min - 1, max, greedy);
        if (max != kInfinite && max > 0) with(min, max - 1, greedy);
        if (min > 0 && max != kInfinite) with(min - 1, max - 1, greedy);
        if (max != kInfinite) with(0, max, greedy);
        if (max != kInfinite) with(max, max, greedy);
      }
      break;
    }
    case NodeKind::kGroup:
      if (!r->name().empty()) out.push_back(syntax::group(r->child(), r->group()));
      break;
  }
}

void collect_reductions(const Regex& r, Encoding encoding, const std::function<Regex(Regex)>& rebuild,
                        std::vector<Regex>& out) {
  std::vector<Regex> own;
  own_reductions(r, encoding, own);
  for (Regex& smaller : own) out.push_back(rebuild(std::move(smaller)));
  for (std::size_t k = 0; k < r->children().size(); ++k) {
    collect_reductions(
        r->children()[k], encoding, [&](Regex child) { return rebuild(replace_child(*r, k, std::move(child))); }, out);
  }
}

/// The same tree with one unit taken for another wherever it stands alone.
Regex rename(const Regex& r, std::uint32_t from, std::uint32_t to) {
  if (r->kind() == NodeKind::kClass) {
    return r->char_class() == CharClass::single(from) ? syntax::literal(to) : r;
  }
  if (r->children().empty()) return r;
  std::vector<Regex> children;
  for (const Regex& child : r->children()) children.push_back(rename(child, from, to));
  return syntax::with_children(*r, std::move(children));
}

}  // namespace

ShrinkCost cost(const Regex& regex, std::string_view haystack) {
  std::uint64_t total = weight(regex);
  for (char c : haystack) total += unit_weight(static_cast<unsigned char>(c));
  return {regex->size(), haystack.size(), total};
}

std::vector<Regex> reductions(const Regex& regex, Encoding encoding) {
  std::vector<Regex> out;
  collect_reductions(
      regex, encoding, [](Regex r) { return r; }, out);
  std::stable_sort(out.begin(), out.end(), [](const Regex& a, const Regex& b) { return a->size() < b->size(); });
  return out;
}

std::vector<std::string> reductions(std::string_view haystack, Encoding encoding) {
  std::vector<std::size_t> cuts;  // unit boundaries
  for (std::size_t i = 0; i < haystack.size();) {
    cuts.push_back(i);
    i += encoding == Encoding::kUtf8 ? syntax::decode_utf8(haystack, i).length : 1;
  }
  cuts.push_back(haystack.size());
  const std::size_t units = cuts.size() - 1;
  std::vector<std::string> out;
  const std::string whole(haystack);
  for (std::size_t length = units; length > 0; length /= 2) {
    for (std::size_t k = 0; k + length <= units; k += length) {
      out.push_back(whole.substr(0, cuts[k]) + whole.substr(cuts[k + length]));
    }
  }
  for (std::size_t k = 0; k < units; ++k) {
    for (const char* letter : {"a", "b", "\n"}) {
      out.push_back(whole.substr(0, cuts[k]) + letter + whole.substr(cuts[k + 1]));
    }
  }
  return out;
}

std::vector<std::pair<Regex, std::string>> renamings(const Regex& regex, std::string_view haystack) {
  std::vector<std::pair<Regex, std::string>> out;
  for (const char from : haystack) {
    for (const char to : {'a', 'b'}) {
      if (from == to || static_cast<unsigned char>(from) >= 0x80) continue;
      std::string renamed(haystack);
      std::replace(renamed.begin(), renamed.end(), from, to);
      out.emplace_back(rename(regex, static_cast<unsigned char>(from), static_cast<unsigned char>(to)),
                       std::move(renamed));
    }
  }
  return out;
}

ShrinkResult shrink(const Regex& regex, std::string_view haystack, Encoding encoding, const KeepsProperty& keeps,
                    std::size_t max_probes) {
  ShrinkResult best{syntax::renumber_groups(regex), std::string(haystack), 0, false};
  if (max_probes == 0) return best;
  ++best.probes;
  if (!keeps(best.regex, best.haystack)) return best;
  const auto try_pair = [&](const Regex& r, const std::string& h) {
    if (cost(r, h) >= cost(best.regex, best.haystack)) return false;
    if (best.probes >= max_probes) return false;
    ++best.probes;
    const Regex numbered = syntax::renumber_groups(r);
    if (!keeps(numbered, h)) return false;
    best.regex = numbered;
    best.haystack = h;
    return true;
  };
  for (bool progress = true; progress && best.probes < max_probes;) {
    progress = false;
    for (const std::string& h : reductions(best.haystack, encoding)) {
      if (try_pair(best.regex, h)) {
        progress = true;
        break;
      }
    }
    for (const Regex& r : reductions(best.regex, encoding)) {
      if (try_pair(r, best.haystack)) {
        progress = true;
        break;
      }
    }
    for (const auto& [r, h] : renamings(best.regex, best.haystack)) {
      if (try_pair(r, h)) {
        progress = true;
        break;
      }
    }
    best.complete = !progress && best.probes < max_probes;
  }
  return best;
}

}  // namespace redoubt::harness
