// Derivatives: terms, their derivatives and nullability against the definition's parse trees, span by span; complement
// and intersection; the decision `equiv` and its witnesses against exhaustive strings.
#include <optional>

#include "derivatives/dfa.h"
#include "derivatives/equivalence.h"
#include "generate/haystack_gen.h"
#include "properties/workbench.h"
#include "syntax/printer.h"

namespace redoubt::properties {
namespace {

using derivatives::Alphabet;
using derivatives::Decision;
using derivatives::Relation;
using derivatives::Subject;
using derivatives::TermId;
using derivatives::Terms;
using reference::TreeEnumeration;
using reference::Units;
using syntax::Regex;

constexpr Semantics kPosix = Semantics::kLeftmostLongest;
constexpr std::size_t kMaxTrees = 20'000;

/// Does the term match [begin,end)? Read with derivatives, forwards or, for the term of a mirror image, backwards.
bool walk(Terms& terms, const Subject& subject, TermId term, std::size_t begin, std::size_t end, bool remember) {
  for (std::size_t i = begin; i < end; ++i) {
    term = remember ? terms.next(term, subject.contexts[i], subject.symbols[i])
                    : terms.derive(term, subject.contexts[i], subject.symbols[i]);
  }
  return terms.nullable(term, subject.contexts[end]);
}
bool walk_back(Terms& terms, const Subject& subject, TermId term, std::size_t begin, std::size_t end) {
  for (std::size_t i = end; i > begin; --i) term = terms.next(term, subject.contexts[i], subject.symbols[i - 1]);
  return terms.nullable(term, subject.contexts[begin]);
}

/// Calls check(begin, end, matched by definition) for every span until one does not hold.
template <class Check>
Verdict each_span(const Regex& regex, const Question& q, const Check& check) {
  const Units units(q.haystack, q.encoding);
  TreeEnumeration trees(regex, units, kMaxTrees);
  for (std::size_t begin = 0; begin <= units.size(); ++begin) {
    for (std::size_t end = begin; end <= units.size(); ++end) {
      const bool matched = !trees.trees(begin, end).empty();
      if (trees.limit_reached()) return does_not_apply();
      if (check(begin, end) != matched) {
        return fails(begin == end ? "nullability" : "derivative", shown(q) + ", units [" + std::to_string(begin) + "," +
                                                                      std::to_string(end) + "): by definition " +
                                                                      (matched ? "a match" : "no match"));
      }
    }
  }
  return holds();
}

const bool kNullable = law(
    "derivatives-nullable", "A term is nullable at just those locations where the definition has a tree over nothing.",
    {.semantics = {kPosix}, .max_nodes = 14, .max_bytes = 8}, [](const Question& q, Workbench&) {
      Terms terms(Alphabet({q.regex}, q.encoding));
      const TermId term = terms.from_regex(q.regex, false);
      Subject subject;
      subject.assign(terms.alphabet(), q.haystack);
      const Units units(q.haystack, q.encoding);
      TreeEnumeration trees(q.regex, units, kMaxTrees);
      for (std::size_t i = 0; i <= units.size(); ++i) {
        const bool matched = !trees.trees(i, i).empty();
        if (trees.limit_reached()) return does_not_apply();
        if (terms.nullable(term, subject.contexts[i]) != matched) {
          return fails("nullability", shown(q) + " at location " + std::to_string(i) + ": by definition " +
                                          (matched ? "a match" : "no match"));
        }
      }
      return holds();
    });

const bool kStep = law("derivatives-step",
                       "Derived by the units of a span one after the other, a term becomes nullable if and only if "
                       "the definition has a tree over that span.",
                       {.semantics = {kPosix, Semantics::kLeftmostFirst}, .max_nodes = 12, .max_bytes = 7, .cost = 3},
                       [](const Question& q, Workbench&) {
                         Terms terms(Alphabet({q.regex}, q.encoding));
                         const TermId term = terms.from_regex(q.regex, false);
                         Subject subject;
                         subject.assign(terms.alphabet(), q.haystack);
                         return each_span(q.regex, q, [&](std::size_t begin, std::size_t end) {
                           return walk(terms, subject, term, begin, end, false);
                         });
                       });

const bool kMirror = law(
    "derivatives-mirror", "The term of the mirror image, read from right to left, matches the same spans.",
    {.semantics = {kPosix, Semantics::kLeftmostFirst}, .max_nodes = 12, .max_bytes = 7, .cost = 3},
    [](const Question& q, Workbench&) {
      Terms terms(Alphabet({q.regex}, q.encoding));
      const TermId term = terms.from_regex(q.regex, true);
      Subject subject;
      subject.assign(terms.alphabet(), q.haystack);
      return each_span(q.regex, q,
                       [&](std::size_t begin, std::size_t end) { return walk_back(terms, subject, term, begin, end); });
    });

const bool kCompact =
    law("derivatives-compact", "What is remembered of derivatives is what is derived, before and after compaction.",
        {.semantics = {kPosix}, .max_nodes = 14, .max_bytes = 10}, [](const Question& q, Workbench&) {
          Terms terms(Alphabet({q.regex}, q.encoding));
          TermId term = terms.from_regex(q.regex, false);
          Subject subject;
          subject.assign(terms.alphabet(), q.haystack);
          for (std::size_t end = 0; end <= subject.size(); ++end) {
            const bool derived = walk(terms, subject, term, 0, end, false);
            const bool remembered = walk(terms, subject, term, 0, end, true);
            TermId* const root = &term;
            terms.compact({&root, 1});
            const bool compacted = walk(terms, subject, term, 0, end, true);
            if (derived != remembered || derived != compacted) {
              return fails(derived != remembered ? "remembered" : "compacted", shown(q) + " to " + std::to_string(end));
            }
          }
          return holds();
        });

/// The terms of r and s over their common alphabet.
struct TwoTerms {
  Terms terms;
  TermId r, s;
  explicit TwoTerms(const Question& q)
      : terms(Alphabet({part(q, 0), part(q, 1)}, q.encoding)),
        r(terms.from_regex(part(q, 0), false)),
        s(terms.from_regex(part(q, 1), false)) {}
  TermId both(TermId a, TermId b) {
    const TermId list[] = {a, b};
    return terms.both(list);
  }
};

/// Does the term match some whole haystack? nullopt: too many states.
std::optional<bool> inhabited(Terms& terms, TermId term) {
  const derivatives::Dfa dfa = derivatives::explore(terms, term, 3000);
  for (const derivatives::DfaState& state : dfa.states) {
    if (state.accepts) return true;
  }
  if (!dfa.complete) return std::nullopt;
  return false;
}

const bool kDeMorgan = law(
    "derivatives-de-morgan", "~(r|s) = ~r & ~s, ~(r&s) = ~r | ~s and ~~r = r, for the languages of any r and s.",
    {.semantics = {kPosix, Semantics::kLeftmostFirst}, .parts = 2, .max_nodes = 12, .wide = false, .cost = 4},
    [](const Question& q, Workbench&) {
      TwoTerms t(q);
      Terms& terms = t.terms;
      const TermId not_r = terms.negate(t.r), not_s = terms.negate(t.s);
      const struct {
        const char* name;
        TermId left, right;
      } equations[] = {
          {"~(r|s)", terms.negate(terms.alt(t.r, t.s)), t.both(not_r, not_s)},
          {"~(r&s)", terms.negate(t.both(t.r, t.s)), terms.alt(not_r, not_s)},
          {"~~r", terms.negate(not_r), t.r},
          {"r & (r|s)", t.both(t.r, terms.alt(t.r, t.s)), t.r},
          {"r & ~r", t.both(t.r, not_r), Terms::kNone},
      };
      for (const auto& e : equations) {
        const TermId apart = terms.alt(t.both(e.left, terms.negate(e.right)), t.both(terms.negate(e.left), e.right));
        const std::optional<bool> differ = inhabited(terms, apart);
        if (!differ) return does_not_apply();
        if (*differ) return fails(e.name, std::string(e.name) + " for the parts of " + shown(q));
      }
      return holds();
    });

const bool kComplement = law(
    "derivatives-complement", "~r matches a span, location by location, if and only if r does not; r&s where both do.",
    {.semantics = {kPosix, Semantics::kLeftmostFirst}, .parts = 2, .max_nodes = 10, .max_bytes = 7, .cost = 4},
    [](const Question& q, Workbench&) {
      TwoTerms t(q);
      Subject subject;
      subject.assign(t.terms.alphabet(), q.haystack);
      const TermId not_r = t.terms.negate(t.r);
      const TermId r_and_s = t.both(t.r, t.s);
      return each_span(part(q, 0), q, [&](std::size_t begin, std::size_t end) {
        const bool r = !walk(t.terms, subject, not_r, begin, end, false);
        const bool s = walk(t.terms, subject, t.s, begin, end, false);
        // What the intersection says of r, where s says nothing against it.
        return walk(t.terms, subject, r_and_s, begin, end, false) == (r && s) ? r : !r;
      });
    });

/// Strings of up to three units, out of the units that can matter to either side.
std::vector<std::string> short_strings(const Regex& r, const Regex& s, Encoding encoding) {
  std::vector<std::string> letters;
  const Alphabet alphabet({r, s}, encoding);
  for (std::uint32_t k = 0; k < alphabet.symbol_count(); ++k) {
    letters.push_back(generate::unit_text(alphabet.representative(static_cast<derivatives::Symbol>(k)), encoding));
  }
  const std::uint32_t length = letters.size() <= 3 ? 4 : letters.size() <= 6 ? 3 : 2;
  auto space = generate::StringSpace::make(letters, length);
  if (!space) return {};
  return {space->all().begin(), space->all().end()};
}

/// By definition, does the regex match all of the haystack? Of a question with too many trees, nothing is said.
class Whole {
 public:
  explicit Whole(const Question& q) : encoding_(q.encoding) {}
  bool operator()(const Regex& regex, const std::string& haystack) {
    const Units units(haystack, encoding_);
    TreeEnumeration trees(regex, units, kMaxTrees);
    const bool match = !trees.trees(0, units.size()).empty();
    limit |= trees.limit_reached();
    return match;
  }
  bool limit = false;

