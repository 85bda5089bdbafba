// isolate(): any in-process engine behind a process boundary. A crash, an exit or a hang of the engine becomes the
// outcome of exactly the haystack that caused it, and the run goes on in a new worker. It does not make an engine
// thread-safe, and it is no sandbox against hostile code.
#pragma once

#include <cstddef>
#include <memory>

#include "oracles/oracle.h"

namespace redoubt::oracles {

struct IsolateOptions {
  /// For one batch of haystacks, and again for each haystack of a batch that missed it; also for prepare().
  int deadline_ms = 1000;
  /// Address space of the worker in bytes (RLIMIT_AS); 0: no limit. Do not set it under AddressSanitizer, whose shadow
  /// alone exceeds any useful limit.
  std::size_t memory_bytes = 0;
};

/// An oracle that asks `make()`'s oracle in a forked worker process, kept for all patterns and haystacks until it dies.
/// Its outcomes are the engine's, except
///   kCrashed  "signal 11 (SIGSEGV)", "exit status 3", "exception: …", each with the end of what the worker wrote to
///             stderr or stdout;
///   kLimit    "no answer in 1000 ms", "out of memory".
/// If the worker does not start, info().unavailable says why and every prepare() is kCrashed.
/// The worker is forked from, and dies with, the thread that uses the oracle: one oracle per thread, as for all
/// engines.
std::unique_ptr<Oracle> isolate(std::unique_ptr<Oracle> (*make)(), const IsolateOptions& options = {});

}  // namespace redoubt::oracles
