#include "fuzz/text_mutator.h"

#include <algorithm>

namespace redoubt::fuzz {

using generate::Choices;

namespace {

constexpr std::string_view kPatternPieces[] = {
    "(",    ")",        "[",      "]",        "{",         "}",       "*",       "+",         "?",    "|",    "\\",
    "^",    "$",        ".",      "-",        ",",         "a",       "b",       "(a)",       "(?:",  "(?i)", "(?s:",
    "(?m)", "(?-i)",    "(?P<n>", "(?<n>",    "(?=",       "(?!",     "(?>",     "(?#c)",     "*?",   "+?",   "??",
    "{2}",  "{2,}",     "{0,3}",  "{,2}",     "{1000}",    "{1001}",  "{0,0}",   "[a-z]",     "[^a]", "[]a]", "[^]",
    "[a-",  "[:",       ":]",     "[:alpha:", "[[.a.]",    "[[=a=]]", "\\d",     "\\W",       "\\s",  "\\b",  "\\B",
    "\\A",  "\\z",      "\\Q",    "\\E",      "\\1",       "\\x41",   "\\x{e9}", "\\x",       "\\n",  "\\.",  "\\pL",
    "\\C",  "\xC3\xA9", "\xC3",   "\xFF",     "\\x{d800}", "(?P=n)",  "(?i",     "[[:word:]]"};

constexpr std::string_view kCaseFilePieces[] = {"[[case]]\n",
                                                "format = 1\n",
                                                "[defaults]\n",
                                                "name = \"a\"\n",
                                                "pattern = 'a'\n",
                                                "haystack = \"a\"\n",
                                                "pattern_escaped = 'a'\n",
                                                "haystack_escaped = '\\xFF'\n",
                                                "expected = '(0,1)'\n",
                                                "expected = 'no match'\n",
                                                "dialect = 'ere'\n",
                                                "dialect = 'perl'\n",
                                                "encoding = 'utf8'\n",
                                                "encoding = 'bytes'\n",
                                                "semantics = 'perl'\n",
                                                "semantics = 'posix'\n",
                                                "flags = 'ims'\n",
                                                "max_repeat = 5\n",
                                                "rule = \"A3\"\n",
                                                "engine = 'x'\n",
                                                "kind = 'captures'\n",
                                                "cause = 'unknown'\n",
                                                "provenance = 'p'\n",
                                                "replay = 'r'\n",
                                                "answers = [\n",
                                                "{engine = 'e', version = '1', outcome = 'no match'},\n",
                                                "]\n",
                                                "(0,1)(?,?)",
                                                "'''",
                                                "\"\"\"",
                                                "\\x41",
                                                "\\u00e9",
                                                "\\U00110000",
                                                "\\",
                                                "\"",
                                                "'",
                                                "=",
                                                "\n",
                                                "#",
                                                "[",
                                                "{",
                                                "}",
                                                "\xC3\xA9",
                                                "\xFF",
                                                "18446744073709551616",
                                                "-1",
                                                "1e9"};

}  // namespace

std::span<const std::string_view> pattern_pieces() { return kPatternPieces; }
std::span<const std::string_view> case_file_pieces() { return kCaseFilePieces; }

std::string mutated_text(std::string text, std::size_t fixed, std::span<const std::string_view> pieces,
                         Choices& choices) {
  text.resize(std::max(text.size(), fixed));
  for (std::uint64_t edits = choices.between(1, 4); edits > 0; --edits) {
    const std::size_t at = fixed + choices.below(text.size() - fixed + 1);
    switch (choices.below(7)) {
      case 0:
        text.erase(at, choices.between(1, 4));
        break;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(choices.below(256));
        break;
      case 2:
        text.insert(at, text.substr(at, choices.between(1, 12)));
        break;
      case 3:
        if (fixed > 0) text[choices.below(fixed)] = static_cast<char>(choices.below(256));
        break;
      case 4: {
        const std::string part = text.substr(fixed + choices.below(text.size() - fixed + 1), choices.between(1, 16));
        text.insert(at, part);
        break;
      }
      default:
        text.insert(at, pieces[choices.below(pieces.size())]);
        break;
    }
  }
  return text;
}

std::string crossed_text(std::string_view a, std::string_view b, Choices& choices) {
  std::string text(a.substr(0, choices.below(a.size() + 1)));
  text += b.substr(choices.below(b.size() + 1));
  return text;
}

}  // namespace redoubt::fuzz
