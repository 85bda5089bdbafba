#include "pikevm/byte_scan.h"

#include <bit>
#include <cstring>

#include "syntax/mutants.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define REDOUBT_X86 1
#include <immintrin.h>
#endif

// How any set is looked up 16 or 32 bytes at once (after the shuffles of Mula and of Langdale and Lemire 2019, with two
// tables, which is exact for every set): the low nibble of a byte selects the row of high nibbles that the set has with
// it, the high nibble selects one bit of that row. A shuffle gives 0 where the top bit of its index is set, so the row
// of bytes from 0x80 is fetched with the top bit flipped, and one of the two rows is always 0.
//
// The last bytes of a range are read together with some before them, which are known not to be in the set.

namespace redoubt::pikevm {

struct ByteScanPaths {
  static const char* none(const ByteScan& /*scan*/, const char* /*from*/, const char* end) { return end; }
  static const char* one(const ByteScan& scan, const char* from, const char* end) {
    const void* found = std::memchr(from, scan.bytes_[0], static_cast<std::size_t>(end - from));
    return found != nullptr ? static_cast<const char*>(found) : end;
  }
  static const char* table(const ByteScan& scan, const char* from, const char* end) {
    for (; end - from >= 4; from += 4) {
      if (scan.contains(from[0])) return from;
      if (scan.contains(from[1])) return from + 1;
      if (scan.contains(from[2])) return from + 2;
      if (scan.contains(from[3])) return from + 3;
    }
    if (REDOUBT_MUTANT(scan_tail_dropped)) return end;
    while (from != end && !scan.contains(*from)) ++from;
    return from;
  }

#ifdef REDOUBT_X86
  static const char* first(const char* at, unsigned mask) { return at + std::countr_zero(mask); }

  /// Which of 16 bytes equal one of the bytes of scan.bytes_.
  struct Few16 {
    __m128i a, b, c;
    explicit Few16(const ByteScan& scan)
        : a(_mm_set1_epi8(static_cast<char>(scan.bytes_[0]))),
          b(_mm_set1_epi8(static_cast<char>(scan.bytes_[1]))),
          c(_mm_set1_epi8(static_cast<char>(scan.bytes_[2]))) {}
    unsigned mask(const char* at) const {
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
      const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, a), _mm_cmpeq_epi8(v, b)), _mm_cmpeq_epi8(v, c));
      return static_cast<unsigned>(_mm_movemask_epi8(hit));
    }
  };
  static const char* few_sse2(const ByteScan& scan, const char* from, const char* end) {
    if (end - from < 8) return table(scan, from, end);
    const Few16 few(scan);
    for (; end - from >= 16; from += 16) {
      if (unsigned mask = few.mask(from)) return first(from, mask);
    }
    if (from == end) return end;
    const unsigned mask = few.mask(end - 16);
    return mask != 0 ? first(end - 16, mask) : end;
  }

  __attribute__((target("avx2"))) static const char* few_avx2(const ByteScan& scan, const char* from, const char* end) {
    if (end - from < 32) return few_sse2(scan, from, end);
    const __m256i a = _mm256_set1_epi8(static_cast<char>(scan.bytes_[0]));
    const __m256i b = _mm256_set1_epi8(static_cast<char>(scan.bytes_[1]));
    const __m256i c = _mm256_set1_epi8(static_cast<char>(scan.bytes_[2]));
    while (from != end) {
      if (end - from < 32) from = end - 32;
      const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
      const __m256i hit =
          _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(v, a), _mm256_cmpeq_epi8(v, b)), _mm256_cmpeq_epi8(v, c));
      const auto mask = static_cast<unsigned>(_mm256_movemask_epi8(hit));
      if (mask != 0) return first(from, mask);
      from += 32;
    }
    return end;
  }

  __attribute__((target("ssse3"))) static const char* set_ssse3(const ByteScan& scan, const char* from,
                                                                const char* end) {
    if (end - from < 8) return table(scan, from, end);
    const __m128i low = _mm_load_si128(reinterpret_cast<const __m128i*>(scan.nibbles_.data()));
    const __m128i high = _mm_load_si128(reinterpret_cast<const __m128i*>(scan.nibbles_.data() + 16));
    const __m128i bits = _mm_set1_epi64x(static_cast<long long>(0x8040201008040201));
    const __m128i top = _mm_set1_epi8(static_cast<char>(0x80));
    while (from != end) {
      if (end - from < 16) from = end - 16;
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
      const __m128i row = _mm_or_si128(_mm_shuffle_epi8(low, v), _mm_shuffle_epi8(high, _mm_xor_si128(v, top)));
      const __m128i bit = _mm_shuffle_epi8(bits, _mm_andnot_si128(top, _mm_srli_epi64(v, 4)));
      const __m128i miss = _mm_cmpeq_epi8(_mm_and_si128(row, bit), _mm_setzero_si128());
      const unsigned mask = static_cast<unsigned>(_mm_movemask_epi8(miss)) ^ 0xFFFFU;
      if (mask != 0) return first(from, mask);
      from += 16;
    }
    return end;
  }

  __attribute__((target("avx2"))) static const char* set_avx2(const ByteScan& scan, const char* from, const char* end) {
    if (end - from < 24) return set_ssse3(scan, from, end);
    const __m256i low =
        _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(scan.nibbles_.data())));
    const __m256i high =
        _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(scan.nibbles_.data() + 16)));
    const __m256i bits = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201));
    const __m256i top = _mm256_set1_epi8(static_cast<char>(0x80));
    while (from != end) {
      if (end - from < 32) from = end - 32;
      const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
      const __m256i row =
          _mm256_or_si256(_mm256_shuffle_epi8(low, v), _mm256_shuffle_epi8(high, _mm256_xor_si256(v, top)));
      const __m256i bit = _mm256_shuffle_epi8(bits, _mm256_andnot_si256(top, _mm256_srli_epi64(v, 4)));
      const __m256i miss = _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), _mm256_setzero_si256());
      const unsigned mask = ~static_cast<unsigned>(_mm256_movemask_epi8(miss));
      if (mask != 0) return first(from, mask);
      from += 32;
    }
    return end;
  }
