#include "generate/word_gen.h"

#include <algorithm>

#include "generate/haystack_gen.h"
#include "syntax/utf8.h"

namespace redoubt::generate {

using syntax::CharClass;
using syntax::kInfinite;
using syntax::Look;
using syntax::Regex;

namespace {

class Words {
 public:
  Words(Choices& choices, Encoding encoding, bool lazy) : choices_(choices), encoding_(encoding), lazy_(lazy) {}

  Regex draw() {
    std::vector<Regex> parts;
    if (choices_.one_in(12)) parts.push_back(syntax::look(Look::kCaret));
    for (std::uint64_t count = choices_.between(1, 4); count > 0; --count) parts.push_back(part());
    if (choices_.one_in(6)) parts.push_back(syntax::look(Look::kDollar));
    return syntax::concat(std::move(parts));
  }

 private:
  std::uint32_t letter() {
    static constexpr std::uint32_t kUtf8[] = {'a', 'b', 'c', 0xE9, 0x3C3};
    if (encoding_ == Encoding::kUtf8 && choices_.one_in(4)) return kUtf8[choices_.below(std::size(kUtf8))];
    return 'a' + static_cast<std::uint32_t>(choices_.below(choices_.one_in(3) ? 4 : 2));
  }

  std::vector<Regex> word() {
    std::vector<Regex> letters;
    for (std::uint64_t length = choices_.between(1, 5); length > 0; --length) {
      const std::uint32_t unit = letter();
      const bool folded = unit < 0x80 && choices_.one_in(8);
      letters.push_back(folded ? syntax::char_class(CharClass({{unit - 32, unit - 32}, {unit, unit}}))
                               : syntax::literal(unit));
    }
    return letters;
  }

  /// The later words are mostly the first with another end or another beginning.
  Regex choice() {
    const std::vector<Regex> first = word();
    std::vector<Regex> branches = {syntax::concat(first)};
    for (std::uint64_t count = choices_.between(1, choices_.one_in(4) ? 11 : 3); count > 0; --count) {
      std::vector<Regex> next = word();
      const std::uint64_t kind = choices_.below(3);
      if (kind == 0) next.insert(next.begin(), first.begin(), first.end());
      if (kind == 1) next.insert(next.end(), first.begin(), first.end());
      branches.push_back(syntax::concat(std::move(next)));
    }
    return syntax::alternate(std::move(branches));
  }

  Regex loop() {
    const std::uint32_t unit = letter();
    const CharClass all = CharClass::all(encoding_);
    const CharClass classes[] = {CharClass::single(unit), all, all.minus(CharClass::single(unit)),
                                 CharClass({{'a', 'c'}})};
    static constexpr std::uint32_t kBounds[][2] = {{0, kInfinite}, {1, kInfinite}, {0, 1}, {1, 2}, {2, 3}, {1, 1}};
    const CharClass& c = classes[choices_.below(std::size(classes))];
    const auto [min, max] = kBounds[choices_.below(std::size(kBounds))];
    return syntax::repeat(syntax::char_class(c), min, max, !(lazy_ && choices_.one_in(3)));
  }

  Regex part() {
    const std::uint64_t kind = choices_.below(8);
    if (kind <= 1) return loop();
    Regex r = kind <= 4 ? syntax::concat(word()) : choice();
    if (choices_.one_in(5)) r = syntax::group(std::move(r), ++groups_);
    if (choices_.one_in(8)) r = syntax::repeat(std::move(r), 0, choices_.below(2) == 0 ? 1 : kInfinite);
    return r;
  }

  Choices& choices_;
  const Encoding encoding_;
  const bool lazy_;
  std::uint32_t groups_ = 0;
};

}  // namespace

Regex draw_words(Choices& choices, Encoding encoding, bool lazy) { return Words(choices, encoding, lazy).draw(); }

std::string embedded(const std::string& text, Encoding encoding, Choices& choices, std::size_t most) {
  static constexpr std::uint32_t kFillers[] = {'~', 'a', 'b', '\n', 'x', 0xE9};
  const auto fill = [&] {
    std::string filler;
    const std::uint64_t kind = choices.below(std::size(kFillers) + 2);
    if (kind >= std::size(kFillers) && !text.empty()) {
      // The first unit, or the whole.
      std::size_t length = text.size();
      if (kind == std::size(kFillers)) length = encoding == Encoding::kBytes ? 1 : syntax::decode_utf8(text, 0).length;
      filler = text.substr(0, length);
    } else {
      filler = unit_text(kFillers[kind % std::size(kFillers)], encoding);
    }
    std::string all;
    for (std::uint64_t count = choices.below(most / filler.size() + 1); count > 0; --count) all += filler;
    return all;
  };
  std::string haystack = fill() + text;
  haystack += fill();
  return haystack;
}

}  // namespace redoubt::generate
