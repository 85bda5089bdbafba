#include "generate/regex_gen.h"

#include <algorithm>
#include <cassert>

namespace redoubt::generate {

using syntax::CharClass;
using syntax::kInfinite;
using syntax::Range;
using syntax::Regex;

namespace {

/// One walk down the grammar. `pending` is always the number of skeletons of what is still to come to the right of the
/// part at hand; times the letterings of the slots that are still open, it is the rest that Choices asks for.
class Descent {
 public:
  Descent(const Grammar& grammar, Choices& choices, std::uint32_t slots)
      : grammar_(grammar), choices_(choices), slots_left_(slots), used_(grammar.first_used()) {}

  Regex tree(std::uint32_t size, std::uint32_t slots, std::uint64_t pending) {
    if (!copies()) return made(size, slots, pending);
    if (const Regex* earlier = earlier_within(size)) return around(*earlier, size);
    Regex r = made(size, slots, pending);
    if (r->size() > 1) drawn_.push_back({r, product_});
    return r;
  }

 private:
  struct Drawn {
    Regex tree;
    std::uint64_t product;  ///< as product_ was
  };

  bool copies() const { return !grammar_.is_counted() && grammar_.settings().copy_one_in > 1; }
  bool copy_now() { return choices_.one_in(grammar_.settings().copy_one_in); }

  /// One to be copied, now and then. Its repeats must not multiply further than where it was drawn.
  const Regex* earlier_within(std::uint32_t size) {
    const auto fits = [&](const Drawn& d) { return d.tree->size() <= size && d.product >= product_; };
    const auto count = static_cast<std::uint64_t>(std::count_if(drawn_.begin(), drawn_.end(), fits));
    if (count == 0 || !copy_now()) return nullptr;
    std::uint64_t number = choices_.below(count);
    return &std::find_if(drawn_.begin(), drawn_.end(), [&](const Drawn& d) { return fits(d) && number-- == 0; })->tree;
  }

  /// A tree of this size in which `copy` is the top, or next to it.
  Regex around(Regex copy, std::uint32_t size) {
    const std::uint32_t left = size - copy->size();
    if (left == 0) return copy;
    const GrammarSettings& settings = grammar_.settings().grammar;
    if (left == 1) {
      if (settings.groups && (settings.repeats.empty() || choices_.one_in(3))) return syntax::group(copy, 1);
      if (settings.repeats.empty()) return copy;
      const RepeatShape shape = settings.repeats[choices_.below(settings.repeats.size())];
      // Bounds multiply with those within the copy; without them nothing does.
      const bool bounded = factor(shape) > 1;
      return syntax::repeat(copy, bounded ? 0 : shape.min, bounded ? kInfinite : shape.max,
                            !(settings.lazy && choices_.one_in(3)));
    }
    Regex other = tree(left - 1, 0, 1);
    const bool behind = choices_.one_in(3);
    std::vector<Regex> parts{behind ? other : copy, behind ? copy : other};
    return choices_.one_in(3) ? syntax::alternate(std::move(parts)) : syntax::concat(std::move(parts));
  }

  Regex made(std::uint32_t size, std::uint32_t slots, std::uint64_t pending) {
    const std::size_t option = choices_.choose(grammar_.tree_weights(size, slots), rest(pending));
    if (size == 1) return leaf(grammar_.leaves()[option], pending);
    switch (option) {
      case Grammar::kConcat:
        return syntax::concat(children(size - 1, slots, pending));
      case Grammar::kAlternate:
        return syntax::alternate(children(size - 1, slots, pending));
      case Grammar::kGroup: {
        std::uint32_t number = ++groups_;
        return syntax::group(tree(size - 1, slots, pending), number);
      }
    }
    const std::size_t repeat = option - Grammar::kRepeat;
    const bool listed = repeat < grammar_.repeats().size();
    return repeated(listed ? within_product(grammar_.repeats()[repeat]) : free_repeat(), size, slots, pending);
  }

