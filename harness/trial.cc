#include "harness/trial.h"

#include <algorithm>
#include <chrono>

#include "harness/shrink.h"
#include "syntax/printer.h"

namespace redoubt::harness {

using oracles::Claim;
using oracles::Matcher;
using oracles::Outcome;
using oracles::OutcomeKind;
using oracles::Query;
using Haystacks = std::span<const std::string_view>;

namespace {

std::uint64_t now() {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

std::span<Outcome> first(std::vector<Outcome>& outcomes, std::size_t count) {
  if (outcomes.size() < count) outcomes.resize(count);
  return {outcomes.data(), count};
}

}  // namespace

Trial::Trial(Panel& panel, const TrialSettings& settings, Findings& findings)
    : panel_(panel), settings_(settings), findings_(findings) {
  for (Seat& seat : panel.seats()) {
    stats_.engines.emplace_back();
    stats_.engines.back().name = seat.oracle->info().name;
  }
}

void Trial::run(const Query& query, Haystacks haystacks, std::string_view origin, std::uint64_t number) {
  if (haystacks.empty()) return;
  origin_ = origin;
  number_ = number;
  ++stats_.patterns;
  stats_.pairs += haystacks.size();
  stats_.largest_pattern = std::max<std::uint64_t>(stats_.largest_pattern, query.regex->size());
  for (std::string_view h : haystacks) {
    stats_.longest_haystack = std::max<std::uint64_t>(stats_.longest_haystack, h.size());
  }

  const std::uint64_t begin = now();
  oracles::Prepared prepared = panel_.judge().prepare(query);
  const std::span<Outcome> judged = first(judged_, haystacks.size());
  if (const auto* outcome = std::get_if<Outcome>(&prepared)) {
    std::fill(judged.begin(), judged.end(), *outcome);
  } else {
    std::get<std::unique_ptr<Matcher>>(prepared)->run(haystacks, judged);
  }
  stats_.judge_nanoseconds += now() - begin;
  for (const Outcome& outcome : judged) stats_.unjudged += outcome.kind == OutcomeKind::kLimit;

  for (std::size_t seat = 0; seat < panel_.seats().size(); ++seat) ask(seat, query, haystacks);
}

void Trial::ask(std::size_t seat, const Query& query, Haystacks haystacks) {
  EngineStats& stats = stats_.engines[seat];
  Seat& place = panel_.seats()[seat];
  const std::span<Outcome> answers = first(answers_, haystacks.size());
  const std::uint64_t begin = now();
  oracles::Prepared prepared = place.oracle->prepare(query);
  if (const auto* outcome = std::get_if<Outcome>(&prepared)) {
    stats.nanoseconds += now() - begin;
    if (outcome->kind == OutcomeKind::kUnsupported || outcome->kind == OutcomeKind::kLimit) {
      stats.not_asked += haystacks.size();
      stats.reasons[outcome->why] += haystacks.size();
      return;
    }
    // A refusal is one difference, whatever the haystacks.
    answers[0] = *outcome;
    if (!haystacks.empty()) hold(seat, query, haystacks.first(1), judged_);
    return;
  }
  Matcher& matcher = *std::get<std::unique_ptr<Matcher>>(prepared);
  matcher.run(haystacks, answers);
  stats.nanoseconds += now() - begin;
  hold(seat, query, haystacks, expected_of(place, query, haystacks));
  if (settings_.modes && (query.regex->size() <= settings_.mode_nodes || number_ % 8 == 0))
    ask_modes(seat, matcher, query, haystacks);
}

const std::vector<Outcome>& Trial::expected_of(const Seat& seat, const Query& query, Haystacks haystacks) {
  if (!seat.follows || !reference::may_differ(*seat.follows, query.regex)) return judged_;
  const std::uint64_t begin = now();
  const std::span<Outcome> read = first(read_, haystacks.size());
  reference::ReadingMatcher matcher = reading_matcher(seat.follows->reading, query, panel_.workspaces());
  for (std::size_t k = 0; k < haystacks.size(); ++k) answer(matcher, haystacks[k], read[k]);
  stats_.judge_nanoseconds += now() - begin;
  return read_;
}

void Trial::hold(std::size_t seat, const Query& query, Haystacks haystacks, const std::vector<Outcome>& expected) {
  EngineStats& stats = stats_.engines[seat];
  for (std::size_t k = 0; k < haystacks.size(); ++k) {
    const Outcome& outcome = answers_[k];
    const Verdict verdict = compare(expected[k], outcome);
    switch (verdict.level) {
      case Claim::kNothing:
        break;
      case Claim::kIsMatch:
        ++stats.compared_existence;
        break;
      case Claim::kSpan:
        ++stats.compared_spans;
        break;
      case Claim::kCaptures:
        ++stats.compared_captures;
        break;
    }
    stats.listed_ends += verdict.kind != VerdictKind::kInconclusive && !outcome.ends.empty();
    stats.answers += outcome.kind == OutcomeKind::kMatch || outcome.kind == OutcomeKind::kNoMatch;
    if (verdict.kind == VerdictKind::kAgree) {
      if (&expected != &judged_) {
        // As its reading says; where that departs from the specification, it is a difference that is accounted for.
        const Verdict plain = compare(judged_[k], outcome);
        if (plain.kind == VerdictKind::kDivergence) {
          // Of a reading made of several departures, the one that matters here.
          const reference::Variant* followed = panel_.seats()[seat].follows;
          const reference::Variant* simplest = followed->name.find('+') == std::string_view::npos
                                                   ? followed
                                                   : panel_.classifier().simplest_variant(query, haystacks[k], outcome);
          const reference::Variant& variant = simplest ? *simplest : *followed;
          ++stats.accounted;
          account({seat, -1, plain.divergence, query, haystacks[k], judged_[k], outcome},
                  {Cause::Kind::kVariant, std::string(variant.name), true, std::string(variant.sentence)});
          continue;
        }
      }
      ++stats.agreed;
    } else if (verdict.kind == VerdictKind::kInconclusive) {
      ++stats.not_asked;
      ++stats.reasons[outcome.why.empty() ? "the judge reached a limit" : outcome.why];
    } else {
      found({seat, -1, verdict.divergence, query, haystacks[k], expected[k], outcome});
    }
  }
}

void Trial::ask_modes(std::size_t seat, Matcher& matcher, const Query& query, Haystacks haystacks) {
  EngineStats& stats = stats_.engines[seat];
  const std::size_t modes = panel_.seats()[seat].oracle->info().modes.size();
  const std::span<Outcome> answers = first(mode_answers_, haystacks.size());
  for (std::size_t mode = 0; mode < modes; ++mode) {
    const std::uint64_t begin = now();
    matcher.run_mode(mode, haystacks, {answers_.data(), haystacks.size()}, answers);
    stats.nanoseconds += now() - begin;
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      const Verdict verdict = compare_self(answers_[k], answers[k]);
      if (verdict.kind == VerdictKind::kInconclusive) continue;
      ++stats.mode_runs;
      if (verdict.kind == VerdictKind::kDivergence) {
        found({seat, static_cast<int>(mode), DivergenceKind::kSelf, query, haystacks[k], answers_[k], answers[k]});
      }
    }
  }
}

std::string Trial::engine_name(std::size_t seat, int mode) {
  const oracles::EngineInfo& info = panel_.seats()[seat].oracle->info();
  return mode < 0 ? info.name : info.name + "/" + info.modes[static_cast<std::size_t>(mode)];
}

void Trial::account(const Divergence& d, const Cause& cause) {
  const std::string key = engine_name(d.seat, d.mode) + " " + std::string(to_string(d.kind)) + " " + cause.key();
  Accounted& entry = stats_.accounted[key];
  const std::uint64_t size = std::uint64_t{d.query.regex->size()} << 32 | d.haystack.size();
  ++entry.count;
  if (entry.count > 1 && entry.size <= size) return;
  entry.size = size;
  entry.sentence = cause.sentence;
  entry.example = describe(d, cause, d.query.regex, std::string(d.haystack));
}

void Trial::found(const Divergence& d) {
  EngineStats& stats = stats_.engines[d.seat];
  const std::string key = engine_name(d.seat, d.mode) + " " + std::string(to_string(d.kind));
  std::uint64_t& used = quota_[key];
  if (used >= settings_.shrink_quota) {
    ++stats.unexplained;
    ++stats_.not_shrunk[key];
    return;
  }
  const std::string& version = panel_.seats()[d.seat].oracle->info().version;
  const Cause cause =
      panel_.classifier().classify(engine_name(d.seat, d.mode), version, d.query, d.haystack, d.kind, d.outcome);
  if (cause.accounted) {
    ++stats.accounted;
    return account(d, cause);
  }
  ++used;
  ++stats.unexplained;
  const std::string cause_key = cause.key();
  const ShrinkResult shrunk = shrink(
      d.query.regex, d.haystack, d.query.encoding,
      [&](const syntax::Regex& r, const std::string& h) { return still(d, cause_key, r, h); }, settings_.max_probes);
  findings_.add(describe(d, cause, shrunk.regex, shrunk.haystack));
}

/// Does the same engine still diverge in the same way, for the same cause, on a smaller case?
bool Trial::still(const Divergence& d, const std::string& cause, const syntax::Regex& regex,
                  const std::string& haystack) {
  Seat& seat = panel_.seats()[d.seat];
  Query query = d.query;
  query.regex = regex;
  if (!syntax::equal(regex, d.query.regex)) query.source.clear();
  Outcome base, plain;
  const Outcome outcome = panel_.ask(seat, query, haystack, d.mode, plain);
  const Verdict verdict =
      d.mode < 0 ? compare(panel_.expected(seat, query, haystack, base), outcome) : compare_self(plain, outcome);
  if (verdict.kind != VerdictKind::kDivergence || verdict.divergence != d.kind) return false;
  return panel_.classifier()
             .classify(engine_name(d.seat, d.mode), seat.oracle->info().version, query, haystack, d.kind, outcome)
             .key() == cause;
}

Case Trial::describe(const Divergence& d, const Cause& cause, const syntax::Regex& regex, const std::string& haystack) {
  Case c;
  const bool as_written = !d.query.source.empty() && syntax::equal(regex, d.query.regex);
  c.pattern = as_written ? d.query.source : syntax::to_text(regex, d.query.encoding);
  c.haystack = haystack;
  // A generated tree may be larger than what the parser takes by default; its file must be readable all the same.
  syntax::ParseOptions options;
  options.encoding = d.query.encoding;
  if (!syntax::parse(c.pattern, options)) c.max_repeat = kMaxMaxRepeat;
  c.encoding = d.query.encoding;
  c.semantics = d.query.semantics;
  c.engine = engine_name(d.seat, d.mode);
  c.kind = to_string(d.kind);
  c.cause = cause.key();
  c.rule = cause.sentence;
  c.provenance = std::string(origin_) + " " + std::to_string(number_);
  Query query = d.query;
  query.regex = regex;
  if (!syntax::equal(regex, d.query.regex)) query.source.clear();
  Seat& seat = panel_.seats()[d.seat];
  Outcome base, plain;
  const Outcome expected = panel_.expected(seat, query, haystack, base);
  const Outcome answer = panel_.ask(seat, query, haystack, d.mode, plain);
  if (base.kind == OutcomeKind::kMatch) c.expected = Answer(base.slots);
  if (base.kind == OutcomeKind::kNoMatch) c.expected = Answer();
  const oracles::EngineInfo& judge = panel_.judge().info();
  c.answers.push_back({judge.name, judge.version, oracles::to_string(base)});
  if (seat.follows && oracles::to_string(expected) != oracles::to_string(base)) {
    c.answers.push_back(
        {judge.name + ":" + std::string(seat.follows->name), judge.version, oracles::to_string(expected)});
  }
  if (d.mode >= 0)
    c.answers.push_back({seat.oracle->info().name, seat.oracle->info().version, oracles::to_string(plain)});
  c.answers.push_back({c.engine, seat.oracle->info().version, oracles::to_string(answer)});
  return c;
}

}  // namespace redoubt::harness
