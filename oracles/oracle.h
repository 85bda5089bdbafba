// Oracle: an adapter that answers queries for one engine. An engine is judged only on what it claims, and says so in
// every outcome. Third-party headers stop in the adapter's own .cc file.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::oracles {

/// How much of its answer an engine vouches for; each level includes those before it.
enum class Claim : std::uint8_t { kNothing, kIsMatch, kSpan, kCaptures };

enum class OutcomeKind : std::uint8_t {
  kMatch,
  kNoMatch,
  kRejected,     ///< the engine refused the pattern as malformed
  kUnsupported,  ///< this engine cannot be asked this (dialect, encoding, …): never a divergence
  kLimit,        ///< a step, memory, state or time limit was reached
  kCrashed,
};

/// One engine's answer to one (pattern, haystack). Reused between calls: adapters assign, they do not append.
struct Outcome {
  OutcomeKind kind = OutcomeKind::kUnsupported;
  /// What of `slots` is vouched for; slots beyond the claim are shown, never judged.
  Claim claim = Claim::kNothing;
  /// kMatch: 1 + groups spans; those the engine did not give are unset.
  Slots slots;
  /// kMatch, where the engine was asked for it: the end of every match that starts where this one does, longest first.
  /// Empty: not given.
  std::vector<std::size_t> ends;
  /// kRejected, kUnsupported, kLimit, kCrashed: the reason, one line.
  std::string why;
};

/// What is asked: a tree, how haystacks are read, and which match is wanted.
struct Query {
  syntax::Regex regex;
  Encoding encoding = Encoding::kBytes;
  Semantics semantics = Semantics::kLeftmostLongest;
  /// The pattern as its author wrote it (with the flags below), for engine modes that test an engine as packaged;
  /// empty when the tree was generated, and then those modes print the tree plainly.
  std::string source;
};

struct EngineInfo {
  std::string name;     ///< as `redoubt engines` lists it, e.g. "re2-longest"
  std::string version;  ///< of the library, e.g. "10.42 2022-12-11"
  std::string summary;  ///< one line
  /// The claim for each semantics, indexed by Semantics; kNothing: not asked.
  Claim claims[2] = {Claim::kNothing, Claim::kNothing};
  /// Empty when available; else the reason why not.
  std::string unavailable;
  /// Names of the further ways in which the engine can be asked the same question (see Matcher::run_mode).
  std::vector<std::string> modes;
  /// Is it asked when no engines are named: by a check; by a single question?
  bool in_checks = true;
  bool in_questions = true;
};

/// A pattern prepared for one engine. Not thread-safe; lives no longer than its Oracle.
class Matcher {
 public:
  virtual ~Matcher() = default;

  /// Leftmost match in each haystack; outcomes[k] answers haystacks[k]. Same length.
  virtual void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) = 0;

  /// The same question asked another way (EngineInfo::modes[mode]): another entry point, other optimizations, cold
  /// against warm. The harness holds each answer against run()'s on the smaller of the two claims; a difference is a
  /// self-inconsistency. `base` holds run()'s outcomes for the same haystacks. kUnsupported skips.
  virtual void run_mode(std::size_t mode, std::span<const std::string_view> haystacks, std::span<const Outcome> base,
                        std::span<Outcome> outcomes);

  /// The pattern in the engine's own dialect, as it was handed to the engine.
  virtual std::string text() const { return {}; }
};

/// A prepared matcher, or the outcome (kRejected, kUnsupported or kLimit) that stands for every haystack.
using Prepared = std::variant<std::unique_ptr<Matcher>, Outcome>;

/// One engine. An instance belongs to one thread; make one per worker.
class Oracle {
 public:
  virtual ~Oracle() = default;
  virtual const EngineInfo& info() const = 0;
  virtual Prepared prepare(const Query& query) = 0;
};

/// A registered engine: how to describe it without making it, and how to make one. Each adapter's .cc defines one
/// function that returns its entries; oracles/registry.cc calls them in a fixed order.
struct EngineEntry {
  EngineInfo info;
  std::unique_ptr<Oracle> (*make)();
};
std::vector<EngineEntry> internal_engines();  ///< reference, definition, derivatives, pikevm, …
std::vector<EngineEntry> pcre2_engines();
std::vector<EngineEntry> re2_engines();

/// All engines, unavailable ones included, in the order in which reports list them.
const std::vector<EngineEntry>& registry();
/// nullptr if there is none of that name.
const EngineEntry* find_engine(std::string_view name);

// Helpers for adapters.
inline void set_match(Outcome& outcome, Claim claim, std::size_t slot_count) {
  outcome.kind = OutcomeKind::kMatch;
  outcome.claim = claim;
  outcome.slots.assign(slot_count, Span{});
  outcome.ends.clear();
}
inline void set_no_match(Outcome& outcome, Claim claim) {
  outcome.kind = OutcomeKind::kNoMatch;
  outcome.claim = claim;
  outcome.slots.clear();
  outcome.ends.clear();
}
inline void set_failure(Outcome& outcome, OutcomeKind kind, std::string why) {
  outcome.kind = kind;
  outcome.claim = Claim::kNothing;
  outcome.slots.clear();
  outcome.ends.clear();
  outcome.why = std::move(why);
}
std::string_view to_string(OutcomeKind kind);
std::string_view to_string(Claim claim);
/// "(0,2)(0,1)", "no match", "rejected: …".
std::string to_string(const Outcome& outcome);

}  // namespace redoubt::oracles
