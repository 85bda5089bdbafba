#include "oracles/proof_ast.h"

#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace redoubt::oracles {

namespace {

using syntax::Look;
using syntax::NodeKind;
using syntax::Range;
using syntax::Regex;

constexpr std::array<std::string_view, syntax::kLookKinds> kLookNames = {
    "caret", "dollar", "text-start", "text-end", "line-start", "line-end", "word-boundary", "not-word-boundary"};
/// The trees of golden files are small; much deeper ones would not fit on the stack of a build with sanitizers.
constexpr int kMaxDepth = 2000;

void put_number(std::string& out, std::uint32_t value, int base) {
  char digits[16];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value, base).ptr);
}

void print(const Regex& r, std::string& out);

void print_children(const Regex& r, std::string& out) {
  for (const Regex& child : r->children()) {
    out += ' ';
    print(child, out);
  }
}

void print_repeat(const Regex& r, std::string& out) {
  out += r->greedy() ? "(* " : "(*? ";
  put_number(out, r->min(), 10);
  out += ' ';
  if (r->max() == syntax::kInfinite) {
    out += '-';
  } else {
    put_number(out, r->max(), 10);
  }
}

void print(const Regex& r, std::string& out) {
  switch (r->kind()) {
    case NodeKind::kEmpty:
      out += 'e';
      return;
    case NodeKind::kClass:
      out += "(c";
      for (const Range& range : r->char_class().ranges()) {
        out += ' ';
        put_number(out, range.lo, 16);
        if (range.hi == range.lo) continue;
        out += '-';
        put_number(out, range.hi, 16);
      }
      break;
    case NodeKind::kLook:
      out += "(l ";
      out += kLookNames[static_cast<std::size_t>(r->look())];
      break;
    case NodeKind::kConcat:
      out += "(.";
      break;
    case NodeKind::kAlternate:
      out += "(|";
      break;
    case NodeKind::kRepeat:
      print_repeat(r, out);
      break;
    case NodeKind::kGroup:
      if (r->group() == 0) {
        out += "(n";
      } else {
        out += "(g ";
        put_number(out, r->group(), 10);
      }
      break;
  }
  print_children(r, out);
  out += ')';
}

/// Reads one tree. After the first mistake everything is empty and `error` says what it was.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  tl::expected<Regex, std::string> read() {
    Regex r = tree(0);
    if (error_.empty() && !rest_.empty()) fail("something follows the tree");
    if (!error_.empty()) return tl::unexpected(error_);
    return r;
  }

 private:
  Regex fail(std::string why) {
    if (error_.empty()) error_ = std::move(why);
    rest_ = {};
    return syntax::empty();
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Up to the next blank or parenthesis.
  std::string_view word() {
    take(' ');
    const std::string_view found = rest_.substr(0, rest_.find_first_of(" ()"));
    rest_.remove_prefix(found.size());
    return found;
  }
  std::uint32_t number(std::string_view digits, int base) {
    std::uint32_t value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (status != std::errc() || end != digits.data() + digits.size()) {
      fail("\"" + std::string(digits) + "\" is no number");
    }
    return value;
  }

  Regex tree(int depth) {
    if (depth > kMaxDepth) return fail("the tree is too deep");
    take(' ');
    if (take('e')) return syntax::empty();
    if (!take('(')) return fail("a tree begins with ( or is e");
    const std::string_view kind = word();
    Regex r = node(kind, depth);
    if (!take(')')) return fail("a ) is missing");
    return r;
  }

  Regex node(std::string_view kind, int depth) {
    if (kind == "c") return char_class();
    if (kind == "l") return look();
    if (kind == "*" || kind == "*?") return repeat(kind == "*", depth);
    if (kind == "g") {
      const std::uint32_t group = number(word(), 10);
      if (group == 0) return fail("groups are numbered from 1");
      return syntax::group(tree(depth + 1), group);
    }
    if (kind == "n") return syntax::non_capturing(tree(depth + 1));
    if (kind != "." && kind != "|") return fail("\"" + std::string(kind) + "\" is no kind of node");
    std::vector<Regex> children;
    while (!rest_.empty() && rest_.front() != ')') children.push_back(tree(depth + 1));
    if (children.size() < 2) return fail("a concat and an alternate have two children at least");
    return kind == "." ? syntax::concat(std::move(children)) : syntax::alternate(std::move(children));
  }

  Regex char_class() {
    std::vector<Range> ranges;
    while (!rest_.empty() && rest_.front() != ')') {
      const std::string_view range = word();
      const std::size_t dash = range.find('-');
      const std::uint32_t lo = number(range.substr(0, dash), 16);
      const std::uint32_t hi = dash == range.npos ? lo : number(range.substr(dash + 1), 16);
      if (lo > hi || hi > syntax::kMaxScalar) return fail("a range is out of order");
      ranges.push_back({lo, hi});
    }
    return syntax::char_class(syntax::CharClass(std::move(ranges)));
  }

  Regex look() {
    const std::string_view name = word();
    for (std::size_t k = 0; k < kLookNames.size(); ++k) {
      if (name == kLookNames[k]) return syntax::look(static_cast<Look>(k));
    }
    return fail("\"" + std::string(name) + "\" is no assertion");
  }

  Regex repeat(bool greedy, int depth) {
    const std::uint32_t min = number(word(), 10);
    const std::string_view most = word();
    const std::uint32_t max = most == "-" ? syntax::kInfinite : number(most, 10);
    if (min > max || min == syntax::kInfinite) return fail("a repeat's minimum is above its maximum");
    return syntax::repeat(tree(depth + 1), min, max, greedy);
  }

  std::string_view rest_;
  std::string error_;
};

}  // namespace

std::string proof_text(const Regex& regex) {
  std::string out;
  print(regex, out);
  return out;
}

tl::expected<Regex, std::string> parse_proof_text(std::string_view text) { return Reader(text).read(); }

}  // namespace redoubt::oracles
