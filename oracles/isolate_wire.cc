#include "oracles/isolate_wire.h"

#include <utility>
#include <vector>

namespace redoubt::oracles {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

void WireWriter::put_text(std::string_view text) {
  put(text.size());
  bytes_.append(text);
}

void WireWriter::put_regex(const Regex& r) {
  put(r->kind());
  switch (r->kind()) {
    case NodeKind::kEmpty:
      return;
    case NodeKind::kClass:
      put(r->char_class().ranges().size());
      for (const syntax::Range& range : r->char_class().ranges()) {
        put(range.lo);
        put(range.hi);
      }
      return;
    case NodeKind::kLook:
      put(r->look());
      return;
    case NodeKind::kConcat:
    case NodeKind::kAlternate:
      put(r->children().size());
      break;
    case NodeKind::kRepeat:
      put(r->min());
      put(r->max());
      put_flag(r->greedy());
      break;
    case NodeKind::kGroup:
      put(r->group());
      put_text(r->name());
      break;
  }
  for (const Regex& child : r->children()) put_regex(child);
}

void WireWriter::put_query(const Query& query) {
  put(query.encoding);
  put(query.semantics);
  put_text(query.source);
  put_regex(query.regex);
}

void WireWriter::put_outcome(const Outcome& outcome) {
  put(outcome.kind);
  put(outcome.claim);
  put(outcome.slots.size());
  for (const Span& span : outcome.slots) {
    put(span.begin);
    put(span.end);
  }
  put(outcome.ends.size());
  for (std::size_t end : outcome.ends) put(end);
  put_text(outcome.why);
}

void WireWriter::put_info(const EngineInfo& info) {
  put_text(info.name);
  put_text(info.version);
  put_text(info.summary);
  for (Claim claim : info.claims) put(claim);
  put_text(info.unavailable);
  put(info.modes.size());
  for (const std::string& mode : info.modes) put_text(mode);
}

std::size_t WireReader::get_count() {
  auto count = get<std::size_t>();
  if (count <= bytes_.size()) return count;
  ok_ = false;
  bytes_ = {};
  return 0;
}

std::string_view WireReader::get_text() {
  std::size_t size = get_count();
  std::string_view text = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return text;
}

Regex WireReader::get_regex(int depth) {
  auto kind = get<NodeKind>();
  if (depth == 0) ok_ = false;
  if (!ok_) return syntax::empty();
  // The factories add nothing to what they made before: a tree taken apart and put together again is the same tree.
  switch (kind) {
    case NodeKind::kEmpty:
      return syntax::empty();
    case NodeKind::kClass: {
      std::vector<syntax::Range> ranges(get_count());
      for (auto& range : ranges) {
        range.lo = get<std::uint32_t>();
        range.hi = get<std::uint32_t>();
      }
      for (const auto& range : ranges) ok_ = ok_ && range.lo <= range.hi;
      return ok_ ? syntax::char_class(syntax::CharClass(std::move(ranges))) : syntax::empty();
    }
    case NodeKind::kLook:
      return syntax::look(get<syntax::Look>());
    case NodeKind::kConcat:
    case NodeKind::kAlternate: {
      std::vector<Regex> children(get_count());
      for (Regex& child : children) child = get_regex(depth - 1);
      return kind == NodeKind::kConcat ? syntax::concat(std::move(children)) : syntax::alternate(std::move(children));
    }
    case NodeKind::kRepeat: {
      auto min = get<std::uint32_t>();
      auto max = get<std::uint32_t>();
      bool greedy = get_flag();
      Regex body = get_regex(depth - 1);
      ok_ = ok_ && min <= max && min != syntax::kInfinite;
      return ok_ ? syntax::repeat(std::move(body), min, max, greedy) : body;
    }
    case NodeKind::kGroup: {
      auto number = get<std::uint32_t>();
      std::string name(get_text());
      Regex body = get_regex(depth - 1);
      return number == 0 ? syntax::non_capturing(std::move(body))
                         : syntax::group(std::move(body), number, std::move(name));
    }
  }
  ok_ = false;
  return syntax::empty();
}

Query WireReader::get_query() {
  Query query;
  query.encoding = get<Encoding>();
  query.semantics = get<Semantics>();
  query.source = get_text();
  query.regex = get_regex();
  return query;
}

void WireReader::get_outcome(Outcome& outcome) {
  outcome.kind = get<OutcomeKind>();
  outcome.claim = get<Claim>();
  outcome.slots.resize(get_count());
  for (Span& span : outcome.slots) {
    span.begin = get<std::size_t>();
    span.end = get<std::size_t>();
  }
  outcome.ends.resize(get_count());
  for (std::size_t& end : outcome.ends) end = get<std::size_t>();
  outcome.why = get_text();
  ok_ = ok_ && outcome.kind <= OutcomeKind::kCrashed && outcome.claim <= Claim::kCaptures;
}

EngineInfo WireReader::get_info() {
  EngineInfo info;
  info.name = get_text();
  info.version = get_text();
  info.summary = get_text();
  for (Claim& claim : info.claims) claim = get<Claim>();
  info.unavailable = get_text();
  info.modes.resize(get_count());
  for (std::string& mode : info.modes) mode = get_text();
  return info;
}

}  // namespace redoubt::oracles
