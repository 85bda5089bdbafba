// WorkerProcess: a forked child that answers frames over a socket pair, one at a time, each within a deadline. Knows
// nothing of what the frames say. A child that died or was late is reaped at once; none is left behind.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace redoubt::oracles {

/// Frames are a 4-byte length and that many bytes; a longer one counts as a broken worker.
inline constexpr std::uint32_t kMaxFrameBytes = 1u << 30;
/// How much of the end of a worker's stderr and stdout is kept.
inline constexpr std::size_t kKeptOutputBytes = 4096;

/// The worker's end: reads and writes whole frames. False when the other side is gone.
bool read_frame(int fd, std::string& frame);
bool write_frame(int fd, std::string_view frame);

class WorkerProcess {
 public:
  enum class Status : std::uint8_t { kAnswered, kDied, kLate };

  /// Forks; the child runs `body` with its end of the socket pair and exits with what it returns. Null, with the
  /// reason, when the system refuses. `memory_bytes` 0: no limit.
  static std::unique_ptr<WorkerProcess> start(const std::function<int(int fd)>& body, std::size_t memory_bytes,
                                              std::string& why);
  /// Kills and reaps the child.
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  /// Sends `request` (unless empty: then only waits) and waits for one frame. After anything but kAnswered the child is
  /// gone and why() says how it went; the object is good for nothing more.
  Status exchange(std::string_view request, int deadline_ms, std::string& answer);
  /// The same with text instead of frames: sends `lines` as they are (unless empty) and waits for one line, which
  /// `answer` receives without its newline. For workers that become another program.
  Status exchange_line(std::string_view lines, int deadline_ms, std::string& answer);
  /// Puts a frame that has no answer in front of the next request.
  void post(std::string_view frame);
  /// "signal 11 (SIGSEGV)", "exit status 1: …", "no answer in 1000 ms".
  const std::string& why() const { return why_; }
  pid_t pid() const { return pid_; }

 private:
  WorkerProcess(pid_t pid, int socket, int output) : pid_(pid), socket_(socket), output_(output) {}
  Status fail(Status status, int deadline_ms);
  /// One round of sending, receiving and collecting output. False when the socket is closed.
  bool pump(std::string_view request, std::size_t& sent, std::string& received, int wait_ms);
  void collect_output();
  void drain_output(int wait_ms);
  int reap();

  pid_t pid_;
  int socket_;
  int output_;
  std::string posted_;
  std::string output_tail_;
  std::string why_;
};

}  // namespace redoubt::oracles
