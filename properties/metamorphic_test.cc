// Metamorphic laws: what happens to an answer when the pattern or the haystack is changed in a way whose effect is
// known. Each is asked of one engine by itself, so none needs a second engine to be right.
#include <algorithm>
#include <optional>

#include "generate/haystack_gen.h"
#include "properties/workbench.h"
#include "syntax/utf8.h"

namespace redoubt::properties {
namespace {

using syntax::CharClass;
using syntax::Node;
using syntax::NodeKind;
using syntax::Range;
using syntax::Regex;

constexpr Semantics kPosix = Semantics::kLeftmostLongest;
constexpr Semantics kPerl = Semantics::kLeftmostFirst;

/// Slots with the groups from `first` on left out.
Found without_slots_from(Found found, std::size_t first) {
  if (found.slots.size() > first) found.slots.resize(first);
  return found;
}
Found span_only(Found found) { return without_slots_from(std::move(found), 1); }

std::uint32_t groups_of(const Regex& r) { return r->max_group(); }

/// Can r match nothing somewhere? Looks taken as true; too often yes, never wrongly no.
bool may_be_empty(const Regex& r) {
  switch (r->kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kLook:
      return true;
    case NodeKind::kClass:
      return false;
    case NodeKind::kConcat:
      return std::all_of(r->children().begin(), r->children().end(), may_be_empty);
    case NodeKind::kAlternate:
      return std::any_of(r->children().begin(), r->children().end(), may_be_empty);
    case NodeKind::kRepeat:
      return r->min() == 0 || may_be_empty(r->child());
    case NodeKind::kGroup:
      return may_be_empty(r->child());
  }
  return true;
}

// ---- letters

std::uint32_t swapped(std::uint32_t unit, std::uint32_t x, std::uint32_t y) {
  return unit == x ? y : unit == y ? x : unit;
}

CharClass swapped(const CharClass& c, std::uint32_t x, std::uint32_t y) {
  if (c.contains(x) == c.contains(y)) return c;
  const CharClass out = CharClass::single(c.contains(x) ? x : y), in = CharClass::single(c.contains(x) ? y : x);
  return c.minus(out).union_with(in);
}

const bool kRename = law("metamorphic-rename",
                         "Two letters swapped in the pattern and in the haystack, both word units or neither, do not "
                         "change the answer.",
                         {.knobs = 64, .cost = 3}, [](const Question& q, Workbench& bench) {
                           constexpr std::pair<char, char> kPairs[] = {{'a', 'b'}, {'a', 'c'}, {'b', 'A'}, {'0', 'a'},
                                                                       {'_', 'c'}, {'-', '/'}, {'-', ' '}};
                           const auto [x, y] = kPairs[Decisions(q).take(std::size(kPairs))];
                           const auto one = static_cast<std::uint32_t>(x), other = static_cast<std::uint32_t>(y);
                           const Regex renamed =
                               with_classes(q.regex, [&](const CharClass& c) { return swapped(c, one, other); });
                           std::string haystack = q.haystack;
                           for (char& c : haystack) {
                             if (c == x || c == y)
                               c = static_cast<char>(swapped(static_cast<unsigned char>(c), one, other));
                           }
                           return for_each_subject([&](std::string_view engine) {
                             return expect_equal(engine, shown(q) + " renamed",
                                                 bench.find(engine, q, renamed, haystack), bench.find(engine, q));
                           });
                         });

// ---- the other way round

/// Every span that the regex matches: a longest match of each part of the haystack that fills it.
std::vector<std::pair<std::size_t, std::size_t>> all_spans(const Question& q, const Regex& regex,
                                                           const std::string& haystack, Workbench& bench) {
  std::vector<std::pair<std::size_t, std::size_t>> spans;
  const auto program = bench.compile(q, regex);
  if (!program) return spans;
  const reference::Units units(haystack, q.encoding);
  for (std::size_t i : units.offsets) {
    for (std::size_t j : units.offsets) {
      if (j < i) continue;
      pikevm::Search search;
      search.haystack = haystack;
      search.begin = i;
      search.end = j;
      search.anchored = true;
      search.wanted_slots = 1;
      const Found found = bench.search(*program, search);
      if (found.match() && found.span().end == j) spans.emplace_back(i, j);
    }
  }
  return spans;
}

const bool kReverse =
    law("metamorphic-reverse",
        "The mirror image of a pattern matches, in the mirror image of a haystack, the mirror "
        "images of the same spans.",
        {.semantics = {kPosix}, .max_nodes = 12, .max_bytes = 7, .cost = 6}, [](const Question& q, Workbench& bench) {
          auto forwards = all_spans(q, q.regex, q.haystack, bench);
          auto backwards = all_spans(q, mirrored(q.regex), mirrored(q.haystack, q.encoding), bench);
          for (auto& [begin, end] : backwards) {
            std::swap(begin, end);
            begin = q.haystack.size() - begin;
            end = q.haystack.size() - end;
          }
          std::sort(backwards.begin(), backwards.end());
          std::sort(forwards.begin(), forwards.end());
          if (forwards == backwards) return holds();
          return fails("spans", shown(q) + " has " + std::to_string(forwards.size()) + " spans, its mirror image " +
                                    std::to_string(backwards.size()) + " or other ones");
        });

const bool kReverseExists =
    law("metamorphic-reverse-exists",
        "A pattern matches somewhere if and only if its mirror image does in the mirror "
        "image of the haystack.",
        {.cost = 3}, [](const Question& q, Workbench& bench) {
          const Regex backwards = mirrored(q.regex);
          const std::string haystack = mirrored(q.haystack, q.encoding);
          return for_each_subject([&](std::string_view engine) {
            Found one = bench.find(engine, q), other = bench.find(engine, q, backwards, haystack);
            if (one.silent() || other.silent() || one.match() == other.match()) return holds();
            return fails(std::string(engine), std::string(engine) + ": " + shown(q) + " has " + to_string(one) +
                                                  ", its mirror image " + to_string(other));
          });
        });

// ---- padding

/// A unit that no class of the regex has; nullopt: there is none among some.
std::optional<std::uint32_t> stranger(const Regex& r) {
  const std::vector<CharClass> classes = syntax::collect_classes(r);
  for (std::uint32_t unit : {'#', '~', '%', 'x', '\x01'}) {
    if (std::none_of(classes.begin(), classes.end(), [&](const CharClass& c) { return c.contains(unit); })) return unit;
  }
  return std::nullopt;
}

const bool kPad = law(
    "metamorphic-pad",
    "Units that no class of the pattern has, put behind the haystack, change nothing, and put in "
    "front move the match by their length; without assertions, and in front only where the pattern cannot be empty.",
    {.looks = false, .knobs = 96, .cost = 3}, [](const Question& q, Workbench& bench) {
      if (has_looks(q.regex)) return does_not_apply();
      const auto unit = stranger(q.regex);
      if (!unit) return does_not_apply();
      Decisions decisions(q);
      const std::size_t behind = decisions.take(8) * 5;
      const std::size_t before = may_be_empty(q.regex) ? 0 : decisions.take(12) * 3;
      const std::string padded =
          std::string(before, static_cast<char>(*unit)) + q.haystack + std::string(behind, static_cast<char>(*unit));
      return for_each_subject([&](std::string_view engine) {
        Found wanted = bench.find(engine, q);
        for (Span& span : wanted.slots) {
          if (span.is_set()) span = {span.begin + before, span.end + before};
        }
        return expect_equal(engine, shown(q) + " padded", bench.find(engine, q, q.regex, padded), wanted);
      });
    });

// ---- groups

const bool kErase =
    law("metamorphic-erase-groups", "Groups made non-capturing do not move the span.", {.cost = 3},
        [](const Question& q, Workbench& bench) {
          const Regex plain = without_groups(q.regex);
          return for_each_subject([&](std::string_view engine) {
            return expect_equal(engine, shown(q) + " without groups", bench.find(engine, q, plain, q.haystack),
                                span_only(bench.find(engine, q)));
          });
        });

const bool kWrap =
    law("metamorphic-wrap", "A group around the whole pattern is set to the span, and the other groups stay.",
        {.cost = 3}, [](const Question& q, Workbench& bench) {
          const Regex wrapped = syntax::renumber_groups(syntax::group(q.regex, 1));
          return for_each_subject([&](std::string_view engine) {
            Found wanted = bench.find(engine, q);
            if (wanted.match()) wanted.slots.insert(wanted.slots.begin() + 1, wanted.slots[0]);
            return expect_equal(engine, shown(q) + " in a group", bench.find(engine, q, wrapped, q.haystack), wanted);
          });
        });

const bool kPlainWrap = law(
    "metamorphic-neutral",
    "A non-capturing group, {1}, or an empty part in front or behind does not change the answer.",
    {.knobs = 4, .cost = 3}, [](const Question& q, Workbench& bench) {
      const Regex neutral[] = {syntax::non_capturing(q.regex), syntax::repeat(q.regex, 1, 1),
                               syntax::concat({syntax::empty(), q.regex}), syntax::concat({q.regex, syntax::empty()})};
      const Regex changed = neutral[Decisions(q).take(4)];
      return for_each_subject([&](std::string_view engine) {
        return expect_equal(engine, shown(changed, q) + " for " + shown(q), bench.find(engine, q, changed, q.haystack),
                            bench.find(engine, q));
      });
    });

// ---- repeats and alternatives

const bool kTwice = law("metamorphic-twice",
                        "r{2} matches as rr does; its groups are those of the second copy, and leftmost-first, where "
                        "that leaves one unset, of the first.",
                        {.max_nodes = 10, .max_bytes = 16, .cost = 3}, [](const Question& q, Workbench& bench) {
                          const Regex counted = syntax::repeat(q.regex, 2, 2);
                          const Regex written = syntax::renumber_groups(syntax::concat({q.regex, q.regex}));
                          const std::uint32_t groups = groups_of(q.regex);
                          return for_each_subject([&](std::string_view engine) {
                            Found wanted = bench.find(engine, q, written, q.haystack);
                            if (wanted.match()) {
                              for (std::uint32_t g = 1; g <= groups; ++g) {
                                const Span second = wanted.slots[g + groups];
                                if (second.is_set() || q.semantics == kPosix) wanted.slots[g] = second;
                              }
                              wanted.slots.resize(1 + groups);
                            }
                            return expect_equal(engine, shown(counted, q) + " from " + shown(q),
                                                bench.find(engine, q, counted, q.haystack), wanted);
                          });
                        });

const bool kOptional = law(
    "metamorphic-optional", "r? matches as r|() does, and lazily, leftmost-first, as ()|r.",
    {.max_nodes = 14, .max_bytes = 16, .knobs = 2, .cost = 3}, [](const Question& q, Workbench& bench) {
      const bool lazy = q.semantics == kPerl && Decisions(q).take(2) == 1;
      const Regex optional = syntax::repeat(q.regex, 0, 1, !lazy);
      const Regex written =
          lazy ? syntax::alternate({syntax::empty(), q.regex}) : syntax::alternate({q.regex, syntax::empty()});
      return for_each_subject([&](std::string_view engine) {
        return expect_equal(engine, shown(optional, q) + " as alternatives",
                            bench.find(engine, q, optional, q.haystack), bench.find(engine, q, written, q.haystack));
      });
    });

const bool kNever =
    law("metamorphic-never", "r{0}s matches as s does, with the groups of r unset.", {.parts = 2, .cost = 3},
        [](const Question& q, Workbench& bench) {
          const Regex r = syntax::renumber_groups(part(q, 0)), s = syntax::renumber_groups(part(q, 1));
          const Regex both = syntax::renumber_groups(syntax::concat({syntax::repeat(r, 0, 0), s}));
          return for_each_subject([&](std::string_view engine) {
            Found wanted = bench.find(engine, q, s, q.haystack);
            if (wanted.match()) wanted.slots.insert(wanted.slots.begin() + 1, groups_of(r), Span{});
            return expect_equal(engine, shown(both, q), bench.find(engine, q, both, q.haystack), wanted);
          });
        });

const bool kSame =
    law("metamorphic-same-twice", "r|r matches as r does, and the groups of its second branch are unset.",
        {.max_nodes = 14, .cost = 3}, [](const Question& q, Workbench& bench) {
          const Regex both = syntax::renumber_groups(syntax::alternate({q.regex, q.regex}));
          return for_each_subject([&](std::string_view engine) {
            Found wanted = bench.find(engine, q);
            if (wanted.match()) wanted.slots.resize(wanted.slots.size() + groups_of(q.regex));
            return expect_equal(engine, shown(both, q), bench.find(engine, q, both, q.haystack), wanted);
          });
        });

const bool kChoice =
    law("metamorphic-choice",
        "r|s has the answer of r or of s, with the other's groups unset: of the one that starts "
        "first; of both, leftmost-longest, the longer; else r's.",
        {.parts = 2, .cost = 4}, [](const Question& q, Workbench& bench) {
          const Regex r = syntax::renumber_groups(part(q, 0)), s = syntax::renumber_groups(part(q, 1));
          const Regex both = syntax::renumber_groups(syntax::alternate({r, s}));
          return for_each_subject([&](std::string_view engine) {
            Found left = bench.find(engine, q, r, q.haystack), right = bench.find(engine, q, s, q.haystack);
            if (left.silent() || right.silent()) return does_not_apply();
            const bool take_right = right.match() && (!left.match() || right.span().begin < left.span().begin ||
                                                      (right.span().begin == left.span().begin &&
                                                       q.semantics == kPosix && right.span().end > left.span().end));
            if (left.match()) left.slots.resize(1 + groups_of(r) + groups_of(s));
            if (right.match()) right.slots.insert(right.slots.begin() + 1, groups_of(r), Span{});
            return expect_equal(engine, shown(both, q) + " on \"" + q.haystack + "\"",
                                bench.find(engine, q, both, q.haystack), take_right ? right : left);
          });
        });

const bool kLazy = law("metamorphic-lazy",
                       "Greedy made lazy and lazy greedy: the same answer leftmost-longest, and leftmost-first a "
                       "match at the same place or none.",
                       {.cost = 3}, [](const Question& q, Workbench& bench) {
                         const Regex flipped = all_lazy_flipped(q.regex);
                         return for_each_subject([&](std::string_view engine) {
                           Found got = bench.find(engine, q, flipped, q.haystack), wanted = bench.find(engine, q);
                           if (q.semantics == kPerl) {
                             for (Found* found : {&got, &wanted}) {
                               *found = span_only(std::move(*found));
                               if (found->match()) found->slots[0].end = found->slots[0].begin;
                             }
                           }
                           return expect_equal(engine, shown(flipped, q) + " for " + shown(q), got, wanted);
                         });
                       });

const bool kFamilies = law("metamorphic-families",
                           "Leftmost-longest and leftmost-first find a match at the same start or none, and the "
                           "longest is at least as long.",
                           {.semantics = {kPosix, kPerl}, .cost = 3}, [](const Question& q, Workbench& bench) {
                             Question longest = q, first = q;
                             longest.semantics = kPosix;
                             first.semantics = kPerl;
                             return for_each_subject([&](std::string_view engine) {
                               const Found a = bench.find(engine, longest), b = bench.find(engine, first);
                               if (a.silent() || b.silent()) return does_not_apply();
                               const bool right =
                                   a.match() == b.match() &&
                                   (!a.match() || (a.span().begin == b.span().begin && a.span().end >= b.span().end));
                               if (right) return holds();
                               return fails(std::string(engine), std::string(engine) + ": " + shown(q) + " longest " +
                                                                     to_string(a) + ", first " + to_string(b));
                             });
                           });

// ---- encodings

const bool kAscii =
    law("metamorphic-ascii", "An ASCII pattern has the same answer on an ASCII haystack read as bytes and as UTF-8.",
        {.encodings = {Encoding::kBytes}, .cost = 3}, [](const Question& q, Workbench& bench) {
          const CharClass ascii({Range{0, 0x7F}});
          const auto closed = [&](Encoding encoding) {
            return with_classes(q.regex, [&](const CharClass& c) {
              const CharClass high = c.contains(0x80) ? ascii.complement(encoding) : CharClass();
              return c.intersect(ascii).union_with(high);
            });
          };
          Question bytes = q, utf8 = q;
          for (char& c : bytes.haystack) c = static_cast<char>(c & 0x7F);
          utf8.haystack = bytes.haystack;
          utf8.encoding = Encoding::kUtf8;
          bytes.regex = closed(Encoding::kBytes);
          utf8.regex = closed(Encoding::kUtf8);
          return for_each_subject([&](std::string_view engine) {
            return expect_equal(engine, shown(utf8) + " as UTF-8", bench.find(engine, utf8), bench.find(engine, bytes));
          });
        });

}  // namespace
}  // namespace redoubt::properties
