// The project's own judges as engines: the reference, the definition, and spans by derivatives alone.
#include "derivatives/dfa.h"
#include "oracles/internal.h"
#include "reference/definition.h"
#include "reference/leftmost_first.h"
#include "reference/longest_matcher.h"

namespace redoubt::oracles {

namespace {

using reference::MatchStatus;

void report(MatchStatus status, Claim claim, std::string_view limit, Outcome& outcome) {
  switch (status) {
    case MatchStatus::kMatch:
      outcome.kind = OutcomeKind::kMatch;
      outcome.claim = claim;
      return;
    case MatchStatus::kNoMatch:
      return set_no_match(outcome, claim);
    case MatchStatus::kLimit:
      return set_failure(outcome, OutcomeKind::kLimit, std::string(limit));
  }
}

/// A matcher around anything with `MatchStatus match(haystack, slots)`.
template <class Inner>
class ReferenceMatcher final : public Matcher {
 public:
  template <class... Arguments>
  explicit ReferenceMatcher(Arguments&&... arguments) : inner_(std::forward<Arguments>(arguments)...) {}

  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override {
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      outcomes[k].ends.clear();
      report(inner_.match(haystacks[k], outcomes[k].slots), Claim::kCaptures, "term or step limit of the reference",
             outcomes[k]);
    }
  }

 private:
  Inner inner_;
};

/// More trees than this on one haystack, and the definition answers "limit": it is for small cases. What a sweep asks
/// it is to answer always.
constexpr std::size_t kShort = 8;
constexpr std::uint32_t kSmall = 7;  // nodes
constexpr std::size_t kMaxTreesSmall = 300'000;
constexpr std::size_t kMiddling = 12;
constexpr std::size_t kMaxTreesMiddling = 3000;
constexpr std::size_t kMaxTrees = 500;
/// On longer haystacks it is not asked at all: the spans alone would take it too long.
constexpr std::size_t kLongest = 24;

struct Definition {
  syntax::Regex regex;
  Encoding encoding;
  MatchStatus match(std::string_view haystack, Slots& slots) {
    if (haystack.size() > kLongest) return MatchStatus::kLimit;
    const std::size_t most = haystack.size() <= kShort && regex->size() <= kSmall ? kMaxTreesSmall
                             : haystack.size() <= kMiddling                       ? kMaxTreesMiddling
                                                                                  : kMaxTrees;
    return reference::match_by_definition(regex, haystack, encoding, slots, most);
  }
};

/// The leftmost-longest judge also knows every end, which some engines list.
class LongestReference final : public Matcher {
 public:
  LongestReference(reference::Workspace& workspace, const syntax::Regex& regex) : inner_(workspace, regex) {}

  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override {
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      const MatchStatus status = inner_.match(haystacks[k], outcomes[k].slots, &outcomes[k].ends);
      report(status, Claim::kCaptures, "term limit of the reference", outcomes[k]);
    }
  }

 private:
  reference::LongestMatcher inner_;
};

class SpanMatcher final : public Matcher {
 public:
  SpanMatcher(reference::Workspace& workspace, const Query& query)
      : inner_(workspace, query.regex), slots_(1 + query.regex->max_group()) {}

  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override {
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      Span span;
      outcomes[k].ends.clear();
      const MatchStatus status = inner_.find_span(haystacks[k], span);
      outcomes[k].slots.assign(status == MatchStatus::kMatch ? slots_ : 0, Span{});
      if (status == MatchStatus::kMatch) outcomes[k].slots[0] = span;
      report(status, Claim::kSpan, "term limit of the reference", outcomes[k]);
    }
  }

 private:
  reference::LongestMatcher inner_;
  std::size_t slots_;
};

/// One workspace per encoding, kept from pattern to pattern.
class Workspaces {
 public:
  reference::Workspace& of(Encoding encoding) { return encoding == Encoding::kBytes ? bytes_ : utf8_; }

