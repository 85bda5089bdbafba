// Terms: interned, simplified regular expressions over an Alphabet, with intersection and complement. They stand for
// languages of spans at locations and know nothing of captures, so every rewrite that keeps the language is allowed.
// A term's number is greater than its children's; equal terms have equal numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "derivatives/alphabet.h"
#include "syntax/regex.h"

namespace redoubt::derivatives {

using TermId = std::uint32_t;
/// A set of contexts, bit c for context c.
using ContextSet = std::uint32_t;

enum class TermKind : std::uint8_t { kNone, kEps, kSymbols, kLook, kCat, kAlt, kAnd, kNot, kRep };

/// The rewrite rules, by name: what a constructor may do besides building a node. `Terms::rule_count` counts each.
enum class Rule : std::uint8_t {
  kCatNone,     ///< r∅ = ∅r = ∅
  kCatEps,      ///< rε = εr = r
  kCatAssoc,    ///< (rs)t = r(st)
  kCatDist,     ///< (r|s)t = rt|st: keeps the number of derivatives polynomial (Antimirov 1996)
  kAltUnit,     ///< r|∅ = r, r|r = r, r|⊤ = ⊤; flattened and sorted
  kAltSymbols,  ///< [A]|[B] = [A∪B]
  kAltEps,      ///< ε|r = r when r is nullable in every context
  kAndUnit,     ///< r&⊤ = r, r&r = r, r&∅ = ∅; flattened and sorted
  kNotNot,      ///< ~~r = r
  kRepTrivial,  ///< r{0} = ε, r{1} = r, ε{n,m} = ε, ∅{0,m} = ε, ∅{n,m} = ∅
  kRepStar,     ///< (r*){n,m} = r* for m > 0
  kRepMin,      ///< r{n,m} = r{0,m} when r is nullable in every context
  kCount,
};
std::string_view to_string(Rule rule);

class Terms {
 public:
  static constexpr TermId kNone = 0;  ///< ∅, matches nothing
  static constexpr TermId kEps = 1;   ///< matches every empty span
  static constexpr TermId kAny = 2;   ///< ⊤ = ~∅, matches every span

  explicit Terms(Alphabet alphabet);

  const Alphabet& alphabet() const { return alphabet_; }
  std::size_t count() const { return nodes_.size(); }

  // Constructors; each applies the rules above.
  TermId symbols(const std::vector<Symbol>& list);
  TermId look(syntax::Look kind);
  TermId cat(TermId a, TermId b);
  TermId alt(std::span<const TermId> list);
  TermId alt(TermId a, TermId b);
  TermId both(std::span<const TermId> list);
  TermId negate(TermId a);
  /// min <= max, max may be syntax::kInfinite.
  TermId rep(TermId a, std::uint32_t min, std::uint32_t max);
  /// The language of a tree; `reversed`: of its mirror image, to be read from right to left (an assertion is true of a
  /// location, whichever way one comes).
  TermId from_regex(const syntax::Regex& regex, bool reversed);

  TermKind kind(TermId t) const { return nodes_[t].kind; }
  /// The contexts in which t matches the empty span.
  ContextSet nullable_in(TermId t) const { return nodes_[t].nullable; }
  bool nullable(TermId t, Context context) const { return nodes_[t].nullable >> context & 1; }

  /// D: what must follow after `symbol` is read at a location with `context`. kBadSymbol is allowed. Uncached: O(size
  /// of t); recursion only as deep as the regex the term came from.
  TermId derive(TermId t, Context context, Symbol symbol);

  /// derive(), remembered: the lazy DFA. O(1) once known.
  TermId next(TermId t, Context context, Symbol symbol) {
    const std::uint32_t row = rows_[t];
    if (row != kNoRow) {
      const TermId known = table_[row + context * stride_ + symbol];
      if (known != kUnknown) return known;
    }
    return fill(t, context, symbol);
  }

  /// Forgets every term that no root needs, and all remembered transitions; rewrites the roots. How a caller keeps
  /// memory bounded: O(terms), no recursion.
  void compact(std::span<TermId* const> roots);

  /// For people: "a·(b|c)*".
  std::string to_string(TermId t) const;
  std::uint64_t rule_count(Rule rule) const { return rule_counts_[static_cast<std::size_t>(rule)]; }

 private:
  struct Node {
    TermKind kind;
    std::uint8_t look = 0;
    TermId a = 0, b = 0;  // children; kAlt, kAnd: [a, a+b) in lists_; kSymbols: offset of the bit words
    std::uint32_t min = 0, max = 0;
    ContextSet nullable = 0;
  };
  static constexpr std::uint32_t kNoRow = static_cast<std::uint32_t>(-1);
  static constexpr TermId kUnknown = static_cast<TermId>(-1);

  void reset();
  TermId intern(const Node& node, std::span<const std::uint32_t> list);
  std::uint64_t hash(const Node& node, std::span<const std::uint32_t> list) const;
  bool same(const Node& x, const Node& y, std::span<const std::uint32_t> list_y) const;
  void grow();
  TermId symbol_words(std::span<const std::uint32_t> words);
  bool has_symbol(const Node& node, Symbol symbol) const { return lists_[node.a + symbol / 32] >> (symbol % 32) & 1; }
  std::span<const std::uint32_t> list_of(const Node& node) const;
  TermId junction(TermKind kind, std::vector<TermId>& list);
  TermId fill(TermId t, Context context, Symbol symbol);
  TermId convert(const syntax::Regex& regex, bool reversed);
  TermId used(Rule rule, TermId result) {
    ++rule_counts_[static_cast<std::size_t>(rule)];
    return result;
  }
  ContextSet all_contexts() const {
    return static_cast<ContextSet>((std::uint64_t{1} << alphabet_.context_count()) - 1);
  }

  Alphabet alphabet_;
  std::uint32_t words_;   // 32-bit words of a symbol set
  std::uint32_t stride_;  // symbols and the bad one
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> lists_;
  std::vector<TermId> slots_;  // open addressing; kUnknown: free
  std::vector<std::uint32_t> rows_;
  std::vector<TermId> table_;
  std::vector<std::uint64_t> rule_counts_;
};

}  // namespace redoubt::derivatives
