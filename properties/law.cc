#include "properties/law.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>

namespace redoubt::properties {

namespace {

/// Never moves what it holds: find_law() hands out pointers.
std::deque<Law>& registry() {
  static std::deque<Law> laws;
  return laws;
}

}  // namespace

Verdict holds() { return {}; }
Verdict does_not_apply() { return {VerdictKind::kDoesNotApply, {}, {}, {}}; }
Verdict fails(std::string broken, std::string why, std::string engine) {
  return {VerdictKind::kFails, std::move(broken), std::move(why), std::move(engine)};
}

bool law(std::string_view name, std::string_view statement, Draw draw, Check check) {
  if (find_law(name) != nullptr) {
    std::fprintf(stderr, "two laws are named %.*s\n", static_cast<int>(name.size()), name.data());
    std::abort();
  }
  registry().push_back({name, statement, std::move(draw), check});
  return true;
}

std::vector<Law> laws() {
  std::vector<Law> all(registry().begin(), registry().end());
  std::sort(all.begin(), all.end(), [](const Law& a, const Law& b) { return a.name < b.name; });
  return all;
}

const Law* find_law(std::string_view name) {
  for (const Law& law : registry()) {
    if (law.name == name) return &law;
  }
  return nullptr;
}

syntax::Regex part(const Question& question, std::size_t k) {
  const syntax::Node& node = *question.regex;
  syntax::Regex chosen = k == 0 ? question.regex : syntax::empty();
  if (node.kind() == syntax::NodeKind::kConcat) {
    chosen = k < node.children().size() ? node.children()[k] : syntax::empty();
  }
  if (chosen->kind() == syntax::NodeKind::kGroup && chosen->group() == 0) return chosen->child();
  return chosen;
}

}  // namespace redoubt::properties
