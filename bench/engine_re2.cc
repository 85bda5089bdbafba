// RE2 with captures on, in both of its modes. Its longest mode claims spans; its groups are not POSIX's.
#include <re2/re2.h>

#include <memory>
#include <string>
#include <vector>

#include "bench/local_session.h"

namespace redoubt::bench {

namespace {

class Re2Matcher {
 public:
  static tl::expected<Re2Matcher, std::string> make(const Pattern& pattern, bool longest) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_longest_match(longest);
    options.set_case_sensitive(!pattern.icase);
    options.set_max_mem(std::int64_t{1} << 30);
    auto re = std::make_unique<RE2>(pattern.text, options);
    if (!re->ok()) return tl::unexpected(re->error());
    return Re2Matcher(std::move(re), 1 + pattern.groups);
  }

  bool find(std::string_view haystack, std::size_t begin) {
    base_ = haystack.data();
    return re_->Match({base_, haystack.size()}, begin, haystack.size(), RE2::UNANCHORED, pieces_.data(),
                      static_cast<int>(pieces_.size()));
  }

  Span slot(std::size_t g) const {
    const re2::StringPiece& piece = pieces_[g];
    if (piece.data() == nullptr) return {};
    const auto begin = static_cast<std::size_t>(piece.data() - base_);
    return {begin, begin + piece.size()};
  }

 private:
  Re2Matcher(std::unique_ptr<RE2> re, std::size_t slots) : re_(std::move(re)), pieces_(slots) {}

  std::unique_ptr<RE2> re_;
  std::vector<re2::StringPiece> pieces_;
  const char* base_ = nullptr;
};

Engine engine(std::string name, bool longest) {
  return {{std::move(name), longest ? "RE2, longest_match" : "RE2, leftmost-first",
           longest ? Semantics::kLeftmostLongest : Semantics::kLeftmostFirst, !longest, false},
          {},
          [longest](const Row& row, const Work& work) {
            return LocalSession<Re2Matcher>::open(row, work,
                                                  [longest](const Pattern& p) { return Re2Matcher::make(p, longest); });
          }};
}

}  // namespace

std::vector<Engine> re2_engines() { return {engine("re2", false), engine("re2-longest", true)}; }

}  // namespace redoubt::bench
