#include "generate/regex_gen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace redoubt::generate {
namespace {

using syntax::CharClass;
using syntax::Look;
using syntax::NodeKind;
using syntax::Regex;

GrammarSettings small_settings() {
  GrammarSettings settings;
  settings.not_letter = settings.letter_set = settings.dot = settings.lazy = true;
  settings.looks = {Look::kCaret, Look::kWordBoundary};
  settings.repeats = {{0, syntax::kInfinite}, {2, 2}};
  return settings;
}

RegexSpace make(const GrammarSettings& settings, std::uint32_t max_size) {
  auto space = RegexSpace::make(settings, max_size);
  EXPECT_TRUE(space) << space.error();
  return std::move(*space);
}

// Every tree of a size with any letters at all, built in the most obvious way. Groups are not numbered yet.
class Naive {
 public:
  explicit Naive(const GrammarSettings& settings) : settings_(settings) {}

  const std::vector<Regex>& trees(std::uint32_t size) {
    auto known = trees_.find(size);
    if (known != trees_.end()) return known->second;
    std::vector<Regex> list;
    if (size == 1) {
      list = leaves();
    } else {
      for (std::uint32_t parts = 2; parts <= size - 1; ++parts) {
        std::vector<Regex> children;
        in_row(parts, size - 1, children, [&] {
          list.push_back(syntax::concat(children));
          list.push_back(syntax::alternate(children));
        });
      }
      for (const Regex& body : trees(size - 1)) {
        if (settings_.groups) list.push_back(syntax::group(body, 1));
        for (const RepeatShape& shape : settings_.repeats) {
          list.push_back(syntax::repeat(body, shape.min, shape.max));
          if (settings_.lazy && shape.min != shape.max) {
            list.push_back(syntax::repeat(body, shape.min, shape.max, false));
          }
        }
      }
    }
    return trees_[size] = list;
  }

 private:
  std::vector<Regex> leaves() const {
    std::vector<Regex> list;
    CharClass set;
    for (std::uint32_t unit : settings_.letters) {
      CharClass letter = CharClass::single(unit);
      set = set.union_with(letter);
      list.push_back(syntax::char_class(letter));
      if (settings_.not_letter) list.push_back(syntax::char_class(letter.complement(settings_.encoding)));
    }
    if (settings_.letter_set) list.push_back(syntax::char_class(set));
    if (settings_.dot) list.push_back(syntax::char_class(CharClass::single('\n').complement(settings_.encoding)));
    for (Look look : settings_.looks) list.push_back(syntax::look(look));
    if (settings_.empty) list.push_back(syntax::empty());
    return list;
  }

  void in_row(std::uint32_t parts, std::uint32_t size, std::vector<Regex>& children,
              const std::function<void()>& done) {
    if (parts == 0) {
      if (size == 0) done();
      return;
    }
    for (std::uint32_t first = 1; first + (parts - 1) <= size; ++first) {
      for (const Regex& child : trees(first)) {
        children.push_back(child);
        in_row(parts - 1, size - first, children, done);
        children.pop_back();
      }
    }
  }

