#include "fuzz/case_patterns.h"

#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "generate/regex_gen.h"

namespace redoubt::fuzz {

using generate::Choices;
using generate::RegexSampler;
using syntax::Regex;

namespace {

constexpr std::uint32_t kMaxNodes = 24;

RegexSampler wide(Encoding encoding) {
  generate::RandomSettings settings = generate::wide_settings(Semantics::kLeftmostFirst, encoding);
  settings.grammar.dot_all = true;
  return *RegexSampler::make(settings, kMaxNodes);
}

/// Two letters, so that there are many ways to match, of which one is right.
RegexSampler dense() {
  generate::RandomSettings settings;
  settings.grammar.dot_all = true;
  settings.grammar.lazy = true;
  settings.grammar.looks = {syntax::Look::kCaret, syntax::Look::kDollar, syntax::Look::kWordBoundary};
  settings.classes = false;
  settings.max_bound = 4;
  return *RegexSampler::make(settings, kMaxNodes);
}

class Patterns {
 public:
  Patterns(Choices& choices, Encoding encoding) : choices_(choices), encoding_(encoding) {
    static const RegexSampler kBytes = wide(Encoding::kBytes), kUtf8 = wide(Encoding::kUtf8), kDense = dense();
    trees_ = choices.below(3) == 0 ? &kDense : encoding == Encoding::kBytes ? &kBytes : &kUtf8;
  }

  Regex draw() {
    Regex regex = shape();
    if (choices_.one_in(12)) {
      const auto min = static_cast<std::uint32_t>(choices_.below(20));
      const auto more = static_cast<std::uint32_t>(1 + choices_.below(40));
      regex = syntax::repeat(regex, min, choices_.one_in(4) ? syntax::kInfinite : min + more, !choices_.one_in(4));
    }
    return syntax::renumber_groups(regex);
  }

 private:
  Regex shape() {
    switch (choices_.below(12)) {
      case 0:
      case 1:
      case 2:
        break;
      case 3:
        return syntax::concat({word(), tree()});
      case 4:
        return syntax::concat({tree(), word()});
      case 5:
        return words();
      case 6:
        return syntax::concat({words(), tree()});
      case 7:
        return echo();
      case 8:
        return shared_prefix();
      case 9:
        return nested();
      case 10:
      case 11:
        return rivals(2);
    }
    return tree();
  }

  Regex tree() { return trees_->draw(choices_); }

  Regex unit() {
    static constexpr std::string_view kLetters = "abcAB0-@";
    static constexpr std::uint32_t kWide[] = {0xE9, 0xE8, 0x3B1, 0x20AC, 0x1F600, 0x212A};
    if (encoding_ == Encoding::kUtf8 && choices_.one_in(6)) {
      return syntax::literal(kWide[choices_.below(std::size(kWide))]);
    }
    // Nothing matches the empty class.
    if (choices_.one_in(60)) return syntax::char_class(syntax::CharClass());
    return syntax::literal(static_cast<unsigned char>(kLetters[choices_.below(kLetters.size())]));
  }

  Regex word() {
    std::vector<Regex> units;
    const bool folded = choices_.one_in(4);
    for (std::uint64_t n = choices_.between(1, choices_.one_in(12) ? 70 : 6); n > 0; --n) {
      if (folded) {
        const auto letter = static_cast<std::uint32_t>('a' + choices_.below(3));
        units.push_back(syntax::char_class({{letter, letter}, {letter - 32, letter - 32}}));
      } else {
        units.push_back(unit());
      }
    }
    return syntax::concat(std::move(units));
  }

  Regex words() {
    std::vector<Regex> branches;
    for (std::uint64_t n = choices_.between(2, choices_.one_in(4) ? 24 : 5); n > 0; --n) branches.push_back(word());
    Regex regex = syntax::alternate(std::move(branches));
    return choices_.below(2) == 0 ? regex : syntax::group(regex, 1);
  }

