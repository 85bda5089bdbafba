// ByteScan: finds the first byte of a range that is in a set, with the cheapest method that the set allows. It never
// reads outside the range. Made both for looking far ahead and for runs of a few bytes, so the first bytes are tried
// inline.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pikevm/byte_set.h"
#include "pikevm/simd.h"

namespace redoubt::pikevm {

class ByteScan {
 public:
  enum class Kind : std::uint8_t { kNone, kOne, kTwo, kThree, kSet, kAll };

  /// The empty set.
  ByteScan() : ByteScan(ByteSet{}) {}
  explicit ByteScan(const ByteSet& set, SimdLevel level = simd_level());

  /// The first byte of the set in [from, end), or `end`.
  const char* find(const char* from, const char* end) const {
    const char* near = end - from > kNear ? from + kNear : end;
    for (; from != near; ++from) {
      if (contains(*from)) return from;
    }
    return from == end ? end : far_(*this, from, end);
  }
  bool contains(char byte) const { return in_[static_cast<unsigned char>(byte)] != 0; }
  Kind kind() const { return kind_; }

 private:
  friend struct ByteScanPaths;
  static constexpr std::ptrdiff_t kNear = 8;
  /// As find(), for a range that is not empty and has kNear bytes before it which are known not to be in the set.
  using Far = const char* (*)(const ByteScan&, const char*, const char*);

  void fill(const ByteSet& set);

  Far far_;
  Kind kind_;
  std::array<std::uint8_t, 3> bytes_{};  ///< of kOne to kThree; the last one repeated
  /// By low nibble, the high nibbles of the set's bytes as bits: 0 to 7 in the first 16, 8 to 15 in the others.
  alignas(16) std::array<std::uint8_t, 32> nibbles_{};
  alignas(8) std::array<std::uint8_t, 256> in_{};  ///< not 0: in the set
};

}  // namespace redoubt::pikevm
