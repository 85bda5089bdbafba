// PCRE2: the interpreter, and the JIT with a stack of its own. No UTF, dollar at the very end only, limits raised.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "bench/local_session.h"

namespace redoubt::bench {

namespace {

struct Free {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
  void operator()(pcre2_jit_stack* stack) const { pcre2_jit_stack_free(stack); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// One for all patterns of the thread, as a caller would have it.
pcre2_match_context* match_context() {
  static thread_local Owned<pcre2_jit_stack> stack(pcre2_jit_stack_create(32 * 1024, 16 << 20, nullptr));
  static thread_local Owned<pcre2_match_context> context = [] {
    Owned<pcre2_match_context> made(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(made.get(), 2000000000);
    pcre2_set_depth_limit(made.get(), 2000000000);
    pcre2_set_heap_limit(made.get(), 4U << 20);
    pcre2_jit_stack_assign(made.get(), nullptr, stack.get());
    return made;
  }();
  return context.get();
}

std::string message(int code) {
  PCRE2_UCHAR text[256];
  pcre2_get_error_message(code, text, sizeof text);
  return reinterpret_cast<const char*>(text);
}

class Pcre2Matcher {
 public:
  static tl::expected<Pcre2Matcher, std::string> make(const Pattern& pattern, bool jit) {
    int error = 0;
    PCRE2_SIZE offset = 0;
    const std::uint32_t options = PCRE2_DOLLAR_ENDONLY | (pattern.icase ? PCRE2_CASELESS : 0);
    Owned<pcre2_code> code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.text.data()), pattern.text.size(),
                                         options, &error, &offset, nullptr));
    if (code == nullptr) return tl::unexpected(message(error));
    if (jit) {
      error = pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
      if (error != 0) return tl::unexpected(message(error));
    }
    return Pcre2Matcher(std::move(code), jit);
  }

  bool find(std::string_view haystack, std::size_t begin) {
    if (data_ == nullptr) {  // not a part of compiling
      data_.reset(pcre2_match_data_create_from_pattern(code_.get(), nullptr));
      offsets_ = pcre2_get_ovector_pointer(data_.get());
    }
    const auto* text = reinterpret_cast<PCRE2_SPTR>(haystack.data());
    const int result =
        jit_ ? pcre2_jit_match(code_.get(), text, haystack.size(), begin, 0, data_.get(), match_context())
             : pcre2_match(code_.get(), text, haystack.size(), begin, PCRE2_NO_JIT, data_.get(), match_context());
    if (result < 0 && result != PCRE2_ERROR_NOMATCH) throw std::runtime_error(message(result));
    return result > 0;
  }

  /// PCRE2_UNSET and kUnset are the same value. It clears the offsets of groups beyond the last one that was set.
  Span slot(std::size_t g) const { return {offsets_[2 * g], offsets_[2 * g + 1]}; }

 private:
  Pcre2Matcher(Owned<pcre2_code> code, bool jit) : code_(std::move(code)), jit_(jit) {}

  Owned<pcre2_code> code_;
  Owned<pcre2_match_data> data_;
  const PCRE2_SIZE* offsets_ = nullptr;
  bool jit_;
};

Engine engine(std::string name, bool jit) {
  return {{std::move(name), jit ? "PCRE2, JIT" : "PCRE2, interpreter", Semantics::kLeftmostFirst, true, false},
          {},
          [jit](const Row& row, const Work& work) {
            return LocalSession<Pcre2Matcher>::open(row, work,
                                                    [jit](const Pattern& p) { return Pcre2Matcher::make(p, jit); });
          }};
}

}  // namespace

std::vector<Engine> pcre2_engines() { return {engine("pcre2", false), engine("pcre2-jit", true)}; }

}  // namespace redoubt::bench
