// The worker's side of isolate(): makes the engine, describes it in a first frame, then answers requests until the
// other end closes. An exception of the engine becomes an outcome; a crash is left to the parent.
#pragma once

#include <memory>

#include "oracles/oracle.h"

namespace redoubt::oracles {

/// Runs in the child, on its end of the socket pair; returns the exit status.
int serve_worker(int fd, std::unique_ptr<Oracle> (*make)());

}  // namespace redoubt::oracles
