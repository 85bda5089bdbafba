/* The C ABI, used from C99: what it answers, and that every misuse is an answer too. */
#include <stdio.h>
#include <string.h>

#include "redoubt/redoubt.h"

static int failures = 0;

#define CHECK(condition)                                                     \
  do {                                                                       \
    if (!(condition)) {                                                      \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                            \
    }                                                                        \
  } while (0)
#define TEXT(literal) (literal), sizeof(literal) - 1

static redoubt_regex *compiled(const char *pattern, size_t length) {
  redoubt_regex *regex = NULL;
  CHECK(redoubt_compile(pattern, length, NULL, &regex, NULL) == REDOUBT_OK);
  return regex;
}

static void test_version(void) {
  CHECK(strlen(redoubt_version()) >= 5);
  CHECK(redoubt_abi() == REDOUBT_ABI);
}

static void test_searches(redoubt_scratch *scratch) {
  redoubt_regex *regex = compiled(TEXT("(?P<word>a|ab)(c|bcd)(d*)"));
  redoubt_input input;
  redoubt_span spans[6];
  size_t length;
  CHECK(redoubt_group_count(regex) == 3);
  CHECK(memcmp(redoubt_group_name(regex, 1, &length), "word", 4) == 0 && length == 4);
  CHECK(redoubt_group_name(regex, 2, &length) == NULL && length == 0);
  CHECK(redoubt_group_number(regex, TEXT("word")) == 1);
  CHECK(redoubt_group_number(regex, TEXT("wor")) == 0);
  CHECK(redoubt_pattern(regex, &length) != NULL && length == 25);

  redoubt_input_init(&input, TEXT("x\0abcd"));
  CHECK(redoubt_is_match(regex, scratch, &input) == REDOUBT_MATCH);
  CHECK(redoubt_find(regex, scratch, &input, spans) == REDOUBT_MATCH);
  CHECK(spans[0].begin == 2 && spans[0].end == 6);
  CHECK(redoubt_captures(regex, scratch, &input, spans, 6) == REDOUBT_MATCH);
  CHECK(spans[1].begin == 2 && spans[1].end == 4);
  CHECK(spans[2].begin == 4 && spans[2].end == 5);
  CHECK(spans[3].begin == 5 && spans[3].end == 6);
  CHECK(spans[4].begin == REDOUBT_UNSET && spans[5].end == REDOUBT_UNSET);
  CHECK(redoubt_captures(regex, scratch, &input, spans, 2) == REDOUBT_MATCH);
  CHECK(spans[1].end == 4);
  CHECK(redoubt_captures(regex, scratch, &input, NULL, 0) == REDOUBT_MATCH);

  input.flags = REDOUBT_ANCHORED;
  CHECK(redoubt_captures(regex, scratch, &input, spans, 6) == REDOUBT_NO_MATCH);
  CHECK(spans[0].begin == REDOUBT_UNSET && spans[3].end == REDOUBT_UNSET);
  input.begin = 2;
  CHECK(redoubt_find(regex, scratch, &input, spans) == REDOUBT_MATCH);
  input.end = 3;
  CHECK(redoubt_find(regex, scratch, &input, spans) == REDOUBT_NO_MATCH);
  CHECK(spans[0].begin == REDOUBT_UNSET);

  redoubt_input_init(&input, NULL, 0);
  CHECK(redoubt_is_match(regex, scratch, &input) == REDOUBT_NO_MATCH);
  redoubt_regex_free(regex);
}

static void test_options(redoubt_scratch *scratch) {
  redoubt_options options;
  redoubt_regex *regex;
  redoubt_input input;
  redoubt_span span;
  redoubt_options_init(&options, sizeof options);
  options.semantics = REDOUBT_LEFTMOST_FIRST;
  options.encoding = REDOUBT_UTF8;
  options.flags = REDOUBT_ICASE;
  options.disabled_optimizations = redoubt_optimization_bit(TEXT("automaton"));
  CHECK(options.disabled_optimizations != 0);
  CHECK(redoubt_optimization_bit(TEXT("nonsense")) == 0);
  CHECK(redoubt_compile(TEXT("\xC3\xA9|\xC3\xA9x"), &options, &regex, NULL) == REDOUBT_OK);
  redoubt_input_init(&input, TEXT("x\xC3\x89X"));
  CHECK(redoubt_find(regex, scratch, &input, &span) == REDOUBT_MATCH);
  CHECK(span.begin == 1 && span.end == 3);
  redoubt_regex_free(regex);
}

