#include "cli/marks.h"

#include <algorithm>

#include "cli/text.h"
#include "syntax/utf8.h"

namespace redoubt::cli {

namespace {

/// How the unit at `at` is written.
std::string cell(std::string_view haystack, std::size_t at, std::size_t length) {
  const std::string_view unit = haystack.substr(at, length);
  return unit == "\\" ? "\\\\" : visible(unit);
}

}  // namespace

Marks::Marks(std::string_view haystack, Encoding encoding, Span around, std::size_t width) {
  struct Cell {
    std::size_t at, length;
    std::string text;
  };
  std::vector<Cell> cells;
  std::size_t total = 0;
  for (std::size_t i = 0; i < haystack.size();) {
    const std::size_t length = encoding == Encoding::kUtf8 ? syntax::decode_utf8(haystack, i).length : 1;
    cells.push_back({i, length, cell(haystack, i, length)});
    total += columns(cells.back().text);
    i += length;
  }
  // Cut on both sides, with some of what lies before the span.
  std::size_t from = 0;
  std::size_t to = cells.size();
  if (total > width) {
    const std::size_t begin = around.is_set() ? around.begin : 0;
    while (from < cells.size() && cells[from].at + cells[from].length <= begin) ++from;
    from -= std::min<std::size_t>(from, 10);
    std::size_t taken = 2;
    for (to = from; to < cells.size() && taken + columns(cells[to].text) <= width; ++to)
      taken += columns(cells[to].text);
  }
  if (from > 0) text_ = "…";
  columns_.assign(haystack.size() + 1, 0);
  first_ = from < cells.size() ? cells[from].at : 0;
  last_ = to > from ? cells[to - 1].at + cells[to - 1].length : first_;
  for (std::size_t k = from; k < to; ++k) {
    // A span may end inside a character: its marks then cover all of it or nothing.
    for (std::size_t b = 0; b < cells[k].length; ++b) columns_[cells[k].at + b] = columns(text_);
    text_ += cells[k].text;
  }
  for (std::size_t b = last_; b <= haystack.size(); ++b) columns_[b] = columns(text_);
  if (to < cells.size()) text_ += "…";
}

std::string Marks::under(const Span& span, char mark) const {
  if (!span.is_set() || span.end < first_ || span.begin > last_) return {};
  const std::size_t begin = columns_[std::max(span.begin, first_)];
  const std::size_t end = columns_[std::min(span.end, last_)];
  if (span.begin == span.end) return std::string(begin, ' ') + '|';
  return std::string(begin, ' ') + std::string(end > begin ? end - begin : 0, mark);
}

}  // namespace redoubt::cli
