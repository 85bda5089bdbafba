#include "properties/document.h"

#include "properties/acceptance.h"
#include "properties/kleene.h"
#include "properties/law.h"
#include "syntax/printer.h"

namespace redoubt::properties {

namespace {

/// Text for a table's cell, as code.
std::string code(std::string_view text) {
  std::string out = "`";
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out + "`";
}

std::string yes_or(const std::vector<Semantics>& semantics) {
  if (semantics.size() == 2) return "both";
  return std::string(to_string(semantics.front()));
}

void add_laws(std::string& out) {
  out += "| law | semantics | statement |\n|---|---|---|\n";
  for (const Law& law : laws()) {
    const std::string semantics = law.draw.shape == Shape::kText ? "–" : yes_or(law.draw.semantics);
    out += "| " + std::string(law.name) + " | " + semantics + " | ";
    for (const char c : law.statement) {
      if (c == '|') out += '\\';
      out += c;
    }
    out += " |\n";
  }
}

std::string variable(const char* name, const syntax::Regex& r) {
  const std::string text = syntax::to_text(r);
  return std::string(name) + " = " + (text.empty() ? "nothing" : code(text));
}

void add_equations(std::string& out) {
  reference::Workspace workspace(Encoding::kBytes);
  out += "| equation | | captures | smallest counterexample | left | right |\n|---|---|---|---|---|---|\n";
  for (const Equation& equation : equations()) {
    out += "| " + std::string(equation.name) + " | " +
           code(std::string(equation.left_text) + " = " + std::string(equation.right_text)) + " | " +
           (equation.captures ? "hold" : "differ") + " | ";
    auto found = recorded_counterexample(equation, workspace);
    if (!found && !equation.captures) {
      found = smallest_counterexample(equation, kTriedNodes[equation.variables], kTriedBytes, workspace);
    }
    if (found) {
      out += variable("r", found->v.r);
      if (equation.variables > 1) out += ", " + variable("s", found->v.s);
      if (equation.variables > 2) out += ", " + variable("t", found->v.t);
      out += " on " + (found->haystack.empty() ? "the empty haystack" : code(found->haystack)) + " | " +
             code(found->left) + " | " + code(found->right);
    } else {
      out += "| |";
    }
    out += " |\n";
  }
}

void add_differences(std::string& out) {
  out += "| difference | engines | who takes it | a text | |\n|---|---|---|---|---|\n";
  for (const AcceptanceDifference& d : acceptance_differences()) {
    out += "| " + std::string(d.name) + " | " + std::string(d.engines) + " | " +
           (d.accepted_here ? "Redoubt alone" : "they alone") + " | " + code(d.witness) + " | ";
    for (const char c : d.sentence) {
      if (c == '|') out += '\\';
      out += c;
    }
    out += " |\n";
  }
}

}  // namespace

std::string document() {
  std::string out =
      "# Properties\n\n"
      "Made by `properties_test --document` and checked by a test: do not edit. How to run the laws is in\n"
      "[properties/README.md](../properties/README.md).\n\n"
      "## Laws\n\n"
      "Each is asked of random patterns and haystacks; *posix* is leftmost-longest, *perl* leftmost-first. Side\n"
      "conditions are part of the statement.\n\n";
  add_laws(out);
  out +=
      "\n### Why the side conditions\n\n"
      "- metamorphic-pad: `a*` on `a` answers (0,1), but on `#a` (0,0): a pattern that can be empty matches in the\n"
      "  padding. `^a` on `a` matches and on `#a` does not: assertions see the padding.\n"
      "- metamorphic-rename: `\\b` tells word units from others and `(?m)^` knows `\\n`, so letters are swapped within "
      "a\n"
      "  kind only.\n"
      "- metamorphic-twice: `(?:(a)|b){2}` on `ab` leaves group 1 unset leftmost-longest, (0,1) leftmost-first;\n"
      "  `(?:(a)|b)(?:(a)|b)` has it in its first copy's group in both.\n"
      "- metamorphic-lazy: `a??` on `a` answers (0,0), `a?` (0,1): leftmost-first the end moves, the start does not.\n"
      "- search-part: `^a` on `ba` matches the copy of the part [1,2), and not the part itself.\n"
      "- search-tiles: an empty match at the end of the match before is not reported: `a*` on `ab` has (0,1) and "
      "(2,2).\n"
      "\n## Kleene algebra\n\n"
      "All of these equations hold of languages (`equiv` decides it). Of leftmost-longest captures those marked\n"
      "*differ* do not hold, and the counterexample is a smallest one: no r, s and t with fewer nodes together have "
      "one\n"
      "on a haystack of up to four bytes over `a` and `b`, and none of as many nodes has one on a shorter haystack.\n"
      "Answers are the whole match, then the groups of r, s and t; where a side has a group in several copies, the "
      "value\n"
      "is that of the last copy, as written, that is set. `∅` matches nothing. Those marked *hold* were tried for all\n"
      "variables of up to four nodes together (five where there are three variables), and are a law for random "
      "ones.\n\n";
  add_equations(out);
  out +=
      "\nThe counterexample of concat-associates has eight nodes, more than a test tries each time:\n"
      "`REDOUBT_PROPERTY_EXHAUSTIVE=7 properties_test --gtest_filter='KleeneTest.*'` tries all that are smaller, in "
      "some\n"
      "minutes. On a haystack of one byte the two sides cannot differ: both give r all that it can have, or if r is\n"
      "empty, s.\n"
      "\n## Acceptance\n\n"
      "Texts near the grammar that Redoubt's parser and an engine's own do not both take. The laws acceptance-… fail "
      "on\n"
      "a text that no row accounts for, and a test on a row whose text no longer shows it. glibc is asked about short\n"
      "texts with few repeats only: it compiles nested ones in exponential time.\n\n";
  add_differences(out);
  return out;
}

}  // namespace redoubt::properties
