#include "harness/classify.h"

namespace redoubt::harness {

std::string Cause::key() const {
  switch (kind) {
    case Kind::kVariant:
      return "variant:" + name;
    case Kind::kKnown:
      return "known:" + name;
    case Kind::kUnknown:
      return "unknown";
  }
  return "unknown";
}

reference::Workspace& ReadingWorkspaces::of(const reference::Reading& reading, Encoding encoding) {
  const int key = (reading.look.dollar_before_final_newline ? 1 : 0) | (reading.look.line_start_not_at_end ? 2 : 0) |
                  (encoding == Encoding::kUtf8 ? 4 : 0);
  std::unique_ptr<reference::Workspace>& place = workspaces_[key];
  if (!place) place = std::make_unique<reference::Workspace>(encoding, reading.look);
  return *place;
}

reference::ReadingMatcher reading_matcher(const reference::Reading& reading, const oracles::Query& query,
                                          ReadingWorkspaces& workspaces) {
  const syntax::Regex regex = reference::reread(reading, query.regex, query.source, query.encoding);
  return reference::ReadingMatcher(reading, regex, workspaces.of(reading, query.encoding));
}

void answer(reference::ReadingMatcher& matcher, std::string_view haystack, oracles::Outcome& outcome) {
  const reference::MatchStatus status = matcher.match(haystack, outcome.slots);
  outcome.kind = status == reference::MatchStatus::kMatch     ? oracles::OutcomeKind::kMatch
                 : status == reference::MatchStatus::kNoMatch ? oracles::OutcomeKind::kNoMatch
                                                              : oracles::OutcomeKind::kLimit;
  outcome.claim = oracles::Claim::kCaptures;
  outcome.ends.clear();
}

const reference::Variant* Classifier::simplest_variant(const oracles::Query& query, std::string_view haystack,
                                                       const oracles::Outcome& outcome) {
  for (const reference::Variant& variant : reference::variants()) {
    if (variant.family != query.semantics || !reference::may_differ(variant, query.regex)) continue;
    reference::ReadingMatcher matcher = reading_matcher(variant.reading, query, workspaces_);
    Slots slots;
    const reference::MatchStatus status = matcher.match(haystack, slots);
    if (status == reference::MatchStatus::kLimit) continue;
    if (reproduces(status == reference::MatchStatus::kMatch, slots, outcome)) return &variant;
  }
  return nullptr;
}

Cause Classifier::classify(std::string_view engine, std::string_view version, const oracles::Query& query,
                           std::string_view haystack, DivergenceKind kind, const oracles::Outcome& outcome) {
  if (const Known* known = catalogue_.find_predicate(engine, version, query, haystack, kind)) {
    return {Cause::Kind::kKnown, known->id, true, known->summary};
  }
  const bool has_variant =
      kind == DivergenceKind::kExistence || kind == DivergenceKind::kSpan || kind == DivergenceKind::kCaptures;
  if (has_variant) {
    // An engine that is held to a variant may answer as the specification does; then no departure is to blame.
    reference::Reading specification;
    specification.semantics = query.semantics;
    Slots slots;
    const auto status = reading_matcher(specification, query, workspaces_).match(haystack, slots);
    if (reproduces(status == reference::MatchStatus::kMatch, slots, outcome)) {
      return {Cause::Kind::kVariant, "specification", false,
              "answers as the specification says, not as the catalogue says that it reads"};
    }
    if (const reference::Variant* variant = simplest_variant(query, haystack, outcome)) {
      // The variant that the catalogue has for this engine is accounted for; another one only explains.
      const Known* known = catalogue_.find_variant(engine, version, query.semantics);
      const bool accounted = known != nullptr && known->variant == variant->name;
      return {Cause::Kind::kVariant, std::string(variant->name), accounted, std::string(variant->sentence)};
    }
  }
  return {};
}

}  // namespace redoubt::harness