static void test_find_next(redoubt_scratch *scratch) {
  static const size_t expected[][2] = {{0, 0}, {1, 3}, {4, 4}};
  redoubt_regex *regex = compiled(TEXT("a*"));
  redoubt_input input;
  redoubt_iter iter;
  redoubt_span spans[2];
  size_t k;
  redoubt_input_init(&input, TEXT("baac"));
  for (k = 0; k < 3; ++k) {
    size_t count = k; /* none, the span, and more than there are */
    size_t seen = 0;
    CHECK(redoubt_iter_init(&iter, &input) == REDOUBT_OK);
    while (redoubt_find_next(regex, scratch, &iter, spans, count) == REDOUBT_MATCH && seen < 3) {
      if (count > 0) CHECK(spans[0].begin == expected[seen][0] && spans[0].end == expected[seen][1]);
      ++seen;
    }
    CHECK(seen == 3);
    CHECK(redoubt_find_next(regex, scratch, &iter, spans, count) == REDOUBT_NO_MATCH);
  }
  input.step_limit = 1;
  CHECK(redoubt_iter_init(&iter, &input) == REDOUBT_OK);
  while (redoubt_find_next(regex, scratch, &iter, spans, 1) == REDOUBT_MATCH) {
  }
  CHECK(redoubt_find_next(regex, scratch, &iter, spans, 1) == REDOUBT_STEP_LIMIT);
  redoubt_regex_free(regex);
}

static void test_errors(void) {
  redoubt_regex *regex = (redoubt_regex *)1;
  redoubt_error *error = NULL;
  redoubt_options options;
  size_t length;
  CHECK(redoubt_compile(TEXT("ab(c"), NULL, &regex, &error) == REDOUBT_BAD_PATTERN);
  CHECK(regex == NULL && error != NULL);
  CHECK(redoubt_error_status(error) == REDOUBT_BAD_PATTERN);
  CHECK(redoubt_error_offset(error) == 2);
  CHECK(redoubt_error_rule(error) == 0);
  CHECK(strcmp(redoubt_error_kind(error), "missing-paren") == 0);
  CHECK(strlen(redoubt_error_message(error, &length)) == length && length > 10);
  redoubt_error_free(error);
  CHECK(redoubt_compile(TEXT("ab(c"), NULL, &regex, NULL) == REDOUBT_BAD_PATTERN);
  CHECK(redoubt_compile(TEXT("(a)\\1"), NULL, &regex, NULL) == REDOUBT_UNSUPPORTED);
  CHECK(redoubt_compile(TEXT("a{1001}"), NULL, &regex, NULL) == REDOUBT_PATTERN_LIMIT);

  redoubt_options_init(&options, sizeof options);
  options.program_bytes = 10;
  CHECK(redoubt_compile(TEXT("a"), &options, &regex, &error) == REDOUBT_PATTERN_LIMIT);
  CHECK(redoubt_error_offset(error) == REDOUBT_UNSET);
  redoubt_error_free(error);
  redoubt_options_init(&options, sizeof options);
  options.encoding = 257; /* 1 in a byte */
  CHECK(redoubt_compile(TEXT("a"), &options, &regex, &error) == REDOUBT_INVALID_ARGUMENT);
  redoubt_error_free(error);
  redoubt_options_init(&options, sizeof options);
  options.flags = 0x80;
  CHECK(redoubt_compile(TEXT("a"), &options, &regex, NULL) == REDOUBT_INVALID_ARGUMENT);
  redoubt_options_init(&options, sizeof options);
  options.nesting_depth = 1001;
  CHECK(redoubt_compile(TEXT("a"), &options, &regex, NULL) == REDOUBT_INVALID_ARGUMENT);
  memset(&options, 0, sizeof options);
  CHECK(redoubt_compile(TEXT("a"), &options, &regex, NULL) == REDOUBT_INVALID_ARGUMENT);
}

