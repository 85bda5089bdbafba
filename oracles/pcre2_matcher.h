// Pcre2Matcher: one pattern for one of the four PCRE2 engines, and the table of modes in which the same question can be
// put to each. Codes for modes are compiled when a mode is first asked for. Only pcre2*.cc files include this header.
#pragma once

#include <optional>

#include "oracles/pcre2_session.h"

namespace redoubt::oracles {

enum class Pcre2Engine : std::uint8_t { kInterpreter, kJit, kDfa, kDfaEnds, kStock };

/// From where and how a mode asks, given run()'s answer.
enum class Pcre2How : std::uint8_t {
  kPlain,
  kAnchoredAtMatch,  ///< PCRE2_ANCHORED at the start that run() found, or at 0 where it found none
  kStartAtMatch,     ///< a search that starts where run() found a match
  kEndAnchored,      ///< PCRE2_ENDANCHORED, where run()'s match ends at the end or there is none
  kWarm,             ///< the same call twice, the second counts
  kCold,             ///< fresh code and fresh match data
  kSerialized,       ///< a code that was serialized and read back
  kAsciiUtf,         ///< PCRE2_UTF in byte mode, for haystacks of ASCII alone
};

struct Pcre2Mode {
  const char* name;
  Pcre2Call call;
  Pcre2How how = Pcre2How::kPlain;
  std::uint32_t compile_options = 0;  ///< added to the engine's
  std::uint32_t jit_options = 0;      ///< for pcre2_jit_compile; 0: no JIT
  std::uint32_t match_options = 0;
  Claim claim = Claim::kCaptures;  ///< the most that this mode claims
};

std::span<const Pcre2Mode> pcre2_modes(Pcre2Engine engine);
Pcre2Call pcre2_main_call(Pcre2Engine engine);
std::uint32_t pcre2_main_jit_options(Pcre2Engine engine);

/// A pattern as it is handed to the library.
struct Pcre2Pattern {
  Pcre2Engine engine;
  Encoding encoding;
  std::string text;
  std::uint32_t compile_options;
  Claim claim;
  std::size_t slots;  ///< 1 + groups of the tree
};

class Pcre2Matcher : public Matcher {
 public:
  Pcre2Matcher(Pcre2Session& session, Pcre2Pattern pattern, Pcre2Code code);

  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override;
  void run_mode(std::size_t mode, std::span<const std::string_view> haystacks, std::span<const Outcome> base,
                std::span<Outcome> outcomes) override;
  std::string text() const override { return pattern_.text; }

 private:
  /// The code for a mode, made on first use, or the outcome that stands for all its answers.
  const std::variant<Pcre2Code, Outcome>& mode_code(std::size_t mode);
  std::variant<Pcre2Code, Outcome> make_mode_code(const Pcre2Mode& mode) const;
  std::variant<Pcre2Code, Outcome> serialized_copy() const;

  Pcre2Session& session_;
  Pcre2Pattern pattern_;
  Pcre2Code code_;
  Pcre2Ask main_;
  std::vector<std::optional<std::variant<Pcre2Code, Outcome>>> mode_codes_;
};

}  // namespace redoubt::oracles
