// The C ABI: scratches and searches.
#include <cstring>
#include <type_traits>

#include "api/c_convert.h"

using namespace redoubt;
using namespace redoubt::c;

namespace {

/// What an iterator of C holds.
struct IterState {
  redoubt_input rest;
  std::size_t last_end;
  int status;
};
static_assert(sizeof(IterState) <= sizeof(redoubt_iter) && std::is_trivially_copyable_v<IterState>);

void write_spans(const Slots& slots, redoubt_span* spans, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) {
    Span span = k < slots.size() ? slots[k] : Span{};
    spans[k] = {span.begin, span.end};
  }
}

}  // namespace

redoubt_scratch* redoubt_scratch_new(void) {
  redoubt_scratch* scratch = nullptr;
  if (guarded([&] { return scratch = new redoubt_scratch(), 0; }) != 0) return nullptr;
  return scratch;
}

void redoubt_scratch_free(redoubt_scratch* scratch) { delete scratch; }
uint64_t redoubt_scratch_steps(const redoubt_scratch* scratch) { return scratch->scratch.steps(); }
size_t redoubt_scratch_bytes(const redoubt_scratch* scratch) { return scratch->scratch.bytes(); }

void redoubt_input_init(redoubt_input* input, const char* haystack, size_t length) {
  Input defaults;
  *input = {.haystack = haystack,
            .length = length,
            .begin = defaults.begin,
            .end = defaults.end,
            .flags = 0,
            .step_limit = defaults.step_limit,
            .memory_limit = defaults.memory_limit_bytes};
}

int redoubt_is_match(const redoubt_regex* regex, redoubt_scratch* scratch, const redoubt_input* input) {
  Input asked;
  if (regex == nullptr || scratch == nullptr || !read_input(input, asked)) return REDOUBT_INVALID_ARGUMENT;
  return guarded([&] { return to_status(regex->regex.is_match(asked, scratch->scratch)); });
}

int redoubt_find(const redoubt_regex* regex, redoubt_scratch* scratch, const redoubt_input* input, redoubt_span* span) {
  return redoubt_captures(regex, scratch, input, span, span == nullptr ? 0 : 1);
}

int redoubt_captures(const redoubt_regex* regex, redoubt_scratch* scratch, const redoubt_input* input,
                     redoubt_span* spans, size_t count) {
  Input asked;
  if (spans == nullptr && count > 0) return REDOUBT_INVALID_ARGUMENT;
  if (regex == nullptr || scratch == nullptr || !read_input(input, asked)) return REDOUBT_INVALID_ARGUMENT;
  if (count == 0) return redoubt_is_match(regex, scratch, input);
  return guarded([&] {
    Result result;
    scratch->slots.clear();
    if (count == 1) {
      Found found = regex->regex.find(asked, scratch->scratch);
      result = found.result;
      spans[0] = {found.span.begin, found.span.end};
    } else {
      result = regex->regex.captures(asked, scratch->scratch, scratch->slots);
      write_spans(scratch->slots, spans, count);
    }
    return to_status(result);
  });
}

int redoubt_iter_init(redoubt_iter* iter, const redoubt_input* input) {
  Input asked;
  if (iter == nullptr || !read_input(input, asked)) return REDOUBT_INVALID_ARGUMENT;
  IterState state{*input, REDOUBT_UNSET, REDOUBT_MATCH};
  std::memset(iter, 0, sizeof(*iter));
  std::memcpy(iter, &state, sizeof(state));
  return REDOUBT_OK;
}

int redoubt_find_next(const redoubt_regex* regex, redoubt_scratch* scratch, redoubt_iter* iter, redoubt_span* spans,
                      size_t count) {
  if (regex == nullptr || scratch == nullptr || iter == nullptr || (spans == nullptr && count > 0)) {
    return REDOUBT_INVALID_ARGUMENT;
  }
  IterState state;
  std::memcpy(&state, iter, sizeof(state));
  write_spans({}, spans, count);
  if (state.status != REDOUBT_MATCH) return state.status;
  Input asked;
  if (!read_input(&state.rest, asked)) return REDOUBT_INVALID_ARGUMENT;
  int status = guarded([&] {
    Finder finder(regex->regex, scratch->scratch, asked, state.last_end);
    if (count > 1) {
      Result result = finder.next(scratch->slots);
      write_spans(scratch->slots, spans, count);
      state.status = to_status(result);
    } else {
      state.status = to_status(finder.next());
      if (count == 1 && state.status == REDOUBT_MATCH) spans[0] = {finder.span().begin, finder.span().end};
    }
    state.rest.begin = finder.rest().begin;
    state.rest.step_limit = finder.rest().step_limit;
    state.last_end = finder.last_end();
    return state.status;
  });
  std::memcpy(iter, &state, sizeof(state));
  return status;
}
