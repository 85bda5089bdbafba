#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <tuple>

#include "oracles/ask_for_test.h"
#include "oracles/internal.h"
#include "oracles/proof_session.h"

namespace redoubt::oracles {
namespace {

std::string asked(Oracle& oracle, std::string_view pattern, std::string_view haystack) {
  return to_string(ask(oracle, make_query(pattern, Semantics::kLeftmostLongest), haystack));
}

/// Where there is no OCaml compiler, the reason stands in `redoubt engines`, and the golden file in the tests of
/// harness/.
class Proof : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    entry_ = find_engine(GetParam());
    ASSERT_NE(entry_, nullptr);
    if (!entry_->info.unavailable.empty()) GTEST_SKIP() << entry_->info.unavailable;
    oracle_ = entry_->make();
  }

  const EngineEntry* entry_ = nullptr;
  std::unique_ptr<Oracle> oracle_;
};

TEST_P(Proof, Answers) {
  EXPECT_EQ(asked(*oracle_, "(a|ab)(c|bcd)(d*)", "abcd"), "(0,4)(0,2)(2,3)(3,4)");
  EXPECT_EQ(asked(*oracle_, "(a*)*", "b"), "(0,0)(0,0)");
  EXPECT_EQ(asked(*oracle_, "((a)|(b))*", "ab"), "(0,2)(1,2)(?,?)(1,2)");
  EXPECT_EQ(asked(*oracle_, "x", "aaa"), "no match");
  EXPECT_EQ(asked(*oracle_, "[\\x80-\\xff]+$", std::string("a\0\x80\xff", 4)), "(2,4)");
  EXPECT_EQ(asked(*oracle_, "(a){0}b", "ab"), "(1,2)(?,?)");
  EXPECT_EQ(asked(*oracle_, "\\bb(?m:$)", "ab b\n"), "(3,4)");
}

/// Loop policy re2, as the reference.
TEST_P(Proof, LeftmostFirst) {
  const std::tuple<const char*, const char*, const char*> cases[] = {{"a|ab", "ab", "(0,1)"},
                                                                     {"a*?", "aaa", "(0,0)"},
                                                                     {"(a(b)?)+", "aba", "(0,3)(2,3)(1,2)"},
                                                                     {"(a*)*", "a", "(0,1)(0,1)"},
                                                                     {"(a*|b)*", "ab", "(0,2)(1,2)"}};
  for (const auto& [pattern, haystack, expected] : cases) {
    EXPECT_EQ(to_string(ask(*oracle_, make_query(pattern, Semantics::kLeftmostFirst), haystack)), expected) << pattern;
  }
}

/// Offsets are bytes; a byte that is part of no well-formed sequence is matched by nothing.
TEST_P(Proof, Utf8) {
  const std::pair<const char*, const char*> cases[] = {
      {"a\u00e9", "(1,3)"},         {"\xff\u00e9", "(1,3)"},          {"\xe2\x82", "no match"},
      {"\xed\xa0\x80", "no match"}, {"\xf5\x80\x80\x80", "no match"}, {"\xc1\x81", "no match"}};
  for (const auto& [haystack, expected] : cases) {
    const Query query = make_query("[^a]", Semantics::kLeftmostLongest, Encoding::kUtf8);
    const Outcome outcome = ask(*oracle_, query, haystack);
    EXPECT_EQ(outcome.kind == OutcomeKind::kUnsupported ? expected : to_string(outcome), expected) << haystack;
  }
}

