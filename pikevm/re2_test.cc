// Leftmost-first against RE2, group by group: all small regexes, lazy ones included, and random larger ones.
#ifdef REDOUBT_TEST_RE2

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "pikevm/generate_for_test.h"
#include "pikevm/pikevm.h"
#include "pikevm/tree_facts.h"
#include "pikevm/ways_for_test.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

/// RE2 flattens its program into lists of instructions, and a list reached through another repeats some points of the
/// program. So with a lazy repeat within or around an unbounded one over a nullable body, a path can go on where
/// policy `re2` ends it: (?:(?:a??)*)+? on a is (0,0) by SEMANTICS B3, (0,1) in RE2 2022-06.
bool flattening_shows(const syntax::Regex& r) {
  return syntax::any_node(r,
                          [](const syntax::Node& n) { return n.kind() == syntax::NodeKind::kRepeat && !n.greedy(); }) &&
         syntax::any_node(r, [](const syntax::Node& n) {
           return n.kind() == syntax::NodeKind::kRepeat && n.max() == syntax::kInfinite && nullable(*n.child());
         });
}

class Re2Test : public testing::Test {
 protected:
  void compare(const syntax::Regex& r, const std::vector<std::string>& haystacks) {
    if (flattening_shows(r)) return;
    ++regexes_;
    std::string pattern = syntax::print(r, syntax::PrintDialect::kRe2, Encoding::kBytes).value();
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    RE2 re2(pattern, options);
    ASSERT_TRUE(re2.ok()) << pattern << ": " << re2.error();
    const std::vector<test::Way> ways = test::ways(r, {.semantics = Semantics::kLeftmostFirst});
    std::vector<re2::StringPiece> pieces(r->max_group() + 1);
    for (const std::string& h : haystacks) {
      Slots expected;
      if (re2.Match(h, 0, h.size(), RE2::UNANCHORED, pieces.data(), static_cast<int>(pieces.size()))) {
        for (const re2::StringPiece& piece : pieces) {
          if (piece.data() == nullptr) {
            expected.push_back({});
          } else {
            auto begin = static_cast<std::size_t>(piece.data() - h.data());
            expected.push_back({begin, begin + piece.size()});
          }
        }
      }
      for (const auto& [name, program] : ways) {
        Slots slots;
        Result result = search(*program, scratch_, {.haystack = h}, slots);
        ASSERT_EQ(result == Result::kMatch, !expected.empty()) << pattern << " on " << h << ", " << name;
        ASSERT_EQ(slots, expected) << pattern << " on " << h << ", " << name << ": " << to_string(slots) << ", RE2 "
                                   << to_string(expected) << "\n"
                                   << dump(*program);
        Slots span;
        ASSERT_EQ(search(*program, scratch_, {.haystack = h, .wanted_slots = 1}, span), result);
        if (result == Result::kMatch) {
          ASSERT_EQ(span[0], expected[0]) << pattern << " on " << h;
        }
      }
    }
  }

  Scratch scratch_;
  int regexes_ = 0;
};

TEST_F(Re2Test, AllRegexesOfFourNodesOnAllHaystacksOfFourBytes) {
  std::vector<std::string> haystacks = test::all_haystacks("ab", 4);
  for (std::uint32_t size = 1; size <= 4; ++size) {
    for (const syntax::Regex& r : test::all_regexes(size, true)) {
      ASSERT_NO_FATAL_FAILURE(compare(syntax::renumber_groups(r), haystacks));
    }
  }
}

TEST_F(Re2Test, RandomRegexes) {
  test::RandomRegex random(2);
  for (int k = 0; k < test::kRandomRounds; ++k) {
    std::vector<std::string> haystacks;
    for (int n = 0; n < 4; ++n) haystacks.push_back(random.haystack(n == 3 ? "ab \n" : "ab", 8));
    ASSERT_NO_FATAL_FAILURE(compare(random.regex(5, true), haystacks));
  }
}

}  // namespace
}  // namespace redoubt::pikevm

#endif  // REDOUBT_TEST_RE2
