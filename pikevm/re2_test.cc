// Leftmost-first against RE2, group by group: all small regexes, lazy ones included, and random larger ones.
#ifdef REDOUBT_TEST_RE2

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "pikevm/generate_for_test.h"
#include "pikevm/pikevm.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {
namespace {

class Re2Test : public testing::Test {
 protected:
  void compare(const syntax::Regex& r, const std::vector<std::string>& haystacks) {
    std::string pattern = syntax::print(r, syntax::PrintDialect::kRe2, Encoding::kBytes).value();
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    RE2 re2(pattern, options);
    ASSERT_TRUE(re2.ok()) << pattern << ": " << re2.error();
    std::shared_ptr<const Program> program = compile(r, {.semantics = Semantics::kLeftmostFirst}).value();
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
      Slots slots;
      Result result = search(*program, scratch_, {.haystack = h}, slots);
      ASSERT_EQ(result == Result::kMatch, !expected.empty()) << pattern << " on " << h;
      ASSERT_EQ(slots, expected) << pattern << " on " << h << ": " << to_string(slots) << ", RE2 "
                                 << to_string(expected) << "\n" << dump(*program);
      Slots span;
      ASSERT_EQ(search(*program, scratch_, {.haystack = h, .wanted_slots = 1}, span), result);
      if (result == Result::kMatch) {
        ASSERT_EQ(span[0], expected[0]) << pattern << " on " << h;
      }
    }
  }

  Scratch scratch_;
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
  for (int k = 0; k < 20'000; ++k) {
    std::vector<std::string> haystacks;
    for (int n = 0; n < 4; ++n) haystacks.push_back(random.haystack(n == 3 ? "ab \n" : "ab", 8));
    ASSERT_NO_FATAL_FAILURE(compare(random.regex(5, true), haystacks));
  }
}

}  // namespace
}  // namespace redoubt::pikevm

#endif  // REDOUBT_TEST_RE2
