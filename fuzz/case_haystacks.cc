#include "fuzz/case_haystacks.h"

#include <algorithm>
#include <cstdint>

#include "generate/automaton_haystacks.h"
#include "generate/haystack_gen.h"

namespace redoubt::fuzz {

using generate::Choices;
using syntax::Regex;

Haystacks::Haystacks(Choices& choices, const std::vector<Regex>& patterns, Encoding encoding)
    : choices_(choices), patterns_(patterns), encoding_(encoding) {
  for (std::uint32_t unit : generate::interesting_units(patterns[0], encoding)) {
    units_.push_back(generate::unit_text(unit, encoding));
  }
  if (choices_.one_in(6)) {
    generate::AutomatonLimits limits;
    limits.max_states = 40;
    limits.max_haystacks = 40;
    limits.max_length = 60;
    along_ = generate::automaton_haystacks(patterns[0], encoding, choices_, limits).haystacks;
  }
}

std::string Haystacks::draw() {
  const std::uint64_t kind = choices_.below(4);
  const std::size_t most = kind == 0 ? kShortHaystack : kind == 1 ? 60 : kLongestHaystack;
  const std::size_t least = kind < 2 ? 0 : choices_.between(32, 300);
  std::string text;
  for (std::uint64_t n = choices_.between(0, 4); n > 0 || text.size() < least; n -= n > 0) {
    const std::size_t before = text.size();
    text += piece();
    if (text.size() == before) text += n == 0 ? "-" : "";
  }
  text.resize(std::min(text.size(), most));
  if (!text.empty() && choices_.one_in(4)) damage(text);
  return text;
}

std::string Haystacks::piece() {
  switch (choices_.below(7)) {
    case 0:
      return generate::draw_along(patterns_[choices_.below(patterns_.size())], encoding_, choices_, 40);
    case 1:
      return units_[choices_.below(units_.size())];
    case 2:
      return std::string(choices_.between(1, 90), "-a \n"[choices_.below(4)]);
    case 3: {
      std::string bytes;
      for (std::uint64_t n = choices_.between(1, 3); n > 0; --n) bytes += static_cast<char>(choices_.below(256));
      return bytes;
    }
    case 4:
      if (!along_.empty()) return along_[choices_.below(along_.size())];
      break;
    case 5: {
      const std::string& unit = units_[choices_.below(units_.size())];
      std::string run;
      for (std::uint64_t n = choices_.between(1, 40); n > 0; --n) run += unit;
      return run;
    }
    case 6: {
      // Two neighbours, mostly letters of which the pattern makes much.
      const std::size_t first = choices_.below(units_.size());
      std::string text;
      for (std::uint64_t n = choices_.between(1, 12); n > 0; --n) {
        text += units_[(first + choices_.below(2)) % units_.size()];
      }
      return text;
    }
  }
  return generate::draw_along(patterns_[0], encoding_, choices_, 40);
}

void Haystacks::damage(std::string& text) {
  const std::size_t at = choices_.below(text.size());
  switch (choices_.below(3)) {
    case 0:
      text.erase(at, 1);
      break;
    case 1:
      text[at] = static_cast<char>(choices_.below(256));
      break;
    case 2:
      text.insert(at, units_[choices_.below(units_.size())]);
      break;
  }
}

}  // namespace redoubt::fuzz
