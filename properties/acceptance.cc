#include "properties/acceptance.h"

#include "syntax/regex.h"

namespace redoubt::properties {

using syntax::Node;
using syntax::NodeKind;
using syntax::ParseErrorKind;

namespace {

using D = const Disagreement&;

bool refused(D d, ParseErrorKind kind) { return d.refusal && d.refusal->kind == kind; }
bool refused(D d, ParseErrorKind kind, std::string_view message) {
  return refused(d, kind) && d.refusal->message.find(message) != std::string::npos;
}
bool says(D d, std::string_view message) { return d.error.find(message) != std::string::npos; }
bool has(D d, std::string_view piece) { return d.text.find(piece) != std::string_view::npos; }

/// A repeat of a bare assertion, or of nothing.
bool repeats_an_assertion(D d) {
  return d.tree && syntax::any_node(d.tree, [](const Node& node) {
           return node.kind() == NodeKind::kRepeat && node.child()->kind() == NodeKind::kLook;
         });
}

const AcceptanceDifference kDifferences[] = {
    {"construct-not-in-redoubt", "pcre2 glibc", false,
     "lookarounds, backreferences, possessive repeats, \\Z and others are refused by name", "(a)b\\1",
     [](D d) { return d.refusal && syntax::is_unsupported(d.refusal->kind); }},
    {"octal-code", "re2", false, "a code in octal digits needs a leading zero, or it would be a backreference", "\\41",
     [](D d) { return refused(d, ParseErrorKind::kBackreference); }},
    {"re2-construct", "re2", false, "Unicode properties, \\C and other escapes of RE2's are refused by name", "\\pL",
     [](D d) { return refused(d, ParseErrorKind::kUnsupportedConstruct); }},
    {"repeat-without-lower-bound", "pcre2 re2 glibc", false, "{,m} means three things to three engines", "b{,5}",
     [](D d) { return refused(d, ParseErrorKind::kBadRepeat, "without a lower bound"); }},
    {"leading-zero-in-bound", "pcre2 re2", false, "{06} is a bound to PCRE2 and a text to RE2", "a{06}",
     [](D d) { return refused(d, ParseErrorKind::kBadRepeat, "leading zeros"); }},
    {"brace-as-text", "glibc", false,
     "glibc takes a brace that begins no bound for itself, before a backslash at least", "a{\\0}",
     [](D d) { return refused(d, ParseErrorKind::kBadRepeat, "a literal brace"); }},
    {"surrogate", "re2", false, "RE2 takes the code of a surrogate", "\\x{d800}",
     [](D d) { return refused(d, ParseErrorKind::kBadCodePoint); }},
    {"repeat-limit", "pcre2", false, "the limit on bounds is RE2's, 1000; PCRE2's is 65535", "x{1001}",
     [](D d) { return refused(d, ParseErrorKind::kRepeatTooLarge); }},
    {"lone-quote-end", "pcre2", false, "\\E without a \\Q is nothing to PCRE2", "a\\E",
     [](D d) { return refused(d, ParseErrorKind::kBadEscape, "must follow a \\Q"); }},
    {"short-hex-code", "pcre2", false, "\\x may have fewer than two digits in PCRE2", "\\xg",
     [](D d) { return refused(d, ParseErrorKind::kBadEscape, "two hexadecimal digits"); }},
    {"empty-flags", "pcre2 re2", false, "(?) and (?-) set no flag, and are refused", "(?)",
     [](D d) { return refused(d, ParseErrorKind::kBadGroupSyntax); }},
    {"range-from-class", "re2", false, "a shorthand at an end of a range, as in [\\w-a], is refused", "[z\\W-|]",
     [](D d) { return refused(d, ParseErrorKind::kBadRange, "single characters"); }},
    {"repeat-of-flags", "re2", false, "RE2 takes a quantifier behind (?i) for one of what stands before it", "a(?i)*",
     [](D d) { return refused(d, ParseErrorKind::kNothingToRepeat) && has(d, "(?"); }},
    {"odd-class-name", "re2", false, "[: begins a class name, and [. and [= what has no meaning here, whatever follows",
     "[[..]",
     [](D d) { return refused(d, ParseErrorKind::kBadClassName) || refused(d, ParseErrorKind::kBadCollation); }},
    {"escape-of-ordinary", "glibc", false,
     "in an ERE a backslash must stand before what is special; glibc takes \\b "
     "and others for its own",
     "\\b", [](D d) { return refused(d, ParseErrorKind::kBadEscape, "in an ERE"); }},
    {"lone-parenthesis", "glibc", false, "glibc takes a ) that closes nothing for itself", ")",
     [](D d) { return refused(d, ParseErrorKind::kUnexpectedParen); }},
    {"repeat-of-assertion", "pcre2", true, "a quantifier on a bare assertion is an error in PCRE2", "$*",
     [](D d) { return says(d, "does not follow a repeatable item") && repeats_an_assertion(d); }},
    {"repeat-of-dollar", "glibc", true, "a quantifier on a bare assertion is an error in glibc, mostly", "^*",
     [](D d) { return says(d, "Invalid preceding regular expression") && repeats_an_assertion(d); }},
    {"class-name-outside-class", "pcre2", true, "[:…:] as a whole class is an error in PCRE2", "[:a:]",
     [](D d) {
       return (says(d, "supported only within a class") || says(d, "collating elements are not supported")) &&
              (has(d, ":]") || has(d, ".]") || has(d, "=]"));
     }},
    {"class-name-with-bracket", "pcre2 re2", true, "[: … :] around what can be no name is a name to others", "[[:[?:]",
     [](D d) {
       return has(d, "[:") && has(d, ":]") &&
              (says(d, "unknown POSIX class") || says(d, "invalid character class range"));
     }},
    {"escape-e", "re2", true, "RE2 has no \\e", "\\e",
     [](D d) { return has(d, "\\e") && says(d, "invalid escape sequence"); }},
};

bool concerns(const AcceptanceDifference& difference, std::string_view engine) {
  const std::string all = " " + std::string(difference.engines) + " ";
  return all.find(" " + std::string(engine) + " ") != std::string::npos;
}

}  // namespace

std::span<const AcceptanceDifference> acceptance_differences() { return kDifferences; }

const AcceptanceDifference* find_difference(const Disagreement& d) {
  for (const AcceptanceDifference& difference : kDifferences) {
    if (difference.accepted_here == !d.refusal && concerns(difference, d.engine) && difference.holds(d)) {
      return &difference;
    }
  }
  return nullptr;
}

}  // namespace redoubt::properties
