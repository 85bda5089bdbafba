#include "generate/grammar.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace redoubt::generate {

using syntax::CharClass;
using syntax::kInfinite;
using syntax::Look;

namespace {

// Keeps proportions of kMaxTreeSize nodes within a double, and the tables small.
constexpr std::size_t kMaxListed = 64;

constexpr std::uint64_t kSaturated = std::numeric_limits<std::uint64_t>::max();

// Counting saturates, so that a size that cannot be numbered is seen as such.
std::uint64_t add(std::uint64_t a, std::uint64_t b) { return a > kSaturated - b ? kSaturated : a + b; }
std::uint64_t multiply(std::uint64_t a, std::uint64_t b) { return a != 0 && b > kSaturated / a ? kSaturated : a * b; }
// Proportions need no more than doubles: 100 nodes stay below 10^300.
double add(double a, double b) { return a + b; }
double multiply(double a, double b) { return a * b; }

std::vector<std::uint64_t> as_weights(std::vector<std::uint64_t> exact) { return exact; }
std::vector<std::uint64_t> as_weights(const std::vector<double>& proportions) {
  double largest = 0;
  for (double p : proportions) largest = std::max(largest, p);
  std::vector<std::uint64_t> weights;
  weights.reserve(proportions.size());
  for (double p : proportions) {
    // What is possible stays possible, however small.
    weights.push_back(p == 0 ? 0 : std::max<std::uint64_t>(1, static_cast<std::uint64_t>(p / largest * 0x1p40)));
  }
  return weights;
}

std::uint64_t as_rest(std::uint64_t exact) { return exact; }
std::uint64_t as_rest(double) { return 1; }

}  // namespace

std::vector<RepeatShape> default_repeats() {
  return {{0, kInfinite}, {1, kInfinite}, {0, 1}, {2, 2}, {1, 2}, {0, 2}, {2, kInfinite}, {2, 3}, {0, 0}};
}

RandomSettings wide_settings(Semantics semantics, Encoding encoding) {
  RandomSettings wide;
  GrammarSettings& grammar = wide.grammar;
  grammar.encoding = encoding;
  grammar.letters = {'a', 'b', 'c', 'A', '0', '_', '-'};
  grammar.dot = grammar.not_letter = true;
  grammar.looks = {Look::kCaret, Look::kDollar};
  grammar.repeats = {{0, kInfinite}, {1, kInfinite}, {0, 1}};
  wide.edge_units = {0, '\n', ' ', '/', '9', 'Z', 'z', 0x7F};
  if (encoding == Encoding::kBytes) {
    wide.edge_units.insert(wide.edge_units.end(), {0x80, 0xC3, 0xFF});
  } else {
    // Where the length of a sequence changes, around the surrogates, and a sigma that folds to two others.
    wide.edge_units.insert(wide.edge_units.end(), {0x80, 0xE9, 0x3C3, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000,
                                                   0x1F600, syntax::kMaxScalar});
  }
  if (semantics == Semantics::kLeftmostLongest) {
    grammar.dot_all = true;
  } else {
    grammar.lazy = true;
    grammar.looks.insert(grammar.looks.end(), {Look::kTextStart, Look::kTextEnd, Look::kLineStart, Look::kLineEnd,
                                               Look::kWordBoundary, Look::kNotWordBoundary});
  }
  return wide;
}

namespace {

std::string check_units(const GrammarSettings& settings) {
  const CharClass domain = CharClass::all(settings.encoding);
  for (std::uint32_t unit : settings.letters) {
    if (!domain.contains(unit)) {
      return "the letter " + std::to_string(unit) + " is no unit in " + std::string(to_string(settings.encoding)) +
             " mode";
    }
  }
  if (settings.letters.size() > kMaxListed) return "more than " + std::to_string(kMaxListed) + " letters";
  if (settings.letter_set && settings.letters.size() < 2) return "a set of all letters needs two letters";
  return {};
}

template <class T>
bool has_duplicates(const std::vector<T>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (std::find(items.begin() + static_cast<std::ptrdiff_t>(i) + 1, items.end(), items[i]) != items.end()) {
      return true;
    }
  }
  return false;
}

std::string check_shapes(const GrammarSettings& settings) {
  for (const RepeatShape& shape : settings.repeats) {
    if (shape.min > shape.max || shape.min == kInfinite) return "a repeat's minimum is above its maximum";
    if (!shape.greedy) return "repeats are listed as greedy ones; `lazy` adds the others";
  }
  if (settings.repeats.size() > kMaxListed) return "more than " + std::to_string(kMaxListed) + " repeats";
  if (has_duplicates(settings.repeats)) return "a repeat is listed twice";
  if (has_duplicates(settings.looks)) return "a look is listed twice";
  return {};
}

}  // namespace

