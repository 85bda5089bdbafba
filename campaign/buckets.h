// Buckets: findings with the same engine, kind, cause and skeleton are one bucket with a count and the smallest case.
// The table is bounded and independent of the order in which findings come, up to its bound; beyond that, findings of
// new skeletons share one bucket for their engine, kind and cause, so that no count and no engine's case is lost.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "harness/case.h"
#include "syntax/regex.h"

namespace redoubt::campaign {

/// A tree with its letters, classes and bounds taken for their sorts: "(L*)*". What shrunk cases of one mistake share.
std::string skeleton(const syntax::Regex& regex);

/// 32 hexadecimal digits: 16 for engine, kind, cause, semantics and encoding, and 16 for the skeleton.
using BucketId = std::string;
BucketId bucket_id(const harness::Case& finding);
bool is_bucket_id(const std::string& text);
/// The bucket in which findings of an engine, kind and cause go when there are too many skeletons.
BucketId coarse(const BucketId& id);

/// The order in which a case stands for its bucket: smaller first; a total order on what is asked.
bool stands_before(const harness::Case& a, const harness::Case& b);

struct Bucket {
  harness::Case smallest;
  std::uint64_t count = 0;  ///< in completed units; 0: seen only in units that are not complete
};

class BucketTable {
 public:
  static constexpr std::size_t kMaxBuckets = 10'000;
  explicit BucketTable(std::size_t max_buckets = kMaxBuckets) : max_buckets_(max_buckets) {}

  /// Keeps a case if it is the first or the smallest of its bucket; true if so.
  bool offer(const BucketId& id, const harness::Case& finding);
  /// False: no case of that bucket was offered.
  bool count(const BucketId& id, std::uint64_t number);
  bool has(const BucketId& id) const { return buckets_.count(place(id)) != 0; }
  const std::map<BucketId, Bucket>& buckets() const { return buckets_; }
  /// The bucket in which an id's findings are.
  BucketId place(const BucketId& id) const;

 private:
  std::size_t max_buckets_;
  std::map<BucketId, Bucket> buckets_;
};

}  // namespace redoubt::campaign
