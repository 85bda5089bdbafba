#include "oracles/isolate.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "oracles/isolate_process.h"
#include "oracles/isolate_wire.h"
#include "oracles/isolate_worker.h"

namespace redoubt::oracles {
namespace {

constexpr int kStartMs = 10'000;  // to fork a large process on a busy machine and make the engine

/// The worker and what has to be told to it. A new worker starts a new generation, in which it knows no pattern.
class Connection {
 public:
  Connection(std::unique_ptr<Oracle> (*make)(), const IsolateOptions& options) : make_(make), options_(options) {
    if (auto failure = connect()) info_.unavailable = to_string(*failure);
    if (info_.name.empty()) info_.name = "isolated";
  }

  const EngineInfo& info() const { return info_; }
  std::uint64_t generation() const { return generation_; }
  std::uint64_t new_id() { return ++last_id_; }

  /// One request and its answer. A worker that is not there is started first; one that dies or is late is not missed
  /// until the next request, and the outcome says what became of it.
  std::optional<Outcome> exchange(const std::string& request, std::string& answer) {
    if (auto failure = connect()) return failure;
    auto status = process_->exchange(request, options_.deadline_ms, answer);
    return status == WorkerProcess::Status::kAnswered ? std::nullopt : std::optional(give_up(status));
  }

  /// Starts a worker if there is none.
  std::optional<Outcome> connect() {
    if (process_) return std::nullopt;
    std::string why, hello;
    auto make = make_;
    process_ = WorkerProcess::start([make](int fd) { return serve_worker(fd, make); }, options_.memory_bytes, why);
    if (!process_) return failed(OutcomeKind::kCrashed, "no worker: " + why);
    ++generation_;
    auto status = process_->exchange({}, std::max(options_.deadline_ms, kStartMs), hello);
    if (status != WorkerProcess::Status::kAnswered) return give_up(status);
    WireReader in(hello);
    EngineInfo info = in.get_info();
    if (last_id_ == 0) info_ = std::move(info);  // later workers are the same engine
    return std::nullopt;
  }

  /// Gives up a worker whose answer makes no sense.
  Outcome broken() {
    process_.reset();
    return failed(OutcomeKind::kCrashed, "the worker's answer makes no sense");
  }

  /// Lets the worker forget a pattern, with the next request.
  void drop(std::uint64_t id, std::uint64_t generation) {
    if (!process_ || generation != generation_) return;
    WireWriter out;
    out.put(Verb::kDrop);
    out.put(id);
    process_->post(out.bytes());
  }

 private:
  static Outcome failed(OutcomeKind kind, std::string why) {
    Outcome outcome;
    set_failure(outcome, kind, std::move(why));
    return outcome;
  }

  Outcome give_up(WorkerProcess::Status status) {
    bool late = status == WorkerProcess::Status::kLate;
    Outcome outcome = failed(late ? OutcomeKind::kLimit : OutcomeKind::kCrashed, process_->why());
    process_.reset();
    return outcome;
  }

  std::unique_ptr<Oracle> (*make_)();
  IsolateOptions options_;
  EngineInfo info_;
  std::unique_ptr<WorkerProcess> process_;
  std::uint64_t generation_ = 0, last_id_ = 0;
};

class IsolatedMatcher : public Matcher {
 public:
  IsolatedMatcher(Connection& connection, std::uint64_t id, std::string prepare_request, std::string text)
      : connection_(connection),
        id_(id),
        generation_(connection.generation()),
        prepare_request_(std::move(prepare_request)),
        text_(std::move(text)) {}
  ~IsolatedMatcher() override { connection_.drop(id_, generation_); }

  std::string text() const override { return text_; }

  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override {
    ask(Verb::kRun, 0, haystacks, {}, outcomes);
  }
  void run_mode(std::size_t mode, std::span<const std::string_view> haystacks, std::span<const Outcome> base,
                std::span<Outcome> outcomes) override {
    ask(Verb::kRunMode, mode, haystacks, base, outcomes);
  }

 private:
  void ask(Verb verb, std::size_t mode, std::span<const std::string_view> haystacks, std::span<const Outcome> base,
           std::span<Outcome> outcomes) {
    if (haystacks.empty()) return;
    auto failure = try_batch(verb, mode, haystacks, base, outcomes);
    if (!failure) return;
    if (haystacks.size() == 1) {
      outcomes[0] = std::move(*failure);
      return;
    }
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      failure = try_batch(verb, mode, haystacks.subspan(k, 1), base.empty() ? base : base.subspan(k, 1),
                          outcomes.subspan(k, 1));
      if (failure) outcomes[k] = std::move(*failure);
    }
  }

  std::optional<Outcome> try_batch(Verb verb, std::size_t mode, std::span<const std::string_view> haystacks,
                                   std::span<const Outcome> base, std::span<Outcome> outcomes) {
    if (auto failure = prepare_again()) return failure;
    request_.clear();
    request_.put(verb);
    request_.put(id_);
    request_.put(mode);
    request_.put(haystacks.size());
    for (std::string_view haystack : haystacks) request_.put_text(haystack);
    for (const Outcome& outcome : base) request_.put_outcome(outcome);
    if (auto failure = connection_.exchange(request_.bytes(), answer_)) return failure;
    WireReader in(answer_);
    for (Outcome& outcome : outcomes) in.get_outcome(outcome);
    if (!in.ok()) return connection_.broken();
    return std::nullopt;
  }

  /// Tells a new worker the pattern.
  std::optional<Outcome> prepare_again() {
    if (auto failure = connection_.connect()) return failure;
    if (generation_ == connection_.generation()) return std::nullopt;
    if (auto failure = connection_.exchange(prepare_request_, answer_)) return failure;
    WireReader in(answer_);
    if (!in.get_flag()) {
      Outcome outcome;
      in.get_outcome(outcome);
      return outcome;
    }
    generation_ = connection_.generation();
    return std::nullopt;
  }

  Connection& connection_;
  std::uint64_t id_, generation_;
  std::string prepare_request_, text_;
  WireWriter request_;
  std::string answer_;
};

class IsolatedOracle : public Oracle {
 public:
  IsolatedOracle(std::unique_ptr<Oracle> (*make)(), const IsolateOptions& options) : connection_(make, options) {}

  const EngineInfo& info() const override { return connection_.info(); }

  Prepared prepare(const Query& query) override {
    std::uint64_t id = connection_.new_id();
    WireWriter out;
    out.put(Verb::kPrepare);
    out.put(id);
    out.put_query(query);
    std::string answer;
    if (auto failure = connection_.exchange(out.bytes(), answer)) return std::move(*failure);
    WireReader in(answer);
    if (in.get_flag()) {
      return std::make_unique<IsolatedMatcher>(connection_, id, out.bytes(), std::string(in.get_text()));
    }
    Outcome outcome;
    in.get_outcome(outcome);
    return outcome;
  }

 private:
  Connection connection_;
};

}  // namespace

std::unique_ptr<Oracle> isolate(std::unique_ptr<Oracle> (*make)(), const IsolateOptions& options) {
  return std::make_unique<IsolatedOracle>(make, options);
}

}  // namespace redoubt::oracles
