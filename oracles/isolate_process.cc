#include "oracles/isolate_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <utility>

namespace redoubt::oracles {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kGraceMs = 2000;  // for the last words of a worker that is going down
constexpr int kWorkerSocket = 3;

int ms_until(Clock::time_point deadline) {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::max<long long>(left, 0));
}

void append_frame(std::string& out, std::string_view frame) {
  auto size = static_cast<std::uint32_t>(frame.size());
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out += frame;
}

bool read_fully(int fd, char* into, std::size_t size) {
  while (size > 0) {
    ssize_t n = read(fd, into, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    into += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

bool write_fully(int fd, const char* from, std::size_t size) {
  while (size > 0) {
    ssize_t n = send(fd, from, size, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    from += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

void limit(int resource, rlim_t value) {
  rlimit r{value, value};
  setrlimit(static_cast<__rlimit_resource>(resource), &r);
}

/// The child: cut off from the parent's files, terminal and signals, then `body`.
[[noreturn]] void become_worker(pid_t parent, int socket, int output, const std::function<int(int)>& body,
                                std::size_t memory_bytes) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);  // it died before the line above
  signal(SIGINT, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  // All three are moved out of the way before 0 to 3 are overwritten.
  int far_socket = fcntl(socket, F_DUPFD_CLOEXEC, 10);
  int far_output = fcntl(output, F_DUPFD_CLOEXEC, 10);
  if (null >= 0) dup2(null, STDIN_FILENO);
  dup2(far_output, STDOUT_FILENO);
  dup2(far_output, STDERR_FILENO);
  dup2(far_socket, kWorkerSocket);
  close_range(kWorkerSocket + 1, ~0u, 0);
  limit(RLIMIT_CORE, 0);
  if (memory_bytes != 0) limit(RLIMIT_AS, memory_bytes);
  _exit(body(kWorkerSocket));
}

std::string describe_death(int status) {
  if (WIFSIGNALED(status)) {
    const char* name = sigabbrev_np(WTERMSIG(status));
    return "signal " + std::to_string(WTERMSIG(status)) + (name == nullptr ? "" : " (SIG" + std::string(name) + ")");
  }
  return "exit status " + std::to_string(WEXITSTATUS(status));
}

/// Output as one line.
std::string one_line(std::string_view text) {
  std::string line;
  for (char c : text) {
    if (c == '\n') {
      line += " | ";
    } else {
      line += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  while (!line.empty() && (line.back() == ' ' || line.back() == '|')) line.pop_back();
  return line;
}

}  // namespace

bool read_frame(int fd, std::string& frame) {
  std::uint32_t size = 0;
  if (!read_fully(fd, reinterpret_cast<char*>(&size), sizeof size) || size > kMaxFrameBytes) return false;
  frame.resize(size);
  return read_fully(fd, frame.data(), size);
}

bool write_frame(int fd, std::string_view frame) {
  if (frame.size() > kMaxFrameBytes) return false;
  std::string out;
  append_frame(out, frame);
  return write_fully(fd, out.data(), out.size());
}

std::unique_ptr<WorkerProcess> WorkerProcess::start(const std::function<int(int)>& body, std::size_t memory_bytes,
                                                    std::string& why) {
  int sockets[2], output[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) {
    why = std::string("socketpair: ") + std::strerror(errno);
    return nullptr;
  }
  if (pipe2(output, O_CLOEXEC) != 0) {
    why = std::string("pipe: ") + std::strerror(errno);
    close(sockets[0]);
    close(sockets[1]);
    return nullptr;
  }
  std::fflush(nullptr);  // or a child that calls exit() writes the parent's buffers once more
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) become_worker(parent, sockets[1], output[1], body, memory_bytes);
  if (pid < 0) why = std::string("fork: ") + std::strerror(errno);
  close(sockets[1]);
  close(output[1]);
  if (pid < 0) {
    close(sockets[0]);
    close(output[0]);
    return nullptr;
  }
  fcntl(output[0], F_SETFL, O_NONBLOCK);
  return std::unique_ptr<WorkerProcess>(new WorkerProcess(pid, sockets[0], output[0]));
}

WorkerProcess::~WorkerProcess() {
  reap();
  close(socket_);
  if (output_ >= 0) close(output_);
}

int WorkerProcess::reap() {
  int status = 0;
  if (pid_ < 0) return status;
  kill(pid_, SIGKILL);  // without effect on how a child that is dead already died
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

void WorkerProcess::collect_output() {
  char buffer[4096];
  // A worker that writes without end must not keep the parent here: one buffer per round.
  ssize_t n = read(output_, buffer, sizeof buffer);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    close(output_);
    output_ = -1;
    return;
  }
  output_tail_.append(buffer, static_cast<std::size_t>(n));
  if (output_tail_.size() > kKeptOutputBytes) output_tail_.erase(0, output_tail_.size() - kKeptOutputBytes);
}

void WorkerProcess::drain_output(int wait_ms) {
  auto deadline = Clock::now() + std::chrono::milliseconds(wait_ms);
  while (output_ >= 0 && ms_until(deadline) > 0) {
    pollfd fd{output_, POLLIN, 0};
    if (poll(&fd, 1, ms_until(deadline)) > 0) collect_output();
  }
}

bool WorkerProcess::pump(std::string_view request, std::size_t& sent, std::string& received, int wait_ms) {
  bool sending = sent < request.size();
  pollfd fds[2] = {{socket_, static_cast<short>(POLLIN | (sending ? POLLOUT : 0)), 0}, {output_, POLLIN, 0}};
  if (poll(fds, 2, wait_ms) <= 0) return true;
  if (fds[1].revents != 0) collect_output();
  if ((fds[0].revents & POLLOUT) != 0 && sending) {
    ssize_t n = send(socket_, request.data() + sent, request.size() - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n > 0) sent += static_cast<std::size_t>(n);
    if (n < 0 && errno != EAGAIN && errno != EINTR) return false;
  }
  if ((fds[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
    char buffer[65536];
    ssize_t n = recv(socket_, buffer, sizeof buffer, MSG_DONTWAIT);
    if (n > 0) received.append(buffer, static_cast<std::size_t>(n));
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return false;
  }
  return true;
}

WorkerProcess::Status WorkerProcess::fail(Status status, int deadline_ms) {
  // Its end of the pipe closes when it dies; only then is its status final.
  if (status == Status::kDied) drain_output(kGraceMs);
  int death = reap();
  if (status == Status::kLate) drain_output(kGraceMs);  // closed by now, but for a grandchild
  why_ = status == Status::kLate ? "no answer in " + std::to_string(deadline_ms) + " ms" : describe_death(death);
  std::string words = one_line(output_tail_);
  if (!words.empty()) why_ += ": " + words;
  return status;
}

void WorkerProcess::post(std::string_view frame) { append_frame(posted_, frame); }

WorkerProcess::Status WorkerProcess::exchange(std::string_view request, int deadline_ms, std::string& answer) {
  auto deadline = Clock::now() + std::chrono::milliseconds(deadline_ms);
  output_tail_.clear();
  if (request.size() > kMaxFrameBytes) {
    reap();
    why_ = "a request of " + std::to_string(request.size()) + " bytes is too large";
    return Status::kDied;
  }
  std::string out = std::exchange(posted_, {});
  if (!request.empty()) append_frame(out, request);
  std::size_t sent = 0;
  std::uint32_t size = 0;
  answer.clear();
  for (;;) {
    int left = ms_until(deadline);
    if (left == 0) return fail(Status::kLate, deadline_ms);
    if (!pump(out, sent, answer, left)) return fail(Status::kDied, deadline_ms);
    if (answer.size() < sizeof size) continue;
    std::memcpy(&size, answer.data(), sizeof size);
    if (size > kMaxFrameBytes) return fail(Status::kDied, deadline_ms);
    if (answer.size() - sizeof size < size) continue;
    answer.erase(0, sizeof size);
    return Status::kAnswered;
  }
}

WorkerProcess::Status WorkerProcess::exchange_line(std::string_view lines, int deadline_ms, std::string& answer) {
  const auto deadline = Clock::now() + std::chrono::milliseconds(deadline_ms);
  output_tail_.clear();
  std::size_t sent = 0;
  std::size_t searched = 0;
  answer.clear();
  for (;;) {
    const int left = ms_until(deadline);
    if (left == 0) return fail(Status::kLate, deadline_ms);
    if (!pump(lines, sent, answer, left)) return fail(Status::kDied, deadline_ms);
    const std::size_t newline = answer.find('\n', searched);
    searched = answer.size();
    if (newline == answer.npos && searched <= kMaxFrameBytes) continue;
    // More than the one line that was asked for, or a line without end, is as good as dead.
    if (newline + 1 != answer.size()) return fail(Status::kDied, deadline_ms);
    answer.pop_back();
    return Status::kAnswered;
  }
}

}  // namespace redoubt::oracles
