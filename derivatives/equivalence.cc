#include "derivatives/equivalence.h"

#include <unordered_set>
#include <vector>

#include "derivatives/term.h"
#include "syntax/mutants.h"
#include "syntax/utf8.h"

namespace redoubt::derivatives {

namespace {

struct Pair {
  TermId left, right;
  Neighbour before;
  std::uint32_t from;
  Symbol by;
};

struct PairKey {
  std::uint64_t terms;
  Neighbour before;
  friend bool operator==(const PairKey&, const PairKey&) = default;
};
struct PairHash {
  std::size_t operator()(const PairKey& key) const {
    return (key.terms * 5 + static_cast<std::size_t>(key.before)) * 0x9E3779B97F4A7C15ull >> 7;
  }
};

std::string text_of(const Alphabet& alphabet, const std::vector<Pair>& pairs, std::uint32_t last) {
  std::vector<Symbol> symbols;
  for (std::uint32_t p = last; p != 0; p = pairs[p].from) symbols.push_back(pairs[p].by);
  std::string text;
  for (auto symbol = symbols.rbegin(); symbol != symbols.rend(); ++symbol) {
    const std::uint32_t unit = alphabet.representative(*symbol);
    if (alphabet.encoding() == Encoding::kBytes) {
      text += static_cast<char>(unit);
    } else {
      syntax::append_utf8(text, unit);
    }
  }
  return text;
}

}  // namespace

Comparison compare_languages(const syntax::Regex& left, const syntax::Regex& right, Encoding encoding,
                             Relation relation, std::size_t max_states, std::size_t max_terms) {
  Terms terms(Alphabet({left, right}, encoding));
  const Alphabet& alphabet = terms.alphabet();
  std::vector<Pair> pairs;
  std::unordered_set<PairKey, PairHash> seen;
  auto visit = [&](TermId l, TermId r, Neighbour before, std::uint32_t from, Symbol by) {
    // The same term on both sides, or nothing left on the left of a containment: no haystack tells them apart.
    if (l == r || (relation == Relation::kContained && l == Terms::kNone)) return;
    const Neighbour known = REDOUBT_MUTANT(equivalence_forgets_neighbour) ? Neighbour::kOther : before;
    if (seen.insert({std::uint64_t{l} << 32 | r, known}).second) pairs.push_back({l, r, before, from, by});
  };
  Comparison result;
  // A root pair that is settled at once still occupies place 0, where `from` chains end.
  pairs.push_back({terms.from_regex(left, false), terms.from_regex(right, false), Neighbour::kEdge, 0, 0});
  seen.insert({std::uint64_t{pairs[0].left} << 32 | pairs[0].right, Neighbour::kEdge});
  for (std::uint32_t p = 0; p < pairs.size(); ++p) {
    result.states = p + 1;
    if (pairs.size() > max_states || terms.count() > max_terms) return result;
    const Pair pair = pairs[p];
    if (pair.left == pair.right) continue;
    const Context end = alphabet.context(pair.before, Neighbour::kEdge);
    const bool l = terms.nullable(pair.left, end);
    const bool r = terms.nullable(pair.right, end);
    if (l != r && (l || relation == Relation::kEqual)) {
      result.decision = Decision::kFails;
      result.witness = text_of(alphabet, pairs, p);
      result.left_matches = l;
      return result;
    }
    for (std::uint32_t s = 0; s < alphabet.symbol_count(); ++s) {
      const auto symbol = static_cast<Symbol>(s);
      const Neighbour after = alphabet.neighbour(symbol);
      const Context here = alphabet.context(pair.before, after);
      visit(terms.next(pair.left, here, symbol), terms.next(pair.right, here, symbol), after, p, symbol);
    }
  }
  result.decision = Decision::kHolds;
  return result;
}

std::optional<std::string> shortest_match(const syntax::Regex& regex, Encoding encoding, bool& limit,
                                          std::size_t max_states) {
  const Comparison empty =
      compare_languages(regex, syntax::char_class(syntax::CharClass()), encoding, Relation::kContained, max_states);
  limit = empty.decision == Decision::kLimit;
  if (empty.decision != Decision::kFails) return std::nullopt;
  return empty.witness;
}

}  // namespace redoubt::derivatives
