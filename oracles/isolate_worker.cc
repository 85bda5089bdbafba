#include "oracles/isolate_worker.h"

#include <exception>
#include <new>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "oracles/isolate_process.h"
#include "oracles/isolate_wire.h"

namespace redoubt::oracles {
namespace {

/// Calls `body`; false, with the outcome in `failure`, when it throws.
template <class Body>
bool guarded(Outcome& failure, const Body& body) {
  try {
    body();
    return true;
  } catch (const std::bad_alloc&) {
    set_failure(failure, OutcomeKind::kLimit, "out of memory");
  } catch (const std::exception& e) {
    set_failure(failure, OutcomeKind::kCrashed, std::string("exception: ") + e.what());
  } catch (...) {
    set_failure(failure, OutcomeKind::kCrashed, "exception of an unknown type");
  }
  return false;
}

class Worker {
 public:
  explicit Worker(Oracle& oracle) : oracle_(oracle) {}

  /// False when the request makes no sense. An empty answer is not sent.
  bool answer(std::string_view request, WireWriter& out) {
    WireReader in(request);
    auto verb = in.get<Verb>();
    auto id = in.get<std::uint64_t>();
    switch (verb) {
      case Verb::kPrepare:
        return prepare(id, in, out);
      case Verb::kRun:
      case Verb::kRunMode:
        return run(verb, id, in, out);
      case Verb::kDrop:
        matchers_.erase(id);
        return true;
    }
    return false;
  }

 private:
  bool prepare(std::uint64_t id, WireReader& in, WireWriter& out) {
    Query query = in.get_query();
    if (!in.ok()) return false;
    Prepared prepared = Outcome{};
    Outcome failure;
    if (!guarded(failure, [&] { prepared = oracle_.prepare(query); })) prepared = std::move(failure);
    auto* matcher = std::get_if<std::unique_ptr<Matcher>>(&prepared);
    out.put_flag(matcher != nullptr);
    if (matcher == nullptr) {
      out.put_outcome(std::get<Outcome>(prepared));
      return true;
    }
    out.put_text((*matcher)->text());
    matchers_[id] = std::move(*matcher);
    return true;
  }

  bool run(Verb verb, std::uint64_t id, WireReader& in, WireWriter& out) {
    auto mode = in.get<std::size_t>();
    std::size_t count = in.get_count();
    haystacks_.resize(count);
    outcomes_.resize(count);
    base_.resize(verb == Verb::kRunMode ? count : 0);
    for (std::string_view& haystack : haystacks_) haystack = in.get_text();
    for (Outcome& outcome : base_) in.get_outcome(outcome);
    auto found = matchers_.find(id);
    if (!in.ok() || found == matchers_.end()) return false;
    Matcher& matcher = *found->second;
    // A throw halfway through a batch leaves open whose it was: then each haystack is asked alone.
    Outcome failure;
    if (!guarded(failure, [&] { call(matcher, verb, mode, 0, count); })) {
      for (std::size_t k = 0; k < count; ++k) {
        if (!guarded(failure, [&] { call(matcher, verb, mode, k, 1); })) outcomes_[k] = failure;
      }
    }
    for (const Outcome& outcome : outcomes_) out.put_outcome(outcome);
    return true;
  }

  void call(Matcher& matcher, Verb verb, std::size_t mode, std::size_t first, std::size_t count) {
    auto haystacks = std::span<const std::string_view>(haystacks_).subspan(first, count);
    auto outcomes = std::span(outcomes_).subspan(first, count);
    if (verb == Verb::kRun) {
      matcher.run(haystacks, outcomes);
    } else {
      matcher.run_mode(mode, haystacks, std::span<const Outcome>(base_).subspan(first, count), outcomes);
    }
  }

  Oracle& oracle_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Matcher>> matchers_;
  std::vector<std::string_view> haystacks_;
  std::vector<Outcome> outcomes_, base_;
};

}  // namespace

int serve_worker(int fd, std::unique_ptr<Oracle> (*make)()) {
  std::unique_ptr<Oracle> oracle;
  Outcome failure;
  bool made = guarded(failure, [&] { oracle = make(); });
  WireWriter out;
  EngineInfo nothing;
  nothing.unavailable = made ? "the engine was not made" : to_string(failure);
  out.put_info(oracle ? oracle->info() : nothing);
  if (!write_frame(fd, out.bytes()) || !oracle) return 0;

  Worker worker(*oracle);
  std::string request;
  while (read_frame(fd, request)) {
    out.clear();
    if (!worker.answer(request, out)) return 1;
    if (!out.bytes().empty() && !write_frame(fd, out.bytes())) return 0;
  }
  return 0;
}

}  // namespace redoubt::oracles
