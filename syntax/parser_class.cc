// Bracket expressions of both dialects. They differ in the backslash (literal in an ERE), in collating elements (ERE
// only, and only those that are one unit) and in stray hyphens (undefined in POSIX, literal in Perl).
#include <algorithm>
#include <iterator>
#include <vector>

#include "syntax/case_fold.h"
#include "syntax/mutants.h"
#include "syntax/parser_internal.h"

namespace redoubt::syntax::internal {

namespace {

struct NamedClass {
  std::string_view name;
  CharClass set;
  bool perl_only = false;
};

/// The POSIX locale's classes, in both encodings; nullptr if there is none of that name.
const CharClass* named_class(std::string_view name, Dialect dialect) {
  static const std::vector<NamedClass> classes = {
      {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
      {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
      {"blank", {{'\t', '\t'}, {' ', ' '}}},
      {"cntrl", {{0, 0x1F}, {0x7F, 0x7F}}},
      {"digit", digit_class()},
      {"graph", {{'!', '~'}}},
      {"lower", {{'a', 'z'}}},
      {"print", {{' ', '~'}}},
      {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
      {"space", space_class()},
      {"upper", {{'A', 'Z'}}},
      {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}},
      {"ascii", {{0, 0x7F}}, true},
      {"word", word_class(), true},
  };
  auto found = std::find_if(classes.begin(), classes.end(), [&](const NamedClass& c) { return c.name == name; });
  if (found == classes.end() || (found->perl_only && dialect == Dialect::kEre)) return nullptr;
  return &found->set;
}

/// One member of a bracket expression: a unit, which may start or end a range, or a set, which is gathered already.
struct Item {
  bool is_set = false;
  std::uint32_t unit = 0;
};

/// Gathers the members of a class: as bits in byte mode, else as ranges. Units and ranges as written are not folded
/// yet; sets are folded and complemented as they should be. Complements within the class are closed under folding
/// already: they are taken after it.
class Members {
 public:
  Members(bool icase, Encoding encoding) : icase_(icase), encoding_(encoding) {}

  void add(Range range) {
    if (bytes()) {
      bits_.add(range);
    } else {
      ranges_.push_back(range);
    }
  }
  void add_set(View<Range> set) {
    if (bytes()) {
      set_bits_.add(set);
    } else {
      sets_.insert(sets_.end(), set.begin(), set.end());
    }
  }

  View<Range> finish(bool negated, ClassRoom& room) {
    if (bytes()) {
      if (icase_ && !(negated && REDOUBT_MUTANT(fold_after_complement))) bits_.fold();
      bits_.add(set_bits_);
      if (negated && REDOUBT_MUTANT(complement_lost_at_ff)) bits_.add({0xFF, 0xFF});
      if (negated && REDOUBT_MUTANT(complement_lost_at_7f)) bits_.add({0x7F, 0x7F});
      if (negated) bits_.complement();
      return {room.bytes.data(), bits_.ranges(room.bytes.data())};
    }
    CharClass set(std::move(ranges_));
    if (icase_) set = fold_closure(set, encoding_);
    if (!sets_.empty()) set = set.union_with(CharClass(std::move(sets_)));
    // A range as written may run across the surrogates.
    room.scalars = negated ? set.complement(encoding_) : set.intersect(CharClass::all(encoding_));
    return room.scalars.ranges();
  }

 private:
  bool bytes() const { return encoding_ == Encoding::kBytes; }

  const bool icase_;
  const Encoding encoding_;
  ByteBits bits_;
  ByteBits set_bits_;
  std::vector<Range> ranges_;
  std::vector<Range> sets_;
};

class ClassParser {
 public:
  ClassParser(Cursor& cursor, Dialect dialect, bool icase)
      : cursor_(cursor), dialect_(dialect), icase_(icase), members_(icase, cursor.encoding) {}

  Parsed<View<Range>> run(ClassRoom& room) {
    const std::size_t open = cursor_.pos++;
    const bool negated = cursor_.take('^');
    for (bool first = true; first || cursor_.peek() != ']'; first = false) {
      if (cursor_.at_end()) {
        return fail(ParseErrorKind::kMissingBracket, open,
                    "the class opened here needs a closing ] (a ] right after the opening is literal)");
      }
      if (auto member = take_member(); !member) return Failure(std::move(member).error());
    }
    ++cursor_.pos;
    return members_.finish(negated, room);
  }

 private:
  /// True at a hyphen that has something other than the closing bracket behind it.
  bool at_range() const {
    return cursor_.peek() == '-' && cursor_.peek(1) != ']' && cursor_.pos + 1 < cursor_.text.size();
  }

  /// A unit, a range or a set.
  Parsed<void> take_member() {
    const std::size_t start = cursor_.pos;
    Parsed<Item> lo = take_item();
    if (!lo) return Failure(std::move(lo).error());
    if (!at_range()) {
      if (!lo->is_set) members_.add({lo->unit, lo->unit});
      return {};
    }
    ++cursor_.pos;
    Parsed<Item> hi = take_item();
    if (!hi) return Failure(std::move(hi).error());
    if (lo->is_set || hi->is_set) {
      return fail(ParseErrorKind::kBadRange, start,
                  "the ends of a range must be single characters; put a literal hyphen first or last in the class");
    }
    if (lo->unit > hi->unit) {
      return fail(ParseErrorKind::kBadRange, start, "the first end of a range must not be above the second");
    }
    if (REDOUBT_MUTANT(range_end_excluded) && hi->unit > lo->unit) --hi->unit;
    members_.add({lo->unit, hi->unit});
    if (dialect_ == Dialect::kEre && at_range()) {
      return fail(ParseErrorKind::kBadRange, cursor_.pos,
                  "the end of a range must not start another; put a literal hyphen first or last in the brackets");
    }
    return {};
  }

  Item gather(View<Range> set) {
    members_.add_set(set);
    return Item{true, 0};
  }

  Parsed<Item> take_item() {
    if (cursor_.peek() == '[') {
      const char mark = cursor_.peek(1);
      if (mark == ':' || mark == '.' || mark == '=') {
        return dialect_ == Dialect::kPerl ? take_perl_marked(mark) : take_ere_marked(mark);
      }
    }
    if (dialect_ == Dialect::kPerl && cursor_.peek() == '\\') {
      Parsed<Escape> escape = parse_escape(cursor_, icase_, true);
      if (!escape) return Failure(std::move(escape).error());
      if (escape->kind == Escape::Kind::kClass) return gather(escape->set->ranges());
      return Item{false, escape->unit};
    }
    return Item{false, cursor_.take_unit()};
  }

  /// At `[:`, `[.` or `[=`, which are literal unless the same mark and a bracket follow. Looking no further than the
  /// next bracket keeps the scan linear.
  Parsed<Item> take_perl_marked(char mark) {
    const std::size_t start = cursor_.pos;
    const std::size_t stop = cursor_.text.find_first_of("[]\\", start + 2);
    const bool closed = stop != std::string_view::npos && cursor_.text[stop] == ']' && stop >= start + 3 &&
                        cursor_.text[stop - 1] == mark;
    if (!closed) return Item{false, cursor_.take_unit()};
    if (mark != ':') {
      return fail(ParseErrorKind::kBadCollation, start,
                  "collating elements are not supported in this dialect; write the characters themselves");
    }
    return take_named(cursor_.text.substr(start + 2, stop - start - 3), stop + 1);
  }

  /// At `[:`, `[.` or `[=`, which POSIX wants closed.
  Parsed<Item> take_ere_marked(char mark) {
    const std::size_t start = cursor_.pos;
    const char close[] = {mark, ']', '\0'};
    const std::size_t stop = cursor_.text.find(close, start + 2);
    if (stop == std::string_view::npos) {
      return fail(ParseErrorKind::kMissingBracket, start,
                  std::string("[") + mark + " in brackets needs a closing " + close);
    }
    const std::string_view content = cursor_.text.substr(start + 2, stop - start - 2);
    if (mark == ':') return take_named(content, stop + 2);
    Cursor element{content, cursor_.encoding};
    if (content.empty() || (element.take_unit(), !element.at_end())) {
      return fail(ParseErrorKind::kBadCollation, start,
                  "a collating element must be a single character; named and longer ones are not supported");
    }
    cursor_.pos = stop + 2;
    Cursor again{content, cursor_.encoding};
    const std::uint32_t unit = again.take_unit();
    if (mark == '.') return Item{false, unit};
    return gather(finish_class(CharClass::single(unit), false, icase_, cursor_.encoding).ranges());
  }

  Parsed<Item> take_named(std::string_view name, std::size_t after) {
    const bool negated = dialect_ == Dialect::kPerl && !name.empty() && name.front() == '^';
    const CharClass* set = named_class(negated ? name.substr(1) : name, dialect_);
    if (set == nullptr) {
      return fail(ParseErrorKind::kBadClassName, cursor_.pos,
                  "the name between [: and :] must be a class such as alpha, digit or space");
    }
    cursor_.pos = after;
    const bool inverts = negated && !REDOUBT_MUTANT(named_class_negation_lost);
    return gather(finish_class(*set, inverts, icase_, cursor_.encoding).ranges());
  }

  Cursor& cursor_;
  const Dialect dialect_;
  const bool icase_;
  Members members_;
};

}  // namespace

Parsed<View<Range>> parse_class(Cursor& cursor, Dialect dialect, bool icase, ClassRoom& room) {
  return ClassParser(cursor, dialect, icase).run(room);
}

}  // namespace redoubt::syntax::internal
