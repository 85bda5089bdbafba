// Scratch: the working memory of searches, and a pool of them. A search takes a Scratch that nobody else uses at the
// time; once warm, it allocates nothing. It holds no answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "redoubt/export.h"

namespace redoubt {

/// One per thread, for any number of regexes and sets in any order; it keeps what it worked out for the last one, so a
/// thread that alternates between a few regexes does best with a Scratch for each. NOT thread-safe: two threads must
/// not use one at the same time, but it may move from thread to thread. Movable; a moved-from Scratch may only be
/// destroyed or assigned to.
class REDOUBT_API Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;

  /// Of the last search: units of constant work (what a step limit counts), and the most bytes of memory it held.
  std::uint64_t steps() const;
  std::size_t bytes() const;

 private:
  friend struct Access;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// For programs whose threads come and go: hands out idle scratches and takes them back. Thread-safe. It must outlive
/// what it lends; it keeps as many as were out at once.
class ScratchPool {
 public:
  /// A scratch on loan, given back on destruction. Not thread-safe, as the Scratch it holds.
  class Loan {
   public:
    explicit Loan(ScratchPool& pool) : pool_(&pool), scratch_(pool.take()) {}
    Loan(Loan&& other) noexcept : pool_(std::exchange(other.pool_, nullptr)), scratch_(std::move(other.scratch_)) {}
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (pool_ != nullptr) pool_->give_back(std::move(scratch_));
    }
    Scratch& operator*() { return scratch_; }
    Scratch* operator->() { return &scratch_; }

   private:
    ScratchPool* pool_;
    Scratch scratch_;
  };

  Loan borrow() { return Loan(*this); }

 private:
  Scratch take() {
    std::lock_guard lock(mutex_);
    // Room for it to come back to, so that giving back cannot fail.
    if (idle_.empty()) {
      idle_.reserve(++made_);
      return Scratch();
    }
    Scratch scratch = std::move(idle_.back());
    idle_.pop_back();
    return scratch;
  }
  void give_back(Scratch scratch) noexcept {
    std::lock_guard lock(mutex_);
    idle_.push_back(std::move(scratch));
  }

  std::mutex mutex_;
  std::vector<Scratch> idle_;
  std::size_t made_ = 0;
};

}  // namespace redoubt
