// Engines of other languages: a runner for each, a process that lies beside this program in runners/ and times itself.
// Protocol, one request a line on its standard input, one line of answer on its standard output (README.md, "Runners"):
//   open VARIANT MODE ICASE GROUPS PATTERNS BYTES   then the patterns, a line each, then the haystack's bytes
//   time PASSES   answer   peak
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/engine.h"

namespace redoubt::bench {

namespace {

/// A child process with both ends of a conversation.
class Runner {
 public:
  explicit Runner(const std::string& program) {
    int to[2], from[2];
    if (pipe(to) != 0 || pipe(from) != 0) throw std::runtime_error("no pipe to a runner");
    signal(SIGPIPE, SIG_IGN);
    child_ = fork();
    if (child_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      dup2(to[0], STDIN_FILENO);
      dup2(from[1], STDOUT_FILENO);
      for (int end : {to[0], to[1], from[0], from[1]}) close(end);
      execl(program.c_str(), program.c_str(), nullptr);
      _exit(127);
    }
    close(to[0]);
    close(from[1]);
    out_ = fdopen(to[1], "w");
    in_ = fdopen(from[0], "r");
  }
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  ~Runner() {
    std::fclose(out_);
    std::fclose(in_);
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }

  std::string ask(std::string_view request) {
    std::fwrite(request.data(), 1, request.size(), out_);
    std::fflush(out_);
    std::string line;
    for (int c = std::fgetc(in_); c != '\n'; c = std::fgetc(in_)) {
      if (c == EOF) throw std::runtime_error("the runner ended");
      line.push_back(static_cast<char>(c));
    }
    return line;
  }

 private:
  pid_t child_ = -1;
  std::FILE* out_ = nullptr;
  std::FILE* in_ = nullptr;
};

std::string_view name_of(Mode mode) {
  switch (mode) {
    case Mode::kLines:
      return "lines";
    case Mode::kAll:
      return "all";
    case Mode::kCompile:
      return "compile";
  }
  return "";
}

class OutsideSession : public Session {
 public:
  static Opened open(const std::string& program, const std::string& variant, const Row& row, const Work& work) {
    try {
      auto session = std::make_unique<OutsideSession>(program);
      std::string request =
          fmt::format("open {} {} {} {} {} {}\n", variant, name_of(work.mode), row.patterns.front().icase ? 1 : 0,
                      row.patterns.front().groups, row.patterns.size(), work.text.size());
      for (const Pattern& p : row.patterns) request.append(p.text).append("\n");
      request.append(work.text);
      const std::string reply = session->runner_.ask(request);
      if (reply != "ok") return tl::unexpected(reply);
      return session;
    } catch (const std::runtime_error& error) {
      return tl::unexpected<std::string>(error.what());
    }
  }

  explicit OutsideSession(const std::string& program) : runner_(program) {}

  double time(std::uint64_t passes) override { return std::stod(runner_.ask(fmt::format("time {}\n", passes))); }

  Answer answer() override {
    Answer answer;
    std::istringstream(runner_.ask("answer\n")) >> answer.matches >> answer.spans >> answer.groups;
    return answer;
  }

  std::uint64_t peak_bytes() override { return std::stoull(runner_.ask("peak\n")); }

 private:
  Runner runner_;
};

Engine engine(EngineInfo info, const std::string& runner, const std::string& variant, const std::string& package) {
  info.outside = true;
  std::error_code none;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", none).parent_path() / "runners" / runner;
  if (!std::filesystem::exists(program, none)) {
    return {std::move(info), "its runner was not built, as it would be with " + package, {}};
  }
  return {std::move(info), {}, [path = program.string(), variant](const Row& row, const Work& work) {
            return OutsideSession::open(path, variant, row, work);
          }};
}

}  // namespace

std::vector<Engine> outside_engines() {
  return {engine({"rust", "Rust regex 1.7", Semantics::kLeftmostFirst}, "rust_regex", "default", "librust-regex-dev"),
          engine({"rust-pikevm", "Rust regex 1.7, its NFA simulation only", Semantics::kLeftmostFirst}, "rust_regex",
                 "nfa", "librust-regex-dev"),
          engine({"go", "Go regexp", Semantics::kLeftmostFirst}, "go_regexp", "default", "golang-go")};
}

}  // namespace redoubt::bench
