#include "harness/mutation.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "harness/panel.h"

extern char** environ;

namespace redoubt::harness {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFindings = "{findings}";
/// A mistake that makes a program take more is found by that.
constexpr rlim_t kMostBytes = rlim_t{6} << 30;

/// A folder of its own, gone at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "redoubt-mutant-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// A child process with its output thrown away.
class Child {
 public:
  Child(std::vector<std::string> command, std::vector<std::string> variables, const std::string& mutant) {
    for (char** v = environ; *v != nullptr; ++v) {
      if (!std::string_view(*v).starts_with("REDOUBT_MUTANT=")) variables.emplace_back(*v);
    }
    variables.push_back("REDOUBT_MUTANT=" + mutant);
    const auto pointers = [](std::vector<std::string>& texts) {
      std::vector<char*> list;
      for (std::string& text : texts) list.push_back(text.data());
      list.push_back(nullptr);
      return list;
    };
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int fd : {0, 1, 2})
      posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", fd == 0 ? O_RDONLY : O_WRONLY, 0);
    std::vector<char*> arguments = pointers(command);
    std::vector<char*> environment = pointers(variables);
    if (posix_spawn(&pid_, command[0].c_str(), &actions, nullptr, arguments.data(), environment.data()) != 0) pid_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    if (pid_ < 0) return;
    const rlimit memory{kMostBytes, kMostBytes};
    ::prlimit(pid_, RLIMIT_AS, &memory, nullptr);
    clockid_t clock = 0;
    if (::clock_getcpuclockid(pid_, &clock) == 0) clock_ = clock;
  }
  ~Child() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool started() const { return pid_ >= 0 || ended_; }
  /// Has it ended? Then seconds() stays as it is.
  bool ended(int& wait_status) {
    rusage used{};
    if (ended_ || ::wait4(pid_, &wait_status, WNOHANG, &used) != pid_) return ended_;
    const auto of = [](const timeval& t) {
      return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    seconds_ = of(used.ru_utime) + of(used.ru_stime);
    pid_ = -1;
    return ended_ = true;
  }
  /// Processor time used.
  double seconds() {
    timespec t{};
    if (!ended_ && clock_ && ::clock_gettime(*clock_, &t) == 0) {
      seconds_ = static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
    }
    return seconds_;
  }

 private:
  pid_t pid_ = -1;
  bool ended_ = false;
  std::optional<clockid_t> clock_;
  double seconds_ = 0;
};

/// The smallest of the case files in a folder, if there is one.
bool take_finding(const fs::path& folder, Attempt& attempt) {
  std::error_code code;
  bool any = false;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, code)) {
    if (entry.path().extension() != ".toml") continue;
    any = true;
    const auto cases = read_case_file(entry.path().string());
    if (!cases || cases->empty()) continue;
    const auto query = query_of(cases->front());
    const std::size_t nodes = query ? query->regex->size() : 0;
    const std::size_t bytes = cases->front().haystack.size();
    if (attempt.found && std::pair(attempt.nodes, attempt.bytes) <= std::pair(nodes, bytes)) continue;
    attempt.nodes = nodes;
    attempt.bytes = bytes;
    attempt.found = cases->front();
  }
  return any;
}

/// Runs one of the technique's commands; `seconds` have been used before it.
Attempt run(const Technique& technique, std::size_t number, const std::string& mutant, double budget_s,
            double seconds) {
  using namespace std::chrono_literals;
  Attempt result;
  const TemporaryFolder folder;
  const auto filled = [&](std::vector<std::string> texts) {
    for (std::string& text : texts) {
      if (const std::size_t at = text.find(kFindings); at != std::string::npos) {
        text.replace(at, std::string_view(kFindings).size(), folder.path().string());
      }
    }
    return texts;
  };
  Child child(filled(technique.commands[number]), filled(technique.environment), mutant);
  if (!child.started() || folder.path().empty()) {
    result.end = Attempt::End::kNotRun;
    return result;
  }
  // By the wall clock, too, though far later: a program that only waits is one that hangs.
  const auto begin = std::chrono::steady_clock::now();
  for (;;) {
    int status = 0;
    const bool ended = child.ended(status);
    result.seconds = seconds + child.seconds();
    if (take_finding(folder.path(), result)) {
      result.end = Attempt::End::kFinding;
      return result;
    }
    if (ended) {
      if (WIFSIGNALED(status)) {
        result.end = Attempt::End::kCrashed;
        result.status = WTERMSIG(status);
      } else if (WEXITSTATUS(status) != 0) {
        result.end = Attempt::End::kFailed;
        result.status = WEXITSTATUS(status);
      }
      return result;
    }
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    if (result.seconds >= budget_s || passed.count() >= 20 * budget_s) {
      result.in_time = false;
      return result;
    }
    std::this_thread::sleep_for(5ms);
  }
}

