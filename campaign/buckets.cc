#include "campaign/buckets.h"

#include <tuple>

#include "campaign/coverage.h"
#include "campaign/files.h"
#include "syntax/parser.h"

namespace redoubt::campaign {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

namespace {

void write_skeleton(const Node& node, std::string& out) {
  if (node.kind() == NodeKind::kGroup && node.group() == 0) return write_skeleton(*node.child(), out);
  if (node.children().empty()) {
    out += "_";
    out += std::to_string(sort_of(node));
    return;
  }
  out += "(" + std::to_string(sort_of(node));
  for (const Regex& child : node.children()) write_skeleton(*child, out);
  out += ")";
}

}  // namespace

std::string skeleton(const Regex& regex) {
  std::string out;
  write_skeleton(*regex, out);
  return out;
}

BucketId bucket_id(const harness::Case& finding) {
  const std::string where = finding.engine + '\0' + finding.kind + '\0' + finding.cause + '\0' +
                            std::string(to_string(finding.semantics)) + '\0' + std::string(to_string(finding.encoding));
  const auto parsed = syntax::parse(finding.pattern, harness::parse_options(finding));
  return to_hex(hash_of(where)) + to_hex(hash_of(parsed ? skeleton(*parsed) : finding.pattern));
}

bool is_bucket_id(const std::string& text) {
  return text.size() == 32 && from_hex(std::string_view(text).substr(0, 16)) &&
         from_hex(std::string_view(text).substr(16));
}

BucketId coarse(const BucketId& id) { return id.substr(0, 16) + std::string(16, '0'); }

bool stands_before(const harness::Case& a, const harness::Case& b) {
  const std::size_t size_a = a.pattern.size() + a.haystack.size(), size_b = b.pattern.size() + b.haystack.size();
  return std::tie(size_a, a.pattern, a.haystack, a.provenance) < std::tie(size_b, b.pattern, b.haystack, b.provenance);
}

BucketId BucketTable::place(const BucketId& id) const {
  return buckets_.count(id) != 0 || buckets_.size() < max_buckets_ ? id : coarse(id);
}

bool BucketTable::offer(const BucketId& id, const harness::Case& finding) {
  const auto [at, is_new] = buckets_.try_emplace(place(id));
  if (!is_new && !stands_before(finding, at->second.smallest)) return false;
  at->second.smallest = finding;
  return true;
}

bool BucketTable::count(const BucketId& id, std::uint64_t number) {
  const auto at = buckets_.find(place(id));
  if (at == buckets_.end()) return false;
  at->second.count += number;
  return true;
}

}  // namespace redoubt::campaign
