#include <string>

#include "pikevm/prefilter.h"
#include "syntax/printer.h"

namespace redoubt::pikevm {

std::string quoted(const Literal& literal) {
  return "\"" + syntax::escape_bytes(literal.bytes) + "\"" + (literal.folded != 0 ? " in either case" : "");
}

namespace {

std::string text(const ByteSet& set) {
  const ByteSet rest = set.complement();
  if (rest.size() < set.size()) return rest.empty() ? "anything" : "[^" + text(rest).substr(1);
  std::string out = "[";
  auto one = [](unsigned byte) {
    const char c = static_cast<char>(byte);
    return (c == '-' || c == ']' || c == '^' ? "\\" : "") + syntax::escape_bytes(std::string(1, c));
  };
  for (unsigned lo = 0; lo < 256; ++lo) {
    if (!set.contains(static_cast<std::uint8_t>(lo))) continue;
    unsigned hi = lo;
    while (hi < 255 && set.contains(static_cast<std::uint8_t>(hi + 1))) ++hi;
    out += one(lo);
    if (hi > lo + 1) out += '-';
    if (hi > lo) out += one(hi);
    lo = hi;
  }
  return out + "]";
}

std::string search_name(const Literal& literal) {
  return (literal.size() == 1 && literal.folded == 0 ? "memchr " : "memmem ") + quoted(literal);
}

}  // namespace

std::string Prefilter::name() const {
  std::string lead;
  switch (lead_) {
    case Lead::kNothing:
      break;
    case Lead::kLiteral:
      lead = search_name(literal_.literal());
      break;
    case Lead::kLiterals:
      lead = "teddy of " + std::to_string(literals_->size()) + " prefixes";
      break;
    case Lead::kBytes:
      lead = "first byte in " + text(first_set_);
      break;
    case Lead::kLineStart:
      lead = "line starts";
      break;
  }
  if (!has_required_) return lead.empty() ? "none" : lead;
  std::string required = search_name(required_.literal());
  if (min_ == max_) {
    required += ", " + std::to_string(min_) + " back";
  } else if (max_ != kUnbounded) {
    required += ", " + std::to_string(min_) + " to " + std::to_string(max_) + " back";
  }
  if (walk_ != nullptr) required += ", then back over " + text(walk_set_);
  if (walk_ == nullptr && max_ == kUnbounded) required += " must follow";
  if (lead.empty()) return required;
  return required_first_ ? required + "; " + lead : lead + "; " + required;
}

}  // namespace redoubt::pikevm