TEST_P(Proof, ManyHaystacksAndOracles) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([this] {
      auto oracle = entry_->make();
      Prepared prepared = oracle->prepare(make_query("(a*)(b*)", Semantics::kLeftmostLongest));
      auto& matcher = std::get<std::unique_ptr<Matcher>>(prepared);
      std::vector<std::string> haystacks;
      for (std::size_t k = 0; k < 2000; ++k) haystacks.push_back(std::string(k % 7, 'a') + std::string(k % 3, 'b'));
      const std::vector<std::string_view> views(haystacks.begin(), haystacks.end());
      std::vector<Outcome> outcomes(views.size());
      matcher->run(views, outcomes);
      for (std::size_t k = 0; k < views.size(); ++k) {
        ASSERT_EQ(outcomes[k].slots, (Slots{{0, k % 7 + k % 3}, {0, k % 7}, {k % 7, k % 7 + k % 3}})) << k;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

INSTANTIATE_TEST_SUITE_P(Numbers, Proof, ::testing::Values("proof", "proof-unary"),
                         [](const auto& info) { return info.index == 0 ? "Machine" : "Unary"; });

/// The built program, asked in its own words.
TEST(ProofProgram, SurvivesNonsense) {
  const EngineEntry* entry = find_engine("proof");
  if (!entry->info.unavailable.empty()) GTEST_SKIP() << entry->info.unavailable;
  std::string why, answer;
  const std::string path = proof_program("proof-native", why);
  auto process = WorkerProcess::start(
      [&path](int fd) {
        dup2(fd, 0);
        dup2(fd, 1);
        return execl(path.c_str(), path.c_str(), static_cast<char*>(nullptr));
      },
      0, why);
  ASSERT_TRUE(process) << why;
  ASSERT_EQ(process->exchange_line({}, 5000, answer), WorkerProcess::Status::kAnswered);
  EXPECT_TRUE(answer.starts_with("{\"protocol\":\"redoubt-proof/1\",\"name\":\"proof\"")) << answer;
  const std::string deep = [] {
    std::string text = "posix bytes ";
    for (int k = 0; k < 50'000; ++k) text += "(n ";
    return text;
  }();
  for (const std::string& line :
       {std::string(), std::string("posix bytes"), std::string("posix bytes (c 61"), std::string("x bytes e -"),
        std::string("posix bytes e 6"), std::string("posix bytes e 6g"), std::string("posix bytes e )"),
        std::string("\0\xff(", 3), std::string(1'000'000, '('), deep, std::string("posix bytes (* 0 1000001 e) -"),
        std::string("posix bytes (c 110000) -"), std::string("posix latin e -")}) {
    ASSERT_EQ(process->exchange_line(line + "\n", 20'000, answer), WorkerProcess::Status::kAnswered)
        << line.substr(0, 80) << ": " << process->why();
    EXPECT_TRUE(answer.starts_with("error ") || answer.starts_with("unsupported ")) << line.substr(0, 80) << answer;
    EXPECT_LT(answer.size(), 200u);
    ASSERT_EQ(process->exchange_line("posix bytes (g 1 (c 61)) 61 62 -\n", 5000, answer),
              WorkerProcess::Status::kAnswered);
    EXPECT_EQ(answer, "ok 0-1,0-1 n n");
  }
}

/// A program in the proved one's place that does what it likes.
class FakeProgram {
 public:
  explicit FakeProgram(const std::string& body) {
    path_ = ::testing::TempDir() + "redoubt_fake_proof_" + std::to_string(getpid());
    std::ofstream(path_) << "#!/bin/sh\n" << body << '\n';
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~FakeProgram() { std::filesystem::remove(path_); }

  std::vector<std::string> ask(std::vector<std::string_view> haystacks) {
    ProofProgram program;
    program.path = path_;
    program.deadline_ms = 300;
    ProofSession session(program);
    std::vector<Outcome> outcomes(haystacks.size());
    session.ask("posix bytes", "(g 1 (c 61))", 2, haystacks, outcomes);
    std::vector<std::string> texts;
    for (const Outcome& outcome : outcomes) texts.push_back(to_string(outcome));
    return texts;
  }

 private:
  std::string path_;
};

constexpr const char* kHello = "echo '{\"protocol\":\"redoubt-proof/1\"}'\n";

TEST(ProofSession, WhatAProgramDoesIsTheOutcomeOfItsHaystack) {
  // Dies on b, hangs on c, answers nonsense on d, goes over a limit on e.
  FakeProgram program(std::string(kHello) +
                      "while read -r line; do case $line in\n"
                      "  *62*) echo oops >&2; exit 3 ;;\n"
                      "  *63*) exec sleep 20 ;;\n"
                      "  *64*) echo 'ok 0-9,0-1' ;;\n"
                      "  *65*) echo 'ok !' ;;\n"
                      "  *) echo 'ok 0-1,?' ;;\n"
                      "esac; done");
  const std::vector<std::string> texts = program.ask({"a", "b", "a", "c", "a", "d", "e"});
  EXPECT_EQ(texts[0], "(0,1)(?,?)");
  EXPECT_EQ(texts[1], "crashed: exit status 3: oops");
  EXPECT_EQ(texts[2], "(0,1)(?,?)");
  EXPECT_EQ(texts[3], "limit: no answer in 300 ms");
  EXPECT_EQ(texts[4], "(0,1)(?,?)");
  EXPECT_EQ(texts[5], "crashed: an answer that makes no sense: ok 0-9,0-1");
  EXPECT_EQ(texts[6], "limit: time or memory limit of the proved program");
}

TEST(ProofSession, AProgramThatIsNone) {
  EXPECT_EQ(FakeProgram("echo hello; exec cat").ask({"a"})[0], "crashed: the program does not speak redoubt-proof/1");
  EXPECT_EQ(FakeProgram("exit 1").ask({"a"})[0], "crashed: exit status 1");
  ProofProgram nowhere;
  nowhere.path = "no/such/program";
  ProofSession session(nowhere);
  const std::string_view haystack = "a";
  Outcome outcome;
  session.ask("posix bytes", "e", 1, {&haystack, 1}, {&outcome, 1});
  EXPECT_EQ(to_string(outcome), "crashed: exit status 127");
}

TEST(ProofSession, AnswersThatMakeNoSense) {
  for (const char* answer : {"", "ok", "ok x", "ok 0-1", "ok 0-1,0-1,0-1", "ok 1-0,?", "ok ?,0-1", "ok 0-1,?extra",
                             "ok 0-1,? n", "maybe 0-1,?", "error what"}) {
    FakeProgram program(std::string(kHello) + "read -r line; echo '" + answer + "'; exec cat >/dev/null");
    EXPECT_TRUE(program.ask({"a"})[0].starts_with("crashed: an answer that makes no sense")) << answer;
  }
  FakeProgram refuses(std::string(kHello) + "while read -r line; do echo 'unsupported on Sundays'; done");
  EXPECT_EQ(refuses.ask({"a", "b"}), (std::vector<std::string>{"unsupported: on Sundays", "unsupported: on Sundays"}));
  FakeProgram chatters(std::string(kHello) + "read -r line; printf 'ok 0-1,?\\nmore\\n'; exec cat >/dev/null");
  EXPECT_TRUE(chatters.ask({"a"})[0].starts_with("crashed")) << chatters.ask({"a"})[0];
}

}  // namespace
}  // namespace redoubt::oracles
