// Every rule alone, every rule left out, and all rules, on all small regexes and many larger ones: span and groups
// stay.
#include <gtest/gtest.h>

#include "pikevm/definition_for_test.h"
#include "pikevm/generate_for_test.h"
#include "pikevm/simplify_for_test.h"

namespace redoubt::pikevm {
namespace {

constexpr Semantics kBoth[] = {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst};

TEST(SimplifyExhaustiveTest, AllRegexesOfFourNodesOnAllHaystacksOfFiveBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 5);
  for (Semantics semantics : kBoth) {
    test::SimplifyChecker checker(semantics);
    for (std::uint32_t size = 1; size <= 4; ++size) {
      for (const syntax::Regex& r : test::all_regexes(size, semantics == Semantics::kLeftmostFirst)) {
        ASSERT_NO_FATAL_FAILURE(checker.check(syntax::renumber_groups(r), haystacks));
      }
    }
    RecordProperty("forms", static_cast<int>(checker.forms()));
  }
}

TEST(SimplifyExhaustiveTest, AllRegexesOfFiveNodesOnAllHaystacksOfThreeBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 3);
  for (Semantics semantics : kBoth) {
    test::SimplifyChecker checker(semantics);
    for (const syntax::Regex& r : test::all_regexes(5, semantics == Semantics::kLeftmostFirst)) {
      ASSERT_NO_FATAL_FAILURE(checker.check(syntax::renumber_groups(r), haystacks));
    }
    RecordProperty("forms", static_cast<int>(checker.forms()));
  }
}

TEST(SimplifyExhaustiveTest, RandomRegexes) {
  for (Semantics semantics : kBoth) {
    test::SimplifyChecker checker(semantics);
    test::RandomRegex random(3);
    for (int k = 0; k < test::kRandomRounds; ++k) {
      std::vector<std::string> haystacks;
      for (int n = 0; n < 6; ++n) haystacks.push_back(random.haystack(n == 3 ? "ab \n" : "ab", 9));
      syntax::Regex r = random.regex(5, semantics == Semantics::kLeftmostFirst);
      ASSERT_NO_FATAL_FAILURE(checker.check(r, haystacks));
    }
    RecordProperty("forms", static_cast<int>(checker.forms()));
  }
}

/// Alternates of short sequences, often alike at their begin or end, with a group here and there.
class RandomBranches {
 public:
  explicit RandomBranches(std::uint32_t seed) : random_(seed) {}

  syntax::Regex regex(bool lazy) {
    syntax::Regex r = alternate(2, lazy);
    if (random_.pick(3) == 0) r = syntax::concat({r, sequence(1, lazy)});
    if (random_.pick(4) == 0) r = syntax::repeat(r, random_.pick(2), random_.pick(2) ? 3 : syntax::kInfinite);
    return syntax::renumber_groups(r);
  }
  std::string haystack() { return random_.haystack("abc", 8); }

 private:
  syntax::Regex alternate(int depth, bool lazy) {
    std::vector<syntax::Regex> branches;
    for (std::uint32_t k = 2 + random_.pick(4); k > 0; --k) branches.push_back(sequence(depth, lazy));
    return syntax::alternate(std::move(branches));
  }
  syntax::Regex sequence(int depth, bool lazy) {
    std::vector<syntax::Regex> parts;
    for (std::uint32_t k = random_.pick(4); k > 0; --k) parts.push_back(part(depth, lazy));
    return syntax::concat(std::move(parts));
  }
  syntax::Regex part(int depth, bool lazy) {
    syntax::Regex r = random_.pick(8) == 0   ? syntax::look(syntax::Look::kWordBoundary)
                      : random_.pick(8) == 0 ? syntax::char_class({{'b', 'c'}})
                                             : syntax::literal('a' + random_.pick(3));
    if (depth > 1 && random_.pick(6) == 0) r = alternate(depth - 1, lazy);
    if (random_.pick(5) == 0) {
      test::Bounds b = test::kBounds[random_.pick(7)];
      r = syntax::repeat(r, b.min, b.max, !lazy || random_.pick(3) > 0);
    }
    return random_.pick(7) == 0 ? syntax::group(r, 1) : r;
  }

