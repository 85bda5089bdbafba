#include "campaign/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "syntax/parser.h"

namespace redoubt::campaign {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::vector<std::string> names(const NumberSet& set, const std::vector<std::string>& universe) {
  std::vector<std::string> list;
  for (std::size_t k = 0; k < set.size(); ++k) {
    if (set.has(k)) list.push_back(universe[k]);
  }
  return list;
}

std::vector<std::string> rules_of(const char* pattern) {
  NumberSet rules(grammar_rules().size());
  add_rules(*syntax::parse(pattern, {}), rules);
  return names(rules, grammar_rules());
}

std::vector<std::string> paths_of(const char* pattern, Semantics semantics) {
  NumberSet paths(engine_paths().size());
  EXPECT_TRUE(add_paths(*syntax::parse(pattern, {}), semantics, Encoding::kBytes, paths).compiled);
  return names(paths, engine_paths());
}

TEST(Coverage, NamesAreDistinct) {
  const std::set<std::string> rules(grammar_rules().begin(), grammar_rules().end());
  EXPECT_EQ(rules.size(), grammar_rules().size());
  const std::set<std::string> paths(engine_paths().begin(), engine_paths().end());
  EXPECT_EQ(paths.size(), engine_paths().size());
}

TEST(Coverage, RulesOfATree) {
  EXPECT_THAT(rules_of("a"), UnorderedElementsAre("letter"));
  EXPECT_THAT(rules_of("(|a)*"), UnorderedElementsAre("star", "star > group", "group", "group > alternate", "alternate",
                                                      "alternate > empty", "alternate > letter", "empty", "letter"));
  // A non-capturing group is no rule of its own.
  EXPECT_THAT(rules_of("(?:^){2}"), UnorderedElementsAre("exactly", "exactly > caret", "caret"));
  EXPECT_THAT(rules_of("(?:(?:ab))?"), Contains("optional > concat"));
}

TEST(Coverage, EachWayToRepeatIsASortOfItsOwn) {
  std::set<std::vector<std::string>> seen;
  for (const char* pattern : {"a*", "a+", "a?", "a{0}", "a{2}", "a{2,}", "a{2,3}", "a*?", "a+?", "a??", "a{2,3}?"}) {
    EXPECT_TRUE(seen.insert(rules_of(pattern)).second) << pattern;
  }
}

TEST(Coverage, EachAssertionAndClassIsASortOfItsOwn) {
  std::set<std::vector<std::string>> seen;
  for (const char* pattern : {"^", "$", "\\A", "\\z", "(?m)^", "(?m)$", "\\b", "\\B", "a", "[ab]", "[^a]", ""}) {
    EXPECT_TRUE(seen.insert(rules_of(pattern)).second) << pattern;
  }
}

TEST(Coverage, PathsOfATree) {
  EXPECT_THAT(paths_of("abc", Semantics::kLeftmostFirst), IsSupersetOf({"perl literal: yes", "perl split: no"}));
  EXPECT_THAT(paths_of("(a|b)*c", Semantics::kLeftmostLongest),
              IsSupersetOf({"posix literal: no", "posix automaton: yes", "posix split: yes"}));
  EXPECT_THAT(paths_of("(?:a|b)c", Semantics::kLeftmostLongest), Contains("posix simplify by merge-classes"));
  EXPECT_THAT(paths_of("a", Semantics::kLeftmostLongest), Not(Contains("posix simplify by merge-classes")));
  for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
    for (const char* pattern : {"a", "(a|ab)*", "^a", "(?m)^a", "a{3,9}b", "xyz.*"}) {
      for (const std::string& path : paths_of(pattern, semantics)) {
        const auto place = std::find(engine_paths().begin(), engine_paths().end(), path);
        EXPECT_TRUE(can_be_taken(static_cast<std::size_t>(place - engine_paths().begin()))) << path;
      }
    }
  }
}

TEST(Coverage, EveryLeadOfThePrefilterIsSeen) {
  std::vector<std::string> all;
  for (const char* pattern : {"a.*", "(abc).*", "(?:abc|xyz|uvw).*", "[abcdef](x|yz)*", "(?m)^(?:a|bc)"}) {
    for (std::string& path : paths_of(pattern, Semantics::kLeftmostFirst)) all.push_back(std::move(path));
  }
  EXPECT_THAT(all, IsSupersetOf({"perl prefilter by memchr", "perl prefilter by memmem", "perl prefilter by teddy of",
                                 "perl prefilter by first byte in", "perl prefilter by line starts"}));
}

TEST(NumberSet, TextAndBack) {
  NumberSet set(130);
  for (std::size_t k : {0, 63, 64, 129}) set.add(k);
  NumberSet read(130);
  EXPECT_TRUE(read.add_text(set.to_text()));
  EXPECT_EQ(read, set);
  EXPECT_EQ(read.count(), 4u);
  EXPECT_FALSE(read.add_text("00"));
  EXPECT_FALSE(read.add_text(std::string(48, 'x')));
}

}  // namespace
}  // namespace redoubt::campaign
