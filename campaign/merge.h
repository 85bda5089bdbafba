// Merging: the results of several folders in one. The union of their units, each counted once: so it does not matter in
// which order folders come, how often, or whether some of them were merged before.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "campaign/campaign.h"

namespace redoubt::campaign {

/// Writes the union of `folders`, and of `out` where that is an earlier merge, to `out`; a campaign can go on there.
/// Only whole records are read, so that folders may be in use. Error: one sentence; among others when configurations
/// do not fit each other. Then `out` is as it was.
tl::expected<Campaign, std::string> merge(const std::vector<std::string>& folders, const std::string& out,
                                          const std::string& program);

}  // namespace redoubt::campaign
