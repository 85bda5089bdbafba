#include "pikevm/alphabet.h"

#include <random>

#include <gtest/gtest.h>

namespace redoubt::pikevm {
namespace {

using syntax::CharClass;

std::vector<CharClass> random_classes(std::mt19937& random, std::size_t count, std::uint32_t most) {
  std::vector<CharClass> classes;
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<syntax::Range> ranges;
    for (std::size_t r = random() % 4; r > 0; --r) {
      auto lo = static_cast<std::uint32_t>(random() % (most + 1));
      ranges.push_back({lo, std::min<std::uint32_t>(most, lo + static_cast<std::uint32_t>(random() % 40))});
    }
    classes.emplace_back(ranges);
  }
  return classes;
}

void expect_exact(const Alphabet& alphabet, const std::vector<CharClass>& classes, std::uint32_t most) {
  for (std::uint32_t unit = 0; unit <= most; ++unit) {
    std::uint32_t part = alphabet.part_of(unit);
    if (part == kNoPart) continue;  // a surrogate
    ASSERT_LT(part, alphabet.part_count());
    for (std::uint32_t c = 0; c < classes.size(); ++c) {
      ASSERT_EQ(alphabet.contains(c, part), classes[c].contains(unit)) << "unit " << unit << ", class " << c;
    }
  }
}

TEST(AlphabetTest, BytesFewAndManyClasses) {
  std::mt19937 random(1);
  for (std::size_t count : {0U, 1U, 2U, 5U, 20U, 64U, 65U, 200U}) {
    std::vector<CharClass> classes = random_classes(random, count, 255);
    Alphabet alphabet;
    alphabet.build(classes, Encoding::kBytes);
    EXPECT_EQ(alphabet.part_count(), syntax::partition(classes, Encoding::kBytes).count);
    expect_exact(alphabet, classes, 255);
  }
}

TEST(AlphabetTest, EveryByteItsOwnPart) {
  std::vector<CharClass> classes;
  for (std::uint32_t unit = 0; unit < 256; ++unit) classes.push_back(CharClass::single(unit));
  Alphabet alphabet;
  alphabet.build(classes, Encoding::kBytes);
  EXPECT_EQ(alphabet.part_count(), 256U);
  expect_exact(alphabet, classes, 255);
}

TEST(AlphabetTest, ClassesBeyondBytesMatchNoByte) {
  std::vector<CharClass> classes = {CharClass({{250, 300}}), CharClass({{400, 500}})};
  Alphabet alphabet;
  alphabet.build(classes, Encoding::kBytes);
  expect_exact(alphabet, classes, 255);
}

TEST(AlphabetTest, Utf8) {
  std::mt19937 random(2);
  std::vector<CharClass> classes = random_classes(random, 30, 3000);
  classes.push_back(CharClass::single('a').complement(Encoding::kUtf8));
  Alphabet alphabet;
  alphabet.build(classes, Encoding::kUtf8);
  expect_exact(alphabet, classes, 0xE100);

  Unit e = alphabet.read("x\xC3\xA9", 1);
  EXPECT_EQ(e.length, 2U);
  EXPECT_EQ(e.part, alphabet.part_of(0xE9));
  Unit broken = alphabet.read("x\xC3", 1);
  EXPECT_EQ(broken.length, 1U);
  EXPECT_EQ(broken.part, kNoPart);
  EXPECT_FALSE(alphabet.contains(30, kNoPart));
}

}  // namespace
}  // namespace redoubt::pikevm
