// Mutation score: runs a technique of this project on a program with one mistake switched on (syntax/mutants.h), in a
// child process, and measures how soon the mistake shows and how small the counterexample is. It knows no mutant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/case.h"

namespace redoubt::harness {

/// A way to look for mistakes.
struct Technique {
  std::string name;
  std::string says;  ///< one clause for the report
  /// Programs and their arguments, run one after the other; an argument "{findings}" stands for an empty folder in
  /// which what is found is to be written as case files.
  std::vector<std::vector<std::string>> commands;
  std::vector<std::string> environment;  ///< more variables, as NAME=value; "{findings}" as above
  std::string unavailable;               ///< why it cannot be run; empty: it can
};

struct TechniqueSettings {
  std::string program;              ///< `redoubt` itself
  std::string cases = "cases";      ///< folder of the decided cases
  std::vector<std::string> suites;  ///< files of Fowler's test data
  double budget_s = 60;
};

/// check, enumeration, random, properties, fuzzing, suites, in this order.
std::vector<Technique> techniques(const TechniqueSettings& settings);

/// What one technique did on one mutant.
struct Attempt {
  enum class End : std::uint8_t {
    kSurvived,  ///< it ended, or its time was over, and nothing was found
    kFinding,   ///< a case file was written
    kFailed,    ///< the program ended with a status other than 0 and no case file
    kCrashed,   ///< … by a signal
    kNotRun,    ///< the technique is not available, or the program could not be started
  };
  End end = End::kSurvived;
  int status = 0;         ///< exit status, or number of the signal
  double seconds = 0;     ///< of processor time, until it was known
  bool in_time = true;    ///< it ended by itself
  std::size_t nodes = 0;  ///< of the first counterexample, as shrunk; 0 where there is none
  std::size_t bytes = 0;
  std::optional<Case> found;

  bool killed() const { return end == End::kFinding || end == End::kFailed || end == End::kCrashed; }
};

/// Runs a technique for at most `budget_s` seconds of processor time with the environment variable REDOUBT_MUTANT set
/// to `mutant` (empty: none). Stops it at its first finding.
Attempt attempt(const Technique& technique, const std::string& mutant, double budget_s);

}  // namespace redoubt::harness
