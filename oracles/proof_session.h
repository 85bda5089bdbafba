// ProofSession: one proved program at work: starts it, hands it trees and haystacks in the protocol of
// docs/proof-protocol.md, and starts it again when it has died. It knows no claim and judges nothing.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oracles/isolate_process.h"
#include "oracles/oracle.h"

namespace redoubt::oracles {

/// The path of one of the two programs, "proof-native" or "proof-unary"; empty, with the reason, when it is not there.
/// The environment variable REDOUBT_PROOF_PROGRAMS names another folder for them than the one of the build.
std::string proof_program(const std::string& name, std::string& why);

struct ProofProgram {
  std::string path;
  /// For one batch of haystacks, and again for each haystack of a batch that missed it.
  int deadline_ms = 20'000;
  /// Address space in bytes; 0: no limit.
  std::size_t memory_bytes = std::size_t{4} << 30;
};

/// Belongs to the thread that uses it: the program dies with that thread.
class ProofSession {
 public:
  explicit ProofSession(ProofProgram program) : program_(std::move(program)) {}

  /// Answers all haystacks: `kind` ("posix bytes") and `tree` are in the words of the protocol, `slots` is 1 + the
  /// number of groups. What the program did instead of answering is the outcome of exactly the haystack that caused it.
  void ask(std::string_view kind, std::string_view tree, std::size_t slots, std::span<const std::string_view> haystacks,
           std::span<Outcome> outcomes);

  /// What the program said of itself when it was started last; empty before.
  const std::string& handshake() const { return handshake_; }

 private:
  std::optional<Outcome> start();
  std::optional<Outcome> give_up(WorkerProcess::Status status);
  std::optional<Outcome> try_batch(std::string_view kind, std::string_view tree, std::size_t slots,
                                   std::span<const std::string_view> haystacks, std::span<Outcome> outcomes);

  ProofProgram program_;
  std::unique_ptr<WorkerProcess> process_;
  std::string handshake_, request_, answer_;
};

}  // namespace redoubt::oracles