bool is_program(const fs::path& path) { return ::access(path.c_str(), X_OK) == 0; }

}  // namespace

std::vector<Technique> techniques(const TechniqueSettings& settings) {
  const std::string& redoubt = settings.program;
  const std::string budget = std::to_string(static_cast<int>(settings.budget_s) + 1);
  const auto check = [&](std::vector<std::string> more) {
    std::vector<std::string> command = {redoubt, "check", "--jobs", "1", "--findings", kFindings};
    command.insert(command.end(), more.begin(), more.end());
    return std::vector<std::vector<std::string>>{std::move(command)};
  };
  std::vector<Technique> list = {
      {"check", "`redoubt check` as it stands", check({}), {}, ""},
      {"enumeration", "its exhaustive sweeps alone", check({"--random", "0"}), {}, ""},
      {"random", "its random regexes alone", check({"--max-nodes", "0", "--random", "1000000"}), {}, ""}};
  // Those that are programs of their own lie beside this one in the build folder.
  const fs::path build = fs::path(redoubt).parent_path().parent_path();
  const auto beside = [&](Technique t, const fs::path& program) {
    t.commands[0].insert(t.commands[0].begin(), program.string());
    if (!is_program(program)) t.unavailable = program.filename().string() + " is not built";
    list.push_back(std::move(t));
  };
  beside({"properties",
          "the laws of `properties/` on fresh questions",
          {{}},
          {"REDOUBT_PROPERTY_SECONDS=" + budget, "REDOUBT_PROPERTY_SEED=1",
           "REDOUBT_PROPERTY_FOLDER=" + std::string(kFindings)},
          ""},
         build / "properties" / "properties_test");
  beside({"fuzzing",
          "`fuzz_differential` on random bytes",
          {{"--seconds", budget}},
          {"REDOUBT_FUZZ_FINDINGS=" + std::string(kFindings)},
          ""},
         build / "fuzz" / "fuzz_differential");
  Technique suites{"suites", "decided cases, and Fowler's data where given", {}, {}, ""};
  const fs::path cases = settings.cases;
  std::vector<std::string> replay = {redoubt, "replay", "--quiet"};
  for (const char* file : {"decided_posix.toml", "decided_perl.toml", "disputed_posix.toml"}) {
    if (fs::exists(cases / file)) replay.push_back((cases / file).string());
  }
  if (replay.size() == 3) suites.unavailable = "no decided cases lie in " + settings.cases;
  suites.commands.push_back(std::move(replay));
  if (!settings.suites.empty()) {
    suites.commands.push_back({redoubt, "suite", "--engines", "reference,pikevm"});
    suites.commands.back().insert(suites.commands.back().end(), settings.suites.begin(), settings.suites.end());
  }
  list.push_back(std::move(suites));
  return list;
}

Attempt attempt(const Technique& technique, const std::string& mutant, double budget_s) {
  Attempt last;
  if (!technique.unavailable.empty()) last.end = Attempt::End::kNotRun;
  for (std::size_t k = 0; k < technique.commands.size(); ++k) {
    if (last.end != Attempt::End::kSurvived || last.seconds >= budget_s) break;
    last = run(technique, k, mutant, budget_s, last.seconds);
  }
  return last;
}

}  // namespace redoubt::harness
