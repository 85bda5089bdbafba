// LiteralSearch: finds one Literal, in either case where it is folded. Compares the two rarest of its bytes at many
// places at once. Time is linear in the range, the length of a literal being limited. Immutable; never reads outside
// the range.
#pragma once

#include <cstddef>
#include <cstdint>

#include "pikevm/literal.h"
#include "pikevm/simd.h"

namespace redoubt::pikevm {

class LiteralSearch {
 public:
  LiteralSearch() = default;
  /// Not empty.
  explicit LiteralSearch(Literal literal, SimdLevel level = simd_level());

  /// Where the first occurrence in [from, end) begins, or `end`.
  const char* find(const char* from, const char* end) const {
    if (end - from < static_cast<std::ptrdiff_t>(literal_.size())) return end;
    return find_(*this, from, end);
  }
  const Literal& literal() const { return literal_; }

 private:
  friend struct LiteralSearchPaths;
  /// As find(), for a range in which the literal fits.
  using Find = const char* (*)(const LiteralSearch&, const char*, const char*);
  /// A byte of the literal: its place, its value, and the bits that do not matter.
  struct Probe {
    std::uint8_t at = 0;
    std::uint8_t byte = 0;
    std::uint8_t fold = 0;
  };

  Literal literal_;
  Find find_ = nullptr;
  Probe probes_[2];  ///< the rarest byte first
};

}  // namespace redoubt::pikevm
