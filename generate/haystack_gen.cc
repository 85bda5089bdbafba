#include "generate/haystack_gen.h"

#include <algorithm>
#include <set>

#include "syntax/utf8.h"

namespace redoubt::generate {

using syntax::CharClass;
using syntax::kInfinite;
using syntax::Look;
using syntax::Node;
using syntax::NodeKind;
using syntax::Range;
using syntax::Regex;

tl::expected<StringSpace, std::string> StringSpace::make(std::vector<std::string> letters, std::uint32_t max_length) {
  std::uint64_t letter_bytes = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    letter_bytes += letters[i].size();
    if (letters[i].empty()) return tl::unexpected(std::string("a letter of haystacks is empty"));
    for (std::size_t j = 0; j < letters.size(); ++j) {
      if (i != j && letters[j].starts_with(letters[i])) {
        return tl::unexpected(std::string("a letter of haystacks is the start of another"));
      }
    }
  }
  // Strings of length n: letters^n of them, in each place every letter equally often.
  StringSpace space;
  const std::uint64_t base = letters.size();
  std::uint64_t count = 1;
  std::uint64_t all_bytes = sizeof(std::string_view);
  for (std::uint32_t length = 1; length <= max_length && base > 0; ++length) {
    const std::uint64_t longer = count * (letter_bytes * length + base * sizeof(std::string_view));
    all_bytes += longer;
    count *= base;
    if (longer > kMaxBytes || all_bytes > kMaxBytes) {
      return tl::unexpected("all haystacks up to length " + std::to_string(length) + " over " + std::to_string(base) +
                            " letters take more than " + std::to_string(kMaxBytes >> 20) + " MiB");
    }
  }

  // Each string but the empty one is a shorter one and a letter; offsets first, for the buffer moves while it grows.
  std::vector<std::pair<std::size_t, std::size_t>> places{{0, 0}};
  space.ends_.push_back(1);
  std::size_t from = 0;
  for (std::uint32_t length = 1; length <= max_length; ++length) {
    const std::size_t to = places.size();
    for (std::size_t prefix = from; prefix < to; ++prefix) {
      for (const std::string& letter : letters) {
        const std::size_t start = space.buffer_.size();
        const auto [prefix_start, prefix_size] = places[prefix];
        space.buffer_.resize(start + prefix_size + letter.size());
        auto end = std::copy_n(space.buffer_.begin() + static_cast<std::ptrdiff_t>(prefix_start), prefix_size,
                               space.buffer_.begin() + static_cast<std::ptrdiff_t>(start));
        std::copy(letter.begin(), letter.end(), end);
        places.emplace_back(start, prefix_size + letter.size());
      }
    }
    from = to;
    space.ends_.push_back(places.size());
    if (letters.empty()) break;
  }
  space.views_.reserve(places.size());
  for (const auto& [start, size] : places) space.views_.emplace_back(space.buffer_.data() + start, size);
  return space;
}

std::span<const std::string_view> StringSpace::up_to(std::uint32_t length) const {
  return all().first(ends_[std::min<std::size_t>(length, ends_.size() - 1)]);
}

std::string random_haystack(Choices& choices, std::span<const std::string> letters, std::uint32_t max_length) {
  std::string haystack;
  for (std::uint64_t length = choices.between(0, max_length); length > 0; --length) {
    haystack += letters[choices.below(letters.size())];
  }
  return haystack;
}

std::string unit_text(std::uint32_t unit, Encoding encoding) {
  if (encoding == Encoding::kBytes) return std::string(1, static_cast<char>(unit));
  std::string text;
  syntax::append_utf8(text, unit);
  return text;
}

