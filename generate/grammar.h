// Grammar: which regexes there are, how many of each size, and the weights from which Choices decide. Counted grammars
// are exact (every tree once, up to a renaming of its letters); proportional ones steer random trees that are too many
// to be counted. It builds no trees: regex_gen.h does.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "syntax/regex.h"

namespace redoubt::generate {

/// One way to repeat.
struct RepeatShape {
  std::uint32_t min;
  std::uint32_t max;  ///< may be syntax::kInfinite
  bool greedy = true;
  friend bool operator==(const RepeatShape&, const RepeatShape&) = default;
};

/// * + ? {2} {1,2} {0,2} {2,} {2,3} {0,0}: each way in which a lower and an upper bound matter differently, once.
std::vector<RepeatShape> default_repeats();

/// Which nodes occur. Leaves are all of size 1; a concat or alternate has two or more children of any kind (the
/// factories add the non-capturing groups that the text needs, and those are free).
struct GrammarSettings {
  Encoding encoding = Encoding::kBytes;
  /// Units. Trees are canonical up to renaming them: their first uses come in this order.
  std::vector<std::uint32_t> letters{'a', 'b'};
  /// False: letters are no mere names (assertions may tell them apart), and every lettering is a tree of its own.
  bool rename = true;
  bool empty = true;
  bool dot = false;
  bool dot_all = false;     ///< `.` is any unit; else any but \n
  bool not_letter = false;  ///< [^a], for each letter: renamed along
  bool letter_set = false;  ///< [ab]: the set of all letters (two or more), which no renaming changes
  std::vector<syntax::Look> looks;
  bool groups = true;
  std::vector<RepeatShape> repeats = default_repeats();
  /// Each of `repeats` whose bounds differ also lazily. Only the Perl-like dialect can say that.
  bool lazy = false;
};

/// Larger random trees: `grammar` with productions of unlimited variety added.
struct RandomSettings {
  GrammarSettings grammar;
  /// Classes of one to three ranges, negated or not.
  bool classes = true;
  /// Where ranges begin and end, and what literals are now and then: units at the edges of something.
  std::vector<std::uint32_t> edge_units;
  /// Counted repeats with bounds up to this; 0: only those of grammar.repeats.
  std::uint32_t max_bound = 12;
  /// A counted repeat under others is drawn so that the product of the bounds stays within this; one of
  /// grammar.repeats that would exceed it becomes `*`.
  std::uint32_t max_product = 60;
  /// Once in so many times a subtree is, or begins with, a copy of an earlier one, if one fits; 0: never. Two parts
  /// that are alike are what factoring, merging and counting rewrite, and independent draws hardly ever make them.
  std::uint32_t copy_one_in = 4;
};

/// Letters, classes, looks, groups and repeats of everything that the semantics has: for longest matches what POSIX ERE
/// can say; for first matches lazy repeats and all looks too.
RandomSettings wide_settings(Semantics semantics, Encoding encoding);

/// The free ones are drawn from all there is, and belong to proportional grammars.
enum class LeafKind : std::uint8_t { kFixed, kLetter, kNotLetter, kFreeLetter, kFreeNotLetter, kFreeClass };

struct Leaf {
  LeafKind kind;
  syntax::Regex node;  ///< kFixed only
  std::uint64_t weight = 1;
  /// Letters that the leaf takes from the renaming: 0 or 1.
  std::uint32_t slots() const { return kind == LeafKind::kLetter || kind == LeafKind::kNotLetter ? 1 : 0; }
};

/// The largest size of tree that any grammar is asked for: bounds the recursion and the tables.
inline constexpr std::uint32_t kMaxTreeSize = 100;

/// The tables. Immutable, shared between threads. A *skeleton* is a tree whose letters are not chosen yet: only their
/// number, its slots, is. Exact: number of trees = sum over slots of skeletons times restricted growth strings.
class Grammar {
 public:
  /// The options of a tree with two or more nodes; option kRepeat + i is the repeat repeats()[i], and the one after
  /// the last of them, in a proportional grammar, a counted repeat with any bounds.
  enum Option : std::size_t { kConcat, kAlternate, kGroup, kRepeat };
  /// A first child's size and slots; all of the sequence when it is the only child.
  struct Part {
    std::uint32_t size;
    std::uint32_t slots;
  };

