// Questions: RapidCheck's generator of what laws are asked. The trees and haystacks come from the project's one grammar
// over Choices, which RapidCheck's randomness seeds; the shrinks are the single reductions of the project's one
// shrinker, made lazily, so that RapidCheck ends at a local minimum of that shrinker.
#pragma once

#include <rapidcheck.h>

#include "generate/choices.h"
#include "properties/law.h"

namespace redoubt::properties {

/// One question, as the choices decide. `size` (0 to 100) bounds the tree and the haystack: small at first.
Question draw_question(const Draw& draw, generate::Choices& choices, int size);
/// Every single reduction that is cheaper, in the order in which the shrinker tries them: haystack, tree, letters of
/// both, knob. Cheaper: by harness::cost, or as cheap with a smaller knob; so no chain of them is infinite.
rc::Seq<rc::Shrinkable<Question>> reductions(const Question& question, Shape shape);
rc::Gen<Question> questions(const Draw& draw);
/// Text near the grammar of a dialect: a printed tree, with up to four edits.
std::string near_grammar(generate::Choices& choices, syntax::Dialect dialect, Encoding encoding,
                         std::uint32_t max_nodes);

}  // namespace redoubt::properties
