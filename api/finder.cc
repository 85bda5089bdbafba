// The iteration over matches is pikevm's; between two calls its state is in the Finder's own fields.
#include "api/access.h"
#include "pikevm/find_all.h"

namespace redoubt {

Finder::Finder(const Regex& regex, Scratch& scratch, const Input& input, std::size_t last_end)
    : regex_(regex), scratch_(&scratch), input_(input), last_end_(last_end) {}

Result Finder::next() { return advance(1, Access::of(*scratch_).slots); }

Result Finder::next(Slots& slots) { return advance(pikevm::kAllSlots, slots); }

Result Finder::advance(std::size_t wanted, Slots& slots) {
  if (result_ != Result::kMatch) {
    slots.clear();
    return result_;
  }
  ScratchImpl& own = Access::of(*scratch_);
  pikevm::AllMatches matches(to_search(input_, wanted), last_end_);
  result_ = to_result(matches.next(*Access::of(regex_).program, own.vm, slots));
  own.usage = own.vm.usage();
  if (result_ != Result::kMatch) return result_;
  input_.begin = matches.rest().begin;
  input_.step_limit = matches.rest().step_limit;
  last_end_ = matches.last_end();
  span_ = slots[0];
  return result_;
}

}  // namespace redoubt