  /// The same part several times in a row, under different repeats.
  Regex echo() {
    const std::uint64_t kind = choices_.below(3);
    const Regex part = kind == 0 ? unit() : kind == 1 ? tree() : rivals(0);
    std::vector<Regex> parts;
    for (std::uint64_t n = choices_.between(2, 4); n > 0; --n) parts.push_back(repeated(part));
    const std::uint64_t last = choices_.below(3);
    if (last == 1) parts.push_back(tree());
    if (last == 2) parts.push_back(syntax::group(rivals(0), 1));
    return syntax::concat(std::move(parts));
  }
  Regex repeated(const Regex& part) {
    static constexpr std::pair<std::uint32_t, std::uint32_t> kBounds[] = {
        {0, syntax::kInfinite}, {1, syntax::kInfinite}, {0, 1}, {2, 2}, {0, 3}, {2, syntax::kInfinite}};
    const std::uint64_t which = choices_.below(std::size(kBounds) + 2);
    if (which >= std::size(kBounds)) return part;
    return syntax::repeat(part, kBounds[which].first, kBounds[which].second, !choices_.one_in(4));
  }

  /// Counted repeats in each other, around little: what rules about repeats are about.
  Regex nested() {
    const auto bounded = [this](Regex body) {
      const auto min = static_cast<std::uint32_t>(choices_.below(4));
      const std::uint32_t max =
          choices_.one_in(3) ? syntax::kInfinite : min + static_cast<std::uint32_t>(choices_.below(4));
      return syntax::repeat(std::move(body), min, max, !choices_.one_in(4));
    };
    Regex regex = choices_.below(3) == 0 ? word() : unit();
    for (std::uint64_t n = choices_.between(1, 3); n > 0; --n) {
      regex = bounded(std::move(regex));
      if (choices_.one_in(6)) regex = syntax::alternate({regex, unit()});
      if (choices_.one_in(6)) regex = syntax::group(regex, 1);
    }
    return choices_.below(2) == 0 ? regex : syntax::concat({regex, tree()});
  }

  /// Parts in a row that want the same letters, some of them bracketed together: which part gets what is the question.
  Regex rivals(int depth) {
    std::vector<Regex> parts;
    for (std::uint64_t n = choices_.between(2, depth > 0 ? 4 : 3); n > 0; --n) {
      Regex part = depth > 0 && choices_.below(3) == 0 ? rivals(depth - 1) : rival();
      if (choices_.one_in(8)) part = repeated(part);
      parts.push_back(choices_.below(3) == 0 ? syntax::group(std::move(part), 1) : std::move(part));
    }
    return choices_.one_in(5) ? syntax::alternate(std::move(parts)) : syntax::concat(std::move(parts));
  }
  Regex rival() {
    const auto letter = [this] { return syntax::literal('a' + static_cast<std::uint32_t>(choices_.below(2))); };
    static constexpr std::pair<std::uint32_t, std::uint32_t> kBounds[] = {
        {0, 1}, {0, 1}, {0, syntax::kInfinite}, {1, syntax::kInfinite}, {1, 2}};
    Regex part = letter();
    if (choices_.below(3) == 0) part = syntax::concat({part, letter()});
    if (choices_.one_in(6)) part = syntax::alternate({part, syntax::concat({letter(), letter()})});
    if (choices_.one_in(4)) return part;
    const auto bounds = kBounds[choices_.below(std::size(kBounds))];
    return syntax::repeat(part, bounds.first, bounds.second, !choices_.one_in(6));
  }

  /// Branches that begin alike.
  Regex shared_prefix() {
    const Regex prefix = choices_.below(2) == 0 ? word() : tree();
    std::vector<Regex> branches;
    for (std::uint64_t n = choices_.between(2, 4); n > 0; --n) {
      branches.push_back(choices_.one_in(4) ? prefix
                                            : syntax::concat({prefix, choices_.below(2) == 0 ? unit() : tree()}));
    }
    return syntax::alternate(std::move(branches));
  }

  Choices& choices_;
  Encoding encoding_;
  const RegexSampler* trees_;
};

}  // namespace

Regex draw_pattern(Choices& choices, Encoding encoding) { return Patterns(choices, encoding).draw(); }

}  // namespace redoubt::fuzz
