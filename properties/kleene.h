// The laws of Kleene algebra as pairs of regexes over r, s and t. As languages all of them hold. As leftmost-longest
// captures not all do: for those that do not, the smallest counterexample, found by trying everything that is smaller.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/workspace.h"
#include "syntax/match.h"
#include "syntax/regex.h"

namespace redoubt::properties {

/// What r, s and t stand for; those that an equation does not mention are empty.
struct Variables {
  syntax::Regex r, s, t;
};

struct Equation {
  std::string_view name;
  std::string_view left_text, right_text;  ///< over r, s, t; ∅ matches nothing
  int variables;                           ///< 1: r; 2: r and s; 3
  syntax::Regex (*left)(const Variables& v);
  syntax::Regex (*right)(const Variables& v);
  bool captures;  ///< it holds of captures, too
  /// r, s, t and the haystack of a smallest counterexample that takes minutes to find again; else null.
  const char* recorded[4] = {nullptr, nullptr, nullptr, nullptr};
};
std::span<const Equation> equations();

/// A tree in which a variable may stand in several places, and which group of a variable each of its groups is.
struct Side {
  syntax::Regex regex;                ///< groups numbered by their parentheses
  std::vector<std::uint32_t> groups;  ///< [k]: the variables' group that group k + 1 is a copy of
};
/// The variables with their groups numbered through: those of r first.
Variables numbered(const Variables& v);
/// A side of an equation; `v` must be numbered().
Side side(syntax::Regex (*build)(const Variables&), const Variables& v);
/// The spans of the variables' groups: of several copies of a group, that of the last (as written) that is set.
Slots spans_of(const Side& side, const Slots& slots, std::uint32_t groups);

/// Where the captures of an equation's sides differ.
struct Counterexample {
  Variables v;
  std::string haystack;
  std::string left, right;  ///< answers, as spans of the variables' groups
  std::uint32_t nodes = 0;  ///< of the variables together
};
/// The recorded one, asked anew; nullopt: none is recorded, or it is none.
std::optional<Counterexample> recorded_counterexample(const Equation& equation, reference::Workspace& workspace);
/// The answers of both sides by the reference; nullopt where they are the same or a limit was reached.
std::optional<Counterexample> apart(const Equation& equation, const Variables& v, const std::string& haystack,
                                    reference::Workspace& workspace);
/// The smallest: fewest nodes, then the shortest haystack, then the first in the order of enumeration. Searched among
/// all variables over the letters a and b with up to `max_nodes` nodes together and all haystacks of up to `max_bytes`
/// bytes.
std::optional<Counterexample> smallest_counterexample(const Equation& equation, std::uint32_t max_nodes,
                                                      std::uint32_t max_bytes, reference::Workspace& workspace);

/// Up to this many nodes of r, s and t together, and this many bytes, the equations that hold of captures were tried.
inline constexpr std::uint32_t kTriedNodes[] = {0, 4, 4, 5};  ///< by number of variables
inline constexpr std::uint32_t kTriedBytes = 4;

}  // namespace redoubt::properties
