// A warm search allocates nothing.
#include "pikevm/allocations_for_test.h"

#ifdef REDOUBT_TEST_COUNTS_ALLOCATIONS

#include <string>

#include <gtest/gtest.h>

#include "redoubt/redoubt.h"
#include "redoubt/regex.h"
#include "redoubt/regex_set.h"

namespace redoubt {
namespace {

using pikevm::test::warm_allocations;

std::string haystack() {
  std::string text;
  for (int k = 0; k < 200; ++k) text += "ab abc aabbcc 2024-05-06 ";
  return text;
}

TEST(AllocationTest, SearchesForOnePattern) {
  const std::string text = haystack();
  for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
    for (const char* pattern : {"(a|ab)(c|bcd)(d*)", "abc", "(\\d+)-(\\d+)-(\\d+)", "((a?){1,40})*", "\\b\\w+\\b"}) {
      Regex regex = Regex::compile(pattern, {.semantics = semantics}).value();
      Scratch scratch;
      Slots slots;
      std::size_t found = 0;
      EXPECT_EQ(warm_allocations([&] { found += regex.is_match({text}, scratch) == Result::kMatch; }), 0U) << pattern;
      EXPECT_EQ(warm_allocations([&] { found += regex.find({text}, scratch).span.is_set(); }), 0U) << pattern;
      EXPECT_EQ(warm_allocations([&] { found += regex.captures({text}, scratch, slots) == Result::kMatch; }), 0U);
      EXPECT_EQ(warm_allocations([&] { (void)regex.find_all({text}, scratch, [&](Span) { return ++found; }); }), 0U);
      EXPECT_EQ(warm_allocations(
                    [&] { (void)regex.captures_all({text}, scratch, slots, [&](const Slots&) { return ++found; }); }),
                0U)
          << pattern;
      EXPECT_GT(found, 10U);
    }
  }
}

TEST(AllocationTest, Sets) {
  const std::string text = haystack();
  const Rule rules[] = {{"a{2}b"}, {"\\bx"}, {"06 $"}, {"q[^z]{20}b"}};
  for (std::size_t cache_bytes : {std::size_t{1} << 20, std::size_t{0}}) {
    RegexSet set = RegexSet::compile(rules, {.cache_bytes = cache_bytes}).value();
    Scratch scratch;
    SetMatches matches;
    EXPECT_EQ(warm_allocations([&] { EXPECT_EQ(set.matches({text}, scratch, matches), Result::kMatch); }), 0U);
    EXPECT_EQ(matches.count(), 2U);
  }
}

TEST(AllocationTest, TheCAbi) {
  const std::string text = haystack();
  redoubt_regex* regex = nullptr;
  ASSERT_EQ(redoubt_compile("(a+)(b+)", 8, nullptr, &regex, nullptr), REDOUBT_OK);
  redoubt_scratch* scratch = redoubt_scratch_new();
  redoubt_input input;
  redoubt_input_init(&input, text.data(), text.size());
  redoubt_span spans[3];
  for (std::size_t count : {0U, 1U, 3U}) {
    EXPECT_EQ(warm_allocations([&] { EXPECT_EQ(redoubt_captures(regex, scratch, &input, spans, count), 1); }), 0U);
    EXPECT_EQ(warm_allocations([&] {
                redoubt_iter iter;
                redoubt_iter_init(&iter, &input);
                std::size_t seen = 0;
                while (redoubt_find_next(regex, scratch, &iter, spans, count) == REDOUBT_MATCH) ++seen;
                EXPECT_EQ(seen, 600U);
              }),
              0U);
  }
  redoubt_scratch_free(scratch);
  redoubt_regex_free(regex);
}

}  // namespace
}  // namespace redoubt

#endif
