// The driver: one pass from left to right with a stack of open groups, so that the depth of a pattern costs no stack.
// The smaller grammars are in parser_class.cc, parser_escape.cc, parser_group.cc and parser_repeat.cc.
#include "syntax/parser.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "syntax/case_fold.h"
#include "syntax/mutants.h"
#include "syntax/parser_internal.h"
#include "syntax/small_stack.h"
#include "syntax/tree_builder.h"
#include "syntax/utf8.h"

namespace redoubt::syntax {

namespace internal {

Failure fail(ParseErrorKind kind, std::size_t offset, std::string message) {
  return Failure(std::make_unique<ParseError>(ParseError{kind, offset, std::move(message)}));
}

bool Cursor::take(std::string_view prefix) {
  if (rest().substr(0, prefix.size()) != prefix) return false;
  pos += prefix.size();
  return true;
}

std::uint32_t Cursor::take_scalar() {
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
        cursor_{pattern, options.encoding, 0, options.space_without_vt},
        builder_(std::min(kBytesPerByte * pattern.size() + kFewBytes, kMostBytes)) {
    frames_.push();
  }

  Parsed<Regex> run() {
    while (!cursor_.at_end()) {
      if (Status status = step(); !status) return Failure(std::move(status).error());
    }
    if (frames_.size() > 1) {
      return fail(ParseErrorKind::kMissingParen, frames_.back().offset, "the group opened here needs a closing )");
    }
    const Node* whole = body(frames_.back());
    if (Status status = check_depth(whole, 0); !status) return Failure(std::move(status).error());
    return builder_.finish(whole);
  }

 private:
  /// What a quantifier here would apply to.
  enum class Last : std::uint8_t { kNothing, kAtom, kRepeat };

  /// An open group, or the whole pattern at the bottom.
  struct Frame {
    std::size_t offset = 0;      ///< of the parenthesis
    std::size_t body_start = 0;  ///< of what is in the group
    std::uint32_t number = 0;    ///< 0: non-capturing
    bool only_flags = false;     ///< (?m: and its like
    Flags outer;                 ///< to be restored at the end
    std::string_view name;
    /// The group's part of nodes_: first its branches, then the items of the branch being read.
    std::size_t branches = 0;
    std::size_t items = 0;
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
        add(dot());
        return {};
      case '^':
        ++cursor_.pos;
        add(builder_.look(flags_.multiline ? Look::kLineStart : Look::kCaret));
        return {};
      case '$':
        ++cursor_.pos;
        add(builder_.look(flags_.multiline && !REDOUBT_MUTANT(multiline_dollar_ignored) ? Look::kLineEnd
                                                                                        : Look::kDollar));
        return {};
      default:
        add_literal(cursor_.take_unit());
        return {};
    }
  }

  void add(const Node* item, std::uint64_t copies = 1) {
    Frame& frame = frames_.back();
    nodes_.push(item);
    frame.last = Last::kAtom;
    frame.last_copies = copies;
    frame.copies = std::max(frame.copies, copies);
  }

  void add_literal(std::uint32_t unit) {
    const bool bytes = options_.encoding == Encoding::kBytes;
    if (!flags_.icase || (bytes && !is_letter(static_cast<char>(unit)))) return add(builder_.unit(unit));
    if (bytes) {
      const std::uint32_t upper = unit & ~std::uint32_t{0x20};
      if (REDOUBT_MUTANT(folded_letter_one_case)) return add(builder_.unit(upper | 0x20));
      const Range cases[] = {{upper, upper}, {upper | 0x20, upper | 0x20}};
      return add(builder_.char_class({cases, 2}));
    }
    add(builder_.char_class(finish_class(CharClass::single(unit), false, true, Encoding::kUtf8).ranges()));
  }

  const Node* dot() {
    if (!perl() || flags_.dot_all || REDOUBT_MUTANT(dot_takes_newline))
      return builder_.char_class(CharClass::all(options_.encoding).ranges());
    static const CharClass kBytes = CharClass::single('\n').complement(Encoding::kBytes);
    static const CharClass kScalars = CharClass::single('\n').complement(Encoding::kUtf8);
    return builder_.char_class((options_.encoding == Encoding::kBytes ? kBytes : kScalars).ranges());
  }

  Status check_depth(const Node* r, std::size_t offset) const {
    if (r->depth() <= options_.limits.nesting_depth) return {};
    return too_deep(offset);
  }

  Failure too_deep(std::size_t offset) const {
    return fail(ParseErrorKind::kTooDeep, offset,
                "groups, repeats, alternations and sequences must not nest deeper than " +
                    std::to_string(options_.limits.nesting_depth));
  }

