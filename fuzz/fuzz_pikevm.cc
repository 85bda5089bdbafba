// The PikeVM against itself and the references: whatever optimizations are on, warm or fresh memory, few slots or all,
// one pattern or a set, alone or one match after another, the answers are the same, and those of the references where
// these can be asked. A limit that is reached says nothing. The input is a PikevmCase.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/case_haystacks.h"
#include "fuzz/pikevm_case.h"
#include "pikevm/find_all.h"
#include "pikevm/literals.h"
#include "pikevm/pikevm.h"
#include "pikevm/prefilter.h"
#include "pikevm/set_search.h"
#include "reference/leftmost_first.h"
#include "reference/longest_matcher.h"
#include "syntax/printer.h"
#include "syntax/utf8.h"

namespace {

using namespace redoubt;
using fuzz::describe;
using fuzz::PikevmCase;
using pikevm::Optimizations;
using pikevm::Result;
using pikevm::Scratch;
using pikevm::Search;

/// A tree of so many nodes is small enough for the references.
constexpr std::uint32_t kReferenceNodes = 40;
constexpr int kMostMatches = 40;
/// Bytes of haystack times instructions: larger programs get the beginnings of long haystacks.
constexpr std::size_t kMostWork = 60'000;

struct Answer {
  Result result = Result::kNoMatch;
  Slots slots;

  bool limited() const { return result == Result::kMemoryLimit || result == Result::kStepLimit; }
};

std::string to_text(const Answer& answer) {
  switch (answer.result) {
    case Result::kMatch:
      return "match " + to_string(answer.slots);
    case Result::kNoMatch:
      return "no match";
    case Result::kMemoryLimit:
      return "memory limit";
    case Result::kStepLimit:
      return "step limit";
  }
  return {};
}

Answer ask(const pikevm::Program& program, Scratch& scratch, const Search& search) {
  Answer answer;
  answer.result = pikevm::search(program, scratch, search, answer.slots);
  return answer;
}

/// What is being compared, for the report.
class Report {
 public:
  explicit Report(const PikevmCase& input) : input_(input) {}
  void about(std::size_t pattern, const Search& search, std::string law) {
    pattern_ = pattern;
    search_ = search;
    law_ = std::move(law);
  }

  void require(bool holds, const std::string& expected, const std::string& found) const {
    if (!holds) fail(expected, found);
  }
  /// `found` says what `expected` says, as far as `wanted` slots go.
  void require_same(const Answer& expected, const Answer& found, std::size_t wanted, bool may_stop = false) const {
    if (expected.limited() || (may_stop && found.limited())) return;
    Answer part = expected;
    part.slots.resize(std::min(part.slots.size(), wanted));
    if (part.result != found.result || part.slots != found.slots) fail(to_text(part), to_text(found));
  }

 private:
  [[noreturn]] void fail(const std::string& expected, const std::string& found) const {
    const auto encoding = input_.options().encoding;
    std::fprintf(stderr, "%s\n  options:  %s\n", law_.c_str(), describe(input_.options()).c_str());
    for (std::size_t k = 0; k < input_.patterns().size(); ++k) {
      const std::string text = syntax::to_text(input_.patterns()[k], encoding);
      std::fprintf(stderr, "  pattern%s %s\n", k == pattern_ ? ":*" : ": ", syntax::escape_bytes(text).c_str());
    }
    std::fprintf(stderr, "  haystack: \"%s\"\n  search:   %s\n  expected: %s\n  found:    %s\n",
                 syntax::escape_bytes(search_.haystack).c_str(), describe(search_).c_str(), expected.c_str(),
                 found.c_str());
    std::abort();
  }

  const PikevmCase& input_;
  std::size_t pattern_ = 0;
  Search search_;
  std::string law_;
};

class Checker {
 public:
  explicit Checker(std::span<const std::uint8_t> bytes) : input_(bytes), report_(input_) {}

