// Rewriting of a tree before it is compiled: fewer instructions, fewer threads, the same answers. For every haystack
// the span and every group (by its number) stay what SEMANTICS A, or B with loop policy `re2` or `pcre2`, says of the
// tree given. It minimizes nothing: one walk from the leaves to the root, each rule where its side condition holds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::pikevm {

/// Each rule is a function (simplify_rules.h) that states its side condition; each can be switched off by itself.
enum class Rule : std::uint8_t {
  kDropEmpty,        ///< a concat's empty parts
  kFlatten,          ///< (?:ab)c is abc, (?:a|b)|c is a|b|c
  kTrivialRepeat,    ///< x{1} is x, x{0} is empty
  kFail,             ///< a class without units never matches, nor does what needs it
  kMergeClasses,     ///< a|b is [ab]
  kGatherBranches,   ///< ab|c|ad is ab|ad|c
  kFactorPrefix,     ///< abc|abd is ab(?:c|d)
  kFactorSuffix,     ///< acd|bcd is (?:a|b)cd
  kDropDuplicates,   ///< ab|c|ab is ab|c
  kEmptyBranch,      ///< ab| is (?:ab)?
  kCoalesce,         ///< b+b+ is b{2,}
  kNestedRepeat,     ///< (?:a{0,30}){0,30} is a{0,900}
  kZeroWidthRepeat,  ///< (?:\b){3} is \b
  kStarBody,         ///< (?:a|b*)* is (?:a|b)*
  kBundle,           ///< ab(c) is (?:ab)(c): what has no group is kept together, so that it is followed as one
};
inline constexpr std::size_t kRuleCount = 15;
/// By enumerator.
inline constexpr std::array<std::string_view, kRuleCount> kRuleNames = {
    "drop-empty",    "flatten",       "trivial-repeat",  "fail",         "merge-classes", "gather-branches",
    "factor-prefix", "factor-suffix", "drop-duplicates", "empty-branch", "coalesce",      "nested-repeat",
    "zero-width",    "star-body",     "bundle"};

/// A set of rules.
class Rules {
 public:
  static constexpr Rules all() { return Rules((1U << kRuleCount) - 1); }
  static constexpr Rules none() { return Rules(0); }
  constexpr bool has(Rule r) const { return bits_ >> static_cast<unsigned>(r) & 1; }
  constexpr Rules with(Rule r) const { return Rules(bits_ | 1U << static_cast<unsigned>(r)); }
  constexpr Rules without(Rule r) const { return Rules(bits_ & ~(1U << static_cast<unsigned>(r))); }
  friend constexpr bool operator==(Rules, Rules) = default;

 private:
  explicit constexpr Rules(std::uint32_t bits) : bits_(bits) {}
  std::uint32_t bits_;
};

struct Simplified {
  /// The very tree that was given where no rule fired. A group that can take part in no match may be gone from it: how
  /// many groups there are is the given tree's max_group().
  syntax::Regex tree;
  Rules fired = Rules::none();
};

/// Requires that no group number occurs twice in the tree. Time about linear in the size of the tree; the result has no
/// more nodes than the tree given but for non-capturing groups, concats and alternates that factoring brings, and is at
/// most 1000 deep if that is. Allocates only where a rule fires or nearly does.
Simplified simplify(const syntax::Regex& regex, Semantics semantics, Rules rules = Rules::all());

}  // namespace redoubt::pikevm
