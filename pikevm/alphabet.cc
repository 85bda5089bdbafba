#include "pikevm/alphabet.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

void Alphabet::build(const std::vector<syntax::CharClass>& classes, Encoding encoding) {
  std::vector<const syntax::CharClass*> list;
  list.reserve(classes.size());
  for (const syntax::CharClass& c : classes) list.push_back(&c);
  build(list, encoding);
}

void Alphabet::build(ClassList classes, Encoding encoding) {
  table_limit_ = encoding == Encoding::kBytes ? 256 : 128;
  if (encoding == Encoding::kBytes && build_small(classes)) return;
  build_large(classes, encoding);
}

// From low to high: what lies beyond `to` is overwritten by the next interval.
void Alphabet::fill_table(std::uint32_t from, std::uint32_t to, std::uint32_t part) {
  for (std::uint32_t at = from; at < to; at += kStep) std::memset(table_.data() + at, static_cast<int>(part), kStep);
}

// The usual small pattern in byte mode, in one sweep over the bounds of ranges: `changed` says which classes begin or
// end at a bound, so each interval between two bounds has the set of its classes as one word, and equal words are one
// part.
bool Alphabet::build_small(ClassList classes) {
  if (classes.size() > 64) return false;
  std::uint64_t is_bound[256 / 64 + 1] = {1};
  std::uint64_t changed[257];  // set where is_bound is
  changed[0] = 0;
  auto change = [&](std::uint32_t at, std::uint64_t bit) {
    std::uint64_t& word = is_bound[at / 64];
    changed[at] = (word >> (at % 64) & 1 ? changed[at] : 0) ^ bit;
    word |= std::uint64_t{1} << (at % 64);
  };
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (const syntax::Range& range : classes[c]->ranges()) {
      if (range.lo > syntax::kMaxByte) break;
      change(range.lo, std::uint64_t{1} << c);
      const std::uint32_t more = REDOUBT_MUTANT(alphabet_range_long) && range.hi < syntax::kMaxByte ? 1 : 0;
      change(std::min(range.hi, syntax::kMaxByte) + 1 + more, std::uint64_t{1} << c);
    }
  }

  std::uint64_t members[256];
  std::uint64_t inside = 0;
  std::uint32_t last_part = 0;
  std::uint32_t from = 0;
  part_count_ = 0;
  for (std::uint32_t w = 0; w < 256 / 64; ++w) {
    for (std::uint64_t bounds = is_bound[w]; bounds != 0; bounds &= bounds - 1) {
      const std::uint32_t at = 64 * w + static_cast<std::uint32_t>(std::countr_zero(bounds));
      fill_table(from, at, last_part);
      from = at;
      inside ^= changed[at];
      for (last_part = 0; last_part < part_count_ && members[last_part] != inside;) ++last_part;
      if (last_part == part_count_) members[part_count_++] = inside;
    }
  }
  fill_table(from, 256, last_part);

  words_ = (part_count_ + 63) / 64;
  bits_.assign(classes.size() * words_, 0);
  for (std::uint32_t part = 0; part < part_count_; ++part) {
    for (std::uint64_t in = members[part]; in != 0; in &= in - 1) {
      const auto c = static_cast<std::size_t>(std::countr_zero(in));
      bits_[c * words_ + part / 64] |= std::uint64_t{1} << (part % 64);
    }
  }
  return true;
}

void Alphabet::build_large(ClassList classes, Encoding encoding) {
  partition_ = syntax::partition_of(classes, encoding);
  part_count_ = partition_.count;
  const std::vector<std::uint32_t>& starts = partition_.starts;
  table_.fill(0);
  for (std::size_t k = 0; k < starts.size() && starts[k] < table_limit_; ++k) {
    const std::uint32_t end = k + 1 < starts.size() ? std::min(starts[k + 1], table_limit_) : table_limit_;
    fill_table(starts[k], end, partition_.parts[k]);
  }
  // Each range is a run of intervals, but for units outside the domain.
  words_ = std::max(1U, (part_count_ + 63) / 64);
  bits_.assign(classes.size() * words_, 0);
  for (std::size_t c = 0; c < classes.size(); ++c) {
    for (const syntax::Range& range : classes[c]->ranges()) {
      auto k = static_cast<std::size_t>(std::lower_bound(starts.begin(), starts.end(), range.lo) - starts.begin());
      const std::uint32_t less = REDOUBT_MUTANT(utf8_split_off_by_one) && range.hi >= 0x80 ? 1 : 0;
      for (; k < starts.size() && starts[k] + less <= range.hi; ++k) {
        const std::uint32_t part = partition_.parts[k];
        if (part != kNoPart) bits_[c * words_ + part / 64] |= std::uint64_t{1} << (part % 64);
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

std::size_t Alphabet::bytes_needed(ClassList classes) {
  std::size_t ranges = 0;
  for (const syntax::CharClass* c : classes) ranges += c->ranges().size();
  return classes.size() * ((2 * ranges + 64) / 64) * 8 + 16 * ranges;
}

}  // namespace redoubt::pikevm