 private:
  reference::Workspace bytes_{Encoding::kBytes};
  reference::Workspace utf8_{Encoding::kUtf8};
};

EngineInfo own(std::string name, std::string summary, Claim posix, Claim perl) {
  EngineInfo info;
  info.name = std::move(name);
  info.version = own_version();
  info.summary = std::move(summary);
  info.claims[static_cast<int>(Semantics::kLeftmostLongest)] = posix;
  info.claims[static_cast<int>(Semantics::kLeftmostFirst)] = perl;
  return info;
}

const EngineInfo& reference_info() {
  static const EngineInfo kInfo =
      own("reference", "the specification: derivatives (posix), priority order with loop policy re2 (perl)",
          Claim::kCaptures, Claim::kCaptures);
  return kInfo;
}

const EngineInfo& reference_pcre2_info() {
  static const EngineInfo kInfo =
      own("reference-pcre2", "the leftmost-first reference with loop policy pcre2", Claim::kNothing, Claim::kCaptures);
  return kInfo;
}

const EngineInfo& definition_info() {
  static const EngineInfo kInfo =
      own("definition", "all parse trees and the order on them, by plain enumeration (small cases)", Claim::kCaptures,
          Claim::kNothing);
  return kInfo;
}

const EngineInfo& derivatives_info() {
  static const EngineInfo kInfo =
      own("derivatives", "the longest span by one backward and one forward pass", Claim::kSpan, Claim::kNothing);
  return kInfo;
}

using First = ReferenceMatcher<reference::LeftmostFirstMatcher>;

class ReferenceOracle final : public Oracle {
 public:
  const EngineInfo& info() const override { return reference_info(); }
  Prepared prepare(const Query& query) override {
    reference::Workspace& workspace = workspaces_.of(query.encoding);
    if (query.semantics == Semantics::kLeftmostFirst) {
      return std::make_unique<First>(workspace, query.regex, reference::LoopPolicy::kRe2);
    }
    return std::make_unique<LongestReference>(workspace, query.regex);
  }

 private:
  Workspaces workspaces_;
};

Outcome not_asked(std::string why) {
  Outcome outcome;
  set_failure(outcome, OutcomeKind::kUnsupported, std::move(why));
  return outcome;
}

class ReferencePcre2Oracle final : public Oracle {
 public:
  const EngineInfo& info() const override { return reference_pcre2_info(); }
  Prepared prepare(const Query& query) override {
    if (query.semantics != Semantics::kLeftmostFirst) return not_asked("answers leftmost-first only");
    return std::make_unique<First>(workspaces_.of(query.encoding), query.regex, reference::LoopPolicy::kPcre2);
  }

 private:
  Workspaces workspaces_;
};

class DefinitionOracle final : public Oracle {
 public:
  const EngineInfo& info() const override { return definition_info(); }
  Prepared prepare(const Query& query) override {
    if (query.semantics != Semantics::kLeftmostLongest) return not_asked("answers leftmost-longest only");
    return std::make_unique<ReferenceMatcher<Definition>>(Definition{query.regex, query.encoding});
  }
};

class DerivativesOracle final : public Oracle {
 public:
  const EngineInfo& info() const override { return derivatives_info(); }
  Prepared prepare(const Query& query) override {
    if (query.semantics != Semantics::kLeftmostLongest) return not_asked("answers leftmost-longest only");
    return std::make_unique<SpanMatcher>(workspaces_.of(query.encoding), query);
  }

 private:
  Workspaces workspaces_;
};

template <class T>
std::unique_ptr<Oracle> make() {
  return std::make_unique<T>();
}

}  // namespace

std::vector<EngineEntry> reference_engines() {
  return {{reference_info(), make<ReferenceOracle>},
          {reference_pcre2_info(), make<ReferencePcre2Oracle>},
          {definition_info(), make<DefinitionOracle>},
          {derivatives_info(), make<DerivativesOracle>}};
}

}  // namespace redoubt::oracles
