#include "syntax/char_class.h"

#include <algorithm>
#include <cassert>
#include <map>

namespace redoubt::syntax {

CharClass::CharClass(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end());
  for (const Range& range : ranges) {
    assert(range.lo <= range.hi);
    if (!ranges_.empty() && range.lo <= ranges_.back().hi + 1) {
      ranges_.back().hi = std::max(ranges_.back().hi, range.hi);
    } else {
      ranges_.push_back(range);
    }
  }
}

CharClass CharClass::all(Encoding encoding) {
  if (encoding == Encoding::kBytes) return CharClass({{0, kMaxByte}});
  return CharClass({{0, 0xD7FF}, {0xE000, kMaxScalar}});
}

bool CharClass::contains(std::uint32_t unit) const {
  auto after = std::upper_bound(ranges_.begin(), ranges_.end(), unit,
                                [](std::uint32_t u, const Range& range) { return u < range.lo; });
  return after != ranges_.begin() && unit <= std::prev(after)->hi;
}

std::uint64_t CharClass::size() const {
  std::uint64_t total = 0;
  for (const Range& range : ranges_) total += std::uint64_t{range.hi} - range.lo + 1;
  return total;
}

CharClass CharClass::union_with(const CharClass& other) const {
  std::vector<Range> all_ranges = ranges_;
  all_ranges.insert(all_ranges.end(), other.ranges_.begin(), other.ranges_.end());
  return CharClass(std::move(all_ranges));
}

CharClass CharClass::intersect(const CharClass& other) const {
  std::vector<Range> common;
  auto a = ranges_.begin();
  auto b = other.ranges_.begin();
  while (a != ranges_.end() && b != other.ranges_.end()) {
    std::uint32_t lo = std::max(a->lo, b->lo);
    std::uint32_t hi = std::min(a->hi, b->hi);
    if (lo <= hi) common.push_back({lo, hi});
    (a->hi < b->hi ? a : b)++;
  }
  return CharClass(std::move(common));
}

CharClass CharClass::minus(const CharClass& other) const {
  std::vector<Range> left;
  auto cut = other.ranges_.begin();
  for (Range range : ranges_) {
    while (cut != other.ranges_.end() && cut->hi < range.lo) ++cut;
    std::uint32_t lo = range.lo;
    bool consumed = false;
    for (auto c = cut; c != other.ranges_.end() && c->lo <= range.hi; ++c) {
      if (c->lo > lo) left.push_back({lo, c->lo - 1});
      if (c->hi >= range.hi) {
        consumed = true;
        break;
      }
      lo = std::max(lo, c->hi + 1);
    }
    if (!consumed) left.push_back({lo, range.hi});
  }
  return CharClass(std::move(left));
}

std::uint32_t Partition::part_of(std::uint32_t unit) const {
  auto after = std::upper_bound(starts.begin(), starts.end(), unit);
  return parts[static_cast<std::size_t>(after - starts.begin()) - 1];
}

Partition partition(const std::vector<CharClass>& classes, Encoding encoding) {
  const CharClass domain = CharClass::all(encoding);
  Partition result;
  std::vector<std::uint32_t>& starts = result.starts;
  auto add_bounds = [&](const CharClass& c) {
    for (const Range& range : c.ranges()) {
      starts.push_back(range.lo);
      if (range.hi < domain.ranges().back().hi) starts.push_back(range.hi + 1);
    }
  };
  add_bounds(domain);
  for (const CharClass& c : classes) add_bounds(c.intersect(domain));
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());

  // Two intervals are one part when they lie in the same classes.
  std::map<std::vector<bool>, std::uint32_t> numbers;
  for (std::uint32_t start : starts) {
    if (!domain.contains(start)) {
      result.parts.push_back(Partition::kNoPart);
      continue;
    }
    std::vector<bool> membership(classes.size());
    for (std::size_t c = 0; c < classes.size(); ++c) membership[c] = classes[c].contains(start);
    auto [place, is_new] = numbers.emplace(std::move(membership), result.count);
    if (is_new) {
      result.representatives.push_back(start);
      ++result.count;
    }
    result.parts.push_back(place->second);
  }
  return result;
}

const CharClass& digit_class() {
  static const CharClass c({{'0', '9'}});
  return c;
}
const CharClass& space_class() {
  static const CharClass c({{'\t', '\r'}, {' ', ' '}});
  return c;
}
const CharClass& word_class() {
  static const CharClass c({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}});
  return c;
}

}  // namespace redoubt::syntax
