// The proved program under loop policy pcre2, which no engine of the panel asks for, against the reference under it.
#include <gtest/gtest.h>

#include "generate/haystack_gen.h"
#include "generate/regex_gen.h"
#include "harness/panel.h"
#include "oracles/proof_ast.h"
#include "oracles/proof_session.h"

namespace redoubt::harness {
namespace {

TEST(ProofPolicy, Pcre2) {
  std::string why;
  oracles::ProofProgram program;
  program.path = oracles::proof_program("proof-native", why);
  if (program.path.empty()) GTEST_SKIP() << why;
  oracles::ProofSession session(program);
  const std::unique_ptr<oracles::Oracle> reference = oracles::find_engine("reference-pcre2")->make();

  generate::GrammarSettings grammar;
  grammar.looks = {syntax::Look::kCaret, syntax::Look::kDollar};
  grammar.lazy = true;
  const auto space = generate::RegexSpace::make(grammar, 5);
  const auto strings = generate::StringSpace::make({"a", "b"}, 3);
  const std::span<const std::string_view> haystacks = strings->all();
  std::vector<oracles::Outcome> proved(haystacks.size()), expected(haystacks.size());
  generate::RandomChoices choices(11);
  const std::uint64_t small = space->count(1) + space->count(2) + space->count(3);
  for (std::uint64_t k = 0; k < small + 2000; ++k) {
    oracles::Query query;
    query.regex = k < small ? space->at(space->place(k)) : space->draw(choices, 4 + static_cast<std::uint32_t>(k % 2));
    query.semantics = Semantics::kLeftmostFirst;
    const std::string tree = oracles::proof_text(query.regex);
    session.ask("perl-pcre2 bytes", tree, 1 + query.regex->max_group(), haystacks, proved);
    oracles::Prepared prepared = reference->prepare(query);
    std::get<std::unique_ptr<oracles::Matcher>>(prepared)->run(haystacks, expected);
    for (std::size_t n = 0; n < haystacks.size(); ++n) {
      ASSERT_EQ(oracles::to_string(proved[n]), oracles::to_string(expected[n])) << tree << " on " << haystacks[n];
    }
  }
}

}  // namespace
}  // namespace redoubt::harness
