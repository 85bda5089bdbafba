// RegexSet: many patterns in one program, for rule sets: which of them match anywhere in a haystack, found in one pass
// for all of them. Each pattern keeps a Regex of its own, so that spans and groups can be asked of those that matched.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "redoubt/export.h"
#include "redoubt/options.h"
#include "redoubt/regex.h"
#include "redoubt/scratch.h"

namespace redoubt {

/// One pattern of a set.
struct Rule {
  std::string_view pattern{};
  /// Rules are asked for by this number; any numbers will do.
  std::uint32_t group = 0;
  // Beside those of the set's options:
  bool icase = false;
  bool multiline = false;
  bool dot_all = false;
};

struct SetOptions {
  /// For every rule. Dialect, encoding and limits hold for the set's program too; limits.program_bytes for each rule.
  Options regex{};
  /// For the set's program, all rules together (kProgramTooLarge).
  std::size_t program_bytes = std::size_t{256} << 20;
  /// How much a Scratch may remember of what the set did with haystacks; it may take twice that. What does not fit is
  /// worked out again. 0: remember nothing.
  std::size_t cache_bytes = std::size_t{8} << 20;
};

struct SetError {
  std::size_t rule;  ///< index of the rule that is wrong, or did not fit any more
  Error error;
};

/// The rules that matched, by index. To be used again and again; not thread-safe.
class SetMatches {
 public:
  bool contains(std::size_t rule) const {
    return rule / 64 < words_.size() && (words_[rule / 64] >> (rule % 64) & 1) != 0;
  }
  bool empty() const {
    for (std::uint64_t word : words_) {
      if (word != 0) return false;
    }
    return true;
  }
  std::size_t count() const {
    std::size_t n = 0;
    for (std::uint64_t word : words_) n += static_cast<std::size_t>(std::popcount(word));
    return n;
  }
  /// Calls visit(std::size_t rule) for each, in order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t k = 0; k < words_.size(); ++k) {
      for (std::uint64_t word = words_[k]; word != 0; word &= word - 1) {
        visit(64 * k + static_cast<std::size_t>(std::countr_zero(word)));
      }
    }
  }
  /// Rule r is bit r % 64 of word r / 64.
  std::span<const std::uint64_t> words() const { return words_; }

 private:
  friend class RegexSet;
  std::vector<std::uint64_t> words_;
};

/// What is asked of a set.
struct SetQuery {
  /// Only rules of this group; nullopt: of all.
  std::optional<std::uint32_t> group{};
  /// Stop at the location where the first match of a rule in question ends. At least one rule is reported then.
  bool first_only = false;
};

/// Cheap to copy, safe to share, as Regex. A moved-from set may only be destroyed or assigned to.
class REDOUBT_API RegexSet {
 public:
  using Compiled = tl::expected<RegexSet, SetError>;
  static Compiled compile(std::span<const Rule> rules, const SetOptions& options = {});

  /// One pass over the haystack, linear in it, whatever the rules: bytes * threads in the worst case, a table lookup
  /// for each byte where what happens repeats itself. kMatch: some rule in question matches. A limit: those found so
  /// far stand. What is remembered takes no more than half of the memory limit.
  Result matches(const Input& input, Scratch& scratch, SetMatches& out, const SetQuery& query = {}) const;

  std::size_t size() const;
  /// The rule by itself: for the spans and groups of one that matched, `set.regex(r).captures(input, …)`.
  const Regex& regex(std::size_t rule) const;
  std::uint32_t group(std::size_t rule) const;
  /// What the set's program takes, roughly, and the rules' own ones.
  std::size_t bytes() const;

 private:
  struct Impl;
  explicit RegexSet(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace redoubt
