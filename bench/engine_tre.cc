// TRE, extended syntax: POSIX with groups, by byte offsets.
#include <string>
#include <vector>

#include "bench/engine.h"

#ifdef REDOUBT_BENCH_TRE
#include <tre/tre.h>

#include <memory>
#include <stdexcept>

#include "bench/local_session.h"
#endif

namespace redoubt::bench {

namespace {
const EngineInfo kInfo{"tre", "TRE", Semantics::kLeftmostLongest, true, false};
}  // namespace

#ifdef REDOUBT_BENCH_TRE

namespace {

struct Free {
  void operator()(regex_t* re) const {
    tre_regfree(re);
    delete re;
  }
};

class TreMatcher {
 public:
  static tl::expected<TreMatcher, std::string> make(const Pattern& pattern) {
    auto raw = std::make_unique<regex_t>();
    const int flags = REG_EXTENDED | (pattern.icase ? REG_ICASE : 0);
    const int error = tre_regncomp(raw.get(), pattern.text.data(), pattern.text.size(), flags);
    if (error != 0) {
      char text[256];
      tre_regerror(error, raw.get(), text, sizeof text);
      return tl::unexpected<std::string>(text);
    }
    return TreMatcher(std::unique_ptr<regex_t, Free>(raw.release()), 1 + pattern.groups);
  }

  bool find(std::string_view haystack, std::size_t begin) {
    const std::string_view rest = haystack.substr(begin);
    base_ = begin;
    const int result =
        tre_regnexec(re_.get(), rest.data(), rest.size(), slots_.size(), slots_.data(), begin > 0 ? REG_NOTBOL : 0);
    if (result != 0 && result != REG_NOMATCH) throw std::runtime_error("regnexec: error " + std::to_string(result));
    return result == 0;
  }

  Span slot(std::size_t g) const {
    if (slots_[g].rm_so < 0) return {};
    return {base_ + static_cast<std::size_t>(slots_[g].rm_so), base_ + static_cast<std::size_t>(slots_[g].rm_eo)};
  }

 private:
  TreMatcher(std::unique_ptr<regex_t, Free> re, std::size_t slots) : re_(std::move(re)), slots_(slots) {}

  std::unique_ptr<regex_t, Free> re_;
  std::vector<regmatch_t> slots_;
  std::size_t base_ = 0;
};

}  // namespace

std::vector<Engine> tre_engines() {
  return {{kInfo, {}, [](const Row& row, const Work& work) {
             return LocalSession<TreMatcher>::open(row, work, TreMatcher::make);
           }}};
}

#else

std::vector<Engine> tre_engines() { return {{kInfo, "libtre-dev was not there at build time", {}}}; }

#endif

}  // namespace redoubt::bench
