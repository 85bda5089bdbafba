#include "generate/automaton_haystacks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "derivatives/dfa.h"
#include "generate/regex_gen.h"

namespace redoubt::generate {
namespace {

using syntax::alternate;
using syntax::CharClass;
using syntax::concat;
using syntax::kInfinite;
using syntax::literal;
using syntax::Look;
using syntax::Regex;
using syntax::repeat;
using ::testing::Contains;
using ::testing::IsSubsetOf;

Regex text(std::string_view letters) {
  std::vector<Regex> parts;
  for (char c : letters) parts.push_back(literal(static_cast<unsigned char>(c)));
  return concat(std::move(parts));
}

AutomatonHaystacks draw(const Regex& r, Encoding encoding = Encoding::kBytes, AutomatonLimits limits = {}) {
  RandomChoices choices(42);
  return automaton_haystacks(r, encoding, choices, limits);
}

// Counts arrows with terms alone, not with what the generator says of itself.
std::size_t arrows_reached(const Regex& r, Encoding encoding, const std::vector<std::string>& haystacks) {
  derivatives::Terms terms(derivatives::Alphabet({r}, encoding));
  const derivatives::TermId start = terms.from_regex(r, false);
  std::set<std::tuple<derivatives::TermId, derivatives::Neighbour, derivatives::Symbol>> arrows;
  const derivatives::Alphabet& alphabet = terms.alphabet();
  for (const std::string& haystack : haystacks) {
    derivatives::TermId term = start;
    derivatives::Neighbour before = derivatives::Neighbour::kEdge;
    derivatives::Subject subject;
    subject.assign(alphabet, haystack);
    for (derivatives::Symbol symbol : subject.symbols) {
      if (symbol == alphabet.bad_symbol()) break;
      const derivatives::Neighbour after = alphabet.neighbour(symbol);
      const derivatives::TermId next = terms.derive(term, alphabet.context(before, after), symbol);
      if (next == derivatives::Terms::kNone) break;
      arrows.emplace(term, before, symbol);
      term = next;
      before = after;
    }
  }
  return arrows.size();
}

void expect_complete(const Regex& r, Encoding encoding = Encoding::kBytes) {
  const AutomatonHaystacks drawn = draw(r, encoding);
  EXPECT_TRUE(drawn.complete()) << dump(r) << ": " << drawn.arrows_taken << " of " << drawn.arrows;
  EXPECT_EQ(arrows_reached(r, encoding, drawn.haystacks), drawn.arrows) << dump(r);
  std::set<std::string> distinct(drawn.haystacks.begin(), drawn.haystacks.end());
  EXPECT_EQ(distinct.size(), drawn.haystacks.size());
}

TEST(AutomatonHaystacks, TakeEveryArrow) {
  expect_complete(text("abcde"));
  expect_complete(repeat(alternate({text("aa"), text("a")}), 3, 9));
  expect_complete(repeat(alternate({text("abc"), text("abd"), text("xyz")}), 0, kInfinite));
  expect_complete(concat({syntax::look(Look::kWordBoundary), repeat(alternate({text("a-"), text("-b")}), 1, kInfinite),
                          syntax::look(Look::kLineEnd), literal('\n')}));
  expect_complete(repeat(syntax::char_class(CharClass{{0x80, 0x7FF}, {0xE000, 0xFFFF}}), 2, 4), Encoding::kUtf8);
  expect_complete(syntax::empty());
  expect_complete(syntax::char_class(CharClass()));
}

TEST(AutomatonHaystacks, TakeEveryArrowOfSmallRandomRegexes) {
  GrammarSettings settings;
  settings.dot = settings.not_letter = true;
  settings.looks = {Look::kCaret, Look::kDollar, Look::kNotWordBoundary};
  auto space = RegexSpace::make(settings, 8);
  ASSERT_TRUE(space);
  RandomChoices choices(6);
  for (int i = 0; i < 150; ++i) expect_complete(space->draw(choices, 8));
}

TEST(AutomatonHaystacks, StandOnBothSidesOfEveryBoundary) {
  Regex r = concat({literal('!'), syntax::char_class(CharClass{{'b', 'f'}, {0xC0, 0xFF}}), literal('?')});
  const std::vector<std::string> found = draw(r).haystacks;
  const std::vector<std::string> expected{"!a?", "!b?", "!f?", "!g?", "!\xBF?", "!\xC0?"};
  EXPECT_THAT(expected, IsSubsetOf(found));
}

TEST(AutomatonHaystacks, MeetAcrossTheSurrogates) {
  Regex r = syntax::char_class(CharClass{{0x100, 0xD7FF}});
  EXPECT_THAT(draw(r, Encoding::kUtf8).haystacks, Contains("\xED\x9F\xBF"));
  EXPECT_THAT(draw(r, Encoding::kUtf8).haystacks, Contains("\xEE\x80\x80"));
  EXPECT_THAT(draw(r, Encoding::kUtf8).haystacks, Contains("\xC3\xBF"));
}

TEST(AutomatonHaystacks, ReachAndMissLoopBounds) {
  Regex r = concat({literal('x'), repeat(literal('a'), 7, 11), literal('y')});
  const std::vector<std::string> found = draw(r).haystacks;
  for (std::size_t count : {6, 7, 8, 10, 11, 12}) {
    EXPECT_THAT(found, Contains("x" + std::string(count, 'a') + "y")) << count;
  }
}

TEST(AutomatonHaystacks, ReachBoundsFarBeyondTheExploredStates) {
  Regex r = repeat(concat({literal('a'), syntax::char_class(CharClass{{'b', 'c'}})}), 40, 41);
  AutomatonLimits limits;
  limits.max_states = 10;
  const AutomatonHaystacks drawn = draw(r, Encoding::kBytes, limits);
  EXPECT_FALSE(drawn.explored);
  EXPECT_FALSE(drawn.complete());
  std::set<std::size_t> lengths;
  for (const std::string& haystack : drawn.haystacks) lengths.insert(haystack.size());
  for (std::size_t length : {78, 80, 82, 84}) EXPECT_TRUE(lengths.count(length)) << length;
}

TEST(AutomatonHaystacks, KeepToTheirLimits) {
  Regex r = repeat(alternate({text("ab"), text("ba"), text("cc")}), 0, kInfinite);
  AutomatonLimits limits;
  limits.max_haystacks = 25;
  limits.max_length = 9;
  const std::vector<std::string> found = draw(r, Encoding::kBytes, limits).haystacks;
  EXPECT_EQ(found.size(), 25u);
  for (const std::string& haystack : found) EXPECT_LE(haystack.size(), 9u);
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end(),
                             [](const std::string& a, const std::string& b) { return a.size() < b.size(); }));
}

TEST(AutomatonHaystacks, AreTheSameForTheSameSeedAndTotalOnBytes) {
  auto sampler = RegexSampler::make(wide_settings(Semantics::kLeftmostFirst, Encoding::kUtf8), 20);
  ASSERT_TRUE(sampler);
  AutomatonLimits limits;
  limits.max_states = 60;
  RandomChoices random(3);
  bool ill_formed = false;
  for (int i = 0; i < 60; ++i) {
    Regex r = sampler->draw(random);
    RandomChoices one(i);
    RandomChoices two(i);
    const auto first = automaton_haystacks(r, Encoding::kUtf8, one, limits).haystacks;
    EXPECT_EQ(first, automaton_haystacks(r, Encoding::kUtf8, two, limits).haystacks);
    for (const std::string& haystack : first) ill_formed |= haystack.find('\xFF') != std::string::npos;
    ByteChoices nothing({});
    EXPECT_FALSE(automaton_haystacks(r, Encoding::kUtf8, nothing, limits).haystacks.empty());
  }
  EXPECT_TRUE(ill_formed);
}

}  // namespace
}  // namespace redoubt::generate
