#include "derivatives/alphabet.h"

#include <algorithm>

#include "syntax/mutants.h"
#include "syntax/utf8.h"

namespace redoubt::derivatives {

using syntax::CharClass;
using syntax::Look;

namespace {

constexpr LookSet kWordLooks =
    (1u << static_cast<int>(Look::kWordBoundary)) | (1u << static_cast<int>(Look::kNotWordBoundary));

constexpr LookSet kLineLooks = (1u << static_cast<int>(Look::kLineStart)) | (1u << static_cast<int>(Look::kLineEnd));

bool is_newline(Neighbour n) { return n == Neighbour::kNewline || n == Neighbour::kFinalNewline; }

/// SEMANTICS E: which assertions hold between two neighbours.
LookSet looks_between(Neighbour before, Neighbour after, const LookReading& reading) {
  const bool at_start = before == Neighbour::kEdge;
  const bool at_end = after == Neighbour::kEdge;
  const bool word_before = before == Neighbour::kWord || (at_start && REDOUBT_MUTANT(edge_counts_as_word));
  const bool boundary = word_before != (after == Neighbour::kWord);
  const bool not_at_end = reading.line_start_not_at_end || REDOUBT_MUTANT(line_start_never_at_end);
  const bool before_final = after == Neighbour::kFinalNewline && reading.dollar_before_final_newline;
  LookSet set = 0;
  if (at_start) set |= look_bit(Look::kCaret) | look_bit(Look::kTextStart);
  if (at_end) set |= look_bit(Look::kDollar) | look_bit(Look::kTextEnd);
  if (before_final) set |= look_bit(Look::kDollar);
  if (at_start || (is_newline(before) && !(at_end && not_at_end))) {
    set |= look_bit(Look::kLineStart);
  }
  if (at_end || is_newline(after)) set |= look_bit(Look::kLineEnd);
  set |= look_bit(boundary ? Look::kWordBoundary : Look::kNotWordBoundary);
  return set;
}

}  // namespace

LookSet looks_in(const syntax::Regex& regex) {
  LookSet set = 0;
  syntax::any_node(regex, [&](const syntax::Node& node) {
    if (node.kind() == syntax::NodeKind::kLook) set |= look_bit(node.look());
    return false;
  });
  return set;
}

Alphabet::Alphabet(const std::vector<syntax::Regex>& regexes, Encoding encoding, LookReading reading)
    : encoding_(encoding) {
  std::vector<CharClass> classes;
  for (const syntax::Regex& regex : regexes) {
    looks_ |= looks_in(regex);
    for (CharClass& c : syntax::collect_classes(regex)) classes.push_back(std::move(c));
  }
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  // Assertions look at neighbours: no minterm may mix units that they tell apart.
  const bool words = looks_ & kWordLooks;
  const bool lines =
      (looks_ & kLineLooks) || (reading.dollar_before_final_newline && (looks_ & look_bit(Look::kDollar)));
  if (words) classes.push_back(syntax::word_class());
  if (lines && !REDOUBT_MUTANT(newline_not_told_apart)) classes.push_back(CharClass::single('\n'));
  partition_ = syntax::partition(classes, encoding);

  for (std::uint32_t part = 0; part < partition_.count; ++part) {
    const std::uint32_t unit = partition_.representatives[part];
    neighbours_.push_back(lines && unit == '\n'                 ? Neighbour::kNewline
                          : words && syntax::is_word_unit(unit) ? Neighbour::kWord
                                                                : Neighbour::kOther);
  }
  neighbours_.push_back(Neighbour::kOther);  // a byte that is no unit is neither a word nor a newline
  const std::uint32_t limit = encoding == Encoding::kBytes ? 256 : 128;
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    byte_symbols_[byte] = byte < limit ? static_cast<Symbol>(partition_.part_of(byte)) : bad_symbol();
  }

  for (int before = 0; before < kNeighbours; ++before) {
    for (int after = 0; after < kNeighbours; ++after) {
      const LookSet holds =
          looks_ & looks_between(static_cast<Neighbour>(before), static_cast<Neighbour>(after), reading);
      auto end = holding_.begin() + context_count_;
      auto place = std::find(holding_.begin(), end, holds);
      if (place == end) holding_[static_cast<std::size_t>(context_count_++)] = holds;
      context_of_[static_cast<std::size_t>(before * kNeighbours + after)] =
          static_cast<Context>(place - holding_.begin());
    }
  }
}

std::vector<Symbol> Alphabet::symbols_in(const CharClass& c) const {
  std::vector<Symbol> symbols;
  for (std::uint32_t part = 0; part < partition_.count; ++part) {
    if (c.contains(partition_.representatives[part])) symbols.push_back(static_cast<Symbol>(part));
  }
  return symbols;
}

bool Alphabet::covers(const syntax::Regex& regex) const {
  return !syntax::any_node(regex, [&](const syntax::Node& node) {
    if (node.kind() == syntax::NodeKind::kLook) return (looks_ & look_bit(node.look())) == 0;
    if (node.kind() != syntax::NodeKind::kClass) return false;
    // Each range must start at the start of an interval and end where one ends, and whole minterms must lie inside.
    for (const syntax::Range& range : node.char_class().ranges()) {
      if (!std::binary_search(partition_.starts.begin(), partition_.starts.end(), range.lo)) return true;
      const std::uint32_t last = encoding_ == Encoding::kBytes ? syntax::kMaxByte : syntax::kMaxScalar;
      if (range.hi < last && !std::binary_search(partition_.starts.begin(), partition_.starts.end(), range.hi + 1)) {
        return true;
      }
    }
    for (std::size_t i = 0; i < partition_.starts.size(); ++i) {
      const std::uint32_t part = partition_.parts[i];
      if (part == syntax::Partition::kNoPart) continue;
      if (node.char_class().contains(partition_.starts[i]) !=
          node.char_class().contains(partition_.representatives[part])) {
        return true;
      }
    }
    return false;
  });
}

void Subject::assign(const Alphabet& alphabet, std::string_view haystack) {
  symbols.clear();
  offsets.clear();
  if (alphabet.encoding() == Encoding::kBytes) {
    symbols.resize(haystack.size());
    for (std::size_t i = 0; i < haystack.size(); ++i) {
      symbols[i] = alphabet.symbol_of_byte(static_cast<std::uint8_t>(haystack[i]));
    }
  } else {
    for (std::size_t i = 0; i < haystack.size();) {
      const syntax::Decoded unit = syntax::decode_utf8(haystack, i);
      offsets.push_back(i);
      symbols.push_back(unit.valid ? alphabet.symbol_of_unit(unit.unit) : alphabet.bad_symbol());
      i += unit.length;
    }
    offsets.push_back(haystack.size());
  }
  contexts.resize(symbols.size() + 1);
  if (alphabet.context_count() == 1) {
    std::fill(contexts.begin(), contexts.end(), Context{0});
    return;
  }
  Neighbour before = Neighbour::kEdge;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    Neighbour after = alphabet.neighbour(symbols[i]);
    if (after == Neighbour::kNewline && i + 1 == symbols.size()) after = Neighbour::kFinalNewline;
    contexts[i] = alphabet.context(before, after);
    before = after;
  }
  contexts[symbols.size()] = alphabet.context(before, Neighbour::kEdge);
}

}  // namespace redoubt::derivatives
