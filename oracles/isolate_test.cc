#include "oracles/isolate.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "oracles/ask_for_test.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define REDOUBT_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define REDOUBT_SANITIZED 1
#endif
#endif

namespace redoubt::oracles {
namespace {

/// Does to itself what the haystack says.
void misbehave(std::string_view haystack) {
  if (haystack == "segv") raise(SIGSEGV);
  if (haystack == "abort") {
    std::fputs("about to\nabort", stderr);
    std::abort();
  }
  if (haystack == "exit") _exit(3);
  if (haystack == "quit") std::exit(0);
  if (haystack == "hang") {
    for (;;) pause();
  }
  if (haystack == "spin") {
    volatile bool forever = true;
    while (forever) {
    }
  }
  if (haystack == "throw") throw std::runtime_error("oh no");
  if (haystack == "alloc") throw std::bad_alloc();
  if (haystack == "hog") {
    std::vector<std::unique_ptr<char[]>> hoard;
    for (int k = 0; k < 4096; ++k) hoard.push_back(std::make_unique<char[]>(16 << 20));
  }
  if (haystack == "babble") {
    for (int k = 0; k < 50000; ++k) std::puts("bla bla bla bla");
    std::fflush(stdout);
  }
}

class FakeMatcher : public Matcher {
 public:
  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override {
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      misbehave(haystacks[k]);
      set_match(outcomes[k], Claim::kSpan, 1);
      outcomes[k].slots[0] = Span{0, haystacks[k].size()};
    }
  }
  void run_mode(std::size_t mode, std::span<const std::string_view> haystacks, std::span<const Outcome> base,
                std::span<Outcome> outcomes) override {
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      misbehave(haystacks[k]);
      outcomes[k] = base[k];
      outcomes[k].slots[0].end += mode;
    }
  }
  std::string text() const override { return "fake text"; }
};

class FakeOracle : public Oracle {
 public:
  FakeOracle() {
    info_.name = "fake";
    info_.version = "1";
    info_.claims[0] = Claim::kSpan;
    info_.modes = {"same", "longer"};
  }
  const EngineInfo& info() const override { return info_; }
  Prepared prepare(const Query& query) override {
    misbehave(query.source);
    if (query.source == "limit") {
      Outcome outcome;
      set_failure(outcome, OutcomeKind::kLimit, "too large");
      return outcome;
    }
    return std::make_unique<FakeMatcher>();
  }

 private:
  EngineInfo info_;
};

std::unique_ptr<Oracle> make_fake() { return std::make_unique<FakeOracle>(); }

Query fake_query(std::string source = {}) {
  Query query;
  query.regex = syntax::empty();
  query.source = std::move(source);
  return query;
}

std::vector<std::string> run_all(Matcher& matcher, const std::vector<std::string_view>& haystacks) {
  std::vector<Outcome> outcomes(haystacks.size());
  matcher.run(haystacks, outcomes);
  std::vector<std::string> texts;
  for (const Outcome& outcome : outcomes) texts.push_back(to_string(outcome));
  return texts;
}

std::unique_ptr<Matcher> prepared(Oracle& oracle, const Query& query) {
  Prepared prepared = oracle.prepare(query);
  auto* matcher = std::get_if<std::unique_ptr<Matcher>>(&prepared);
  EXPECT_NE(matcher, nullptr) << to_string(std::get<Outcome>(prepared));
  return matcher == nullptr ? nullptr : std::move(*matcher);
}

bool has_children() { return waitpid(-1, nullptr, WNOHANG) == 0; }

constexpr int kDeadlineMs = 300;

TEST(Isolate, AnswersAsTheEngineItself) {
  auto inside = isolate(re2_engines()[0].make);
  auto outside = re2_engines()[0].make();
  EXPECT_EQ(inside->info().name, "re2");
  EXPECT_EQ(inside->info().version, outside->info().version);
  EXPECT_EQ(inside->info().modes, outside->info().modes);
  EXPECT_EQ(inside->info().claims[1], Claim::kCaptures);
  for (const char* pattern : {"(a|ab)(c|bcd)(d*)", "(a*)*", "x", "a{2}"}) {
    for (const char* haystack : {"", "abcd", "aaa", "\n"}) {
      Query query = make_query(pattern, Semantics::kLeftmostFirst);
      EXPECT_EQ(to_string(ask(*inside, query, haystack)), to_string(ask(*outside, query, haystack)));
    }
  }
  auto matcher = prepared(*inside, make_query("a{2}", Semantics::kLeftmostFirst));
  EXPECT_EQ(matcher->text(), "a{2}");
  EXPECT_EQ(ask(*inside, make_query("a", Semantics::kLeftmostLongest), "a").kind, OutcomeKind::kUnsupported);
}

