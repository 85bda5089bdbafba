// One Regex, one RegexSet and one Program used by several threads at once, from their first use on, each with memory of
// its own: the answers are those of a single thread. For ThreadSanitizer, which also sees what the answers do not show.
// The input is a PikevmCase.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "fuzz/pikevm_case.h"
#include "pikevm/pikevm.h"
#include "redoubt/regex.h"
#include "redoubt/regex_set.h"
#include "redoubt/scratch.h"
#include "syntax/printer.h"

namespace {

using namespace redoubt;
using fuzz::PikevmCase;

constexpr std::size_t kThreads = 3;
constexpr std::size_t kMostMatches = 20;

/// What is shared: compiled twice from one input, so that one of the two is not warm.
struct Shared {
  std::vector<Regex> regexes;
  std::optional<RegexSet> set;
  std::shared_ptr<const pikevm::Program> program;
};

/// Everything that was answered about a haystack, in the order in which it was asked.
struct Answers {
  std::vector<int> results;
  std::vector<Span> spans;
  std::vector<std::uint64_t> matched;
  friend bool operator==(const Answers&, const Answers&) = default;

  void add(int result, std::span<const Span> found) {
    results.push_back(result);
    spans.insert(spans.end(), found.begin(), found.end());
  }
};

class Case {
 public:
  explicit Case(std::span<const std::uint8_t> bytes) : input_(bytes) {
    options_.semantics = input_.options().semantics;
    options_.encoding = input_.options().encoding;
    options_.limits.program_bytes = input_.options().program_budget_bytes;
    program_options_ = input_.options();
    if (!input_.choices().one_in(2)) return;
    program_options_.optimizations = input_.optimizations();
    for (std::uint32_t k = 0; k < pikevm::kOptimizationCount; ++k) {
      const auto optimization = static_cast<pikevm::Optimization>(k);
      if (program_options_.optimizations.has(optimization)) continue;
      options_.disabled_optimizations |= optimization_bit(pikevm::kOptimizationNames[k]).value_or(0);
    }
  }

  void run() {
    Scratch scratch;
    const Shared alone = compile();
    std::vector<Answers> expected;
    for (const std::string& haystack : input_.haystacks()) expected.push_back(ask(alone, haystack, scratch));

    const Shared shared = compile();
    std::vector<Answers> found[kThreads];
    std::atomic<std::size_t> ready = 0;
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        ++ready;
        while (ready.load() < kThreads) std::this_thread::yield();
        found[t] = ask_all(shared, t);
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t t = 0; t < kThreads; ++t) compare(expected, found[t]);
  }

 private:
  Shared compile() const {
    Shared shared;
    std::vector<std::string> texts;
    std::vector<Rule> rules;
    for (const syntax::Regex& pattern : input_.patterns()) {
      auto text = syntax::print(pattern, syntax::PrintDialect::kPerl, options_.encoding);
      if (!text) continue;
      auto regex = Regex::compile(*text, options_);
      if (!regex) continue;
      shared.regexes.push_back(std::move(*regex));
      texts.push_back(std::move(*text));
    }
    for (const std::string& text : texts) rules.push_back({.pattern = text});
    SetOptions set_options;
    set_options.regex = options_;
    if (auto set = RegexSet::compile(rules, set_options)) shared.set = std::move(*set);
    if (auto program = pikevm::compile(input_.patterns()[0], program_options_)) shared.program = std::move(*program);
    return shared;
  }

  /// As one of the threads, which begin at different haystacks and with memory from a pool or their own.
  std::vector<Answers> ask_all(const Shared& shared, std::size_t thread) {
    const std::vector<std::string>& haystacks = input_.haystacks();
    std::vector<Answers> answers(haystacks.size());
    Scratch own;
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      const std::size_t at = (k + thread) % haystacks.size();
      if (thread == 0) {
        answers[at] = ask(shared, haystacks[at], own);
      } else {
        ScratchPool::Loan loan = pool_.borrow();
        answers[at] = ask(shared, haystacks[at], *loan);
      }
    }
    return answers;
  }

  static Answers ask(const Shared& shared, std::string_view haystack, Scratch& scratch) {
    Answers answers;
    const Input input{.haystack = haystack};
    Slots slots;
    for (const Regex& held : shared.regexes) {
      const Regex regex = held;
      answers.add(static_cast<int>(regex.is_match(input, scratch)), {});
      const Found found = regex.find(input, scratch);
      answers.add(static_cast<int>(found.result), {&found.span, 1});
      const Result captures = regex.captures(input, scratch, slots);
      answers.add(static_cast<int>(captures), slots);
      std::size_t matches = 0;
      const Result last = regex.captures_all(input, scratch, slots, [&](const Slots& match) {
        answers.add(1, match);
        return ++matches < kMostMatches;
      });
      answers.add(static_cast<int>(last), {});
    }
    if (shared.set) {
      SetMatches matches;
      const Result result = shared.set->matches(input, scratch, matches);
      answers.add(static_cast<int>(result), {});
      answers.matched.assign(matches.words().begin(), matches.words().end());
    }
    if (shared.program != nullptr) {
      pikevm::Scratch memory;
      const pikevm::Search search{.haystack = haystack};
      const pikevm::Result result = pikevm::search(*shared.program, memory, search, slots);
      answers.add(static_cast<int>(result), slots);
    }
    return answers;
  }

  void compare(const std::vector<Answers>& expected, const std::vector<Answers>& found) const {
    for (std::size_t k = 0; k < expected.size(); ++k) {
      if (expected[k] == found[k]) continue;
      std::fprintf(stderr, "a thread that shares a pattern answers as one alone\n  options:  %s, %s\n",
                   fuzz::describe(input_.options()).c_str(), fuzz::describe(program_options_.optimizations).c_str());
      for (const syntax::Regex& pattern : input_.patterns()) {
        const std::string text = syntax::to_text(pattern, options_.encoding);
        std::fprintf(stderr, "  pattern:  %s\n", syntax::escape_bytes(text).c_str());
      }
      std::fprintf(stderr, "  haystack: \"%s\"\n  expected: %s\n  found:    %s\n",
                   syntax::escape_bytes(input_.haystacks()[k]).c_str(), to_string(expected[k].spans).c_str(),
                   to_string(found[k].spans).c_str());
      std::abort();
    }
  }

  PikevmCase input_;
  Options options_;
  pikevm::Options program_options_;
  ScratchPool pool_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Case({data, size}).run();
  return 0;
}
