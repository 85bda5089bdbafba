#include "fuzz/coded_case.h"

#include <algorithm>

#include "fuzz/tree_code.h"

namespace redoubt::fuzz {

// A byte of options, the dice, the tree, and haystacks, each after a byte with its length, to the end.

CodedCase decode(std::span<const std::uint8_t> input) {
  ByteReader bytes(input);
  CodedCase c;
  const std::uint8_t options = bytes.byte();
  c.semantics = (options & 1) != 0 ? Semantics::kLeftmostFirst : Semantics::kLeftmostLongest;
  c.encoding = (options & 2) != 0 ? Encoding::kUtf8 : Encoding::kBytes;
  c.modes = (options & 28) == 28;
  c.dice = bytes.byte();
  c.pattern = read_tree(bytes, c.encoding);
  while (!bytes.empty() && c.haystacks.size() < kMaxCodedHaystacks) {
    c.haystacks.push_back(bytes.text(bytes.byte() % (kMaxCodedHaystack + 1)));
  }
  return c;
}

std::string encode(const CodedCase& c) {
  std::string bytes;
  const int options =
      (c.semantics == Semantics::kLeftmostFirst ? 1 : 0) | (c.encoding == Encoding::kUtf8 ? 2 : 0) | (c.modes ? 28 : 0);
  bytes += static_cast<char>(options);
  bytes += static_cast<char>(c.dice);
  write_tree(c.pattern, c.encoding, bytes);
  for (std::size_t k = 0; k < std::min(c.haystacks.size(), kMaxCodedHaystacks); ++k) {
    const std::string part = c.haystacks[k].substr(0, kMaxCodedHaystack);
    bytes += static_cast<char>(part.size());
    bytes += part;
  }
  return bytes;
}

CodedCase bounded(const CodedCase& c) {
  const std::string bytes = encode(c);
  return decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

}  // namespace redoubt::fuzz
