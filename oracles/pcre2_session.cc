#include "oracles/pcre2_session.h"

#include <algorithm>

#include "syntax/mutants.h"

namespace redoubt::oracles {
namespace {

PCRE2_SPTR units(std::string_view text) {
  // The library takes no null pointer, not even for an empty text.
  return reinterpret_cast<PCRE2_SPTR>(text.data() == nullptr ? "" : text.data());
}

/// "match limit exceeded (-47)"
std::string error_text(int code) {
  PCRE2_UCHAR buffer[256];
  int length = pcre2_get_error_message(code, buffer, sizeof buffer);
  std::string text = length > 0 ? std::string(reinterpret_cast<char*>(buffer), static_cast<std::size_t>(length))
                                : std::string("unknown error");
  return text + " (" + std::to_string(code) + ")";
}

OutcomeKind kind_of_compile_error(int code) {
  switch (code) {
    case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP:
    case PCRE2_ERROR_QUERY_BARJX_NEST_TOO_DEEP:
    case PCRE2_ERROR_PATTERN_TOO_LARGE:
    case PCRE2_ERROR_PATTERN_TOO_COMPLICATED:
    case PCRE2_ERROR_PATTERN_STRING_TOO_LONG:
    case PCRE2_ERROR_QUANTIFIER_TOO_BIG:
    case PCRE2_ERROR_TOO_MANY_NAMED_SUBPATTERNS:
    case PCRE2_ERROR_HEAP_FAILED:
      return OutcomeKind::kLimit;
    default:
      return OutcomeKind::kRejected;
  }
}

bool is_utf_error(int code) { return code <= PCRE2_ERROR_UTF8_ERR1 && code >= PCRE2_ERROR_UTF8_ERR21; }

void set_match_error(int code, Outcome& outcome) {
  if (is_utf_error(code)) return set_reason(outcome, OutcomeKind::kUnsupported, "ill-formed UTF-8 is refused");
  switch (code) {
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_NOMEMORY:
    case PCRE2_ERROR_JIT_STACKLIMIT:
    case PCRE2_ERROR_DFA_WSSIZE:
    case PCRE2_ERROR_DFA_RECURSE:
      return set_reason(outcome, OutcomeKind::kLimit, error_text(code));
    case PCRE2_ERROR_BADUTFOFFSET:
    case PCRE2_ERROR_BADOPTION:
    case PCRE2_ERROR_JIT_BADOPTION:
    case PCRE2_ERROR_DFA_UITEM:
    case PCRE2_ERROR_DFA_UCOND:
      return set_reason(outcome, OutcomeKind::kUnsupported, error_text(code));
    default:
      // Whatever is left is the library saying that something inside it went wrong.
      return set_reason(outcome, OutcomeKind::kCrashed, error_text(code));
  }
}

}  // namespace

Pcre2Session::Pcre2Session()
    : compile_context_(pcre2_compile_context_create(nullptr)),
      match_context_(pcre2_match_context_create(nullptr)),
      jit_stack_(pcre2_jit_stack_create(32 * 1024, kPcre2JitStackBytes, nullptr)),
      single_(pcre2_match_data_create(1, nullptr)),
      many_(pcre2_match_data_create(static_cast<std::uint32_t>(many_pairs_), nullptr)),
      workspace_(4096) {
  pcre2_set_newline(compile_context_.get(), PCRE2_NEWLINE_LF);
  pcre2_set_parens_nest_limit(compile_context_.get(), kPcre2ParensLimit);
  pcre2_set_match_limit(match_context_.get(), kPcre2MatchLimit);
  pcre2_set_depth_limit(match_context_.get(), kPcre2MatchLimit);
  pcre2_set_heap_limit(match_context_.get(), kPcre2HeapLimitKib);
  if (jit_stack_) pcre2_jit_stack_assign(match_context_.get(), nullptr, jit_stack_.get());
}

std::variant<Pcre2Code, Outcome> Pcre2Session::compile(std::string_view pattern, std::uint32_t options,
                                                       std::uint32_t jit_options) const {
  int error = 0;
  std::size_t offset = 0;
  Pcre2Code code(pcre2_compile(units(pattern), pattern.size(), options, &error, &offset, compile_context_.get()));
  if (!code) {
    Outcome outcome;
    set_reason(outcome, kind_of_compile_error(error), error_text(error) + " at byte " + std::to_string(offset));
    return outcome;
  }
  if (jit_options != 0) {
    if (int rc = pcre2_jit_compile(code.get(), jit_options); rc != 0) {
      Outcome outcome;
      set_reason(outcome, OutcomeKind::kUnsupported, "no JIT code: " + error_text(rc));
      return outcome;
    }
  }
  return code;
}

pcre2_match_data* Pcre2Session::match_data(std::size_t pairs) {
  if (pairs == 1) return single_.get();
  if (pairs > many_pairs_) {
    many_pairs_ = std::max(pairs, 2 * many_pairs_);
    many_.reset(pcre2_match_data_create(static_cast<std::uint32_t>(many_pairs_), nullptr));
  }
  return many_.get();
}

int Pcre2Session::call_dfa(const pcre2_code* code, std::string_view haystack, const Pcre2Ask& ask,
                           pcre2_match_data* data) {
  for (;;) {
    int rc = pcre2_dfa_match(code, units(haystack), haystack.size(), ask.start, ask.options, data, match_context_.get(),
                             workspace_.data(), workspace_.size());
    if (rc != PCRE2_ERROR_DFA_WSSIZE || workspace_.size() >= kPcre2WorkspaceInts) return rc;
    workspace_.resize(4 * workspace_.size());
  }
}

int Pcre2Session::call(const pcre2_code* code, std::string_view haystack, const Pcre2Ask& ask, pcre2_match_data* data) {
  PCRE2_SPTR text = units(haystack);
  switch (ask.call) {
    case Pcre2Call::kInterpreter:
      return pcre2_match(code, text, haystack.size(), ask.start, ask.options | PCRE2_NO_JIT, data,
                         match_context_.get());
    case Pcre2Call::kJit:
      return pcre2_match(code, text, haystack.size(), ask.start, ask.options, data, match_context_.get());
    case Pcre2Call::kJitFast:
      return pcre2_jit_match(code, text, haystack.size(), ask.start, ask.options, data, match_context_.get());
    case Pcre2Call::kDfa:
      return call_dfa(code, haystack, ask, data);
  }
  return PCRE2_ERROR_INTERNAL;
}

void Pcre2Session::ask(const pcre2_code* code, std::string_view haystack, const Pcre2Ask& ask, Claim claim,
                       std::size_t slots, Outcome& outcome) {
  Pcre2Ptr<pcre2_match_data> own;
  if (ask.fresh) own.reset(pcre2_match_data_create(static_cast<std::uint32_t>(ask.pairs), nullptr));
  pcre2_match_data* data = own ? own.get() : match_data(ask.pairs);
  if (data == nullptr) return set_reason(outcome, OutcomeKind::kLimit, "no memory for match data");

  int rc = call(code, haystack, ask, data);
  if (rc == PCRE2_ERROR_NOMATCH || rc == PCRE2_ERROR_PARTIAL) return set_no_match(outcome, claim);
  if (rc < 0) return set_match_error(rc, outcome);
  set_match(outcome, claim, slots);
  // rc is one more than the highest group that was set, or 0 when there were more than `pairs`. After a DFA match it
  // counts match ends, of which the first is the longest.
  std::size_t given = rc == 0 ? ask.pairs : std::min(static_cast<std::size_t>(rc), ask.pairs);
  given = ask.call == Pcre2Call::kDfa ? 1 : std::min(given, slots);
  const std::size_t* offsets = pcre2_get_ovector_pointer(data);
  if (ask.all_ends && rc > 0) {  // rc == 0: there were more than `pairs`, and the list would be cut
    for (int k = 0; k < rc; ++k) outcome.ends.push_back(offsets[2 * k + 1]);
  }
  for (std::size_t k = 0; k < given; ++k) {
    const std::size_t slot = REDOUBT_MUTANT(adapter_group_shift) && k > 0 ? k % (slots - 1) + 1 : k;
    outcome.slots[slot] = Span{offsets[2 * k], offsets[2 * k + 1]};
  }
}

std::string pcre2_version() {
  char buffer[64] = {};
  pcre2_config(PCRE2_CONFIG_VERSION, buffer);
  return buffer;
}

}  // namespace redoubt::oracles
