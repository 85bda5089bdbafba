// The PikeVM as engines: with all optimizations, with none, with each alone and without each, and with either loop
// policy. They differ in their set-up only.
#include <array>
#include <utility>

#include "oracles/internal.h"
#include "pikevm/compiler.h"
#include "pikevm/find_all.h"
#include "pikevm/pikevm.h"
#include "pikevm/set_program.h"
#include "pikevm/set_search.h"

namespace redoubt::oracles {

namespace {

enum Mode : std::size_t { kIsMatch, kSpan, kAnchored, kCold, kFindAll, kSet };

/// One engine: the PikeVM with these optimizations and this policy.
struct Setup {
  std::string name;
  std::string summary;
  pikevm::Optimizations optimizations = pikevm::Optimizations::all();
  pikevm::LoopPolicy loop_policy = pikevm::LoopPolicy::kRe2;  ///< kPcre2: leftmost-first only
  bool in_checks = true;
  bool in_questions = true;
};

/// All of them, none of them, and for each optimization it alone and all but it.
constexpr std::size_t kSetups = 4 + 2 * pikevm::kOptimizationCount;

const std::array<Setup, kSetups>& setups() {
  static const std::array<Setup, kSetups> kTable = [] {
    std::array<Setup, kSetups> table;
    std::size_t k = 0;
    auto add = [&](std::string name, std::string summary, pikevm::Optimizations o) -> Setup& {
      return table[k++] = {std::move(name), std::move(summary), o};
    };
    add("pikevm", "the project's PikeVM: exact POSIX captures, or leftmost-first with loop policy re2",
        pikevm::Optimizations::all());
    add("pikevm-plain", "the PikeVM without optimizations: thread lists and history tries alone",
        pikevm::Optimizations::none());
    for (const char* plain : {"", "-plain"}) {
      const bool all = *plain == '\0';
      Setup& s = add("pikevm-pcre2" + std::string(plain),
                     all ? "the PikeVM, leftmost-first with loop policy pcre2" : "the same without optimizations",
                     all ? pikevm::Optimizations::all() : pikevm::Optimizations::none());
      s.loop_policy = pikevm::LoopPolicy::kPcre2;
      s.in_questions = all;
    }
    for (bool only : {true, false}) {
      for (std::size_t o = 0; o < pikevm::kOptimizationCount; ++o) {
        const auto optimization = static_cast<pikevm::Optimization>(o);
        const std::string of(pikevm::kOptimizationNames[o]);
        Setup& s = only ? add("pikevm-only-" + of, "the PikeVM with this optimization alone",
                              pikevm::Optimizations::none().with(optimization))
                        : add("pikevm-no-" + of, "the PikeVM with all optimizations but this one",
                              pikevm::Optimizations::all().without(optimization));
        s.in_checks = only;
        s.in_questions = false;
      }
    }
    return table;
  }();
  return kTable;
}

EngineInfo info_of(const Setup& setup) {
  EngineInfo info;
  info.name = setup.name;
  info.version = own_version();
  info.summary = setup.summary;
  info.claims[static_cast<int>(Semantics::kLeftmostFirst)] = Claim::kCaptures;
  if (setup.loop_policy == pikevm::LoopPolicy::kRe2) {
    info.claims[static_cast<int>(Semantics::kLeftmostLongest)] = Claim::kCaptures;
  }
  info.modes = {"slots-0", "slots-1", "anchored-at-match", "cold"};
  // What stands upon a search needs no asking with each optimization by itself.
  if (setup.in_questions) info.modes.insert(info.modes.end(), {"find-all", "in-a-set"});
  info.in_checks = setup.in_checks;
  info.in_questions = setup.in_questions;
  return info;
}

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
        case kFindAll:
          ask_all(search, outcomes[k]);
          break;
        case kSet:
          ask_set(haystacks[k], k % 2 == 0, base[k], outcomes[k]);
          break;
      }
    }
  }

 private:
  void ask(pikevm::Search& search, pikevm::Scratch& scratch, Claim claim, Outcome& outcome) {
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

  /// The first of all matches, if the others are what searches from where the ones before them end find; else the first
  /// that is not.
  void ask_all(pikevm::Search& search, Outcome& outcome) {
    constexpr int kMost = 6;
    ask(search, scratch_, Claim::kCaptures, outcome);
    pikevm::AllMatches all(search);
    Slots next, expected = outcome.slots;
    bool found = outcome.kind == OutcomeKind::kMatch;
    for (int count = 0; count < kMost; ++count) {
      const bool again = all.next(*program_, scratch_, next) == pikevm::Result::kMatch;
      if (again != found || (found && next != expected)) {
        if (!again) return set_no_match(outcome, Claim::kCaptures);
        outcome.kind = OutcomeKind::kMatch;
        outcome.claim = Claim::kCaptures;
        outcome.slots = next;
        // Where the slots are those of the first match, they say nothing.
        if (!found) outcome.slots[0] = {search.haystack.size() + 1, search.haystack.size() + 1};
        return;
      }
      if (!found) return;
      const Span last = expected[0];
      search.begin = last.end;
      for (;;) {
        const std::size_t from = search.begin;
        found = pikevm::search(*program_, scratch_, search, expected) == pikevm::Result::kMatch;
        if (!found || expected[0].end > last.end) break;
        // Empty, where the last one ended: one unit on.
        if (from >= search.haystack.size()) {
          found = false;
          break;
        }
        search.begin = from + program_->alphabet.read(search.haystack, from).length;
      }
    }
  }

  /// Does it match as one of a set? Its neighbours are a letter, which is easily checked, and any unit.
  void ask_set(std::string_view haystack, bool remember, const Outcome& base, Outcome& outcome) {
    const syntax::Regex letter = syntax::literal('b');
    const syntax::Regex any = syntax::char_class(syntax::CharClass::all(program_->encoding));
    if (!set_) {
      pikevm::SetOptions options;
      options.encoding = program_->encoding;
      auto set = pikevm::compile_set({letter, program_->regex, any}, options);
      if (!set) return set_failure(outcome, OutcomeKind::kLimit, set.error().message);
      set_ = *std::move(set);
    }
    pikevm::SetSearch search;
    search.haystack = haystack;
    if (!remember) search.cache_bytes = 0;
    pikevm::PatternBits matched;
    outcome.ends.clear();
    const pikevm::Result result = pikevm::search_set(*set_, set_scratch_, search, matched);
    if (result == pikevm::Result::kMemoryLimit || result == pikevm::Result::kStepLimit) {
      return set_failure(outcome, OutcomeKind::kLimit, "limit of the set");
    }
    const bool letter_right = ((matched[0] & 1) != 0) == (haystack.find('b') != std::string_view::npos);
    // A wrong neighbour is told as a wrong answer.
    const bool found = letter_right ? (matched[0] >> 1 & 1) != 0 : base.kind != OutcomeKind::kMatch;
    if (!found) return set_no_match(outcome, Claim::kIsMatch);
    outcome.kind = OutcomeKind::kMatch;
    outcome.claim = Claim::kIsMatch;
    outcome.slots.assign(1, Span{});
  }

  std::shared_ptr<const pikevm::Program> program_;
  pikevm::Scratch& scratch_;
  std::shared_ptr<const pikevm::SetProgram> set_;
  pikevm::SetScratch set_scratch_;
};

