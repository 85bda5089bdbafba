#include "syntax/match.h"

namespace redoubt {

std::string to_string(const Slots& slots) {
  std::string text;
  for (const Span& span : slots) {
    if (span.is_set()) {
      text += '(' + std::to_string(span.begin) + ',' + std::to_string(span.end) + ')';
    } else {
      text += "(?,?)";
    }
  }
  return text;
}

std::string_view to_string(Semantics semantics) { return semantics == Semantics::kLeftmostLongest ? "posix" : "perl"; }

std::string_view to_string(Encoding encoding) { return encoding == Encoding::kBytes ? "bytes" : "utf8"; }

}  // namespace redoubt
