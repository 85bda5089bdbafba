// ByteBits: a set of bytes as 256 bits. What the parser gathers a class of byte mode in, where adding, folding and
// complementing cost a few instructions; CharClass is what it becomes.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "syntax/char_class.h"

namespace redoubt::syntax {

class ByteBits {
 public:
  /// A set has at most so many ranges: every other byte.
  static constexpr std::size_t kMostRanges = 128;

  /// `hi` must be at most kMaxByte.
  void add(Range range) {
    const std::uint32_t first = range.lo / 64;
    const std::uint32_t last = range.hi / 64;
    for (std::uint32_t w = first; w <= last; ++w) {
      std::uint64_t bits = ~std::uint64_t{0};
      if (w == first) bits &= ~std::uint64_t{0} << (range.lo % 64);
      if (w == last) bits &= ~std::uint64_t{0} >> (63 - range.hi % 64);
      words_[w] |= bits;
    }
  }
  void add(View<Range> ranges) {
    for (const Range& range : ranges) add(range);
  }
  void add(const ByteBits& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
  }
  /// Adds the other case of each ASCII letter.
  void fold() {
    constexpr std::uint64_t kLetters = (std::uint64_t{1} << 26) - 1;
    const std::uint64_t letters = (words_[1] >> ('A' - 64) | words_[1] >> ('a' - 64)) & kLetters;
    words_[1] |= letters << ('A' - 64) | letters << ('a' - 64);
  }
  void complement() {
    for (std::uint64_t& word : words_) word = ~word;
  }
  /// Writes the ranges, in a CharClass's normal form, into room for kMostRanges, and returns how many there are.
  std::size_t ranges(Range* out) const {
    std::size_t count = 0;
    std::uint64_t before = 0;
    std::uint32_t lo = 0;
    bool inside = false;
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t edges = words_[w] ^ (words_[w] << 1 | before); edges != 0; edges &= edges - 1) {
        const std::uint32_t at = 64 * w + static_cast<std::uint32_t>(std::countr_zero(edges));
        if (inside) {
          out[count++] = {lo, at - 1};
        } else {
          lo = at;
        }
        inside = !inside;
      }
      before = words_[w] >> 63;
    }
    if (inside) out[count++] = {lo, kMaxByte};
    return count;
  }

 private:
  std::array<std::uint64_t, 4> words_{};
};

}  // namespace redoubt::syntax
