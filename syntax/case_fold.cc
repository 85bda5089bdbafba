#include "syntax/case_fold.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "syntax/mutants.h"

namespace redoubt::syntax {

namespace {

/// How the members of a run reach the next member of their orbits: all by `delta`; or neighbours that swap in pairs,
/// the first of each pair being even (kEvenOdd) or odd (kOddEven).
enum class RunKind : std::uint8_t { kShift, kEvenOdd, kOddEven };
using enum RunKind;

struct Run {
  std::uint32_t lo, hi;
  RunKind kind;
  std::int32_t delta;
};

constexpr Run kRuns[] = {
#include "syntax/case_fold_table.inc"
};

constexpr std::uint32_t kMaxAscii = 0x7F;
constexpr std::uint32_t kLongS = 0x17F;
constexpr std::uint32_t kKelvinSign = 0x212A;

const Run* first_run_ending_at_or_after(std::uint32_t unit) {
  return std::lower_bound(std::begin(kRuns), std::end(kRuns), unit,
                          [](const Run& run, std::uint32_t u) { return run.hi < u; });
}

std::uint32_t shifted(std::uint32_t unit, std::int32_t delta) {
  return static_cast<std::uint32_t>(static_cast<std::int32_t>(unit) + delta);
}

/// Where the part [lo,hi] of a run leads to. For pairs that is both members of every pair touched.
Range image(const Run& run, std::uint32_t lo, std::uint32_t hi) {
  switch (run.kind) {
    case kShift:
      return {shifted(lo, run.delta), shifted(hi, run.delta)};
    case kEvenOdd:
      return {lo & ~1U, hi | 1U};
    case kOddEven:
      return {(lo - 1) | 1U, hi + (hi & 1U)};
  }
  return {lo, hi};
}

/// The other case of the ASCII letters in [lo,hi].
void add_ascii_partners(std::uint32_t lo, std::uint32_t hi, std::vector<Range>& ranges) {
  auto add = [&](std::uint32_t first, std::uint32_t last, std::int32_t delta) {
    std::uint32_t from = std::max(lo, first);
    std::uint32_t to = std::min(hi, last);
    if (from <= to) ranges.push_back({shifted(from, delta), shifted(to, delta)});
  };
  add('a', 'z', -32);
  add('A', 'Z', 32);
}

CharClass fold_ascii(const CharClass& c) {
  std::vector<Range> ranges = c.ranges();
  for (const Range& range : c.ranges()) add_ascii_partners(range.lo, range.hi, ranges);
  return CharClass(std::move(ranges));
}

/// One step along every orbit.
CharClass step(const CharClass& c) {
  std::vector<Range> ranges = c.ranges();
  for (const Range& range : c.ranges()) {
    for (const Run* run = first_run_ending_at_or_after(range.lo); run != std::end(kRuns) && run->lo <= range.hi;
         ++run) {
      ranges.push_back(image(*run, std::max(run->lo, range.lo), std::min(run->hi, range.hi)));
    }
  }
  return CharClass(std::move(ranges));
}

}  // namespace

CharClass fold_closure(const CharClass& c, Encoding encoding) {
  if (encoding == Encoding::kBytes) return fold_ascii(c);
  if (c.empty()) return c;
  if (c.ranges().back().hi <= kMaxAscii) {
    // Two ASCII letters fold together with something outside ASCII.
    CharClass folded = fold_ascii(c);
    if (folded.contains('s') && !REDOUBT_MUTANT(fold_misses_long_s))
      folded = folded.union_with(CharClass::single(kLongS));
    if (folded.contains('k')) folded = folded.union_with(CharClass::single(kKelvinSign));
    return folded;
  }
  // An orbit has at most four members, so this ends after at most four rounds.
  CharClass closed = c;
  for (CharClass next = step(closed); next != closed; next = step(closed)) closed = std::move(next);
  return closed;
}

std::uint32_t next_in_orbit(std::uint32_t scalar) {
  const Run* run = first_run_ending_at_or_after(scalar);
  if (run == std::end(kRuns) || scalar < run->lo) return scalar;
  switch (run->kind) {
    case kShift:
      return shifted(scalar, run->delta);
    case kEvenOdd:
      return scalar ^ 1U;
    case kOddEven:
      return scalar % 2 == 1 ? scalar + 1 : scalar - 1;
  }
  return scalar;
}

}  // namespace redoubt::syntax
