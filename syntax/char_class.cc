#include "syntax/char_class.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <map>
#include <utility>

#include "syntax/mutants.h"

namespace redoubt::syntax {

CharClass::CharClass(std::vector<Range> ranges) : CharClass() {
  if (!std::is_sorted(ranges.begin(), ranges.end())) std::sort(ranges.begin(), ranges.end());
  std::size_t kept = 0;
  for (const Range& range : ranges) {
    assert(range.lo <= range.hi);
    if (kept > 0 && range.lo <= ranges[kept - 1].hi + 1) {
      ranges[kept - 1].hi = std::max(ranges[kept - 1].hi, range.hi);
    } else {
      ranges[kept++] = range;
    }
  }
  copy({ranges.data(), kept});
}

void CharClass::copy(View<Range> ranges) {
  if (ranges.size() <= 1) return borrow(ranges);
  auto* memory = new Range[ranges.size()];
  std::copy(ranges.begin(), ranges.end(), memory);
  borrow({memory, ranges.size()});
  owned_ = true;
}

void CharClass::borrow(View<Range> ranges) {
  count_ = static_cast<std::uint32_t>(ranges.size());
  if (count_ > 1) {
    many_ = ranges.data();
  } else {
    one_ = count_ == 1 ? ranges.front() : Range{};
  }
}

void CharClass::swap(CharClass& other) noexcept {
  static_assert(sizeof(one_) == sizeof(many_));
  std::swap(count_, other.count_);
  std::swap(owned_, other.owned_);
  unsigned char bytes[sizeof(one_)];
  std::memcpy(bytes, &one_, sizeof(one_));
  std::memcpy(&one_, &other.one_, sizeof(one_));
  std::memcpy(&other.one_, bytes, sizeof(one_));
}

std::strong_ordering operator<=>(const CharClass& a, const CharClass& b) {
  const View<Range> x = a.ranges();
  const View<Range> y = b.ranges();
  return std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
}

const CharClass& CharClass::all(Encoding encoding) {
  static const CharClass kBytes{{0, kMaxByte}};
  static const CharClass kScalars{{0, 0xD7FF}, {0xE000, kMaxScalar}};
  return encoding == Encoding::kBytes ? kBytes : kScalars;
}

bool CharClass::contains(std::uint32_t unit) const {
  const View<Range> list = ranges();
  auto after = std::upper_bound(list.begin(), list.end(), unit,
                                [](std::uint32_t u, const Range& range) { return u < range.lo; });
  if (REDOUBT_MUTANT(class_last_unit_lost) && unit < kMaxByte && after != list.begin() && unit > std::prev(after)->lo)
    ++unit;
  return after != list.begin() && unit <= std::prev(after)->hi;
}

std::uint64_t CharClass::size() const {
  std::uint64_t total = 0;
  for (const Range& range : ranges()) total += std::uint64_t{range.hi} - range.lo + 1;
  return total;
}

CharClass CharClass::union_with(const CharClass& other) const {
  const View<Range> a = ranges();
  const View<Range> b = other.ranges();
  std::vector<Range> both(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), both.begin());
  return CharClass(std::move(both));
}

CharClass CharClass::intersect(const CharClass& other) const {
  std::vector<Range> common;
  common.reserve(ranges().size() + other.ranges().size());
  auto a = ranges().begin();
  auto b = other.ranges().begin();
  while (a != ranges().end() && b != other.ranges().end()) {
    std::uint32_t lo = std::max(a->lo, b->lo);
    std::uint32_t hi = std::min(a->hi, b->hi);
    if (lo <= hi) common.push_back({lo, hi});
    (a->hi < b->hi ? a : b)++;
  }
  return CharClass(std::move(common));
}

