#include "pikevm/pikevm.h"

#include <algorithm>
#include <optional>

#include "pikevm/cached_search.h"
#include "pikevm/history_search.h"
#include "pikevm/list_search.h"
#include "pikevm/position_search.h"
#include "syntax/utf8.h"

namespace redoubt::pikevm {

struct Scratch::Parts {
  ListSearch list;
  HistorySearch history;
  CachedSearch cached[2];  ///< without and with groups
  PositionSearch positions[2];
  Best best;
  Usage usage;
};

Scratch::Scratch() : parts_(std::make_unique<Parts>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
const Usage& Scratch::usage() const { return parts_->usage; }

namespace {

/// The first boundary between units at or after `at`. UTF-8 synchronizes itself: a sequence that covers `at` begins at
/// most three bytes before.
std::size_t unit_boundary(std::string_view haystack, std::size_t at) {
  for (std::size_t back = 1; back <= 3 && back <= at && at < haystack.size(); ++back) {
    syntax::Decoded decoded = syntax::decode_utf8(haystack, at - back);
    if (decoded.valid) return decoded.length > back ? at - back + decoded.length : at;
  }
  return at;
}

}  // namespace

Result search(const Program& program, Scratch& scratch, const Search& asked, Slots& out) {
  Scratch::Parts& parts = *scratch.parts_;
  out.clear();
  Search search = asked;
  search.end = std::min(search.end, search.haystack.size());
  if (program.encoding == Encoding::kUtf8) search.begin = unit_boundary(search.haystack, search.begin);
  parts.usage = {};
  if (search.begin > search.end) return Result::kNoMatch;
  if (program.anchored_at_start && search.begin > 0) return Result::kNoMatch;

  bool groups = program.groups > 0 && search.wanted_slots > 1;
  Result result;
  std::optional<Result> cached;
  if (search.cached && program.optimizations.has(Optimization::kAutomaton)) cached = parts.cached[groups].run(program, search, groups, parts.best);
  std::optional<Result> positions;
  if (!cached && program.optimizations.has(Optimization::kPositions)) {
    positions = parts.positions[groups].run(program, search, groups, parts.best);
  }
  if (cached) {
    result = *cached;
    parts.usage = parts.cached[groups].usage();
  } else if (positions) {
    result = *positions;
    parts.usage = parts.positions[groups].usage();
  } else if (groups && program.semantics == Semantics::kLeftmostLongest) {
    result = parts.history.run(program, search, parts.best);
    parts.usage = parts.history.usage();
  } else {
    result = parts.list.run(program, search, groups ? 2 * std::size_t{program.groups} : 0, parts.best);
    parts.usage = parts.list.usage();
  }
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