  const GrammarSettings& settings_;
  std::map<std::uint32_t, std::vector<Regex>> trees_;
};

// Letters come first in the order of the alphabet; [^a] counts as a.
bool is_canonical(const Regex& r, const GrammarSettings& settings) {
  std::size_t used = 0;
  for (const CharClass& c : syntax::collect_classes(r)) {
    for (std::size_t i = 0; i < settings.letters.size(); ++i) {
      CharClass letter = CharClass::single(settings.letters[i]);
      if (c != letter && c != letter.complement(settings.encoding)) continue;
      if (i > used) return false;
      if (i == used) ++used;
    }
  }
  return true;
}

std::set<std::string> expected_dumps(const GrammarSettings& settings, std::uint32_t size) {
  std::set<std::string> dumps;
  Naive naive(settings);
  for (const Regex& r : naive.trees(size)) {
    if (is_canonical(r, settings)) dumps.insert(dump(syntax::renumber_groups(r)));
  }
  return dumps;
}

void expect_same_trees(const GrammarSettings& settings, std::uint32_t max_size) {
  const RegexSpace space = make(settings, max_size);
  for (std::uint32_t size = 1; size <= max_size; ++size) {
    std::set<std::string> dumps;
    for (std::uint64_t k = 0; k < space.count(size); ++k) {
      Regex r = space.at(size, k);
      EXPECT_EQ(r->size(), size);
      EXPECT_TRUE(dumps.insert(dump(r)).second) << dump(r) << " comes twice";
    }
    EXPECT_EQ(dumps, expected_dumps(settings, size)) << "size " << size;
  }
}

TEST(RegexSpace, IsEveryTreeOnceUpToRenaming) { expect_same_trees(small_settings(), 4); }

TEST(RegexSpace, IsEveryTreeOnceWithDefaults) { expect_same_trees(GrammarSettings{}, 4); }

TEST(RegexSpace, IsEveryTreeOnceWithThreeLettersAndNothingElse) {
  GrammarSettings settings;
  settings.letters = {'x', 'y', 'z'};
  settings.empty = settings.groups = false;
  settings.repeats = {};
  expect_same_trees(settings, 6);
}

TEST(RegexSpace, IsEveryTreeOnceWithoutLetters) {
  GrammarSettings settings;
  settings.letters = {};
  settings.looks = {Look::kCaret};
  settings.repeats = {{0, 1}};
  expect_same_trees(settings, 5);
}

TEST(RegexSpace, CountsOneLetterByHand) {
  GrammarSettings settings;
  settings.letters = {'a'};
  settings.empty = settings.groups = false;
  settings.repeats = {};
  const RegexSpace space = make(settings, 5);
  // aa and a|a; three in a row; four in a row, or a pair and a single in either order: each both ways.
  EXPECT_EQ(space.count(1), 1u);
  EXPECT_EQ(space.count(2), 0u);
  EXPECT_EQ(space.count(3), 2u);
  EXPECT_EQ(space.count(4), 2u);
  EXPECT_EQ(space.count(5), 2u * (1 + 2 * 2));
  EXPECT_EQ(space.total(), 15u);
}

TEST(RegexSpace, NumbersSizesOneAfterTheOther) {
  const RegexSpace space = make(GrammarSettings{}, 4);
  std::uint64_t before = 0;
  for (std::uint32_t size = 1; size <= 4; ++size) {
    EXPECT_EQ(space.place(before).size, size);
    EXPECT_EQ(space.place(before).index, 0u);
    before += space.count(size);
    EXPECT_EQ(space.place(before - 1).size, size);
    EXPECT_EQ(space.place(before - 1).index, space.count(size) - 1);
  }
  EXPECT_EQ(before, space.total());
}

TEST(RegexSpace, IndexingUsesUpTheIndexForLargeSizes) {
  const RegexSpace space = make(GrammarSettings{}, 11);
  RandomChoices random(5);
  for (int i = 0; i < 2000; ++i) {
    std::uint64_t k = random.below(space.count(11));
    IndexChoices choices(k);
    Regex r = space.draw(choices, 11);
    EXPECT_EQ(choices.left(), 0u);
    EXPECT_EQ(r->size(), 11u);
    EXPECT_TRUE(is_canonical(r, GrammarSettings{}));
  }
  EXPECT_EQ(dump(space.at(11, 0)), dump(space.at(11, 0)));
  EXPECT_NE(dump(space.at(11, space.count(11) - 1)), dump(space.at(11, space.count(11) - 2)));
}

TEST(RegexSpace, RandomDrawsAreUniform) {
  GrammarSettings settings;
  settings.repeats = {{0, syntax::kInfinite}};
  const RegexSpace space = make(settings, 3);
  std::map<std::string, int> counts;
  RandomChoices choices(99);
  const int per_tree = 400;
  const auto draws = static_cast<int>(space.count(3)) * per_tree;
  for (int i = 0; i < draws; ++i) ++counts[dump(space.draw(choices, 3))];
  EXPECT_EQ(counts.size(), space.count(3));
  for (const auto& [tree, count] : counts) EXPECT_NEAR(count, per_tree, 110) << tree;
}

TEST(RegexSpace, BytesGiveATreeOfTheSizeAskedFor) {
  const RegexSpace space = make(small_settings(), 9);
  RandomChoices random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::uint8_t> bytes(random.below(40));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.below(256));
    ByteChoices choices(bytes);
    Regex r = space.draw(choices, 9);
    EXPECT_EQ(r->size(), 9u);
    EXPECT_TRUE(is_canonical(r, small_settings()));
    seen.insert(dump(r));
  }
  EXPECT_GT(seen.size(), 2000u);
}

