#include "cli/campaign_options.h"

#include <algorithm>
#include <cstdlib>

#include "cli/text.h"

namespace redoubt::cli {

Parsed<campaign::Shares> parse_shares(std::string_view text) {
  campaign::Shares shares{};
  double total = 0;
  const auto wrong = [&] {
    return tl::unexpected(in_quotes(text) +
                          " divides no time; write for example enumeration=40,random=25,guided=25,stored=10");
  };
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = text.substr(0, comma);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) return wrong();
    std::size_t source = 0;
    while (source < campaign::kSources &&
           campaign::to_string(static_cast<campaign::SourceKind>(source)) != part.substr(0, equals)) {
      ++source;
    }
    const auto share = parse_count(part.substr(equals + 1), 0, 1'000'000);
    if (source == campaign::kSources || !share || shares[source] > 0) return wrong();
    shares[source] = static_cast<double>(*share);
    total += shares[source];
    if (comma == text.size()) break;
    text.remove_prefix(comma + 1);
  }
  if (total == 0) return wrong();
  return shares;
}

Parsed<std::optional<Shard>> shard_of_environment() {
  const char* index = std::getenv("TEST_SHARD_INDEX");
  const char* count = std::getenv("TEST_TOTAL_SHARDS");
  if (!index || !count) return std::nullopt;
  const auto parsed = parse_shard(std::string(index) + "/" + count);
  if (!parsed) return tl::unexpected("TEST_SHARD_INDEX and TEST_TOTAL_SHARDS: " + parsed.error());
  return std::optional<Shard>(*parsed);
}

}  // namespace redoubt::cli
