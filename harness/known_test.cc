#include "harness/known.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "harness/panel.h"

namespace redoubt::harness {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A good entry, line by line, so that a test can change one.
std::string entry(const std::string& key = "", const std::string& line = "") {
  const std::pair<std::string, std::string> lines[] = {
      {"id", "id = 'x'"},
      {"engines", "engines = ['pcre2', 're2']"},
      {"versions", "versions = '10.'"},
      {"semantics", "semantics = 'perl'"},
      {"variant", "variant = 'loop-policy-pcre2'"},
      {"kind", "kind = 'captures'"},
      {"summary", "summary = 'does so'"},
      {"status", "status = 'intended'"},
      {"source", "source = 'the manual'"},
      {"witness", "witness = { pattern = '(a*)*', haystack = 'a', multiline = true }"},
  };
  std::string text = "[[known]]\n";
  for (const auto& [name, good] : lines) text += (name == key ? line : good) + "\n";
  return text;
}

std::string error_of(const std::string& toml) {
  const auto catalogue = parse_catalogue(toml, "known.toml");
  return catalogue ? "no error" : catalogue.error().message;
}

TEST(Known, ReadsWhatItSays) {
  const auto catalogue = parse_catalogue(entry(), "known.toml");
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  ASSERT_EQ(catalogue->entries().size(), 1u);
  const Known& known = catalogue->entries()[0];
  EXPECT_EQ(known.id, "x");
  EXPECT_EQ(known.engines, (std::vector<std::string>{"pcre2", "re2"}));
  EXPECT_EQ(known.versions, "10.");
  EXPECT_EQ(known.semantics, Semantics::kLeftmostFirst);
  EXPECT_EQ(known.variant, "loop-policy-pcre2");
  EXPECT_EQ(known.predicate, "");
  EXPECT_EQ(known.kind, DivergenceKind::kCaptures);
  EXPECT_EQ(known.summary, "does so");
  EXPECT_EQ(known.status, "intended");
  EXPECT_EQ(known.source, "the manual");
  EXPECT_EQ(known.witness.pattern, "(a*)*");
  EXPECT_EQ(known.witness.haystack, "a");
  EXPECT_TRUE(known.witness.multiline);
  EXPECT_FALSE(known.witness.icase);
  EXPECT_TRUE(parse_catalogue("", "known.toml"));
}

TEST(Known, EachErrorIsOneSentenceThatNamesThePlace) {
  struct Wrong {
    const char* key;
    const char* line;
    const char* says;
  };
  const Wrong kWrong[] = {
      {"id", "", "lacks `id`"},
      {"id", "id = 7", "needs a string for `id`"},
      {"engines", "", "lacks `engines`"},
      {"engines", "engines = []", "lacks `engines`"},
      {"engines", "engines = 'pcre2'", "lacks `engines`"},
      {"engines", "engines = [7]", "needs strings in `engines`"},
      {"versions", "versions = 10.42", "needs a string for `versions`"},
      {"semantics", "", "lacks `semantics`"},
      {"semantics", "semantics = 'ecma'", "must be \"posix\" or \"perl\""},
      {"variant", "", "needs either `variant` or `predicate`"},
      {"variant", "variant = 'keep-groups'", "names variant \"keep-groups\""},  // of the other family
      {"variant", "predicate = 'no-such'", "names predicate \"no-such\", which does not exist"},
      {"kind", "predicate = 'quantified-assertion'", "needs either `variant` or `predicate`"},
      {"kind", "kind = 'spam'", "has kind \"spam\""},
      {"summary", "", "lacks `summary`"},
      {"status", "status = 'fine'", "has status \"fine\""},
      {"source", "", "lacks `source`"},
      {"source", "source = 'x'\ncolour = 'red'", "unknown key `colour`"},
      {"witness", "", "lacks `witness`"},
      {"witness", "witness = 'a'", "lacks `witness`"},
      {"witness", "witness = { pattern = 'a' }", "lacks `haystack`"},
      {"witness", "witness = { pattern = 'a', haystack = 'a', size = 1 }", "unknown key `size`"},
      {"witness", "witness = { pattern = '(a', haystack = 'a' }", "pattern is malformed"},
      {"witness", "witness = { pattern = 'a', haystack = 'a', utf8 = 1 }", "needs true or false for `utf8`"},
  };
  for (const Wrong& wrong : kWrong) {
    const std::string error = error_of(entry(wrong.key, wrong.line));
    EXPECT_THAT(error, AllOf(StartsWith("known.toml:"), HasSubstr(wrong.says), EndsWith("."))) << wrong.line;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    EXPECT_EQ(error.find(".."), std::string::npos) << error;
  }
}

TEST(Known, ErrorsOfTheWholeFile) {
  EXPECT_THAT(error_of("[[known]]\nid = "), AllOf(StartsWith("known.toml:2"), HasSubstr("not well-formed TOML")));
  EXPECT_THAT(error_of("format = 1\n"), AllOf(StartsWith("known.toml"), HasSubstr("`format` is not part")));
  EXPECT_THAT(error_of("known = 'x'\n"), HasSubstr("`known` is not part"));
  EXPECT_THAT(error_of("known = ['x']\n"), HasSubstr("array of tables"));
  EXPECT_THAT(error_of(entry() + entry()), HasSubstr("two [[known]] entries are named \"x\""));
  EXPECT_THAT(error_of(entry("source", "")), HasSubstr("the [[known]] entry \"x\""));
}

TEST(Catalogue, FindsByEngineVersionAndSemantics) {
  const auto catalogue = parse_catalogue(entry(), "known.toml");
  ASSERT_TRUE(catalogue);
  const auto finds = [&](std::string_view engine, std::string_view version, Semantics semantics) {
    return catalogue->find_variant(engine, version, semantics) != nullptr;
  };
  EXPECT_TRUE(finds("pcre2", "10.42 2022-12-11", Semantics::kLeftmostFirst));
  EXPECT_TRUE(finds("re2", "10.", Semantics::kLeftmostFirst));
  EXPECT_FALSE(finds("pcre2", "11.0", Semantics::kLeftmostFirst));
  EXPECT_FALSE(finds("pcre2", "1", Semantics::kLeftmostFirst));
  EXPECT_FALSE(finds("pcre2", "10.42", Semantics::kLeftmostLongest));
  EXPECT_FALSE(finds("pcre2-jit", "10.42", Semantics::kLeftmostFirst));
  // An engine's name stands for its modes, too.
  EXPECT_TRUE(finds("pcre2/no-start-optimize", "10.42", Semantics::kLeftmostFirst));
}

TEST(Catalogue, FindsByPredicateAndKind) {
  std::string text = entry("variant", "predicate = 'quantified-assertion'");
  text.replace(text.find("captures"), 8, "acceptance");
  const auto catalogue = parse_catalogue(text, "known.toml");
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  const auto finds = [&](std::string_view pattern, DivergenceKind kind) {
    oracles::Query query;
    query.regex = *syntax::parse(pattern, {});
    query.semantics = Semantics::kLeftmostFirst;
    return catalogue->find_predicate("pcre2", "10.42", query, "", kind) != nullptr;
  };
  EXPECT_TRUE(finds("a|^*", DivergenceKind::kAcceptance));
  EXPECT_FALSE(finds("a|^*", DivergenceKind::kSpan));
  EXPECT_FALSE(finds("(?:^)*", DivergenceKind::kAcceptance));
  EXPECT_EQ(catalogue->find_variant("pcre2", "10.42", Semantics::kLeftmostFirst), nullptr);
}

TEST(Predicates, HoldWhereTheySay) {
  const auto says = [](std::string_view predicate, std::string_view pattern) {
    return holds(predicate, *syntax::parse(pattern, {}), "", "");
  };
  EXPECT_EQ(says("quantified-assertion", "^*"), true);
  EXPECT_EQ(says("quantified-assertion", "(?:^)*"), false);
  EXPECT_EQ(says("zero-repeat-over-start-assertion", "(?:a|^b){0}c"), true);
  EXPECT_EQ(says("zero-repeat-over-start-assertion", "(?:a|^b){0,1}c"), false);
  EXPECT_EQ(says("zero-repeat-over-start-assertion", "(?:a|b$){0}c"), false);
  EXPECT_EQ(says("no-such", "a"), std::nullopt);
  for (const std::string& line : predicate_names()) {
    const std::size_t colon = line.find(": ");
    ASSERT_NE(colon, std::string::npos) << line;
    EXPECT_TRUE(holds(line.substr(0, colon), syntax::empty(), "", "").has_value()) << line;
  }
}

TEST(ShippedCatalogue, IsWhatTheProgramCarries) {
  std::ifstream in("cases/known.toml");
  ASSERT_TRUE(in) << "tests run in the repository's root";
  std::stringstream text;
  text << in.rdbuf();
  const auto catalogue = parse_catalogue(text.str(), "cases/known.toml");
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  ASSERT_FALSE(catalogue->entries().empty());
  ASSERT_EQ(catalogue->entries().size(), built_in_catalogue().entries().size());
  for (std::size_t k = 0; k < catalogue->entries().size(); ++k) {
    EXPECT_EQ(catalogue->entries()[k].id, built_in_catalogue().entries()[k].id);
  }
}

TEST(ShippedCatalogue, NamesEnginesThatThereAreAndNoneOfTheProjectsOwn) {
  for (const Known& known : built_in_catalogue().entries()) {
    for (const std::string& name : known.engines) {
      const std::string engine = name.substr(0, name.find('/'));
      const oracles::EngineEntry* found = oracles::find_engine(engine);
      ASSERT_NE(found, nullptr) << known.id << " names " << name;
      EXPECT_NE(found->info.claims[static_cast<int>(known.semantics)], oracles::Claim::kNothing) << known.id;
      // The other loop policy is a setting of ours, which the catalogue holds it to; all else would be an excuse.
      const bool setting = engine.starts_with("pikevm-pcre2") && known.variant == "loop-policy-pcre2";
      for (const oracles::EngineEntry& own : oracles::internal_engines()) {
        EXPECT_TRUE(setting || own.info.name != engine) << known.id;
      }
      if (name == engine) continue;
      const auto& modes = found->info.modes;
      EXPECT_NE(std::find(modes.begin(), modes.end(), name.substr(engine.size() + 1)), modes.end())
          << known.id << " names " << name;
    }
  }
}

/// Does some engine mode (-1: none) show the divergence on the witness?
bool still_diverges(const Known& known, const std::string& name, Panel& panel, const oracles::Query& query) {
  Seat& seat = panel.seats()[0];
  const auto& modes = seat.oracle->info().modes;
  for (int mode = -1; mode < static_cast<int>(modes.size()); ++mode) {
    const std::string said = seat.oracle->info().name + (mode < 0 ? "" : "/" + modes[static_cast<std::size_t>(mode)]);
    if (name.find('/') != std::string::npos && name != said) continue;
    oracles::Outcome plain;
    const std::string& haystack = known.witness.haystack;
    const oracles::Outcome judged = ask_once(panel.judge(), query, haystack);
    const oracles::Outcome outcome = panel.ask(seat, query, haystack, mode, plain);
    const Verdict verdict = mode < 0 ? compare(judged, outcome) : compare_self(plain, outcome);
    if (verdict.kind != VerdictKind::kDivergence) continue;
    if (known.kind && *known.kind != verdict.divergence) continue;
    if (!known.variant.empty()) {
      oracles::Outcome base;
      return compare(panel.expected(seat, query, haystack, base), outcome).kind == VerdictKind::kAgree;
    }
    return holds(known.predicate, query.regex, haystack, query.source).value_or(false);
  }
  return false;
}

TEST(ShippedCatalogue, EveryWitnessStillDivergesAsItsEntrySays) {
  std::size_t shown = 0;
  for (const Known& known : built_in_catalogue().entries()) {
    for (const std::string& name : known.engines) {
      PanelSettings settings;
      settings.semantics = known.semantics;
      settings.engines = {name.substr(0, name.find('/'))};
      const auto panel = Panel::make(settings, built_in_catalogue());
      if (!panel) continue;  // not in this build
      if (!(*panel)->seats()[0].oracle->info().version.starts_with(known.versions)) continue;
      const auto query = query_of(known.witness);
      ASSERT_TRUE(query) << known.id;
      EXPECT_TRUE(still_diverges(known, name, **panel, *query)) << known.id << " on " << name;
      ++shown;
    }
  }
  EXPECT_GT(shown, 0u);
}

}  // namespace
}  // namespace redoubt::harness
