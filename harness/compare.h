// compare: two outcomes to a verdict. Pure; judges an engine only on what it claims.
#pragma once

#include <string_view>

#include "oracles/oracle.h"

namespace redoubt::harness {

enum class DivergenceKind : std::uint8_t {
  kExistence,   ///< one found a match, the other none
  kSpan,        ///< the whole match differs
  kCaptures,    ///< same span, a group differs
  kEnds,        ///< same span, but the list of all ends at its start differs
  kAcceptance,  ///< the engine refused a pattern that the dialect has
  kCrash,
  kSelf,  ///< the engine answers the same question two ways
};
inline constexpr int kDivergenceKinds = 7;
std::string_view to_string(DivergenceKind kind);

enum class VerdictKind : std::uint8_t { kAgree, kDivergence, kInconclusive };

struct Verdict {
  VerdictKind kind = VerdictKind::kAgree;
  DivergenceKind divergence = DivergenceKind::kExistence;  ///< kDivergence only
  oracles::Claim level = oracles::Claim::kNothing;         ///< how much was compared
};

/// Holds `outcome` against the judge's. Inconclusive: the engine could not be asked, reached a limit, or claims
/// nothing; or the judge itself reached a limit.
Verdict compare(const oracles::Outcome& judge, const oracles::Outcome& outcome);

/// Holds an engine's answer in some mode against its own plain answer; a divergence is always kSelf.
Verdict compare_self(const oracles::Outcome& plain, const oracles::Outcome& mode);

/// Is `slots` (or no match, when `found` is false) the same as the outcome, up to what the outcome claims?
bool reproduces(bool found, const Slots& slots, const oracles::Outcome& outcome);

}  // namespace redoubt::harness
