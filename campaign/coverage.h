// Coverage: which grammar rules a tree uses and which ways the PikeVM would search for it, as sets over fixed, named
// universes, so that a report can say what never occurred. Sets add up; nothing is executed or timed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/regex.h"

namespace redoubt::campaign {

/// A set of numbers below size(), as a record holds it.
class NumberSet {
 public:
  explicit NumberSet(std::size_t size) : size_(size), words_((size + 63) / 64) {}
  std::size_t size() const { return size_; }
  bool has(std::size_t k) const { return words_[k / 64] >> (k % 64) & 1; }
  void add(std::size_t k) { words_[k / 64] |= std::uint64_t{1} << (k % 64); }
  void add(const NumberSet& other);
  std::size_t count() const;
  /// Hexadecimal, 16 digits for each 64 numbers; of the same size on the way back, or false.
  std::string to_text() const;
  bool add_text(std::string_view text);
  friend bool operator==(const NumberSet&, const NumberSet&) = default;

 private:
  std::size_t size_;
  std::vector<std::uint64_t> words_;
};

/// Names by number: each sort of node ("star", "line-start", …), and each sort inside another ("star > empty").
const std::vector<std::string>& grammar_rules();
/// Names by number: "posix automaton: no", "perl prefilter by memmem", "posix simplify by flatten", …
const std::vector<std::string>& engine_paths();
/// False for the few that no tree can take.
bool can_be_taken(std::size_t path);

struct Coverage {
  NumberSet rules{grammar_rules().size()};
  NumberSet paths{engine_paths().size()};
  void add(const Coverage& other);
};

/// The sort of a node, below kNodeSorts. Non-capturing groups have none of their own: their child's.
inline constexpr std::size_t kNodeSorts = 26;
std::size_t sort_of(const syntax::Node& node);
/// The rules that a tree uses.
void add_rules(const syntax::Regex& regex, NumberSet& rules);

/// What the PikeVM makes of a tree with every optimization on, as a set of engine paths, and in numbers.
struct PathShape {
  std::uint32_t chosen = 0;  ///< bit k: optimization k serves the tree; further bits: leads of its prefilter
  std::uint32_t insts = 0, groups = 0, classes = 0;
  bool compiled = false;
};
PathShape add_paths(const syntax::Regex& regex, Semantics semantics, Encoding encoding, NumberSet& paths);

}  // namespace redoubt::campaign
