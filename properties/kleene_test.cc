// Kleene algebra: every equation as languages; as captures where the table says so; and where it says not, its smallest
// counterexample, by trying everything smaller.
#include "properties/kleene.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "derivatives/equivalence.h"
#include "harness/shrink.h"
#include "properties/workbench.h"
#include "reference/definition.h"
#include "syntax/printer.h"

namespace redoubt::properties {
namespace {

using derivatives::Decision;
using derivatives::Relation;
using syntax::Regex;

constexpr Semantics kPosix = Semantics::kLeftmostLongest;
const auto kCount = static_cast<std::uint32_t>(equations().size());

Variables variables_of(const Question& q) { return numbered({part(q, 0), part(q, 1), part(q, 2)}); }

const bool kLanguages =
    law("kleene-languages", "Each equation of Kleene algebra holds of languages, assertions included.",
        {.parts = 3, .max_nodes = 12, .wide = false, .knobs = kCount, .cost = 3}, [](const Question& q, Workbench&) {
          const Equation& equation = equations()[Decisions(q).take(kCount)];
          const Variables v = variables_of(q);
          const auto comparison = derivatives::compare_languages(
              side(equation.left, v).regex, side(equation.right, v).regex, q.encoding, Relation::kEqual, 2000, 50'000);
          if (comparison.decision == Decision::kLimit) return does_not_apply();
          if (comparison.decision == Decision::kHolds) return holds();
          return fails(std::string(equation.name), std::string(equation.left_text) + " = " +
                                                       std::string(equation.right_text) + " fails on \"" +
                                                       syntax::escape_bytes(comparison.witness) + "\"");
        });

const bool kInduction =
    law("kleene-induction", "Where s and rx are contained in x, so is r*s: for x = r*(s|t), for one.",
        {.parts = 3, .max_nodes = 9, .wide = false, .cost = 4}, [](const Question& q, Workbench&) {
          const Variables v = variables_of(q);
          const Regex star = syntax::repeat(v.r, 0, syntax::kInfinite);
          const Regex x = syntax::concat({star, syntax::alternate({v.s, v.t})});
          const auto contained = [&](const Regex& a, const Regex& b) {
            return derivatives::compare_languages(syntax::renumber_groups(a), syntax::renumber_groups(b), q.encoding,
                                                  Relation::kContained, 2000, 50'000)
                .decision;
          };
          const Decision premise = contained(syntax::alternate({v.s, syntax::concat({v.r, x})}), x);
          const Decision conclusion = contained(syntax::concat({star, v.s}), x);
          if (premise == Decision::kLimit || conclusion == Decision::kLimit) return does_not_apply();
          if (premise == Decision::kHolds && conclusion == Decision::kHolds) return holds();
          return fails(premise == Decision::kHolds ? "conclusion" : "premise", shown(q.regex, q));
        });

const bool kCaptures = law(
    "kleene-captures", "The equations that the table says hold of leftmost-longest captures do.",
    {.semantics = {kPosix}, .parts = 3, .max_nodes = 15, .max_bytes = 8, .wide = false, .knobs = kCount, .cost = 0.5},
    [](const Question& q, Workbench& bench) {
      const Equation& equation = equations()[Decisions(q).take(kCount)];
      if (!equation.captures) return does_not_apply();
      const auto found = apart(equation, variables_of(q), q.haystack, bench.workspace(q.encoding));
      if (!found) return holds();
      return fails(std::string(equation.name), std::string(equation.left_text) + " gives " + found->left + ", " +
                                                   std::string(equation.right_text) + " " + found->right);
    });

std::string answer_by_definition(const Side& side, const std::string& haystack, std::uint32_t groups) {
  Slots slots;
  const auto status = reference::match_by_definition(side.regex, haystack, Encoding::kBytes, slots);
  return status == reference::MatchStatus::kMatch ? to_string(spans_of(side, slots, groups)) : "?";
}

void expect_by_definition(const Equation& equation, const Counterexample& found) {
  const Variables& v = found.v;
  const std::uint32_t groups = std::max({v.r->max_group(), v.s->max_group(), v.t->max_group()});
  EXPECT_EQ(answer_by_definition(side(equation.left, v), found.haystack, groups), found.left) << equation.name;
  EXPECT_EQ(answer_by_definition(side(equation.right, v), found.haystack, groups), found.right) << equation.name;
  EXPECT_NE(found.left, found.right);
}

/// REDOUBT_PROPERTY_EXHAUSTIVE=N: up to N nodes.
std::uint32_t nodes_to_try(const Equation& equation) {
  const char* more = std::getenv("REDOUBT_PROPERTY_EXHAUSTIVE");
  return more != nullptr ? static_cast<std::uint32_t>(std::atoi(more)) : kTriedNodes[equation.variables];
}

/// An equation that holds of captures has none up to the tried sizes; one that does not has one, of which the
/// definition says the same. A recorded one has more nodes than are tried.
TEST(KleeneTest, SmallestCounterexamplesOfCaptures) {
  reference::Workspace workspace(Encoding::kBytes);
  for (const Equation& equation : equations()) {
    const auto recorded = recorded_counterexample(equation, workspace);
    EXPECT_EQ(recorded.has_value(), equation.recorded[0] != nullptr) << equation.name;
    const std::uint32_t nodes = nodes_to_try(equation);
    if (recorded) {
      EXPECT_GT(recorded->nodes, nodes);
      expect_by_definition(equation, *recorded);
    }
    const auto found = smallest_counterexample(equation, nodes, kTriedBytes, workspace);
    EXPECT_EQ(found.has_value(), !equation.captures && !recorded)
        << equation.name
        << (found ? ": " + syntax::to_text(found->v.r) + " , " + syntax::to_text(found->v.s) + " , " +
                        syntax::to_text(found->v.t) + " on " + found->haystack
                  : "");
    if (found) expect_by_definition(equation, *found);
  }
}

/// No single reduction of a recorded counterexample, of one variable or the haystack, is one.
TEST(KleeneTest, RecordedCounterexamplesAreLocalMinima) {
  reference::Workspace workspace(Encoding::kBytes);
  for (const Equation& equation : equations()) {
    const auto recorded = recorded_counterexample(equation, workspace);
    if (!recorded) continue;
    for (const std::string& h : harness::reductions(recorded->haystack, Encoding::kBytes)) {
      if (h.size() < recorded->haystack.size()) {
        EXPECT_FALSE(apart(equation, recorded->v, h, workspace)) << h;
      }
    }
    for (Regex Variables::*variable : {&Variables::r, &Variables::s, &Variables::t}) {
      for (const Regex& smaller : harness::reductions(recorded->v.*variable, Encoding::kBytes)) {
        if (smaller->size() >= (recorded->v.*variable)->size()) continue;
        Variables v = recorded->v;
        v.*variable = smaller;
        EXPECT_FALSE(apart(equation, v, recorded->haystack, workspace)) << syntax::to_text(smaller);
      }
    }
  }
}

}  // namespace
}  // namespace redoubt::properties
