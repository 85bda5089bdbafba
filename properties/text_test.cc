// Texts: what the printer writes the parser reads back, in every dialect; what the parser reads the printer writes so
// that it is read the same; and every text at all is read or refused in an orderly way.
#include "properties/workbench.h"
#include "syntax/printer.h"
#include "syntax/utf8.h"

namespace redoubt::properties {
namespace {

using syntax::Dialect;
using syntax::ParseOptions;
using syntax::ParseResult;
using syntax::PrintDialect;
using syntax::Regex;

constexpr Semantics kPosix = Semantics::kLeftmostLongest;
constexpr Semantics kPerl = Semantics::kLeftmostFirst;

ParseOptions options_of(const Question& q, Dialect dialect) {
  ParseOptions options;
  options.dialect = dialect;
  options.encoding = q.encoding;
  options.limits.repeat_count = 1'000'000;
  return options;
}

/// print() and parse() give the tree back; `loosely`: but for non-capturing groups.
Verdict round_trip(const Question& q, PrintDialect dialect, Dialect read_as, bool loosely) {
  const auto text = syntax::print(q.regex, dialect, q.encoding);
  if (!text) return does_not_apply();
  const ParseResult tree = syntax::parse(*text, options_of(q, read_as));
  if (!tree) return fails("refused", "\"" + syntax::escape_bytes(*text) + "\": " + to_string(tree.error()));
  const bool same = loosely ? syntax::equal(without_plain_groups(*tree), without_plain_groups(q.regex))
                            : syntax::equal(*tree, q.regex);
  if (!same) {
    return fails("another tree", "\"" + syntax::escape_bytes(*text) + "\" is read as " + syntax::dump(*tree) +
                                     ", not " + syntax::dump(q.regex));
  }
  const auto again = syntax::print(*tree, dialect, q.encoding);
  if (!again || *again != *text) return fails("another text", "\"" + syntax::escape_bytes(*text) + "\"");
  return holds();
}

const bool kPerlTrip =
    law("text-round-trip-perl", "A tree printed in the Perl-like dialect is read back as the same tree.",
        {.max_nodes = 30, .cost = 0.5},
        [](const Question& q, Workbench&) { return round_trip(q, PrintDialect::kPerl, Dialect::kPerl, false); });

const bool kEreTrip =
    law("text-round-trip-ere", "A tree printed as an ERE, where one can say it, is read back as the same tree.",
        {.semantics = {kPosix}, .max_nodes = 30, .cost = 0.5}, [](const Question& q, Workbench&) {
          // An ERE has no (?:…): of a tree with them it can only say the rest.
          Question sayable = q;
          sayable.regex = without_plain_groups(q.regex);
          return round_trip(sayable, PrintDialect::kEre, Dialect::kEre, false);
        });

const bool kPcre2Trip = law(
    "text-round-trip-pcre2", "A tree printed for PCRE2 is read back as the same tree, but for non-capturing groups.",
    {.semantics = {kPerl, kPosix}, .max_nodes = 30, .cost = 0.5},
    [](const Question& q, Workbench&) { return round_trip(q, PrintDialect::kPcre2, Dialect::kPerl, true); });

const bool kRe2Trip =
    law("text-round-trip-re2", "A tree printed for RE2 is read back as the same tree, but for non-capturing groups.",
        {.semantics = {kPerl, kPosix}, .max_nodes = 30, .cost = 0.5},
        [](const Question& q, Workbench&) { return round_trip(q, PrintDialect::kRe2, Dialect::kPerl, true); });

/// Flags as decisions: i, m, s.
ParseOptions flagged(const Question& q, Dialect dialect) {
  ParseOptions options = options_of(q, dialect);
  Decisions decisions(q);
  options.icase = decisions.take(2) == 1;
  options.multiline = decisions.take(2) == 1;
  options.dot_all = decisions.take(2) == 1;
  return options;
}

/// What a text was read as, printed and read again without flags, is the same tree.
Verdict settles(const Question& q, Dialect dialect) {
  const ParseResult tree = syntax::parse(q.haystack, flagged(q, dialect));
  if (!tree) return does_not_apply();
  const std::string text = syntax::to_text(*tree, q.encoding);
  const ParseResult again = syntax::parse(text, options_of(q, Dialect::kPerl));
  if (!again) return fails("refused", "printed as \"" + syntax::escape_bytes(text) + "\": " + to_string(again.error()));
  if (syntax::equal(*tree, *again)) return holds();
  return fails("another tree", "\"" + syntax::escape_bytes(q.haystack) + "\" is printed as \"" +
                                   syntax::escape_bytes(text) + "\", which is read as " + syntax::dump(*again) +
                                   ", not " + syntax::dump(*tree));
}

const bool kPerlSettles =
    law("text-settles-perl", "A Perl-like text that is read, under any flags, is printed so that it is read the same.",
        {.shape = Shape::kText, .max_nodes = 16, .knobs = 8, .cost = 0.5},
        [](const Question& q, Workbench&) { return settles(q, Dialect::kPerl); });

const bool kEreSettles =
    law("text-settles-ere", "An ERE that is read, under any flags, is printed so that it is read the same.",
        {.shape = Shape::kText, .max_nodes = 16, .knobs = 8, .dialect = Dialect::kEre, .cost = 0.5},
        [](const Question& q, Workbench&) { return settles(q, Dialect::kEre); });

Verdict orderly(const Question& q, Dialect dialect) {
  const ParseResult tree = syntax::parse(q.haystack, flagged(q, dialect));
  if (tree) {
    // A tree that a text has is numbered as the text's parentheses are, and within the parser's limits.
    if (!syntax::equal(*tree, syntax::renumber_groups(*tree))) return fails("numbering", syntax::dump(*tree));
    return holds();
  }
  const syntax::ParseError& error = tree.error();
  if (error.offset > q.haystack.size()) return fails("offset", to_string(error));
  if (error.message.empty() || syntax::to_string(error.kind).empty()) return fails("message", to_string(error));
  // What was wrong at a place is wrong whatever comes behind; what is missing at the end may still come.
  return holds();
}

const bool kPerlOrderly =
    law("text-orderly-perl",
        "Every text is read as a tree with its groups in order, or refused at a place within it with a "
        "sentence.",
        {.shape = Shape::kText, .max_nodes = 16, .knobs = 8, .cost = 0.5},
        [](const Question& q, Workbench&) { return orderly(q, Dialect::kPerl); });

const bool kEreOrderly =
    law("text-orderly-ere", "The same for every ERE.",
        {.shape = Shape::kText, .max_nodes = 16, .knobs = 8, .dialect = Dialect::kEre, .cost = 0.5},
        [](const Question& q, Workbench&) { return orderly(q, Dialect::kEre); });

}  // namespace
}  // namespace redoubt::properties
