// Boost.Regex, in its Perl syntax and in POSIX extended syntax. It throws where a search becomes too complex.
#include <string>
#include <vector>

#include "bench/engine.h"

#ifdef REDOUBT_BENCH_BOOST
#include <boost/regex.hpp>

#include "bench/local_session.h"
#endif

namespace redoubt::bench {

namespace {

EngineInfo info(bool posix) {
  return {posix ? "boost-posix" : "boost-perl", posix ? "Boost.Regex, POSIX extended" : "Boost.Regex, Perl syntax",
          posix ? Semantics::kLeftmostLongest : Semantics::kLeftmostFirst, true, false};
}

#ifdef REDOUBT_BENCH_BOOST

class BoostMatcher {
 public:
  static tl::expected<BoostMatcher, std::string> make(const Pattern& pattern, bool posix) {
    boost::regex::flag_type flags = posix ? boost::regex::extended : boost::regex::perl;
    if (pattern.icase) flags |= boost::regex::icase;
    try {
      return BoostMatcher(boost::regex(pattern.text, flags));
    } catch (const std::exception& error) {
      return tl::unexpected<std::string>(error.what());
    }
  }

  bool find(std::string_view haystack, std::size_t begin) {
    base_ = haystack.data();
    return boost::regex_search(base_ + begin, base_ + haystack.size(), found_, re_, boost::match_default, base_);
  }

  Span slot(std::size_t g) const {
    if (!found_[static_cast<int>(g)].matched) return {};
    return {static_cast<std::size_t>(found_[static_cast<int>(g)].first - base_),
            static_cast<std::size_t>(found_[static_cast<int>(g)].second - base_)};
  }

 private:
  explicit BoostMatcher(boost::regex re) : re_(std::move(re)) {}

  boost::regex re_;
  boost::cmatch found_;
  const char* base_ = nullptr;
};

Engine engine(bool posix) {
  return {info(posix), {}, [posix](const Row& row, const Work& work) {
            return LocalSession<BoostMatcher>::open(row, work,
                                                    [posix](const Pattern& p) { return BoostMatcher::make(p, posix); });
          }};
}

#else

Engine engine(bool posix) { return {info(posix), "libboost-regex-dev was not there at build time", {}}; }

#endif

}  // namespace

std::vector<Engine> boost_engines() { return {engine(false), engine(true)}; }

}  // namespace redoubt::bench
