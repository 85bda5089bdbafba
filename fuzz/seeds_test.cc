#include "fuzz/seeds.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "fuzz/coded_case.h"
#include "syntax/printer.h"

namespace redoubt::fuzz {
namespace {

TEST(Seeds, ACaseIsAnInputOfEveryTargetThatCanSayIt) {
  harness::Case c;
  c.name = "a b/c";
  c.pattern = "(a|ab)*";
  c.haystack = "aab";
  c.semantics = Semantics::kLeftmostFirst;
  std::map<std::string, std::string> by_target;
  for (const Seed& seed : seeds_of({c})) {
    EXPECT_EQ(seed.name, "0-a-b-c");
    by_target[seed.target] = seed.bytes;
  }
  EXPECT_EQ(by_target.size(), 4u);
  EXPECT_EQ(by_target["fuzz_pattern_text"], std::string(1, '\0') + "(a|ab)*");
  const std::string& bytes = by_target["fuzz_differential"];
  const CodedCase coded = decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  EXPECT_EQ(syntax::to_text(coded.pattern), "(a|ab)*");
  EXPECT_EQ(coded.haystacks, std::vector<std::string>{"aab"});
  EXPECT_EQ(coded.semantics, Semantics::kLeftmostFirst);
  EXPECT_EQ(harness::parse_cases(by_target["fuzz_case_file"], "seed")->front().pattern, c.pattern);
  c.pattern = "(a";
  EXPECT_EQ(seeds_of({c}).size(), 2u);
}

TEST(Seeds, TheSuitesComeThrough) {
  std::size_t cases = 0, whole = 0;
  for (const char* file : {"cases/decided_posix.toml", "cases/decided_perl.toml", "cases/disputed_posix.toml"}) {
    const auto read = harness::read_case_file(file);
    ASSERT_TRUE(read) << read.error().message;
    for (const Seed& seed : seeds_of(*read)) {
      if (seed.target != "fuzz_differential") continue;
      ++cases;
      const CodedCase c = decode({reinterpret_cast<const std::uint8_t*>(seed.bytes.data()), seed.bytes.size()});
      whole += encode(c) == seed.bytes;
    }
  }
  EXPECT_GT(cases, 140u);
  EXPECT_EQ(whole, cases);
}

}  // namespace
}  // namespace redoubt::fuzz
