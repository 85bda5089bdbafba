#include "pikevm/plan.h"

#include <array>
#include <bit>

#include <fmt/format.h>

#include "pikevm/automaton.h"
#include "pikevm/facts.h"
#include "pikevm/one_pass_search.h"
#include "pikevm/positions.h"
#include "pikevm/simplify.h"
#include "pikevm/split_search.h"

namespace redoubt::pikevm {

namespace {

struct Choice {
  bool chosen;
  std::string why;
};

// One function for each optimization, asked only when it is switched on.

Choice simplify(const Program& program) {
  if (!program.simplified) return {false, "the tree is too small to gain from it"};
  const Simplified simplified = pikevm::simplify(program.regex, program.semantics);
  std::string rules;
  for (std::size_t k = 0; k < kRuleCount; ++k) {
    if (simplified.fired.has(static_cast<Rule>(k))) rules += (rules.empty() ? "" : ", ") + std::string(kRuleNames[k]);
  }
  if (rules.empty()) return {false, "no rule applies"};
  return {true, rules};
}

Choice literal(const Program& program) {
  if (!facts(program).literal) return {false, "matches are not occurrences of one string without groups"};
  return {true, "a match is an occurrence of the string"};
}

Choice prefilter(const Program& program) {
  if (program.anchored_at_start) return {false, "matches begin at the start of the haystack"};
  const Prefilter& prefilter = facts(program).prefilter;
  const Facts& known = facts(program);
  std::string edge;
  if (known.anchored_end) {
    edge = known.suffix.empty() ? "matches end where the haystack ends"
                                : "the haystack must end with " + quoted(known.suffix);
  }
  if (!prefilter.active()) return {!edge.empty(), edge.empty() ? std::string(prefilter.why()) : edge};
  return {true, fmt::format("{}: {}{}{}", prefilter.name(), prefilter.why(), edge.empty() ? "" : "; ", edge)};
}

Choice positions(const Program& program) {
  if (program.positions > Positions::kMaxPositions) {
    return {false, fmt::format("{} positions, and it is for {} at most", program.positions, Positions::kMaxPositions)};
  }
  if (!Positions::suits(program)) return {false, fmt::format("more than {} assertions", Positions::kMaxLooks)};
  return {true, fmt::format("{} positions{}", program.positions,
                            program.positions <= Positions::kSmall ? ", a set of them is one word" : "")};
}

Choice one_pass(const Program& program) {
  if (!OnePassSearch::suits(program)) return {false, "the next unit does not always decide"};
  return {true, "the next unit always decides, once it is known where a match begins"};
}

Choice automaton(const Program& program) {
  struct Bound {
    std::size_t value, most;
    const char* of;
  };
  const int looks = std::popcount(program.looks_used);
  const Bound bounds[] = {
      {program.positions, Positions::kMaxPositions, "positions"},
      {program.groups, Automaton::kMaxGroups, "groups"},
      {static_cast<std::size_t>(looks), Positions::kMaxLooks, "assertions"},
      {(std::size_t{program.alphabet.part_count()} + 1) << looks, Automaton::kMaxColumns, "columns"}};
  std::string within;
  for (const Bound& b : bounds) {
    if (b.value > b.most) return {false, fmt::format("{} {}, and it is for {} at most", b.value, b.of, b.most)};
    within += fmt::format("{}{} of {} {}", within.empty() ? "" : ", ", b.value, b.most, b.of);
  }
  return {true, "small enough: " + within};
}

Choice split(const Program& program) {
  if (!SplitSearch::suits(program)) return {false, "it is for leftmost-longest"};
  return {true, "where the others give up"};
}

Choice copies(const Program& program) {
  if (program.copies.empty()) return {false, "no repeat has optional copies"};
  if (program.loop_depth > 0) return {false, "loops have to check for progress"};
  return {true, "where threads are listed by instruction"};
}

constexpr std::array<Choice (*)(const Program&), kOptimizationCount> kChoices = {
    simplify, literal, prefilter, positions, one_pass, automaton, copies, split};

}  // namespace

std::vector<PlanEntry> plan(const Program& program) {
  std::vector<PlanEntry> entries;
  for (std::size_t k = 0; k < kOptimizationCount; ++k) {
    const bool on = program.optimizations.has(static_cast<Optimization>(k));
    Choice choice = on ? kChoices[k](program) : Choice{false, "it is switched off"};
    entries.push_back({std::string(kOptimizationNames[k]), choice.chosen, std::move(choice.why)});
  }
  return entries;
}

}  // namespace redoubt::pikevm
