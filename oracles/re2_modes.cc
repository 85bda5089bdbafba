// Other ways to put the same question to RE2, each of which must give run()'s answer by RE2's own documentation (re2.h,
// set.h). Looks see the whole text whatever part of it Match is told to search, so anchored calls need no exceptions.
#include <algorithm>
#include <iterator>
#include <optional>

#include "oracles/re2_matcher.h"

namespace redoubt::oracles {
namespace {

enum class How : std::uint8_t {
  kNoSubmatch,       ///< asks for existence alone: the DFA
  kOneSubmatch,      ///< asks for the span alone: the DFA forwards, then backwards
  kAnchoredAtMatch,  ///< ANCHOR_START where run() found the match, or at 0 where it found none
  kAnchoredBoth,     ///< ANCHOR_BOTH over the span that run() found, or over everything
  kStartAtMatch,     ///< a search from the start that run() found
  kSet,              ///< a RE2::Set of one pattern
  kPartialMatch,     ///< RE2::PartialMatchN
  kFullMatch,        ///< RE2::FullMatchN, where run() matched everything or nothing
  kRange,            ///< PossibleMatchRange, where run() matched everything
  kNeverCapture,     ///< the option never_capture
  kNeverNewline,     ///< the option never_nl, for haystacks without \n
  kSmallMemory,      ///< so little memory that the DFA gives up and the NFA answers
  kOtherEncoding,    ///< UTF-8 for Latin-1 and the reverse, for ASCII haystacks
  kWarm,
  kCold,
};

struct Mode {
  const char* name;
  How how;
  Claim claim = Claim::kCaptures;
};

constexpr Mode kModes[] = {
    {"no-submatch", How::kNoSubmatch, Claim::kIsMatch},
    {"one-submatch", How::kOneSubmatch, Claim::kSpan},
    {"anchored-at-match", How::kAnchoredAtMatch},
    {"anchored-both", How::kAnchoredBoth},
    {"start-at-match", How::kStartAtMatch},
    {"set", How::kSet, Claim::kIsMatch},
    {"partial-match", How::kPartialMatch},
    {"full-match", How::kFullMatch},
    {"match-range", How::kRange, Claim::kIsMatch},
    {"never-capture", How::kNeverCapture, Claim::kSpan},
    {"never-newline", How::kNeverNewline},
    {"small-memory", How::kSmallMemory},
    {"other-encoding", How::kOtherEncoding},
    {"warm", How::kWarm},
    {"cold", How::kCold},
};

constexpr std::size_t kRangeLength = 10;   // bytes of either end of a match range
constexpr std::size_t kTinyMemory = 4096;  // bytes: enough for small programs, never for a DFA

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool needs_own_re(How how) {
  return how == How::kNeverCapture || how == How::kNeverNewline || how == How::kSmallMemory ||
         how == How::kOtherEncoding || how == How::kCold;
}

RE2::Options options_for(How how, const Re2Pattern& pattern, const RE2& main) {
  RE2::Options options = pattern.options;
  if (how == How::kNeverCapture) options.set_never_capture(true);
  if (how == How::kNeverNewline) options.set_never_nl(true);
  if (how == How::kSmallMemory) {
    // The program must fit and the DFA must not; RE2 gives a program four times its size.
    options.set_max_mem(static_cast<std::int64_t>(kTinyMemory) + 100 * main.ProgramSize());
  }
  if (how == How::kOtherEncoding) {
    options.set_encoding(pattern.encoding == Encoding::kBytes ? RE2::Options::EncodingUTF8
                                                              : RE2::Options::EncodingLatin1);
  }
  return options;
}

/// The mode's RE2::Match call for this haystack, or nothing when it cannot be asked.
std::optional<Re2Ask> aim(const Mode& mode, std::string_view haystack, const Outcome& base, std::size_t slots) {
  bool matched = base.kind == OutcomeKind::kMatch;
  Re2Ask ask{0, haystack.size(), RE2::UNANCHORED, slots};
  switch (mode.how) {
    case How::kNoSubmatch:
      ask.pieces = 0;
      return ask;
    case How::kOneSubmatch:
    case How::kNeverCapture:
      ask.pieces = 1;
      return ask;
    case How::kAnchoredAtMatch:
      ask.anchor = RE2::ANCHOR_START;
      if (matched) ask.start = base.slots[0].begin;
      return ask;
    case How::kAnchoredBoth:
      ask.anchor = RE2::ANCHOR_BOTH;
      if (matched) ask.start = base.slots[0].begin, ask.end = base.slots[0].end;
      return ask;
    case How::kStartAtMatch:
      if (!matched) return std::nullopt;
      ask.start = base.slots[0].begin;
      return ask;
    case How::kNeverNewline:
      return haystack.find('\n') == std::string_view::npos ? std::optional(ask) : std::nullopt;
    case How::kOtherEncoding:
      return is_ascii(haystack) ? std::optional(ask) : std::nullopt;
    case How::kSmallMemory:
    case How::kWarm:
    case How::kCold:
      return ask;
    case How::kSet:
    case How::kPartialMatch:
    case How::kFullMatch:
    case How::kRange:
      break;  // other entry points than Match
  }
  return std::nullopt;
}

void skip(Outcome& outcome, std::string_view why) {
  outcome.kind = OutcomeKind::kUnsupported;
  outcome.claim = Claim::kNothing;
  outcome.slots.clear();
  outcome.why.assign(why);
}

constexpr std::string_view kNothingToAsk = "this mode has nothing to ask here";

}  // namespace

struct Re2Matcher::Modes {
  std::array<std::unique_ptr<RE2>, std::size(kModes)> res;
  std::unique_ptr<RE2::Set> set;
  bool range_tried = false, has_range = false;
  std::string least, greatest;
};

Re2Matcher::Re2Matcher(Re2Scratch& scratch, Re2Pattern pattern, std::unique_ptr<RE2> re)
    : scratch_(scratch), pattern_(std::move(pattern)), re_(std::move(re)) {}
Re2Matcher::~Re2Matcher() = default;

std::vector<std::string> re2_mode_names() {
  std::vector<std::string> names;
  for (const Mode& mode : kModes) names.emplace_back(mode.name);
  return names;
}

const RE2& Re2Matcher::mode_re(std::size_t mode) {
  auto& re = modes_->res[mode];
  if (!re) re = make_re2(pattern_.text, options_for(kModes[mode].how, pattern_, *re_));
  return *re;
}

void Re2Matcher::ask_set(std::string_view haystack, Outcome& outcome) {
  if (!modes_->set) {
    auto set = std::make_unique<RE2::Set>(pattern_.options, RE2::UNANCHORED);
    if (set->Add(pattern_.text, nullptr) < 0 || !set->Compile()) return skip(outcome, "no set of this pattern");
    modes_->set = std::move(set);
  }
  std::vector<int>* no_list = nullptr;
  RE2::Set::ErrorInfo error{};
  re2::StringPiece text(haystack.data() == nullptr ? "" : haystack.data(), haystack.size());
  bool found = modes_->set->Match(text, no_list, &error);
  if (!found && error.kind != RE2::Set::kNoError) {
    return set_failure(outcome, OutcomeKind::kLimit, "RE2::Set error " + std::to_string(error.kind));
  }
  if (!found) return set_no_match(outcome, Claim::kIsMatch);
  set_match(outcome, Claim::kIsMatch, pattern_.slots);
}

void Re2Matcher::ask_range(std::string_view haystack, const Outcome& base, Outcome& outcome) {
  if (base.kind != OutcomeKind::kMatch || base.slots[0] != Span{0, haystack.size()}) {
    return skip(outcome, kNothingToAsk);
  }
  if (!modes_->range_tried) {
    modes_->range_tried = true;
    modes_->has_range = re_->PossibleMatchRange(&modes_->least, &modes_->greatest, kRangeLength);
  }
  if (!modes_->has_range) return skip(outcome, "no match range for this pattern");
  if (haystack < modes_->least || haystack > modes_->greatest) return set_no_match(outcome, Claim::kIsMatch);
  set_match(outcome, Claim::kIsMatch, pattern_.slots);
}

void Re2Matcher::ask_with_arguments(bool full, std::string_view haystack, const Outcome& base, Outcome& outcome) {
  bool matched = base.kind == OutcomeKind::kMatch;
  if (full && matched && base.slots[0] != Span{0, haystack.size()}) return skip(outcome, kNothingToAsk);
  const char* begin = haystack.data() == nullptr ? "" : haystack.data();
  re2::StringPiece text(begin, haystack.size());
  std::size_t groups = pattern_.slots - 1;
  auto& [pieces, values, args, pointers] = scratch_;
  if (values.size() < groups) {
    values.resize(groups);
    args.clear();
    pointers.clear();
    for (auto& value : values) args.emplace_back(&value);
    for (auto& arg : args) pointers.push_back(&arg);
  }
  int count = static_cast<int>(groups);
  bool found = full ? RE2::FullMatchN(text, *re_, pointers.data(), count)
                    : RE2::PartialMatchN(text, *re_, pointers.data(), count);
  if (!found) return set_no_match(outcome, pattern_.claim);
  set_match(outcome, matched ? pattern_.claim : Claim::kIsMatch, pattern_.slots);
  if (matched) outcome.slots[0] = base.slots[0];
  for (std::size_t k = 0; k < groups; ++k) {
    if (values[k].data() == nullptr) continue;
    auto offset = static_cast<std::size_t>(values[k].data() - begin);
    outcome.slots[k + 1] = Span{offset, offset + values[k].size()};
  }
}

void Re2Matcher::ask_mode(std::size_t mode, const RE2& re, std::string_view haystack, const Outcome& base,
                          Outcome& outcome) {
  const Mode& spec = kModes[mode];
  if (spec.how == How::kSet) return ask_set(haystack, outcome);
  if (spec.how == How::kRange) return ask_range(haystack, base, outcome);
  if (spec.how == How::kPartialMatch || spec.how == How::kFullMatch) {
    return ask_with_arguments(spec.how == How::kFullMatch, haystack, base, outcome);
  }
  auto call = aim(spec, haystack, base, pattern_.slots);
  if (!call) return skip(outcome, kNothingToAsk);
  Claim claim = std::min(spec.claim, pattern_.claim);
  if (spec.how == How::kWarm) ask(re, haystack, *call, claim, outcome);
  ask(re, haystack, *call, claim, outcome);
}

void Re2Matcher::run_mode(std::size_t mode, std::span<const std::string_view> haystacks, std::span<const Outcome> base,
                          std::span<Outcome> outcomes) {
  if (!pattern_.has_modes || mode >= std::size(kModes)) return Matcher::run_mode(mode, haystacks, base, outcomes);
  if (!modes_) modes_ = std::make_unique<Modes>();
  const RE2& re = needs_own_re(kModes[mode].how) ? mode_re(mode) : *re_;
  for (std::size_t k = 0; k < haystacks.size(); ++k) {
    if (!re.ok()) {
      // The pattern is known to be good: what a mode cannot compile is a question that it cannot be asked.
      skip(outcomes[k], re.error());
    } else if (base[k].kind != OutcomeKind::kMatch && base[k].kind != OutcomeKind::kNoMatch) {
      skip(outcomes[k], kNothingToAsk);
    } else {
      ask_mode(mode, re, haystacks[k], base[k], outcomes[k]);
    }
  }
}

}  // namespace redoubt::oracles
