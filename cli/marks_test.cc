#include "cli/marks.h"

#include <gtest/gtest.h>

#include "cli/text.h"

namespace redoubt::cli {
namespace {

TEST(Marks, LieUnderTheirBytes) {
  const Marks marks("abcd", Encoding::kBytes, {});
  EXPECT_EQ(marks.text(), "abcd");
  EXPECT_EQ(marks.under({1, 3}, '^'), " ^^");
  EXPECT_EQ(marks.under({0, 4}, '2'), "2222");
  EXPECT_EQ(marks.under({2, 2}, '^'), "  |");
  EXPECT_EQ(marks.under({4, 4}, '^'), "    |");
  EXPECT_EQ(marks.under({}, '^'), "");
}

TEST(Marks, CoverEscapesWhole) {
  const Marks marks(std::string_view("a\n\0\\b", 5), Encoding::kBytes, {});
  EXPECT_EQ(marks.text(), "a\\n\\x00\\\\b");
  EXPECT_EQ(marks.under({1, 2}, '^'), " ^^");
  EXPECT_EQ(marks.under({2, 3}, '^'), "   ^^^^");
  EXPECT_EQ(marks.under({4, 5}, '^'), "         ^");
}

TEST(Marks, CountColumnsNotBytes) {
  const Marks text("\xc3\xa9\xe6\xbc\xa2z\xff", Encoding::kUtf8, {});
  EXPECT_EQ(text.text(), "\xc3\xa9\\u{6F22}z\\xff");
  EXPECT_EQ(text.under({0, 2}, '^'), "^");
  EXPECT_EQ(text.under({2, 5}, '^'), " ^^^^^^^^");
  EXPECT_EQ(text.under({5, 6}, '^'), "         ^");
  const Marks bytes("\xc3\xa9z", Encoding::kBytes, {});
  EXPECT_EQ(bytes.text(), "\\xc3\\xa9z");
  EXPECT_EQ(bytes.under({1, 3}, '^'), "    ^^^^^");
}

TEST(Marks, CutLongHaystacksAroundTheMatch) {
  const std::string haystack = std::string(500, 'a') + "xyz" + std::string(500, 'b');
  const Marks marks(haystack, Encoding::kBytes, {500, 503}, 40);
  EXPECT_LE(columns(marks.text()), 40u);
  EXPECT_EQ(marks.text().substr(0, 16), "…aaaaaaaaaaxyz");
  EXPECT_EQ(marks.under({500, 503}, '^'), std::string(11, ' ') + "^^^");
  EXPECT_EQ(marks.under({0, 3}, '^'), "");
  EXPECT_EQ(marks.under({1003, 1003}, '^'), "");
  // What begins before the cut is marked from it on.
  EXPECT_EQ(marks.under({0, 501}, '^'), " " + std::string(11, '^'));
}

TEST(Marks, EmptyHaystack) {
  const Marks marks("", Encoding::kBytes, {0, 0});
  EXPECT_EQ(marks.text(), "");
  EXPECT_EQ(marks.under({0, 0}, '^'), "|");
}

TEST(Text, HidesNothingAndLetsNothingThrough) {
  EXPECT_EQ(visible("a\\d\t\x1b[31m"), "a\\d\\t\\x1b[31m");
  EXPECT_EQ(visible("\xe2\x80\xae"), "\\u{202E}");  // a right-to-left override
  EXPECT_EQ(visible("\xc2\x9b"), "\\u{9B}");        // a control sequence's start in eight bits
  EXPECT_EQ(visible("\xff"), "\\xff");
  EXPECT_EQ(padded("\xc3\xa9", 3), "\xc3\xa9  ");
  EXPECT_EQ(counted(1, "case", "cases"), "1 case");
  EXPECT_EQ(counted(0, "case", "cases"), "0 cases");
}

}  // namespace
}  // namespace redoubt::cli