  std::uint64_t rest(std::uint64_t pending) const { return pending * grammar_.letterings(slots_left_, used_); }

  std::vector<Regex> children(std::uint32_t size, std::uint32_t slots, std::uint64_t pending) {
    std::vector<Regex> list;
    // The first split leaves two children or more; after it, option 0 ends the sequence.
    bool first = true;
    for (;;) {
      if (!first && copies() && list.back()->size() <= size && copy_now()) {
        const Regex again =
            around(list.back(), list.back()->size() + (list.back()->size() < size ? choices_.below(2) : 0));
        size -= again->size();
        list.push_back(again);
        if (size == 0) return list;
      }
      const std::span<const std::uint64_t> weights = grammar_.split_weights(size, slots).subspan(first ? 1 : 0);
      const std::size_t option = choices_.choose(weights, rest(pending)) + (first ? 1 : 0);
      const Grammar::Part part = grammar_.split_parts(size, slots)[option];
      if (option == 0) {
        list.push_back(tree(size, slots, pending));
        return list;
      }
      if (first) list.reserve(size <= 4 ? size : 4);
      first = false;
      size -= part.size;
      slots -= part.slots;
      list.push_back(tree(part.size, part.slots, pending * grammar_.sequences(size, slots)));
    }
  }

  Regex leaf(const Leaf& leaf, std::uint64_t pending) {
    switch (leaf.kind) {
      case LeafKind::kFixed:
        return leaf.node;
      case LeafKind::kLetter:
        return grammar_.letter(next_letter(pending));
      case LeafKind::kNotLetter:
        return grammar_.not_letter(next_letter(pending));
      case LeafKind::kFreeLetter:
        if (!edges().empty() && choices_.one_in(12)) return syntax::literal(edge());
        // Mostly the first two: ambiguous patterns are made of few letters.
        return grammar_.letter(choices_.below(choices_.one_in(3) ? letters().size() : common_letters()));
      case LeafKind::kFreeNotLetter:
        return grammar_.not_letter(choices_.below(letters().size()));
      case LeafKind::kFreeClass:
        return syntax::char_class(free_class());
    }
    return leaf.node;
  }

  // A restricted growth string: a letter that has occurred, or the next one.
  std::size_t next_letter(std::uint64_t pending) {
    const std::size_t letter = choices_.choose(grammar_.letter_weights(slots_left_, used_), pending);
    --slots_left_;
    if (letter == used_) ++used_;
    return letter;
  }

  Regex repeated(RepeatShape shape, std::uint32_t size, std::uint32_t slots, std::uint64_t pending) {
    const std::uint64_t outside = product_;
    product_ *= factor(shape);
    Regex body = tree(size - 1, slots, pending);
    product_ = outside;
    return syntax::repeat(std::move(body), shape.min, shape.max, shape.greedy);
  }

  static std::uint64_t factor(const RepeatShape& shape) {
    return std::max<std::uint64_t>(shape.max == kInfinite ? shape.min : shape.max, 1);
  }

  // Counted grammars keep their list whatever the product: they are to be complete.
  RepeatShape within_product(const RepeatShape& shape) const {
    const RandomSettings& settings = grammar_.settings();
    if (grammar_.is_counted() || product_ * factor(shape) <= settings.max_product) return shape;
    return {0, kInfinite, shape.greedy};
  }

  RepeatShape free_repeat() {
    const RandomSettings& settings = grammar_.settings();
    const std::uint64_t room = std::max<std::uint64_t>(settings.max_product / product_, 1);
    const auto bound = static_cast<std::uint32_t>(std::min<std::uint64_t>(settings.max_bound, room));
    const auto min = static_cast<std::uint32_t>(choices_.below(bound + 1));
    RepeatShape shape{min, min};
    switch (choices_.below(3)) {
      case 0:
        shape.max = static_cast<std::uint32_t>(choices_.between(min, bound));
        break;
      case 1:
        shape.max = kInfinite;
        break;
      default:  // {min}
        break;
    }
    shape.greedy = !(settings.grammar.lazy && choices_.one_in(3));
    return shape;
  }

