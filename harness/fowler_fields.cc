#include "harness/fowler_fields.h"

#include <algorithm>

namespace redoubt::harness {

namespace {

/// A flag that makes a line something other than an extended regex over the whole haystack.
struct Unasked {
  char flag;
  std::string_view reason;
};
constexpr Unasked kUnasked[] = {
    {'a', "anchored on both sides"},
    {'b', "REG_NOTBOL"},
    {'c', "comments in the pattern"},
    {'d', "shell pattern"},
    {'e', "REG_NOTEOL"},
    {'f', "several patterns"},
    {'g', "shell pattern"},
    {'h', "back references"},
    {'j', "REG_SPAN"},
    {'k', "escaped delimiters"},
    {'l', "anchored on the left"},
    {'m', "minimal match"},
    {'n', "REG_NEWLINE"},
    {'o', "shell pattern"},
    {'p', "shell pattern"},
    {'q', "delimited pattern"},
    {'r', "anchored on the right"},
    {'s', "shell pattern"},
    {'t', "delimited pattern"},
    {'u', "unspecified behaviour"},
    {'v', "escapes in brackets"},
    {'w', "REG_NOSUB"},
    {'x', "lenient"},
    {'y', "anchored on the left"},
    {'/', "substitution"},
    {'=', "decomposition"},
};

constexpr std::string_view kErrorCodes[] = {"BADPAT", "BADBR",   "BADRPT", "EBRACE", "EBRACK", "ECOLLATE",
                                            "ECTYPE", "EESCAPE", "EPAREN", "ERANGE", "ESPACE", "ESUBREG"};

}  // namespace

std::vector<std::string_view> split_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    if (end > at) fields.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return fields;
}

FowlerFlags read_flags(std::string_view flags) {
  FowlerFlags result;
  bool extended = false;
  std::string_view other;  // the kind of regex, where it is not extended
  std::string_view unasked;
  for (char flag : flags) {
    const auto* known =
        std::find_if(std::begin(kUnasked), std::end(kUnasked), [flag](const Unasked& u) { return u.flag == flag; });
    if (flag == 'E') {
      extended = true;
    } else if (flag == 'B') {
      other = "basic regex";
    } else if (flag == 'A') {
      other = "augmented regex";
    } else if (flag == 'S' || flag == 'K') {
      other = "shell pattern";
    } else if (flag == 'L') {
      other = "literal";
    } else if (flag == 'P') {
      other = "Perl-like regex";
    } else if (flag == 'i') {
      result.icase = true;
    } else if (flag == '$') {
      result.expand = true;
    } else if (flag >= '0' && flag <= '9') {
      result.digits += flag;
    } else if (known != std::end(kUnasked)) {
      if (unasked.empty()) unasked = known->reason;
    } else if (flag != 'z') {
      result.problem = std::string("the flags \"") + std::string(flags) + "\" have an unknown one at column " +
                       std::to_string(flags.find(flag) + 1);
      return result;
    }
  }
  if (!extended && other.empty()) {
    result.problem = "the flags \"" + std::string(flags) + "\" name no kind of regex (one or more of B E A S K L P)";
  } else if (!extended) {
    result.skip = other;
  } else {
    result.skip = unasked;
  }
  return result;
}

bool expand_escapes(std::string& text) {
  static constexpr std::string_view kLetters = "abfnrtv\\'\"?e";
  static constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\'\"?\x1b";
  std::string expanded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      expanded += text[i];
      continue;
    }
    if (++i == text.size()) return false;
    if (const std::size_t letter = kLetters.find(text[i]); letter != std::string_view::npos) {
      expanded += kMeanings[letter];
      continue;
    }
    const bool hex = text[i] == 'x';
    const std::string_view digits = std::string_view("0123456789abcdef").substr(0, hex ? 16 : 8);
    std::size_t value = 0;
    std::size_t count = 0;
    for (std::size_t at = hex ? i + 1 : i; at < text.size() && count < (hex ? 2 : 3); ++at, ++count) {
      const char c = text[at] >= 'A' && text[at] <= 'F' ? static_cast<char>(text[at] - 'A' + 'a') : text[at];
      const std::size_t digit = digits.find(c);
      if (digit == std::string_view::npos) break;
      value = value * digits.size() + digit;
    }
    if (count == 0 || value > 0xFF) return false;
    expanded += static_cast<char>(value);
    i += hex ? count : count - 1;
  }
  text = std::move(expanded);
  return true;
}

bool is_error_code(std::string_view text) {
  return std::find(std::begin(kErrorCodes), std::end(kErrorCodes), text) != std::end(kErrorCodes);
}

bool has_doubled_repetition(std::string_view pattern) {
  bool after_repetition = false;
  bool after_atom = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool operator_here = c == '*' || c == '+' || c == '?' || c == '{';
    if (operator_here && after_repetition) return true;
    after_repetition = operator_here && after_atom;
    after_atom = c != '(' && c != '|' && c != '^';
    if (c == '\\') {
      ++i;
    } else if (c == '{' && after_repetition) {
      i = std::min(pattern.find('}', i), pattern.size());
    } else if (c == '[') {
      // A bracket ends at the first ] that is neither its first character nor inside [: :], [. .] or [= =].
      std::size_t at = i + 1;
      if (at < pattern.size() && pattern[at] == '^') ++at;
      if (at < pattern.size() && pattern[at] == ']') ++at;
      while (at < pattern.size() && pattern[at] != ']') {
        const char kind = at + 1 < pattern.size() ? pattern[at + 1] : '\0';
        if (pattern[at] == '[' && (kind == ':' || kind == '.' || kind == '=')) {
          at = pattern.find(std::string(1, kind) + "]", at + 2);
          if (at == std::string_view::npos) return false;
          ++at;
        }
        ++at;
      }
      i = at;
    }
  }
  return false;
}

}  // namespace redoubt::harness
