// classify: why did an engine answer differently? An engine that the catalogue says follows a variant is held to that
// variant before anything comes here. Then: does a catalogued property of the tree account for it, does a named variant
// of the reference reproduce the answer exactly, or is it unknown?
#pragma once

#include <map>
#include <memory>
#include <string>

#include "harness/compare.h"
#include "harness/known.h"
#include "oracles/oracle.h"
#include "reference/variants.h"

namespace redoubt::harness {

struct Cause {
  enum class Kind : std::uint8_t { kVariant, kKnown, kUnknown } kind = Kind::kUnknown;
  std::string name;  ///< the variant's name, or the catalogue entry's id
  /// The catalogue accounts for it: it is listed, but is no reason to fail.
  bool accounted = false;
  std::string sentence;

  /// "variant:keep-groups", "known:pcre2-…", "unknown".
  std::string key() const;
};

/// Workspaces of readings, one per (look reading, encoding), kept from pattern to pattern. One per thread.
class ReadingWorkspaces {
 public:
  reference::Workspace& of(const reference::Reading& reading, Encoding encoding);

 private:
  std::map<int, std::unique_ptr<reference::Workspace>> workspaces_;
};

/// A matcher for a query under a reading.
reference::ReadingMatcher reading_matcher(const reference::Reading& reading, const oracles::Query& query,
                                          ReadingWorkspaces& workspaces);

/// What the reading answers, as an outcome that claims every group.
void answer(reference::ReadingMatcher& matcher, std::string_view haystack, oracles::Outcome& outcome);

/// One per thread.
class Classifier {
 public:
  explicit Classifier(const Catalogue& catalogue) : catalogue_(catalogue) {}

  /// The cause of a divergence of `kind` of an engine on a haystack. A self-inconsistency or a crash has no variant.
  /// `engine`: its name, or "name/mode" for a self-inconsistency.
  Cause classify(std::string_view engine, std::string_view version, const oracles::Query& query,
                 std::string_view haystack, DivergenceKind kind, const oracles::Outcome& outcome);

  /// The simplest variant of the query's family that gives the engine's answer exactly; nullptr: none does.
  const reference::Variant* simplest_variant(const oracles::Query& query, std::string_view haystack,
                                             const oracles::Outcome& outcome);

 private:
  const Catalogue& catalogue_;
  ReadingWorkspaces workspaces_;
};

}  // namespace redoubt::harness