  void run() {
    if (!compile()) return;
    std::size_t largest = 1;
    for (const Compiled& compiled : plain_) largest = std::max(largest, compiled.program->insts.size());
    std::vector<std::string_view> haystacks;
    for (const std::string_view whole : input_.haystacks()) haystacks.push_back(whole.substr(0, kMostWork / largest));
    for (const std::string_view haystack : haystacks) {
      check_reference(haystack);
      check_search(input_.search(haystack));
      if (input_.choices().one_in(3)) check_search(input_.search(haystack));
    }
    if (input_.choices().one_in(3)) check_prefilter(input_.search(haystacks[0]));
    if (input_.choices().one_in(3)) check_find_all(input_.search(haystacks[0]));
    if (input_.choices().one_in(2)) check_set(haystacks);
  }

 private:
  struct Compiled {
    std::string name;
    std::shared_ptr<const pikevm::Program> program;
  };

  std::shared_ptr<const pikevm::Program> compile(std::size_t pattern, Optimizations optimizations) const {
    pikevm::Options options = input_.options();
    options.optimizations = optimizations;
    auto program = pikevm::compile(input_.patterns()[pattern], options);
    return program ? *program : nullptr;
  }

  /// False: the plain program does not fit the budget.
  bool compile() {
    for (std::size_t k = 0; k < input_.patterns().size(); ++k) {
      auto program = compile(k, Optimizations::none());
      if (program == nullptr) {
        if (k == 0) return false;
        continue;
      }
      plain_.push_back({describe(Optimizations::none()), std::move(program)});
      kept_.push_back(k);
    }
    add(0, Optimizations::all());
    if (input_.choices().one_in(8)) {
      for (std::size_t k = 0; k < pikevm::kOptimizationCount; ++k) {
        add(0, Optimizations::none().with(static_cast<pikevm::Optimization>(k)));
        add(0, Optimizations::all().without(static_cast<pikevm::Optimization>(k)));
      }
    } else {
      for (int k = 0; k < 3; ++k) add(0, input_.optimizations());
    }
    if (kept_.size() > 1) other_ = compile(kept_[1], Optimizations::all());
    return true;
  }
  void add(std::size_t pattern, Optimizations optimizations) {
    auto program = compile(pattern, optimizations);
    if (program != nullptr) programs_.push_back({describe(optimizations), std::move(program)});
  }

  /// The plain simulation with fresh memory: what all else is held against.
  Answer plain(std::size_t kept, Search search) const {
    Scratch fresh;
    search.wanted_slots = pikevm::kAllSlots;
    search.step_limit = Search().step_limit;
    search.memory_limit_bytes = Search().memory_limit_bytes;
    return ask(*plain_[kept].program, fresh, search);
  }

  void check_reference(std::string_view haystack) {
    if (haystack.size() > fuzz::kShortHaystack || input_.patterns()[0]->size() > kReferenceNodes) return;
    Search search;
    search.haystack = haystack;
    const Answer found = plain(0, search);
    if (found.limited()) return;
    Answer expected;
    const reference::MatchStatus status = reference_match(haystack, expected.slots);
    if (status == reference::MatchStatus::kLimit) return;
    expected.result = status == reference::MatchStatus::kMatch ? Result::kMatch : Result::kNoMatch;
    report_.about(0, search, "the plain simulation and the reference agree");
    report_.require_same(expected, found, pikevm::kAllSlots);
    // At the start that was found, an anchored search must find the same.
    if (expected.result != Result::kMatch) return;
    search.begin = expected.slots[0].begin;
    search.anchored = true;
    report_.about(0, search, "the plain simulation, anchored at its match, and the reference agree");
    report_.require_same(expected, plain(0, search), pikevm::kAllSlots);
  }

  reference::MatchStatus reference_match(std::string_view haystack, Slots& slots) const {
    // A small workspace, so that no pattern takes long.
    static constexpr reference::WorkspaceLimits kLimits = {.terms = 3000, .shared_symbols = 12};
    static reference::Workspace bytes(Encoding::kBytes, {}, kLimits), utf8(Encoding::kUtf8, {}, kLimits);
    const pikevm::Options& options = input_.options();
    reference::Workspace& workspace = options.encoding == Encoding::kBytes ? bytes : utf8;
    const syntax::Regex& pattern = input_.patterns()[0];
    if (options.semantics == Semantics::kLeftmostLongest) {
      return reference::LongestMatcher(workspace, pattern).match(haystack, slots);
    }
    const auto policy =
        options.loop_policy == pikevm::LoopPolicy::kPcre2 ? reference::LoopPolicy::kPcre2 : reference::LoopPolicy::kRe2;
    return reference::LeftmostFirstMatcher(workspace, pattern, policy).match(haystack, slots);
  }

