// A partition of few classes is made with bit sets, of many without: both are held to what a partition is.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

#include "syntax/char_class.h"
#include "syntax/parser.h"
#include "syntax/random_tree_for_test.h"

namespace redoubt::syntax {
namespace {

std::vector<std::uint32_t> sample(const std::vector<CharClass>& classes, Encoding encoding) {
  std::vector<std::uint32_t> units{0, 'a', 0x7F, 0x80, 0xFF};
  for (const CharClass& c : classes) {
    for (const Range& range : c.ranges()) units.insert(units.end(), {range.lo, range.hi, range.lo - 1, range.hi + 1});
  }
  std::erase_if(units, [&](std::uint32_t unit) { return !CharClass::all(encoding).contains(unit); });
  return units;
}

void check(const std::vector<CharClass>& classes, Encoding encoding) {
  const Partition partition = syntax::partition(classes, encoding);
  ASSERT_EQ(partition.representatives.size(), partition.count);
  std::map<std::vector<bool>, std::uint32_t> part_of_membership;
  std::map<std::uint32_t, std::vector<bool>> membership_of_part;
  for (std::uint32_t unit : sample(classes, encoding)) {
    std::vector<bool> membership;
    for (const CharClass& c : classes) membership.push_back(c.contains(unit));
    const std::uint32_t part = partition.part_of(unit);
    ASSERT_LT(part, partition.count);
    ASSERT_EQ(part_of_membership.emplace(membership, part).first->second, part) << unit;
    ASSERT_EQ(membership_of_part.emplace(part, membership).first->second, membership) << unit;
  }
  if (encoding == Encoding::kUtf8) {
    EXPECT_EQ(partition.part_of(0xD800), Partition::kNoPart);
  }
}

TEST(Partition, UnitsShareAPartJustWhenNoClassTellsThemApart) {
  for (const Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    RandomTrees random(7, encoding);
    for (std::size_t count : {0, 1, 5, 40, 62, 63, 64, 100, 300}) {
      std::vector<CharClass> classes;
      for (std::size_t k = 0; k < count; ++k) classes.push_back(random.units());
      check(classes, encoding);
    }
  }
}

TEST(ParseErrorKinds, EachHasANameOfItsOwn) {
  std::map<std::string_view, int> names;
  for (int kind = 0; kind <= static_cast<int>(ParseErrorKind::kUnsupportedConstruct); ++kind) {
    EXPECT_EQ(++names[to_string(static_cast<ParseErrorKind>(kind))], 1);
  }
  EXPECT_EQ(names.count("unknown"), 0u);
}

}  // namespace
}  // namespace redoubt::syntax
