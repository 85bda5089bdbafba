// The quantifiers of both dialects.
#include "syntax/mutants.h"
#include "syntax/parser_internal.h"

namespace redoubt::syntax::internal {

namespace {

/// A decimal number; one too large for a bound stays at the largest.
std::uint32_t take_number(Cursor& cursor) {
  constexpr std::uint64_t kMost = kInfinite - 1;
  std::uint64_t value = 0;
  while (is_digit(cursor.peek())) {
    value = value * 10 + static_cast<std::uint64_t>(cursor.peek() - '0');
    if (value > kMost) value = kMost;
    ++cursor.pos;
  }
  return static_cast<std::uint32_t>(value);
}

Failure no_lower_bound(std::size_t offset) {
  return fail(ParseErrorKind::kBadRepeat, offset,
              "a repeat without a lower bound means different things to different engines; write {0,m}");
}

bool has_leading_zero(const Cursor& cursor) { return cursor.peek() == '0' && is_digit(cursor.peek(1)); }

/// {n} {n,} {n,m}: false when the text at the brace is none of them.
Parsed<bool> take_braces(Cursor& cursor, Dialect dialect, Bounds& bounds) {
  const std::size_t open = cursor.pos++;
  if (cursor.peek() == ',') {
    ++cursor.pos;
    const bool digits = is_digit(cursor.peek());
    take_number(cursor);
    if (digits && cursor.peek() == '}') return no_lower_bound(open);
    return false;
  }
  if (!is_digit(cursor.peek())) return false;
  bool leading_zero = has_leading_zero(cursor);
  bounds.min = take_number(cursor);
  bounds.max = bounds.min;
  if (cursor.take(',')) {
    leading_zero = leading_zero || has_leading_zero(cursor);
    bounds.max = is_digit(cursor.peek()) ? take_number(cursor) : kInfinite;
    if (REDOUBT_MUTANT(open_bound_closed) && bounds.max == kInfinite) bounds.max = bounds.min;
  }
  if (!cursor.take('}')) return false;
  if (leading_zero && dialect == Dialect::kPerl) {
    // To RE2 the whole is a literal text, to PCRE2 and Perl a repeat.
    return fail(ParseErrorKind::kBadRepeat, open, "a bound with leading zeros is no bound to some engines; drop them");
  }
  if (bounds.min > bounds.max) {
    return fail(ParseErrorKind::kBadRepeat, open, "the lower bound of a repeat must not be above the upper one");
  }
  return true;
}

Parsed<bool> take_bounds(Cursor& cursor, Dialect dialect, Bounds& bounds) {
  const char c = cursor.peek();
  if (c == '{') return take_braces(cursor, dialect, bounds);
  ++cursor.pos;
  bounds.min = c == '+' ? 1 : 0;
  bounds.max = c == '?' ? 1 : kInfinite;
  return true;
}

}  // namespace

std::string repeat_limit_message(std::uint32_t limit) {
  return "repeat bounds, and the product of nested ones, must be at most " + std::to_string(limit);
}

Parsed<bool> parse_bounds(Cursor& cursor, const ParseOptions& options, Bounds& bounds) {
  const std::size_t start = cursor.pos;
  Parsed<bool> found = take_bounds(cursor, options.dialect, bounds);
  if (!found) return found;
  if (!*found) {
    cursor.pos = start;
    if (options.dialect == Dialect::kPerl) return found;
    // POSIX leaves it undefined, and its implementations do differ.
    return fail(ParseErrorKind::kBadRepeat, start, "a repeat is written {n}, {n,} or {n,m}, and a literal brace \\{");
  }
  const std::uint32_t largest = bounds.max == kInfinite ? bounds.min : bounds.max;
  if (largest > options.limits.repeat_count) {
    return fail(ParseErrorKind::kRepeatTooLarge, start, repeat_limit_message(options.limits.repeat_count));
  }
  if (options.dialect == Dialect::kPerl) {
    if (cursor.peek() == '+') {
      return fail(ParseErrorKind::kPossessive, cursor.pos,
                  "possessive repeats are not supported; a repeat of a repeat is written with a group, as in (?:a*)+");
    }
    if (cursor.take('?')) bounds.greedy = REDOUBT_MUTANT(lazy_mark_ignored);
  }
  return found;
}

}  // namespace redoubt::syntax::internal
