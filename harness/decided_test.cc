// Every case that SPEC decides, put to the project's own engines.
#include <gtest/gtest.h>

#include "harness/panel.h"

namespace redoubt::harness {
namespace {

std::string said(const std::string& engine, const oracles::Query& query, const std::string& haystack) {
  const oracles::EngineEntry* entry = oracles::find_engine(engine);
  if (!entry) return "there is no such engine";
  const std::unique_ptr<oracles::Oracle> oracle = entry->make();
  return oracles::to_string(ask_once(*oracle, query, haystack));
}

/// The engines without those that this build has not got (the proved ones, where there is no OCaml compiler).
std::vector<std::string> available(const std::vector<std::string>& engines) {
  std::vector<std::string> names;
  for (const std::string& name : engines) {
    const oracles::EngineEntry* entry = oracles::find_engine(name);
    if (!entry || entry->info.unavailable.empty()) names.push_back(name);
  }
  return names;
}

void expect_right(const std::string& file, std::size_t at_least, const std::vector<std::string>& engines) {
  const auto cases = read_case_file(file);
  ASSERT_TRUE(cases) << cases.error().message;
  EXPECT_GE(cases->size(), at_least);
  for (const Case& c : *cases) {
    ASSERT_TRUE(c.expected) << file << ": " << c.name << " expects nothing";
    EXPECT_FALSE(c.rule.empty()) << file << ": " << c.name << " names no rule";
    const auto query = query_of(c);
    ASSERT_TRUE(query) << c.name << ": " << query.error();
    for (const std::string& engine : available(engines)) {
      EXPECT_EQ(said(engine, *query, c.haystack), to_string(*c.expected)) << file << ": " << c.name << ", " << engine;
    }
  }
}

TEST(Decided, LeftmostLongest) {
  expect_right("cases/decided_posix.toml", 30, {"reference", "definition", "pikevm", "proof", "proof-unary"});
}

TEST(Decided, LeftmostLongestWhereEnginesDiffer) {
  expect_right("cases/disputed_posix.toml", 79, {"reference", "definition", "pikevm", "proof", "proof-unary"});
}

TEST(Decided, LeftmostFirst) { expect_right("cases/decided_perl.toml", 40, {"reference", "pikevm", "proof"}); }

}  // namespace
}  // namespace redoubt::harness
