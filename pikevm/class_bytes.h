// The bytes of one class of units in a haystack's encoding: what literals are made of. No trees, no haystacks.
#pragma once

#include <array>
#include <cstdint>

#include "pikevm/byte_set.h"
#include "pikevm/literal.h"
#include "syntax/char_class.h"
#include "syntax/match.h"

namespace redoubt::pikevm {

/// A unit as 1 to 4 bytes (those beyond are 0), or two units whose bytes differ in kCaseBit only: those of `folds`,
/// kept with the bit set.
struct EncodedUnit {
  std::array<std::uint8_t, 4> bytes{};
  std::uint8_t length = 0;
  std::uint8_t folds = 0;  ///< bit k: byte k

  bool folded(std::size_t k) const { return folds >> k & 1; }
};

EncodedUnit encode_sequence(std::uint32_t unit);
inline EncodedUnit encode(std::uint32_t unit, Encoding encoding) {
  if (encoding == Encoding::kUtf8 && unit >= 0x80) return encode_sequence(unit);
  EncodedUnit out;
  out.bytes[0] = static_cast<std::uint8_t>(unit);
  out.length = 1;
  return out;
}
/// Makes `a` stand for `b` as well, if one EncodedUnit can say both. `b` has no folds.
bool merge(EncodedUnit& a, const EncodedUnit& b);
/// The class as one EncodedUnit, if it is one; else length 0.
EncodedUnit as_single(const syntax::CharClass& units, Encoding encoding);

struct Lengths {
  std::uint64_t min;
  std::uint64_t max;
};
/// In bytes, of the units of the class; {1, 1} for the empty class.
Lengths unit_lengths(const syntax::CharClass& units, Encoding encoding);
/// Adds the first bytes of the units.
void add_first_bytes(const syntax::CharClass& units, Encoding encoding, ByteSet& set);
/// Adds all bytes that occur in the units, and perhaps other continuation bytes.
void add_bytes(const syntax::CharClass& units, Encoding encoding, ByteSet& set);

}  // namespace redoubt::pikevm
