// Each named variant must depart from the specification of its family somewhere, and may_differ must never say no where
// it does.
#include "reference/variants.h"

#include <map>
#include <set>

#include "generate/regex_gen.h"
#include "reference/ask_for_test.h"
#include "syntax/printer.h"

namespace redoubt::reference {
namespace {

using syntax::Look;
using syntax::Regex;

Reading specification(Semantics semantics) {
  Reading reading;
  reading.semantics = semantics;
  return reading;
}

std::string ask(const Reading& reading, const Regex& regex, const std::string& haystack, Workspace& workspace) {
  ReadingMatcher matcher(reading, reread(reading, regex, "", Encoding::kBytes), workspace);
  Slots slots;
  const MatchStatus status = matcher.match(haystack, slots);
  return answer_for_test(status, slots);
}

/// All regexes and haystacks that the tests sweep: letters and edges in one space, lines in another.
struct Sweep {
  generate::RegexSpace space;
  std::vector<std::string> haystacks;
};

std::vector<Sweep> sweeps(Semantics semantics, std::uint32_t nodes) {
  generate::GrammarSettings letters;
  letters.looks = {Look::kCaret};
  letters.lazy = semantics == Semantics::kLeftmostFirst;
  generate::GrammarSettings lines;
  lines.letters = {'a', '\n'};
  lines.looks = {Look::kDollar, Look::kLineStart};
  lines.repeats = {{0, syntax::kInfinite}};
  lines.dot_all = true;
  std::vector<Sweep> all;
  all.push_back({*generate::RegexSpace::make(letters, nodes), strings_for_test("ab", 3)});
  all.push_back({*generate::RegexSpace::make(lines, std::min(nodes, 3u)), strings_for_test("a\n", 3)});
  return all;
}

struct Workspaces {
  std::map<std::pair<bool, bool>, std::unique_ptr<Workspace>> of_look;
  Workspace& of(const Reading& reading) {
    auto& place = of_look[{reading.look.dollar_before_final_newline, reading.look.line_start_not_at_end}];
    if (!place) place = std::make_unique<Workspace>(Encoding::kBytes, reading.look);
    return *place;
  }
};

/// Cases beyond the sweep: of variants that need larger trees, or classes that a sweep has not.
struct Witness {
  std::string_view variant;
  Semantics family;
  const char* pattern;
  const char* haystack;
  const char* answer;
};
constexpr Witness kWitnesses[] = {
    {"left-associative", Semantics::kLeftmostLongest, "(a?)(?:ab)?b?", "ab", "(0,2)(0,0)"},
    {"keep-groups+left-associative", Semantics::kLeftmostLongest, "(?:(a)|b)*(a?)(?:ab)?b?", "abb", "(0,3)(0,1)(3,3)"},
    {"keep-groups", Semantics::kLeftmostLongest, "(?:(a)|b)*", "ab", "(0,2)(0,1)"},
    {"no-empty-iteration", Semantics::kLeftmostLongest, "(a*)*", "b", "(0,0)(?,?)"},
    {"last-branch", Semantics::kLeftmostLongest, "(a)|(a)", "a", "(0,1)(?,?)(0,1)"},
    {"short-iterations", Semantics::kLeftmostLongest, "(a*)a*", "a", "(0,1)(0,0)"},
    {"leftmost-first", Semantics::kLeftmostLongest, "a|ab", "ab", "(0,1)"},
    {"leftmost-first-groups", Semantics::kLeftmostLongest, "(a|ab)(c|bcd)(d*)", "abcd", "(0,4)(0,1)(1,4)(4,4)"},
    {"leftmost-longest", Semantics::kLeftmostFirst, "a|ab", "ab", "(0,2)"},
    {"loop-policy-pcre2", Semantics::kLeftmostFirst, "(a*)*", "a", "(0,1)(1,1)"},
    {"space-without-vt", Semantics::kLeftmostFirst, "\\s", "\v", "no match"},
    {"space-without-vt", Semantics::kLeftmostFirst, "\\S", "\v", "(0,1)"},
    {"space-without-vt", Semantics::kLeftmostFirst, "(\\s)|.", "\v", "(0,1)(?,?)"},
    {"dollar-before-final-newline", Semantics::kLeftmostFirst, "a$", "a\n", "(0,1)"},
    {"no-line-start-at-end", Semantics::kLeftmostFirst, "(?m)\\n^", "\n", "no match"},
};

TEST(Variants, Witnesses) {
  Workspaces workspaces;
  for (const Witness& w : kWitnesses) {
    const Variant* variant = find_variant(w.variant, w.family);
    ASSERT_NE(variant, nullptr) << w.variant;
    const Regex regex = parsed_for_test(w.pattern);
    EXPECT_TRUE(may_differ(*variant, regex)) << w.variant;
    EXPECT_EQ(ask(variant->reading, regex, w.haystack, workspaces.of(variant->reading)), w.answer)
        << w.variant << ": " << w.pattern;
    const Reading plain = specification(w.family);
    EXPECT_NE(ask(plain, regex, w.haystack, workspaces.of(plain)), w.answer) << w.variant << ": " << w.pattern;
  }
}

/// The first departure in order of size; "" if there is none.
std::string smallest_departure(const Variant& variant, std::uint32_t nodes, Workspaces& workspaces) {
  const Reading plain = specification(variant.family);
  for (const Sweep& sweep : sweeps(variant.family, nodes)) {
    for (std::uint64_t k = 0; k < sweep.space.total(); ++k) {
      const Regex regex = sweep.space.at(sweep.space.place(k));
      if (!may_differ(variant, regex)) continue;
      for (const std::string& haystack : sweep.haystacks) {
        const std::string got = ask(variant.reading, regex, haystack, workspaces.of(variant.reading));
        const std::string want = ask(plain, regex, haystack, workspaces.of(plain));
        if (got == want) continue;
        return syntax::to_text(regex) + " on \"" + syntax::escape_bytes(haystack) + "\": " + got + ", specified " +
               want;
      }
    }
  }
  return "";
}

TEST(Variants, EachDepartsOnASmallCase) {
  std::set<std::string_view> with_witness;
  for (const Witness& w : kWitnesses) with_witness.insert(w.variant);
  Workspaces workspaces;
  for (const Variant& variant : variants()) {
    const std::string departure = smallest_departure(variant, 4, workspaces);
    EXPECT_TRUE(!departure.empty() || with_witness.contains(variant.name)) << variant.name;
    if (departure.empty()) continue;
    RecordProperty(std::string(variant.name), departure);
    std::cout << to_string(variant.family) << " " << variant.name << ": " << departure << "\n";
  }
}

TEST(Variants, MayDifferNeverMissesADeparture) {
  for (Semantics family : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
    const Reading plain = specification(family);
    std::map<std::string_view, std::uint64_t> ruled_out;
    for (const Sweep& sweep : sweeps(family, 3)) {
      Workspaces workspaces;
      for (std::uint64_t k = 0; k < sweep.space.total(); ++k) {
        const Regex regex = sweep.space.at(sweep.space.place(k));
        for (const Variant& variant : variants()) {
          if (variant.family != family || may_differ(variant, regex)) continue;
          ++ruled_out[variant.name];
          for (const std::string& haystack : sweep.haystacks) {
            ASSERT_EQ(ask(variant.reading, regex, haystack, workspaces.of(variant.reading)),
                      ask(plain, regex, haystack, workspaces.of(plain)))
                << variant.name << ": " << syntax::to_text(regex) << " on " << syntax::escape_bytes(haystack);
          }
        }
      }
    }
    // It does rule something out where it can.
    if (family == Semantics::kLeftmostFirst) {
      EXPECT_GT(ruled_out["loop-policy-pcre2"], 0u);
      EXPECT_GT(ruled_out["dollar-before-final-newline"], 0u);
    }
  }
}

TEST(Variants, TheTableIsSound) {
  std::set<std::pair<Semantics, std::string_view>> seen;
  for (const Variant& variant : variants()) {
    EXPECT_TRUE(seen.insert({variant.family, variant.name}).second) << variant.name;
    EXPECT_FALSE(variant.sentence.empty()) << variant.name;
    EXPECT_EQ(find_variant(variant.name, variant.family), &variant);
  }
  EXPECT_EQ(find_variant("no-such-variant", Semantics::kLeftmostFirst), nullptr);
  EXPECT_EQ(find_variant("keep-groups", Semantics::kLeftmostFirst), nullptr);
}

TEST(Variants, ReadingAgainIsOfTheTextAsWritten) {
  const Reading& reading = find_variant("space-without-vt", Semantics::kLeftmostFirst)->reading;
  const auto text = [&](std::string_view pattern, std::string_view source) {
    return syntax::dump(reread(reading, parsed_for_test(pattern), source, Encoding::kBytes));
  };
  const std::string without = syntax::dump(parsed_for_test("[\\t\\n\\f\\r ]"));
  EXPECT_EQ(text("\\s", "\\s"), without);
  EXPECT_EQ(text("\\s", ""), without);
  // The same set written out is no shorthand.
  const std::string whole = syntax::dump(parsed_for_test("\\s"));
  EXPECT_EQ(text("\\s", "[\\t-\\r ]"), whole);
  const Regex plain = parsed_for_test("\\s");
  EXPECT_EQ(reread(specification(Semantics::kLeftmostFirst), plain, "", Encoding::kBytes), plain);
}

TEST(Variants, FirstGroupsInsideTheLongestSpan) {
  Workspaces workspaces;
  const Variant& variant = *find_variant("leftmost-first-groups", Semantics::kLeftmostLongest);
  Workspace& workspace = workspaces.of(variant.reading);
  EXPECT_EQ(ask(variant.reading, parsed_for_test("(a|ab)(b?)"), "ab", workspace), "(0,2)(0,1)(1,2)");
  EXPECT_EQ(ask(variant.reading, parsed_for_test("(a*)*"), "aa", workspace), "(0,2)(0,2)");
  EXPECT_EQ(ask(variant.reading, parsed_for_test("a"), "b", workspace), "no match");
}

}  // namespace
}  // namespace redoubt::reference
