// Named departures from the specification: each is a complete, deterministic reading of a regex with which an engine's
// different answer can be reproduced exactly. They replace hand-written excuses: a difference is explained only by a
// reading that gives the engine's whole answer.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "reference/leftmost_first.h"
#include "reference/longest_matcher.h"

namespace redoubt::reference {

/// A complete reading: which of the two procedures, with which departures. The defaults are the specification's.
struct Reading {
  Semantics semantics = Semantics::kLeftmostLongest;
  LongestVariation longest;
  /// Leftmost-longest: take the groups of the first match in priority order that fills the longest span.
  bool first_groups = false;
  LoopPolicy policy = LoopPolicy::kRe2;
  derivatives::LookReading look;
  bool space_without_vt = false;  ///< `\s` lacks \v
};

struct Variant {
  std::string_view name;
  Semantics family;           ///< departs from the specification of this family
  std::string_view sentence;  ///< what the engine does, "…" completing "The engine …"
  Reading reading;
};

/// Simplest first: the first that reproduces an answer names its cause.
std::span<const Variant> variants();
/// nullptr if there is none of that name.
const Variant* find_variant(std::string_view name, Semantics family);

/// Can the variant differ from the specification of its family on this regex at all? False only when it cannot: a cheap
/// test that saves asking.
bool may_differ(const Variant& variant, const syntax::Regex& regex);

/// The tree that a pattern has under the reading: `regex` itself, or what the text means where shorthands are read
/// differently. `source`: the pattern as written; when empty, the tree's own text.
syntax::Regex reread(const Reading& reading, const syntax::Regex& regex, std::string_view source, Encoding encoding);

/// A regex under one reading. The workspace must have been made for `reading.look`, and outlive the matcher.
class ReadingMatcher {
 public:
  ReadingMatcher(const Reading& reading, const syntax::Regex& regex, Workspace& workspace);
  MatchStatus match(std::string_view haystack, Slots& slots);

 private:
  Reading reading_;
  std::unique_ptr<LongestMatcher> longest_;
  std::unique_ptr<LeftmostFirstMatcher> first_;
};

}  // namespace redoubt::reference
