// Small regexes and haystacks for tests: all trees of a size, and random trees.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "syntax/regex.h"

namespace redoubt::pikevm::test {

// With sanitizers everything takes several times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
inline constexpr bool kSanitized =
    __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool kSanitized = false;
#endif
inline constexpr int kRandomRounds = kSanitized ? 2'000 : 20'000;

struct Bounds {
  std::uint32_t min, max;
};
inline constexpr Bounds kBounds[] = {{0, syntax::kInfinite}, {1, syntax::kInfinite}, {0, 1}, {2, 2}, {1, 2}, {0, 2},
                                     {2, syntax::kInfinite}};

/// Every regex of `size` nodes over a, b, empty, ^, $; groups, repeats, binary and ternary concats and alternates.
/// Group numbers are still all 1: see numbered().
inline std::vector<syntax::Regex> all_regexes(std::uint32_t size, bool lazy) {
  std::vector<std::vector<syntax::Regex>> by_size(size + 1);
  for (std::uint32_t n = 1; n <= size; ++n) {
    std::vector<syntax::Regex>& now = by_size[n];
    if (n == 1) {
      now = {syntax::literal('a'), syntax::literal('b'), syntax::empty(), syntax::look(syntax::Look::kCaret),
             syntax::look(syntax::Look::kDollar)};
      continue;
    }
    for (const syntax::Regex& body : by_size[n - 1]) {
      now.push_back(syntax::group(body, 1));
      for (Bounds b : kBounds) {
        now.push_back(syntax::repeat(body, b.min, b.max));
        if (lazy) now.push_back(syntax::repeat(body, b.min, b.max, false));
      }
    }
    auto add = [&](std::vector<syntax::Regex> parts) {
      now.push_back(syntax::concat(parts));
      now.push_back(syntax::alternate(parts));
    };
    for (std::uint32_t k = 1; k + 1 < n; ++k) {
      for (const syntax::Regex& x : by_size[k]) {
        for (const syntax::Regex& y : by_size[n - 1 - k]) add({x, y});
      }
    }
    for (std::uint32_t k = 1; k + 2 < n; ++k) {
      for (std::uint32_t l = 1; k + l + 1 < n; ++l) {
        for (const syntax::Regex& x : by_size[k]) {
          for (const syntax::Regex& y : by_size[l]) {
            for (const syntax::Regex& z : by_size[n - 1 - k - l]) add({x, y, z});
          }
        }
      }
    }
  }
  return by_size[size];
}

inline std::vector<std::string> all_haystacks(std::string_view letters, std::size_t longest) {
  std::vector<std::string> all = {""};
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (all[k].size() == longest) break;
    for (char c : letters) all.push_back(all[k] + c);
  }
  return all;
}

class RandomRegex {
 public:
  explicit RandomRegex(std::uint32_t seed) : random_(seed) {}

  syntax::Regex regex(int depth, bool lazy) { return syntax::renumber_groups(node(depth, lazy)); }
  std::string haystack(std::string_view letters, std::size_t longest) {
    std::string h(pick(static_cast<std::uint32_t>(longest) + 1), ' ');
    for (char& c : h) c = letters[pick(static_cast<std::uint32_t>(letters.size()))];
    return h;
  }
  std::uint32_t pick(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

 private:
  syntax::Regex node(int depth, bool lazy) {
    std::uint32_t kind = depth <= 1 ? pick(3) : pick(14);
    if (kind < 2) return syntax::literal('a' + pick(2));
    if (kind == 2) {
      static constexpr syntax::Look kLooks[] = {syntax::Look::kCaret, syntax::Look::kDollar,
                                                syntax::Look::kWordBoundary, syntax::Look::kNotWordBoundary,
                                                syntax::Look::kLineStart};
      std::uint32_t leaf = pick(12);
      if (leaf < 5) return syntax::look(kLooks[leaf]);
      return leaf < 8 ? syntax::empty() : syntax::char_class({{'a', 'b'}});
    }
    if (kind < 6) return syntax::group(node(depth - 1, lazy), 1);
    if (kind < 10) {
      Bounds b = kBounds[pick(7)];
      if (pick(6) == 0) b = {pick(3), 3 + pick(2)};
      return syntax::repeat(node(depth - 1, lazy), b.min, b.max, !lazy || pick(3) > 0);
    }
    std::vector<syntax::Regex> parts;
    for (std::uint32_t k = 2 + pick(2); k > 0; --k) parts.push_back(node(depth - 1, lazy));
    return kind < 12 ? syntax::concat(std::move(parts)) : syntax::alternate(std::move(parts));
  }

  std::mt19937 random_;
};

}  // namespace redoubt::pikevm::test
