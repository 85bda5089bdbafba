#include "harness/case_text.h"

#include <cstdint>
#include <cstdio>

#include "syntax/utf8.h"

namespace redoubt::harness {

namespace {

std::string hex(const char* format, std::uint32_t value) {
  char code[16];
  std::snprintf(code, sizeof code, format, static_cast<unsigned>(value));
  return code;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Only what surely prints as one visible sign of its own, from left to right: Latin, Greek, Cyrillic, currency signs,
// arrows, mathematics, kana, CJK and Hangul. The rest can be read as \uXXXX.
bool is_plain(std::uint32_t scalar) {
  return (scalar >= ' ' && scalar <= '~') || (scalar >= 0xA1 && scalar <= 0x2FF && scalar != 0xAD) ||
         (scalar >= 0x391 && scalar <= 0x3CE && scalar != 0x3A2) || (scalar >= 0x400 && scalar <= 0x482) ||
         (scalar >= 0x20A0 && scalar <= 0x20B5) || (scalar >= 0x2190 && scalar <= 0x22FF) ||
         (scalar >= 0x3041 && scalar <= 0x3096) || (scalar >= 0x30A1 && scalar <= 0x30FA) ||
         (scalar >= 0x4E00 && scalar <= 0x9FA5) || (scalar >= 0xAC00 && scalar <= 0xD7A3);
}

}  // namespace

std::string to_escaped(std::string_view bytes) {
  std::string text;
  for (char c : bytes) {
    switch (c) {
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\t':
        text += "\\t";
        break;
      case '\\':
        text += "\\\\";
        break;
      default:
        if (c >= ' ' && c <= '~' && c != '\'') {
          text += c;
        } else {
          text += hex("\\x%02x", static_cast<unsigned char>(c));
        }
    }
  }
  return text;
}

std::optional<std::string> from_escaped(std::string_view text, std::string& problem) {
  std::string bytes;
  auto fail = [&](std::string what, std::size_t at) {
    problem = std::move(what) + " at column " + std::to_string(at + 1);
    return std::nullopt;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c < ' ' || c > '~') return fail("has something other than printable ASCII", i);
    if (c != '\\') {
      bytes += c;
      continue;
    }
    const std::size_t start = i++;
    if (i == text.size()) return fail("ends in a lone backslash", start);
    switch (text[i]) {
      case 'n':
        bytes += '\n';
        break;
      case 'r':
        bytes += '\r';
        break;
      case 't':
        bytes += '\t';
        break;
      case '\\':
        bytes += '\\';
        break;
      case 'x': {
        if (i + 2 >= text.size()) return fail("has an incomplete \\xHH", start);
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return fail("has a \\x without two hexadecimal digits", start);
        bytes += static_cast<char>(high * 16 + low);
        i += 2;
        break;
      }
      default:
        return fail(std::string("has the escape \\") + text[i] + ", which is none of \\n \\r \\t \\\\ \\xHH,", start);
    }
  }
  return bytes;
}

std::string to_toml_string(std::string_view text) {
  bool literal = true;
  std::string basic;
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    const syntax::Decoded unit = syntax::decode_utf8(text, i);
    const std::string_view bytes = text.substr(i, unit.length);
    const std::uint32_t scalar = unit.valid ? unit.unit : 0xFFFD;
    i += unit.length;
    plain += bytes;
    if (scalar == '\'' || !is_plain(scalar)) literal = false;
    if (scalar == '"' || scalar == '\\') {
      basic += '\\';
      basic += static_cast<char>(scalar);
    } else if (scalar == '\n') {
      basic += "\\n";
    } else if (scalar == '\t') {
      basic += "\\t";
    } else if (scalar == '\r') {
      basic += "\\r";
    } else if (is_plain(scalar)) {
      basic += bytes;
    } else {
      basic += scalar <= 0xFFFF ? hex("\\u%04X", scalar) : hex("\\U%08X", scalar);
    }
  }
  return literal ? "'" + plain + "'" : '"' + basic + '"';
}

std::string to_base64(std::string_view bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += i + j > bytes.size() ? '=' : kDigits[group >> (18 - 6 * j) & 63];
    }
  }
  return text;
}

}  // namespace redoubt::harness
