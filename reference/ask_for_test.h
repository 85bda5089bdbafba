// For the reference's tests: patterns to trees, matchers to "(0,2)(?,?)", and all short strings.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "reference/leftmost_first.h"
#include "reference/longest_matcher.h"
#include "syntax/parser.h"

namespace redoubt::reference {

inline syntax::Regex parsed_for_test(std::string_view pattern, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions options;
  options.encoding = encoding;
  auto result = syntax::parse(pattern, options);
  EXPECT_TRUE(result) << pattern;
  return result ? *result : syntax::empty();
}

inline std::string answer_for_test(MatchStatus status, const Slots& slots) {
  switch (status) {
    case MatchStatus::kMatch:
      return to_string(slots);
    case MatchStatus::kNoMatch:
      return "no match";
    case MatchStatus::kLimit:
      return "limit";
  }
  return "?";
}

/// "" first, then by length.
inline std::vector<std::string> strings_for_test(std::string_view letters, std::size_t max_length) {
  std::vector<std::string> all = {""};
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (all[k].size() == max_length) continue;
    for (char letter : letters) all.push_back(all[k] + letter);
  }
  return all;
}

}  // namespace redoubt::reference
