// The driver: one pass from left to right with a stack of open groups, so that the depth of a pattern costs no stack.
// The smaller grammars are in parser_class.cc, parser_escape.cc, parser_group.cc and parser_repeat.cc.
#include "syntax/parser.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "syntax/case_fold.h"
#include "syntax/parser_internal.h"
#include "syntax/utf8.h"

namespace redoubt::syntax {

namespace internal {

bool Cursor::take(std::string_view prefix) {
  if (rest().substr(0, prefix.size()) != prefix) return false;
  pos += prefix.size();
  return true;
}

std::uint32_t Cursor::take_unit() {
  if (encoding == Encoding::kBytes) return static_cast<std::uint8_t>(text[pos++]);
  const Decoded decoded = decode_utf8(text, pos);
  pos += decoded.length;
  return decoded.unit;
}

namespace {

using Status = Parsed<void>;

class Parser {
 public:
  Parser(std::string_view pattern, const ParseOptions& options)
      : options_(options),
        flags_{options.icase, options.multiline, options.dot_all},
        cursor_{pattern, options.encoding, 0, options.space_without_vt} {
    frames_.emplace_back();
  }

  ParseResult run() {
    while (!cursor_.at_end()) {
      if (Status status = step(); !status) return Failure(std::move(status).error());
    }
    if (frames_.size() > 1) {
      return fail(ParseErrorKind::kMissingParen, frames_.back().offset, "the group opened here needs a closing )");
    }
    Regex whole = body(frames_.back());
    if (Status status = check_depth(whole, 0); !status) return Failure(std::move(status).error());
    return whole;
  }

 private:
  /// What a quantifier here would apply to.
  enum class Last : std::uint8_t { kNothing, kAtom, kRepeat };

  /// An open group, or the whole pattern at the bottom.
  struct Frame {
    std::size_t offset = 0;      ///< of the parenthesis
    std::size_t body_start = 0;  ///< of what is in the group
    GroupHead head;
    std::uint32_t number = 0;  ///< 0: non-capturing
    Flags outer;               ///< to be restored at the end
    std::vector<Regex> branches;
    std::vector<Regex> items;  ///< of the branch being read
    Last last = Last::kNothing;
    /// The greatest product of nested bounds in the last item, and in the whole group.
    std::uint64_t last_copies = 1;
    std::uint64_t copies = 1;
  };

  bool perl() const { return options_.dialect == Dialect::kPerl; }

  Status step() {
    switch (cursor_.peek()) {
      case '(':
        return open_group();
      case ')':
        return close_group();
      case '|':
        ++cursor_.pos;
        end_branch(frames_.back());
        return {};
      case '*':
      case '+':
      case '?':
      case '{':
        return quantifier();
      case '[':
        return bracket();
      case '\\':
        return perl() ? perl_escape() : ere_escape();
      case '.':
        ++cursor_.pos;
        add(char_class(dot()));
        return {};
      case '^':
        ++cursor_.pos;
        add(look(flags_.multiline ? Look::kLineStart : Look::kCaret));
        return {};
      case '$':
        ++cursor_.pos;
        add(look(flags_.multiline ? Look::kLineEnd : Look::kDollar));
        return {};
      default:
        add_literal(cursor_.take_unit());
        return {};
    }
  }

  void add(Regex item, std::uint64_t copies = 1) {
    Frame& frame = frames_.back();
    frame.items.push_back(std::move(item));
    frame.last = Last::kAtom;
    frame.last_copies = copies;
    frame.copies = std::max(frame.copies, copies);
  }

  void add_literal(std::uint32_t unit) {
    add(char_class(finish_class(CharClass::single(unit), false, flags_.icase, options_.encoding)));
  }

  CharClass dot() const {
    if (!perl() || flags_.dot_all) return CharClass::all(options_.encoding);
    return CharClass::single('\n').complement(options_.encoding);
  }

  Status check_depth(const Regex& r, std::size_t offset) const {
    if (r->depth() <= options_.limits.nesting_depth) return {};
    return too_deep(offset);
  }

  Failure too_deep(std::size_t offset) const {
    return fail(ParseErrorKind::kTooDeep, offset,
                "groups, repeats, alternations and sequences must not nest deeper than " +
                    std::to_string(options_.limits.nesting_depth));
  }

  Status open_group() {
    Frame frame;
    frame.offset = cursor_.pos;
    frame.outer = flags_;
    if (perl()) {
      Parsed<GroupHead> head = parse_group_head(cursor_, flags_);
      if (!head) return Failure(std::move(head).error());
      frame.head = *std::move(head);
    } else {
      ++cursor_.pos;
      frame.head.flags = flags_;
    }
    flags_ = frame.head.flags;
    if (frame.head.kind == GroupHead::Kind::kFlagSetting) {
      frames_.back().last = Last::kNothing;
      return {};
    }
    if (frames_.size() >= options_.limits.nesting_depth) return too_deep(frame.offset);
    if (frame.head.kind == GroupHead::Kind::kCapture) frame.number = ++groups_;
    if (!frame.head.name.empty() && !names_.insert(frame.head.name).second) {
      return fail(ParseErrorKind::kDuplicateGroupName, frame.offset,
                  "each group name must be used once, and " + frame.head.name + " is taken");
    }
    frame.body_start = cursor_.pos;
    frames_.push_back(std::move(frame));
    return {};
  }

