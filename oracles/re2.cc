// The RE2 engines: `re2` (leftmost-first), `re2-longest` (longest_match) and `re2-stock` (default options and the
// pattern as written). Perl syntax throughout: there ^ and $ mean the ends of the text. RE2 reads ill-formed UTF-8 in
// its own way and its answer is passed on as it is.
#include "oracles/re2_matcher.h"
#include "syntax/printer.h"

namespace redoubt::oracles {

std::unique_ptr<RE2> make_re2(const std::string& text, const RE2::Options& options) {
  return std::make_unique<RE2>(text, options);
}

Outcome re2_failure(const RE2& re) {
  OutcomeKind kind = OutcomeKind::kRejected;
  if (re.error_code() == RE2::ErrorPatternTooLarge) kind = OutcomeKind::kLimit;
  // Bounds over 1000 and products of them: a feature that is not there, rather than an error of the pattern.
  if (re.error_code() == RE2::ErrorRepeatSize) kind = OutcomeKind::kUnsupported;
  if (re.error_code() == RE2::ErrorInternal) kind = OutcomeKind::kCrashed;
  Outcome outcome;
  set_failure(outcome, kind, re.error());
  return outcome;
}

void Re2Matcher::run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) {
  for (std::size_t k = 0; k < haystacks.size(); ++k) {
    ask(*re_, haystacks[k], Re2Ask{0, haystacks[k].size(), RE2::UNANCHORED, pattern_.slots}, pattern_.claim,
        outcomes[k]);
  }
}

void Re2Matcher::ask(const RE2& re, std::string_view haystack, const Re2Ask& ask, Claim claim, Outcome& outcome) {
  // RE2 tells an unset group by its null pointer, so an empty haystack needs an address.
  const char* base = haystack.data() == nullptr ? "" : haystack.data();
  re2::StringPiece text(base, haystack.size());
  auto& pieces = scratch_.pieces;
  if (pieces.size() < ask.pieces) pieces.resize(ask.pieces);
  if (!re.Match(text, ask.start, ask.end, ask.anchor, pieces.data(), static_cast<int>(ask.pieces))) {
    return set_no_match(outcome, claim);
  }
  set_match(outcome, claim, pattern_.slots);
  for (std::size_t k = 0; k < ask.pieces; ++k) {
    if (pieces[k].data() == nullptr) continue;
    auto begin = static_cast<std::size_t>(pieces[k].data() - base);
    outcome.slots[k] = Span{begin, begin + pieces[k].size()};
  }
}

namespace {

EngineInfo describe(Re2Engine engine) {
  EngineInfo info;
  info.version = REDOUBT_RE2_VERSION;
  Claim& posix = info.claims[static_cast<std::size_t>(Semantics::kLeftmostLongest)];
  Claim& perl = info.claims[static_cast<std::size_t>(Semantics::kLeftmostFirst)];
  switch (engine) {
    case Re2Engine::kFirst:
      info.name = "re2";
      info.summary = "RE2, leftmost-first";
      perl = Claim::kCaptures;
      info.modes = re2_mode_names();
      break;
    case Re2Engine::kLongest:
      info.name = "re2-longest";
      info.summary = "RE2 with longest_match; its groups are shown, not claimed";
      posix = Claim::kSpan;
      info.modes = re2_mode_names();
      break;
    case Re2Engine::kStock:
      info.name = "re2-stock";
      info.summary = "RE2 with default options and the pattern as written";
      perl = Claim::kCaptures;
      break;
  }
  return info;
}

RE2::Options make_options(Re2Engine engine, Encoding encoding) {
  RE2::Options options;
  options.set_log_errors(false);
  if (encoding == Encoding::kBytes) options.set_encoding(RE2::Options::EncodingLatin1);
  if (engine == Re2Engine::kStock) return options;
  options.set_max_mem(kRe2MaxMem);
  options.set_longest_match(engine == Re2Engine::kLongest);
  return options;
}

Outcome unsupported(std::string why) {
  Outcome outcome;
  set_failure(outcome, OutcomeKind::kUnsupported, std::move(why));
  return outcome;
}

class Re2Oracle : public Oracle {
 public:
  explicit Re2Oracle(Re2Engine engine)
      : engine_(engine),
        info_(describe(engine)),
        options_{make_options(engine, Encoding::kBytes), make_options(engine, Encoding::kUtf8)} {}

  const EngineInfo& info() const override { return info_; }

  Prepared prepare(const Query& query) override {
    Claim claim = info_.claims[static_cast<std::size_t>(query.semantics)];
    if (claim == Claim::kNothing) {
      return unsupported(engine_ == Re2Engine::kLongest ? "answers leftmost-longest only"
                                                        : "answers leftmost-first only");
    }
    Re2Pattern pattern{{},
                       options_[static_cast<std::size_t>(query.encoding)],
                       query.encoding,
                       claim,
                       1 + query.regex->max_group(),
                       !info_.modes.empty()};
    if (engine_ != Re2Engine::kStock) {
      auto printed = syntax::print(query.regex, syntax::PrintDialect::kRe2, query.encoding);
      if (!printed) return unsupported("RE2 has no " + printed.error().construct);
      pattern.text = std::move(*printed);
    } else {
      pattern.text = query.source.empty() ? syntax::to_text(query.regex, query.encoding) : query.source;
    }
    auto re = make_re2(pattern.text, pattern.options);
    if (!re->ok()) return re2_failure(*re);
    if (engine_ == Re2Engine::kStock && re->NumberOfCapturingGroups() != static_cast<int>(query.regex->max_group())) {
      pattern.claim = Claim::kSpan;  // the library counts other groups than the tree has: nothing to hold them against
    }
    return std::make_unique<Re2Matcher>(scratch_, std::move(pattern), std::move(re));
  }

 private:
  Re2Engine engine_;
  EngineInfo info_;
  std::array<RE2::Options, 2> options_;  ///< by Encoding
  Re2Scratch scratch_;
};

template <Re2Engine kEngine>
std::unique_ptr<Oracle> make() {
  return std::make_unique<Re2Oracle>(kEngine);
}

}  // namespace

std::vector<EngineEntry> re2_engines() {
  return {{describe(Re2Engine::kFirst), make<Re2Engine::kFirst>},
          {describe(Re2Engine::kLongest), make<Re2Engine::kLongest>},
          {describe(Re2Engine::kStock), make<Re2Engine::kStock>}};
}

}  // namespace redoubt::oracles
