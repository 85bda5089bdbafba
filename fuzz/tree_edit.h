// Edits of trees, for mutation: any node is replaced, wrapped, unwrapped, swapped with another, spliced in from another
// tree, or has its bounds or units tweaked. Whatever comes out is a tree; nothing is said about its size.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "generate/choices.h"
#include "syntax/regex.h"

namespace redoubt::fuzz {

enum class TreeEdit : std::uint8_t {
  kReplace,    ///< by something small and new
  kWrap,       ///< in a group, a repeat, or a concat or alternate with something new
  kUnwrap,     ///< a part in place of the whole
  kSwap,       ///< two nodes, neither within the other, change places
  kSplice,     ///< by a node of the donor
  kDuplicate,  ///< a part of a sequence comes twice
  kRemove,     ///< a part of a sequence goes
  kCount,      ///< a bound of a repeat one up or down, at a limit, or lazy
  kUnits,      ///< a boundary of a class moved, a class complemented, a letter's neighbour or other case
  kLook,       ///< another assertion
};
inline constexpr int kTreeEdits = 10;
std::string_view to_string(TreeEdit edit);

/// Every node but non-capturing groups, in order of appearance.
std::vector<const syntax::Node*> nodes_of(const syntax::Regex& tree);
/// The tree with the node `target`, which must be in it, replaced.
syntax::Regex with(const syntax::Regex& tree, const syntax::Node* target, const syntax::Regex& replacement);

/// One edit somewhere in the tree; the tree as it is, where that edit has no place in it. Groups are numbered.
syntax::Regex edited(const syntax::Regex& tree, TreeEdit edit, const syntax::Regex& donor, Encoding encoding,
                     generate::Choices& choices);

}  // namespace redoubt::fuzz
