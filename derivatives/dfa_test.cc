#include "derivatives/dfa.h"

#include <gtest/gtest.h>

#include <set>

#include "syntax/parser.h"

namespace redoubt::derivatives {
namespace {

struct Explored {
  syntax::Regex regex;
  Terms terms;
  TermId start;
  Dfa dfa;

  explicit Explored(std::string_view pattern, std::size_t max_states = 10'000)
      : regex(*syntax::parse(pattern, {})),
        terms(Alphabet({regex, *syntax::parse("ab", {})}, Encoding::kBytes)),
        start(terms.from_regex(regex, false)),
        dfa(explore(terms, start, max_states)) {}

  std::uint32_t walk(const std::vector<Symbol>& symbols) const {
    std::uint32_t state = 0;
    for (Symbol s : symbols) {
      if (state == Dfa::kDead) return state;
      state = dfa.arrows[state * terms.alphabet().symbol_count() + s];
    }
    return state;
  }

  bool accepts(std::string_view haystack) const {
    Subject subject;
    subject.assign(terms.alphabet(), haystack);
    const std::uint32_t state = walk(subject.symbols);
    return state != Dfa::kDead && dfa.states[state].accepts;
  }

  /// By derivatives along the haystack, without the automaton.
  bool matches(std::string_view haystack) {
    Subject subject;
    subject.assign(terms.alphabet(), haystack);
    TermId term = start;
    for (std::size_t k = 0; k < subject.size(); ++k) {
      term = terms.derive(term, subject.contexts[k], subject.symbols[k]);
    }
    return terms.nullable(term, subject.contexts[subject.size()]);
  }
};

constexpr const char* kPatterns[] = {"",
                                     "a",
                                     "a*b",
                                     "(?:a|ab)(?:b|)a",
                                     "[ab]*a[ab]{2}",
                                     "(?:^|a){2}",
                                     "a$|^b",
                                     "(?m)(?:^a$\\n?)*",
                                     "\\bab\\b|a-",
                                     "(?:a*b*){0,3}",
                                     "a{2,4}",
                                     "(?:\\Ba|b)*"};

TEST(Dfa, AcceptsWhatTheTermMatches) {
  std::vector<std::string> haystacks = {""};
  for (std::size_t k = 0; k < haystacks.size(); ++k) {
    if (haystacks[k].size() == 4) continue;
    for (char letter : {'a', 'b', '\n', '-'}) haystacks.push_back(haystacks[k] + letter);
  }
  for (const char* pattern : kPatterns) {
    Explored e(pattern);
    ASSERT_TRUE(e.dfa.complete) << pattern;
    for (const std::string& h : haystacks) ASSERT_EQ(e.accepts(h), e.matches(h)) << pattern << " on " << h;
  }
}

TEST(Dfa, TheWayToAStateIsAShortestOne) {
  for (const char* pattern : kPatterns) {
    const Explored e(pattern);
    const std::uint32_t symbols = e.terms.alphabet().symbol_count();
    ASSERT_EQ(e.dfa.arrows.size(), e.dfa.states.size() * symbols);
    // Distances by relaxation until nothing changes: not the exploration's own order.
    std::vector<std::size_t> distance(e.dfa.states.size(), e.dfa.states.size());
    distance[0] = 0;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t arrow = 0; arrow < e.dfa.arrows.size(); ++arrow) {
        if (e.dfa.arrows[arrow] == Dfa::kDead) continue;
        const std::size_t reached = distance[arrow / symbols] + 1;
        if (reached >= distance[e.dfa.arrows[arrow]]) continue;
        distance[e.dfa.arrows[arrow]] = reached;
        changed = true;
      }
    }
    for (std::uint32_t s = 0; s < e.dfa.states.size(); ++s) {
      const std::vector<Symbol> way = e.dfa.way_to(s);
      EXPECT_EQ(e.walk(way), s) << pattern;
      EXPECT_EQ(way.size(), distance[s]) << pattern;
    }
  }
}

TEST(Dfa, StatesAreDistinctAndFew) {
  for (const char* pattern : kPatterns) {
    const Explored e(pattern);
    std::set<std::pair<TermId, Neighbour>> seen;
    for (const DfaState& state : e.dfa.states) {
      EXPECT_TRUE(seen.insert({state.term, state.before}).second) << pattern;
      EXPECT_NE(state.term, Terms::kNone) << pattern;
    }
  }
  EXPECT_EQ(Explored("a").dfa.states.size(), 2u);                   // before and after
  EXPECT_EQ(Explored("\\b").dfa.states.size(), 1u);                 // nothing follows an assertion
  EXPECT_EQ(Explored("[ab]*").dfa.states.size(), 2u);               // at the start and elsewhere
  EXPECT_EQ(Explored("[ab]*a[ab]{2}").dfa.states.size(), 1u + 8u);  // the start, and the last three letters
}

TEST(Dfa, AssertionsLookBackAtTheStart) {
  const Explored e("(?:^|a)b");
  EXPECT_TRUE(e.accepts("b"));
  EXPECT_TRUE(e.accepts("ab"));
  EXPECT_FALSE(e.accepts("bb"));
}

TEST(Dfa, TheStateLimitIsSaid) {
  const Explored e("[ab]*a[ab]{12}", 100);
  EXPECT_FALSE(e.dfa.complete);
  EXPECT_LE(e.dfa.states.size(), 100u);
  EXPECT_EQ(e.dfa.arrows.size(), e.dfa.states.size() * e.terms.alphabet().symbol_count());
  EXPECT_TRUE(Explored("[ab]*a[ab]{3}", 1000).dfa.complete);
}

}  // namespace
}  // namespace redoubt::derivatives