TEST(Isolate, AFailureIsTheOutcomeOfItsHaystackAlone) {
  {
    auto oracle = isolate(make_fake, {.deadline_ms = kDeadlineMs});
    auto matcher = prepared(*oracle, fake_query());
    auto texts = run_all(*matcher, {"a", "segv", "bb", "exit", "hang", "throw", "alloc", "ccc"});
    ASSERT_EQ(texts.size(), 8u);
    EXPECT_EQ(texts[0], "(0,1)");
    EXPECT_EQ(texts[2], "(0,2)");
    EXPECT_EQ(texts[3], "crashed: exit status 3");
    EXPECT_EQ(texts[4], "limit: no answer in 300 ms");
    EXPECT_EQ(texts[5], "crashed: exception: oh no");
    EXPECT_EQ(texts[6], "limit: out of memory");
    EXPECT_EQ(texts[7], "(0,3)");
#ifndef REDOUBT_SANITIZED
    EXPECT_EQ(texts[1], "crashed: signal 11 (SIGSEGV)");
#endif
    EXPECT_EQ(texts[1].substr(0, 8), "crashed:");
    EXPECT_EQ(run_all(*matcher, {"spin", "a"})[1], "(0,1)");
  }
  EXPECT_FALSE(has_children());
}

TEST(Isolate, LastWordsAreKept) {
  auto oracle = isolate(make_fake, {.deadline_ms = kDeadlineMs});
  auto matcher = prepared(*oracle, fake_query());
  std::string text = run_all(*matcher, {"abort"})[0];
  EXPECT_NE(text.find("about to | abort"), std::string::npos) << text;
  EXPECT_EQ(run_all(*matcher, {"babble"})[0], "(0,6)");  // more than a pipe holds
  EXPECT_EQ(run_all(*matcher, {"quit"})[0].substr(0, 22), "crashed: exit status 0");
}

TEST(Isolate, EveryMatcherSurvivesARestart) {
  auto oracle = isolate(make_fake, {.deadline_ms = kDeadlineMs});
  auto first = prepared(*oracle, fake_query());
  auto second = prepared(*oracle, fake_query());
  run_all(*first, {"exit"});
  EXPECT_EQ(run_all(*second, {"aa"})[0], "(0,2)");
  EXPECT_EQ(run_all(*first, {"a"})[0], "(0,1)");
  second.reset();
  EXPECT_EQ(run_all(*first, {"a"})[0], "(0,1)");
  EXPECT_EQ(first->text(), "fake text");
}

TEST(Isolate, ModesAreAskedToo) {
  auto oracle = isolate(make_fake, {.deadline_ms = kDeadlineMs});
  auto matcher = prepared(*oracle, fake_query());
  std::vector<std::string_view> haystacks = {"a", "exit", "bb"};
  std::vector<Outcome> base(3), outcomes(3);
  for (std::size_t k = 0; k < 3; ++k) {
    set_match(base[k], Claim::kSpan, 1);
    base[k].slots[0] = Span{0, k};
  }
  matcher->run_mode(1, haystacks, base, outcomes);
  EXPECT_EQ(to_string(outcomes[0]), "(0,1)");
  EXPECT_EQ(to_string(outcomes[1]), "crashed: exit status 3");
  EXPECT_EQ(to_string(outcomes[2]), "(0,3)");
}

TEST(Isolate, PrepareMayFailToo) {
  auto oracle = isolate(make_fake, {.deadline_ms = kDeadlineMs});
  auto outcome_of = [&](const char* source) { return to_string(ask(*oracle, fake_query(source), "a")); };
  EXPECT_EQ(outcome_of("limit"), "limit: too large");
  EXPECT_EQ(outcome_of("exit"), "crashed: exit status 3");
  EXPECT_EQ(outcome_of("hang"), "limit: no answer in 300 ms");
  EXPECT_EQ(outcome_of("throw"), "crashed: exception: oh no");
  EXPECT_EQ(outcome_of(""), "(0,1)");
}

TEST(Isolate, MemoryLimit) {
#ifdef REDOUBT_SANITIZED
  GTEST_SKIP() << "sanitizers reserve more address space than any limit";
#endif
  auto oracle = isolate(make_fake, {.deadline_ms = 5000, .memory_bytes = std::size_t{512} << 20});
  auto matcher = prepared(*oracle, fake_query());
  EXPECT_EQ(run_all(*matcher, {"hog", "a"}), (std::vector<std::string>{"limit: out of memory", "(0,1)"}));
}

TEST(Isolate, LargeBatchesAndHaystacks) {
  auto oracle = isolate(make_fake, {.deadline_ms = 20000});
  auto matcher = prepared(*oracle, fake_query());
  std::string large(3 << 20, 'x');
  std::vector<std::string_view> haystacks(5000, "ab");
  haystacks.push_back(large);
  auto texts = run_all(*matcher, haystacks);
  EXPECT_EQ(texts.front(), "(0,2)");
  EXPECT_EQ(texts.back(), "(0,3145728)");
}

TEST(Isolate, AnEngineThatCannotBeMade) {
  auto oracle = isolate([]() -> std::unique_ptr<Oracle> { throw std::runtime_error("no licence"); });
  EXPECT_EQ(oracle->info().unavailable, "crashed: exception: no licence");
  EXPECT_EQ(ask(*oracle, fake_query(), "a").kind, OutcomeKind::kCrashed);
  auto dead = isolate([]() -> std::unique_ptr<Oracle> { _exit(7); });
  EXPECT_EQ(dead->info().unavailable, "crashed: exit status 7");
}

}  // namespace
}  // namespace redoubt::oracles