// Fills everything but the tables. Returns what is wrong, or "".
std::string Grammar::set_up(const RandomSettings& settings, std::uint32_t max_size) {
  const GrammarSettings& grammar = settings.grammar;
  if (max_size == 0 || max_size > kMaxTreeSize) {
    return "the size of a regex is 1 to " + std::to_string(kMaxTreeSize) + ", not " + std::to_string(max_size);
  }
  if (std::string wrong = check_units(grammar); !wrong.empty()) return wrong;
  if (std::string wrong = check_shapes(grammar); !wrong.empty()) return wrong;

  settings_ = settings;
  max_size_ = max_size;
  std::vector<CharClass> classes;
  auto fixed = [&](syntax::Regex node) { leaves_.push_back({LeafKind::kFixed, std::move(node)}); };
  auto fixed_class = [&](const CharClass& c) {
    classes.push_back(c);
    fixed(syntax::char_class(c));
  };
  if (!grammar.letters.empty()) leaves_.push_back({LeafKind::kLetter, nullptr});
  CharClass set;
  for (std::uint32_t unit : grammar.letters) {
    CharClass letter = CharClass::single(unit);
    set = set.union_with(letter);
    classes.push_back(letter);
    letter_nodes_.push_back(syntax::char_class(letter));
    if (!grammar.not_letter) continue;
    classes.push_back(letter.complement(grammar.encoding));
    not_letter_nodes_.push_back(syntax::char_class(classes.back()));
  }
  if (!not_letter_nodes_.empty()) leaves_.push_back({LeafKind::kNotLetter, nullptr});
  if (grammar.letter_set) fixed_class(set);
  if (grammar.dot) {
    CharClass all = CharClass::all(grammar.encoding);
    fixed_class(grammar.dot_all ? all : all.minus(CharClass::single('\n')));
  }
  for (Look look : grammar.looks) fixed(syntax::look(look));
  if (grammar.empty) fixed(syntax::empty());
  if (leaves_.empty()) return "the grammar has no leaf: give it letters, a dot, looks or the empty regex";
  if (has_duplicates(classes)) return "two leaves of the grammar are the same class, so trees would come twice";

  for (const RepeatShape& shape : grammar.repeats) {
    repeats_.push_back(shape);
    if (grammar.lazy && shape.min != shape.max) repeats_.push_back({shape.min, shape.max, false});
  }
  group_weight_ = grammar.groups ? 1 : 0;
  return {};
}

void Grammar::count_letterings() {
  const auto alphabet = static_cast<std::uint32_t>(settings_.grammar.letters.size());
  letterings_.assign(max_slots_ + 1, std::vector<std::uint64_t>(alphabet + 1, 1));
  letter_weights_.assign(max_slots_ + 1, std::vector<std::vector<std::uint64_t>>(alphabet + 1));
  for (std::uint32_t left = 1; left <= max_slots_; ++left) {
    for (std::uint32_t used = 0; used <= alphabet; ++used) {
      std::vector<std::uint64_t>& weights = letter_weights_[left][used];
      weights.assign(used, letterings_[left - 1][used]);
      if (used < alphabet) weights.push_back(letterings_[left - 1][used + 1]);
      std::uint64_t total = 0;
      for (std::uint64_t weight : weights) total = add(total, weight);
      letterings_[left][used] = total;
    }
  }
}

bool Grammar::has(std::uint32_t size) const {
  for (std::uint32_t slots = 0; slots <= max_slots_; ++slots) {
    for (std::uint64_t weight : tree_weights(size, slots)) {
      if (weight != 0) return true;
    }
  }
  return false;
}

template <class Number>
struct Grammar::Counts {
  std::vector<std::vector<Number>> trees;      ///< by size and slots
  std::vector<std::vector<Number>> sequences;  ///< of one or more trees
  std::vector<std::vector<Number>> pairs;      ///< of two or more

  explicit Counts(const Grammar& grammar) {
    const std::uint32_t n = grammar.max_size_;
    const std::uint32_t slots = grammar.max_slots_;
    trees.assign(n + 1, std::vector<Number>(slots + 1, 0));
    sequences = pairs = trees;
    Number leaf_total[2] = {0, 0};
    for (const Leaf& leaf : grammar.leaves_) {
      Number& total = leaf_total[slots == 0 ? 0 : leaf.slots()];
      total = add(total, static_cast<Number>(leaf.weight));
    }
    Number unary = static_cast<Number>(grammar.group_weight_ + grammar.free_repeat_weight_ +
                                       grammar.repeat_weight_ * grammar.repeats_.size());
    Number in_row = static_cast<Number>(grammar.sequence_weight_[0] + grammar.sequence_weight_[1]);
    for (std::uint32_t size = 1; size <= n; ++size) {
      for (std::uint32_t l = 0; l <= slots; ++l) {
        Number& count = trees[size][l];
        if (size == 1) {
          count = l <= 1 ? leaf_total[l] : Number{0};
        } else {
          count = add(multiply(in_row, pairs[size - 1][l]), multiply(unary, trees[size - 1][l]));
        }
        for (std::uint32_t first = 1; first < size; ++first) {
          for (std::uint32_t taken = 0; taken <= l; ++taken) {
            pairs[size][l] = add(pairs[size][l], multiply(trees[first][taken], sequences[size - first][l - taken]));
          }
        }
        sequences[size][l] = add(count, pairs[size][l]);
      }
    }
  }
};

