// Prefilter: where the next match can begin, found without matching. Its answers are lower bounds: it may name a place
// where no match begins, it never passes over one where a match does. It is chosen from the Literals of a tree and
// knows neither program nor semantics.
//
// Linear time. A State remembers the last answer and the question's `from`: a question from between the two has the
// same answer, so every question that is worked on begins beyond all places that the scans for a lead have passed. The
// last occurrence of the required literal is remembered in the same way. Hence, over questions with ascending `from`,
// each scan passes over each byte once (a vector scan reads a constant number of bytes around its ends again). The walk
// back from an occurrence o stops at the `from` it is made for. A next occurrence is asked for only from a place above
// o - min, where its walk stops, and each walk is made once: walks overlap by at most `min` bytes, and where that is
// more than a constant (kMaxWalkMin) none are made. So the questions of a search, or of a find-all with one State,
// together take time linear in the haystack and their number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pikevm/byte_scan.h"
#include "pikevm/literal_search.h"
#include "pikevm/literals.h"
#include "pikevm/simd.h"
#include "pikevm/teddy.h"
#include "syntax/match.h"

namespace redoubt::pikevm {

class Prefilter {
 public:
  /// No match can begin at or after the place asked for.
  static constexpr std::size_t kNone = kUnset;

  /// What is known of one haystack up to one `end`: start with a new one (or reset()) for any other, and also when the
  /// bytes have changed.
  class State {
   public:
    void reset() { *this = State(); }

   private:
    friend class Prefilter;
    /// A question from `from` was answered `at`, perhaps kNone.
    struct Seen {
      std::size_t from = 0;
      std::size_t at = 0;
      bool known = false;
      bool answers(std::size_t question) const { return known && from <= question && question <= at; }
    };
    /// Each of `free_count_` places from here on is as good as the others: the answer is the question.
    std::size_t free_from_ = 0;
    std::size_t free_count_ = 0;
    Seen answer_, required_;
    std::size_t walked_from_ = kNone;  ///< the occurrence from which the walk back led to walked_to_
    std::size_t walked_to_ = 0;
    // Does it pay?
    std::uint32_t questions_ = 0;
    std::uint32_t naps_ = 0;
    std::size_t passed_ = 0;
  };

  /// Passes over nothing.
  Prefilter() = default;
  Prefilter(Literals literals, Encoding encoding, SimdLevel level = simd_level());

  /// False: next_start() always answers `from`.
  bool active() const { return lead_ != Lead::kNothing || has_required_; }

  /// No match that lies within [from, end) begins before the answer; kNone: there is no such match. from <= end <=
  /// haystack.size(). `from` should ascend over the questions to one State; a smaller one than before is answered
  /// rightly, but then the total time is not bounded. In UTF-8 mode the answer is a boundary between units if `from` is
  /// one. A prefilter that stops nearly everywhere sleeps for a while, answering `from`.
  std::size_t next_start(std::string_view haystack, std::size_t from, std::size_t end, State& state) const {
    return from - state.free_from_ < state.free_count_ ? from : ask(haystack, from, end, state);
  }

  /// "memmem "foo"", "memchr "@", then back over [0-9a-z]": for people. And why this one was chosen.
  std::string name() const;
  std::string_view why() const { return why_; }
  /// Memory taken.
  std::size_t bytes() const;

 private:
  /// What finds a place where a match can begin.
  enum class Lead : std::uint8_t { kNothing, kLiteral, kLiterals, kBytes, kLineStart };
  static constexpr std::uint64_t kMaxWalkMin = 64;

  void choose_lead(Literals& literals, SimdLevel level);
  void choose_required(Literals& literals, SimdLevel level);
  std::size_t ask(std::string_view haystack, std::size_t from, std::size_t end, State& state) const;
  std::size_t search(std::string_view haystack, std::size_t from, std::size_t end, State& state) const;
  std::size_t by_lead(std::string_view haystack, std::size_t from, std::size_t end) const;
  std::size_t by_required(std::string_view haystack, std::size_t from, std::size_t end, State& state) const;
  std::size_t occurrence(std::string_view haystack, std::size_t from, std::size_t end, State& state) const;
  std::size_t walk_back(std::string_view haystack, std::size_t from, std::size_t occurrence, State& state) const;

  Lead lead_ = Lead::kNothing;
  bool has_required_ = false;
  bool required_first_ = false;
  bool utf8_ = false;
  unsigned lead_information_ = 0;
  std::uint64_t min_length_ = 0;
  std::string_view why_ = "none was asked for";
  LiteralSearch literal_;
  std::unique_ptr<const Teddy> literals_;
  std::unique_ptr<const ByteScan> first_;
  LiteralSearch required_;
  std::uint64_t min_ = 0, max_ = 0;       ///< offsets of required_ in a match
  std::unique_ptr<const ByteScan> walk_;  ///< the bytes that can stand between the match's start and required_
  ByteSet first_set_, walk_set_;          ///< for name()
};

/// For people.
std::string quoted(const Literal& literal);

}  // namespace redoubt::pikevm