  test::RandomRegex random_;
};

TEST(SimplifyExhaustiveTest, RandomAlternates) {
  for (Semantics semantics : kBoth) {
    test::SimplifyChecker checker(semantics);
    RandomBranches random(4);
    for (int k = 0; k < 15'000; ++k) {
      std::vector<std::string> haystacks;
      for (int n = 0; n < 12; ++n) haystacks.push_back(random.haystack());
      ASSERT_NO_FATAL_FAILURE(checker.check(random.regex(semantics == Semantics::kLeftmostFirst), haystacks));
    }
    RecordProperty("forms", static_cast<int>(checker.forms()));
  }
}

TEST(SimplifyExhaustiveTest, CountsOfOneUnitAgainstAllCounts) {
  std::vector<std::string> haystacks;
  for (std::size_t n = 0; n < 20; ++n) haystacks.push_back(std::string(n, 'a'));
  haystacks.push_back("aaab");
  std::vector<syntax::Regex> repeats;
  for (std::uint32_t min = 0; min <= 3; ++min) {
    for (std::uint32_t max : {0U, 1U, 2U, 3U, 4U, syntax::kInfinite}) {
      if (max < min) continue;
      repeats.push_back(syntax::repeat(syntax::literal('a'), min, max));
      repeats.push_back(syntax::repeat(syntax::literal('a'), min, max, false));
    }
  }
  syntax::Regex rest = syntax::group(syntax::repeat(syntax::literal('a'), 0, 1), 1);
  for (Semantics semantics : kBoth) {
    test::SimplifyChecker checker(semantics);
    for (const syntax::Regex& x : repeats) {
      for (const syntax::Regex& y : repeats) {
        syntax::Regex nested = syntax::repeat(x, y->min(), y->max(), y->greedy());
        for (const syntax::Regex& r : {syntax::concat({x, y}), nested}) {
          ASSERT_NO_FATAL_FAILURE(checker.check(r, haystacks));
          ASSERT_NO_FATAL_FAILURE(checker.check(syntax::concat({r, rest}), haystacks));
          ASSERT_NO_FATAL_FAILURE(checker.check(syntax::concat({r, rest, syntax::literal('b')}), haystacks));
        }
      }
    }
  }
}

TEST(SimplifyExhaustiveTest, LeftmostLongestIsTheDefinition) {
  test::RandomRegex random(5);
  Scratch scratch;
  Optimizations only = Optimizations::none().with(Optimization::kSimplify);
  for (int k = 0; k < test::kRandomRounds; ++k) {
    syntax::Regex r = random.regex(5, false);
    std::shared_ptr<const Program> program = compile(r, {.optimizations = only, .simplify_from_nodes = 0}).value();
    ASSERT_EQ(program->groups, r->max_group());
    ASSERT_EQ(program->regex, r);
    for (int n = 0; n < 4; ++n) {
      std::string h = random.haystack(n == 3 ? "ab \n" : "ab", 8);
      std::optional<Slots> expected = test::fill_best(r, h);
      for (std::size_t wanted : {std::size_t{0}, std::size_t{1}, kAllSlots}) {
        Slots slots;
        Result result = search(*program, scratch, {.haystack = h, .wanted_slots = wanted}, slots);
        ASSERT_EQ(result == Result::kMatch, expected.has_value()) << syntax::to_text(r) << " on " << h;
        if (!expected) continue;
        Slots want = *expected;
        want.resize(std::min(wanted, want.size()));
        ASSERT_EQ(slots, want) << syntax::to_text(r) << " on " << h;
      }
    }
  }
}

}  // namespace
}  // namespace redoubt::pikevm
