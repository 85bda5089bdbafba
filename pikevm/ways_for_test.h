// The ways of searching, each by itself: the sets of optimizations with which tests ask the same question. What does
// not suit a program leaves it to the plain simulation; so a test that asks all of them has asked that, too.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "pikevm/compiler.h"

namespace redoubt::pikevm::test {

struct Way {
  const char* name;
  std::shared_ptr<const Program> program;
};

/// `regex` as each of the ways reads it, and as all optimizations of `options` together do, on haystacks of any length.
inline std::vector<Way> ways(const syntax::Regex& regex, Options options = {}) {
  constexpr Optimizations kNone = Optimizations::none();
  const std::pair<const char*, Optimizations> sets[] = {
      {"none", kNone},
      {"copies", kNone.with(Optimization::kCopies)},
      {"positions", kNone.with(Optimization::kPositions)},
      {"automaton", kNone.with(Optimization::kAutomaton)},
      {"onepass", kNone.with(Optimization::kOnePass)},
      {"split", kNone.with(Optimization::kSplit)},
      {"all", options.optimizations},
  };
  options.simplify_from_nodes = 0;
  options.scan_from_bytes = 0;
  std::vector<Way> result;
  for (const auto& [name, optimizations] : sets) {
    options.optimizations = optimizations;
    result.push_back({name, compile(regex, options).value()});
  }
  return result;
}

}  // namespace redoubt::pikevm::test
