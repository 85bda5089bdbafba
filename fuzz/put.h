// What custom mutators share: the way of what they made into the fuzzing engine's buffer, and the engine's own
// mutations where it has some.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// libFuzzer's: of bytes, with its dictionary. Null where nobody defines it.
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                              std::size_t max_size);

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
