// CodedCase: what an input of fuzz_differential says: options, a pattern, haystacks. Total: any bytes are a case; and
// its code gives the same case back. It runs nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "syntax/regex.h"

namespace redoubt::fuzz {

inline constexpr std::size_t kMaxCodedHaystacks = 16;
inline constexpr std::size_t kMaxCodedHaystack = 96;  ///< bytes

struct CodedCase {
  Semantics semantics = Semantics::kLeftmostLongest;
  Encoding encoding = Encoding::kBytes;
  bool modes = false;     ///< engines are asked in their other modes, too
  std::uint8_t dice = 0;  ///< decides which haystacks join those named here
  syntax::Regex pattern;  ///< as tree_code.h has trees
  std::vector<std::string> haystacks;
};

CodedCase decode(std::span<const std::uint8_t> bytes);
std::string encode(const CodedCase& c);

/// decode(encode(c)): within all limits.
CodedCase bounded(const CodedCase& c);

}  // namespace redoubt::fuzz
