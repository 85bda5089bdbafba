#include "pikevm/alphabet.h"

#include <algorithm>
#include <cstring>

namespace redoubt::pikevm {

namespace {

/// More ranges than this over all classes go the general way.
constexpr std::size_t kSmallRanges = 64;

}  // namespace

void Alphabet::build(const std::vector<syntax::CharClass>& classes, Encoding encoding) {
  table_limit_ = encoding == Encoding::kBytes ? 256 : 128;
  if (encoding == Encoding::kBytes && build_small(classes)) return;
  build_large(classes, encoding);
}

// The usual small pattern in byte mode, without the maps and vectors of the general partition: each interval between
// two range bounds gets the set of its classes as one word, and equal words are one part.
bool Alphabet::build_small(const std::vector<syntax::CharClass>& classes) {
  std::size_t ranges = 0;
  for (const syntax::CharClass& c : classes) ranges += c.ranges().size();
  if (classes.size() > 64 || ranges > kSmallRanges) return false;
  std::uint32_t starts[2 * kSmallRanges + 1] = {0};
  std::size_t count = 1;
  for (const syntax::CharClass& c : classes) {
    for (const syntax::Range& range : c.ranges()) {
      if (range.lo > syntax::kMaxByte) continue;
      starts[count++] = range.lo;
      if (range.hi < syntax::kMaxByte) starts[count++] = range.hi + 1;
    }
  }
  std::sort(starts, starts + count);
  count = static_cast<std::size_t>(std::unique(starts, starts + count) - starts);

  std::uint64_t members[2 * kSmallRanges + 1];
  part_count_ = 0;
  for (std::size_t k = 0; k < count; ++k) {
    std::uint64_t inside = 0;
    for (std::size_t c = 0; c < classes.size(); ++c) {
      if (classes[c].contains(starts[k])) inside |= std::uint64_t{1} << c;
    }
    std::uint32_t part = 0;
    while (part < part_count_ && members[part] != inside) ++part;
    if (part == part_count_) members[part_count_++] = inside;
    std::size_t stop = k + 1 < count ? starts[k + 1] : 256;
    std::memset(table_.data() + starts[k], static_cast<int>(part), stop - starts[k]);
  }
  words_ = (part_count_ + 63) / 64;
  bits_.assign(classes.size() * words_, 0);
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (std::uint32_t part = 0; part < part_count_; ++part) {
      bits_[c * words_ + part / 64] |= (members[part] >> c & 1) << (part % 64);
    }
  }
  return true;
}

void Alphabet::build_large(const std::vector<syntax::CharClass>& classes, Encoding encoding) {
  partition_ = syntax::partition(classes, encoding);
  part_count_ = partition_.count;
  for (std::uint32_t unit = 0; unit < table_limit_; ++unit) {
    table_[unit] = static_cast<std::uint8_t>(partition_.part_of(unit));
  }
  words_ = std::max(1U, (part_count_ + 63) / 64);
  bits_.assign(classes.size() * words_, 0);
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (std::uint32_t part = 0; part < part_count_; ++part) {
      if (classes[c].contains(partition_.representatives[part])) {
        bits_[c * words_ + part / 64] |= std::uint64_t{1} << (part % 64);
      }
    }
  }
}

std::uint32_t Alphabet::part_of(std::uint32_t unit) const {
  return unit < table_limit_ ? table_[unit] : partition_.part_of(unit);
}

Unit Alphabet::read_sequence(std::string_view text, std::size_t at) const {
  syntax::Decoded decoded = syntax::decode_utf8(text, at);
  if (!decoded.valid) return {kNoPart, 1};
  return {partition_.part_of(decoded.unit), decoded.length};
}

std::size_t Alphabet::bytes_needed(const std::vector<syntax::CharClass>& classes) {
  std::size_t ranges = 0;
  for (const syntax::CharClass& c : classes) ranges += c.ranges().size();
  return classes.size() * ((2 * ranges + 64) / 64) * 8 + 16 * ranges;
}

}  // namespace redoubt::pikevm
