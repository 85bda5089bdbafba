#include "api/c_convert.h"

#include <algorithm>
#include <utility>

namespace redoubt::c {

namespace {

template <class Enum>
Enum to_enum(std::uint32_t number) {
  // What is too large for the enum stays unknown instead of wrapping around; compile() refuses it.
  return static_cast<Enum>(std::min<std::uint32_t>(number, 0xFF));
}

}  // namespace

int to_status(Result result) {
  switch (result) {
    case Result::kNoMatch:
      return REDOUBT_NO_MATCH;
    case Result::kMatch:
      return REDOUBT_MATCH;
    case Result::kStepLimit:
      return REDOUBT_STEP_LIMIT;
    case Result::kMemoryLimit:
      return REDOUBT_MEMORY_LIMIT;
  }
  return REDOUBT_INTERNAL;
}

int to_status(const Error& error) {
  if (error.kind == ErrorKind::kInvalidOptions) return REDOUBT_INVALID_ARGUMENT;
  if (error.is_unsupported()) return REDOUBT_UNSUPPORTED;
  return error.is_limit() ? REDOUBT_PATTERN_LIMIT : REDOUBT_BAD_PATTERN;
}

bool read_options(const redoubt_options* given, SetOptions& options) {
  redoubt_options all;
  redoubt_options_init(&all, sizeof(all));
  if (given != nullptr) {
    // The first size there was. When fields are added, a caller that knows fewer keeps the defaults for them, and one
    // that knows more asks for what this library cannot do.
    if (given->size != sizeof(all)) return false;
    all = *given;
  }
  if ((all.flags & ~kPatternFlags) != 0) return false;
  Options& regex = options.regex;
  regex.semantics = to_enum<Semantics>(all.semantics);
  regex.dialect = to_enum<Dialect>(all.dialect);
  regex.encoding = to_enum<Encoding>(all.encoding);
  regex.loop_policy = to_enum<LoopPolicy>(all.loop_policy);
  regex.icase = all.flags & REDOUBT_ICASE;
  regex.multiline = all.flags & REDOUBT_MULTILINE;
  regex.dot_all = all.flags & REDOUBT_DOT_ALL;
  regex.disabled_optimizations = all.disabled_optimizations;
  regex.limits = {.program_bytes = all.program_bytes,
                  .repeat_count = all.repeat_count,
                  .pattern_bytes = all.pattern_bytes,
                  .nesting_depth = all.nesting_depth};
  options.program_bytes = all.set_program_bytes;
  options.cache_bytes = all.set_cache_bytes;
  return true;
}

bool read_input(const redoubt_input* given, Input& input) {
  if (given == nullptr || !is_text(given->haystack, given->length)) return false;
  if ((given->flags & ~std::uint32_t{REDOUBT_ANCHORED}) != 0) return false;
  input = {.haystack = to_text(given->haystack, given->length),
           .begin = given->begin,
           .end = given->end,
           .anchored = (given->flags & REDOUBT_ANCHORED) != 0,
           .step_limit = given->step_limit,
           .memory_limit_bytes = given->memory_limit};
  return true;
}

int report(Error error, std::size_t rule, redoubt_error** out) {
  int status = to_status(error);
  // Without memory for the error there is still its status.
  if (out != nullptr) *out = new (std::nothrow) redoubt_error{std::move(error), rule};
  return status;
}

}  // namespace redoubt::c
