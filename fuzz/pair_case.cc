#include "fuzz/pair_case.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "fuzz/tree_code.h"
#include "fuzz/tree_edit.h"
#include "generate/haystack_gen.h"
#include "pikevm/compiler.h"
#include "pikevm/pikevm.h"

namespace redoubt::fuzz {

using generate::Choices;
using syntax::CharClass;
using syntax::Regex;

PairCase decode_pair(std::span<const std::uint8_t> input) {
  ByteReader bytes(input);
  PairCase c;
  c.encoding = (bytes.byte() & 1) != 0 ? Encoding::kUtf8 : Encoding::kBytes;
  c.left = read_tree(bytes, c.encoding);
  c.right = read_tree(bytes, c.encoding);
  return c;
}

std::string encode(const PairCase& c) {
  std::string bytes(1, c.encoding == Encoding::kUtf8 ? '\1' : '\0');
  write_tree(c.left, c.encoding, bytes);
  write_tree(c.right, c.encoding, bytes);
  return bytes;
}

PairCase mutated(PairCase c, Choices& choices) {
  if (choices.one_in(20)) c.encoding = c.encoding == Encoding::kBytes ? Encoding::kUtf8 : Encoding::kBytes;
  if (choices.one_in(6)) c.right = c.left;
  if (choices.one_in(8)) std::swap(c.left, c.right);
  for (std::uint64_t n = choices.between(1, 3); n > 0; --n) {
    Regex& one = choices.below(2) == 0 ? c.left : c.right;
    const Regex& other = &one == &c.left ? c.right : c.left;
    one = edited(one, static_cast<TreeEdit>(choices.below(kTreeEdits)), other, c.encoding, choices);
  }
  return c;
}

PairCase crossed(const PairCase& a, const PairCase& b, Choices& choices) {
  PairCase c = a;
  c.right = choices.below(2) == 0 ? b.left : edited(a.right, TreeEdit::kSplice, b.right, a.encoding, choices);
  return c;
}

std::vector<std::string> letters_of(const PairCase& c) {
  // \b and (?m)^ tell units apart, too.
  std::vector<CharClass> classes = syntax::collect_classes(c.left);
  for (CharClass& other : syntax::collect_classes(c.right)) classes.push_back(std::move(other));
  for (const Regex& regex : {c.left, c.right}) {
    syntax::any_node(regex, [&](const syntax::Node& node) {
      if (node.kind() != syntax::NodeKind::kLook) return false;
      const bool word = node.look() == syntax::Look::kWordBoundary || node.look() == syntax::Look::kNotWordBoundary;
      const bool line = node.look() == syntax::Look::kLineStart || node.look() == syntax::Look::kLineEnd;
      if (word) classes.push_back(syntax::word_class());
      if (line) classes.push_back(CharClass::single('\n'));
      return false;
    });
  }
  std::vector<std::string> letters;
  for (std::uint32_t unit : syntax::partition(classes, c.encoding).representatives) {
    letters.push_back(generate::unit_text(unit, c.encoding));
  }
  return letters;
}

namespace {

/// Does the pattern match the whole of each string?
bool ask(const Regex& regex, Encoding encoding, const std::vector<std::string>& strings, std::vector<bool>& answers) {
  const Regex whole =
      syntax::concat({syntax::look(syntax::Look::kTextStart), regex, syntax::look(syntax::Look::kTextEnd)});
  pikevm::Options options;
  options.encoding = encoding;
  options.optimizations = pikevm::Optimizations::none();
  options.program_budget_bytes = std::size_t{256} << 10;
  const auto program = pikevm::compile(whole, options);
  if (!program) return false;
  pikevm::Scratch scratch;
  Slots slots;
  for (const std::string& string : strings) {
    pikevm::Search search;
    search.haystack = string;
    search.wanted_slots = 0;
    answers.push_back(pikevm::search(**program, scratch, search, slots) == pikevm::Result::kMatch);
  }
  return true;
}

}  // namespace

std::optional<Languages> enumerate(const PairCase& c, std::size_t max_strings) {
  const std::vector<std::string> letters = letters_of(c);
  Languages languages;
  std::vector<std::string>& list = languages.strings;
  list.emplace_back();
  std::size_t from = 0;
  while (list.size() + (list.size() - from) * letters.size() <= max_strings && languages.length < 12) {
    const std::size_t to = list.size();
    for (; from < to; ++from) {
      for (const std::string& letter : letters) list.push_back(list[from] + letter);
    }
    ++languages.length;
  }
  if (!ask(c.left, c.encoding, list, languages.left)) return std::nullopt;
  if (!ask(c.right, c.encoding, list, languages.right)) return std::nullopt;
  return languages;
}

}  // namespace redoubt::fuzz