  /// Error: one sentence (leaves that coincide, no leaf, a size that is 0 or whose count exceeds 64 bits, …).
  static tl::expected<Grammar, std::string> counted(const GrammarSettings& settings, std::uint32_t max_size);
  static tl::expected<Grammar, std::string> proportional(const RandomSettings& settings, std::uint32_t max_size);

  const RandomSettings& settings() const { return settings_; }
  std::uint32_t max_size() const { return max_size_; }
  const std::vector<Leaf>& leaves() const { return leaves_; }
  const std::vector<RepeatShape>& repeats() const { return repeats_; }
  /// The node of letter number i, and of its complement.
  const syntax::Regex& letter(std::size_t i) const { return letter_nodes_[i]; }
  const syntax::Regex& not_letter(std::size_t i) const { return not_letter_nodes_[i]; }

  bool is_counted() const { return !counts_.empty(); }
  /// Some tree of that size exists: without groups and repeats, none has size 2.
  bool has(std::uint32_t size) const;
  /// Trees of a size (counted grammars).
  std::uint64_t count(std::uint32_t size) const { return counts_[size]; }
  /// By number of slots: trees of that size.
  std::span<const std::uint64_t> slot_weights(std::uint32_t size) const { return slot_weights_[size]; }
  /// Leaves for size 1, Options for the others.
  std::span<const std::uint64_t> tree_weights(std::uint32_t size, std::uint32_t slots) const {
    return cell(size, slots).trees;
  }
  /// Ways to go on with a sequence of one or more children: option 0 is a single child, the others split a first child
  /// off. Without option 0: two or more.
  std::span<const std::uint64_t> split_weights(std::uint32_t size, std::uint32_t slots) const {
    return cell(size, slots).splits;
  }
  const std::vector<Part>& split_parts(std::uint32_t size, std::uint32_t slots) const {
    return cell(size, slots).parts;
  }
  /// Sequences of one or more children; 1 in a proportional grammar.
  std::uint64_t sequences(std::uint32_t size, std::uint32_t slots) const { return cell(size, slots).sequences; }

  /// How many letters count as used before the first: none, or all where letters are not renamed.
  std::uint32_t first_used() const {
    return settings_.grammar.rename ? 0 : static_cast<std::uint32_t>(settings_.grammar.letters.size());
  }
  /// Ways to fill `left` slots when `used` letters have occurred; 1 in a proportional grammar.
  std::uint64_t letterings(std::uint32_t left, std::uint32_t used) const { return letterings_[left][used]; }
  /// The same by the letter that comes next.
  std::span<const std::uint64_t> letter_weights(std::uint32_t left, std::uint32_t used) const {
    return letter_weights_[left][used];
  }

 private:
  struct Cell {
    std::vector<std::uint64_t> trees;
    std::vector<std::uint64_t> splits;
    std::vector<Part> parts;
    std::uint64_t sequences = 1;
  };
  template <class Number>
  struct Counts;

  const Cell& cell(std::uint32_t size, std::uint32_t slots) const { return cells_[size * (max_slots_ + 1) + slots]; }
  std::string set_up(const RandomSettings& settings, std::uint32_t max_size);
  void count_letterings();
  template <class Number>
  void fill_cells(const Counts<Number>& counts);

  RandomSettings settings_;
  std::uint32_t max_size_ = 0;
  std::uint32_t max_slots_ = 0;
  std::uint64_t sequence_weight_[2] = {1, 1};  ///< of a concat, an alternate
  std::uint64_t group_weight_ = 1;
  std::uint64_t repeat_weight_ = 1;
  std::uint64_t free_repeat_weight_ = 0;
  std::vector<Leaf> leaves_;
  std::vector<RepeatShape> repeats_;
  std::vector<syntax::Regex> letter_nodes_;
  std::vector<syntax::Regex> not_letter_nodes_;
  std::vector<std::uint64_t> counts_;
  std::vector<std::vector<std::uint64_t>> slot_weights_;
  std::vector<Cell> cells_;
  std::vector<std::vector<std::uint64_t>> letterings_;
  std::vector<std::vector<std::vector<std::uint64_t>>> letter_weights_;
};

}  // namespace redoubt::generate
