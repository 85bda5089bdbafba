#include "pikevm/split_search.h"

#include <gtest/gtest.h>

#include "pikevm/compiler.h"
#include "pikevm/definition_for_test.h"
#include "pikevm/generate_for_test.h"
#include "pikevm/history_search.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

Slots slots_of(const Best& best) {
  Slots slots = {{best.begin, best.end}};
  for (std::size_t k = 0; k + 1 < best.slots.size(); k += 2) slots.push_back({best.slots[k], best.slots[k + 1]});
  return slots;
}

class SplitSearchTest : public testing::Test {
 protected:
  std::optional<Slots> split(const Program& program, Search asked) {
    asked.end = std::min(asked.end, asked.haystack.size());
    Best best;
    std::optional<Result> result = search_.run(program, asked, program.groups > 0, best);
    EXPECT_TRUE(result) << syntax::to_text(program.regex);
    return result == Result::kMatch ? std::optional(slots_of(best)) : std::nullopt;
  }
  std::optional<Slots> history(const Program& program, Search asked) {
    asked.end = std::min(asked.end, asked.haystack.size());
    Best best;
    return history_.run(program, asked, best) == Result::kMatch ? std::optional(slots_of(best)) : std::nullopt;
  }
  void expect(const Program& program, std::string_view haystack, const std::optional<Slots>& expected) {
    std::optional<Slots> got = split(program, {.haystack = haystack});
    ASSERT_EQ(got, expected) << syntax::to_text(program.regex) << " on " << haystack << ": "
                             << (got ? to_string(*got) : "no match") << ", expected "
                             << (expected ? to_string(*expected) : "no match");
  }

  SplitSearch search_;
  HistorySearch history_;
};

TEST_F(SplitSearchTest, AllRegexesOfFourNodesOnAllHaystacksOfFourBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 4);
  for (std::uint32_t size = 1; size <= 4; ++size) {
    for (const syntax::Regex& unnumbered : test::all_regexes(size, false)) {
      syntax::Regex r = syntax::renumber_groups(unnumbered);
      auto program = compile(r, {}).value();
      for (const std::string& h : haystacks) {
        ASSERT_NO_FATAL_FAILURE(expect(*program, h, test::fill_best(r, h)));
      }
    }
  }
}

TEST_F(SplitSearchTest, RandomRegexesByTheDefinition) {
  test::RandomRegex random(11);
  for (int k = 0; k < 30'000; ++k) {
    syntax::Regex r = random.regex(5 + k % 2, true);
    auto program = compile(r, {}).value();
    for (int n = 0; n < 4; ++n) {
      std::string h = random.haystack(n == 3 ? "ab \n" : "ab", 8);
      ASSERT_NO_FATAL_FAILURE(expect(*program, h, test::fill_best(r, h)));
    }
  }
}

// Larger bounds than the definition can take.
syntax::Regex with_large_counts(const syntax::Regex& r, test::RandomRegex& random) {
  std::vector<syntax::Regex> children;
  for (const syntax::Regex& child : r->children()) children.push_back(with_large_counts(child, random));
  if (children.empty()) return r;
  if (r->kind() == syntax::NodeKind::kRepeat && random.pick(2) == 0) {
    std::uint32_t min = random.pick(6);
    return syntax::repeat(children.front(), min, min + 1 + random.pick(12));
  }
  return syntax::with_children(*r, std::move(children));
}

TEST_F(SplitSearchTest, AgreesWithTheSimulationOnLongHaystacks) {
  test::RandomRegex random(12);
  int compared = 0;
  for (int k = 0; k < 4000; ++k) {
    syntax::Regex r = with_large_counts(random.regex(5, false), random);
    if (r->max_group() == 0) continue;
    auto program = compile(r, {});
    if (!program || (*program)->insts.size() > 3000) continue;
    std::string h = random.haystack(k % 3 == 0 ? "ab" : k % 3 == 1 ? "ab \n" : "a", 60);
    Search asked{.haystack = h, .begin = random.pick(3) % (h.size() + 1), .end = h.size() - random.pick(3) % (h.size() + 1)};
    if (asked.begin > asked.end) continue;
    asked.anchored = random.pick(4) == 0;
    ++compared;
    ASSERT_EQ(split(**program, asked), history(**program, asked)) << syntax::to_text(r) << " on " << h;
  }
  EXPECT_GT(compared, 2000);
}

}  // namespace
}  // namespace redoubt::pikevm
