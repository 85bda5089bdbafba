// Where Redoubt's parser and an engine's are known to take different texts: a table with a predicate and a witness for
// each difference, so that nothing is excused silently. The law acceptance-… fails on whatever no row accounts for.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "syntax/parser.h"

namespace redoubt::properties {

/// What is known of a text that only one side takes.
struct Disagreement {
  std::string_view engine;  ///< "pcre2", "re2" or "glibc"
  std::string_view text;
  syntax::Regex tree;                         ///< null: Redoubt refuses the text
  std::optional<syntax::ParseError> refusal;  ///< set: Redoubt refuses the text
  std::string error;                          ///< the engine's message; "" when it takes the text
};

struct AcceptanceDifference {
  std::string_view name;
  std::string_view engines;   ///< those concerned, with spaces between
  bool accepted_here;         ///< Redoubt takes the text and the engine refuses it; else the other way round
  std::string_view sentence;  ///< why, for the table
  std::string_view witness;   ///< a text that shows it on each of the engines
  bool (*holds)(const Disagreement& d);
};
std::span<const AcceptanceDifference> acceptance_differences();
/// The row that accounts for a disagreement; nullptr: none does.
const AcceptanceDifference* find_difference(const Disagreement& d);

}  // namespace redoubt::properties
