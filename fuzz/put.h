// The end of a custom mutator: what it made, into the fuzzing engine's buffer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace redoubt::fuzz {

/// As much of `bytes` as fits; returns how much.
inline std::size_t put(std::string_view bytes, std::uint8_t* out, std::size_t most) {
  const std::size_t size = std::min(bytes.size(), most);
  if (size > 0) std::memcpy(out, bytes.data(), size);
  return size;
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace redoubt::fuzz
