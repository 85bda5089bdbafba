// ByteSet: a set of byte values as 256 bits. A plain value; it knows nothing of encodings.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace redoubt::pikevm {

struct ByteSet {
  std::array<std::uint64_t, 4> words{};

  static constexpr ByteSet all() { return {{~0ULL, ~0ULL, ~0ULL, ~0ULL}}; }

  constexpr void insert(std::uint8_t byte) { words[byte / 64] |= std::uint64_t{1} << (byte % 64); }
  /// Inclusive; lo <= hi.
  constexpr void insert(std::uint8_t lo, std::uint8_t hi) {
    const unsigned first = lo / 64U, last = hi / 64U;
    const std::uint64_t from = ~std::uint64_t{0} << (lo % 64), to = ~std::uint64_t{0} >> (63 - hi % 64);
    if (first == last) {
      words[first] |= from & to;
      return;
    }
    words[first] |= from;
    for (unsigned word = first + 1; word < last; ++word) words[word] = ~std::uint64_t{0};
    words[last] |= to;
  }
  constexpr void erase(std::uint8_t byte) { words[byte / 64] &= ~(std::uint64_t{1} << (byte % 64)); }
  constexpr bool contains(std::uint8_t byte) const { return words[byte / 64] >> (byte % 64) & 1; }
  constexpr void merge(const ByteSet& other) {
    for (std::size_t k = 0; k < 4; ++k) words[k] |= other.words[k];
  }
  constexpr ByteSet complement() const { return {{~words[0], ~words[1], ~words[2], ~words[3]}}; }
  constexpr int size() const {
    return std::popcount(words[0]) + std::popcount(words[1]) + std::popcount(words[2]) + std::popcount(words[3]);
  }
  constexpr bool empty() const { return (words[0] | words[1] | words[2] | words[3]) == 0; }
  constexpr bool full() const { return (words[0] & words[1] & words[2] & words[3]) == ~std::uint64_t{0}; }
  /// Calls visit(std::uint8_t) in ascending order.
  template <class Visit>
  constexpr void for_each(const Visit& visit) const {
    for (unsigned word = 0; word < 4; ++word) {
      for (std::uint64_t rest = words[word]; rest != 0; rest &= rest - 1) {
        visit(static_cast<std::uint8_t>(word * 64 + static_cast<unsigned>(std::countr_zero(rest))));
      }
    }
  }
  friend bool operator==(const ByteSet&, const ByteSet&) = default;
};

}  // namespace redoubt::pikevm
