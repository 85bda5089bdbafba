// Other ways to put the same question to PCRE2. Each must give run()'s answer; that is the library's own documentation,
// not Redoubt's opinion: pcre2api(3) for the options, pcre2partial(3) for a full match under PCRE2_PARTIAL_SOFT.
#include <algorithm>

#include "oracles/pcre2_matcher.h"

namespace redoubt::oracles {
namespace {

constexpr std::uint32_t kNoOptimizations = PCRE2_NO_AUTO_POSSESS | PCRE2_NO_START_OPTIMIZE | PCRE2_NO_DOTSTAR_ANCHOR;
constexpr auto kInterpreter = Pcre2Call::kInterpreter;
constexpr auto kJit = Pcre2Call::kJit;
constexpr auto kDfa = Pcre2Call::kDfa;

// pcre2_dfa_match gives up at the first start that could still match beyond the end, so it has no partial mode here.
// Columns: name, call, how, compile options, JIT options, match options, claim.
constexpr Pcre2Mode kInterpreterModes[] = {
    {"one-pair", kInterpreter, Pcre2How::kPlain, 0, 0, 0, Claim::kSpan},
    {"no-auto-possess", kInterpreter, Pcre2How::kPlain, PCRE2_NO_AUTO_POSSESS},
    {"no-start-optimize", kInterpreter, Pcre2How::kPlain, PCRE2_NO_START_OPTIMIZE},
    {"no-optimize", kInterpreter, Pcre2How::kPlain, kNoOptimizations},
    {"auto-callout", kInterpreter, Pcre2How::kPlain, PCRE2_AUTO_CALLOUT},
    {"anchored-at-match", kInterpreter, Pcre2How::kAnchoredAtMatch},
    {"start-at-match", kInterpreter, Pcre2How::kStartAtMatch},
    {"end-anchored", kInterpreter, Pcre2How::kEndAnchored},
    {"partial-soft", kInterpreter, Pcre2How::kPlain, 0, 0, PCRE2_PARTIAL_SOFT},
    {"warm", kInterpreter, Pcre2How::kWarm},
    {"cold", kInterpreter, Pcre2How::kCold},
    {"serialized", kInterpreter, Pcre2How::kSerialized},
    {"ascii-utf", kInterpreter, Pcre2How::kAsciiUtf, PCRE2_UTF},
    {"dfa", kDfa, Pcre2How::kPlain, 0, 0, 0, Claim::kIsMatch},
    {"jit", kJit, Pcre2How::kPlain, 0, PCRE2_JIT_COMPLETE},
};

constexpr Pcre2Mode kJitModes[] = {
    {"jit-match", Pcre2Call::kJitFast, Pcre2How::kPlain, 0, PCRE2_JIT_COMPLETE},
    {"one-pair", kJit, Pcre2How::kPlain, 0, PCRE2_JIT_COMPLETE, 0, Claim::kSpan},
    {"no-auto-possess", kJit, Pcre2How::kPlain, PCRE2_NO_AUTO_POSSESS, PCRE2_JIT_COMPLETE},
    {"no-start-optimize", kJit, Pcre2How::kPlain, PCRE2_NO_START_OPTIMIZE, PCRE2_JIT_COMPLETE},
    {"no-optimize", kJit, Pcre2How::kPlain, kNoOptimizations, PCRE2_JIT_COMPLETE},
    {"start-at-match", kJit, Pcre2How::kStartAtMatch, 0, PCRE2_JIT_COMPLETE},
    {"partial-soft", kJit, Pcre2How::kPlain, 0, PCRE2_JIT_PARTIAL_SOFT, PCRE2_PARTIAL_SOFT},
    {"warm", kJit, Pcre2How::kWarm, 0, PCRE2_JIT_COMPLETE},
    {"cold", kJit, Pcre2How::kCold, 0, PCRE2_JIT_COMPLETE},
    {"ascii-utf", kJit, Pcre2How::kAsciiUtf, PCRE2_UTF, PCRE2_JIT_COMPLETE},
    {"interpreter", kInterpreter},
};

constexpr Pcre2Mode kDfaModes[] = {
    {"shortest", kDfa, Pcre2How::kPlain, 0, 0, PCRE2_DFA_SHORTEST, Claim::kIsMatch},
    {"no-auto-possess", kDfa, Pcre2How::kPlain, PCRE2_NO_AUTO_POSSESS},
    {"no-start-optimize", kDfa, Pcre2How::kPlain, PCRE2_NO_START_OPTIMIZE},
    {"no-optimize", kDfa, Pcre2How::kPlain, kNoOptimizations},
    {"anchored-at-match", kDfa, Pcre2How::kAnchoredAtMatch},
    {"start-at-match", kDfa, Pcre2How::kStartAtMatch},
    {"end-anchored", kDfa, Pcre2How::kEndAnchored},
    {"warm", kDfa, Pcre2How::kWarm},
    {"cold", kDfa, Pcre2How::kCold},
    {"ascii-utf", kDfa, Pcre2How::kAsciiUtf, PCRE2_UTF},
    {"interpreter", kInterpreter, Pcre2How::kPlain, 0, 0, 0, Claim::kIsMatch},
};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Turns `ask` into the mode's question about this haystack; false when it cannot be put to it.
bool aim(const Pcre2Mode& mode, std::string_view haystack, const Outcome& base, Pcre2Ask& ask) {
  bool matched = base.kind == OutcomeKind::kMatch;
  switch (mode.how) {
    case Pcre2How::kPlain:
    case Pcre2How::kWarm:
    case Pcre2How::kCold:
    case Pcre2How::kSerialized:
      return true;
    case Pcre2How::kAnchoredAtMatch:
      ask.options |= PCRE2_ANCHORED;
      ask.start = matched ? base.slots[0].begin : 0;
      return true;
    case Pcre2How::kStartAtMatch:
      ask.start = matched ? base.slots[0].begin : 0;
      return matched;
    case Pcre2How::kEndAnchored:
      // The first match in priority order ends at the end, so it is also the first among those that do.
      ask.options |= PCRE2_ENDANCHORED;
      return !matched || base.slots[0].end == haystack.size();
    case Pcre2How::kAsciiUtf:
      return is_ascii(haystack);
  }
  return false;
}

}  // namespace

std::span<const Pcre2Mode> pcre2_modes(Pcre2Engine engine) {
  switch (engine) {
    case Pcre2Engine::kInterpreter:
      return kInterpreterModes;
    case Pcre2Engine::kJit:
      return kJitModes;
    case Pcre2Engine::kDfa:
      return kDfaModes;
    case Pcre2Engine::kDfaEnds:
    case Pcre2Engine::kStock:
      break;
  }
  return {};
}

std::variant<Pcre2Code, Outcome> Pcre2Matcher::serialized_copy() const {
  Outcome outcome;
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  const pcre2_code* from = code_.get();
  pcre2_code* to = nullptr;
  std::int32_t written = pcre2_serialize_encode(&from, 1, &bytes, &size, nullptr);
  std::int32_t read = written == 1 ? pcre2_serialize_decode(&to, 1, bytes, nullptr) : written;
  if (bytes != nullptr) pcre2_serialize_free(bytes);
  if (read == 1) return Pcre2Code(to);
  set_reason(outcome, OutcomeKind::kCrashed, "serialization gave error " + std::to_string(read));
  return outcome;
}

std::variant<Pcre2Code, Outcome> Pcre2Matcher::make_mode_code(const Pcre2Mode& mode) const {
  if (mode.how == Pcre2How::kSerialized) return serialized_copy();
  auto made = session_.compile(pattern_.text, pattern_.compile_options | mode.compile_options, mode.jit_options);
  // The pattern is known to be good: what a mode cannot compile is a question that it cannot be asked.
  if (auto* outcome = std::get_if<Outcome>(&made); outcome != nullptr && outcome->kind == OutcomeKind::kRejected) {
    outcome->kind = OutcomeKind::kUnsupported;
  }
  return made;
}

const std::variant<Pcre2Code, Outcome>& Pcre2Matcher::mode_code(std::size_t mode) {
  auto modes = pcre2_modes(pattern_.engine);
  if (mode_codes_.empty()) mode_codes_.resize(modes.size());
  auto& slot = mode_codes_[mode];
  if (!slot) slot = make_mode_code(modes[mode]);
  return *slot;
}

void Pcre2Matcher::run_mode(std::size_t mode, std::span<const std::string_view> haystacks,
                            std::span<const Outcome> base, std::span<Outcome> outcomes) {
  auto modes = pcre2_modes(pattern_.engine);
  if (mode >= modes.size()) return Matcher::run_mode(mode, haystacks, base, outcomes);
  const Pcre2Mode& spec = modes[mode];
  if (spec.how == Pcre2How::kAsciiUtf && pattern_.encoding != Encoding::kBytes) {
    for (Outcome& outcome : outcomes) set_reason(outcome, OutcomeKind::kUnsupported, "for byte mode");
    return;
  }
  // A mode whose code would be the very same one uses it.
  bool same = spec.compile_options == 0 &&
              (spec.jit_options == 0 || spec.jit_options == pcre2_main_jit_options(pattern_.engine)) &&
              spec.how != Pcre2How::kCold && spec.how != Pcre2How::kSerialized;
  const pcre2_code* code = code_.get();
  if (!same) {
    const auto& made = mode_code(mode);
    if (const auto* outcome = std::get_if<Outcome>(&made)) {
      std::fill(outcomes.begin(), outcomes.end(), *outcome);
      return;
    }
    code = std::get<Pcre2Code>(made).get();
  }
  Claim claim = std::min(spec.claim, pattern_.claim);
  for (std::size_t k = 0; k < haystacks.size(); ++k) {
    Pcre2Ask ask{spec.call, spec.match_options, 0, spec.call == kDfa || claim < Claim::kCaptures ? 1 : pattern_.slots,
                 spec.how == Pcre2How::kCold};
    bool answered = base[k].kind == OutcomeKind::kMatch || base[k].kind == OutcomeKind::kNoMatch;
    if (!answered || !aim(spec, haystacks[k], base[k], ask)) {
      set_reason(outcomes[k], OutcomeKind::kUnsupported, "this mode has nothing to ask here");
      continue;
    }
    if (spec.how == Pcre2How::kWarm) {
      session_.ask(code, haystacks[k], ask, claim, pattern_.slots, outcomes[k]);
    }
    session_.ask(code, haystacks[k], ask, claim, pattern_.slots, outcomes[k]);
  }
}

}  // namespace redoubt::oracles
