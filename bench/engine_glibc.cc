// The C library's regexec, extended syntax. It claims spans; its groups differ from POSIX's here and there. The test
// for __GLIBC__ leaves other C libraries, which have no REG_STARTEND, listed as unavailable.
#include <features.h>
#include <regex.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/local_session.h"

namespace redoubt::bench {

#if defined(__GLIBC__) && defined(REG_STARTEND)

namespace {

struct Free {
  void operator()(regex_t* re) const {
    regfree(re);
    delete re;
  }
};

class GlibcMatcher {
 public:
  static tl::expected<GlibcMatcher, std::string> make(const Pattern& pattern) {
    auto raw = std::make_unique<regex_t>();
    const int error = regcomp(raw.get(), pattern.text.c_str(), REG_EXTENDED | (pattern.icase ? REG_ICASE : 0));
    if (error != 0) {
      char text[256];
      regerror(error, raw.get(), text, sizeof text);
      return tl::unexpected<std::string>(text);
    }
    return GlibcMatcher(std::unique_ptr<regex_t, Free>(raw.release()), 1 + pattern.groups);
  }

  bool find(std::string_view haystack, std::size_t begin) {
    slots_[0].rm_so = static_cast<regoff_t>(begin);
    slots_[0].rm_eo = static_cast<regoff_t>(haystack.size());
    const int flags = REG_STARTEND | (begin > 0 ? REG_NOTBOL : 0);
    const int result = regexec(re_.get(), haystack.data(), slots_.size(), slots_.data(), flags);
    if (result != 0 && result != REG_NOMATCH) throw std::runtime_error("regexec: error " + std::to_string(result));
    return result == 0;
  }

  Span slot(std::size_t g) const {
    if (slots_[g].rm_so < 0) return {};
    return {static_cast<std::size_t>(slots_[g].rm_so), static_cast<std::size_t>(slots_[g].rm_eo)};
  }

 private:
  GlibcMatcher(std::unique_ptr<regex_t, Free> re, std::size_t slots) : re_(std::move(re)), slots_(slots) {}

  std::unique_ptr<regex_t, Free> re_;
  std::vector<regmatch_t> slots_;
};

}  // namespace

std::vector<Engine> glibc_engines() {
  return {{{"glibc", "the C library's regexec", Semantics::kLeftmostLongest, false, false},
           {},
           [](const Row& row, const Work& work) {
             return LocalSession<GlibcMatcher>::open(row, work, GlibcMatcher::make);
           }}};
}

#else

std::vector<Engine> glibc_engines() {
  return {{{"glibc", "the C library's regexec", Semantics::kLeftmostLongest, false, false},
           "the C library is not glibc",
           {}}};
}

#endif

}  // namespace redoubt::bench
