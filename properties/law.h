// Law: a statement that holds for all patterns and haystacks, with a name, one line of text, what it is asked about,
// and a check. Every *_test.cc of this folder adds its laws to one registry, which the tests, the campaign, the replay
// and docs/properties.md all read; nothing else lists them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/match.h"
#include "syntax/parser.h"
#include "syntax/regex.h"

namespace redoubt::properties {

class Workbench;

/// What a law is asked about. Everything that a check decides at random comes out of `knob`, so that a question can be
/// shrunk, written to a file and asked again.
struct Question {
  syntax::Regex regex = syntax::empty();  ///< kRegex
  std::string haystack;                   ///< kRegex: what is searched; kText: the pattern's text
  Encoding encoding = Encoding::kBytes;
  Semantics semantics = Semantics::kLeftmostLongest;
  std::uint32_t knob = 0;
};

/// Reads small decisions off a knob; knob 0 decides for the first option always.
class Decisions {
 public:
  explicit Decisions(const Question& question) : left_(question.knob) {}
  /// Below `options`, which is at least 1.
  std::size_t take(std::size_t options) {
    const std::size_t taken = left_ % options;
    left_ /= options;
    return taken;
  }

 private:
  std::size_t left_;
};

enum class Shape : std::uint8_t {
  kRegex,  ///< a tree and a haystack
  kText,   ///< text near the grammar, seldom well-formed
};

/// Which questions a law is asked.
struct Draw {
  Shape shape = Shape::kRegex;
  std::vector<Semantics> semantics = {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst};
  std::vector<Encoding> encodings = {Encoding::kBytes, Encoding::kUtf8};
  /// For laws about several regexes: the tree is a concat of so many, which part() takes apart.
  std::uint32_t parts = 1;
  std::uint32_t max_nodes = 16;  ///< of all parts together
  std::uint32_t max_bytes = 24;
  bool looks = true;
  /// False: letters a and b, `.`, and the repeats that matter, as in a sweep.
  bool wide = true;
  /// Haystacks of some hundred bytes now and then, where scans and caches come in.
  bool long_haystacks = false;
  std::uint32_t knobs = 1;                           ///< the knob is below this
  syntax::Dialect dialect = syntax::Dialect::kPerl;  ///< of the text
  double cost = 1;                                   ///< of one case, in units of about 50 µs: dearer laws get fewer
};

enum class VerdictKind : std::uint8_t { kHolds, kDoesNotApply, kFails };

struct Verdict {
  VerdictKind kind = VerdictKind::kHolds;
  /// kFails: a short name of what broke, which shrinking must keep: "pikevm-no-split: captures".
  std::string broken;
  std::string why;     ///< kFails: one sentence with the values
  std::string engine;  ///< the engine to be asked again, where the failure is one answer against the reference's
};
Verdict holds();
/// The law says nothing about this question.
Verdict does_not_apply();
Verdict fails(std::string broken, std::string why, std::string engine = {});

using Check = Verdict (*)(const Question& question, Workbench& bench);

struct Law {
  std::string_view name;       ///< "family-law", unique
  std::string_view statement;  ///< one sentence
  Draw draw;
  Check check;
};

/// Adds a law; for initializers of namespace-scope constants. Two laws of one name end the program.
bool law(std::string_view name, std::string_view statement, Draw draw, Check check);
/// All laws, by name.
std::vector<Law> laws();
const Law* find_law(std::string_view name);

/// Part k of a question of several regexes: child k of the concat, without its non-capturing group; a tree that is no
/// concat is part 0, and parts that are not there are empty. Groups keep their numbers.
syntax::Regex part(const Question& question, std::size_t k);

}  // namespace redoubt::properties
