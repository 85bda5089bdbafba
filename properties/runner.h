// Runner: asks a law a number of RapidCheck's questions, or stored ones again; a failure ends as a minimal question, a
// case file and the commands that ask it again. How many and which questions is the environment's to say, so that the
// tests are the same every time and campaigns are not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "harness/case.h"
#include "properties/law.h"
#include "properties/workbench.h"

namespace redoubt::properties {

struct RunSettings {
  std::uint64_t seed = 1;
  int cases = 0;       ///< per law; 0: by the law's cost and the build
  double seconds = 0;  ///< > 0: rounds of fresh seeds until then, or until something fails
  std::string folder = "findings/properties";
  std::string program = "properties_test";  ///< how the reader calls the test program
};

/// REDOUBT_PROPERTY_SEED (a number, or "random"), REDOUBT_PROPERTY_CASES, REDOUBT_PROPERTY_SECONDS. Error: one
/// sentence.
tl::expected<RunSettings, std::string> settings_from_environment();

/// About 0.4 s of the law in a release build, less in one with sanitizers.
int default_cases(const Law& law);

/// A law that did not hold.
struct Failure {
  Question first;    ///< as it was drawn
  Question minimal;  ///< a local minimum that fails in the same way
  Verdict verdict;   ///< of `minimal`
  std::size_t probes = 0;
  std::string file;     ///< the case file; "" when it could not be written
  std::string message;  ///< for a person: all of the above, and what to type
};

struct Report {
  std::uint64_t asked = 0;
  std::uint64_t applied = 0;  ///< the law had something to say
  std::optional<Failure> failure;
  double seconds = 0;
};

/// RapidCheck's search for a failing question. Deterministic for a seed, a law and a number of cases.
Report run(const Law& law, const RunSettings& settings, int cases, Workbench& bench);

/// The case that a question is written as. Its provenance says which law and knob.
harness::Case case_of(const Law& law, const Question& question, const Verdict& verdict, std::uint64_t seed,
                      Workbench& bench);
struct Stored {
  const Law* law;
  Question question;
};
/// case_of() read back; error: one sentence.
tl::expected<Stored, std::string> question_of(const harness::Case& c);

/// Rounds over all laws whose name matches the glob, with fresh seeds, until settings.seconds have passed or a law
/// fails. Prints one line for a failure, besides its message: `failed law=… seconds=… nodes=… bytes=… file=…`. Returns
/// the exit status: 0 all held, 1 one failed, 2 no law has such a name.
int campaign(const RunSettings& settings, const std::string& glob);
/// Asks every case of a file again. Exit status: 0 all hold now, 1 one fails, 2 a file cannot be read.
int replay(const std::string& file);

}  // namespace redoubt::properties
