/* Finds dates in its argument: the C ABI in one page.
 *   cc -std=c99 main.c $(pkg-config --cflags --libs redoubt) */
#include <stdio.h>
#include <string.h>

#include "redoubt/redoubt.h"

int main(int argc, char **argv) {
  static const char pattern[] = "([0-9]{4})-([0-9]{2})-([0-9]{2})";
  static const char *const names[] = {"date", "year", "month", "day"};
  const char *text = argc > 1 ? argv[1] : "on 2024-05-06 and 2025-12-31";
  redoubt_options options;
  redoubt_regex *regex;
  redoubt_error *error;
  redoubt_scratch *scratch;
  redoubt_input input;
  redoubt_iter iter;
  redoubt_span spans[4];
  int status;
  size_t g;

  redoubt_options_init(&options, sizeof options);
  options.dialect = REDOUBT_DIALECT_ERE;
  status = redoubt_compile(pattern, sizeof pattern - 1, &options, &regex, &error);
  if (status != REDOUBT_OK) {
    fprintf(stderr, "%s\n", error ? redoubt_error_message(error, NULL) : redoubt_status_text(status));
    redoubt_error_free(error);
    return 2;
  }
  scratch = redoubt_scratch_new();
  redoubt_input_init(&input, text, strlen(text));
  redoubt_iter_init(&iter, &input);
  while (scratch && (status = redoubt_find_next(regex, scratch, &iter, spans, 4)) == REDOUBT_MATCH) {
    for (g = 0; g < 4; ++g) {
      printf("%s: [%lu,%lu)\n", names[g], (unsigned long)spans[g].begin, (unsigned long)spans[g].end);
    }
  }
  redoubt_scratch_free(scratch);
  redoubt_regex_free(regex);
  return status == REDOUBT_NO_MATCH ? 0 : 2;
}
