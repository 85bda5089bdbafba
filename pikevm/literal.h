// Literal and MaskedLiteral: byte strings in which some letters may stand in either case. A Literal is what a tree
// gives; a MaskedLiteral is a short one in a form that is compared with one word operation.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace redoubt::pikevm {

/// The bit in which the two cases of a letter differ, also in the last byte of many UTF-8 sequences.
inline constexpr std::uint8_t kCaseBit = 0x20;

/// Stands for the byte strings of its length that equal `bytes`, where bit kCaseBit of byte k does not matter if bit k
/// of `folded` is set. Such bytes are kept with the bit set. At most kMaxLength bytes.
struct Literal {
  static constexpr std::size_t kMaxLength = 64;
  std::string bytes;
  std::uint64_t folded = 0;

  std::size_t size() const { return bytes.size(); }
  bool empty() const { return bytes.empty(); }
  bool is_folded(std::size_t k) const { return folded >> k & 1; }
  /// Is it at `at`, where as many bytes can be read?
  bool matches(const char* at) const {
    if (folded == 0) return std::memcmp(at, bytes.data(), bytes.size()) == 0;
    for (std::size_t k = 0; k < bytes.size(); ++k) {
      const auto fold = static_cast<std::uint8_t>(is_folded(k) ? kCaseBit : 0);
      if ((static_cast<std::uint8_t>(at[k]) | fold) != static_cast<std::uint8_t>(bytes[k])) return false;
    }
    return true;
  }
};

/// Up to 8 bytes, the first in the lowest bits. `value` has no bit that `care` lacks, and neither any beyond `length`.
/// Not initialized unless with {}, which is the empty string.
struct MaskedLiteral {
  static constexpr std::size_t kMaxLength = 8;
  std::uint64_t value;
  std::uint64_t care;
  std::uint8_t length;
  bool cut;  ///< a proper prefix of what it stands for, perhaps

  void append(std::uint8_t byte, bool folded) {
    const std::uint64_t mask = folded ? std::uint8_t{0xFF} - kCaseBit : 0xFF;
    value |= (byte & mask) << (8 * length);
    care |= mask << (8 * length);
    ++length;
  }
  void truncate(std::uint8_t to) {
    if (length <= to) return;
    const std::uint64_t mask = (std::uint64_t{1} << (8 * to)) - 1;
    value &= mask;
    care &= mask;
    length = to;
    cut = true;
  }
  bool matches(std::uint64_t word) const { return (word & care) == value; }
  std::uint8_t byte(std::size_t k) const { return static_cast<std::uint8_t>(value >> (8 * k)); }
  std::uint8_t mask(std::size_t k) const { return static_cast<std::uint8_t>(care >> (8 * k)); }
  friend bool operator==(const MaskedLiteral&, const MaskedLiteral&) = default;
};

/// The bytes at `at`, at most 8 and none from `end` on, as MaskedLiteral has them; those that are not there are 0.
inline std::uint64_t load_word(const char* at, const char* end) {
  std::uint64_t word = 0;
  const auto count = static_cast<std::size_t>(end - at);
  if (std::endian::native == std::endian::little && count >= 8) {
    std::memcpy(&word, at, 8);
    return word;
  }
  for (std::size_t k = 0; k < count && k < 8; ++k) {
    word |= std::uint64_t{static_cast<std::uint8_t>(at[k])} << (8 * k);
  }
  return word;
}

}  // namespace redoubt::pikevm
