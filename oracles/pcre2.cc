// The PCRE2 engines. `pcre2`, `pcre2-jit` and `pcre2-dfa` are asked with the options under which the library means what
// Redoubt's trees mean; `pcre2-stock` is the library as packaged. All four refuse ill-formed UTF-8: under
// PCRE2_MATCH_INVALID_UTF the interpreter cuts the haystack at each ill-formed byte (\z holds before one, \A fails on
// one) and the JIT moves \B, so neither reads such a haystack as SEMANTICS E does.
#include "oracles/pcre2_matcher.h"
#include "syntax/printer.h"

namespace redoubt::oracles {

/// More ends than this are not listed: a sweep's haystacks have fewer.
constexpr std::size_t kMaxEnds = 64;

Pcre2Call pcre2_main_call(Pcre2Engine engine) {
  switch (engine) {
    case Pcre2Engine::kJit:
      return Pcre2Call::kJit;
    case Pcre2Engine::kDfa:
    case Pcre2Engine::kDfaEnds:
      return Pcre2Call::kDfa;
    case Pcre2Engine::kInterpreter:
    case Pcre2Engine::kStock:
      break;
  }
  return Pcre2Call::kInterpreter;
}

std::uint32_t pcre2_main_jit_options(Pcre2Engine engine) {
  return engine == Pcre2Engine::kJit ? PCRE2_JIT_COMPLETE : 0;
}

Pcre2Matcher::Pcre2Matcher(Pcre2Session& session, Pcre2Pattern pattern, Pcre2Code code)
    : session_(session), pattern_(std::move(pattern)), code_(std::move(code)) {
  main_.call = pcre2_main_call(pattern_.engine);
  // The DFA gives match ends instead of groups; the first, the longest, is all that is wanted.
  main_.pairs = pattern_.engine == Pcre2Engine::kDfa ? 1 : pattern_.slots;
  if (pattern_.engine == Pcre2Engine::kDfaEnds) {
    main_.all_ends = true;
    main_.pairs = kMaxEnds;
  }
}

void Pcre2Matcher::run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) {
  for (std::size_t k = 0; k < haystacks.size(); ++k) {
    session_.ask(code_.get(), haystacks[k], main_, pattern_.claim, pattern_.slots, outcomes[k]);
  }
}

namespace {

EngineInfo describe(Pcre2Engine engine) {
  EngineInfo info;
  info.version = pcre2_version();
  Claim& posix = info.claims[static_cast<std::size_t>(Semantics::kLeftmostLongest)];
  Claim& perl = info.claims[static_cast<std::size_t>(Semantics::kLeftmostFirst)];
  perl = Claim::kCaptures;
  switch (engine) {
    case Pcre2Engine::kInterpreter:
      info.name = "pcre2";
      info.summary = "PCRE2's backtracking interpreter, without JIT";
      break;
    case Pcre2Engine::kJit:
      info.name = "pcre2-jit";
      info.summary = "PCRE2's just-in-time compiler";
      break;
    case Pcre2Engine::kDfa:
      info.name = "pcre2-dfa";
      info.summary = "pcre2_dfa_match: every end at the leftmost start, of which the longest";
      posix = Claim::kSpan;
      perl = Claim::kIsMatch;
      break;
    case Pcre2Engine::kDfaEnds:
      info.name = "pcre2-dfa-ends";
      info.summary = "pcre2_dfa_match: every end at the leftmost start, longest first, without auto-possession";
      posix = Claim::kSpan;
      perl = Claim::kNothing;
      break;
    case Pcre2Engine::kStock:
      info.name = "pcre2-stock";
      info.summary = "PCRE2's interpreter with default options and the pattern as written";
      break;
  }
  for (const Pcre2Mode& mode : pcre2_modes(engine)) info.modes.emplace_back(mode.name);
  return info;
}

Outcome failure(OutcomeKind kind, std::string why) {
  Outcome outcome;
  set_failure(outcome, kind, std::move(why));
  return outcome;
}

class Pcre2Oracle : public Oracle {
 public:
  explicit Pcre2Oracle(Pcre2Engine engine) : engine_(engine), info_(describe(engine)) {}

  const EngineInfo& info() const override { return info_; }

  Prepared prepare(const Query& query) override {
    Claim claim = info_.claims[static_cast<std::size_t>(query.semantics)];
    if (claim == Claim::kNothing) return failure(OutcomeKind::kUnsupported, "answers leftmost-first only");
    Pcre2Pattern pattern{engine_, query.encoding, {}, options(query), claim, 1 + query.regex->max_group()};
    if (engine_ != Pcre2Engine::kStock) {
      auto printed = syntax::print(query.regex, syntax::PrintDialect::kPcre2, query.encoding);
      if (!printed) return failure(OutcomeKind::kUnsupported, "PCRE2 has no " + printed.error().construct);
      pattern.text = std::move(*printed);
    } else {
      pattern.text = query.source.empty() ? syntax::to_text(query.regex, query.encoding) : query.source;
    }
    auto compiled = session_.compile(pattern.text, pattern.compile_options, pcre2_main_jit_options(engine_));
    if (auto* outcome = std::get_if<Outcome>(&compiled)) return std::move(*outcome);
    auto& code = std::get<Pcre2Code>(compiled);
    if (engine_ == Pcre2Engine::kStock && groups(code.get()) != query.regex->max_group()) {
      pattern.claim = Claim::kSpan;  // the library counts other groups than the tree has: nothing to hold them against
    }
    return std::make_unique<Pcre2Matcher>(session_, std::move(pattern), std::move(code));
  }

 private:
  std::uint32_t options(const Query& query) const {
    std::uint32_t options = query.encoding == Encoding::kUtf8 ? PCRE2_UTF : 0;
    if (engine_ == Pcre2Engine::kStock) return options;
    // pcre2matching(3): auto-possession keeps the shorter of several ends from being found.
    if (engine_ == Pcre2Engine::kDfaEnds) options |= PCRE2_NO_AUTO_POSSESS;
    // Only where there is a plain $: pcre2_dfa_match (10.42) lets this option take (?m:$) before a newline away, too.
    bool dollar = syntax::any_node(query.regex, [](const syntax::Node& node) {
      return node.kind() == syntax::NodeKind::kLook && node.look() == syntax::Look::kDollar;
    });
    return options | PCRE2_ALT_CIRCUMFLEX | (dollar ? PCRE2_DOLLAR_ENDONLY : 0);
  }

  static std::uint32_t groups(const pcre2_code* code) {
    std::uint32_t count = 0;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
  }

  Pcre2Engine engine_;
  EngineInfo info_;
  Pcre2Session session_;
};

template <Pcre2Engine kEngine>
std::unique_ptr<Oracle> make() {
  return std::make_unique<Pcre2Oracle>(kEngine);
}

}  // namespace

std::vector<EngineEntry> pcre2_engines() {
  return {{describe(Pcre2Engine::kInterpreter), make<Pcre2Engine::kInterpreter>},
          {describe(Pcre2Engine::kJit), make<Pcre2Engine::kJit>},
          {describe(Pcre2Engine::kDfa), make<Pcre2Engine::kDfa>},
          {describe(Pcre2Engine::kDfaEnds), make<Pcre2Engine::kDfaEnds>},
          {describe(Pcre2Engine::kStock), make<Pcre2Engine::kStock>}};
}

}  // namespace redoubt::oracles
