// The catalogue of known divergences (cases/known.toml): which differences of which engine are accounted for, each with
// a minimal witness that must still diverge and a source. An entry accounts for a named variant, or for trees with a
// named property.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "harness/case.h"
#include "harness/compare.h"

namespace redoubt::harness {

struct Known {
  std::string id;
  std::vector<std::string> engines;  ///< "name" (in every mode) or "name/mode"
  std::string versions;              ///< the entry holds for engine versions that start with this; "" for all
  Semantics semantics = Semantics::kLeftmostFirst;
  std::string variant;    ///< the engine reads regexes as this variant says, always: it is held to the variant …
  std::string predicate;  ///< … or diverges on trees (and haystacks) of which this holds; exactly one is set
  std::optional<DivergenceKind> kind;  ///< only divergences of this kind
  std::string summary;                 ///< one sentence for reports
  std::string status;                  ///< "intended", "bug", "limitation"
  std::string source;                  ///< documentation, rule or thread
  Case witness;                        ///< a minimal case that shows it
};

class Catalogue {
 public:
  Catalogue() = default;
  explicit Catalogue(std::vector<Known> entries) : entries_(std::move(entries)) {}

  const std::vector<Known>& entries() const { return entries_; }
  /// The entry that says which variant an engine follows, or nullptr: it follows the specification.
  const Known* find_variant(std::string_view engine, std::string_view version, Semantics semantics) const;
  /// The first entry by predicate that accounts for a divergence, or nullptr.
  const Known* find_predicate(std::string_view engine, std::string_view version, const oracles::Query& query,
                              std::string_view haystack, DivergenceKind kind) const;

 private:
  std::vector<Known> entries_;
};

/// Reads a catalogue; `file` is used in messages only.
tl::expected<Catalogue, CaseError> parse_catalogue(std::string_view toml, std::string_view file);
/// The catalogue that is compiled into the program (cases/known.toml at build time).
const Catalogue& built_in_catalogue();

/// Does a named property hold? nullopt: there is no such property.
std::optional<bool> holds(std::string_view predicate, const syntax::Regex& regex, std::string_view haystack,
                          std::string_view source);
/// "name: what it says", one line each.
std::vector<std::string> predicate_names();

}  // namespace redoubt::harness
