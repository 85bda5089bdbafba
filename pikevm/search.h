// What a search is asked and what it can answer: the vocabulary that the searches and their callers share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "pikevm/program.h"
#include "syntax/match.h"

namespace redoubt::pikevm {

enum class Result : std::uint8_t {
  kMatch,
  kNoMatch,
  kMemoryLimit,  ///< Search::memory_limit_bytes was reached
  kStepLimit,    ///< Search::step_limit was reached
};

inline constexpr std::size_t kAllSlots = std::numeric_limits<std::size_t>::max();

/// A match lies within [begin, end) of the haystack. Looks see the whole haystack: `^` holds at 0, not at `begin`;
/// `$` at haystack.size(), not at `end`. In UTF-8 mode a `begin` inside a well-formed sequence is moved to its end,
/// and a sequence that `end` cuts cannot be consumed.
struct Search {
  std::string_view haystack{};
  std::size_t begin = 0;
  std::size_t end = kUnset;  ///< kUnset, or anything greater than the haystack's size: its size
  /// Only a match that starts at `begin` counts.
  bool anchored = false;
  /// How many spans are wanted: 0 (is there a match?), 1 (its span), or 1 + groups. Fewer may be found faster.
  std::size_t wanted_slots = kAllSlots;
  /// In units of constant work: an instruction or history edge looked at. Checked once per unit of the haystack.
  std::uint64_t step_limit = std::numeric_limits<std::uint64_t>::max();
  /// On the working memory of this search, the program not counted. Checked once per unit of the haystack.
  std::size_t memory_limit_bytes = std::size_t{256} << 20;
};

/// The best match so far: its span, and the group slots in the order of kSave.
struct Best {
  bool found = false;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::size_t> slots;
};

/// What a search used.
struct Usage {
  std::uint64_t steps = 0;
  std::size_t bytes = 0;
};

}  // namespace redoubt::pikevm
