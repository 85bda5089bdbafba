// Captures: the group slots of the threads, in reference-counted blocks that threads share until one of them writes.
// All blocks have the same width; offsets are bytes, kUnset for a slot that is not set. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "syntax/match.h"

namespace redoubt::pikevm {

using BlockId = std::uint32_t;

class Captures {
 public:
  /// Forgets all blocks; keeps the memory. A width of 0 is allowed, and all blocks are then one.
  void reset(std::size_t width) {
    width_ = width;
    used_ = 0;
    free_.clear();
  }
  /// A block with every slot unset, held once.
  BlockId blank() {
    if (width_ == 0) return 0;
    BlockId id = allocate();
    std::fill_n(slots_.begin() + static_cast<std::ptrdiff_t>(id * width_), width_, kUnset);
    return id;
  }
  /// Holds the block once more.
  BlockId share(BlockId id) {
    if (width_ != 0) ++refs_[id];
    return id;
  }
  void release(BlockId id) {
    if (width_ != 0 && --refs_[id] == 0) free_.push_back(id);
  }
  /// Trades one hold on `id` for a block of the same content that nobody else holds.
  BlockId writable(BlockId id) {
    if (refs_[id] == 1) return id;
    BlockId copy = allocate();
    std::copy_n(slots_.begin() + static_cast<std::ptrdiff_t>(id * width_), width_,
                slots_.begin() + static_cast<std::ptrdiff_t>(copy * width_));
    --refs_[id];
    return copy;
  }
  /// As writable(); with a width of 0 there is nothing to write.
  BlockId owned(BlockId id) { return width_ == 0 ? id : writable(id); }
  std::size_t* slots(BlockId id) { return slots_.data() + id * width_; }
  const std::size_t* slots(BlockId id) const { return slots_.data() + id * width_; }
  std::size_t width() const { return width_; }
  std::size_t bytes() const {
    return slots_.capacity() * sizeof(std::size_t) + (refs_.capacity() + free_.capacity()) * sizeof(std::uint32_t);
  }

 private:
  BlockId allocate() {
    if (!free_.empty()) {
      BlockId id = free_.back();
      free_.pop_back();
      refs_[id] = 1;
      return id;
    }
    // Blocks of an earlier use are taken as they are.
    if (used_ == refs_.size()) refs_.push_back(1);
    refs_[used_] = 1;
    if ((used_ + 1) * width_ > slots_.size()) slots_.resize((used_ + 1) * width_);
    return static_cast<BlockId>(used_++);
  }

  std::size_t width_ = 0;
  std::size_t used_ = 0;  ///< blocks, free ones included
  std::vector<std::size_t> slots_;
  std::vector<std::uint32_t> refs_;
  std::vector<BlockId> free_;
};

}  // namespace redoubt::pikevm
