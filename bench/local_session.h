// LocalSession: the loops of an in-process engine over lines and matches, the same for each of them, with the calls of
// the engine inlined. Time is that of the calling thread.
//
// A Matcher is: `static tl::expected<Matcher, std::string> make(const Pattern&)`; `bool find(haystack, begin)`, the
// first match at or after `begin`, with all groups, `^` at 0 alone; and `Span slot(g)` of the last match.
#pragma once

#include <time.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bench/engine.h"

namespace redoubt::bench {

inline double thread_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// Keeps the optimizer from dropping what a timed loop worked out.
inline void keep(std::uint64_t value) { asm volatile("" : : "r"(value) : "memory"); }

/// Calls `visit()` after each match; the iteration of pikevm::find_all, in bytes.
template <class Matcher, class Visit>
void for_each_match(Matcher& matcher, std::string_view haystack, const Visit& visit) {
  std::size_t begin = 0, last_end = kUnset;
  while (begin <= haystack.size() && matcher.find(haystack, begin)) {
    const Span span = matcher.slot(0);
    const bool empty = span.begin == span.end;
    if (!empty || span.begin != last_end) visit();
    last_end = span.end;
    begin = span.end + (empty ? 1 : 0);
  }
}

template <class Matcher>
class LocalSession : public Session {
 public:
  using Make = std::function<tl::expected<Matcher, std::string>(const Pattern&)>;

  static Opened open(const Row& row, const Work& work, const Make& make) {
    auto session = std::make_unique<LocalSession>(row, work, make);
    for (const Pattern& p : row.patterns) {
      auto matcher = make(p);
      if (!matcher) return tl::unexpected(std::move(matcher.error()));
      if (work.mode != Mode::kCompile) session->matcher_.emplace(std::move(*matcher));
    }
    return session;
  }

  LocalSession(const Row& row, const Work& work, Make make)
      : patterns_(row.patterns), work_(work), make_(std::move(make)), slots_(1 + row.patterns.front().groups) {}

  double time(std::uint64_t passes) override {
    std::uint64_t sum = 0;
    const double start = thread_nanoseconds();
    for (std::uint64_t k = 0; k < passes; ++k) {
      if (work_.mode == Mode::kCompile) {
        for (const Pattern& p : patterns_) sum += make_(p).has_value() ? 1 : 0;
      } else {
        // A caller who wants all groups looks at the last of them.
        pass([&] { sum += matcher_->slot(slots_ - 1).end; }, [] {});
      }
    }
    keep(sum);
    return thread_nanoseconds() - start;
  }

  Answer answer() override {
    Answer answer;
    if (work_.mode == Mode::kCompile) return answer;
    pass(
        [&] {
          ++answer.matches;
          const Span whole = matcher_->slot(0);
          Answer::mix(answer.spans, whole.begin);
          Answer::mix(answer.spans, whole.end);
          for (std::size_t g = 1; g < slots_; ++g) {
            const Span span = matcher_->slot(g);
            Answer::mix(answer.groups, span.begin);
            Answer::mix(answer.groups, span.end);
          }
        },
        [&] { Answer::mix(answer.spans, Answer::kNoMatch); });
    return answer;
  }

 private:
  template <class OnMatch, class OnNone>
  void pass(const OnMatch& on_match, const OnNone& on_none) {
    if (work_.mode == Mode::kLines) {
      for (std::string_view line : work_.lines) {
        if (matcher_->find(line, 0)) {
          on_match();
        } else {
          on_none();
        }
      }
      return;
    }
    if constexpr (requires { matcher_->find_all(work_.text, on_match); }) {
      matcher_->find_all(work_.text, on_match);
    } else {
      for_each_match(*matcher_, work_.text, on_match);
    }
  }

  const std::vector<Pattern> patterns_;
  const Work& work_;
  const Make make_;
  const std::size_t slots_;
  std::optional<Matcher> matcher_;
};

}  // namespace redoubt::bench
