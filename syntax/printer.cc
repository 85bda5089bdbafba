#include "syntax/printer.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <set>
#include <utility>

#include "syntax/class_printer.h"
#include "syntax/mutants.h"

namespace redoubt::syntax {

namespace {

constexpr std::uint64_t kRe2MostCopies = 1000;
constexpr std::uint32_t kPcre2MostCount = 65535;
constexpr std::size_t kPcre2LongestName = 32;
/// Where products of bounds stop growing; above every limit there is.
constexpr std::uint64_t kManyCopies = std::uint64_t{1} << 31;

bool is_line_look(Look look) { return look == Look::kLineStart || look == Look::kLineEnd; }

const char* look_text(Look look) {
  switch (look) {
    case Look::kCaret:
      return "^";
    case Look::kDollar:
      return "$";
    case Look::kTextStart:
      return "\\A";
    case Look::kTextEnd:
      return "\\z";
    case Look::kLineStart:
      return "(?m:^)";
    case Look::kLineEnd:
      return "(?m:$)";
    case Look::kWordBoundary:
      return "\\b";
    case Look::kNotWordBoundary:
      return "\\B";
  }
  return "";
}

std::string quantifier_text(const Node& r) {
  const std::string min = std::to_string(r.min());
  std::string text;
  if (r.min() == 0 && r.max() == kInfinite) {
    text = "*";
  } else if (r.min() == 1 && r.max() == kInfinite) {
    text = "+";
  } else if (r.min() == 0 && r.max() == 1) {
    text = "?";
  } else if (r.max() == kInfinite) {
    text = "{" + min + ",}";
  } else if (r.min() == r.max()) {
    text = "{" + min + "}";
  } else {
    text = "{" + min + "," + std::to_string(r.max()) + "}";
  }
  return r.greedy() || REDOUBT_MUTANT(printer_lazy_mark_lost) ? text : text + "?";
}

bool is_group_name(const std::string& name) {
  return (name[0] < '0' || name[0] > '9') &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) { return is_word_unit(c); });
}

/// Writes the whole tree, and remembers the first construct that the dialect cannot express.
class Printer {
 public:
  Printer(PrintDialect dialect, Encoding encoding) : dialect_(dialect), encoding_(encoding) {}

  /// `copies` is the product of the bounds around the node.
  void node(const Node& r, std::uint64_t copies) {
    switch (r.kind()) {
      case NodeKind::kEmpty:
        break;
      case NodeKind::kClass:
        char_class(r.char_class());
        break;
      case NodeKind::kLook:
        look(r.look());
        break;
      case NodeKind::kConcat:
        for (const Regex& child : r.children()) node(*child, copies);
        break;
      case NodeKind::kAlternate:
        for (std::size_t i = 0; i < r.children().size(); ++i) {
          if (i != 0) text_ += '|';
          node(*r.children()[i], copies);
        }
        break;
      case NodeKind::kRepeat:
        repeat(r, copies);
        break;
      case NodeKind::kGroup:
        group(r, copies);
        break;
    }
  }

  std::string take_text() { return std::move(text_); }
  const std::optional<std::string>& problem() const { return problem_; }

 private:
  void refuse(std::string construct) {
    if (!problem_) problem_ = std::move(construct);
  }

  void char_class(const CharClass& c) {
    if (!c.minus(CharClass::all(encoding_)).empty()) {
      refuse(encoding_ == Encoding::kBytes ? "code point above U+00FF in byte mode" : "surrogate or too large unit");
    }
    text_ += internal::class_text(c, dialect_, encoding_);
  }

  void look(Look look) {
    if (dialect_ == PrintDialect::kEre && look != Look::kCaret && look != Look::kDollar) {
      refuse(std::string("assertion ") + look_text(look));
    }
    text_ += look_text(look);
  }

  void repeat(const Node& r, std::uint64_t copies) {
    const std::uint32_t most = r.max() == kInfinite ? r.min() : r.max();
    copies = std::min(copies * std::max<std::uint32_t>(most, 1), kManyCopies);
    check_count(most, copies);
    if (dialect_ == PrintDialect::kEre && !r.greedy()) refuse("lazy repeat");
    repeat_body(*r.child(), copies);
    text_ += quantifier_text(r);
  }

  void check_count(std::uint32_t most, std::uint64_t copies) {
    if (dialect_ == PrintDialect::kRe2) {
      if (most > kRe2MostCopies) refuse("repeat count " + std::to_string(most));
      if (copies > kRe2MostCopies) refuse("nested repeat count " + std::to_string(copies));
    }
    if (dialect_ == PrintDialect::kPcre2 && most > kPcre2MostCount) refuse("repeat count " + std::to_string(most));
  }

  void repeat_body(const Node& body, std::uint64_t copies) {
    const bool repeat_in_group =
        body.kind() == NodeKind::kGroup && body.group() == 0 && body.child()->kind() == NodeKind::kRepeat;
    if (dialect_ == PrintDialect::kEre && repeat_in_group) {
      // What `a**` parses to: the one non-capturing group that an ERE can say.
      node(*body.child(), copies);
    } else if (dialect_ == PrintDialect::kPcre2 && body.kind() == NodeKind::kLook && !is_line_look(body.look())) {
      text_ += "(?:";
      node(body, copies);
      text_ += ')';
    } else {
      node(body, copies);
    }
  }

  void group(const Node& r, std::uint64_t copies) {
    if (r.group() == 0) {
      if (dialect_ == PrintDialect::kEre) refuse("non-capturing group");
      text_ += "(?:";
    } else {
      if (r.group() != ++groups_) refuse("group numbers that do not follow the parentheses");
      text_ += '(';
      if (!r.name().empty()) name(std::string(r.name()));
    }
    node(*r.child(), copies);
    text_ += ')';
  }

  void name(const std::string& name) {
    const bool too_long = dialect_ == PrintDialect::kPcre2 && name.size() > kPcre2LongestName;
    if (dialect_ == PrintDialect::kEre || too_long || !is_group_name(name) || !names_.insert(name).second) {
      refuse("group name " + escape_bytes(name));
    }
    text_ += "?P<" + name + ">";
  }

  const PrintDialect dialect_;
  const Encoding encoding_;
  std::string text_;
  std::optional<std::string> problem_;
  std::uint32_t groups_ = 0;
  std::set<std::string> names_;
};

}  // namespace

tl::expected<std::string, NotExpressible> print(const Regex& r, PrintDialect dialect, Encoding encoding) {
  Printer printer(dialect, encoding);
  printer.node(*r, 1);
  if (printer.problem()) return tl::unexpected<NotExpressible>(NotExpressible{*printer.problem()});
  return printer.take_text();
}

std::string to_text(const Regex& r, Encoding encoding) {
  Printer printer(PrintDialect::kPerl, encoding);
  printer.node(*r, 1);
  return printer.take_text();
}

std::string escape_bytes(std::string_view bytes) {
  std::string text;
  for (char c : bytes) {
    if (c == '\n') {
      text += "\\n";
    } else if (c == '\t') {
      text += "\\t";
    } else if (c == '\\' || c == '"') {
      text += '\\';
      text += c;
    } else if (c >= ' ' && c <= '~') {
      text += c;
    } else {
      char code[8];
      std::snprintf(code, sizeof code, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      text += code;
    }
  }
  return text;
}

}  // namespace redoubt::syntax