CharClass CharClass::minus(const CharClass& other) const {
  std::vector<Range> left;
  left.reserve(ranges().size() + other.ranges().size());
  auto cut = other.ranges().begin();
  for (Range range : ranges()) {
    while (cut != other.ranges().end() && cut->hi < range.lo) ++cut;
    std::uint32_t lo = range.lo;
    bool consumed = false;
    for (auto c = cut; c != other.ranges().end() && c->lo <= range.hi; ++c) {
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

namespace {

/// At most so many classes leave one bit of a word for the domain.
constexpr std::size_t kFewClasses = 63;

/// A class begins or ends to hold at a unit.
struct Change {
  std::uint32_t at;
  std::uint64_t bit;
};

std::vector<Change> sorted_changes(View<const CharClass*> classes, const CharClass& domain) {
  std::vector<Change> changes;
  std::size_t ranges = domain.ranges().size();
  for (const CharClass* c : classes) ranges += c->ranges().size();
  changes.reserve(2 * ranges);
  const std::uint32_t most = domain.ranges().back().hi;
  auto add = [&](const CharClass& c, std::size_t index) {
    for (const Range& range : c.ranges()) {
      if (range.lo > most) break;
      changes.push_back({range.lo, std::uint64_t{1} << index});
      const std::uint32_t late = REDOUBT_MUTANT(partition_bound_late) && range.hi + 1 < most ? 1 : 0;
      if (range.hi < most) changes.push_back({range.hi + 1 + late, std::uint64_t{1} << index});
    }
  };
  add(domain, kFewClasses);
  for (std::size_t k = 0; k < classes.size(); ++k) add(*classes[k], k);
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
  return changes;
}

/// One sweep over the bounds of all ranges, with the set of the classes that hold there as a word.
Partition partition_few(View<const CharClass*> classes, const CharClass& domain) {
  Partition result;
  const std::vector<Change> changes = sorted_changes(classes, domain);
  result.starts.reserve(changes.size());
  result.parts.reserve(changes.size());
  std::vector<std::pair<std::uint64_t, std::uint32_t>> numbers;  // part of each set, sorted
  std::uint64_t inside = 0;
  for (auto change = changes.begin(); change != changes.end();) {
    const std::uint32_t start = change->at;
    for (; change != changes.end() && change->at == start; ++change) inside ^= change->bit;
    std::uint32_t part = Partition::kNoPart;
    if (inside >> kFewClasses & 1) {
      auto place = std::lower_bound(numbers.begin(), numbers.end(), std::pair{inside, std::uint32_t{0}});
      if (place == numbers.end() || place->first != inside) {
        place = numbers.insert(place, {inside, result.count++});
        result.representatives.push_back(start);
      }
      part = place->second;
    } else if (!result.parts.empty() && result.parts.back() == Partition::kNoPart) {
      continue;  // a bound among the surrogates
    }
    result.starts.push_back(start);
    result.parts.push_back(part);
  }
  return result;
}

Partition partition_many(View<const CharClass*> classes, const CharClass& domain) {
  Partition result;
  std::vector<std::uint32_t>& starts = result.starts;
  auto add_bounds = [&](const CharClass& c) {
    for (const Range& range : c.ranges()) {
      starts.push_back(range.lo);
      if (range.hi < domain.ranges().back().hi) starts.push_back(range.hi + 1);
    }
  };
  add_bounds(domain);
  for (const CharClass* c : classes) add_bounds(c->intersect(domain));
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
    for (std::size_t c = 0; c < classes.size(); ++c) membership[c] = classes[c]->contains(start);
    auto [place, is_new] = numbers.emplace(std::move(membership), result.count);
    if (is_new) {
      result.representatives.push_back(start);
      ++result.count;
    }
    result.parts.push_back(place->second);
  }
  return result;
}

}  // namespace

Partition partition_of(View<const CharClass*> classes, Encoding encoding) {
  const CharClass& domain = CharClass::all(encoding);
  return classes.size() <= kFewClasses ? partition_few(classes, domain) : partition_many(classes, domain);
}

Partition partition(const std::vector<CharClass>& classes, Encoding encoding) {
  std::vector<const CharClass*> list;
  list.reserve(classes.size());
  for (const CharClass& c : classes) list.push_back(&c);
  return partition_of(list, encoding);
}

const CharClass& digit_class() {
  static const CharClass c{{'0', '9'}};
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
