// Optimizations: the names of what the matcher may do for speed beyond simulating the program as it stands. Each can be
// switched off by itself, so that it can be held against the matcher without it; no answer depends on any of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace redoubt::pikevm {

enum class Optimization : std::uint8_t {
  kSimplify,   ///< the tree is rewritten before it is compiled (simplify.h)
  kLiteral,    ///< a pattern that is a plain string is searched for as one
  kPrefilter,  ///< scans for bytes and strings without which there is no match (prefilter.h)
  kPositions,  ///< small programs: threads are positions, with arrows between them worked out once
  kOnePass,    ///< patterns in which the next unit always decides: one thread, no choice
  kAutomaton,  ///< what was simulated once is remembered, within a budget (automaton.h)
  kCopies,     ///< of the optional copies of a repeat, one that is preferred stands for those behind it
  kSplit,      ///< large leftmost-longest programs: the span first, then the groups by splitting it
};
inline constexpr std::size_t kOptimizationCount = 8;
/// As in engine names and in `redoubt find --plan`, by enumerator.
inline constexpr std::array<std::string_view, kOptimizationCount> kOptimizationNames = {
    "simplify", "literal", "prefilter", "positions", "onepass", "automaton", "copies", "split"};

/// A set of optimizations.
class Optimizations {
 public:
  static constexpr Optimizations all() { return Optimizations((1U << kOptimizationCount) - 1); }
  static constexpr Optimizations none() { return Optimizations(0); }
  constexpr bool has(Optimization o) const { return bits_ >> static_cast<unsigned>(o) & 1; }
  constexpr Optimizations with(Optimization o) const { return Optimizations(bits_ | bit(o)); }
  constexpr Optimizations without(Optimization o) const { return Optimizations(bits_ & ~bit(o)); }
  friend constexpr bool operator==(Optimizations, Optimizations) = default;

 private:
  explicit constexpr Optimizations(std::uint32_t bits) : bits_(bits) {}
  static constexpr std::uint32_t bit(Optimization o) { return 1U << static_cast<unsigned>(o); }
  std::uint32_t bits_;
};

}  // namespace redoubt::pikevm
