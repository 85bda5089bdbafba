// Choices: where generated things come from. One generator over this interface serves enumeration (an index is
// unranked), random sampling (a seed) and fuzzing (bytes). Every implementation is total: it always picks an option.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace redoubt::generate {

/// A source of decisions. Not thread-safe; one per worker.
class Choices {
 public:
  virtual ~Choices() = default;

  /// Picks an option with a non-zero weight and returns its position; at least one weight must be non-zero.
  /// `weights[i]` is the number of ways to complete option i itself, or a proportion where things are too many to be
  /// counted. `rest` (>= 1) is the number of ways to complete everything still pending after this decision's part: only
  /// IndexChoices reads it.
  virtual std::size_t choose(std::span<const std::uint64_t> weights, std::uint64_t rest) = 0;

  /// A number below `bound` (>= 1): choose() among that many options of weight 1.
  virtual std::uint64_t below(std::uint64_t bound, std::uint64_t rest) = 0;

  // For generators whose results are not counted:
  std::uint64_t below(std::uint64_t bound) { return below(bound, 1); }
  /// A number in [lo,hi], lo <= hi.
  std::uint64_t between(std::uint64_t lo, std::uint64_t hi) { return lo + below(hi - lo + 1, 1); }
  /// True about once in `n`; the answer when fuzz bytes have run out is false. n >= 2.
  bool one_in(std::uint64_t n) { return below(n, 1) == n - 1; }
};

/// Unranks: decision by decision, the thing whose number is `index`, without visiting those before it. Exact when the
/// weights are exact counts and `index` is below their total; a larger index ends on last options.
class IndexChoices final : public Choices {
 public:
  using Choices::below;
  explicit IndexChoices(std::uint64_t index) : index_(index) {}
  std::size_t choose(std::span<const std::uint64_t> weights, std::uint64_t rest) override;
  std::uint64_t below(std::uint64_t bound, std::uint64_t rest) override;
  /// What is left of the index: 0 after a complete unranking.
  std::uint64_t left() const { return index_; }

 private:
  std::uint64_t index_;
};

/// Picks in proportion to the weights, so that exact counts give a uniform choice. The generator is SplitMix64 (Steele,
/// Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): one 64-bit state, the same numbers on
/// every machine. The sum of the weights must fit in 64 bits.
class RandomChoices final : public Choices {
 public:
  using Choices::below;
  explicit RandomChoices(std::uint64_t seed) : state_(seed) {}
  std::size_t choose(std::span<const std::uint64_t> weights, std::uint64_t rest) override;
  std::uint64_t below(std::uint64_t bound, std::uint64_t rest) override;
  /// The next raw 64 bits.
  std::uint64_t next();

 private:
  std::uint64_t state_;
};

/// Reads decisions from fuzz input, front to back: as few bytes as the number of non-zero options needs, none for a
/// single option, little endian, modulo that number. Weights do not count, so that mutations reach everything. When the
/// bytes have run out, the first non-zero option is taken.
class ByteChoices final : public Choices {
 public:
  using Choices::below;
  explicit ByteChoices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  std::size_t choose(std::span<const std::uint64_t> weights, std::uint64_t rest) override;
  std::uint64_t below(std::uint64_t bound, std::uint64_t rest) override;
  /// The bytes not yet read.
  std::span<const std::uint8_t> remaining() const { return bytes_; }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace redoubt::generate
