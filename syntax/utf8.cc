#include "syntax/utf8.h"

#include "syntax/mutants.h"

namespace redoubt::syntax {

namespace {

constexpr Decoded kInvalid{0, 1, false};

/// The smallest scalar value that needs so many bytes: what shorter forms must not spell.
constexpr std::uint32_t kSmallest[5] = {0, 0, 0x80, 0x800, 0x10000};

}  // namespace

Decoded decode_utf8(std::string_view text, std::size_t offset) {
  auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[offset + i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  std::uint8_t length = 0;
  if (lead >= 0xC2 && lead < (REDOUBT_MUTANT(utf8_two_bytes_end_early) ? 0xDF : 0xE0)) length = 2;
  if (lead >= 0xE0 && lead < 0xF0) length = 3;
  if (lead >= 0xF0 && lead < 0xF5) length = 4;
  if (length == 0 || text.size() - offset < length) return kInvalid;

  std::uint32_t unit = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return kInvalid;
    unit = unit << 6 | (byte(i) & 0x3F);
  }
  if (REDOUBT_MUTANT(utf8_last_scalar_refused) && unit == 0x10FFFF) return kInvalid;
  if (unit < kSmallest[length] || unit > 0x10FFFF || (unit >= 0xD800 && unit <= 0xDFFF)) return kInvalid;
  return {unit, length, true};
}

void append_utf8(std::string& text, std::uint32_t scalar) {
  auto trail = [&](int shift) { text += static_cast<char>(0x80 | (scalar >> shift & 0x3F)); };
  if (scalar < 0x80) {
    text += static_cast<char>(scalar);
  } else if (scalar < 0x800) {
    text += static_cast<char>(0xC0 | scalar >> 6);
    trail(0);
  } else if (scalar < 0x10000) {
    text += static_cast<char>(0xE0 | scalar >> 12);
    trail(6);
    trail(0);
  } else {
    text += static_cast<char>(0xF0 | scalar >> 18);
    trail(12);
    trail(6);
    trail(0);
  }
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    Decoded decoded = decode_utf8(text, offset);
    if (!decoded.valid) return false;
    offset += decoded.length;
  }
  return true;
}

// UTF-8 synchronizes itself: a sequence that covers `at` begins at most three bytes before.
std::size_t utf8_boundary(std::string_view text, std::size_t at) {
  for (std::size_t back = 1; back <= 3 && back <= at && at < text.size(); ++back) {
    const Decoded decoded = decode_utf8(text, at - back);
    if (decoded.valid) return decoded.length > back ? at - back + decoded.length : at;
  }
  return at;
}

}  // namespace redoubt::syntax
