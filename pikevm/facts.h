// Facts: what the tree of a program tells about where its matches can be, worked out when a search first asks, and then
// shared by all searches of the program. See literals.h and prefilter.h.
#pragma once

#include <optional>
#include <string_view>

#include "pikevm/literal_search.h"
#include "pikevm/prefilter.h"
#include "pikevm/program.h"

namespace redoubt::pikevm {

struct Facts {
  /// A match is an occurrence of this string, and there are no groups.
  std::optional<LiteralSearch> literal;
  Prefilter prefilter;
  std::uint64_t min_length = 0;           ///< of a match, in bytes
  std::uint64_t max_length = kUnbounded;  ///< likewise
  bool anchored_end = false;              ///< every match ends at the end of the haystack
  Literal suffix;                         ///< every match ends with it

  /// A look at the edges alone tells that no match lies in `haystack` within [begin, end).
  bool rule_out(std::string_view haystack, std::size_t begin, std::size_t end) const;
};

/// Safe to ask from several threads at once.
const Facts& facts(const Program& program);

}  // namespace redoubt::pikevm
