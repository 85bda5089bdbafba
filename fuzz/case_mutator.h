// Mutation and crossover of fuzz cases: edits of the tree, and of haystacks with the help of the pattern's automaton.
// What comes out is a case within all limits, and the same choices give the same one.
#pragma once

#include "fuzz/coded_case.h"
#include "generate/choices.h"

namespace redoubt::fuzz {

/// One to four edits.
CodedCase mutated(CodedCase c, generate::Choices& choices);
/// The first, with parts of the second: a part of its tree, or some of its haystacks.
CodedCase crossed(const CodedCase& a, const CodedCase& b, generate::Choices& choices);

}  // namespace redoubt::fuzz
