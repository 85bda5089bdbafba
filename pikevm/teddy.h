// Teddy: finds the first place where one of a few short strings stands. Classifies 16 or 32 places at once by the
// nibbles of their first bytes and compares at the places that remain; after the algorithm of that name in Intel's
// Hyperscan (Wang et al. 2019). Immutable; never reads outside the range.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "pikevm/byte_scan.h"
#include "pikevm/literal.h"

namespace redoubt::pikevm {

class Teddy {
 public:
  /// One or more strings, none empty.
  explicit Teddy(std::span<const MaskedLiteral> literals, SimdLevel level = simd_level());

  /// The first place in [from, end) where a string stands that ends there too, or `end`.
  const char* find(const char* from, const char* end) const {
    return end - from < static_cast<std::ptrdiff_t>(shortest_) ? end : find_(*this, from, end);
  }
  std::size_t size() const { return literals_.size(); }
  std::size_t bytes() const { return literals_.capacity() * sizeof(MaskedLiteral); }

 private:
  friend struct TeddyPaths;
  using Find = const char* (*)(const Teddy&, const char*, const char*);
  static constexpr std::size_t kBuckets = 8;
  static constexpr std::size_t kDepth = 3;

  std::vector<MaskedLiteral> literals_;               ///< bucket by bucket
  std::array<std::uint8_t, kBuckets + 1> buckets_{};  ///< where in literals_ they begin
  std::size_t shortest_ = 0;
  /// How many first bytes are classified: kDepth, or the length of the shortest string. The others' masks are those of
  /// the last one.
  std::size_t depth_ = 0;
  Find find_ = nullptr;
  /// By place and nibble: the buckets that have a string with it.
  alignas(16) std::array<std::array<std::uint8_t, 16>, kDepth> low_{};
  alignas(16) std::array<std::array<std::uint8_t, 16>, kDepth> high_{};
  ByteScan first_;
};

}  // namespace redoubt::pikevm