std::vector<std::uint32_t> interesting_units(const Regex& regex, Encoding encoding) {
  const CharClass domain = CharClass::all(encoding);
  std::set<std::uint32_t> units;
  auto add = [&](std::uint32_t unit) {
    if (domain.contains(unit)) units.insert(unit);
  };
  for (const CharClass& c : syntax::collect_classes(regex)) {
    for (const Range& range : c.ranges()) {
      if (range.lo > 0) add(range.lo - 1);
      add(range.lo);
      add(range.hi);
      add(range.hi + 1);
    }
  }
  syntax::any_node(regex, [&](const Node& node) {
    if (node.kind() != NodeKind::kLook) return false;
    const bool word = node.look() == Look::kWordBoundary || node.look() == Look::kNotWordBoundary;
    const bool line = node.look() == Look::kLineStart || node.look() == Look::kLineEnd || node.look() == Look::kCaret ||
                      node.look() == Look::kDollar;
    if (word) units.insert({'_', '-'});
    if (line) units.insert('\n');
    return false;
  });
  if (units.empty()) units.insert('a');
  return {units.begin(), units.end()};
}

namespace {

/// Nodes visited while one string is drawn.
constexpr std::uint64_t kMaxSteps = 20'000;

class AlongTree {
 public:
  AlongTree(Encoding encoding, Choices& choices, std::size_t max_length, Iterations forced)
      : encoding_(encoding), choices_(choices), max_length_(max_length), forced_(forced) {}

  void draw(const Node& node) {
    if (++steps_ > kMaxSteps) return;
    switch (node.kind()) {
      case NodeKind::kEmpty:
      case NodeKind::kLook:
        return;
      case NodeKind::kClass:
        return unit(node.char_class());
      case NodeKind::kConcat:
        for (const Regex& child : node.children()) draw(*child);
        return;
      case NodeKind::kAlternate:
        return draw(*node.children()[branch(node)]);
      case NodeKind::kGroup:
        return draw(*node.child());
      case NodeKind::kRepeat:
        return iterate(node);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void unit(const CharClass& c) {
    if (c.empty() || text_.size() >= max_length_) return;
    const Range& range = c.ranges()[choices_.below(c.ranges().size())];
    // Ends of ranges matter most.
    const std::uint64_t width = std::uint64_t{range.hi} - range.lo;
    const std::uint64_t pick = choices_.below(4);
    const std::uint64_t offset = pick <= 1 ? 0 : pick == 2 ? width : choices_.below(width + 1);
    text_ += unit_text(range.lo + static_cast<std::uint32_t>(offset), encoding_);
  }

  // A forced repeat is reached whatever the other branches are.
  std::size_t branch(const Node& node) {
    if (forced_.repeat != nullptr) {
      for (std::size_t i = 0; i < node.children().size(); ++i) {
        if (leads_to_forced(node.children()[i])) return i;
      }
    }
    return choices_.below(node.children().size());
  }
  bool leads_to_forced(const Regex& r) const {
    return syntax::any_node(r, [&](const Node& node) { return &node == forced_.repeat; });
  }

  void iterate(const Node& node) {
    std::uint64_t count = forced_.count;
    if (&node != forced_.repeat) {
      const std::uint64_t most = node.max() == kInfinite ? std::uint64_t{node.min()} + 3
                                                         : std::min<std::uint64_t>(node.max(), node.min() + 3ull);
      count = choices_.between(node.min(), most);
      if (forced_.repeat != nullptr && count == 0 && node.max() > 0 && leads_to_forced(node.child())) count = 1;
    }
    // A body may draw nothing at all, so the length alone is no limit.
    for (; count > 0 && text_.size() < max_length_ && steps_ <= kMaxSteps; --count) draw(*node.child());
  }

  Encoding encoding_;
  Choices& choices_;
  std::size_t max_length_;
  Iterations forced_;
  std::string text_;
  std::uint64_t steps_ = 0;
};

}  // namespace

std::string draw_along(const Regex& regex, Encoding encoding, Choices& choices, std::size_t max_length,
                       Iterations forced) {
  AlongTree walk(encoding, choices, max_length, forced);
  walk.draw(*regex);
  return walk.take();
}

}  // namespace redoubt::generate
