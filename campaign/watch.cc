#include "campaign/watch.h"

#include "campaign/files.h"

namespace redoubt::campaign {

bool UnitFindings::add(harness::Case shrunk) {
  const BucketId id = bucket_id(shrunk);
  // Names depend on the bucket alone, so that one bucket is one file.
  std::string engine = shrunk.engine;
  for (char& c : engine) {
    if (c == '/' || c == ' ') c = '-';
  }
  shrunk.name = engine + "-" + shrunk.kind + "-" + to_hex(hash_of(id)).substr(0, 12);
  ++counts_[id];
  const bool is_news = table_.offer(id, shrunk);
  if (is_news) on_found_(id, std::move(shrunk));
  return is_news;
}

void WatchedTrial::run(const oracles::Query& query, std::span<const std::string_view> haystacks,
                       std::string_view origin, std::uint64_t number) {
  add_rules(query.regex, coverage_.rules);
  if (number % kPathSample == 0) add_paths(query.regex, query.semantics, query.encoding, coverage_.paths);
  Trial::run(query, haystacks, origin, number);
}

}  // namespace redoubt::campaign
