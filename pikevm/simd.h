// Which vector instructions a scan may use: asked of the processor once, and a parameter so that tests reach every
// path.
#pragma once

#include <cstdint>

namespace redoubt::pikevm {

/// Each level has all that the ones before it have.
enum class SimdLevel : std::uint8_t { kPortable, kSsse3, kAvx2 };

/// The best that this processor and this build have. Constant during a run.
inline SimdLevel simd_level() {
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
  static const SimdLevel level = __builtin_cpu_supports("avx2")    ? SimdLevel::kAvx2
                                 : __builtin_cpu_supports("ssse3") ? SimdLevel::kSsse3
                                                                   : SimdLevel::kPortable;
  return level;
#else
  return SimdLevel::kPortable;
#endif
}

}  // namespace redoubt::pikevm
