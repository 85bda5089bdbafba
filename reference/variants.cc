#include "reference/variants.h"

#include <vector>

#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::reference {

namespace {

constexpr Semantics kLongest = Semantics::kLeftmostLongest;
constexpr Semantics kFirst = Semantics::kLeftmostFirst;

Reading longest(LongestVariation variation) {
  Reading reading;
  reading.longest = variation;
  return reading;
}

Reading first(LoopPolicy policy, derivatives::LookReading look = {}, bool space_without_vt = false) {
  Reading reading;
  reading.semantics = kFirst;
  reading.policy = policy;
  reading.look = look;
  reading.space_without_vt = space_without_vt;
  return reading;
}

Reading first_groups(LoopPolicy policy) {
  Reading reading;
  reading.first_groups = true;
  reading.policy = policy;
  return reading;
}

constexpr derivatives::LookReading kDollar{.dollar_before_final_newline = true, .line_start_not_at_end = false};
constexpr derivatives::LookReading kLine{.dollar_before_final_newline = false, .line_start_not_at_end = true};
constexpr derivatives::LookReading kBoth{.dollar_before_final_newline = true, .line_start_not_at_end = true};

Reading looking(derivatives::LookReading look) {
  Reading reading;
  reading.look = look;
  return reading;
}

const std::vector<Variant>& table() {
  static const std::vector<Variant> kTable = {
      {"keep-groups", kLongest, "keeps a group from an earlier iteration (A5 unsets it)",
       longest({.keep_groups = true})},
      {"no-empty-iteration", kLongest, "makes no iteration on an empty span (A2 allows one)",
       longest({.no_empty_iteration = true})},
      {"left-associative", kLongest,
       "decides a concatenation from the left, as ((r1 r2) r3) (A3 decides from the right)",
       longest({.left_associative = true})},
      {"last-branch", kLongest, "prefers the later of two branches that fill the same span (A3 prefers the earlier)",
       longest({.last_branch = true})},
      {"short-iterations", kLongest, "gives earlier iterations and factors the shortest share (A3 gives the longest)",
       longest({.short_iterations = true})},
      {"leftmost-first-groups", kLongest,
       "finds the longest span but takes the groups of the first match in priority order that fills it",
       first_groups(LoopPolicy::kRe2)},
      {"leftmost-first-groups-pcre2", kLongest,
       "finds the longest span but takes the groups of the first match in priority order that fills it (loop policy "
       "pcre2)",
       first_groups(LoopPolicy::kPcre2)},
      {"keep-groups+left-associative", kLongest, "keeps groups from earlier iterations and associates to the left",
       longest({.keep_groups = true, .left_associative = true})},
      {"keep-groups+no-empty-iteration", kLongest,
       "keeps groups from earlier iterations and makes no iteration on an empty span",
       longest({.keep_groups = true, .no_empty_iteration = true})},
      {"leftmost-first", kLongest, "answers leftmost-first, not leftmost-longest", first(LoopPolicy::kRe2)},
      {"leftmost-first-pcre2", kLongest, "answers leftmost-first (loop policy pcre2), not leftmost-longest",
       first(LoopPolicy::kPcre2)},
      {"dollar-before-final-newline", kLongest, "lets $ hold before a final newline", looking(kDollar)},
      {"no-line-start-at-end", kLongest, "does not let (?m)^ hold at the very end", looking(kLine)},

      {"loop-policy-pcre2", kFirst,
       "leaves a loop after an iteration that consumed nothing (B3 pcre2; the family's other half ends the path there)",
       first(LoopPolicy::kPcre2)},
      {"dollar-before-final-newline", kFirst, "lets $ hold before a final newline", first(LoopPolicy::kRe2, kDollar)},
      {"no-line-start-at-end", kFirst, "does not let (?m)^ hold at the very end", first(LoopPolicy::kRe2, kLine)},
      {"space-without-vt", kFirst, "has no vertical tab in \\s", first(LoopPolicy::kRe2, {}, true)},
      {"loop-policy-pcre2+dollar-before-final-newline", kFirst,
       "leaves a loop after an iteration that consumed nothing and lets $ hold before a final newline",
       first(LoopPolicy::kPcre2, kDollar)},
      {"loop-policy-pcre2+no-line-start-at-end", kFirst,
       "leaves a loop after an iteration that consumed nothing and does not let (?m)^ hold at the very end",
       first(LoopPolicy::kPcre2, kLine)},
      {"loop-policy-pcre2+dollar-before-final-newline+no-line-start-at-end", kFirst,
       "leaves a loop after an iteration that consumed nothing, lets $ hold before a final newline and does not let "
       "(?m)^ hold at the very end",
       first(LoopPolicy::kPcre2, kBoth)},
      {"leftmost-longest", kFirst, "answers leftmost-longest, not leftmost-first", longest({})},
  };
  return kTable;
}

}  // namespace

std::span<const Variant> variants() { return table(); }

const Variant* find_variant(std::string_view name, Semantics family) {
  for (const Variant& variant : table()) {
    if (variant.name == name && variant.family == family) return &variant;
  }
  return nullptr;
}

syntax::Regex reread(const Reading& reading, const syntax::Regex& regex, std::string_view source, Encoding encoding) {
  if (!reading.space_without_vt) return regex;
  syntax::ParseOptions options;
  options.encoding = encoding;
  options.space_without_vt = true;
  // Whoever made the tree has accepted its size.
  options.limits.nesting_depth = regex->depth() + 1000;
  options.limits.repeat_count = syntax::kInfinite - 1;
  const auto parsed = syntax::parse(source.empty() ? syntax::to_text(regex, encoding) : source, options);
  return parsed ? *parsed : regex;
}

bool may_differ(const Variant& variant, const syntax::Regex& regex) {
  const Reading& reading = variant.reading;
  if (variant.family == kLongest || reading.semantics == kLongest) return true;
  return syntax::any_node(regex, [&](const syntax::Node& node) {
    switch (node.kind()) {
      case syntax::NodeKind::kRepeat:
        return reading.policy == LoopPolicy::kPcre2 && node.max() == syntax::kInfinite && can_be_empty(node.child());
      case syntax::NodeKind::kLook:
        return reading.look != derivatives::LookReading{};
      case syntax::NodeKind::kClass:
        return reading.space_without_vt;
      case syntax::NodeKind::kEmpty:
      case syntax::NodeKind::kConcat:
      case syntax::NodeKind::kAlternate:
      case syntax::NodeKind::kGroup:
        return false;
    }
    return false;
  });
}

ReadingMatcher::ReadingMatcher(const Reading& reading, const syntax::Regex& regex, Workspace& workspace)
    : reading_(reading) {
  if (reading.semantics == kLongest) {
    longest_ = std::make_unique<LongestMatcher>(workspace, regex, reading.longest);
  }
  if (reading.semantics == kFirst || reading.first_groups) {
    first_ = std::make_unique<LeftmostFirstMatcher>(workspace, regex, reading.policy);
  }
}

MatchStatus ReadingMatcher::match(std::string_view haystack, Slots& slots) {
  if (!longest_) return first_->match(haystack, slots);
  if (!reading_.first_groups) return longest_->match(haystack, slots);
  Span span;
  slots.clear();
  const MatchStatus status = longest_->find_span(haystack, span);
  return status == MatchStatus::kMatch ? first_->match_within(haystack, span, slots) : status;
}

}  // namespace redoubt::reference
