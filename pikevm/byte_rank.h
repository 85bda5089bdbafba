// Byte ranks: a rough guess of how often each byte value occurs in logs, source and prose, to choose what to scan for.
// Only speed depends on it.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "pikevm/byte_set.h"

namespace redoubt::pikevm {

namespace internal {

constexpr std::array<std::uint16_t, 256> byte_frequencies() {
  std::array<std::uint16_t, 256> f{};
  for (unsigned b = 0; b < 256; ++b) f[b] = b < 0x20 ? 20 : b < 0x80 ? 60 : 80;
  for (unsigned b = 'A'; b <= 'Z'; ++b) f[b] = 180;
  for (unsigned b = '0'; b <= '9'; ++b) f[b] = 900;
  constexpr std::string_view kLetters = "etaonisrhldcumpfgywbvkxjqz";
  constexpr std::uint16_t kCounts[] = {5000, 3700, 3500, 3200, 3000, 3000, 2800, 2700, 1900, 1800, 1800, 1400, 1200,
                                       1100, 1000, 900,  800,  700,  700,  600,  450,  350,  150,  80,   60,   60};
  for (std::size_t k = 0; k < kLetters.size(); ++k) f[static_cast<unsigned char>(kLetters[k])] = kCounts[k];
  constexpr std::string_view kMarks = " .,-/:\"_=()'\n\t;[]<>{}";
  constexpr std::uint16_t kMarkCounts[] = {9500, 900,  600, 600, 600, 600, 500, 300, 250, 220, 220,
                                           200,  1100, 200, 120, 150, 150, 150, 150, 110, 110};
  for (std::size_t k = 0; k < kMarks.size(); ++k) f[static_cast<unsigned char>(kMarks[k])] = kMarkCounts[k];
  f[0] = 300;
  return f;
}

}  // namespace internal

/// Expected occurrences in 65,536 bytes.
inline constexpr std::array<std::uint16_t, 256> kByteFrequency = internal::byte_frequencies();

/// What seeing the byte tells, in bits, rounded: 2 for a space, 10 for a rare one.
constexpr unsigned byte_information(std::uint8_t byte) {
  return 16 - static_cast<unsigned>(std::bit_width(unsigned{kByteFrequency[byte]}));
}
/// The expected share of bytes that are in the set, in 0 to 1.
inline double density(const ByteSet& set) {
  unsigned sum = 0;
  set.for_each([&](std::uint8_t byte) { sum += kByteFrequency[byte]; });
  return sum / 65536.0;
}

}  // namespace redoubt::pikevm
