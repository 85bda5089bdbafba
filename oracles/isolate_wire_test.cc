#include "oracles/isolate_wire.h"

#include <gtest/gtest.h>

#include "oracles/ask_for_test.h"

namespace redoubt::oracles {
namespace {

TEST(Wire, TreesArriveExactly) {
  for (const char* pattern :
       {"", "a", "(a|ab)(c|bcd)(d*)", "(?:a)", "(?:(?:))*", "(?:a|b|)(?:(?:c))", "^*$\\A\\z(?m:^)(?m:$)\\b\\B",
        "(?P<name>x){2,3}?", "[^a-c]{4,}", "(((a{3})?)+?)*", "(a|(?:b|c))|(?:)", "a(?:bc)d"}) {
    for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
      Query query = make_query(pattern, Semantics::kLeftmostLongest, encoding);
      query.source = std::string(pattern) + '\0';
      WireWriter out;
      out.put_query(query);
      WireReader in(out.bytes());
      Query back = in.get_query();
      ASSERT_TRUE(in.ok()) << pattern;
      EXPECT_TRUE(syntax::equal(back.regex, query.regex)) << syntax::dump(back.regex);
      EXPECT_EQ(syntax::dump(back.regex), syntax::dump(query.regex));
      EXPECT_EQ(back.source, query.source);
      EXPECT_EQ(back.encoding, query.encoding);
      EXPECT_EQ(back.semantics, query.semantics);
    }
  }
}

TEST(Wire, DeepTreesArrive) {
  syntax::Regex deep = syntax::literal('a');
  for (std::uint32_t k = 1; k <= 999; ++k) deep = syntax::group(deep, k);
  deep = syntax::renumber_groups(deep);
  WireWriter out;
  out.put_regex(deep);
  WireReader in(out.bytes());
  EXPECT_TRUE(syntax::equal(in.get_regex(), deep));
  EXPECT_TRUE(in.ok());
}

TEST(Wire, OutcomesArriveExactly) {
  Outcome outcome;
  set_match(outcome, Claim::kSpan, 3);
  outcome.slots[0] = {1, 5};
  outcome.why = "left over";
  WireWriter out;
  out.put_outcome(outcome);
  set_failure(outcome, OutcomeKind::kLimit, "why\nnot");
  out.put_outcome(outcome);
  WireReader in(out.bytes());
  Outcome back;
  in.get_outcome(back);
  EXPECT_EQ(to_string(back), "(1,5)(?,?)(?,?)");
  EXPECT_EQ(back.claim, Claim::kSpan);
  in.get_outcome(back);
  EXPECT_EQ(to_string(back), "limit: why\nnot");
  EXPECT_TRUE(in.ok());
}

TEST(Wire, BrokenFramesAreNoticed) {
  WireWriter out;
  out.put_query(make_query("(a|b){2,3}[x-z]", Semantics::kLeftmostFirst));
  for (std::size_t size = 0; size < out.bytes().size(); ++size) {
    WireReader in(std::string_view(out.bytes()).substr(0, size));
    in.get_query();
    EXPECT_FALSE(in.ok()) << size;
  }
  WireWriter huge;
  huge.put(~std::size_t{0});
  WireReader in(huge.bytes());
  EXPECT_EQ(in.get_text(), "");
  EXPECT_FALSE(in.ok());
}

}  // namespace
}  // namespace redoubt::oracles
