#include "pikevm/pikevm.h"

#include <algorithm>
#include <optional>

#include "pikevm/cached_search.h"
#include "pikevm/facts.h"
#include "pikevm/history_search.h"
#include "pikevm/list_search.h"
#include "pikevm/one_pass_search.h"
#include "pikevm/position_search.h"
#include "pikevm/split_search.h"
#include "syntax/mutants.h"
#include "syntax/utf8.h"

namespace redoubt::pikevm {

struct Scratch::Parts {
  ListSearch list;
  HistorySearch history;
  SplitSearch split;
  CachedSearch cached[2];  ///< without and with groups
  OnePassSearch one_pass[2];
  PositionSearch positions[2];
  Best best;
  Usage usage;

  /// The fastest search that the program suits and that does not give up; the last ones never do.
  Result run(const Program& program, const Search& search, bool groups);
  /// As run(), looking first for where a match can begin.
  Result seek(const Program& program, Search search, bool groups);
};

Scratch::Scratch() : parts_(std::make_unique<Parts>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
const Usage& Scratch::usage() const { return parts_->usage; }

namespace {

/// Steps that may be spent in vain on single starts, besides four for each byte passed.
constexpr std::uint64_t kWorthTrying = 512;

}  // namespace

Result Scratch::Parts::run(const Program& program, const Search& search, bool groups) {
  const auto done = [this](const auto& with, Result result) {
    usage = with.usage();
    return result;
  };
  const Optimizations may = program.optimizations;
  if (may.has(Optimization::kOnePass) && (search.anchored || program.anchored_at_start)) {
    if (auto result = one_pass[groups].run(program, search, groups, best)) return done(one_pass[groups], *result);
  }
  if (may.has(Optimization::kAutomaton)) {
    if (auto result = cached[groups].run(program, search, groups, best)) return done(cached[groups], *result);
  }
  if (may.has(Optimization::kPositions)) {
    if (auto result = positions[groups].run(program, search, groups, best)) return done(positions[groups], *result);
  }
  if (may.has(Optimization::kSplit) && SplitSearch::suits(program)) {
    if (auto result = split.run(program, search, groups, best)) return done(split, *result);
  }
  if (groups && program.semantics == Semantics::kLeftmostLongest)
    return done(history, history.run(program, search, best));
  const std::size_t width = groups ? 2 * std::size_t{program.groups} : 0;
  return done(list, list.run(program, search, width, best));
}

// Tries the places where a match can begin one by one. Should that take much longer than passing over the haystack,
// the rest is searched for all starts at once, so that the time stays linear.
Result Scratch::Parts::seek(const Program& program, Search search, bool groups) {
  const Facts& known = facts(program);
  if (known.literal && program.optimizations.has(Optimization::kLiteral)) {
    const char* text = search.haystack.data();
    const char* at = known.literal->find(text + search.begin, text + search.end);
    usage.steps = static_cast<std::uint64_t>(at - text) - search.begin + 1;
    best.found = at != text + search.end;
    best.begin = static_cast<std::size_t>(at - text);
    best.end = best.begin + known.literal->literal().size();
    if (usage.steps > search.step_limit) return Result::kStepLimit;
    return best.found ? Result::kMatch : Result::kNoMatch;
  }
  if (!program.optimizations.has(Optimization::kPrefilter)) return run(program, search, groups);
  if (known.rule_out(search.haystack, search.begin, search.end)) {
    usage = {1, 0};
    return Result::kNoMatch;
  }
  if (known.anchored_end && known.max_length < search.end - search.begin) {
    const auto back = REDOUBT_MUTANT(dollar_pinned_too_late) ? known.min_length : known.max_length;
    search.begin = search.end - static_cast<std::size_t>(back);
    if (program.encoding == Encoding::kUtf8) search.begin = syntax::utf8_boundary(search.haystack, search.begin);
  }
  if (!known.prefilter.active()) return run(program, search, groups);
  Prefilter::State state;
  const std::size_t begin = search.begin;
  std::uint64_t steps = 0;
  std::size_t bytes = 0;
  Result result = Result::kNoMatch;
  search.anchored = true;
  for (std::size_t from = begin;;) {
    const std::size_t at =
        from > search.end ? Prefilter::kNone : known.prefilter.next_start(search.haystack, from, search.end, state);
    steps += (at == Prefilter::kNone ? search.end + 1 : at) - std::min(from, search.end);
    if (at == Prefilter::kNone) break;
    search.begin = at;
    const std::uint64_t allowed = kWorthTrying + 4 * (at - begin);
    if (steps > allowed) search.anchored = false;
    const std::uint64_t limit = search.step_limit;
    search.step_limit = steps > limit ? 0 : limit - steps;
    result = run(program, search, groups);
    search.step_limit = limit;
    steps += usage.steps;
    bytes = std::max(bytes, usage.bytes);
    if (result != Result::kNoMatch || !search.anchored) break;
    from = at + (at < search.end ? program.alphabet.read(search.haystack, at).length : 1);
    if (REDOUBT_MUTANT(prefilter_skips_too_far)) from = std::max<std::size_t>(from, at + known.min_length);
  }
  usage = {steps, bytes};
  return result == Result::kNoMatch && steps > search.step_limit ? Result::kStepLimit : result;
}

Result search(const Program& program, Scratch& scratch, const Search& asked, Slots& out) {
  Scratch::Parts& parts = *scratch.parts_;
  out.clear();
  Search search = asked;
  search.end = std::min(search.end, search.haystack.size());
  if (program.encoding == Encoding::kUtf8) search.begin = syntax::utf8_boundary(search.haystack, search.begin);
  parts.usage = {};
  if (search.begin > search.end) return Result::kNoMatch;
  if (program.anchored_at_start && search.begin > 0) return Result::kNoMatch;

  bool groups = program.groups > 0 && search.wanted_slots > 1;
  const bool scans =
      !search.anchored && !program.anchored_at_start && search.end - search.begin >= program.scan_from_bytes &&
      (program.optimizations.has(Optimization::kPrefilter) || program.optimizations.has(Optimization::kLiteral));
  const Result result = scans ? parts.seek(program, search, groups) : parts.run(program, search, groups);
  if (result != Result::kMatch) return result;

  const Best& best = parts.best;
  std::size_t wanted = std::min(search.wanted_slots, std::size_t{program.groups} + 1);
  out.resize(wanted);
  if (wanted == 0) return result;
  out[0] = {best.begin, best.end};
  for (std::size_t g = 1; g < wanted; ++g) {
    out[g] = {best.slots[2 * g - 2], best.slots[2 * g - 1]};
  }
  return result;
}

}  // namespace redoubt::pikevm
