// Pseudo-random trees for this folder's tests: small, deterministic and reaching every factory. The harness's own
// grammar is in generate/, which this folder must not depend on.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "syntax/regex.h"

namespace redoubt::syntax {

class RandomTrees {
 public:
  RandomTrees(std::uint32_t seed, Encoding encoding) : random_(seed), encoding_(encoding) {}

  bool names = true;
  bool lazy = true;
  bool non_capturing_groups = true;
  bool all_looks = true;
  std::uint32_t largest_count = 9;

  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  std::uint32_t unit() {
    if (encoding_ == Encoding::kBytes) return below(3) == 0 ? below(256) : 0x20 + below(0x60);
    static constexpr std::uint32_t kEdges[] = {0,      0x7F,   0x80,    0x7FF,    0x800, 0xD7FF,
                                               0xE000, 0xFFFF, 0x10000, 0x10FFFF, 0x17F, 0x212A};
    switch (below(4)) {
      case 0:
        return kEdges[below(std::size(kEdges))];
      case 1:
        return below(0xD800);
      default:
        return 0x20 + below(0x60);
    }
  }

  CharClass units() {
    const CharClass all = CharClass::all(encoding_);
    if (below(12) == 0) return all;
    if (below(12) == 0) return CharClass();
    if (below(12) == 0) return CharClass::single('\n').complement(encoding_);
    std::vector<Range> ranges;
    for (std::uint32_t n = 1 + below(4); n > 0; --n) {
      std::uint32_t lo = unit();
      std::uint32_t hi = below(2) == 0 ? lo : unit();
      ranges.push_back({std::min(lo, hi), std::max(lo, hi)});
    }
    CharClass c = CharClass(std::move(ranges)).intersect(all);
    return below(4) == 0 ? c.complement(encoding_) : c;
  }

  /// A tree of at most about `size` nodes, groups numbered by their parentheses.
  Regex tree(std::uint32_t size) { return renumber_groups(any(size)); }

 private:
  std::vector<Regex> some(std::uint32_t size) {
    std::vector<Regex> parts;
    const std::uint32_t count = 2 + below(3);
    for (std::uint32_t i = 0; i < count; ++i) parts.push_back(any(size / count));
    return parts;
  }

  Regex leaf() {
    switch (below(8)) {
      case 0:
        return empty();
      case 1:
        return look(static_cast<Look>(below(all_looks ? kLookKinds : 2)));
      case 2:
      case 3:
        return char_class(units());
      default:
        return literal(unit());
    }
  }

  Regex repeated(std::uint32_t size) {
    const bool greedy = !lazy || below(3) != 0;
    const std::uint32_t min = below(4) == 0 ? below(largest_count + 1) : below(2);
    const std::uint32_t max = below(3) == 0 ? min : min + below(largest_count + 1 - min);
    return repeat(any(size - 1), min, below(3) == 0 ? kInfinite : max, greedy);
  }

  Regex any(std::uint32_t size) {
    if (size <= 1) return leaf();
    switch (below(7)) {
      case 0:
      case 1:
        return concat(some(size));
      case 2:
        return alternate(some(size));
      case 3:
      case 4:
        return repeated(size);
      case 5:
        if (non_capturing_groups) return non_capturing(any(size - 1));
        [[fallthrough]];
      default:
        return group(any(size - 1), 1, names && below(3) == 0 ? "n" + std::to_string(++named_) : std::string());
    }
  }

  std::mt19937 random_;
  const Encoding encoding_;
  std::uint32_t named_ = 0;
};

}  // namespace redoubt::syntax
