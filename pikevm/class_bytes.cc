#include "pikevm/class_bytes.h"

#include <bit>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

EncodedUnit encode_sequence(std::uint32_t unit) {
  EncodedUnit out;
  auto tail = [&](unsigned shift) { return static_cast<std::uint8_t>(0x80 | (unit >> shift & 0x3F)); };
  if (unit < 0x800) {
    out.bytes = {static_cast<std::uint8_t>(0xC0 | unit >> 6), tail(0)};
    out.length = 2;
  } else if (unit < 0x10000) {
    out.bytes = {static_cast<std::uint8_t>(0xE0 | unit >> 12), tail(6), tail(0)};
    out.length = 3;
  } else {
    out.bytes = {static_cast<std::uint8_t>(0xF0 | unit >> 18), tail(12), tail(6), tail(0)};
    out.length = 4;
  }
  return out;
}

bool merge(EncodedUnit& a, const EncodedUnit& b) {
  // One differing byte: two would stand for four strings.
  if (a.length != b.length || a.folds != 0) return false;
  auto word = [](const EncodedUnit& u) { return std::bit_cast<std::uint32_t>(u.bytes); };
  const std::uint32_t difference = word(a) ^ word(b);
  constexpr std::uint32_t kCaseBits = 0x01010101 * std::uint32_t{kCaseBit};
  if ((difference & ~kCaseBits) != 0 || !std::has_single_bit(difference)) return false;
  for (std::size_t k = 0; k < a.length; ++k) {
    if (a.bytes[k] != b.bytes[k]) a.folds = static_cast<std::uint8_t>(1U << k);
    a.bytes[k] |= b.bytes[k];
  }
  return true;
}

EncodedUnit as_single(const syntax::CharClass& units, Encoding encoding) {
  const auto& ranges = units.ranges();
  if (ranges.empty() || ranges.size() > 2 || ranges[0].lo != ranges[0].hi) return {};
  EncodedUnit unit = encode(ranges[0].lo, encoding);
  if (ranges.size() == 1) return unit;
  if (ranges[1].lo != ranges[1].hi || !merge(unit, encode(ranges[1].lo, encoding))) return {};
  return unit;
}

Lengths unit_lengths(const syntax::CharClass& units, Encoding encoding) {
  if (encoding == Encoding::kBytes || units.empty()) return {1, 1};
  auto length = [](std::uint32_t unit) { return 1U + (unit >= 0x80) + (unit >= 0x800) + (unit >= 0x10000); };
  return {length(units.front()), length(units.ranges().back().hi)};
}

void add_first_bytes(const syntax::CharClass& units, Encoding encoding, ByteSet& set) {
  if (encoding == Encoding::kBytes) {
    for (const syntax::Range& range : units.ranges()) {
      set.insert(static_cast<std::uint8_t>(range.lo), static_cast<std::uint8_t>(range.hi));
    }
    return;
  }
  // A greater scalar value never has a smaller first byte.
  for (const syntax::Range& range : units.ranges()) {
    const std::uint32_t last = REDOUBT_MUTANT(utf8_first_byte_of_range) ? range.lo : range.hi;
    set.insert(encode(range.lo, encoding).bytes[0], encode(last, encoding).bytes[0]);
  }
  // A range that crosses 0x80 covers 0x80-0xC1 in passing, which begin nothing.
  set.words[2] = 0;
  set.erase(0xC0);
  set.erase(0xC1);
}

void add_bytes(const syntax::CharClass& units, Encoding encoding, ByteSet& set) {
  if (encoding == Encoding::kBytes) return add_first_bytes(units, encoding, set);
  ByteSet own;
  add_first_bytes(units, encoding, own);
  set.merge(own);
  if (!units.empty() && units.ranges().back().hi >= 0x80) set.insert(0x80, 0xBF);
}

}  // namespace redoubt::pikevm