  void check_search(Search search) {
    const Answer expected = plain(0, search);
    const Answer other = other_ == nullptr ? Answer() : plain(1, search);
    for (const Compiled& compiled : programs_) {
      const pikevm::Program& program = *compiled.program;
      // The memory is used for another pattern now and then, and a limit may stop a search in its midst.
      if (other_ != nullptr && input_.choices().one_in(4)) check_other(search, other);
      if (input_.choices().one_in(8)) {
        Search limited = search;
        limited.step_limit = input_.choices().below(400);
        if (input_.choices().one_in(3)) limited.memory_limit_bytes = input_.choices().below(8000);
        report_.about(0, limited, compiled.name + ", within limits, and the plain simulation agree");
        report_.require_same(expected, ask(program, scratch_, limited), pikevm::kAllSlots, true);
      }
      report_.about(0, search, compiled.name + ", with warm memory, and the plain simulation agree");
      report_.require_same(expected, ask(program, scratch_, search), pikevm::kAllSlots);
      Search fewer = search;
      fewer.wanted_slots = input_.choices().below(4);
      if (fewer.wanted_slots < 3) {
        report_.about(0, fewer, compiled.name + ", asked for less, and the plain simulation agree");
        report_.require_same(expected, ask(program, scratch_, fewer), fewer.wanted_slots);
      } else {
        Scratch fresh;
        report_.about(0, search, compiled.name + ", with fresh memory, and the plain simulation agree");
        report_.require_same(expected, ask(program, fresh, search), pikevm::kAllSlots);
      }
    }
  }

  /// No match begins before the place that a prefilter names, whatever instructions it may use.
  void check_prefilter(Search search) {
    using pikevm::Prefilter;
    using pikevm::SimdLevel;
    const pikevm::Options& options = input_.options();
    static constexpr SimdLevel kLevels[] = {SimdLevel::kPortable, SimdLevel::kSsse3, SimdLevel::kAvx2};
    const SimdLevel level = std::min(kLevels[input_.choices().below(3)], pikevm::simd_level());
    const Prefilter prefilter(pikevm::find_literals(input_.patterns()[0], options.encoding), options.encoding, level);
    Prefilter::State state;
    search.anchored = false;
    search.end = std::min(search.end, search.haystack.size());
    for (int k = 0; k < 4 && search.begin <= search.end; ++k) {
      const std::size_t place = prefilter.next_start(search.haystack, search.begin, search.end, state);
      const Answer first = plain(0, search);
      if (first.limited()) return;
      report_.about(0, search, "no match begins before the place that the prefilter " + prefilter.name() + " names");
      const bool holds = first.result != Result::kMatch || (place != Prefilter::kNone && place <= first.slots[0].begin);
      report_.require(holds && place >= search.begin, to_text(first), std::to_string(place));
      if (place == Prefilter::kNone) return;
      search.begin = place + unit_length(search.haystack, place);
    }
  }

  void check_other(const Search& search, const Answer& expected) {
    report_.about(kept_[1], search, "all, with warm memory, and the plain simulation agree");
    report_.require_same(expected, ask(*other_, scratch_, search), pikevm::kAllSlots);
  }

  /// find_all's own definition, with the plain simulation.
  std::vector<Slots> all_matches(Search search) const {
    std::vector<Slots> matches;
    std::size_t last_end = kUnset;
    const std::size_t end = std::min(search.end, search.haystack.size());
    while (search.begin <= end && matches.size() < kMostMatches) {
      const Answer answer = plain(0, search);
      if (answer.result != Result::kMatch) break;
      const Span span = answer.slots[0];
      if (span.begin != span.end || span.begin != last_end) matches.push_back(answer.slots);
      search.begin = last_end = span.end;
      if (span.begin == span.end) search.begin += unit_length(search.haystack, span.end);
    }
    return matches;
  }
  std::size_t unit_length(std::string_view haystack, std::size_t at) const {
    if (at >= haystack.size() || input_.options().encoding == Encoding::kBytes) return 1;
    const syntax::Decoded decoded = syntax::decode_utf8(haystack, at);
    return decoded.valid ? decoded.length : 1;
  }

