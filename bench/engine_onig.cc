// Oniguruma, Perl syntax. Its library has functions named regcomp and regexec that would take the place of the C
// library's if it were linked, so it is loaded at run time with its names kept to itself.
#include <string>
#include <vector>

#include "bench/engine.h"

#ifdef REDOUBT_BENCH_ONIG
#include <dlfcn.h>
#include <oniguruma.h>

#include <memory>
#include <stdexcept>

#include "bench/local_session.h"
#endif

namespace redoubt::bench {

namespace {
const EngineInfo kInfo{"oniguruma", "Oniguruma, Perl syntax", Semantics::kLeftmostFirst, true, false};
}  // namespace

#ifdef REDOUBT_BENCH_ONIG

namespace {

/// What is used of the library.
struct Library {
  void* handle = dlopen("libonig.so.5", RTLD_NOW | RTLD_LOCAL);
  decltype(&::onig_new) create = function<decltype(&::onig_new)>("onig_new");
  decltype(&::onig_free) free = function<decltype(&::onig_free)>("onig_free");
  decltype(&::onig_search) search = function<decltype(&::onig_search)>("onig_search");
  decltype(&::onig_region_new) region_new = function<decltype(&::onig_region_new)>("onig_region_new");
  decltype(&::onig_region_free) region_free = function<decltype(&::onig_region_free)>("onig_region_free");
  decltype(&::onig_initialize) initialize = function<decltype(&::onig_initialize)>("onig_initialize");
  OnigEncoding ascii = function<OnigEncoding>("OnigEncodingASCII");
  OnigSyntaxType* perl = function<OnigSyntaxType*>("OnigSyntaxPerl");

  bool complete() const {
    return handle != nullptr && create != nullptr && free != nullptr && search != nullptr && region_new != nullptr &&
           region_free != nullptr && initialize != nullptr && ascii != nullptr && perl != nullptr;
  }
  static const Library& get() {
    static const Library kOne;
    static const int kReady = [] {
      OnigEncoding encodings[] = {kOne.ascii};
      return kOne.complete() ? kOne.initialize(encodings, 1) : -1;
    }();
    (void)kReady;
    return kOne;
  }

 private:
  template <class T>
  T function(const char* name) {
    return handle == nullptr ? nullptr : reinterpret_cast<T>(dlsym(handle, name));
  }
};

struct Free {
  void operator()(OnigRegexType* re) const { Library::get().free(re); }
  void operator()(OnigRegion* region) const { Library::get().region_free(region, 1); }
};

class OnigMatcher {
 public:
  static tl::expected<OnigMatcher, std::string> make(const Pattern& pattern) {
    const Library& library = Library::get();
    const auto* text = reinterpret_cast<const OnigUChar*>(pattern.text.data());
    OnigRegex re = nullptr;
    OnigErrorInfo error{};
    const int result =
        library.create(&re, text, text + pattern.text.size(), pattern.icase ? ONIG_OPTION_IGNORECASE : ONIG_OPTION_NONE,
                       library.ascii, library.perl, &error);
    if (result != ONIG_NORMAL) return tl::unexpected("error " + std::to_string(result));
    return OnigMatcher(re);
  }

  bool find(std::string_view haystack, std::size_t begin) {
    const auto* text = reinterpret_cast<const OnigUChar*>(haystack.data());
    const OnigUChar* end = text + haystack.size();
    const int result = Library::get().search(re_.get(), text, end, text + begin, end, region_.get(), ONIG_OPTION_NONE);
    if (result < 0 && result != ONIG_MISMATCH) throw std::runtime_error("onig_search: error " + std::to_string(result));
    return result >= 0;
  }

  Span slot(std::size_t g) const {
    if (region_->beg[g] < 0) return {};
    return {static_cast<std::size_t>(region_->beg[g]), static_cast<std::size_t>(region_->end[g])};
  }

 private:
  explicit OnigMatcher(OnigRegex re) : re_(re), region_(Library::get().region_new()) {}

  std::unique_ptr<OnigRegexType, Free> re_;
  std::unique_ptr<OnigRegion, Free> region_;
};

}  // namespace

std::vector<Engine> onig_engines() {
  if (!Library::get().complete()) return {{kInfo, "libonig.so.5 cannot be loaded", {}}};
  return {{kInfo, {}, [](const Row& row, const Work& work) {
             return LocalSession<OnigMatcher>::open(row, work, OnigMatcher::make);
           }}};
}

#else

std::vector<Engine> onig_engines() { return {{kInfo, "libonig-dev was not there at build time", {}}}; }

#endif

}  // namespace redoubt::bench
