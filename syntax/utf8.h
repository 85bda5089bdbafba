// Strict UTF-8 decoding: no surrogates, no overlong forms, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace redoubt::syntax {

struct Decoded {
  std::uint32_t unit;   ///< the scalar value; meaningless when !valid
  std::uint8_t length;  ///< bytes taken: 1 to 4; 1 when !valid
  bool valid;
};

/// Decodes the sequence at `offset`, which must be < text.size(). A byte that starts no well-formed sequence is one
/// invalid unit of length 1 (SEMANTICS E).
Decoded decode_utf8(std::string_view text, std::size_t offset);
/// Appends the 1 to 4 bytes of a scalar value.
void append_utf8(std::string& text, std::uint32_t scalar);
bool is_valid_utf8(std::string_view text);
/// The first boundary between units at or after `at`, which may be beyond the text.
std::size_t utf8_boundary(std::string_view text, std::size_t at);

}  // namespace redoubt::syntax