template <class Number>
void Grammar::fill_cells(const Counts<Number>& counts) {
  cells_.resize((max_size_ + 1) * (max_slots_ + 1));
  for (std::uint32_t size = 1; size <= max_size_; ++size) {
    for (std::uint32_t l = 0; l <= max_slots_; ++l) {
      Cell& cell = cells_[size * (max_slots_ + 1) + l];
      std::vector<Number> options;
      if (size == 1) {
        for (const Leaf& leaf : leaves_) {
          bool fits = max_slots_ == 0 || leaf.slots() == l;
          options.push_back(fits ? static_cast<Number>(leaf.weight) : Number{0});
        }
      } else {
        const Number trees = counts.trees[size - 1][l];
        for (std::uint64_t weight : sequence_weight_) {
          options.push_back(multiply(static_cast<Number>(weight), counts.pairs[size - 1][l]));
        }
        options.push_back(multiply(static_cast<Number>(group_weight_), trees));
        options.insert(options.end(), repeats_.size(), multiply(static_cast<Number>(repeat_weight_), trees));
        if (free_repeat_weight_ != 0) options.push_back(multiply(static_cast<Number>(free_repeat_weight_), trees));
      }
      cell.trees = as_weights(std::move(options));

      std::vector<Number> splits{counts.trees[size][l]};
      cell.parts.push_back({size, l});
      for (std::uint32_t first = 1; first < size; ++first) {
        for (std::uint32_t taken = 0; taken <= l; ++taken) {
          Number ways = multiply(counts.trees[first][taken], counts.sequences[size - first][l - taken]);
          if (ways == 0) continue;
          splits.push_back(ways);
          cell.parts.push_back({first, taken});
        }
      }
      cell.splits = as_weights(std::move(splits));
      cell.sequences = as_rest(counts.sequences[size][l]);
    }
  }
}

tl::expected<Grammar, std::string> Grammar::counted(const GrammarSettings& settings, std::uint32_t max_size) {
  Grammar grammar;
  RandomSettings as_random;
  as_random.grammar = settings;
  as_random.classes = false;
  as_random.max_bound = 0;
  if (std::string wrong = grammar.set_up(as_random, max_size); !wrong.empty()) return tl::unexpected(wrong);
  grammar.max_slots_ = max_size;
  grammar.count_letterings();
  Counts<std::uint64_t> counts(grammar);

  grammar.counts_.assign(max_size + 1, 0);
  grammar.slot_weights_.resize(max_size + 1);
  std::uint64_t all_sizes = 0;
  for (std::uint32_t size = 1; size <= max_size; ++size) {
    for (std::uint32_t l = 0; l <= size; ++l) {
      std::uint64_t ways = multiply(counts.trees[size][l], grammar.letterings_[l][grammar.first_used()]);
      grammar.slot_weights_[size].push_back(ways);
      grammar.counts_[size] = add(grammar.counts_[size], ways);
    }
    all_sizes = add(all_sizes, grammar.counts_[size]);
    if (all_sizes == kSaturated) {
      return tl::unexpected("regexes up to size " + std::to_string(size) + " are too many to be numbered in 64 bits: " +
                            std::to_string(size - 1) + " is the largest size here");
    }
  }
  grammar.fill_cells(counts);
  return grammar;
}

tl::expected<Grammar, std::string> Grammar::proportional(const RandomSettings& settings, std::uint32_t max_size) {
  Grammar grammar;
  if (std::string wrong = grammar.set_up(settings, max_size); !wrong.empty()) return tl::unexpected(wrong);
  const CharClass domain = CharClass::all(settings.grammar.encoding);
  for (std::uint32_t unit : settings.edge_units) {
    if (!domain.contains(unit)) return tl::unexpected("the edge unit " + std::to_string(unit) + " is no unit");
  }
  // Letters are drawn freely, not up to renaming: no slots. The weights are the shape of the trees that people write:
  // more letters than looks, more concats than alternates, few repeats right above each other.
  for (Leaf& leaf : grammar.leaves_) {
    if (leaf.kind == LeafKind::kLetter) leaf = {LeafKind::kFreeLetter, nullptr, 40};
    if (leaf.kind == LeafKind::kNotLetter) leaf = {LeafKind::kFreeNotLetter, nullptr, 2};
    // All looks together weigh about as much as the dot.
    if (leaf.kind == LeafKind::kFixed && leaf.node->kind() == syntax::NodeKind::kLook) {
      leaf.weight = std::max<std::uint64_t>(1, 6 / settings.grammar.looks.size());
    } else if (leaf.kind == LeafKind::kFixed) {
      leaf.weight = 4;
    }
  }
  if (settings.classes) grammar.leaves_.push_back({LeafKind::kFreeClass, nullptr, 8});
  grammar.sequence_weight_[0] = 5;
  grammar.sequence_weight_[1] = 3;
  grammar.group_weight_ = settings.grammar.groups ? 24 : 0;
  grammar.repeat_weight_ = 6;
  grammar.free_repeat_weight_ = settings.max_bound > 0 ? 10 : 0;
  grammar.count_letterings();
  grammar.fill_cells(Counts<double>(grammar));
  return grammar;
}

}  // namespace redoubt::generate
