// Alphabet and Subject: how regexes and haystacks look to the reference. A haystack becomes a sequence of symbols
// (minterms of the classes that occur), one context per location (which assertions hold there) and the byte offset of
// each location. Nothing after this step sees bytes, encodings or characters.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/char_class.h"
#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::derivatives {

/// A set of assertion kinds, bit k for syntax::Look k.
using LookSet = std::uint8_t;
inline LookSet look_bit(syntax::Look look) { return static_cast<LookSet>(1u << static_cast<unsigned>(look)); }

/// A minterm number, or Alphabet::bad_symbol().
using Symbol = std::uint16_t;
/// A small number that says which of the assertions in use hold at a location.
using Context = std::uint8_t;
inline constexpr int kMaxContexts = 32;

/// What an assertion can know of a neighbour of its location: nothing there, a newline, a word unit, anything else.
/// kFinalNewline is a newline that ends the haystack; only a reading other than the specification's cares.
enum class Neighbour : std::uint8_t { kEdge, kNewline, kWord, kOther, kFinalNewline };
inline constexpr int kNeighbours = 5;

/// Readings of `^` and `$` that some engines have instead of the specification's (for named variants only).
struct LookReading {
  bool dollar_before_final_newline = false;  ///< `$` holds before a newline that ends the haystack, too
  bool line_start_not_at_end = false;        ///< `(?m)^` does not hold at the very end
  friend bool operator==(const LookReading&, const LookReading&) = default;
};

class Alphabet {
 public:
  /// The minterms of the classes and the contexts of the assertions that occur in the regexes. At most 65,000 minterms.
  Alphabet(const std::vector<syntax::Regex>& regexes, Encoding encoding, LookReading reading = {});

  Encoding encoding() const { return encoding_; }
  /// Symbols are 0 … symbol_count()-1; bad_symbol() == symbol_count() stands for a byte that is no unit.
  std::uint32_t symbol_count() const { return partition_.count; }
  Symbol bad_symbol() const { return static_cast<Symbol>(partition_.count); }
  LookSet looks() const { return looks_; }
  int context_count() const { return context_count_; }
  /// The assertions (of those in use) that hold in a context.
  LookSet holding(Context context) const { return holding_[context]; }
  Context context(Neighbour before, Neighbour after) const {
    return context_of_[static_cast<int>(before) * kNeighbours + static_cast<int>(after)];
  }
  Neighbour neighbour(Symbol symbol) const { return neighbours_[symbol]; }
  /// A unit that stands for the symbol (the smallest of its minterm); not for bad_symbol().
  std::uint32_t representative(Symbol symbol) const { return partition_.representatives[symbol]; }
  const syntax::Partition& partition() const { return partition_; }

  Symbol symbol_of_byte(std::uint8_t byte) const { return byte_symbols_[byte]; }
  Symbol symbol_of_unit(std::uint32_t unit) const {
    return unit < 128 ? byte_symbols_[unit] : static_cast<Symbol>(partition_.part_of(unit));
  }
  /// The symbols whose units lie in the class; the class must be a union of minterms.
  std::vector<Symbol> symbols_in(const syntax::CharClass& c) const;
  /// True when every class of the regex is a union of minterms and every assertion in use: it can be read in this
  /// alphabet although it was not built for it.
  bool covers(const syntax::Regex& regex) const;

 private:
  Encoding encoding_;
  LookSet looks_ = 0;
  syntax::Partition partition_;
  std::array<Symbol, 256> byte_symbols_{};
  std::vector<Neighbour> neighbours_;
  int context_count_ = 0;
  std::array<LookSet, kMaxContexts> holding_{};
  std::array<Context, kNeighbours * kNeighbours> context_of_{};
};

/// The set of assertion kinds that occur in the tree.
LookSet looks_in(const syntax::Regex& regex);

/// A haystack read in an alphabet; reusable, so that a batch allocates nothing.
struct Subject {
  std::vector<Symbol> symbols;       ///< one per unit
  std::vector<Context> contexts;     ///< one per location: units + 1
  std::vector<std::size_t> offsets;  ///< byte offset of each location; empty in byte mode (location == offset)

  std::size_t size() const { return symbols.size(); }
  std::size_t offset(std::size_t location) const { return offsets.empty() ? location : offsets[location]; }
  void assign(const Alphabet& alphabet, std::string_view haystack);
};

}  // namespace redoubt::derivatives
