// The PikeVM as an engine.
#include "oracles/internal.h"
#include "pikevm/compiler.h"
#include "pikevm/pikevm.h"

namespace redoubt::oracles {

namespace {

enum Mode : std::size_t { kIsMatch, kSpan, kAnchored, kCold };

/// With its cache of closures, and without: two engines, since the cache replaces most of the search.
template <bool kCached>
const EngineInfo& pikevm_info() {
  static const EngineInfo kInfo = [] {
    EngineInfo info;
    info.name = kCached ? "pikevm" : "pikevm-plain";
    info.version = own_version();
    info.summary = kCached ? "the project's PikeVM: exact POSIX captures, or leftmost-first with loop policy re2"
                           : "the PikeVM without its cached automaton: thread lists and history tries alone";
    info.claims[0] = info.claims[1] = Claim::kCaptures;
    info.modes = {"slots-0", "slots-1", "anchored-at-match", "cold"};
    return info;
  }();
  return kInfo;
}

template <bool kCached>
class PikevmMatcher final : public Matcher {
 public:
  PikevmMatcher(std::shared_ptr<const pikevm::Program> program, pikevm::Scratch& scratch)
      : program_(std::move(program)), scratch_(scratch) {}

  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override {
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      pikevm::Search search;
      search.haystack = haystacks[k];
      ask(search, scratch_, Claim::kCaptures, outcomes[k]);
    }
  }

  void run_mode(std::size_t mode, std::span<const std::string_view> haystacks, std::span<const Outcome> base,
                std::span<Outcome> outcomes) override {
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      pikevm::Search search;
      search.haystack = haystacks[k];
      switch (static_cast<Mode>(mode)) {
        case kIsMatch:
          search.wanted_slots = 0;
          ask(search, scratch_, Claim::kIsMatch, outcomes[k]);
          break;
        case kSpan:
          search.wanted_slots = 1;
          ask(search, scratch_, Claim::kSpan, outcomes[k]);
          break;
        case kAnchored:
          // At the start that was found, an anchored search must find the same; where none was, none at 0 either.
          search.anchored = true;
          if (base[k].kind == OutcomeKind::kMatch) search.begin = base[k].slots[0].begin;
          ask(search, scratch_, Claim::kCaptures, outcomes[k]);
          break;
        case kCold: {
          pikevm::Scratch fresh;
          ask(search, fresh, Claim::kCaptures, outcomes[k]);
          break;
        }
      }
    }
  }

 private:
  void ask(pikevm::Search& search, pikevm::Scratch& scratch, Claim claim, Outcome& outcome) {
    search.cached = kCached;
    outcome.ends.clear();
    switch (pikevm::search(*program_, scratch, search, outcome.slots)) {
      case pikevm::Result::kMatch:
        outcome.kind = OutcomeKind::kMatch;
        outcome.claim = claim;
        return;
      case pikevm::Result::kNoMatch:
        return set_no_match(outcome, claim);
      case pikevm::Result::kMemoryLimit:
        return set_failure(outcome, OutcomeKind::kLimit, "memory limit of the PikeVM");
      case pikevm::Result::kStepLimit:
        return set_failure(outcome, OutcomeKind::kLimit, "step limit of the PikeVM");
    }
  }

  std::shared_ptr<const pikevm::Program> program_;
  pikevm::Scratch& scratch_;
};

template <bool kCached>
class PikevmOracle final : public Oracle {
 public:
  const EngineInfo& info() const override { return pikevm_info<kCached>(); }
  Prepared prepare(const Query& query) override {
    pikevm::Options options;
    options.semantics = query.semantics;
    options.encoding = query.encoding;
    auto program = pikevm::compile(query.regex, options);
    if (program) return std::make_unique<PikevmMatcher<kCached>>(std::move(*program), scratch_);
    Outcome outcome;
    set_failure(outcome, OutcomeKind::kLimit, program.error().message);
    return outcome;
  }

 private:
  pikevm::Scratch scratch_;
};

}  // namespace

std::vector<EngineEntry> pikevm_engines() {
  return {{pikevm_info<true>(), []() -> std::unique_ptr<Oracle> { return std::make_unique<PikevmOracle<true>>(); }},
          {pikevm_info<false>(), []() -> std::unique_ptr<Oracle> { return std::make_unique<PikevmOracle<false>>(); }}};
}

}  // namespace redoubt::oracles
