// Mutants: plausible mistakes of the parser, the judges and the PikeVM, each at one place of the sources and named in
// mutants.inc, by which a harness is measured: does it find them? A build with REDOUBT_MUTANTS can switch one of them
// on, when a program starts; in all other builds REDOUBT_MUTANT(name) is the constant `false` and nothing is left.
#pragma once

#ifndef REDOUBT_MUTANTS

#define REDOUBT_MUTANT(name) false

#else

#include <cstdint>
#include <span>
#include <string_view>

namespace redoubt::syntax {

enum class Mutant : std::uint16_t {
  kNone,
#define REDOUBT_MUTANT_ENTRY(name, folder, semantics, mistake, says) name,
#include "syntax/mutants.inc"
#undef REDOUBT_MUTANT_ENTRY
};

struct MutantInfo {
  std::string_view name;
  std::string_view folder;     ///< of the one REDOUBT_MUTANT(name)
  std::string_view semantics;  ///< under which it shows: "posix", "perl" or "both"
  std::string_view mistake;    ///< the class of mistakes that it stands for
  std::string_view says;       ///< what is wrong
};
/// All, in the order of mutants.inc.
std::span<const MutantInfo> mutants();

/// The mutant that is on: the one that the environment variable REDOUBT_MUTANT names, read before main(). An unknown
/// name ends the program with status 2 and a sentence.
extern const Mutant selected_mutant;

}  // namespace redoubt::syntax

#define REDOUBT_MUTANT(name) (::redoubt::syntax::selected_mutant == ::redoubt::syntax::Mutant::name)

#endif
