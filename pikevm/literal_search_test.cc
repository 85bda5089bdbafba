#include "pikevm/literal_search.h"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "pikevm/teddy.h"

namespace redoubt::pikevm {
namespace {

constexpr SimdLevel kLevels[] = {SimdLevel::kPortable, SimdLevel::kSsse3, SimdLevel::kAvx2};

const char* naive(const std::vector<Literal>& literals, const char* from, const char* end) {
  for (; from != end; ++from) {
    for (const Literal& literal : literals) {
      if (static_cast<std::size_t>(end - from) >= literal.size() && literal.matches(from)) return from;
    }
  }
  return end;
}

/// Every place in a block of exactly the text's size, so that a sanitizer sees a read outside of it.
template <class Find>
void expect_same(const std::vector<Literal>& literals, const std::string& text, const Find& find) {
  const std::unique_ptr<char[]> block(new char[text.size()]);
  std::copy(text.begin(), text.end(), block.get());
  const char* end = block.get() + text.size();
  for (const char* from = block.get(); from <= end; ++from) {
    ASSERT_EQ(find(from, end) - from, naive(literals, from, end) - from) << text;
    if (from == end) break;
  }
}

/// Letters that are often like those of the literals, and their cases.
std::string random_text(std::mt19937& random, std::size_t length) {
  static constexpr char kLetters[] = "abABab\xC3\x89\xA9 `";
  std::string text(length, ' ');
  for (char& c : text) c = kLetters[random() % 11];
  return text;
}

Literal random_literal(std::mt19937& random, std::size_t longest) {
  Literal literal;
  for (std::size_t k = 1 + random() % longest; k > 0; --k) {
    const bool fold = random() % 4 == 0;
    if (fold) literal.folded |= std::uint64_t{1} << literal.size();
    literal.bytes += random_text(random, 1)[0];
    if (fold) literal.bytes.back() = static_cast<char>(literal.bytes.back() | kCaseBit);
  }
  return literal;
}

TEST(LiteralSearch, AgreesWithALoop) {
  std::mt19937 random(1);
  for (int round = 0; round < 1500; ++round) {
    const std::size_t longest = round % 10 == 0 ? Literal::kMaxLength : 5;
    const Literal literal = random_literal(random, longest);
    std::string text = random_text(random, random() % 120);
    if (random() % 2 == 0) text.insert(random() % (text.size() + 1), literal.bytes);
    for (SimdLevel level : kLevels) {
      if (level > simd_level()) continue;
      const LiteralSearch search(literal, level);
      expect_same({literal}, text, [&](const char* from, const char* end) { return search.find(from, end); });
    }
  }
}

TEST(LiteralSearch, FoldsOnlyWhereItIsTold) {
  const LiteralSearch search(Literal{"foo", 0b101});
  auto found = [&](const std::string& text) {
    return search.find(text.data(), text.data() + text.size()) != text.data() + text.size();
  };
  EXPECT_TRUE(found("xx FoO"));
  EXPECT_TRUE(found("foo"));
  EXPECT_FALSE(found("fOo"));
  EXPECT_FALSE(found("fo"));
  EXPECT_FALSE(found("&oo"));  // 0x26 with the case bit is itself
}

MaskedLiteral masked(const Literal& literal) {
  MaskedLiteral out{};
  for (std::size_t k = 0; k < literal.size(); ++k) {
    out.append(static_cast<std::uint8_t>(literal.bytes[k]), literal.is_folded(k));
  }
  return out;
}

TEST(Teddy, AgreesWithALoop) {
  std::mt19937 random(2);
  for (int round = 0; round < 1500; ++round) {
    std::vector<Literal> literals;
    std::vector<MaskedLiteral> short_ones;
    for (std::size_t k = 1 + random() % (round % 5 == 0 ? 64 : 4); k > 0; --k) {
      literals.push_back(random_literal(random, 1 + random() % MaskedLiteral::kMaxLength));
      short_ones.push_back(masked(literals.back()));
    }
    std::string text = random_text(random, random() % 120);
    if (random() % 2 == 0) text.insert(random() % (text.size() + 1), literals[0].bytes);
    for (SimdLevel level : kLevels) {
      if (level > simd_level()) continue;
      const Teddy teddy(short_ones, level);
      expect_same(literals, text, [&](const char* from, const char* end) { return teddy.find(from, end); });
    }
  }
}

TEST(MaskedLiteral, IsCut) {
  MaskedLiteral literal = masked(Literal{"abcd", 0b1});
  literal.truncate(2);
  EXPECT_EQ(literal.length, 2);
  EXPECT_TRUE(literal.cut);
  const std::string text = "Abx";
  EXPECT_TRUE(literal.matches(load_word(text.data(), text.data() + text.size())));
  EXPECT_FALSE(literal.matches(load_word(text.data() + 1, text.data() + text.size())));
}

}  // namespace
}  // namespace redoubt::pikevm
