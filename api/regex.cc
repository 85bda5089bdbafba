// Searches: from public terms to the matcher's and back. There is no matching in this file.
#include "redoubt/regex.h"

#include <algorithm>

#include "api/access.h"

namespace redoubt {

Scratch::Scratch() : impl_(std::make_unique<Impl>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;
std::uint64_t Scratch::steps() const { return impl_->usage.steps; }
std::size_t Scratch::bytes() const { return impl_->usage.bytes; }

Result to_result(pikevm::Result result) {
  switch (result) {
    case pikevm::Result::kMatch:
      return Result::kMatch;
    case pikevm::Result::kNoMatch:
      return Result::kNoMatch;
    case pikevm::Result::kMemoryLimit:
      return Result::kMemoryLimit;
    case pikevm::Result::kStepLimit:
      return Result::kStepLimit;
  }
  return Result::kNoMatch;
}

pikevm::Search to_search(const Input& input, std::size_t wanted_slots) {
  return {.haystack = input.haystack,
          .begin = input.begin,
          .end = input.end,
          .anchored = input.anchored,
          .wanted_slots = wanted_slots,
          .step_limit = input.step_limit,
          .memory_limit_bytes = input.memory_limit_bytes};
}

Result run(const RegexImpl& regex, const Input& input, std::size_t wanted_slots, ScratchImpl& scratch, Slots& out) {
  pikevm::Result result = pikevm::search(*regex.program, scratch.vm, to_search(input, wanted_slots), out);
  scratch.usage = scratch.vm.usage();
  return to_result(result);
}

Result Regex::is_match(const Input& input, Scratch& scratch) const {
  ScratchImpl& own = Access::of(scratch);
  return run(*impl_, input, 0, own, own.slots);
}

Found Regex::find(const Input& input, Scratch& scratch) const {
  ScratchImpl& own = Access::of(scratch);
  Result result = run(*impl_, input, 1, own, own.slots);
  if (result != Result::kMatch) return {result};
  return {result, own.slots[0]};
}

Result Regex::captures(const Input& input, Scratch& scratch, Slots& slots) const {
  return run(*impl_, input, pikevm::kAllSlots, Access::of(scratch), slots);
}

std::string_view Regex::pattern() const { return impl_->pattern; }
const Options& Regex::options() const { return impl_->options; }
std::size_t Regex::group_count() const { return impl_->names.size() - 1; }

std::string_view Regex::group_name(std::size_t group) const {
  return group < impl_->names.size() ? std::string_view(impl_->names[group]) : std::string_view();
}

std::optional<std::size_t> Regex::group_number(std::string_view name) const {
  if (name.empty()) return std::nullopt;
  auto place = std::find(impl_->names.begin(), impl_->names.end(), name);
  if (place == impl_->names.end()) return std::nullopt;
  return static_cast<std::size_t>(place - impl_->names.begin());
}

std::size_t Regex::bytes() const { return sizeof(Impl) + impl_->pattern.capacity() + impl_->program->bytes(); }

std::string_view version() { return REDOUBT_VERSION; }

}  // namespace redoubt
