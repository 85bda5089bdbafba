// The report of a campaign or a merge: for people as text, for programs as JSON. Both say what was compared, what was
// found and what never occurred; what depends on time stands apart in the JSON, under "timing".
#pragma once

#include <string>

#include "campaign/campaign.h"

namespace redoubt::campaign {

/// Plain text, lines of at most about 120 columns. `program`: how the reader calls the program.
std::string report_text(const Campaign& campaign, const std::string& folder, const std::string& program);

/// One JSON object, two spaces an indent, with a newline at the end. Everything outside "timing" follows from which
/// units are complete, and from nothing else.
std::string report_json(const Campaign& campaign, const std::string& folder, const std::string& program);

/// Writes report.txt and report.json into the folder. One sentence on failure.
std::optional<std::string> write_reports(const Campaign& campaign, const std::string& folder,
                                         const std::string& program);

}  // namespace redoubt::campaign
