// The machine-checked matcher of reference/proof as two engines: the program that was extracted from the proofs, with
// machine integers and with unary numbers. Built where there is an OCaml compiler; it is given trees, not text.
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "oracles/internal.h"
#include "oracles/proof_ast.h"
#include "oracles/proof_session.h"

// Where the build puts the programs; empty when it found no OCaml compiler.
#ifndef REDOUBT_PROOF_PROGRAMS
#define REDOUBT_PROOF_PROGRAMS ""
#endif

namespace redoubt::oracles {

std::string proof_program(const std::string& name, std::string& why) {
  const char* elsewhere = std::getenv("REDOUBT_PROOF_PROGRAMS");
  const std::string folder = elsewhere ? elsewhere : REDOUBT_PROOF_PROGRAMS;
  if (folder.empty()) {
    why = "the build found no OCaml compiler (ocamlopt; Debian: ocaml-nox)";
    return {};
  }
  const std::string path = folder + "/" + name;
  if (access(path.c_str(), X_OK) == 0) return path;
  why = "there is no program " + path;
  return {};
}

namespace {

EngineInfo describe(std::string name, const std::string& program, const char* numbers) {
  EngineInfo info;
  info.name = std::move(name);
  info.version = own_version();
  info.summary = std::string("the matcher proved in Coq, extracted to OCaml with ") + numbers;
  info.claims[0] = info.claims[1] = Claim::kCaptures;
  proof_program(program, info.unavailable);
  // Asked by name: what a check covers should not depend on whether there is an OCaml compiler.
  info.in_checks = info.in_questions = false;
  return info;
}

constexpr const char* kNativeProgram = "proof-native";
constexpr const char* kUnaryProgram = "proof-unary";

const EngineInfo& native_info() {
  static const EngineInfo kInfo = describe("proof", kNativeProgram, "machine integers");
  return kInfo;
}

const EngineInfo& unary_info() {
  static const EngineInfo kInfo = describe("proof-unary", kUnaryProgram, "unary numbers");
  return kInfo;
}

class ProofMatcher final : public Matcher {
 public:
  ProofMatcher(ProofSession& session, const Query& query)
      : session_(session),
        kind_(std::string(query.semantics == Semantics::kLeftmostLongest ? "posix" : "perl-re2") +
              (query.encoding == Encoding::kBytes ? " bytes" : " utf8")),
        tree_(proof_text(query.regex)),
        slots_(1 + query.regex->max_group()) {}

  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override {
    session_.ask(kind_, tree_, slots_, haystacks, outcomes);
  }
  std::string text() const override { return tree_; }

 private:
  ProofSession& session_;
  std::string kind_;
  std::string tree_;
  std::size_t slots_;
};

class ProofOracle final : public Oracle {
 public:
  ProofOracle(const EngineInfo& info, const char* program) : info_(info), session_(program_at(program)) {}

  const EngineInfo& info() const override { return info_; }

  Prepared prepare(const Query& query) override { return std::make_unique<ProofMatcher>(session_, query); }

 private:
  static ProofProgram program_at(const char* name) {
    std::string why;
    ProofProgram program;
    program.path = proof_program(name, why);
    return program;
  }

  const EngineInfo& info_;
  ProofSession session_;
};

std::unique_ptr<Oracle> make_native() { return std::make_unique<ProofOracle>(native_info(), kNativeProgram); }
std::unique_ptr<Oracle> make_unary() { return std::make_unique<ProofOracle>(unary_info(), kUnaryProgram); }

}  // namespace

std::vector<EngineEntry> proof_engines() { return {{native_info(), make_native}, {unary_info(), make_unary}}; }

}  // namespace redoubt::oracles