  // One to three ranges between units that matter: a letter or an edge at each end, or a letter and its neighbours.
  CharClass free_class() {
    const GrammarSettings& settings = grammar_.settings().grammar;
    const CharClass domain = CharClass::all(settings.encoding);
    std::vector<Range> ranges;
    for (std::uint64_t count = choices_.between(1, 3); count > 0; --count) {
      std::uint32_t lo = unit();
      std::uint32_t hi = choices_.one_in(2) ? unit() : lo + static_cast<std::uint32_t>(choices_.below(3));
      ranges.push_back({std::min(lo, hi), std::max(lo, hi)});
    }
    CharClass c = CharClass(std::move(ranges)).intersect(domain);
    if (choices_.one_in(4)) c = c.complement(settings.encoding);
    return c.empty() ? domain : c;
  }

  std::uint32_t unit() {
    if (letters().empty() || (!edges().empty() && choices_.one_in(3))) return edge();
    return letters()[choices_.below(letters().size())];
  }
  std::uint32_t edge() { return edges().empty() ? 'a' : edges()[choices_.below(edges().size())]; }
  std::size_t common_letters() const { return std::min<std::size_t>(letters().size(), 2); }
  const std::vector<std::uint32_t>& letters() const { return grammar_.settings().grammar.letters; }
  const std::vector<std::uint32_t>& edges() const { return grammar_.settings().edge_units; }

  const Grammar& grammar_;
  Choices& choices_;
  std::uint32_t slots_left_;
  std::uint32_t used_;
  std::uint32_t groups_ = 0;
  std::uint64_t product_ = 1;
  std::vector<Drawn> drawn_;
};

}  // namespace

tl::expected<RegexSpace, std::string> RegexSpace::make(const GrammarSettings& settings, std::uint32_t max_size) {
  auto grammar = Grammar::counted(settings, max_size);
  if (!grammar) return tl::unexpected(grammar.error());
  return RegexSpace(std::move(*grammar));
}

std::uint64_t RegexSpace::total() const {
  std::uint64_t sum = 0;
  for (std::uint32_t size = 1; size <= max_size(); ++size) sum += count(size);
  return sum;
}

RegexSpace::Place RegexSpace::place(std::uint64_t number) const {
  std::uint32_t size = 1;
  while (size < max_size() && number >= count(size)) number -= count(size++);
  return {size, number};
}

Regex RegexSpace::at(std::uint32_t size, std::uint64_t index) const {
  IndexChoices choices(index);
  return draw(choices, size);
}

Regex RegexSpace::draw(Choices& choices, std::uint32_t size) const {
  assert(size >= 1 && size <= max_size() && count(size) > 0);
  const auto slots = static_cast<std::uint32_t>(choices.choose(grammar_.slot_weights(size), 1));
  return Descent(grammar_, choices, slots).tree(size, slots, 1);
}

tl::expected<RegexSampler, std::string> RegexSampler::make(const RandomSettings& settings, std::uint32_t max_size) {
  auto grammar = Grammar::proportional(settings, max_size);
  if (!grammar) return tl::unexpected(grammar.error());
  return RegexSampler(std::move(*grammar));
}

Regex RegexSampler::draw(Choices& choices) const {
  return draw(choices, static_cast<std::uint32_t>(choices.between(1, max_size())));
}

Regex RegexSampler::draw(Choices& choices, std::uint32_t size) const {
  assert(size >= 1 && size <= max_size());
  while (!grammar_.has(size)) --size;
  // Copies have the numbers of what they are copies of.
  return syntax::renumber_groups(Descent(grammar_, choices, 0).tree(size, 0, 1));
}

tl::expected<Regex, std::string> random_regex(Choices& choices, const RandomSettings& settings,
                                              std::uint32_t max_size) {
  auto sampler = RegexSampler::make(settings, max_size);
  if (!sampler) return tl::unexpected(sampler.error());
  return sampler->draw(choices);
}

}  // namespace redoubt::generate
