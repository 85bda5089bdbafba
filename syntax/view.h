// View: a list that belongs to somebody else, for accessors that promise order and size but not where the elements lie.
// It is as valid as its owner; it never owns, and it converts to a vector where a copy is wanted.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace redoubt::syntax {

template <class T>
class View {
 public:
  using value_type = T;
  using const_iterator = const T*;
  using iterator = const T*;

  View() = default;
  View(const T* data, std::size_t size) : data_(data), size_(size) {}
  View(const std::vector<T>& list) : data_(list.data()), size_(list.size()) {}  // NOLINT: implicit on purpose

  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  const T& operator[](std::size_t k) const { return data_[k]; }
  /// The list must not be empty.
  const T& front() const { return data_[0]; }
  const T& back() const { return data_[size_ - 1]; }

  operator std::vector<T>() const { return std::vector<T>(begin(), end()); }  // NOLINT: implicit on purpose
  friend bool operator==(View a, View b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

 private:
  const T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace redoubt::syntax
