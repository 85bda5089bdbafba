#include "pikevm/literal_search.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "pikevm/byte_rank.h"
#include "syntax/mutants.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define REDOUBT_X86 1
#include <immintrin.h>
#endif

namespace redoubt::pikevm {

struct LiteralSearchPaths {
  using Search = LiteralSearch;

  static bool probes_fit(const Search& s, const char* at) {
    auto fits = [&](Search::Probe p) { return (static_cast<std::uint8_t>(at[p.at]) | p.fold) == p.byte; };
    return fits(s.probes_[0]) && fits(s.probes_[1]);
  }
  static const char* single_byte(const Search& s, const char* from, const char* end) {
    const void* found = std::memchr(from, s.probes_[0].byte, static_cast<std::size_t>(end - from));
    return found != nullptr ? static_cast<const char*>(found) : end;
  }
  static const char* scalar(const Search& s, const char* from, const char* end) {
    const std::size_t less = REDOUBT_MUTANT(literal_last_place_missed) ? 1 : 0;
    for (const char* last = end - s.literal_.size() - less; from <= last; ++from) {
      if (probes_fit(s, from) && s.literal_.matches(from)) return from;
    }
    return end;
  }
  static const char* by_memchr(const Search& s, const char* from, const char* end) {
    const Search::Probe probe = s.probes_[0];
    const char* last = end - s.literal_.size();
    for (; from <= last; ++from) {
      const void* found = std::memchr(from + probe.at, probe.byte, static_cast<std::size_t>(last - from) + 1);
      if (found == nullptr) return end;
      from = static_cast<const char*>(found) - probe.at;
      if (s.literal_.matches(from)) return from;
    }
    return end;
  }

#ifdef REDOUBT_X86
  /// The first place of a mask (bit k: at + k) where the literal is, among those up to `last`.
  static const char* verify(const Search& s, const char* at, unsigned mask, const char* last) {
    for (; mask != 0; mask &= mask - 1) {
      const char* place = at + std::countr_zero(mask);
      if (place > last) return nullptr;
      if (s.literal_.matches(place)) return place;
    }
    return nullptr;
  }

  // Blocks of starting places. The last block is moved back, over places that were tried before, so that it can be read
  // whole; without room for even one block the places are tried one by one.
  static const char* sse2(const Search& s, const char* from, const char* end) {
    const std::ptrdiff_t reach = 16 + std::max(s.probes_[0].at, s.probes_[1].at);
    if (end - from < reach) return scalar(s, from, end);
    const char* last = end - s.literal_.size();
    const __m128i byte0 = _mm_set1_epi8(static_cast<char>(s.probes_[0].byte));
    const __m128i byte1 = _mm_set1_epi8(static_cast<char>(s.probes_[1].byte));
    const __m128i fold0 = _mm_set1_epi8(static_cast<char>(s.probes_[0].fold));
    const __m128i fold1 = _mm_set1_epi8(static_cast<char>(s.probes_[1].fold));
    for (const char* at = from; at <= last; at += 16) {
      at = std::min(at, end - reach);
      const __m128i v0 = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + s.probes_[0].at));
      const __m128i v1 = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + s.probes_[1].at));
      const __m128i hit =
          _mm_and_si128(_mm_cmpeq_epi8(_mm_or_si128(v0, fold0), byte0), _mm_cmpeq_epi8(_mm_or_si128(v1, fold1), byte1));
      const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit));
      if (mask == 0) continue;
      if (const char* found = verify(s, at, mask, last)) return found;
    }
    return end;
  }

  __attribute__((target("avx2"))) static const char* avx2(const Search& s, const char* from, const char* end) {
    const std::ptrdiff_t reach = 32 + std::max(s.probes_[0].at, s.probes_[1].at);
    if (end - from < reach) return sse2(s, from, end);
    const char* last = end - s.literal_.size();
    const __m256i byte0 = _mm256_set1_epi8(static_cast<char>(s.probes_[0].byte));
    const __m256i byte1 = _mm256_set1_epi8(static_cast<char>(s.probes_[1].byte));
    const __m256i fold0 = _mm256_set1_epi8(static_cast<char>(s.probes_[0].fold));
    const __m256i fold1 = _mm256_set1_epi8(static_cast<char>(s.probes_[1].fold));
    for (const char* at = from; at <= last; at += 32) {
      at = std::min(at, end - reach);
      const __m256i v0 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + s.probes_[0].at));
      const __m256i v1 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + s.probes_[1].at));
      const __m256i hit = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(v0, fold0), byte0),
                                           _mm256_cmpeq_epi8(_mm256_or_si256(v1, fold1), byte1));
      const unsigned places = REDOUBT_MUTANT(literal_block_last_place) ? 0x7FFFFFFF : 0xFFFFFFFF;
      const auto mask = static_cast<unsigned>(_mm256_movemask_epi8(hit)) & places;
      if (mask == 0) continue;
      if (const char* found = verify(s, at, mask, last)) return found;
    }
    return end;
  }
#endif
};

LiteralSearch::LiteralSearch(Literal literal, SimdLevel level) : literal_(std::move(literal)) {
  // The rarest byte, then the rarest at another place, of another value if there is one.
  auto probe = [&](std::size_t k) {
    return Probe{static_cast<std::uint8_t>(k), static_cast<std::uint8_t>(literal_.bytes[k]),
                 static_cast<std::uint8_t>(literal_.is_folded(k) ? kCaseBit : 0)};
  };
  auto cost = [](Probe p) { return kByteFrequency[p.byte] + (p.fold != 0 ? 100U : 0U); };
  probes_[0] = probe(0);
  for (std::size_t k = 1; k < literal_.size(); ++k) {
    if (cost(probe(k)) < cost(probes_[0])) probes_[0] = probe(k);
  }
  probes_[1] = probes_[0];
  for (std::size_t k = 0; k < literal_.size(); ++k) {
    const Probe next = probe(k);
    if (next.at == probes_[0].at) continue;
    const bool fresh = probes_[1].at == probes_[0].at;
    const bool better =
        next.byte != probes_[0].byte && (probes_[1].byte == probes_[0].byte || cost(next) < cost(probes_[1]));
    if (fresh || better) probes_[1] = next;
  }

  using Paths = LiteralSearchPaths;
  const bool plain = probes_[0].fold == 0;
  find_ = plain ? Paths::by_memchr : Paths::scalar;
#ifdef REDOUBT_X86
  if (level == SimdLevel::kAvx2) find_ = Paths::avx2;
  if (level == SimdLevel::kSsse3) find_ = Paths::sse2;
#else
  (void)level;
#endif
  if (plain && literal_.size() == 1) find_ = Paths::single_byte;
}

}  // namespace redoubt::pikevm