class PikevmOracle final : public Oracle {
 public:
  explicit PikevmOracle(const Setup& setup) : setup_(setup), info_(info_of(setup)) {}
  const EngineInfo& info() const override { return info_; }
  Prepared prepare(const Query& query) override {
    Outcome outcome;
    if (info_.claims[static_cast<int>(query.semantics)] == Claim::kNothing) {
      set_failure(outcome, OutcomeKind::kUnsupported, "answers leftmost-first only");
      return outcome;
    }
    pikevm::Options options;
    options.semantics = query.semantics;
    options.encoding = query.encoding;
    options.loop_policy = setup_.loop_policy;
    options.optimizations = setup_.optimizations;
    // The engines that are there to judge an optimization use it on everything.
    if (setup_.optimizations != pikevm::Optimizations::all()) {
      options.simplify_from_nodes = 0;
      options.scan_from_bytes = 0;
    }
    auto program = pikevm::compile(query.regex, options);
    if (program) return std::make_unique<PikevmMatcher>(std::move(*program), scratch_);
    set_failure(outcome, OutcomeKind::kLimit, program.error().message);
    return outcome;
  }

 private:
  const Setup& setup_;
  EngineInfo info_;
  pikevm::Scratch scratch_;
};

/// An engine is made by a plain function, so each has one of its own.
template <std::size_t... k>
std::vector<EngineEntry> entries(std::index_sequence<k...>) {
  return {{info_of(setups()[k]),
           []() -> std::unique_ptr<Oracle> { return std::make_unique<PikevmOracle>(setups()[k]); }}...};
}

}  // namespace

std::vector<EngineEntry> pikevm_engines() { return entries(std::make_index_sequence<kSetups>()); }

}  // namespace redoubt::oracles
