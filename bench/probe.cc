#include "bench/probe.h"

#include <malloc.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

#include <fmt/format.h>

namespace redoubt::bench {

namespace {

constexpr std::size_t kSampleBytes = std::size_t{256} << 10;
constexpr rlim_t kMemoryBytes = rlim_t{8} << 30;
constexpr int kWallFactor = 6;  ///< wall time allowed for a second of CPU time, on a machine with other work

/// A line of /proc/self/status, in bytes.
std::uint64_t status_bytes(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(key + ":", 0) == 0) return std::stoull(line.substr(key.size() + 1)) * 1024;
  }
  return 0;
}

void reset_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

/// So that the pages of the engine's code, read at its first use, do not count as its memory.
void warm_up(const Engine& engine) {
  Row row;
  row.patterns = {{"(a|b)*c", 1, false}};
  const Work work(Mode::kLines, "abc\nab");
  try {
    if (Opened session = engine.open(row, work)) (*session)->answer();
  } catch (const std::exception&) {
    return;
  }
}

/// How much of the row this engine gets through in the time: all of it, or the least that makes a good sample.
std::size_t affordable_bytes(const Engine& engine, const Row& row, double shorten_ns) {
  const std::string_view all = row.text();
  if (!row.may_shorten || all.size() <= kSampleBytes) return all.size();
  const Work work(row.mode, all.substr(0, kSampleBytes));
  Opened sample = engine.open(row, work);
  if (!sample) return all.size();
  double pass = 0;
  try {
    pass = (*sample)->time(2) / 2;
  } catch (const std::exception&) {
    return all.size();  // it fails again, and is reported, in the probe itself
  }
  // A virtual machine's CPU clock, corrected for stolen time, may stand still for a moment.
  const double affordable = shorten_ns / std::max(pass, 1000.0) * static_cast<double>(kSampleBytes);
  const double bytes = std::clamp(affordable, static_cast<double>(kSampleBytes), static_cast<double>(all.size()));
  return static_cast<std::size_t>(bytes);
}

std::string why_it_ended(int status, unsigned cpu_seconds) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU || signal == SIGKILL) return fmt::format("out of time: more than {} s", cpu_seconds);
    return fmt::format("crashed: signal {}", signal);
  }
  return fmt::format("ended with status {} and no answer", WEXITSTATUS(status));
}

}  // namespace

Probe probe_here(const Engine& engine, const Row& row, double shorten_ns) {
  Probe probe;
  const Work whole(row.mode, row.text());  // there before memory is counted
  if (!engine.info.outside) warm_up(engine);
  reset_peak();
  const std::uint64_t before = status_bytes("VmRSS");
  probe.bytes = affordable_bytes(engine, row, shorten_ns);
  const std::optional<Work> part = probe.bytes < whole.text.size()
                                       ? std::optional<Work>({row.mode, whole.text.substr(0, probe.bytes)})
                                       : std::nullopt;
  Opened session = engine.open(row, part ? *part : whole);
  if (!session) {
    probe.error = "refused: " + session.error();
    return probe;
  }
  try {
    probe.nanoseconds = (*session)->time(1);
    probe.answer = (*session)->answer();
  } catch (const std::exception& failure) {
    probe.error = std::string("failed: ") + failure.what();
    return probe;
  }
  const std::uint64_t peak = status_bytes("VmHWM");
  probe.peak_bytes = engine.info.outside ? (*session)->peak_bytes() : std::max(peak, before) - before;
  return probe;
}

std::string to_line(const Probe& p) {
  std::string error = p.error;
  std::replace(error.begin(), error.end(), '\n', ' ');
  return fmt::format("probe {} {} {} {} {} {} {}\n", p.answer.matches, p.answer.spans, p.answer.groups, p.bytes,
                     p.nanoseconds, p.peak_bytes, error);
}

Probe from_line(const std::string& line) {
  Probe p;
  std::istringstream in(line);
  std::string word;
  if (!(in >> word >> p.answer.matches >> p.answer.spans >> p.answer.groups >> p.bytes >> p.nanoseconds >>
        p.peak_bytes) ||
      word != "probe") {
    p.error = "gave no answer";
    return p;
  }
  std::getline(in >> std::ws, p.error);
  return p;
}

Probe probe_in_child(const Engine& engine, const Row& row, bool quick, unsigned cpu_seconds) {
  Probe failed;
  int ends[2];
  if (pipe(ends) != 0) {
    failed.error = "no pipe to a child";
    return failed;
  }
  std::fflush(nullptr);
  const std::string title = row.title();
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    const rlimit limit{cpu_seconds, cpu_seconds};
    setrlimit(RLIMIT_CPU, &limit);
    const rlimit core{0, 0};
    setrlimit(RLIMIT_CORE, &core);
    const rlimit memory{kMemoryBytes, kMemoryBytes};
    setrlimit(RLIMIT_AS, &memory);
    std::vector<const char*> arguments{"peers_bench", "--probe", engine.info.name.c_str(), "--row", title.c_str()};
    if (quick) arguments.push_back("--quick");
    arguments.push_back(nullptr);
    execv("/proc/self/exe", const_cast<char* const*>(arguments.data()));
    _exit(127);
  }
  close(ends[1]);
  std::string text;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(cpu_seconds * kWallFactor);
  bool open = child > 0;
  while (open) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd wait{ends[0], POLLIN, 0};
    if (left.count() <= 0 || poll(&wait, 1, static_cast<int>(left.count())) == 0) {
      kill(child, SIGKILL);
      break;
    }
    char buffer[4096];
    const ssize_t got = read(ends[0], buffer, sizeof buffer);
    open = got > 0;
    if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
  }
  close(ends[0]);
  int status = 0;
  if (child > 0) waitpid(child, &status, 0);
  if (!text.empty()) return from_line(text);
  failed.error = why_it_ended(status, cpu_seconds);
  return failed;
}

}  // namespace redoubt::bench
