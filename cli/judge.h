// What find, replay, shrink, suite and known share: one engine's answer to one question, held against the reference,
// with the cause where they differ. Asks and compares; prints nothing.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/options.h"
#include "harness/case.h"
#include "harness/compare.h"
#include "harness/panel.h"

namespace redoubt::cli {

/// Which engine, and in which of its modes (-1: plainly).
struct EngineName {
  std::string engine;
  int mode = -1;
};
/// "pcre2" or "pcre2/one-pair": an available engine.
Parsed<EngineName> parse_engine_name(std::string_view text);

struct Judgement {
  std::string engine;  ///< "pcre2" or "pcre2/one-pair"
  std::string version;
  oracles::Outcome base;     ///< the reference's answer
  oracles::Outcome plain;    ///< with a mode: the engine's plain answer, against which the mode is held
  oracles::Outcome outcome;  ///< the engine's answer
  harness::Verdict verdict;
  harness::Cause cause;  ///< where it diverges

  bool diverges() const { return verdict.kind == harness::VerdictKind::kDivergence; }
  /// Diverges, and the catalogue does not account for it.
  bool unaccounted() const { return diverges() && !cause.accounted; }
};

/// Asks a seat of the panel. An engine that the catalogue holds to a reading of its own, and that answers by it,
/// diverges where that departs from the reference, and is accounted for.
Judgement judge(harness::Panel& panel, harness::Seat& seat, const oracles::Query& query, std::string_view haystack,
                int mode = -1);

/// "agrees", "agrees on the span", "differs in captures (variant:…), as catalogued", "not judged: …".
std::string verdict_text(const Judgement& judgement);

/// The query of a case; error: 'the pattern "a(" is malformed at byte 1: …'.
Parsed<oracles::Query> read_query(const harness::Case& c);

/// A panel of the named engines; error: why one cannot sit on it. The catalogue outlives it.
Parsed<std::unique_ptr<harness::Panel>> make_panel(Semantics semantics, std::vector<std::string> engines, bool isolate,
                                                   const harness::Catalogue& catalogue = harness::built_in_catalogue());

/// The question with what was found: expected answer, engine, kind, cause, answers and a command that repeats it.
harness::Case to_case(harness::Case asked, const Judgement& judgement);

/// A shell command that puts a case to an engine again.
std::string find_command(const harness::Case& c, const std::string& engine);

/// Lines of JSON appended to a file, one case each; a file that cannot be written is one sentence.
class JsonLines {
 public:
  /// "" writes nothing.
  explicit JsonLines(std::string path);
  ~JsonLines();
  JsonLines(const JsonLines&) = delete;
  JsonLines& operator=(const JsonLines&) = delete;
  void write(const harness::Case& c);
  /// "" while all is well.
  const std::string& error() const { return error_; }

 private:
  std::string path_, error_;
  std::FILE* file_ = nullptr;
};

}  // namespace redoubt::cli
