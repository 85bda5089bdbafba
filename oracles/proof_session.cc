#include "oracles/proof_session.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace redoubt::oracles {

namespace {

constexpr int kStartMs = 10'000;  // on a busy machine
constexpr rlim_t kStackBytes = rlim_t{256} << 20;
constexpr std::string_view kProtocol = "{\"protocol\":\"redoubt-proof/1\"";

/// In the child: becomes the program, with the socket as its standard input and output.
int become(const std::string& path, int fd) {
  rlimit stack{};
  getrlimit(RLIMIT_STACK, &stack);
  stack.rlim_cur = std::min(kStackBytes, stack.rlim_max);
  setrlimit(RLIMIT_STACK, &stack);
  if (dup2(fd, STDIN_FILENO) < 0 || dup2(fd, STDOUT_FILENO) < 0) return 126;
  execl(path.c_str(), path.c_str(), static_cast<char*>(nullptr));
  return 127;
}

Outcome failed(OutcomeKind kind, std::string why) {
  Outcome outcome;
  set_failure(outcome, kind, std::move(why));
  return outcome;
}

void put_hex(std::string& out, std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (bytes.empty()) out += '-';
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

bool read_number(std::string_view& text, std::size_t& value) {
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// "0-2,?,1-1": one span for each slot, within the haystack. False when it is anything else.
bool read_slots(std::string_view text, std::size_t size, Slots& slots) {
  for (std::size_t k = 0; k < slots.size(); ++k) {
    if (k > 0) {
      if (text.empty() || text.front() != ',') return false;
      text.remove_prefix(1);
    }
    Span span;
    if (!text.empty() && text.front() == '?') {
      text.remove_prefix(1);
    } else {
      if (!read_number(text, span.begin) || text.empty() || text.front() != '-') return false;
      text.remove_prefix(1);
      if (!read_number(text, span.end) || span.begin > span.end || span.end > size) return false;
    }
    slots[k] = span;
  }
  return text.empty() && slots[0].is_set();
}

/// One word of an answer.
bool read_outcome(std::string_view word, std::size_t slots, std::size_t size, Outcome& outcome) {
  if (word == "n") {
    set_no_match(outcome, Claim::kCaptures);
    return true;
  }
  if (word == "!") {
    set_failure(outcome, OutcomeKind::kLimit, "time or memory limit of the proved program");
    return true;
  }
  set_match(outcome, Claim::kCaptures, slots);
  return read_slots(word, size, outcome.slots);
}

}  // namespace

std::optional<Outcome> ProofSession::give_up(WorkerProcess::Status status) {
  const bool late = status == WorkerProcess::Status::kLate;
  Outcome outcome = failed(late ? OutcomeKind::kLimit : OutcomeKind::kCrashed, process_->why());
  process_.reset();
  return outcome;
}

std::optional<Outcome> ProofSession::start() {
  if (process_) return std::nullopt;
  std::string why;
  const std::string path = program_.path;
  process_ = WorkerProcess::start([path](int fd) { return become(path, fd); }, program_.memory_bytes, why);
  if (!process_) return failed(OutcomeKind::kCrashed, "the program did not start: " + why);
  const auto status = process_->exchange_line({}, kStartMs, handshake_);
  if (status != WorkerProcess::Status::kAnswered) return give_up(status);
  if (handshake_.starts_with(kProtocol)) return std::nullopt;
  process_.reset();
  return failed(OutcomeKind::kCrashed, "the program does not speak redoubt-proof/1");
}

std::optional<Outcome> ProofSession::try_batch(std::string_view kind, std::string_view tree, std::size_t slots,
                                               std::span<const std::string_view> haystacks,
                                               std::span<Outcome> outcomes) {
  if (auto failure = start()) return failure;
  request_.clear();
  request_ += kind;
  request_ += ' ';
  request_ += tree;
  for (std::string_view haystack : haystacks) {
    request_ += ' ';
    put_hex(request_, haystack);
  }
  request_ += '\n';
  const auto status = process_->exchange_line(request_, program_.deadline_ms, answer_);
  if (status != WorkerProcess::Status::kAnswered) return give_up(status);

  std::string_view rest = answer_;
  const std::string_view head = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(rest.size(), head.size() + 1));
  if (head == "unsupported") return failed(OutcomeKind::kUnsupported, std::string(rest));
  bool sound = head == "ok";
  for (std::size_t k = 0; sound && k < haystacks.size(); ++k) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    sound = read_outcome(word, slots, haystacks[k].size(), outcomes[k]);
  }
  if (sound && rest.empty()) return std::nullopt;
  process_.reset();
  return failed(OutcomeKind::kCrashed, "an answer that makes no sense: " + answer_.substr(0, 200));
}

void ProofSession::ask(std::string_view kind, std::string_view tree, std::size_t slots,
                       std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) {
  if (haystacks.empty()) return;
  auto failure = try_batch(kind, tree, slots, haystacks, outcomes);
  if (!failure) return;
  if (haystacks.size() == 1 || failure->kind == OutcomeKind::kUnsupported) {
    std::fill(outcomes.begin(), outcomes.end(), *failure);
    return;
  }
  for (std::size_t k = 0; k < haystacks.size(); ++k) {
    failure = try_batch(kind, tree, slots, haystacks.subspan(k, 1), outcomes.subspan(k, 1));
    if (failure) outcomes[k] = std::move(*failure);
  }
}

}  // namespace redoubt::oracles
