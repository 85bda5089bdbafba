#include "cli/text.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "syntax/utf8.h"

namespace redoubt::cli {

namespace {

// Letters and signs of one column, left to right; the rest is written as its number. Wide letters would do no harm but
// to the columns of a table.
bool is_one_column(std::uint32_t scalar) {
  return (scalar >= ' ' && scalar <= '~') || (scalar >= 0xA1 && scalar <= 0x2FF && scalar != 0xAD) ||
         (scalar >= 0x391 && scalar <= 0x3CE && scalar != 0x3A2) || (scalar >= 0x400 && scalar <= 0x482) ||
         (scalar >= 0x2190 && scalar <= 0x22FF) || scalar == 0x2026;
}

bool use_colour() {
  static const bool kUse = [] {
    const char* no_color = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
  }();
  return kUse;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const syntax::Decoded unit = syntax::decode_utf8(text, i);
    if (unit.valid && is_one_column(unit.unit)) {
      out += text.substr(i, unit.length);
    } else if (unit.valid && unit.unit >= 0x80) {
      out += fmt::format("\\u{{{:X}}}", unit.unit);
    } else if (text[i] == '\n') {
      out += "\\n";
    } else if (text[i] == '\t') {
      out += "\\t";
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i]));
    }
    i += unit.length;
  }
  return out;
}

std::string in_quotes(std::string_view text) { return '"' + visible(text) + '"'; }

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t taken = columns(text);
  return std::string(text) + std::string(width > taken ? width - taken : 0, ' ');
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

std::string styled(Style style, std::string_view text) {
  const char* code = nullptr;
  switch (style) {
    case Style::kPlain:
      break;
    case Style::kDim:
      code = "2";
      break;
    case Style::kBold:
      code = "1";
      break;
    case Style::kGood:
      code = "32";
      break;
    case Style::kBad:
      code = "31";
      break;
  }
  if (code == nullptr || !use_colour()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

}  // namespace redoubt::cli
