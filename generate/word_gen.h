// Regexes made of words, as people write them: strings, alternatives that begin alike, a little between them; what
// prefilters and literal searches work on, which trees of a grammar rarely are. And haystacks for any regex in which
// what matches lies far from the edges.
#pragma once

#include <string>
#include <vector>

#include "generate/choices.h"
#include "syntax/regex.h"

namespace redoubt::generate {

/// One to four parts: words, sets of words, loops over a class, now and then a group, an assertion at an edge.
/// `lazy`: loops may be lazy.
syntax::Regex draw_words(Choices& choices, Encoding encoding, bool lazy);

/// `text` with up to `most` bytes of other units on either side: of one that is not in it, of the text's own units, or
/// copies of the text.
std::string embedded(const std::string& text, Encoding encoding, Choices& choices, std::size_t most);

}  // namespace redoubt::generate
