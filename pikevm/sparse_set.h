// SparseSet: a set of small integers in order of insertion, with constant-time insert, lookup and clear (Briggs and
// Torczon 1993). PendingSet: a worklist of small integers that gives the smallest first.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace redoubt::pikevm {

class SparseSet {
 public:
  /// Makes room for members below `universe`; never shrinks, so that a warm set allocates nothing.
  void reserve(std::size_t universe) {
    if (universe <= sparse_.size()) return;
    sparse_.resize(universe);
    dense_.resize(universe);
  }
  void clear() { size_ = 0; }
  bool contains(std::uint32_t member) const {
    std::uint32_t place = sparse_[member];
    return place < size_ && dense_[place] == member;
  }
  /// False if it was there already.
  bool insert(std::uint32_t member) {
    if (contains(member)) return false;
    sparse_[member] = size_;
    dense_[size_++] = member;
    return true;
  }
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// In order of insertion.
  const std::uint32_t* begin() const { return dense_.data(); }
  const std::uint32_t* end() const { return dense_.data() + size_; }
  std::uint32_t operator[](std::size_t k) const { return dense_[k]; }
  std::size_t bytes() const { return (sparse_.capacity() + dense_.capacity()) * sizeof(std::uint32_t); }

 private:
  std::vector<std::uint32_t> sparse_;
  std::vector<std::uint32_t> dense_;
  std::uint32_t size_ = 0;
};

/// A tree of 64-way bit sets: push and pop_min take O(log64 universe) steps. Empty after as many pops as members.
class PendingSet {
 public:
  void reserve(std::size_t universe) {
    if (universe <= universe_) return;
    assert(empty());
    universe_ = universe;
    levels_ = 0;
    do {
      universe = (universe + 63) / 64;
      assert(levels_ < kMaxLevels);
      words_[levels_++].assign(universe, 0);
    } while (universe > 1);
  }
  bool empty() const { return levels_ == 0 || words_[levels_ - 1][0] == 0; }
  void push(std::uint32_t member) {
    for (int level = 0; level < levels_; ++level, member /= 64) {
      std::uint64_t& word = words_[level][member / 64];
      bool known = word != 0;
      word |= std::uint64_t{1} << (member % 64);
      if (known) return;
    }
  }
  /// Must not be empty.
  std::uint32_t pop_min() {
    std::uint32_t member = 0;
    for (int level = levels_ - 1; level >= 0; --level) {
      member = member * 64 + static_cast<std::uint32_t>(std::countr_zero(words_[level][member]));
    }
    std::uint32_t rest = member;
    for (int level = 0; level < levels_; ++level, rest /= 64) {
      std::uint64_t& word = words_[level][rest / 64];
      word &= ~(std::uint64_t{1} << (rest % 64));
      if (word != 0) break;
    }
    return member;
  }
  std::size_t bytes() const { return universe_ / 8 + universe_ / 256; }

 private:
  static constexpr int kMaxLevels = 6;
  std::vector<std::uint64_t> words_[kMaxLevels];
  int levels_ = 0;
  std::size_t universe_ = 0;
};

}  // namespace redoubt::pikevm
