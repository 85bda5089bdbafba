// The C ABI: opaque handles, explicit lengths, errors as values. No call throws, and none keeps a pointer that it is
// given beyond what is said of it. C99.
//
// Texts (patterns, haystacks, names) are a pointer and a length in bytes; they may hold any byte, NUL included, and
// need no NUL at the end; a pointer may be NULL if its length is 0. All offsets are byte offsets, in UTF-8 mode too.
//
// Thread safety, by type:
//   redoubt_regex, redoubt_set   immutable: any number of threads at once, each with a scratch of its own
//   redoubt_error                immutable: the same
//   redoubt_scratch              one thread at a time
//   redoubt_iter                 one thread at a time
// A handle may be freed by any thread, once nothing uses it. Every ..._free takes NULL.
//
// redoubt_options may grow at its end, and knows its size; no other struct changes, and no number of an enumerator.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "redoubt/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0": of the library that runs. NUL-terminated, static. */
REDOUBT_API const char* redoubt_version(void);
/* Grows with every addition to this header; REDOUBT_ABI is what this header describes. */
#define REDOUBT_ABI 1
REDOUBT_API uint32_t redoubt_abi(void);

/* What calls answer, as int: not negative is an answer, negative is none. */
enum {
  REDOUBT_OK = 0,
  REDOUBT_NO_MATCH = 0,
  REDOUBT_MATCH = 1,
  REDOUBT_STEP_LIMIT = -1,       /* redoubt_input.step_limit was reached; there may be a match */
  REDOUBT_MEMORY_LIMIT = -2,     /* redoubt_input.memory_limit was reached; there may be a match */
  REDOUBT_BAD_PATTERN = -3,      /* malformed */
  REDOUBT_UNSUPPORTED = -4,      /* well-formed elsewhere, not supported here */
  REDOUBT_PATTERN_LIMIT = -5,    /* beyond a limit of redoubt_options */
  REDOUBT_INVALID_ARGUMENT = -6, /* NULL where something must be, or what no option means */
  REDOUBT_OUT_OF_MEMORY = -7,
  REDOUBT_INTERNAL = -8 /* a defect of the library */
};
/* "step limit", …: one of the above for people. NUL-terminated, static. */
REDOUBT_API const char* redoubt_status_text(int status);

#define REDOUBT_UNSET ((size_t)-1)

/* Bytes [begin,end) of the haystack; both REDOUBT_UNSET for a group that took no part. */
typedef struct redoubt_span {
  size_t begin;
  size_t end;
} redoubt_span;

/* ---- errors of patterns */

typedef struct redoubt_error redoubt_error;

/* Which of the REDOUBT_... codes above. */
REDOUBT_API int redoubt_error_status(const redoubt_error* error);
/* "missing-paren", …: for machine output. NUL-terminated, static. */
REDOUBT_API const char* redoubt_error_kind(const redoubt_error* error);
/* One sentence. NUL-terminated, lives as long as the error; it may hold NULs of the pattern before, so that the length
 * (if not NULL) is exact. */
REDOUBT_API const char* redoubt_error_message(const redoubt_error* error, size_t* length);
/* Where in the pattern, or REDOUBT_UNSET. */
REDOUBT_API size_t redoubt_error_offset(const redoubt_error* error);
/* Which rule of a set; 0 for a regex. */
REDOUBT_API size_t redoubt_error_rule(const redoubt_error* error);
REDOUBT_API void redoubt_error_free(redoubt_error* error);

/* ---- compiling */

enum { REDOUBT_LEFTMOST_LONGEST = 0 /* POSIX */, REDOUBT_LEFTMOST_FIRST = 1 /* Perl-like */ };
enum { REDOUBT_DIALECT_PERL = 0, REDOUBT_DIALECT_ERE = 1 };
enum { REDOUBT_BYTES = 0, REDOUBT_UTF8 = 1 };
enum { REDOUBT_LOOP_RE2 = 0, REDOUBT_LOOP_PCRE2 = 1 };
enum { REDOUBT_ICASE = 1, REDOUBT_MULTILINE = 2, REDOUBT_DOT_ALL = 4 };

typedef struct redoubt_options {
  size_t size;                     /* as the program that fills it knows it */
  uint32_t semantics;              /* REDOUBT_LEFTMOST_LONGEST */
  uint32_t dialect;                /* REDOUBT_DIALECT_PERL */
  uint32_t encoding;               /* REDOUBT_BYTES */
  uint32_t flags;                  /* 0; REDOUBT_ICASE | … */
  uint32_t loop_policy;            /* REDOUBT_LOOP_…; leftmost-first only */
  uint32_t disabled_optimizations; /* 0; bits of redoubt_optimization_bit */
  uint32_t repeat_count;           /* 1000; on bounds of repeats and products of nested ones */
  uint32_t nesting_depth;          /* 1000, which is also the most */
  size_t pattern_bytes;            /* 1 MiB */
  size_t program_bytes;            /* 16 MiB; of each pattern */
  size_t set_program_bytes;        /* 256 MiB; of a whole set */
  size_t set_cache_bytes;          /* 8 MiB; what a scratch remembers of a set, see regex_set.h */
} redoubt_options;

/* The values above; `size` is sizeof(redoubt_options). */
REDOUBT_API void redoubt_options_init(redoubt_options* options, size_t size);
/* 0 if there is none of that name. */
REDOUBT_API uint32_t redoubt_optimization_bit(const char* name, size_t length);

