// find_all: every match of a haystack from left to right, not overlapping, as Go's FindAll and RE2's GlobalReplace
// iterate; AllMatches is the same, one match at a time. They add no matching of their own to search().
#pragma once

#include <algorithm>
#include <cstddef>

#include "pikevm/pikevm.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

/// The next search starts where a match ended; after an empty match it starts one unit later. An empty match at the end
/// of the match before is not reported (so a* on "baac" gives (0,0)(1,3)(4,4); Perl and PCRE2 would add (3,3)). With
/// `search.anchored` each match must start where its search starts. At least the span is wanted.
///
/// Worst case. One search is linear in the haystack, but it may look far beyond the match it finds: to the end of the
/// haystack, where a thread that could still win lives on. The next search looks there again, so n searches together
/// may take O(n^2) steps, as those of `(?s).*b|a` do on a haystack of `a`s, in either semantics. They take O(n) where
/// what is looked at beyond a match is bounded (by the longest match, or because the threads die). The step limit holds
/// for all the searches together, so that it bounds the whole.
class AllMatches {
 public:
  /// `last_end`: where the match before this iteration ended, to go on with one.
  explicit AllMatches(const Search& search, std::size_t last_end = kUnset) : search_(search), last_end_(last_end) {
    search_.wanted_slots = std::max<std::size_t>(search_.wanted_slots, 1);
    search_.end = std::min(search_.end, search_.haystack.size());
  }

  /// kMatch: `slots` is the next match. Anything else is final, and comes again.
  Result next(const Program& program, Scratch& scratch, Slots& slots) {
    while (result_ == Result::kMatch) {
      if (search_.begin > search_.end) {
        slots.clear();
        return result_ = Result::kNoMatch;
      }
      result_ = pikevm::search(program, scratch, search_, slots);
      if (result_ != Result::kMatch) return result_;
      search_.step_limit -= std::min(search_.step_limit, scratch.usage().steps);
      Span span = slots[0];
      bool empty = span.begin == span.end;
      bool known = empty && span.begin == last_end_ && !REDOUBT_MUTANT(find_all_empty_twice);
      last_end_ = span.end;
      search_.begin = span.end;
      if (empty) {
        search_.begin += span.end < search_.end ? program.alphabet.read(search_.haystack, span.end).length : 1;
      }
      if (!known) return Result::kMatch;
    }
    return result_;
  }
  /// With these another AllMatches goes on where this one is.
  const Search& rest() const { return search_; }
  std::size_t last_end() const { return last_end_; }

 private:
  Search search_;
  std::size_t last_end_;
  Result result_ = Result::kMatch;
};

/// Calls `visit(const Slots&) -> bool` for each match, until it answers false. kMatch: there was one. A limit: what was
/// visited before it stands.
template <class Visit>
Result find_all(const Program& program, Scratch& scratch, const Search& search, Slots& slots, const Visit& visit) {
  AllMatches matches(search);
  for (bool any = false;; any = true) {
    Result result = matches.next(program, scratch, slots);
    if (result != Result::kMatch) return any && result == Result::kNoMatch ? Result::kMatch : result;
    if (!visit(static_cast<const Slots&>(slots))) return result;
  }
}

}  // namespace redoubt::pikevm
