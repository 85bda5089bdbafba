#include "oracles/oracle.h"

namespace redoubt::oracles {

void Matcher::run_mode(std::size_t, std::span<const std::string_view>, std::span<const Outcome>,
                       std::span<Outcome> outcomes) {
  for (Outcome& outcome : outcomes) set_failure(outcome, OutcomeKind::kUnsupported, "the engine has no modes");
}

std::string_view to_string(OutcomeKind kind) {
  switch (kind) {
    case OutcomeKind::kMatch:
      return "match";
    case OutcomeKind::kNoMatch:
      return "no match";
    case OutcomeKind::kRejected:
      return "rejected";
    case OutcomeKind::kUnsupported:
      return "unsupported";
    case OutcomeKind::kLimit:
      return "limit";
    case OutcomeKind::kCrashed:
      return "crashed";
  }
  return "?";
}

std::string_view to_string(Claim claim) {
  switch (claim) {
    case Claim::kNothing:
      return "nothing";
    case Claim::kIsMatch:
      return "is-match";
    case Claim::kSpan:
      return "span";
    case Claim::kCaptures:
      return "captures";
  }
  return "?";
}

std::string to_string(const Outcome& outcome) {
  switch (outcome.kind) {
    case OutcomeKind::kMatch:
      return outcome.slots.empty() ? "match" : to_string(outcome.slots);
    case OutcomeKind::kNoMatch:
      return "no match";
    case OutcomeKind::kRejected:
    case OutcomeKind::kUnsupported:
    case OutcomeKind::kLimit:
    case OutcomeKind::kCrashed:
      break;
  }
  std::string text(to_string(outcome.kind));
  if (!outcome.why.empty()) text += ": " + outcome.why;
  return text;
}

}  // namespace redoubt::oracles