typedef struct redoubt_regex redoubt_regex;

/* REDOUBT_OK and a handle, or an error code and, if `error` is not NULL and there is memory for it, an error to be
 * freed; else both are set to NULL. `options` NULL: the defaults. The pattern is copied. */
REDOUBT_API int redoubt_compile(const char* pattern, size_t length, const redoubt_options* options,
                                redoubt_regex** regex, redoubt_error** error);
REDOUBT_API void redoubt_regex_free(redoubt_regex* regex);
/* Groups beside the whole match. */
REDOUBT_API size_t redoubt_group_count(const redoubt_regex* regex);
/* Of group 1, 2, …; NULL and 0 for one that has none. Lives as long as the regex. */
REDOUBT_API const char* redoubt_group_name(const redoubt_regex* regex, size_t group, size_t* length);
/* 0 if there is no group of that name. */
REDOUBT_API size_t redoubt_group_number(const redoubt_regex* regex, const char* name, size_t length);
/* The text. Lives as long as the regex. */
REDOUBT_API const char* redoubt_pattern(const redoubt_regex* regex, size_t* length);

/* ---- searching */

typedef struct redoubt_scratch redoubt_scratch;

/* NULL if there is no memory. One for each thread, for any number of regexes and sets. A search with one that has done
 * its like before allocates nothing. */
REDOUBT_API redoubt_scratch* redoubt_scratch_new(void);
REDOUBT_API void redoubt_scratch_free(redoubt_scratch* scratch);
/* Of the last search. */
REDOUBT_API uint64_t redoubt_scratch_steps(const redoubt_scratch* scratch);
REDOUBT_API size_t redoubt_scratch_bytes(const redoubt_scratch* scratch);

enum { REDOUBT_ANCHORED = 1 /* only a match that starts at `begin` counts */ };

/* A match lies within [begin,end) of the haystack; assertions see the whole haystack. See regex.h, struct Input. */
typedef struct redoubt_input {
  const char* haystack;
  size_t length;
  size_t begin;        /* 0 */
  size_t end;          /* REDOUBT_UNSET: the haystack's */
  uint32_t flags;      /* 0, or REDOUBT_ANCHORED */
  uint64_t step_limit; /* none */
  size_t memory_limit; /* 256 MiB */
} redoubt_input;

REDOUBT_API void redoubt_input_init(redoubt_input* input, const char* haystack, size_t length);

/* These answer REDOUBT_MATCH, REDOUBT_NO_MATCH, a limit, REDOUBT_INVALID_ARGUMENT or REDOUBT_OUT_OF_MEMORY. */
REDOUBT_API int redoubt_is_match(const redoubt_regex* regex, redoubt_scratch* scratch, const redoubt_input* input);
REDOUBT_API int redoubt_find(const redoubt_regex* regex, redoubt_scratch* scratch, const redoubt_input* input,
                             redoubt_span* span);
/* spans[0] is the whole match, spans[g] group g; those beyond the last group, and all if there is no match, are unset.
 * `count` may be anything; with fewer than there are groups, the first are given, and with 1 as fast as redoubt_find.
 */
REDOUBT_API int redoubt_captures(const redoubt_regex* regex, redoubt_scratch* scratch, const redoubt_input* input,
                                 redoubt_span* spans, size_t count);

/* Where an iteration over all matches stands. Its content is the library's; it needs no freeing and may be copied. The
 * haystack must stay while it is used. */
typedef struct redoubt_iter {
  uint64_t opaque[16];
} redoubt_iter;

/* REDOUBT_OK or REDOUBT_INVALID_ARGUMENT. */
REDOUBT_API int redoubt_iter_init(redoubt_iter* iter, const redoubt_input* input);
/* The next match, as redoubt_captures. After anything but REDOUBT_MATCH the same comes again. The step limit holds for
 * the whole iteration. The order, and the worst case, are those of Finder in regex.h. */
REDOUBT_API int redoubt_find_next(const redoubt_regex* regex, redoubt_scratch* scratch, redoubt_iter* iter,
                                  redoubt_span* spans, size_t count);

/* ---- sets: which of many patterns match */

typedef struct redoubt_set redoubt_set;

typedef struct redoubt_rule {
  const char* pattern;
  size_t length;
  uint32_t group; /* rules can be asked for by it */
  uint32_t flags; /* REDOUBT_ICASE | …, beside those of the options */
} redoubt_rule;

/* As redoubt_compile. */
REDOUBT_API int redoubt_set_compile(const redoubt_rule* rules, size_t count, const redoubt_options* options,
                                    redoubt_set** set, redoubt_error** error);
REDOUBT_API void redoubt_set_free(redoubt_set* set);
REDOUBT_API size_t redoubt_set_size(const redoubt_set* set);
/* The rule by itself, for spans and groups; NULL if there is no such rule. Owned by the set: not to be freed. */
REDOUBT_API const redoubt_regex* redoubt_set_regex(const redoubt_set* set, size_t rule);

enum { REDOUBT_SET_FIRST_ONLY = 1 /* stop where the first match ends */ };

/* Rule r matched if bit r % 64 of words[r / 64] is set; `word_count` must be at least (size + 63) / 64. `group` NULL:
 * of all groups. */
REDOUBT_API int redoubt_set_matches(const redoubt_set* set, redoubt_scratch* scratch, const redoubt_input* input,
                                    const uint32_t* group, uint32_t flags, uint64_t* words, size_t word_count);

#ifdef __cplusplus
}
#endif
