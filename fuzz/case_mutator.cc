#include "fuzz/case_mutator.h"

#include <string>
#include <vector>

#include "fuzz/case_patterns.h"
#include "fuzz/tree_edit.h"
#include "generate/automaton_haystacks.h"
#include "generate/haystack_gen.h"

namespace redoubt::fuzz {

using generate::Choices;

namespace {

/// Small automata do: what needs more states needs more time than it is worth.
constexpr generate::AutomatonLimits kSmall = {.max_states = 30, .max_haystacks = 30, .max_length = kMaxCodedHaystack};

class Mutator {
 public:
  Mutator(CodedCase& c, Choices& choices) : c_(c), choices_(choices) {}

  void run() {
    switch (choices_.below(12)) {
      case 0:
        return option();
      case 1:
      case 2:
        return along_automaton();
      case 3:
      case 4:
        return haystack();
      case 5:
        if (choices_.below(2) == 0) c_.pattern = draw_pattern(choices_, c_.encoding);
        c_.dice = static_cast<std::uint8_t>(choices_.below(256));
        return;
      default:
        break;
    }
    const auto edit = static_cast<TreeEdit>(choices_.below(kTreeEdits));
    c_.pattern = edited(c_.pattern, edit, c_.pattern, c_.encoding, choices_);
  }

 private:
  void option() {
    switch (choices_.below(3)) {
      case 0:
        c_.modes = !c_.modes;
        return;
      case 1:
        c_.encoding = c_.encoding == Encoding::kBytes ? Encoding::kUtf8 : Encoding::kBytes;
        return;
      default:
        c_.semantics =
            c_.semantics == Semantics::kLeftmostFirst ? Semantics::kLeftmostLongest : Semantics::kLeftmostFirst;
    }
  }

  /// The place for a new haystack: at the end, or over an old one.
  std::string& place() {
    if (c_.haystacks.empty() || (c_.haystacks.size() < kMaxCodedHaystacks && choices_.below(2) == 0)) {
      return c_.haystacks.emplace_back();
    }
    return c_.haystacks[choices_.below(c_.haystacks.size())];
  }

  void along_automaton() {
    const auto found = generate::automaton_haystacks(c_.pattern, c_.encoding, choices_, kSmall).haystacks;
    for (std::uint64_t n = choices_.between(1, 3); n > 0 && !found.empty(); --n) {
      place() = found[choices_.below(found.size())];
    }
  }

  void haystack() {
    if (c_.haystacks.empty() || choices_.one_in(5)) {
      place() = generate::draw_along(c_.pattern, c_.encoding, choices_, kMaxCodedHaystack);
      return;
    }
    const std::size_t which = choices_.below(c_.haystacks.size());
    if (choices_.one_in(8)) {
      c_.haystacks.erase(c_.haystacks.begin() + static_cast<std::ptrdiff_t>(which));
      return;
    }
    edit(c_.haystacks[which]);
  }

  void edit(std::string& text) {
    const auto units = generate::interesting_units(c_.pattern, c_.encoding);
    const std::string unit =
        generate::unit_text(static_cast<std::uint32_t>(units[choices_.below(units.size())]), c_.encoding);
    const std::size_t at = choices_.below(text.size() + 1);
    switch (choices_.below(7)) {
      case 0:
        text.insert(at, unit);
        break;
      case 1:
        text.erase(at, choices_.between(1, 3));
        break;
      case 2:
        text.insert(at, text.substr(at, choices_.between(1, 6)));
        break;
      case 3:
        text += c_.haystacks[choices_.below(c_.haystacks.size())];
        break;
      case 4:
        text.insert(at, generate::draw_along(c_.pattern, c_.encoding, choices_, 20));
        break;
      case 5:
        text.insert(at, 1, static_cast<char>(choices_.below(256)));
        break;
      default:
        if (at < text.size()) text.replace(at, 1, unit);
        break;
    }
    if (text.size() > kMaxCodedHaystack) text.resize(kMaxCodedHaystack);
  }

  CodedCase& c_;
  Choices& choices_;
};

}  // namespace

CodedCase mutated(CodedCase c, Choices& choices) {
  for (std::uint64_t n = choices.between(1, 4); n > 0; --n) Mutator(c, choices).run();
  return bounded(c);
}

CodedCase crossed(const CodedCase& a, const CodedCase& b, Choices& choices) {
  CodedCase c = a;
  if (choices.below(4) != 0) c.pattern = edited(a.pattern, TreeEdit::kSplice, b.pattern, a.encoding, choices);
  for (const std::string& haystack : b.haystacks) {
    if (choices.below(3) == 0) c.haystacks.push_back(haystack);
  }
  return bounded(c);
}

}  // namespace redoubt::fuzz
