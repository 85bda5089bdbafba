#include "pikevm/facts.h"

#include <utility>

namespace redoubt::pikevm {

bool Facts::rule_out(std::string_view haystack, std::size_t begin, std::size_t end) const {
  if (end - begin < min_length) return true;
  if (!anchored_end) return false;
  // The suffix is no longer than the shortest match.
  return end < haystack.size() || !suffix.matches(haystack.data() + end - suffix.size());
}

const Facts& facts(const Program& program) {
  std::call_once(program.facts_once, [&program] {
    auto made = std::make_shared<Facts>();
    Literals literals = find_literals(program.regex, program.encoding);
    made->min_length = literals.min_length;
    made->max_length = literals.max_length;
    made->anchored_end = literals.anchored_end;
    made->suffix = literals.suffix;
    if (literals.exact && !literals.prefix.empty() && program.groups == 0) made->literal.emplace(literals.prefix);
    made->prefilter = Prefilter(std::move(literals), program.encoding);
    program.facts = std::move(made);
  });
  return *program.facts;
}

}  // namespace redoubt::pikevm
