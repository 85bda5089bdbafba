// SmallStack: a stack of plain values whose first N lie in the object itself, for work that is mostly small and must
// not begin with a call for memory. References into it last until the next push.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "syntax/view.h"

namespace redoubt::syntax {

template <class T, std::size_t N>
class SmallStack {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  SmallStack() = default;
  SmallStack(const SmallStack&) = delete;
  SmallStack& operator=(const SmallStack&) = delete;

  std::size_t size() const { return size_; }
  const T& operator[](std::size_t k) const { return data_[k]; }
  T& back() { return data_[size_ - 1]; }
  /// Those from `first` up.
  View<T> from(std::size_t first) const { return {data_ + first, size_ - first}; }

  /// A new value on top, to be filled where it lies.
  T& push() {
    if (size_ == capacity_) grow();
    return *new (data_ + size_++) T();
  }
  void push(T value) { push() = value; }
  void pop() { --size_; }
  /// `size` is at most the present one.
  void shrink(std::size_t size) { size_ = size; }

 private:
  void grow() {
    std::unique_ptr<std::byte[]> more(new std::byte[2 * capacity_ * sizeof(T)]);
    T* data = reinterpret_cast<T*>(more.get());
    std::uninitialized_copy(data_, data_ + size_, data);
    more_ = std::move(more);
    data_ = data;
    capacity_ *= 2;
  }

  alignas(T) std::byte room_[N * sizeof(T)];
  std::unique_ptr<std::byte[]> more_;
  T* data_ = reinterpret_cast<T*>(room_);
  std::size_t size_ = 0;
  std::size_t capacity_ = N;
};

}  // namespace redoubt::syntax
