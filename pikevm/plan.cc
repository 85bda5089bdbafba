#include "pikevm/plan.h"

#include <array>
#include <bit>

#include <fmt/format.h>

#include "pikevm/automaton.h"

namespace redoubt::pikevm {

namespace {

struct Choice {
  bool chosen;
  std::string why;
};

const Choice kNotThere{false, "this build does not have it"};

// One function for each optimization, asked only when it is switched on.

Choice simplify(const Program&) { return kNotThere; }

Choice literal(const Program&) { return kNotThere; }

Choice prefilter(const Program&) { return kNotThere; }

Choice positions(const Program&) { return kNotThere; }

Choice one_pass(const Program&) { return kNotThere; }

Choice automaton(const Program& program) {
  struct Bound {
    std::size_t value, most;
    const char* of;
  };
  const int looks = std::popcount(program.looks_used);
  const Bound bounds[] = {
      {program.insts.size(), Automaton::kMaxInsts, "instructions"},
      {program.groups, Automaton::kMaxGroups, "groups"},
      {static_cast<std::size_t>(looks), Automaton::kMaxLooks, "assertions"},
      {(std::size_t{program.alphabet.part_count()} + 1) << looks, Automaton::kMaxColumns, "columns"}};
  std::string within;
  for (const Bound& b : bounds) {
    if (b.value > b.most) return {false, fmt::format("{} {}, and it is for {} at most", b.value, b.of, b.most)};
    within += fmt::format("{}{} of {} {}", within.empty() ? "" : ", ", b.value, b.most, b.of);
  }
  return {true, "small enough: " + within};
}

Choice split(const Program& program) {
  if (program.semantics == Semantics::kLeftmostFirst) return {false, "it is for leftmost-longest"};
  if (program.groups == 0) return {false, "there are no groups to find"};
  return kNotThere;
}

constexpr std::array<Choice (*)(const Program&), kOptimizationCount> kChoices = {
    simplify, literal, prefilter, positions, one_pass, automaton, split};

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
