// The written forms of values that `redoubt campaign` alone has: shares of sources, and the shard that a test runner
// asks for through the environment.
#pragma once

#include <optional>
#include <string>

#include "campaign/scheduler.h"
#include "cli/options.h"

namespace redoubt::cli {

/// "enumeration=40,random=25": shares of the sources; those not named get nothing.
Parsed<campaign::Shares> parse_shares(std::string_view text);

/// The shard of TEST_SHARD_INDEX and TEST_TOTAL_SHARDS; nullopt: they are not set. Error: one sentence.
Parsed<std::optional<Shard>> shard_of_environment();

}  // namespace redoubt::cli
