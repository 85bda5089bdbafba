// Pcre2Session: what the PCRE2 adapters share: compile and match contexts with the limits below, match data, JIT stack
// and DFA workspace, all reused from call to call. One thread at a time; it decides nothing about which question is
// put. Only pcre2*.cc files include this header, so that <pcre2.h> stays among them.
#pragma once

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "oracles/oracle.h"

namespace redoubt::oracles {

/// Backtracking points per match; the library's default is 10,000,000, at which one bomb takes half a second.
inline constexpr std::uint32_t kPcre2MatchLimit = 200'000;
inline constexpr std::uint32_t kPcre2HeapLimitKib = 256 * 1024;
inline constexpr std::uint32_t kPcre2ParensLimit = 2000;
inline constexpr std::size_t kPcre2JitStackBytes = 16 << 20;
inline constexpr std::size_t kPcre2WorkspaceInts = std::size_t{4} << 20;

struct Pcre2Deleter {
  void operator()(pcre2_code* p) const { pcre2_code_free(p); }
  void operator()(pcre2_compile_context* p) const { pcre2_compile_context_free(p); }
  void operator()(pcre2_match_context* p) const { pcre2_match_context_free(p); }
  void operator()(pcre2_match_data* p) const { pcre2_match_data_free(p); }
  void operator()(pcre2_jit_stack* p) const { pcre2_jit_stack_free(p); }
};
template <class T>
using Pcre2Ptr = std::unique_ptr<T, Pcre2Deleter>;
using Pcre2Code = Pcre2Ptr<pcre2_code>;

/// Which of the library's matchers is called.
enum class Pcre2Call : std::uint8_t {
  kInterpreter,  ///< pcre2_match with PCRE2_NO_JIT
  kJit,          ///< pcre2_match on a code with JIT
  kJitFast,      ///< pcre2_jit_match: no checks at all
  kDfa,          ///< pcre2_dfa_match
};

/// One call of the library.
struct Pcre2Ask {
  Pcre2Call call = Pcre2Call::kInterpreter;
  std::uint32_t options = 0;
  std::size_t start = 0;  ///< offset at which the search starts; looks see what lies before
  std::size_t pairs = 1;  ///< spans asked for: 1 + groups, or fewer
  bool all_ends = false;  ///< kDfa: report every end; `pairs` bounds how many are asked for
  bool fresh = false;     ///< match data of its own instead of the shared ones
};

/// Assigns without a temporary string, for reasons that come up once per haystack.
inline void set_reason(Outcome& outcome, OutcomeKind kind, std::string_view why) {
  outcome.kind = kind;
  outcome.claim = Claim::kNothing;
  outcome.slots.clear();
  outcome.ends.clear();
  outcome.why.assign(why);
}

class Pcre2Session {
 public:
  Pcre2Session();

  /// The compiled pattern, or kRejected, kLimit (nesting, size, memory) or kUnsupported (no JIT for it).
  /// `jit_options` 0: no JIT.
  std::variant<Pcre2Code, Outcome> compile(std::string_view pattern, std::uint32_t options,
                                           std::uint32_t jit_options) const;

  /// Puts one question; `claim` is what a match or no match will claim, `slots` the size of outcome.slots. Spans
  /// beyond those asked for are unset. Only failures allocate.
  void ask(const pcre2_code* code, std::string_view haystack, const Pcre2Ask& ask, Claim claim, std::size_t slots,
           Outcome& outcome);

 private:
  pcre2_match_data* match_data(std::size_t pairs);
  int call(const pcre2_code* code, std::string_view haystack, const Pcre2Ask& ask, pcre2_match_data* data);
  int call_dfa(const pcre2_code* code, std::string_view haystack, const Pcre2Ask& ask, pcre2_match_data* data);

  Pcre2Ptr<pcre2_compile_context> compile_context_;
  Pcre2Ptr<pcre2_match_context> match_context_;
  Pcre2Ptr<pcre2_jit_stack> jit_stack_;
  Pcre2Ptr<pcre2_match_data> single_;  ///< one pair
  std::size_t many_pairs_ = 64;
  Pcre2Ptr<pcre2_match_data> many_;  ///< many_pairs_ pairs
  std::vector<int> workspace_;
};

/// "10.42 2022-12-11"
std::string pcre2_version();

}  // namespace redoubt::oracles
