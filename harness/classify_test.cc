#include "harness/classify.h"

#include <gtest/gtest.h>

#include "harness/panel.h"

namespace redoubt::harness {
namespace {

using oracles::Claim;
using oracles::Outcome;
using oracles::OutcomeKind;

oracles::Query query(std::string_view pattern, Semantics semantics) {
  auto parsed = syntax::parse(pattern, {});
  EXPECT_TRUE(parsed) << pattern;
  oracles::Query q;
  q.regex = parsed ? *parsed : syntax::empty();
  q.semantics = semantics;
  return q;
}

Outcome answer(std::string_view text, Claim claim = Claim::kCaptures) {
  const auto parsed = parse_answer(text);
  EXPECT_TRUE(parsed) << text;
  Outcome outcome;
  if (*parsed) {
    oracles::set_match(outcome, claim, (*parsed)->size());
    outcome.slots = **parsed;
  } else {
    oracles::set_no_match(outcome, claim);
  }
  return outcome;
}

struct Expected {
  Semantics semantics;
  const char* pattern;
  const char* haystack;
  const char* said;
  const char* cause;
};

constexpr Semantics kPosix = Semantics::kLeftmostLongest;
constexpr Semantics kPerl = Semantics::kLeftmostFirst;

TEST(Classify, NamesTheSimplestVariantThatGivesTheWholeAnswer) {
  constexpr Expected kCases[] = {
      {kPosix, "(?:(a)|b)*", "ab", "(0,2)(0,1)", "variant:keep-groups"},
      {kPosix, "(a*)*", "b", "(0,0)(?,?)", "variant:no-empty-iteration"},
      {kPosix, "(a?)(?:ab)?(b?)", "ab", "(0,2)(0,0)(2,2)", "variant:left-associative"},
      {kPosix, "(a)|(a)", "a", "(0,1)(?,?)(0,1)", "variant:last-branch"},
      {kPosix, "(a*)a*", "aaa", "(0,3)(0,0)", "variant:short-iterations"},
      {kPosix, "(a|ab)(c|bcd)(d*)", "abcd", "(0,4)(0,1)(1,4)(4,4)", "variant:left-associative"},
      {kPosix, "(?:a|(ab)|(?:(a)b))(b?)", "ab", "(0,2)(?,?)(?,?)(1,2)", "variant:short-iterations"},
      {kPosix, "a|ab", "ab", "(0,1)", "variant:leftmost-first"},
      {kPosix, "(a|ab)(c|bcd)?", "abcd", "(0,1)(0,1)(?,?)", "unknown"},
      {kPerl, "(a*)*", "a", "(0,1)(1,1)", "variant:loop-policy-pcre2"},
      {kPerl, "a$", "a\n", "(0,1)", "variant:dollar-before-final-newline"},
      {kPerl, "(?m)\\n^", "\n", "no match", "variant:no-line-start-at-end"},
      {kPerl, "\\s", "\v", "no match", "variant:space-without-vt"},
      {kPerl, "(a|ab)(c|bcd)(d*)", "abcd", "(0,4)(0,2)(2,3)(3,4)", "variant:leftmost-longest"},
      {kPerl, "(a)", "a", "(0,1)(1,1)", "unknown"},
      {kPerl, "a", "a", "no match", "unknown"},
  };
  const Catalogue none;
  Classifier classifier(none);
  for (const Expected& c : kCases) {
    const Outcome said = answer(c.said);
    const Cause cause =
        classifier.classify("x", "1", query(c.pattern, c.semantics), c.haystack, DivergenceKind::kCaptures, said);
    EXPECT_EQ(cause.key(), c.cause) << c.pattern << " on " << c.haystack;
    EXPECT_FALSE(cause.accounted);
    EXPECT_EQ(cause.sentence.empty(), cause.kind == Cause::Kind::kUnknown);
  }
}

TEST(Classify, ReproducesOnlyWhatIsClaimed) {
  const Catalogue none;
  Classifier classifier(none);
  const oracles::Query q = query("(a|ab)(c|bcd)?", kPosix);
  const auto cause = [&](Claim claim, DivergenceKind kind) {
    return classifier.classify("x", "1", q, "ab", kind, answer("(0,1)(1,1)(?,?)", claim)).key();
  };
  EXPECT_EQ(cause(Claim::kSpan, DivergenceKind::kSpan), "variant:leftmost-first");
  EXPECT_EQ(cause(Claim::kCaptures, DivergenceKind::kCaptures), "unknown");
}

TEST(Classify, ASelfInconsistencyACrashOrARefusalHasNoVariant) {
  const Catalogue none;
  Classifier classifier(none);
  for (DivergenceKind kind : {DivergenceKind::kSelf, DivergenceKind::kCrash, DivergenceKind::kAcceptance}) {
    EXPECT_EQ(classifier.classify("x", "1", query("a|ab", kPosix), "ab", kind, answer("(0,1)")).key(), "unknown");
  }
}

constexpr char kCatalogue[] = R"(
[[known]]
id = 'policy'
engines = ['x']
versions = '1.'
semantics = 'perl'
variant = 'loop-policy-pcre2'
summary = 'leaves the loop'
status = 'intended'
source = 's'
witness = { pattern = '(a*)*', haystack = 'a' }

[[known]]
id = 'refuses'
engines = ['x', 'y/mode']
semantics = 'perl'
predicate = 'quantified-assertion'
summary = 'refuses'
status = 'limitation'
source = 's'
witness = { pattern = '^*', haystack = '' }
)";

TEST(Classify, TheCatalogueAccountsForItsEnginesOnly) {
  const auto catalogue = parse_catalogue(kCatalogue, "test");
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  Classifier classifier(*catalogue);
  const oracles::Query loop = query("(a*)*", kPerl);
  const Outcome said = answer("(0,1)(1,1)");
  const auto loop_cause = [&](std::string_view engine, std::string_view version) {
    return classifier.classify(engine, version, loop, "a", DivergenceKind::kCaptures, said);
  };
  EXPECT_TRUE(loop_cause("x", "1.2").accounted);
  EXPECT_FALSE(loop_cause("x", "2.0").accounted);
  EXPECT_FALSE(loop_cause("y", "1.2").accounted);
  EXPECT_EQ(loop_cause("y", "1.2").key(), "variant:loop-policy-pcre2");
  // Another variant than the engine's own explains and does not excuse.
  const Cause other =
      classifier.classify("x", "1.2", query("a$", kPerl), "a\n", DivergenceKind::kSpan, answer("(0,1)"));
  EXPECT_EQ(other.key(), "variant:dollar-before-final-newline");
  EXPECT_FALSE(other.accounted);

  const oracles::Query assertion = query("^*", kPerl);
  Outcome refused;
  oracles::set_failure(refused, OutcomeKind::kRejected, "no");
  const auto refusal = [&](std::string_view engine, const oracles::Query& q) {
    return classifier.classify(engine, "1.2", q, "", DivergenceKind::kAcceptance, refused);
  };
  EXPECT_EQ(refusal("x", assertion).key(), "known:refuses");
  EXPECT_TRUE(refusal("x", assertion).accounted);
  EXPECT_EQ(refusal("x", query("a*", kPerl)).key(), "unknown");
  EXPECT_EQ(refusal("y", assertion).key(), "unknown");
  EXPECT_EQ(refusal("y/mode", assertion).key(), "known:refuses");
}

TEST(ReadingWorkspaces, AreKeptByReadingAndEncoding) {
  ReadingWorkspaces workspaces;
  reference::Reading plain, dollar;
  dollar.look.dollar_before_final_newline = true;
  EXPECT_EQ(&workspaces.of(plain, Encoding::kBytes), &workspaces.of(plain, Encoding::kBytes));
  EXPECT_NE(&workspaces.of(plain, Encoding::kBytes), &workspaces.of(plain, Encoding::kUtf8));
  EXPECT_NE(&workspaces.of(plain, Encoding::kBytes), &workspaces.of(dollar, Encoding::kBytes));
}

}  // namespace
}  // namespace redoubt::harness
