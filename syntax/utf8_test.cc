#include "syntax/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace redoubt::syntax {
namespace {

bool is_scalar(std::uint32_t unit) { return unit <= 0x10FFFF && (unit < 0xD800 || unit > 0xDFFF); }

TEST(Utf8Test, EveryScalarRoundTrips) {
  for (std::uint32_t unit = 0; unit <= 0x10FFFF; ++unit) {
    if (!is_scalar(unit)) continue;
    std::string text = "x";
    append_utf8(text, unit);
    const Decoded decoded = decode_utf8(text, 1);
    ASSERT_TRUE(decoded.valid) << unit;
    ASSERT_EQ(decoded.unit, unit);
    ASSERT_EQ(decoded.length, text.size() - 1);
  }
}

TEST(Utf8Test, Lengths) {
  const auto length = [](std::uint32_t unit) {
    std::string text;
    append_utf8(text, unit);
    return text.size();
  };
  EXPECT_EQ(length(0), 1U);
  EXPECT_EQ(length(0x7F), 1U);
  EXPECT_EQ(length(0x80), 2U);
  EXPECT_EQ(length(0x7FF), 2U);
  EXPECT_EQ(length(0x800), 3U);
  EXPECT_EQ(length(0xFFFF), 3U);
  EXPECT_EQ(length(0x10000), 4U);
  EXPECT_EQ(length(0x10FFFF), 4U);
}

TEST(Utf8Test, IllFormedBytesAreUnitsOfLengthOne) {
  const std::string_view cases[] = {
      "\x80",              // a trailing byte alone
      "\xBF",              //
      "\xC0\x80",          // overlong
      "\xC1\xBF",          //
      "\xE0\x9F\xBF",      //
      "\xF0\x8F\xBF\xBF",  //
      "\xED\xA0\x80",      // surrogates
      "\xED\xBF\xBF",      //
      "\xF4\x90\x80\x80",  // above U+10FFFF
      "\xF5\x80\x80\x80",  //
      "\xFE",              //
      "\xFF",              //
      "\xC3",              // cut off
      "\xE2\x82",          //
      "\xF0\x9F\x98",      //
      "\xC3\x28",          // no trailing byte
      "\xE2\x28\xA1",      //
      "\xE2\x82\x28",      //
      "\xF0\x9F\x98\x41",  //
  };
  for (std::string_view text : cases) {
    const Decoded decoded = decode_utf8(text, 0);
    EXPECT_FALSE(decoded.valid) << testing::PrintToString(text);
    EXPECT_EQ(decoded.length, 1);
    EXPECT_FALSE(is_valid_utf8(text));
    EXPECT_FALSE(is_valid_utf8("ok " + std::string(text)));
  }
}

TEST(Utf8Test, EveryTwoByteTextAgreesWithTheEncoder) {
  std::string well_formed[0x800];
  for (std::uint32_t unit = 0x80; unit < 0x800; ++unit) append_utf8(well_formed[unit], unit);
  for (unsigned a = 0x80; a < 0x100; ++a) {
    for (unsigned b = 0; b < 0x100; ++b) {
      const std::string text = {static_cast<char>(a), static_cast<char>(b)};
      const Decoded decoded = decode_utf8(text, 0);
      if (decoded.valid) {
        ASSERT_EQ(well_formed[decoded.unit], text);
      } else {
        for (const std::string& other : well_formed) ASSERT_NE(other, text);
      }
    }
  }
}

TEST(Utf8Test, WholeTexts) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"));
  EXPECT_TRUE(is_valid_utf8(std::string_view("\0", 1)));
  EXPECT_FALSE(is_valid_utf8("a\xC3"));
}

// Against the boundaries that reading from the beginning finds.
TEST(Utf8Test, BoundariesAreThoseOfReadingOnFromTheBeginning) {
  for (const char* text : {"", "a\xC3\xA9", "\xE2\x82\xAC\xF0\x9F\x98\x80z", "\xFF\xC3\xA9\x80", "\xF0\x9F\x98",
                           "\xE2\x82\xE2\x82\xAC\xAC", "\xED\xA0\x80", "\x80\x80\x80\x80\xC3\xA9"}) {
    const std::string_view view = text;
    std::size_t boundary = 0;
    for (std::size_t at = 0; at <= view.size(); ++at) {
      while (boundary < at) boundary += decode_utf8(view, boundary).length;
      EXPECT_EQ(utf8_boundary(view, at), boundary) << at;
    }
    EXPECT_EQ(utf8_boundary(view, view.size() + 2), view.size() + 2);
  }
}

}  // namespace
}  // namespace redoubt::syntax
