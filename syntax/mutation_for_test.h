// Random edits of patterns for this folder's tests. The fuzz targets, not this, look for what nobody thought of.
#pragma once

#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace redoubt::syntax {

/// Pieces that turn one construct into another, or into half of one.
inline constexpr std::string_view kPieces[] = {
    "(",   ")",   "[",   "]",    "{",  "}",    "*",    "+",    "?",   "|",    "\\", "^",  "$",  ".",   "-",
    ",",   "1",   "0",   "9999", "(?", "(?:",  "(?P<", "(?i)", "[:",  ":]",   "[.", ".]", "[^", "\\x", "\\x{",
    "\\Q", "\\E", "\\d", "a",    "i",  "\xC3", "\xFF", "(?=",  "{2,", "{,2}", ">",  "<",  ":"};

/// The text after one to four small edits.
inline std::string mutated(std::string text, std::mt19937& random) {
  for (unsigned edits = 1 + random() % 4; edits > 0; --edits) {
    const std::size_t at = random() % (text.size() + 1);
    switch (random() % 4) {
      case 0:
        text.erase(at, random() % 3);
        break;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(random() % 256);
        break;
      case 2:
        text.insert(at, text.substr(random() % (text.size() + 1), random() % 6));
        break;
      default:
        text.insert(at, kPieces[random() % std::size(kPieces)]);
        break;
    }
  }
  return text;
}

}  // namespace redoubt::syntax
