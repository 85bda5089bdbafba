// A tree as the proved program reads it: s-expressions of ASCII, without blanks inside of words. Printing loses only
// the names of groups; what is printed reads back as the same tree. Matches nothing and runs nothing.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "syntax/regex.h"

namespace redoubt::oracles {

/// The tree on one line, in the notation of docs/proof-protocol.md:
///   e                      empty
///   (c 61 63-65)           a class: units and ranges of units, hexadecimal; (c) has none
///   (l caret)              an assertion: caret, dollar, text-start, text-end, line-start, line-end, word-boundary,
///                          not-word-boundary
///   (. r r …) (| r r …)    concat, alternate
///   (* 0 - r) (*? 1 2 r)   a repeat, and a lazy one: min, max or -, body
///   (g 1 r) (n r)          group 1, a group that captures nothing
std::string proof_text(const syntax::Regex& regex);

/// The tree of such a text. Error: one sentence.
tl::expected<syntax::Regex, std::string> parse_proof_text(std::string_view text);

}  // namespace redoubt::oracles
