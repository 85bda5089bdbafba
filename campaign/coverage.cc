#include "campaign/coverage.h"

#include <algorithm>
#include <array>
#include <bit>

#include "campaign/files.h"
#include "pikevm/compiler.h"
#include "pikevm/plan.h"
#include "pikevm/simplify.h"

namespace redoubt::campaign {

using syntax::kInfinite;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

void NumberSet::add(const NumberSet& other) {
  for (std::size_t k = 0; k < words_.size(); ++k) words_[k] |= other.words_[k];
}

std::size_t NumberSet::count() const {
  std::size_t total = 0;
  for (std::uint64_t word : words_) total += static_cast<std::size_t>(std::popcount(word));
  return total;
}

std::string NumberSet::to_text() const {
  std::string text;
  for (std::uint64_t word : words_) text += to_hex(word);
  return text;
}

bool NumberSet::add_text(std::string_view text) {
  if (text.size() != words_.size() * 16) return false;
  NumberSet read(size_);
  for (std::size_t k = 0; k < words_.size(); ++k) {
    const auto word = from_hex(text.substr(k * 16, 16));
    if (!word) return false;
    read.words_[k] = *word;
  }
  add(read);
  return true;
}

namespace {

/// The composite sorts come last, so that they number the parents.
constexpr std::array<std::string_view, kNodeSorts> kSortNames = {
    "empty",    "letter",     "class",     "big-class",     "caret",       "dollar",  "text-start",
    "text-end", "line-start", "line-end",  "word-boundary", "no-boundary", "concat",  "alternate",
    "group",    "star",       "plus",      "optional",      "zero",        "exactly", "at-least",
    "between",  "lazy-star",  "lazy-plus", "lazy-optional", "lazy-counted"};
constexpr std::size_t kFirstLook = 4, kFirstComposite = 12;
constexpr std::size_t kComposites = kNodeSorts - kFirstComposite;

std::size_t repeat_sort(const Node& node) {
  const std::uint32_t min = node.min(), max = node.max();
  const std::size_t plain = min == 0 && max == kInfinite   ? 0
                            : min == 1 && max == kInfinite ? 1
                            : min == 0 && max == 1         ? 2
                                                           : 3;
  if (!node.greedy()) return 22 + plain;
  if (plain < 3) return 15 + plain;
  if (max == 0) return 18;
  if (min == max) return 19;
  return max == kInfinite ? 20 : 21;
}

/// Through non-capturing groups.
const Node& meant(const Node& node) {
  const Node* at = &node;
  while (at->kind() == NodeKind::kGroup && at->group() == 0) at = at->child().get();
  return *at;
}

void add_rules_below(const Node& node, NumberSet& rules) {
  const std::size_t sort = sort_of(node);
  rules.add(sort);
  for (const Regex& child : node.children()) {
    const Node& below = meant(*child);
    rules.add(kNodeSorts + (sort - kFirstComposite) * kNodeSorts + sort_of(below));
    add_rules_below(below, rules);
  }
}

constexpr std::array<std::string_view, 5> kLeads = {"memchr ", "memmem ", "teddy of", "first byte in", "line starts"};

/// By semantics: each optimization chosen and not, each rule of the simplifier, each lead of the prefilter.
constexpr std::size_t kPerSemantics = 2 * pikevm::kOptimizationCount + pikevm::kRuleCount + kLeads.size();

/// In every list of paths, whether or not it can be.
std::vector<std::string> all_paths() {
  std::vector<std::string> names;
  for (const std::string of : {"posix ", "perl "}) {
    for (std::string_view name : pikevm::kOptimizationNames) {
      names.push_back(of + std::string(name) + ": yes");
      names.push_back(of + std::string(name) + ": no");
    }
    for (std::string_view name : pikevm::kRuleNames) names.push_back(of + "simplify by " + std::string(name));
    for (std::string_view name : kLeads) {
      const std::size_t end = name.find_last_not_of(' ');
      names.push_back(of + "prefilter by " + std::string(name.substr(0, end + 1)));
    }
  }
  return names;
}

}  // namespace

std::size_t sort_of(const Node& given) {
  const Node& node = meant(given);
  switch (node.kind()) {
    case NodeKind::kEmpty:
      return 0;
    case NodeKind::kClass:
      return node.char_class().is_single() ? 1 : node.char_class().size() < 128 ? 2 : 3;
    case NodeKind::kLook:
      return kFirstLook + static_cast<std::size_t>(node.look());
    case NodeKind::kConcat:
      return kFirstComposite;
    case NodeKind::kAlternate:
      return kFirstComposite + 1;
    case NodeKind::kGroup:
      return kFirstComposite + 2;
    case NodeKind::kRepeat:
      return repeat_sort(node);
  }
  return 0;
}

const std::vector<std::string>& grammar_rules() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names(kSortNames.begin(), kSortNames.end());
    for (std::size_t parent = 0; parent < kComposites; ++parent) {
      for (std::string_view child : kSortNames) {
        names.push_back(std::string(kSortNames[kFirstComposite + parent]) + " > " + std::string(child));
      }
    }
    return names;
  }();
  return kNames;
}

const std::vector<std::string>& engine_paths() {
  static const std::vector<std::string> kNames = all_paths();
  return kNames;
}

bool can_be_taken(std::size_t path) {
  // Searches by splitting are there for leftmost-longest alone, and always.
  const std::string& name = engine_paths()[path];
  return name != "posix split: no" && name != "perl split: yes";
}

void Coverage::add(const Coverage& other) {
  rules.add(other.rules);
  paths.add(other.paths);
}

void add_rules(const Regex& regex, NumberSet& rules) { add_rules_below(meant(*regex), rules); }

PathShape add_paths(const Regex& regex, Semantics semantics, Encoding encoding, NumberSet& paths) {
  PathShape shape;
  // As the engines that judge one optimization: on trees and haystacks of any size.
  pikevm::Options options;
  options.semantics = semantics;
  options.encoding = encoding;
  options.simplify_from_nodes = 0;
  options.scan_from_bytes = 0;
  const auto compiled = pikevm::compile(regex, options);
  if (!compiled) return shape;
  const pikevm::Program& program = **compiled;
  shape.compiled = true;
  shape.insts = static_cast<std::uint32_t>(program.insts.size());
  shape.groups = program.groups;
  shape.classes = static_cast<std::uint32_t>(program.alphabet.part_count());
  const std::size_t base = semantics == Semantics::kLeftmostLongest ? 0 : kPerSemantics;
  const std::size_t rules = base + 2 * pikevm::kOptimizationCount, leads = rules + pikevm::kRuleCount;
  const std::vector<pikevm::PlanEntry> entries = pikevm::plan(program);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    paths.add(base + 2 * k + (entries[k].chosen ? 0 : 1));
    if (entries[k].chosen) shape.chosen |= 1u << k;
    if (!entries[k].chosen) continue;
    if (k == static_cast<std::size_t>(pikevm::Optimization::kPrefilter)) {
      for (std::size_t lead = 0; lead < kLeads.size(); ++lead) {
        if (entries[k].why.find(kLeads[lead]) == std::string::npos) continue;
        paths.add(leads + lead);
        shape.chosen |= 1u << (pikevm::kOptimizationCount + lead);
      }
    }
  }
  const pikevm::Rules fired = pikevm::simplify(regex, semantics).fired;
  for (std::size_t k = 0; k < pikevm::kRuleCount; ++k) {
    if (fired.has(static_cast<pikevm::Rule>(k))) paths.add(rules + k);
  }
  return shape;
}

}  // namespace redoubt::campaign
