// find_all: every match of a haystack from left to right, not overlapping, as Go's FindAll and RE2's GlobalReplace
// iterate. It adds no matching of its own to search().
#pragma once

#include <algorithm>
#include <cstddef>

#include "pikevm/pikevm.h"

namespace redoubt::pikevm {

/// Calls `visit(const Slots&) -> bool` for each match, until it answers false. The next search starts where a match
/// ended; after an empty match it starts one unit later. An empty match at the end of the match before is not reported
/// (so a* on "baac" gives (0,0)(1,3)(4,4); Perl and PCRE2 would add (3,3)). With `search.anchored` each match must
/// start where its search starts. At least the span is wanted. Limits hold for each search by itself; the searches
/// together may take quadratic time, when each of them looks far ahead. kMatch: there was one. A limit: what was
/// visited before it stands.
template <class Visit>
Result find_all(const Program& program, Scratch& scratch, Search search, Slots& slots, const Visit& visit) {
  search.wanted_slots = std::max<std::size_t>(search.wanted_slots, 1);
  search.end = std::min(search.end, search.haystack.size());
  Result result = Result::kNoMatch;
  std::size_t last_end = kUnset;
  while (search.begin <= search.end) {
    Result one = pikevm::search(program, scratch, search, slots);
    if (one == Result::kNoMatch) break;
    if (one != Result::kMatch) return one;
    Span span = slots[0];
    bool empty = span.begin == span.end;
    if (!empty || span.begin != last_end) {
      result = Result::kMatch;
      if (!visit(static_cast<const Slots&>(slots))) break;
    }
    last_end = span.end;
    search.begin = span.end;
    if (!empty) continue;
    search.begin += span.end < search.end ? program.alphabet.read(search.haystack, span.end).length : 1;
  }
  return result;
}

}  // namespace redoubt::pikevm
