// SetProgram: many patterns in one program, for the question which of them match somewhere in a haystack. It has no
// captures and no priorities, so it is the same for both semantics. Immutable once compiled, shared between threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "pikevm/alphabet.h"
#include "pikevm/program.h"
#include "syntax/regex.h"

namespace redoubt::pikevm {

struct SetOptions {
  Encoding encoding = Encoding::kBytes;
  /// For all patterns together: instructions and class tables.
  std::size_t program_budget_bytes = std::size_t{256} << 20;
};

/// A number of the patterns given to compile_set().
using PatternId = std::uint32_t;

struct SetProgram {
  /// What assertions ask of a byte beside a location.
  enum Kind : std::uint8_t { kOther, kNewline, kWord, kEdge };
  static constexpr std::uint32_t kKinds = 4;

  std::uint64_t serial = 0;
  Encoding encoding = Encoding::kBytes;
  std::uint32_t patterns = 0;
  /// kClass, kLook, kSplit and kMatch; the arg of a kMatch is unused.
  std::vector<Inst> insts;
  std::vector<PatternId> owner;  ///< by address
  /// Where threads start: the kClass and kLook instructions that empty arrows lead to. Of patterns not in `always`.
  std::vector<Address> starts;
  /// The patterns that match empty everywhere.
  std::vector<PatternId> always;
  Alphabet alphabet;
  std::uint32_t looks_used = 0;
  std::vector<std::uint8_t> part_kind;  ///< Kind of a part's bytes; kOther for all if no assertion is used

  /// What may come next in a haystack: a part, an ill-formed byte, or the end of the search before a byte of some kind.
  std::uint32_t columns() const { return alphabet.part_count() + 1 + kKinds; }
  std::uint32_t ill_formed() const { return alphabet.part_count(); }
  std::uint32_t end_column(Kind next) const { return alphabet.part_count() + 1 + next; }
  Kind kind_of_column(std::uint32_t column) const {
    if (column < part_kind.size()) return static_cast<Kind>(part_kind[column]);
    return column > ill_formed() ? static_cast<Kind>(column - ill_formed() - 1) : kOther;
  }
  /// kOther if no assertion is used, so that it makes no difference then.
  Kind kind_at(std::string_view haystack, std::size_t at) const;
  Kind kind_before(std::string_view haystack, std::size_t at) const {
    return looks_used == 0 || at > 0 ? kind_at(haystack, at - 1) : kEdge;
  }
  /// The assertions that hold between bytes of these kinds, as looks_at().
  std::uint32_t looks_between(Kind before, Kind after) const { return looks_between_[before * kKinds + after]; }
  bool takes(const Inst& inst, std::uint32_t column) const {
    return column < alphabet.part_count() && (class_bits_[inst.arg * words_ + column / 64] >> (column % 64) & 1);
  }
  std::size_t bytes() const;

 private:
  friend class SetBuilder;
  std::uint32_t words_ = 1;
  std::vector<std::uint64_t> class_bits_;  ///< classes * words_
  std::array<std::uint32_t, kKinds * kKinds> looks_between_{};
};

struct SetError {
  PatternId pattern;    ///< the one that did not fit
  std::string message;  ///< one sentence
};

using SetResult = tl::expected<std::shared_ptr<const SetProgram>, SetError>;

/// Any number of patterns, none included.
SetResult compile_set(const std::vector<syntax::Regex>& patterns, const SetOptions& options);

}  // namespace redoubt::pikevm
