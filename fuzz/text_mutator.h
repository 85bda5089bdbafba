// Edits of text near a grammar: pieces of it put in, parts erased, repeated, or brought in from another text. For
// targets whose input is text that a parser is to take or refuse; nothing says that the result is well-formed.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "generate/choices.h"

namespace redoubt::fuzz {

/// What patterns of both dialects are made of; what case files are made of.
std::span<const std::string_view> pattern_pieces();
std::span<const std::string_view> case_file_pieces();

/// One to four edits; the first `fixed` bytes, if there are so many, are only ever replaced.
std::string mutated_text(std::string text, std::size_t fixed, std::span<const std::string_view> pieces,
                         generate::Choices& choices);
/// A beginning of one and an end of the other.
std::string crossed_text(std::string_view a, std::string_view b, generate::Choices& choices);

}  // namespace redoubt::fuzz
