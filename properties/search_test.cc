// Searches of the PikeVM within a haystack: parts of it, from a place on, all matches one after the other.
#include <algorithm>

#include "properties/workbench.h"

namespace redoubt::properties {
namespace {

using pikevm::Search;

/// A search of the whole haystack of a question, compiled with all optimizations.
struct Ready {
  std::shared_ptr<const pikevm::Program> program;
  Search search;
  Found whole;
  Ready(const Question& q, Workbench& bench) : program(bench.compile(q, q.regex)) {
    search.haystack = q.haystack;
    if (program) whole = bench.search(*program, search);
  }
};

Verdict equal(const Question& q, const char* what, const Found& got, const Found& wanted) {
  if (got == wanted) return holds();
  return fails(what, shown(q) + ", " + what + ": " + to_string(got) + ", not " + to_string(wanted));
}

const bool kSlots = law("search-fewer-slots",
                        "Asked for a match only, for its span, or for all groups, the PikeVM finds the same; a match "
                        "is found just if one is there.",
                        {.long_haystacks = true}, [](const Question& q, Workbench& bench) {
                          Ready ready(q, bench);
                          if (ready.whole.silent()) return does_not_apply();
                          const std::size_t all = 1 + q.regex->max_group();
                          for (std::size_t wanted = 0; wanted <= all; ++wanted) {
                            ready.search.wanted_slots = wanted;
                            Found expected = ready.whole;
                            if (expected.match()) expected.slots.resize(std::min(wanted, all));
                            const Verdict verdict = equal(q,
                                                          wanted == 0   ? "is-match"
                                                          : wanted == 1 ? "span"
                                                                        : "slots",
                                                          bench.search(*ready.program, ready.search), expected);
                            if (verdict.kind == VerdictKind::kFails) return verdict;
                          }
                          return holds();
                        });

const bool kAnchored =
    law("search-anchored", "Anchored where the match begins, a search finds the same match; anchored before, none.",
        {.long_haystacks = true, .cost = 2}, [](const Question& q, Workbench& bench) {
          Ready ready(q, bench);
          if (ready.whole.silent()) return does_not_apply();
          const reference::Units units(q.haystack, q.encoding);
          ready.search.anchored = true;
          for (std::size_t at : units.offsets) {
            if (ready.whole.match() && at > ready.whole.span().begin) break;
            ready.search.begin = at;
            const bool here = ready.whole.match() && at == ready.whole.span().begin;
            const Verdict verdict =
                equal(q, here ? "anchored at the match" : "anchored before the match",
                      bench.search(*ready.program, ready.search), here ? ready.whole : Found{Found::Kind::kNone, {}});
            if (verdict.kind == VerdictKind::kFails) return verdict;
          }
          return holds();
        });

const bool kFrom = law("search-from",
                       "A search that begins later, but not after the match, finds the same match: what lies before is "
                       "still seen.",
                       {.long_haystacks = true, .knobs = 64}, [](const Question& q, Workbench& bench) {
                         Ready ready(q, bench);
                         if (!ready.whole.match()) return does_not_apply();
                         Decisions decisions(q);
                         const std::size_t step = 1 + decisions.take(4);
                         for (std::size_t at = 0; at <= ready.whole.span().begin; at += step) {
                           ready.search.begin = at;
                           const Verdict verdict =
                               equal(q, "from a later place", bench.search(*ready.program, ready.search), ready.whole);
                           if (verdict.kind == VerdictKind::kFails) return verdict;
                         }
                         return holds();
                       });

const bool kTo =
    law("search-to",
        "A search that ends earlier, but not before the match does, finds the same match: what lies behind is "
        "still seen.",
        {.long_haystacks = true, .knobs = 64}, [](const Question& q, Workbench& bench) {
          Ready ready(q, bench);
          if (!ready.whole.match()) return does_not_apply();
          const std::size_t step = 1 + Decisions(q).take(4);
          for (std::size_t cut = 0; ready.whole.span().end + cut <= q.haystack.size(); cut += step) {
            ready.search.end = ready.whole.span().end + cut;
            const Verdict verdict =
                equal(q, "to an earlier place", bench.search(*ready.program, ready.search), ready.whole);
            if (verdict.kind == VerdictKind::kFails) return verdict;
          }
          return holds();
        });

const bool kPart =
    law("search-part",
        "Without assertions a search of a part of the haystack finds what a search of a copy of that part "
        "finds.",
        {.looks = false, .long_haystacks = true, .knobs = 4096}, [](const Question& q, Workbench& bench) {
          if (has_looks(q.regex)) return does_not_apply();
          Ready ready(q, bench);
          if (!ready.program) return does_not_apply();
          const reference::Units units(q.haystack, q.encoding);
          Decisions decisions(q);
          const std::size_t first = decisions.take(units.offsets.size());
          const std::size_t last = first + decisions.take(units.offsets.size() - first);
          ready.search.begin = units.offsets[first];
          ready.search.end = units.offsets[last];
          Found part = bench.search(*ready.program, ready.search);
          for (Span& span : part.slots) {
            if (span.is_set()) span = {span.begin - units.offsets[first], span.end - units.offsets[first]};
          }
          const std::string copied = q.haystack.substr(ready.search.begin, ready.search.end - ready.search.begin);
          Search copy;
          copy.haystack = copied;
          return equal(q, "a part of the haystack", part, bench.search(*ready.program, copy));
        });

const bool kTiles = law(
    "search-tiles",
    "All matches, one after the other, do not overlap, each is the first from where the one before "
    "ended, and with the gaps between them, in which there is no match, they make up the haystack.",
    {.long_haystacks = true, .cost = 2}, [](const Question& q, Workbench& bench) {
      Ready ready(q, bench);
      if (ready.whole.silent()) return does_not_apply();
      const reference::Units units(q.haystack, q.encoding);
      const auto after = [&](std::size_t at) {
        const auto next = std::upper_bound(units.offsets.begin(), units.offsets.end(), at);
        return next == units.offsets.end() ? q.haystack.size() + 1 : *next;
      };
      std::vector<Slots> matches;
      Slots slots;
      const pikevm::Result result =
          pikevm::find_all(*ready.program, bench.scratch(), ready.search, slots, [&](const Slots& match) {
            matches.push_back(match);
            return matches.size() <= q.haystack.size() + 1;
          });
      if (result != pikevm::Result::kMatch && result != pikevm::Result::kNoMatch) return does_not_apply();
      if (matches.size() > q.haystack.size() + 1) return fails("endless", shown(q));
      if (matches.empty() == ready.whole.match()) return fails("is-match", shown(q));
      std::size_t at = 0;  // the end of the match before
      bool behind_one = false;
      matches.push_back({{q.haystack.size() + 1, q.haystack.size() + 1}});  // what lies behind the last gap
      for (const Slots& match : matches) {
        const Span span = match[0];
        const bool last = span.begin > q.haystack.size();
        if (span.begin < at || span.end < span.begin) return fails("order", shown(q) + " " + to_string(match));
        Search from = ready.search;
        from.begin = at;
        // An empty match at the end of the match before is not reported.
        Found found = bench.search(*ready.program, from);
        if (behind_one && found.match() && found.span() == Span{at, at}) {
          from.begin = after(at);
          found = from.begin > q.haystack.size() ? Found{Found::Kind::kNone, {}} : bench.search(*ready.program, from);
        }
        if (last ? found.match() : found != Found{Found::Kind::kMatch, match}) {
          return fails("next", shown(q) + " from " + std::to_string(at) + ": " + to_string(found));
        }
        Search gap = ready.search;
        gap.begin = behind_one ? after(at) : at;
        gap.end = std::min(span.begin, q.haystack.size());
        if (gap.begin < gap.end) {
          found = bench.search(*ready.program, gap);
          if (found.match() && found.span().begin < span.begin) {
            return fails("gap", shown(q) + ": in the gap before " + to_string(match) + " lies " + to_string(found));
          }
        }
        at = span.end;
        behind_one = true;
      }
      return holds();
    });

}  // namespace
}  // namespace redoubt::properties
