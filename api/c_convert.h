// What the files of the C ABI share: the handles, where exceptions end, and conversions into the C++ API's terms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>
#include <vector>

#include "redoubt/redoubt.h"
#include "redoubt/regex.h"
#include "redoubt/regex_set.h"

struct redoubt_regex {
  redoubt::Regex regex;
};

struct redoubt_scratch {
  redoubt::Scratch scratch;
  redoubt::Slots slots;
  redoubt::SetMatches matches;
};

struct redoubt_error {
  redoubt::Error error;
  std::size_t rule;
};

struct redoubt_set {
  redoubt::RegexSet set;
  std::vector<redoubt_regex> regexes;
};

namespace redoubt::c {

/// Every call that may allocate runs in this.
template <class Body>
int guarded(const Body& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return REDOUBT_OUT_OF_MEMORY;
  } catch (...) {
    return REDOUBT_INTERNAL;
  }
}

int to_status(Result result);
int to_status(const Error& error);
inline bool is_text(const char* text, std::size_t length) { return text != nullptr || length == 0; }

inline std::string_view to_text(const char* text, std::size_t length) {
  return length == 0 ? std::string_view() : std::string_view(text, length);
}

inline constexpr std::uint32_t kPatternFlags = REDOUBT_ICASE | REDOUBT_MULTILINE | REDOUBT_DOT_ALL;

/// False if what was given is nothing that this library knows.
bool read_options(const redoubt_options* given, SetOptions& options);
bool read_input(const redoubt_input* given, Input& input);
/// Its status; *out (if there is an out) gets the error.
int report(Error error, std::size_t rule, redoubt_error** out);

}  // namespace redoubt::c
