// The language of a regex, without its groups: a tree that matches the same spans and is often much smaller, as
// nested counts multiply ((x{0,9}){0,9} is x{0,81}). Only for questions of membership: captures and the order of
// matches are lost.
#pragma once

#include <cstdint>
#include <optional>

#include "syntax/regex.h"

namespace redoubt::pikevm {

/// A tree without capturing groups that matches the same spans at the same locations. It may share nodes with `regex`.
syntax::Regex language_of(const syntax::Regex& regex);

/// The node below any non-capturing groups.
const syntax::Regex& peeled(const syntax::Regex& regex);

/// How many units every match takes, if that is one number.
std::optional<std::uint64_t> fixed_length(const syntax::Node& node);

}  // namespace redoubt::pikevm
