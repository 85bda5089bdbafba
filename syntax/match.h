// The vocabulary of a match: what the public types.h has (spans, semantics, encodings), slots, and how reports write
// them. Plain values; nothing here knows how a match is found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "redoubt/types.h"

namespace redoubt {

/// The answer of a captures query: slot 0 is the whole match, slot g is group g; size is 1 + the number of groups.
using Slots = std::vector<Span>;

/// "(0,2)(0,1)(?,?)": the form in which every report and case file writes slots.
std::string to_string(const Slots& slots);

/// "posix" or "perl", as the command line writes them.
std::string_view to_string(Semantics semantics);
std::string_view to_string(Encoding encoding);

}  // namespace redoubt