  Status open_group() {
    const std::size_t offset = cursor_.pos;
    const Flags outer = flags_;
    GroupHead::Kind kind = GroupHead::Kind::kCapture;
    std::string_view name;
    if (perl() && (cursor_.peek(1) == '?' || cursor_.peek(1) == '*')) {
      Parsed<GroupHead> head = parse_group_head(cursor_, flags_);
      if (!head) return Failure(std::move(head).error());
      kind = head->kind;
      name = head->name;
      flags_ = head->flags;
    } else {
      ++cursor_.pos;
    }
    if (kind == GroupHead::Kind::kFlagSetting) {
      frames_.back().last = Last::kNothing;
      return {};
    }
    if (frames_.size() >= options_.limits.nesting_depth) return too_deep(offset);
    if (!name.empty() && !names_.insert(name).second) {
      return fail(ParseErrorKind::kDuplicateGroupName, offset,
                  "each group name must be used once, and " + std::string(name) + " is taken");
    }
    Frame& frame = frames_.push();
    frame.offset = offset;
    frame.body_start = cursor_.pos;
    if (kind == GroupHead::Kind::kCapture) frame.number = ++groups_;
    frame.only_flags = kind == GroupHead::Kind::kFlagGroup;
    frame.outer = outer;
    frame.name = name;
    frame.branches = frame.items = nodes_.size();
    return {};
  }

  Status close_group() {
    if (frames_.size() == 1) {
      return fail(ParseErrorKind::kUnexpectedParen, cursor_.pos, "a ) must close a (; write \\) for a literal one");
    }
    Frame& frame = frames_.back();
    const Node* closed = wrap(frame);
    const std::size_t offset = frame.offset;
    const std::uint64_t copies = frame.copies;
    if (!REDOUBT_MUTANT(flags_leak_from_group)) flags_ = frame.outer;
    frames_.pop();
    ++cursor_.pos;
    if (Status status = check_depth(closed, offset); !status) return status;
    add(closed, copies);
    return {};
  }

  /// The group that a finished frame stands for; the cursor is at its closing parenthesis.
  const Node* wrap(Frame& frame) {
    const Node* inner = body(frame);
    if (frame.number != 0) return builder_.group(inner, frame.number, frame.name);
    if (frame.only_flags && cursor_.pos == frame.body_start + 1) {
      // (?m:^) and its like are how an atom is written when its flags are not the default ones: no group.
      const char atom = cursor_.text[frame.body_start];
      if (atom == '^' || atom == '$' || atom == '.') return inner;
    }
    return builder_.non_capturing(inner);
  }

  void end_branch(Frame& frame) {
    const Node* branch = builder_.concat(nodes_.from(frame.items));
    nodes_.shrink(frame.items);
    nodes_.push(branch);
    frame.items = nodes_.size();
    frame.last = Last::kNothing;
  }

  /// Takes the frame's nodes.
  const Node* body(Frame& frame) {
    end_branch(frame);
    const Node* whole = builder_.alternate(nodes_.from(frame.branches));
    nodes_.shrink(frame.branches);
    return whole;
  }

  Status quantifier() {
    const std::size_t offset = cursor_.pos;
    Bounds bounds;
    Parsed<bool> found = parse_bounds(cursor_, options_, bounds);
    if (!found) return Failure(std::move(found).error());
    if (*found) return repeat_last(bounds, offset);
    add_literal(cursor_.take_unit());
    return {};
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
    const Node* item = builder_.repeat(nodes_.back(), bounds.min, bounds.max, bounds.greedy);
    nodes_.pop();
    if (Status status = check_depth(item, offset); !status) return status;
    add(item, copies);
    frame.last = Last::kRepeat;
    return {};
  }

  Status bracket() {
    Parsed<View<Range>> set = parse_class(cursor_, options_.dialect, flags_.icase, class_room_);
    if (!set) return Failure(std::move(set).error());
    add(builder_.char_class(*set));
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
        add(builder_.char_class(escape->set->ranges()));
        break;
      case Escape::Kind::kLook:
        add(builder_.look(escape->look));
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

  // Most patterns need no more memory than what is here and one block for the tree.
  static constexpr std::size_t kBytesPerByte = 72;
  static constexpr std::size_t kFewBytes = 160;
  static constexpr std::size_t kMostBytes = std::size_t{16} << 10;
  static constexpr std::size_t kFrames = 8;
  static constexpr std::size_t kNodes = 48;

  const ParseOptions& options_;
  Flags flags_;
  Cursor cursor_;
  TreeBuilder builder_;
  SmallStack<Frame, kFrames> frames_;
  SmallStack<const Node*, kNodes> nodes_;  ///< of all open groups, see Frame
  ClassRoom class_room_;
  std::uint32_t groups_ = 0;
  std::set<std::string_view> names_;
};

}  // namespace

}  // namespace internal

ParseResult parse(std::string_view pattern, const ParseOptions& options) {
  if (pattern.size() > options.limits.pattern_bytes) {
    return tl::unexpected(
        ParseError{ParseErrorKind::kPatternTooLong, options.limits.pattern_bytes,
                   "a pattern must be at most " + std::to_string(options.limits.pattern_bytes) + " bytes long"});
  }
  if (options.encoding == Encoding::kUtf8) {
    for (std::size_t offset = 0; offset < pattern.size();) {
      const Decoded decoded = decode_utf8(pattern, offset);
      if (!decoded.valid) {
        return tl::unexpected(
            ParseError{ParseErrorKind::kBadUtf8, offset, "in UTF-8 mode a pattern must be well-formed UTF-8"});
      }
      offset += decoded.length;
    }
  }
  internal::Parsed<Regex> parsed = internal::Parser(pattern, options).run();
  if (!parsed) return tl::unexpected(std::move(*parsed.error()));
  return *std::move(parsed);
}

}  // namespace redoubt::syntax