 private:
  Encoding encoding_;
};

/// Two regexes to compare: the parts, or one with another that is often as good or larger.
std::pair<Regex, Regex> sides(const Question& q, std::size_t way) {
  const auto built = [](Regex r) { return syntax::renumber_groups(r); };
  const Regex r = built(part(q, 0)), s = built(part(q, 1));
  const auto star = [](Regex x) { return syntax::repeat(std::move(x), 0, syntax::kInfinite); };
  switch (way) {
    case 1:
      return {r, built(syntax::alternate({r, s}))};
    case 2:
      return {built(star(syntax::alternate({r, s}))), built(star(syntax::concat({star(r), star(s)})))};
    case 3:
      return {built(syntax::concat({r, star(syntax::concat({s, r}))})), built(star(syntax::concat({r, s})))};
    default:
      return {r, s};
  }
}

const bool kEquiv = law(
    "equiv-exhaustive",
    "`equiv` says equal, or contained, only if no short string speaks against it; its witness is "
    "one of the shortest that do, and the side it names is the one that matches.",
    {.semantics = {kPosix, Semantics::kLeftmostFirst},
     .parts = 2,
     .max_nodes = 8,
     .wide = false,
     .knobs = 8,
     .cost = 8},
    [](const Question& q, Workbench&) {
      Decisions decisions(q);
      const Relation relation = decisions.take(2) == 0 ? Relation::kEqual : Relation::kContained;
      const auto [r, s] = sides(q, decisions.take(4));
      const auto comparison = derivatives::compare_languages(r, s, q.encoding, relation, 20'000);
      if (comparison.decision == Decision::kLimit) return does_not_apply();
      Whole whole(q);
      const auto apart = [&, &left = r, &right = s](const std::string& h) {
        return relation == Relation::kEqual ? whole(left, h) != whole(right, h) : whole(left, h) && !whole(right, h);
      };
      const std::string sides = shown(r, q) + " and " + shown(s, q);
      const bool fail = comparison.decision == Decision::kFails;
      const std::string witness = "\"" + syntax::escape_bytes(comparison.witness) + "\" for " + sides;
      const bool tells = !fail || apart(comparison.witness);
      const bool named = !fail || comparison.left_matches == whole(r, comparison.witness);
      if (whole.limit) return does_not_apply();
      if (!tells) return fails("witness", witness);
      if (!named) return fails("side", witness);
      const auto units = [&](const std::string& text) { return Units(text, q.encoding).size(); };
      for (const std::string& h : short_strings(r, s, q.encoding)) {
        if (fail && units(h) >= units(comparison.witness)) break;
        if (!apart(h) || whole.limit) continue;
        return fails(fail ? "shorter" : "missed", "\"" + syntax::escape_bytes(h) + "\" tells " + sides + " apart");
      }
      return holds();
    });

const bool kShortest = law(
    "equiv-shortest-match", "shortest_match() gives a haystack that is matched whole, and no shorter one is.",
    {.semantics = {kPosix, Semantics::kLeftmostFirst}, .max_nodes = 8, .cost = 3}, [](const Question& q, Workbench&) {
      bool limit = false;
      const auto shortest = derivatives::shortest_match(q.regex, q.encoding, limit, 20'000);
      if (limit) return does_not_apply();
      Whole whole(q);
      const bool matched = !shortest || whole(q.regex, *shortest);
      if (whole.limit) return does_not_apply();
      if (!matched) return fails("unmatched", syntax::escape_bytes(*shortest));
      for (const std::string& h : short_strings(q.regex, q.regex, q.encoding)) {
        if (shortest && Units(h, q.encoding).size() >= Units(*shortest, q.encoding).size()) break;
        if (whole(q.regex, h) && !whole.limit) {
          return fails("shorter", "\"" + syntax::escape_bytes(h) + "\" is matched");
        }
      }
      return holds();
    });

}  // namespace
}  // namespace redoubt::properties