static void test_misuse(redoubt_scratch *scratch) {
  redoubt_regex *regex = compiled(TEXT("a"));
  redoubt_input input;
  redoubt_span span;
  redoubt_iter iter;
  uint64_t word;
  redoubt_input_init(&input, TEXT("a"));
  CHECK(redoubt_compile(TEXT("a"), NULL, NULL, NULL) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_is_match(NULL, scratch, &input) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_is_match(regex, NULL, &input) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_is_match(regex, scratch, NULL) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_captures(regex, scratch, &input, NULL, 1) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_iter_init(NULL, &input) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_iter_init(&iter, &input) == REDOUBT_OK);
  CHECK(redoubt_find_next(regex, NULL, &iter, &span, 1) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_set_compile(NULL, 1, NULL, NULL, NULL) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_set_matches(NULL, scratch, &input, NULL, 0, &word, 1) == REDOUBT_INVALID_ARGUMENT);
  input.flags = 2;
  CHECK(redoubt_find(regex, scratch, &input, &span) == REDOUBT_INVALID_ARGUMENT);
  redoubt_input_init(&input, NULL, 1);
  CHECK(redoubt_find(regex, scratch, &input, &span) == REDOUBT_INVALID_ARGUMENT);
  redoubt_input_init(&input, TEXT("a"));
  input.memory_limit = 0;
  CHECK(redoubt_find(regex, scratch, &input, &span) != REDOUBT_NO_MATCH);
  redoubt_regex_free(regex);
  redoubt_regex_free(NULL);
  redoubt_scratch_free(NULL);
  redoubt_error_free(NULL);
  redoubt_set_free(NULL);
  CHECK(strcmp(redoubt_status_text(REDOUBT_STEP_LIMIT), "step limit") == 0);
  CHECK(strcmp(redoubt_status_text(77), "unknown status") == 0);
}

static void test_sets(redoubt_scratch *scratch) {
  const redoubt_rule rules[] = {{TEXT("foo(b.r)"), 1, 0}, {TEXT("BAZ"), 1, REDOUBT_ICASE}, {TEXT("q+"), 2, 0}};
  const redoubt_rule wrong[] = {{TEXT("a"), 0, 0}, {TEXT("b["), 0, 0}};
  const uint32_t one = 1, two = 2, nine = 9;
  redoubt_set *set = NULL;
  redoubt_error *error = NULL;
  redoubt_input input;
  redoubt_span spans[2];
  uint64_t words[2];
  CHECK(redoubt_set_compile(rules, 3, NULL, &set, &error) == REDOUBT_OK);
  CHECK(error == NULL && redoubt_set_size(set) == 3);
  redoubt_input_init(&input, TEXT("baz foobar q"));
  CHECK(redoubt_set_matches(set, scratch, &input, NULL, 0, words, 2) == REDOUBT_MATCH);
  CHECK(words[0] == 7 && words[1] == 0);
  CHECK(redoubt_set_matches(set, scratch, &input, &one, 0, words, 1) == REDOUBT_MATCH && words[0] == 3);
  CHECK(redoubt_set_matches(set, scratch, &input, &two, 0, words, 1) == REDOUBT_MATCH && words[0] == 4);
  CHECK(redoubt_set_matches(set, scratch, &input, &nine, 0, words, 1) == REDOUBT_NO_MATCH && words[0] == 0);
  CHECK(redoubt_set_matches(set, scratch, &input, NULL, REDOUBT_SET_FIRST_ONLY, words, 1) == REDOUBT_MATCH);
  CHECK(words[0] == 2);
  CHECK(redoubt_set_matches(set, scratch, &input, NULL, 0, words, 0) == REDOUBT_INVALID_ARGUMENT);
  CHECK(redoubt_captures(redoubt_set_regex(set, 0), scratch, &input, spans, 2) == REDOUBT_MATCH);
  CHECK(spans[1].begin == 7 && spans[1].end == 10);
  CHECK(redoubt_set_regex(set, 3) == NULL);
  redoubt_set_free(set);

  CHECK(redoubt_set_compile(wrong, 2, NULL, &set, &error) == REDOUBT_BAD_PATTERN);
  CHECK(set == NULL && redoubt_error_rule(error) == 1 && redoubt_error_offset(error) == 1);
  redoubt_error_free(error);
}

int main(void) {
  redoubt_scratch *scratch = redoubt_scratch_new();
  CHECK(scratch != NULL);
  test_version();
  test_searches(scratch);
  CHECK(redoubt_scratch_bytes(scratch) > 0);
  test_options(scratch);
  test_find_next(scratch);
  CHECK(redoubt_scratch_steps(scratch) > 0);
  test_errors();
  test_misuse(scratch);
  test_sets(scratch);
  redoubt_scratch_free(scratch);
  if (failures == 0) puts("the C ABI does what it says");
  return failures == 0 ? 0 : 1;
}
