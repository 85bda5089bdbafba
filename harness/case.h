// Case: one question put to engines, with what is known of its answer; and its TOML file form (docs/case-format.md).
// Reading refuses anything it does not know; nothing is defaulted silently.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "syntax/match.h"
#include "syntax/parser.h"

namespace redoubt::harness {

/// The version this build writes; it reads this one and refuses others by name.
inline constexpr int kCaseFormat = 1;
/// How far the limit on repeat bounds can be raised.
inline constexpr std::uint32_t kMaxMaxRepeat = 1'000'000;

/// What the specification answers: a match with its slots, or no match (std::nullopt).
using Answer = std::optional<Slots>;

/// One engine's recorded answer, for the reader of a case file; replay asks again and never trusts it.
struct RecordedAnswer {
  std::string engine;
  std::string version;
  std::string outcome;  ///< as oracles::to_string(Outcome) writes it
};

struct Case {
  std::string name;      ///< unique in its file; what reports print
  std::string pattern;   ///< text in `dialect`
  std::string haystack;  ///< raw bytes
  syntax::Dialect dialect = syntax::Dialect::kPerl;
  Encoding encoding = Encoding::kBytes;
  bool icase = false;
  bool multiline = false;
  bool dot_all = false;
  /// The largest repeat bound, and product of nested ones, that its pattern may have.
  std::uint32_t max_repeat = syntax::ParseLimits{}.repeat_count;
  Semantics semantics = Semantics::kLeftmostLongest;
  /// Outer: is an expectation given; inner: match or no match.
  std::optional<Answer> expected;
  std::string rule;  ///< e.g. "A3": why the expectation holds
  // For findings:
  std::string engine;      ///< which engine diverged
  std::string kind;        ///< divergence kind, e.g. "captures"
  std::string cause;       ///< "variant:leftmost-first-groups", "known:pcre2-…", "unknown"
  std::string provenance;  ///< where the case came from: "enumeration k=123", "fowler basic.dat:17"
  std::string replay;      ///< the command that reruns it
  std::vector<RecordedAnswer> answers;
};

/// One sentence that says what is wrong, where (file and line where known) and what would be right.
struct CaseError {
  std::string message;
};

/// Every `[[case]]` table of a TOML text; `file` is used in messages only.
tl::expected<std::vector<Case>, CaseError> parse_cases(std::string_view toml, std::string_view file);
tl::expected<std::vector<Case>, CaseError> read_case_file(const std::string& path);
/// The TOML text of cases; parse_cases gives them back.
std::string write_cases(const std::vector<Case>& cases);
/// One case as one line of JSON (for --jsonl); bytes that are not valid UTF-8 are written as haystack_base64.
std::string to_json_line(const Case& c);

/// "(0,2)(?,?)" or "no match" to an answer.
tl::expected<Answer, CaseError> parse_answer(std::string_view text);
std::string to_string(const Answer& answer);

/// Options of the parser that the case asks for.
syntax::ParseOptions parse_options(const Case& c);

}  // namespace redoubt::harness