TEST(RegexSpace, SaysWhatIsWrongWithItsSettings) {
  auto error = [](const std::function<void(GrammarSettings&)>& edit, std::uint32_t size = 3) {
    GrammarSettings settings;
    edit(settings);
    auto space = RegexSpace::make(settings, size);
    return space ? std::string("no error") : space.error();
  };
  EXPECT_EQ(error([](GrammarSettings&) {}), "no error");
  EXPECT_NE(error([](GrammarSettings&) {}, 60).find("too many to be numbered in 64 bits"), std::string::npos);
  EXPECT_NE(error([](GrammarSettings&) {}, 0).find("not 0"), std::string::npos);
  EXPECT_NE(error([](GrammarSettings&) {}, 101).find("1 to 100"), std::string::npos);
  EXPECT_NE(error([](GrammarSettings& s) { s.letters = {'a', 'a'}; }).find("same class"), std::string::npos);
  EXPECT_NE(error([](GrammarSettings& s) { s.letters = {0x100}; }).find("no unit"), std::string::npos);
  EXPECT_NE(error([](GrammarSettings& s) { s.letters = {'a'}, s.letter_set = true; }).find("two letters"),
            std::string::npos);
  EXPECT_NE(error([](GrammarSettings& s) { s.letters = {'\n'}, s.dot = s.not_letter = true; }).find("same class"),
            std::string::npos);
  EXPECT_NE(error([](GrammarSettings& s) { s.letters = {}, s.empty = false; }).find("no leaf"), std::string::npos);
  EXPECT_NE(error([](GrammarSettings& s) { s.repeats = {{2, 1}}; }).find("minimum"), std::string::npos);
  EXPECT_NE(error([](GrammarSettings& s) { s.repeats = {{2, 3}, {2, 3}}; }).find("twice"), std::string::npos);
  EXPECT_NE(error([](GrammarSettings& s) { s.looks = {Look::kCaret, Look::kCaret}; }).find("twice"), std::string::npos);
}

TEST(RegexSpace, NamesTheLargestSizeThatCanBeNumbered) {
  auto space = RegexSpace::make(GrammarSettings{}, 100);
  ASSERT_FALSE(space);
  const std::string& message = space.error();
  std::size_t colon = message.rfind(": ");
  ASSERT_NE(colon, std::string::npos);
  auto largest = static_cast<std::uint32_t>(std::stoul(message.substr(colon + 2)));
  EXPECT_TRUE(RegexSpace::make(GrammarSettings{}, largest));
  EXPECT_FALSE(RegexSpace::make(GrammarSettings{}, largest + 1));
}

// Groups in order, the product of bounds within limits.
void check_random(const Regex& r, std::uint64_t product, std::uint64_t max_product, std::uint32_t& groups) {
  if (r->kind() == NodeKind::kRepeat) {
    product *= std::max<std::uint64_t>(r->max() == syntax::kInfinite ? r->min() : r->max(), 1);
    EXPECT_LE(product, max_product);
  }
  if (r->kind() == NodeKind::kGroup && r->group() != 0) {
    EXPECT_EQ(r->group(), ++groups);
  }
  for (const Regex& child : r->children()) check_random(child, product, max_product, groups);
}

TEST(RegexSampler, GivesLargeTreesOfEveryKind) {
  for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
      const RandomSettings settings = wide_settings(semantics, encoding);
      auto sampler = RegexSampler::make(settings, 30);
      ASSERT_TRUE(sampler) << sampler.error();
      RandomChoices choices(17);
      std::map<NodeKind, int> kinds;
      bool lazy = false;
      bool wide_class = false;
      const CharClass domain = CharClass::all(encoding);
      for (int i = 0; i < 2000; ++i) {
        const auto size = static_cast<std::uint32_t>(choices.between(1, 30));
        Regex r = sampler->draw(choices, size);
        EXPECT_EQ(r->size(), size);
        std::uint32_t groups = 0;
        check_random(r, 1, settings.max_product, groups);
        syntax::any_node(r, [&](const syntax::Node& node) {
          ++kinds[node.kind()];
          lazy |= !node.greedy();
          if (node.kind() == NodeKind::kClass) {
            EXPECT_FALSE(node.char_class().empty());
            EXPECT_EQ(node.char_class().minus(domain), CharClass());
            wide_class |= node.char_class().ranges().size() > 2;
          }
          return false;
        });
      }
      EXPECT_EQ(kinds.size(), 7u);
      for (const auto& [kind, count] : kinds) EXPECT_GT(count, 200) << static_cast<int>(kind);
      EXPECT_EQ(lazy, semantics == Semantics::kLeftmostFirst);
      EXPECT_TRUE(wide_class);
    }
  }
}

