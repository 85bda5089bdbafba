// PairCase: what an input of fuzz_equiv says: two patterns, the second often an edit of the first, so that they are
// nearly, or quite, equivalent. Total, as CodedCase is. And what all strings over their minterms say about them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "generate/choices.h"
#include "syntax/regex.h"

namespace redoubt::fuzz {

struct PairCase {
  Encoding encoding = Encoding::kBytes;
  syntax::Regex left, right;
};

PairCase decode_pair(std::span<const std::uint8_t> bytes);
std::string encode(const PairCase& c);
PairCase mutated(PairCase c, generate::Choices& choices);
PairCase crossed(const PairCase& a, const PairCase& b, generate::Choices& choices);

/// One unit of each minterm of the classes and assertions of both patterns, as bytes.
std::vector<std::string> letters_of(const PairCase& c);

/// Which strings each pattern matches whole, asked of the PikeVM, which knows nothing of derivatives.
struct Languages {
  std::vector<std::string> strings;  ///< all of up to `length` letters, shortest first
  std::vector<bool> left, right;
  std::size_t length = 0;
};
/// nullopt: a pattern is too large for the PikeVM.
std::optional<Languages> enumerate(const PairCase& c, std::size_t max_strings);

}  // namespace redoubt::fuzz
