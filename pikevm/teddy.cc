#include "pikevm/teddy.h"

#include <algorithm>
#include <bit>

#include "syntax/mutants.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define REDOUBT_X86 1
#include <immintrin.h>
#endif

namespace redoubt::pikevm {

struct TeddyPaths {
  /// Does a string of these buckets stand at `at`?
  static bool matches(const Teddy& t, unsigned buckets, const char* at, const char* end) {
    const std::uint64_t word = load_word(at, end);
    const auto room = static_cast<std::size_t>(end - at);
    for (; buckets != 0; buckets &= buckets - 1) {
      const auto bucket = static_cast<std::size_t>(std::countr_zero(buckets));
      for (std::size_t k = t.buckets_[bucket]; k < t.buckets_[bucket + 1]; ++k) {
        if (t.literals_[k].length <= room && t.literals_[k].matches(word)) return true;
      }
      if (REDOUBT_MUTANT(teddy_one_bucket)) break;
    }
    return false;
  }
  static const char* scalar(const Teddy& t, const char* from, const char* end) {
    for (const char* last = end - t.shortest_; from <= last; ++from) {
      from = t.first_.find(from, last + 1);
      if (from > last) break;
      const auto byte = static_cast<std::uint8_t>(*from);
      if (matches(t, t.low_[0][byte & 15] & t.high_[0][byte >> 4], from, end)) return from;
    }
    return end;
  }

#ifdef REDOUBT_X86
  __attribute__((target("ssse3"))) static __m128i table(const std::array<std::uint8_t, 16>& t) {
    return _mm_load_si128(reinterpret_cast<const __m128i*>(t.data()));
  }
  /// For each of 16 bytes, the buckets that have it at a place.
  __attribute__((target("ssse3"))) static __m128i buckets(__m128i low, __m128i high, const char* at) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i nibble = _mm_set1_epi8(15);
    return _mm_and_si128(_mm_shuffle_epi8(low, _mm_and_si128(v, nibble)),
                         _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi64(v, 4), nibble)));
  }
  /// The first place of a mask (bit k: at + k) where a string stands. `found` are the buckets by place.
  static const char* verify(const Teddy& t, const char* at, unsigned mask, const std::uint8_t* found, const char* end) {
    for (; mask != 0; mask &= mask - 1) {
      const int k = std::countr_zero(mask);
      if (matches(t, found[k], at + k, end)) return at + k;
    }
    return nullptr;
  }

  // The last block is moved back, so that it can be read whole; see LiteralSearch.
  __attribute__((target("ssse3"))) static const char* ssse3(const Teddy& t, const char* from, const char* end) {
    const auto offset1 = static_cast<std::ptrdiff_t>(std::min<std::size_t>(1, t.depth_ - 1));
    const auto offset2 = static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, t.depth_ - 1));
    const std::ptrdiff_t reach = 16 + offset2;
    if (end - from < reach) return scalar(t, from, end);
    const __m128i low0 = table(t.low_[0]), high0 = table(t.high_[0]);
    const __m128i low1 = table(t.low_[1]), high1 = table(t.high_[1]);
    const __m128i low2 = table(t.low_[2]), high2 = table(t.high_[2]);
    const char* last = end - t.shortest_;
    for (const char* at = from; at <= last; at += 16) {
      at = std::min(at, end - reach);
      const __m128i hit = _mm_and_si128(_mm_and_si128(buckets(low0, high0, at), buckets(low1, high1, at + offset1)),
                                        buckets(low2, high2, at + offset2));
      const auto none = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(hit, _mm_setzero_si128())));
      if (none == 0xFFFF) continue;
      alignas(16) std::uint8_t found[16];
      _mm_store_si128(reinterpret_cast<__m128i*>(found), hit);
      if (const char* place = verify(t, at, ~none & 0xFFFF, found, end)) return place;
    }
    return end;
  }

  __attribute__((target("avx2"))) static __m256i table256(const std::array<std::uint8_t, 16>& t) {
    return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(t.data())));
  }
  __attribute__((target("avx2"))) static __m256i buckets256(__m256i low, __m256i high, const char* at) {
    const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i nibble = _mm256_set1_epi8(15);
    return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(v, nibble)),
                            _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi64(v, 4), nibble)));
  }
  __attribute__((target("avx2"))) static const char* avx2(const Teddy& t, const char* from, const char* end) {
    const auto offset1 = static_cast<std::ptrdiff_t>(std::min<std::size_t>(1, t.depth_ - 1));
    const auto offset2 = static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, t.depth_ - 1));
    const std::ptrdiff_t reach = 32 + offset2;
    if (end - from < reach) return ssse3(t, from, end);
    const __m256i low0 = table256(t.low_[0]), high0 = table256(t.high_[0]);
    const __m256i low1 = table256(t.low_[1]), high1 = table256(t.high_[1]);
    const __m256i low2 = table256(t.low_[2]), high2 = table256(t.high_[2]);
    const char* last = end - t.shortest_;
    for (const char* at = from; at <= last; at += 32) {
      at = std::min(at, end - reach);
      const __m256i hit =
          _mm256_and_si256(_mm256_and_si256(buckets256(low0, high0, at), buckets256(low1, high1, at + offset1)),
                           buckets256(low2, high2, at + offset2));
      const auto none = static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, _mm256_setzero_si256())));
      if (none == 0xFFFFFFFFU) continue;
      alignas(32) std::uint8_t found[32];
      _mm256_store_si256(reinterpret_cast<__m256i*>(found), hit);
      if (const char* place = verify(t, at, ~none, found, end)) return place;
    }
    return end;
  }
#endif
};

Teddy::Teddy(std::span<const MaskedLiteral> literals, SimdLevel level)
    : literals_(literals.begin(), literals.end()), shortest_(MaskedLiteral::kMaxLength) {
  for (const MaskedLiteral& literal : literals_) shortest_ = std::min<std::size_t>(shortest_, literal.length);
  depth_ = std::min(shortest_, kDepth);
  // Neighbours in the pattern are often alike, and share a bucket.
  for (std::size_t bucket = 0; bucket <= kBuckets; ++bucket) {
    buckets_[bucket] = static_cast<std::uint8_t>(bucket * literals_.size() / kBuckets);
  }
  ByteSet first;
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    for (std::size_t k = buckets_[bucket]; k < buckets_[bucket + 1]; ++k) {
      for (std::size_t place = 0; place < kDepth; ++place) {
        const std::size_t at = std::min(place, depth_ - 1);
        const std::uint8_t value = literals_[k].byte(at);
        // One value, or two if a bit does not matter.
        const auto other = static_cast<std::uint8_t>(value | static_cast<std::uint8_t>(~literals_[k].mask(at)));
        for (std::uint8_t byte : {value, other}) {
          low_[place][byte & 15] |= static_cast<std::uint8_t>(1U << bucket);
          high_[place][byte >> 4] |= static_cast<std::uint8_t>(1U << bucket);
          if (place == 0) first.insert(byte);
        }
      }
    }
  }
  find_ = TeddyPaths::scalar;
#ifdef REDOUBT_X86
  if (level == SimdLevel::kAvx2) find_ = TeddyPaths::avx2;
  if (level == SimdLevel::kSsse3) find_ = TeddyPaths::ssse3;
#else
  (void)level;
#endif
  first_ = ByteScan(first);
}

}  // namespace redoubt::pikevm
