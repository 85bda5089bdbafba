// Marks: a haystack on one line, and under it where spans lie. Columns agree whatever bytes the haystack has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/match.h"

namespace redoubt::cli {

class Marks {
 public:
  /// `around`: what has to be seen of a haystack that is too long for a line of `width` columns.
  Marks(std::string_view haystack, Encoding encoding, Span around, std::size_t width = 100);

  /// The haystack: controls and what is no text escaped (\n, \xHH), "…" where it was cut.
  const std::string& text() const { return text_; }
  /// The span's columns filled with `mark`; an empty span is a '|' where it lies, a part that was cut off is not shown.
  std::string under(const Span& span, char mark) const;

 private:
  std::string text_;
  std::vector<std::size_t> columns_;  // of byte k, and of the end, from the line's start
  std::size_t first_ = 0, last_ = 0;  // the bytes shown
};

}  // namespace redoubt::cli
