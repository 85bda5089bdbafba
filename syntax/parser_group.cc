// What may follow an opening parenthesis in the Perl dialect. Whatever else PCRE2, RE2 or Perl have there is refused by
// name, so that a pattern from elsewhere says at once why it cannot be judged.
#include "syntax/parser_internal.h"

namespace redoubt::syntax::internal {

namespace {

Failure unsupported(std::size_t offset, const std::string& what) {
  return fail(ParseErrorKind::kUnsupportedConstruct, offset, what);
}

/// After `(?<` or `(?P<`, up to and including `>`.
Parsed<std::string_view> take_name(Cursor& cursor) {
  const std::size_t start = cursor.pos;
  auto is_name = [&](char c) { return is_letter(c) || c == '_' || (is_digit(c) && cursor.pos > start); };
  while (is_name(cursor.peek())) ++cursor.pos;
  const std::string_view name = cursor.text.substr(start, cursor.pos - start);
  if (name.empty() || !cursor.take('>')) {
    return fail(ParseErrorKind::kBadGroupName, cursor.pos,
                "a group name is letters, digits and _, not starting with a digit, and ends with >");
  }
  return name;
}

/// Constructs after `(?` that belong to other engines; nullopt if it is none.
std::optional<Failure> refused_construct(const Cursor& cursor, std::size_t open) {
  const char c = cursor.peek();
  const char next = cursor.peek(1);
  // A lookaround would become a node of its own here: (?= and (?! look ahead, (?<= and (?<! behind.
  if (c == '=' || c == '!' || c == '*' || (c == '<' && (next == '=' || next == '!' || next == '*'))) {
    return fail(ParseErrorKind::kLookaround, open, "lookarounds are not supported; only ^ $ \\A \\z \\b and \\B look");
  }
  if (c == '>') {
    return fail(ParseErrorKind::kAtomicGroup, open, "atomic groups are not supported; a plain group is (?:...)");
  }
  if (c == 'P' && next == '=') {
    return fail(ParseErrorKind::kBackreference, open, "backreferences are not supported; spell the text out");
  }
  const bool signed_call = (c == '+' || c == '-') && is_digit(next);
  if (c == 'R' || c == '&' || is_digit(c) || signed_call || (c == 'P' && next == '>')) {
    return unsupported(open, "recursion and calls of groups are not supported; spell the pattern out");
  }
  if (c == '(') return unsupported(open, "conditional groups are not supported; use an alternation");
  if (c == 'C') return unsupported(open, "callouts are not supported; leave them out");
  if (c == '#') return unsupported(open, "comments are not supported; leave them out");
  if (c == '|') return unsupported(open, "branch reset groups are not supported; number each branch's groups");
  if (c == '\'') return unsupported(open, "a quoted group name is not supported; write (?P<name>...)");
  if (c == '[') return unsupported(open, "extended classes are not supported; write one class in brackets");
  if (c == '^') return unsupported(open, "(?^ is not supported; name the flags to clear, as in (?-ims:...)");
  if (c == '{' || c == '?') return unsupported(open, "code in patterns is not supported; leave it out");
  return std::nullopt;
}

/// Flags that some engine has, and that the tree cannot express or that engines read differently.
bool is_foreign_flag(char c) { return std::string_view("xXnUJaduplrcgjvy").find(c) != std::string_view::npos; }

/// After `(?`: i, m and s, then those after a minus, then `:` or `)`.
Parsed<GroupHead> take_flags(Cursor& cursor, std::size_t open, Flags flags) {
  bool value = true;
  bool any = false;  // since the start, or since the minus
  for (;; ++cursor.pos) {
    const char c = cursor.peek();
    if (c == 'i') {
      flags.icase = value;
    } else if (c == 'm') {
      flags.multiline = value;
    } else if (c == 's') {
      flags.dot_all = value;
    } else if (c == '-' && value) {
      value = false;
      any = false;
      continue;
    } else if ((c == ':' || c == ')') && any) {
      ++cursor.pos;
      return GroupHead{c == ':' ? GroupHead::Kind::kFlagGroup : GroupHead::Kind::kFlagSetting, {}, flags};
    } else if (is_foreign_flag(c)) {
      return unsupported(cursor.pos, std::string("the flag ") + c + " is not supported; the flags are i, m and s");
    } else if (cursor.at_end()) {
      return fail(ParseErrorKind::kMissingParen, open, "the group opened here needs a closing )");
    } else {
      return fail(ParseErrorKind::kBadGroupSyntax, cursor.pos,
                  "after (? there must be a colon, a name as in P<name>, or some of the flags i, m and s");
    }
    any = true;
  }
}

}  // namespace

Parsed<GroupHead> parse_group_head(Cursor& cursor, Flags current) {
  const std::size_t open = cursor.pos++;
  if (cursor.peek() == '*' && (is_letter(cursor.peek(1)) || cursor.peek(1) == ':')) {
    return unsupported(open, "verbs as in (*ACCEPT) are not supported; leave them out");
  }
  if (!cursor.take('?')) return GroupHead{GroupHead::Kind::kCapture, {}, current};
  if (cursor.take(':')) return GroupHead{GroupHead::Kind::kNonCapturing, {}, current};
  if (std::optional<Failure> refused = refused_construct(cursor, open)) return *std::move(refused);
  if (cursor.take("P<") || cursor.take("<")) {
    Parsed<std::string_view> name = take_name(cursor);
    if (!name) return Failure(std::move(name).error());
    return GroupHead{GroupHead::Kind::kCapture, *name, current};
  }
  return take_flags(cursor, open, current);
}

}  // namespace redoubt::syntax::internal
