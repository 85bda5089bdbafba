// The report of a check for a person: what was compared, what differs and why, what was found, what to type next.
#pragma once

#include <string>

#include "harness/check.h"

namespace redoubt::harness {

/// Plain text, no control sequences, lines of at most about 120 columns.
std::string summarize(const CheckResult& result, const CheckSettings& settings);

/// "1,234,567".
std::string with_commas(std::uint64_t number);

}  // namespace redoubt::harness