TEST(RegexSampler, IsTotalOnBytesAndSmallWithoutAny) {
  auto sampler = RegexSampler::make(wide_settings(Semantics::kLeftmostFirst, Encoding::kUtf8), kMaxTreeSize);
  ASSERT_TRUE(sampler);
  ByteChoices nothing({});
  EXPECT_EQ(dump(sampler->draw(nothing)), "a");
  RandomChoices random(2);
  for (int i = 0; i < 2000; ++i) {
    std::vector<std::uint8_t> bytes(random.below(300));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.below(256));
    ByteChoices choices(bytes);
    EXPECT_LE(sampler->draw(choices)->size(), kMaxTreeSize);
  }
}

TEST(RegexSampler, TheSameSeedGivesTheSameRegex) {
  const RandomSettings settings = wide_settings(Semantics::kLeftmostFirst, Encoding::kBytes);
  RandomChoices one(123);
  RandomChoices two(123);
  for (int i = 0; i < 50; ++i) {
    auto a = random_regex(one, settings, 30);
    auto b = random_regex(two, settings, 30);
    ASSERT_TRUE(a && b);
    EXPECT_TRUE(syntax::equal(*a, *b));
  }
}

TEST(RegexSampler, TakesTheNextSmallerSizeWhereThereIsNone) {
  RandomSettings settings;
  settings.grammar.groups = settings.classes = false;
  settings.grammar.repeats = {};
  settings.max_bound = 0;
  auto sampler = RegexSampler::make(settings, 2);
  ASSERT_TRUE(sampler);
  RandomChoices choices(1);
  EXPECT_EQ(sampler->draw(choices, 2)->size(), 1u);
  settings.edge_units = {0x1FF};
  EXPECT_FALSE(RegexSampler::make(settings, 2));
}

TEST(RegexSpace, WithoutRenamingEveryLetteringIsATree) {
  GrammarSettings settings;
  settings.letters = {'a', '\n'};
  settings.rename = false;
  const auto space = RegexSpace::make(settings, 3);
  ASSERT_TRUE(space);
  // One leaf: empty, a or \n.
  EXPECT_EQ(space->count(1), 3u);
  std::set<std::string> texts;
  for (std::uint64_t k = 0; k < space->total(); ++k) texts.insert(syntax::dump(space->at(space->place(k))));
  EXPECT_EQ(texts.size(), space->total());
  EXPECT_TRUE(texts.contains(syntax::dump(syntax::literal('\n'))));
  EXPECT_TRUE(texts.contains(syntax::dump(syntax::concat({syntax::literal('\n'), syntax::literal('a')}))));
}

/// Some two subtrees of `size` nodes or more are alike but for the numbers of their groups.
bool has_copies(const Regex& r, std::uint32_t size) {
  std::vector<Regex> seen;
  const std::function<bool(const Regex&)> visit = [&](const Regex& node) {
    if (node->size() < size) return false;
    const Regex plain = syntax::renumber_groups(node);
    for (const Regex& other : seen) {
      if (syntax::equal(plain, other)) return true;
    }
    seen.push_back(plain);
    return std::any_of(node->children().begin(), node->children().end(), visit);
  };
  return visit(r);
}

TEST(RegexSamplerTest, SubtreesAreCopiedNowAndThen) {
  RandomSettings settings = wide_settings(Semantics::kLeftmostFirst, Encoding::kBytes);
  for (bool copies : {false, true}) {
    settings.copy_one_in = copies ? 4 : 0;
    const RegexSampler sampler = RegexSampler::make(settings, 20).value();
    int with_copies = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
      RandomChoices choices(seed);
      const Regex r = sampler.draw(choices, 20);
      EXPECT_EQ(r->size(), 20U);
      EXPECT_TRUE(syntax::equal(r, syntax::renumber_groups(r)));
      with_copies += has_copies(r, 4);
    }
    EXPECT_EQ(with_copies > 100, copies) << with_copies;
    EXPECT_LT(with_copies, 600);
  }
}

}  // namespace
}  // namespace redoubt::generate
