// Regex: an immutable compiled pattern, exactly POSIX (leftmost-longest) or exactly leftmost-first, with groups. A
// search takes time linear in the haystack and memory that does not depend on it. Bad patterns and reached limits are
// values; the only exception is std::bad_alloc. It does not replace, and it has no backreferences or lookarounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "redoubt/export.h"
#include "redoubt/options.h"
#include "redoubt/scratch.h"
#include "redoubt/types.h"

namespace redoubt {

/// What a search is asked. A match lies within [begin,end) of the haystack, whose whole is looked at by assertions:
/// `^` holds at 0, not at `begin`; `$` at the haystack's end, not at `end`. All offsets are bytes, in UTF-8 mode too:
/// there a `begin` inside a well-formed sequence is moved to its end, and a sequence that `end` cuts is not matched.
/// The haystack need not be well-formed: a byte that belongs to no sequence is matched by no class.
/// It is only looked at during a call, and must stay while a Finder uses it.
struct Input {
  std::string_view haystack{};
  std::size_t begin = 0;
  std::size_t end = kUnset;  ///< anything greater than the haystack's size, as kUnset, means its size
  /// Only a match that starts at `begin` counts.
  bool anchored = false;
  /// In units of constant work, about one for each thread and byte of the haystack. Checked once per byte or so.
  std::uint64_t step_limit = std::numeric_limits<std::uint64_t>::max();
  /// On the working memory of the search, the compiled pattern not counted. Checked once per byte or so.
  std::size_t memory_limit_bytes = std::size_t{256} << 20;
};

/// A limit that was reached says nothing about whether there is a match.
enum class [[nodiscard]] Result : std::uint8_t{kNoMatch, kMatch, kStepLimit, kMemoryLimit};

/// True in a condition when there was a match.
struct [[nodiscard]] Found {
  Result result = Result::kNoMatch;
  Span span{};  ///< set when there was a match

  explicit operator bool() const { return result == Result::kMatch; }
};

/// The spans of a match: slot 0 is the whole, slot g is group g, unset if the group took no part. A vector that is used
/// again and again is grown once.
using Slots = std::vector<Span>;

/// Cheap to copy (a reference count), safe to share: all members may be called from any number of threads at once, each
/// with a Scratch of its own. A moved-from Regex may only be destroyed or assigned to.
class REDOUBT_API Regex {
 public:
  using Compiled = tl::expected<Regex, Error>;
  static Compiled compile(std::string_view pattern, const Options& options = {});

  /// Is there a match? Usually faster than find(), as it stops at the first end of any match.
  Result is_match(const Input& input, Scratch& scratch) const;
  /// The span of the match. Faster than captures() for patterns with groups.
  Found find(const Input& input, Scratch& scratch) const;
  /// The spans of the match and of all groups; `slots` is emptied when there is none.
  Result captures(const Input& input, Scratch& scratch, Slots& slots) const;

  /// Calls `visit(Span) -> bool` for each match from left to right until it answers false; see Finder. kMatch: there
  /// was one. A limit: what was visited before it stands.
  template <class Visit>
  Result find_all(const Input& input, Scratch& scratch, const Visit& visit) const;
  /// The same with `visit(const Slots&) -> bool`.
  template <class Visit>
  Result captures_all(const Input& input, Scratch& scratch, Slots& slots, const Visit& visit) const;

  std::string_view pattern() const;
  const Options& options() const;
  /// Without the whole match: slots have one more.
  std::size_t group_count() const;
  /// "" for a group without a name, and for numbers that are not groups. Lives as long as some copy of this Regex.
  std::string_view group_name(std::size_t group) const;
  /// The group of that name.
  std::optional<std::size_t> group_number(std::string_view name) const;
  /// What the compiled program takes, roughly.
  std::size_t bytes() const;

 private:
  friend struct Access;
  struct Impl;
  explicit Regex(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

/// One match after another, from left to right, not overlapping, as Go's FindAll and RE2's GlobalReplace iterate: the
/// next search starts where a match ended, and after an empty match one unit later. An empty match at the end of the
/// match before it is left out (so a* on "baac" gives (0,0)(1,3)(4,4); Perl and PCRE2 would add (3,3)). With
/// `input.anchored` each match starts where the one before ended.
///
/// Worst case: one search is linear, but a pattern may have to look far beyond a match to know that it is one, and then
/// look there again from the next: `(?s).*b|a` takes quadratic time on a haystack of `a`s. Patterns whose matches are
/// bounded in length, or which die soon after the match, do not. `input.step_limit` holds for all searches together,
/// so it bounds the iteration. NOT thread-safe; the Regex is held by a copy, the Scratch and the haystack are the
/// caller's.
class REDOUBT_API Finder {
 public:
  /// `last_end`: to go on with an iteration, rest() and last_end() of the Finder that had it.
  Finder(const Regex& regex, Scratch& scratch, const Input& input, std::size_t last_end = kUnset);

  /// After anything but kMatch the iteration is over, and the same result comes again.
  Result next();
  Result next(Slots& slots);
  /// Of the last match.
  Span span() const { return span_; }
  const Input& rest() const { return input_; }
  std::size_t last_end() const { return last_end_; }

 private:
  Result advance(std::size_t wanted, Slots& slots);

  Regex regex_;
  Scratch* scratch_;
  Input input_;
  std::size_t last_end_;
  Span span_{};
  Result result_ = Result::kMatch;
};

template <class Visit>
Result Regex::find_all(const Input& input, Scratch& scratch, const Visit& visit) const {
  Finder finder(*this, scratch, input);
  for (bool any = false;; any = true) {
    Result result = finder.next();
    if (result != Result::kMatch) return any && result == Result::kNoMatch ? Result::kMatch : result;
    if (!visit(finder.span())) return result;
  }
}

template <class Visit>
Result Regex::captures_all(const Input& input, Scratch& scratch, Slots& slots, const Visit& visit) const {
  Finder finder(*this, scratch, input);
  for (bool any = false;; any = true) {
    Result result = finder.next(slots);
    if (result != Result::kMatch) return any && result == Result::kNoMatch ? Result::kMatch : result;
    if (!visit(static_cast<const Slots&>(slots))) return result;
  }
}

/// "0.1.0": of the library that runs, which a shared library's header may differ from.
REDOUBT_API std::string_view version();

}  // namespace redoubt
