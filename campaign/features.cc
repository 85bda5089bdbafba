#include "campaign/features.h"

#include <algorithm>
#include <bit>

namespace redoubt::campaign {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

namespace {

Feature mixed(std::initializer_list<std::uint64_t> parts) {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (std::uint64_t part : parts) {
    h = (h ^ part) * 0x100000001B3ull;
    h ^= h >> 29;
  }
  h *= 0x9E3779B97F4A7C15ull;
  return static_cast<Feature>(h >> 32);
}

/// Numbers that differ by little are not news.
std::uint64_t magnitude(std::uint64_t number) { return static_cast<std::uint64_t>(std::bit_width(number)); }

enum Family : std::uint64_t { kPath = 1, kBeside, kWithin, kPlan, kProgram, kAutomaton, kEngine, kCause };

void walk(const Node& node, std::uint64_t parent, std::uint64_t grandparent, std::vector<Feature>& features) {
  if (node.kind() == NodeKind::kGroup && node.group() == 0) return walk(*node.child(), parent, grandparent, features);
  const std::uint64_t sort = sort_of(node);
  features.push_back(mixed({kPath, grandparent, parent, sort}));
  if (node.kind() == NodeKind::kRepeat && node.max() != syntax::kInfinite) {
    features.push_back(mixed({kWithin, sort, magnitude(node.min()), magnitude(node.max())}));
  }
  std::uint64_t left = kNodeSorts;
  for (const Regex& child : node.children()) {
    const std::uint64_t right = sort_of(*child);
    if (left != kNodeSorts) features.push_back(mixed({kBeside, sort, left, right}));
    left = right;
    walk(*child, sort, parent, features);
  }
}

}  // namespace

std::vector<Feature> tree_features(const Regex& regex, Semantics semantics, Encoding encoding, const PathShape& shape,
                                   const generate::AutomatonHaystacks& automaton) {
  std::vector<Feature> features;
  walk(*regex, kNodeSorts, kNodeSorts, features);
  const std::uint64_t of = static_cast<std::uint64_t>(semantics) * 2 + static_cast<std::uint64_t>(encoding);
  features.push_back(mixed({kPlan, of, shape.chosen, shape.compiled}));
  features.push_back(mixed({kProgram, magnitude(shape.insts), magnitude(shape.groups), magnitude(shape.classes)}));
  features.push_back(
      mixed({kAutomaton, of, magnitude(automaton.states), magnitude(automaton.arrows), automaton.explored}));
  features.push_back(mixed({kAutomaton, shape.chosen, magnitude(automaton.states), automaton.complete()}));
  return features;
}

std::vector<Feature> OutcomeFeatures::since_last(const harness::TrialStats& stats) {
  std::vector<Feature> features;
  engines_.resize(stats.engines.size());
  for (std::size_t k = 0; k < engines_.size(); ++k) {
    const harness::EngineStats& e = stats.engines[k];
    Counts& before = engines_[k];
    const std::uint64_t bits = (e.agreed > before.agreed ? 1u : 0u) | (e.accounted > before.accounted ? 2u : 0u) |
                               (e.unexplained > before.unexplained ? 4u : 0u) |
                               (e.not_asked > before.not_asked ? 8u : 0u) | (e.mode_runs > before.mode_runs ? 16u : 0u);
    features.push_back(mixed({kEngine, k, bits}));
    before = {e.agreed, e.accounted, e.unexplained, e.not_asked, e.mode_runs};
  }
  for (const auto& [key, entry] : stats.accounted) {
    std::uint64_t& before = accounted_[key];
    if (entry.count > before) {
      std::uint64_t h = 0;
      for (unsigned char c : key) h = (h + c) * 0x100000001B3ull;
      features.push_back(mixed({kCause, h, magnitude(entry.count - before)}));
    }
    before = entry.count;
  }
  return features;
}

}  // namespace redoubt::campaign
