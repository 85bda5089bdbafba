// Stored corpora: case files, Fowler's .dat files, and folders of either, read as patterns with haystacks to begin
// with. What they expect is not asked here: a campaign holds engines to the reference.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "oracles/oracle.h"

namespace redoubt::campaign {

struct StoredCase {
  oracles::Query query;  ///< its semantics are the stream's
  std::string haystack;
};

struct StoredCases {
  std::vector<StoredCase> cases;  ///< by their content, each once
  std::string digest;             ///< "1,234 cases, 0123456789abcdef"; "" for none
};

/// Patterns that the parser does not take are left out; a file that cannot be read, or a folder without any, is an
/// error: one sentence.
tl::expected<StoredCases, std::string> read_stored(const std::vector<std::string>& paths);

}  // namespace redoubt::campaign
