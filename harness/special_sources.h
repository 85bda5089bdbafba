// Sources of cases for what sweeps and random trees of a grammar do not reach: patterns as people write them, large
// counts, and words in long haystacks. Internal to sources.cc.
#pragma once

#include <memory>

#include "harness/sources.h"

namespace redoubt::harness {

/// Pattern texts for engines that read the text itself: what they and this project's parser must read alike.
/// Leftmost-first.
std::unique_ptr<Source> as_written(Encoding encoding);

/// x{n,m} and counts of counts with bounds around powers of two, on haystacks that just reach and just miss them.
std::unique_ptr<Source> large_counts(Semantics semantics);

/// `count` random regexes made of words (generate/word_gen.h), on haystacks up to some hundred bytes.
std::unique_ptr<Source> words(Semantics semantics, Encoding encoding, std::uint64_t count, std::uint64_t seed);

}  // namespace redoubt::harness
