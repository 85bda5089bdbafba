#include "generate/choices.h"

#include <algorithm>
#include <cassert>

namespace redoubt::generate {

std::size_t IndexChoices::choose(std::span<const std::uint64_t> weights, std::uint64_t rest) {
  // Most decisions of a small tree have nothing pending: spare them the division.
  std::uint64_t target = rest == 1 ? index_ : index_ / rest;
  std::uint64_t before = 0;
  std::size_t last = 0;
  std::uint64_t before_last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    if (target - before < weights[i]) {
      index_ -= before * rest;
      return i;
    }
    last = i;
    before_last = before;
    before += weights[i];
  }
  // Only an index beyond the total comes here.
  index_ -= before_last * rest;
  return last;
}

std::uint64_t IndexChoices::below(std::uint64_t bound, std::uint64_t rest) {
  assert(bound >= 1);
  std::uint64_t pick = std::min(index_ / rest, bound - 1);
  index_ -= pick * rest;
  return pick;
}

std::uint64_t RandomChoices::next() {
  state_ += 0x9E3779B97F4A7C15u;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

std::uint64_t RandomChoices::below(std::uint64_t bound, std::uint64_t) {
  assert(bound >= 1);
  // The lowest 2^64 mod bound values are drawn again, so that every remainder is equally likely.
  const std::uint64_t biased = (0 - bound) % bound;
  std::uint64_t x = next();
  while (x < biased) x = next();
  return x % bound;
}

std::size_t RandomChoices::choose(std::span<const std::uint64_t> weights, std::uint64_t) {
  std::uint64_t total = 0;
  for (std::uint64_t weight : weights) total += weight;
  assert(total > 0);
  std::uint64_t target = below(total, 1);
  std::size_t i = 0;
  while (target >= weights[i]) target -= weights[i++];
  return i;
}

std::uint64_t ByteChoices::below(std::uint64_t bound, std::uint64_t) {
  assert(bound >= 1);
  std::uint64_t value = 0;
  int shift = 0;
  for (std::uint64_t largest = bound - 1; largest != 0 && !bytes_.empty(); largest >>= 8) {
    value |= std::uint64_t{bytes_.front()} << shift;
    bytes_ = bytes_.subspan(1);
    shift += 8;
  }
  return value % bound;
}

std::size_t ByteChoices::choose(std::span<const std::uint64_t> weights, std::uint64_t) {
  auto options = static_cast<std::uint64_t>(
      std::count_if(weights.begin(), weights.end(), [](std::uint64_t weight) { return weight != 0; }));
  assert(options > 0);
  std::uint64_t skip = below(options, 1);
  std::size_t i = 0;
  for (;; ++i) {
    if (weights[i] != 0 && skip-- == 0) return i;
  }
}

}  // namespace redoubt::generate