  Status close_group() {
    if (frames_.size() == 1) {
      return fail(ParseErrorKind::kUnexpectedParen, cursor_.pos, "a ) must close a (; write \\) for a literal one");
    }
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    flags_ = frame.outer;
    Regex closed = wrap(frame);
    ++cursor_.pos;
    if (Status status = check_depth(closed, frame.offset); !status) return status;
    add(std::move(closed), frame.copies);
    return {};
  }

  /// The group that a finished frame stands for; the cursor is at its closing parenthesis.
  Regex wrap(Frame& frame) const {
    Regex inner = body(frame);
    if (frame.number != 0) return group(std::move(inner), frame.number, std::move(frame.head.name));
    if (frame.head.kind == GroupHead::Kind::kFlagGroup && cursor_.pos == frame.body_start + 1) {
      // (?m:^) and its like are how an atom is written when its flags are not the default ones: no group.
      const char atom = cursor_.text[frame.body_start];
      if (atom == '^' || atom == '$' || atom == '.') return inner;
    }
    return non_capturing(std::move(inner));
  }

  static void end_branch(Frame& frame) {
    frame.branches.push_back(concat(std::exchange(frame.items, {})));
    frame.last = Last::kNothing;
  }

  static Regex body(Frame& frame) {
    end_branch(frame);
    return alternate(std::move(frame.branches));
  }

  Status quantifier() {
    const std::size_t offset = cursor_.pos;
    Parsed<std::optional<Bounds>> bounds = parse_bounds(cursor_, options_);
    if (!bounds) return Failure(std::move(bounds).error());
    if (!*bounds) {
      add_literal(cursor_.take_unit());
      return {};
    }
    return repeat_last(**bounds, offset);
  }

  Status repeat_last(const Bounds& bounds, std::size_t offset) {
    Frame& frame = frames_.back();
    if (frame.last == Last::kNothing) {
      return fail(ParseErrorKind::kNothingToRepeat, offset,
                  "a repeat must follow something to repeat; write a backslash before a literal * + ? or {");
    }
    if (frame.last == Last::kRepeat && perl()) {
      return fail(ParseErrorKind::kNothingToRepeat, offset, "a repeat of a repeat needs a group, as in (?:a*)*");
    }
    const std::uint32_t most = bounds.max == kInfinite ? bounds.min : bounds.max;
    const std::uint64_t copies = frame.last_copies * std::max<std::uint32_t>(most, 1);
    if (copies > std::max<std::uint32_t>(options_.limits.repeat_count, 1)) {
      return fail(ParseErrorKind::kRepeatTooLarge, offset, repeat_limit_message(options_.limits.repeat_count));
    }
    Regex item = repeat(std::move(frame.items.back()), bounds.min, bounds.max, bounds.greedy);
    frame.items.pop_back();
    if (Status status = check_depth(item, offset); !status) return status;
    add(std::move(item), copies);
    frame.last = Last::kRepeat;
    return {};
  }

  Status bracket() {
    Parsed<CharClass> set = parse_class(cursor_, options_.dialect, flags_.icase);
    if (!set) return Failure(std::move(set).error());
    add(char_class(*std::move(set)));
    return {};
  }

  Status ere_escape() {
    Parsed<std::uint32_t> unit = parse_ere_escape(cursor_);
    if (!unit) return Failure(std::move(unit).error());
    add_literal(*unit);
    return {};
  }

  Status perl_escape() {
    Parsed<Escape> escape = parse_escape(cursor_, flags_.icase, false);
    if (!escape) return Failure(std::move(escape).error());
    switch (escape->kind) {
      case Escape::Kind::kUnit:
        add_literal(escape->unit);
        break;
      case Escape::Kind::kClass:
        add(char_class(std::move(escape->set)));
        break;
      case Escape::Kind::kLook:
        add(look(escape->look));
        break;
      case Escape::Kind::kQuote:
        quote();
        break;
    }
    return {};
  }

  /// After \Q: literals up to \E or the end.
  void quote() {
    const std::size_t end = std::min(cursor_.text.find("\\E", cursor_.pos), cursor_.text.size());
    while (cursor_.pos < end) add_literal(cursor_.take_unit());
    cursor_.take("\\E");
  }

  const ParseOptions& options_;
  Flags flags_;
  Cursor cursor_;
  std::vector<Frame> frames_;
  std::uint32_t groups_ = 0;
  std::set<std::string> names_;
};

}  // namespace

}  // namespace internal

ParseResult parse(std::string_view pattern, const ParseOptions& options) {
  using internal::fail;
  if (pattern.size() > options.limits.pattern_bytes) {
    return fail(ParseErrorKind::kPatternTooLong, options.limits.pattern_bytes,
                "a pattern must be at most " + std::to_string(options.limits.pattern_bytes) + " bytes long");
  }
  if (options.encoding == Encoding::kUtf8) {
    for (std::size_t offset = 0; offset < pattern.size();) {
      const Decoded decoded = decode_utf8(pattern, offset);
      if (!decoded.valid) {
        return fail(ParseErrorKind::kBadUtf8, offset, "in UTF-8 mode a pattern must be well-formed UTF-8");
      }
      offset += decoded.length;
    }
  }
  return internal::Parser(pattern, options).run();
}

}  // namespace redoubt::syntax
