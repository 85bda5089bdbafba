// CharClass: a set of units (bytes, or Unicode scalar values), kept as sorted, disjoint, non-adjacent ranges.
// It knows nothing of encodings: a complement is taken within the domain that the caller names.
#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "syntax/match.h"
#include "syntax/view.h"

namespace redoubt::syntax {

/// An inclusive range of units.
struct Range {
  std::uint32_t lo;
  std::uint32_t hi;
  friend bool operator==(const Range&, const Range&) = default;
  friend auto operator<=>(const Range&, const Range&) = default;
};

inline constexpr std::uint32_t kMaxByte = 0xFF;
inline constexpr std::uint32_t kMaxScalar = 0x10FFFF;

/// An immutable set of units. A set of one range is kept in the object; a copy of a larger one takes memory.
class CharClass {
 public:
  CharClass() : one_{} {}
  /// Any ranges in any order, overlapping or not; `lo <= hi` in each.
  explicit CharClass(std::vector<Range> ranges);
  CharClass(std::initializer_list<Range> ranges) : CharClass(std::vector<Range>(ranges)) {}
  CharClass(const CharClass& other) { copy(other.ranges()); }
  CharClass(CharClass&& other) noexcept : CharClass() { swap(other); }
  CharClass& operator=(CharClass other) noexcept {
    swap(other);
    return *this;
  }
  ~CharClass() {
    if (owned_) delete[] many_;
  }

  static CharClass single(std::uint32_t unit) { return CharClass(Range{unit, unit}); }
  /// Every unit there is: [0,0xFF], or all scalar values (surrogates left out).
  static const CharClass& all(Encoding encoding);

  View<Range> ranges() const { return {count_ <= 1 ? &one_ : many_, count_}; }
  bool empty() const { return count_ == 0; }
  bool contains(std::uint32_t unit) const;
  /// How many units are in the set.
  std::uint64_t size() const;
  /// The smallest unit; the set must not be empty.
  std::uint32_t front() const { return ranges().front().lo; }
  bool is_single() const { return count_ == 1 && one_.lo == one_.hi; }

  CharClass union_with(const CharClass& other) const;
  CharClass intersect(const CharClass& other) const;
  CharClass minus(const CharClass& other) const;
  /// What `all(encoding)` has and this set has not.
  CharClass complement(Encoding encoding) const { return all(encoding).minus(*this); }

  friend bool operator==(const CharClass& a, const CharClass& b) { return a.ranges() == b.ranges(); }
  friend std::strong_ordering operator<=>(const CharClass& a, const CharClass& b);

 private:
  friend class TreeBuilder;

  explicit CharClass(Range range) : count_(1), one_(range) {}
  /// Takes the ranges, sorted, disjoint and non-adjacent.
  void copy(View<Range> ranges);
  /// Refers to such ranges, which must stay; the set must be new.
  void borrow(View<Range> ranges);
  void swap(CharClass& other) noexcept;

  std::uint32_t count_ = 0;
  bool owned_ = false;  ///< many_, by this set
  union {
    Range one_;          ///< where count_ is at most 1
    const Range* many_;  ///< else
  };
};

/// The coarsest partition of `all(encoding)` such that every given class is a union of parts (its minterms), as
/// boundaries: each element starts a new interval of units that no given class tells apart, and `part` says which
/// minterm it belongs to. Parts are numbered from 0 in order of first appearance; intervals cover the domain, and
/// surrogates fall in an interval whose part is kNoPart.
struct Partition {
  static constexpr std::uint32_t kNoPart = static_cast<std::uint32_t>(-1);
  std::vector<std::uint32_t> starts;           ///< ascending, starts[0] == 0
  std::vector<std::uint32_t> parts;            ///< same length as starts
  std::uint32_t count = 0;                     ///< number of parts
  std::vector<std::uint32_t> representatives;  ///< the smallest unit of each part

  /// The part of a unit of the domain: O(log intervals).
  std::uint32_t part_of(std::uint32_t unit) const;
};
Partition partition_of(View<const CharClass*> classes, Encoding encoding);
Partition partition(const std::vector<CharClass>& classes, Encoding encoding);

/// The named sets of SEMANTICS E: `\s` is [\t\n\v\f\r ], `\w` is [0-9A-Za-z_], `\d` is [0-9].
const CharClass& digit_class();
const CharClass& space_class();
const CharClass& word_class();
/// True for [0-9A-Za-z_]: what `\b` asks.
inline bool is_word_unit(std::uint32_t unit) {
  return (unit >= '0' && unit <= '9') || (unit >= 'A' && unit <= 'Z') || (unit >= 'a' && unit <= 'z') || unit == '_';
}

}  // namespace redoubt::syntax
