// This project's engine, in both semantics: as it is ("whole"), and as a plain simulation of the program ("bare": no
// one-pass programs, no prefilters, nothing remembered), which is what other PikeVMs are to be held against.
#include <memory>
#include <string>

#include "bench/local_session.h"
#include "pikevm/find_all.h"
#include "pikevm/pikevm.h"
#include "syntax/parser.h"

namespace redoubt::bench {

namespace {

struct Variant {
  Semantics semantics;
  bool bare;
};

pikevm::Optimizations optimizations(bool bare) {
  using pikevm::Optimization;
  using pikevm::Optimizations;
  if (!bare) return Optimizations::all();
  return Optimizations::none()
      .with(Optimization::kSimplify)
      .with(Optimization::kPositions)
      .with(Optimization::kCopies)
      .with(Optimization::kSplit);
}

class RedoubtMatcher {
 public:
  static tl::expected<RedoubtMatcher, std::string> make(const Pattern& pattern, Variant variant) {
    syntax::ParseOptions parse;
    parse.icase = pattern.icase;
    parse.limits.repeat_count = 20000;
    auto regex = syntax::parse(pattern.text, parse);
    if (!regex) return tl::unexpected(syntax::to_string(regex.error()));
    pikevm::Options options;
    options.semantics = variant.semantics;
    options.program_budget_bytes = std::size_t{1} << 30;
    options.optimizations = optimizations(variant.bare);
    auto program = pikevm::compile(*std::move(regex), options);
    if (!program) return tl::unexpected(program.error().message);
    return RedoubtMatcher(std::move(*program));
  }

  bool find(std::string_view haystack, std::size_t begin) {
    search_.haystack = haystack;
    search_.begin = begin;
    return pikevm::search(*program_, scratch(), search_, slots_) == pikevm::Result::kMatch;
  }

  template <class Visit>
  void find_all(std::string_view haystack, const Visit& visit) {
    search_.haystack = haystack;
    search_.begin = 0;
    pikevm::find_all(*program_, scratch(), search_, slots_, [&](const Slots&) {
      visit();
      return true;
    });
  }

  Span slot(std::size_t g) const { return slots_[g]; }

 private:
  explicit RedoubtMatcher(std::shared_ptr<const pikevm::Program> program) : program_(std::move(program)) {
    search_.memory_limit_bytes = std::size_t{4} << 30;
  }

  /// One for all programs of the thread, as a caller would have it.
  static pikevm::Scratch& scratch() {
    static thread_local pikevm::Scratch one;
    return one;
  }

  std::shared_ptr<const pikevm::Program> program_;
  pikevm::Search search_;
  Slots slots_;
};

Engine engine(std::string name, std::string what, Variant variant) {
  return {{std::move(name), std::move(what), variant.semantics, true, false},
          {},
          [variant](const Row& row, const Work& work) {
            return LocalSession<RedoubtMatcher>::open(
                row, work, [variant](const Pattern& p) { return RedoubtMatcher::make(p, variant); });
          }};
}

}  // namespace

std::vector<Engine> redoubt_engines() {
  return {engine("redoubt", "this engine, leftmost-first", {Semantics::kLeftmostFirst, false}),
          engine("redoubt-posix", "this engine, leftmost-longest", {Semantics::kLeftmostLongest, false}),
          engine("redoubt-bare", "its plain simulation, leftmost-first", {Semantics::kLeftmostFirst, true}),
          engine("redoubt-posix-bare", "its plain simulation, leftmost-longest", {Semantics::kLeftmostLongest, true})};
}

}  // namespace redoubt::bench
