// The C ABI: versions, errors, options, and regexes without a haystack.
#include <algorithm>
#include <cstring>
#include <utility>

#include "api/c_convert.h"

using namespace redoubt;
using namespace redoubt::c;

const char* redoubt_version(void) { return REDOUBT_VERSION; }
uint32_t redoubt_abi(void) { return REDOUBT_ABI; }

const char* redoubt_status_text(int status) {
  switch (status) {
    case REDOUBT_NO_MATCH:
      return "no match, or ok";
    case REDOUBT_MATCH:
      return "match";
    case REDOUBT_STEP_LIMIT:
      return "step limit";
    case REDOUBT_MEMORY_LIMIT:
      return "memory limit";
    case REDOUBT_BAD_PATTERN:
      return "bad pattern";
    case REDOUBT_UNSUPPORTED:
      return "unsupported pattern";
    case REDOUBT_PATTERN_LIMIT:
      return "pattern beyond a limit";
    case REDOUBT_INVALID_ARGUMENT:
      return "invalid argument";
    case REDOUBT_OUT_OF_MEMORY:
      return "out of memory";
    case REDOUBT_INTERNAL:
      return "internal error";
    default:
      return "unknown status";
  }
}

int redoubt_error_status(const redoubt_error* error) { return to_status(error->error); }
const char* redoubt_error_kind(const redoubt_error* error) { return to_string(error->error.kind).data(); }
const char* redoubt_error_message(const redoubt_error* error, size_t* length) {
  if (length != nullptr) *length = error->error.message.size();
  return error->error.message.c_str();
}
size_t redoubt_error_offset(const redoubt_error* error) { return error->error.offset; }
size_t redoubt_error_rule(const redoubt_error* error) { return error->rule; }
void redoubt_error_free(redoubt_error* error) { delete error; }

void redoubt_options_init(redoubt_options* options, size_t size) {
  SetOptions defaults;
  const CompileLimits& limits = defaults.regex.limits;
  redoubt_options all{.size = size,
                      .semantics = REDOUBT_LEFTMOST_LONGEST,
                      .dialect = REDOUBT_DIALECT_PERL,
                      .encoding = REDOUBT_BYTES,
                      .flags = 0,
                      .loop_policy = REDOUBT_LOOP_RE2,
                      .disabled_optimizations = 0,
                      .repeat_count = limits.repeat_count,
                      .nesting_depth = limits.nesting_depth,
                      .pattern_bytes = limits.pattern_bytes,
                      .program_bytes = limits.program_bytes,
                      .set_program_bytes = defaults.program_bytes,
                      .set_cache_bytes = defaults.cache_bytes};
  std::memcpy(options, &all, std::min(size, sizeof(all)));
}

uint32_t redoubt_optimization_bit(const char* name, size_t length) {
  if (!is_text(name, length)) return 0;
  return optimization_bit(to_text(name, length)).value_or(0);
}

int redoubt_compile(const char* pattern, size_t length, const redoubt_options* options, redoubt_regex** regex,
                    redoubt_error** error) {
  if (error != nullptr) *error = nullptr;
  if (regex == nullptr) return REDOUBT_INVALID_ARGUMENT;
  *regex = nullptr;
  return guarded([&]() -> int {
    SetOptions wanted;
    if (!is_text(pattern, length) || !read_options(options, wanted)) return REDOUBT_INVALID_ARGUMENT;
    Regex::Compiled compiled = Regex::compile(to_text(pattern, length), wanted.regex);
    if (!compiled) return report(std::move(compiled.error()), 0, error);
    *regex = new redoubt_regex{std::move(*compiled)};
    return REDOUBT_OK;
  });
}

void redoubt_regex_free(redoubt_regex* regex) { delete regex; }
size_t redoubt_group_count(const redoubt_regex* regex) { return regex->regex.group_count(); }

const char* redoubt_group_name(const redoubt_regex* regex, size_t group, size_t* length) {
  std::string_view name = regex->regex.group_name(group);
  if (length != nullptr) *length = name.size();
  return name.empty() ? nullptr : name.data();
}

size_t redoubt_group_number(const redoubt_regex* regex, const char* name, size_t length) {
  if (!is_text(name, length)) return 0;
  return regex->regex.group_number(to_text(name, length)).value_or(0);
}

const char* redoubt_pattern(const redoubt_regex* regex, size_t* length) {
  std::string_view pattern = regex->regex.pattern();
  if (length != nullptr) *length = pattern.size();
  return pattern.data();
}