  void check_find_all(Search search) {
    const std::vector<Slots> expected = all_matches(search);
    const Compiled& compiled = programs_[input_.choices().below(programs_.size())];
    std::vector<Slots> found;
    Slots slots;
    const Result result = pikevm::find_all(*compiled.program, scratch_, search, slots, [&](const Slots& match) {
      found.push_back(match);
      return found.size() < kMostMatches;
    });
    report_.about(0, search, compiled.name + ": find_all is one search after another");
    if (result == Result::kMemoryLimit) return;
    report_.require(result == (expected.empty() ? Result::kNoMatch : Result::kMatch) && found == expected,
                    to_text(expected), to_text(found));
  }
  static std::string to_text(const std::vector<Slots>& matches) {
    std::string text = std::to_string(matches.size()) + " matches";
    for (const Slots& match : matches) text += " " + to_string(match);
    return text;
  }
  static std::string to_text(const Answer& answer) { return ::to_text(answer); }

  void check_set(const std::vector<std::string_view>& haystacks) {
    std::vector<syntax::Regex> patterns;
    for (std::size_t k : kept_) patterns.push_back(input_.patterns()[k]);
    const auto set = pikevm::compile_set(patterns, {input_.options().encoding, std::size_t{1} << 20});
    if (!set) return;
    for (const std::string_view haystack : haystacks) check_set_search(**set, input_.search(haystack));
  }

  void check_set_search(const pikevm::SetProgram& set, const Search& search) {
    pikevm::SetSearch asked;
    asked.haystack = search.haystack;
    asked.begin = search.begin;
    asked.end = search.end;
    asked.anchored = search.anchored;
    static constexpr std::size_t kCacheBytes[] = {std::size_t{1} << 20, 0, 600, 3000};
    asked.cache_bytes = kCacheBytes[input_.choices().below(4)];
    const pikevm::PatternBits wanted = {input_.choices().below(8)};
    if (input_.choices().one_in(3)) asked.wanted = &wanted;
    std::uint64_t expected = 0;
    for (std::size_t k = 0; k < kept_.size(); ++k) {
      const Answer answer = plain(k, search);
      if (answer.limited()) return;
      if (answer.result == Result::kMatch && (asked.wanted == nullptr || (wanted[0] >> k & 1) != 0)) {
        expected |= std::uint64_t{1} << k;
      }
    }
    pikevm::PatternBits matched;
    if (input_.choices().one_in(6)) {
      pikevm::SetSearch limited = asked;
      limited.step_limit = input_.choices().below(200);
      if (input_.choices().one_in(3)) limited.memory_limit_bytes = input_.choices().below(4000);
      const Result result = search_set(set, set_scratch_, limited, matched);
      const bool stopped = result == Result::kStepLimit || result == Result::kMemoryLimit;
      report_.about(kept_[0], search, "a set, within limits, and its patterns agree");
      report_.require((matched[0] & ~expected) == 0 && (stopped || matched[0] == expected),
                      "of those kept, the bits " + std::to_string(expected), std::to_string(matched[0]));
    }
    for (const bool first_only : {false, true, false}) {
      asked.first_only = first_only;
      const Result result = pikevm::search_set(set, set_scratch_, asked, matched);
      if (result == Result::kMemoryLimit) return;
      report_.about(kept_[0], search,
                    first_only ? "a set, asked for the first, and its patterns agree" : "a set and its patterns agree");
      const bool holds = matched.size() == 1 && (first_only ? (matched[0] & ~expected) == 0 : matched[0] == expected) &&
                         (matched[0] != 0) == (expected != 0) && (result == Result::kMatch) == (expected != 0);
      report_.require(holds, "of those kept, the bits " + std::to_string(expected),
                      matched.empty() ? "nothing" : std::to_string(matched[0]));
    }
  }

  PikevmCase input_;
  Report report_;
  std::vector<std::size_t> kept_;   ///< the patterns whose programs fit the budget
  std::vector<Compiled> plain_;     ///< of each of those, without optimizations
  std::vector<Compiled> programs_;  ///< of the first, with some
  std::shared_ptr<const pikevm::Program> other_;
  Scratch scratch_;
  pikevm::SetScratch set_scratch_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Checker({data, size}).run();
  return 0;
}
