// Workspace: what matchers prepared on one thread share, so that the automaton of a subexpression that occurs in many
// patterns is derived once. It grows its alphabet as patterns come and starts afresh when it has grown too large.
#pragma once

#include <memory>
#include <vector>

#include "derivatives/term.h"

namespace redoubt::reference {

struct WorkspaceLimits {
  std::size_t terms = 200'000;        ///< start afresh beyond this many terms
  std::uint32_t shared_symbols = 12;  ///< share only alphabets of at most this many minterms
};

class Workspace {
 public:
  explicit Workspace(Encoding encoding, derivatives::LookReading reading = {}, WorkspaceLimits limits = {})
      : encoding_(encoding), reading_(reading), limits_(limits) {}

  Encoding encoding() const { return encoding_; }
  const WorkspaceLimits& limits() const { return limits_; }
  /// Terms whose alphabet covers the regex. The result stays valid while held, whatever is acquired later.
  std::shared_ptr<derivatives::Terms> acquire(const syntax::Regex& regex);

 private:
  Encoding encoding_;
  derivatives::LookReading reading_;
  WorkspaceLimits limits_;
  std::vector<syntax::Regex> seen_;  // the regexes that shaped the present alphabet
  std::shared_ptr<derivatives::Terms> terms_;
};

}  // namespace redoubt::reference
