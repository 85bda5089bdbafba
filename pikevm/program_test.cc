#include "pikevm/program.h"

#include <gtest/gtest.h>

#include "pikevm/compiler.h"
#include "syntax/parser.h"

namespace redoubt::pikevm {
namespace {

std::string dump_of(const char* pattern, Semantics semantics) {
  return dump(*compile(syntax::parse(pattern).value(), {.semantics = semantics}).value());
}

TEST(ProgramTest, DumpLeftmostFirst) {
  EXPECT_EQ(dump_of("(a)|^b*?", Semantics::kLeftmostFirst),
            "perl bytes, 1 groups, 3 parts\n"
            "   0  split 1, 4\n"
            "   1  save 0 -> 2\n"
            "   2  class 1 -> 3\n"
            "   3  save 1 -> 7\n"
            "   4  look ^ -> 5\n"
            "   5  split 7, 6\n"
            "   6  class 2 -> 5\n"
            "   7  match\n");
}

TEST(ProgramTest, DumpLeftmostLongest) {
  EXPECT_EQ(dump_of("(a)*b", Semantics::kLeftmostLongest),
            "posix bytes, 1 groups, 3 parts\n"
            "   0  open 1 -> 1\n"
            "   1  open 2 -> 2\n"
            "   2  split 3, 7\n"
            "   3  open 3 group 1 -> 4\n"
            "   4  class 1 -> 5\n"
            "   5  close 2 group 1 -> 6\n"
            "   6  split 3, 8\n"
            "   7  nil 2 1 -> 8\n"
            "   8  close 1 -> 9\n"
            "   9  open 2 -> 10\n"
            "  10  class 2 -> 11\n"
            "  11  close 1 -> 12\n"
            "  12  close 0 -> 13\n"
            "  13  match\n");
}

TEST(ProgramTest, LooksAtALocation) {
  auto holds = [](std::string_view h, std::size_t at, syntax::Look look) {
    return looks_at(h, at, 1U << static_cast<int>(look)) != 0;
  };
  EXPECT_TRUE(holds("", 0, syntax::Look::kCaret));
  EXPECT_TRUE(holds("", 0, syntax::Look::kDollar));
  EXPECT_TRUE(holds("", 0, syntax::Look::kNotWordBoundary));
  EXPECT_FALSE(holds("a\n", 1, syntax::Look::kDollar));
  EXPECT_TRUE(holds("a\n", 1, syntax::Look::kLineEnd));
  EXPECT_TRUE(holds("a\n", 2, syntax::Look::kLineStart));
  EXPECT_FALSE(holds("a\n", 2, syntax::Look::kTextStart));
  EXPECT_TRUE(holds("a\n", 2, syntax::Look::kTextEnd));
  EXPECT_TRUE(holds("a_ b", 2, syntax::Look::kWordBoundary));
  EXPECT_FALSE(holds("a_ b", 1, syntax::Look::kWordBoundary));
  EXPECT_EQ(looks_at("ab", 0, 0), 0U);
}

}  // namespace
}  // namespace redoubt::pikevm
