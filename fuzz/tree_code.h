// Trees as bytes: a prefix code in which every byte string is a tree, and every tree within the limits below has a code
// that gives it back. What fuzz inputs are made of: mutations decode, edit the tree, and encode again. Names of groups
// are not kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "syntax/regex.h"

namespace redoubt::fuzz {

/// The weight of a tree: its nodes, non-capturing groups not counted, with every repeat written out. Nodes beyond this
/// are read as letters, and then a sequence has two parts: no tree has more than three times as many nodes.
inline constexpr std::uint32_t kMaxCodedWeight = 96;
/// Levels, likewise.
inline constexpr std::uint32_t kMaxCodedDepth = 24;
/// The product of the bounds of nested repeats; a larger bound is read as the largest one that fits.
inline constexpr std::uint32_t kMaxCodedProduct = 64;
/// Ranges of a class, or of its complement.
inline constexpr std::uint32_t kMaxCodedRanges = 8;

/// Takes bytes from the front; zeros once they have run out.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  bool empty() const { return bytes_.empty(); }
  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  /// Up to `count` bytes.
  std::string text(std::size_t count) {
    const auto part = bytes_.first(count < bytes_.size() ? count : bytes_.size());
    bytes_ = bytes_.subspan(part.size());
    return {reinterpret_cast<const char*>(part.data()), part.size()};
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

/// The tree at the front; groups are numbered. Without bytes: the letter `a`.
syntax::Regex read_tree(ByteReader& bytes, Encoding encoding);
/// Appends the code of a tree. read_tree() gives it back if it came from there, or keeps the limits.
void write_tree(const syntax::Regex& regex, Encoding encoding, std::string& bytes);

}  // namespace redoubt::fuzz