#endif

  static ByteScan::Far choose(ByteScan::Kind kind, [[maybe_unused]] SimdLevel level) {
    switch (kind) {
      case ByteScan::Kind::kNone:
        return none;
      case ByteScan::Kind::kAll:
        return table;
      case ByteScan::Kind::kOne:
        return one;
      case ByteScan::Kind::kTwo:
      case ByteScan::Kind::kThree:
#ifdef REDOUBT_X86
        if (level == SimdLevel::kAvx2) return few_avx2;
        if (level == SimdLevel::kSsse3) return few_sse2;
#endif
        return table;
      case ByteScan::Kind::kSet:
#ifdef REDOUBT_X86
        if (level == SimdLevel::kAvx2) return set_avx2;
        if (level == SimdLevel::kSsse3) return set_ssse3;
#endif
        return table;
    }
    return table;
  }
};

namespace {

ByteScan::Kind kind_of(int size) {
  switch (size) {
    case 0:
      return ByteScan::Kind::kNone;
    case 1:
      return ByteScan::Kind::kOne;
    case 2:
      return ByteScan::Kind::kTwo;
    case 3:
      return ByteScan::Kind::kThree;
    case 256:
      return ByteScan::Kind::kAll;
    default:
      return ByteScan::Kind::kSet;
  }
}

}  // namespace

ByteScan::ByteScan(const ByteSet& set, SimdLevel level) : kind_(kind_of(set.size())) {
  far_ = ByteScanPaths::choose(kind_, level);
  if (kind_ == Kind::kNone) return;
  if (kind_ != Kind::kSet && kind_ != Kind::kAll) {
    std::size_t count = 0;
    set.for_each([&](std::uint8_t byte) {
      bytes_[count++] = byte;
      in_[byte] = 1;
    });
    for (; count < bytes_.size(); ++count) bytes_[count] = bytes_[count - 1];
    return;
  }
  fill(set);
}

// Eight bytes at a time: a multiplication spreads 8 bits over the 8 bytes of a word, and a mask leaves bit i in byte i.
void ByteScan::fill(const ByteSet& set) {
  std::uint64_t rows[4] = {};  // nibbles_ as words
  for (unsigned eighth = 0; eighth < 32; ++eighth) {
    const std::uint64_t bits = set.words[eighth / 8] >> (eighth % 8 * 8) & 0xFF;
    if (bits == 0) continue;
    const std::uint64_t spread = (bits * 0x0101010101010101) & 0x8040201008040201;
    const std::uint64_t ones = (spread + 0x7F7F7F7F7F7F7F7F) >> 7 & 0x0101010101010101;
    // Byte 8*eighth+i has high nibble eighth/2 and low nibble 8*(eighth%2)+i.
    rows[eighth / 16 * 2 + eighth % 2] |= ones << (eighth / 2 % 8);
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(in_.data() + std::size_t{8} * eighth, &ones, 8);
    } else {
      for (unsigned i = 0; i < 8; ++i) in_[8 * eighth + i] = static_cast<std::uint8_t>(ones >> (8 * i));
    }
  }
  for (unsigned i = 0; i < 32; ++i) nibbles_[i] = static_cast<std::uint8_t>(rows[i / 8] >> (i % 8 * 8));
}

}  // namespace redoubt::pikevm
