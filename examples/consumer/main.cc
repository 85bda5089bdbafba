// Finds dates, and tells which of some rules match, in its argument: the C++ API in one page.
#include <array>
#include <iostream>

#include "redoubt/regex.h"
#include "redoubt/regex_set.h"

namespace {

int complain(const redoubt::Error& error) {
  std::cerr << error.message << " (at byte " << error.offset << ")\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view text = argc > 1 ? argv[1] : "on 2024-05-06 and 2025-12-31";
  redoubt::Scratch scratch;

  auto date = redoubt::Regex::compile("(?P<year>\\d{4})-(?P<month>\\d\\d)-(?P<day>\\d\\d)");
  if (!date) return complain(date.error());
  redoubt::Slots slots;
  redoubt::Result result = date->captures_all({text}, scratch, slots, [&](const redoubt::Slots& match) {
    for (std::size_t g = 1; g < match.size(); ++g) {
      std::cout << date->group_name(g) << ": " << text.substr(match[g].begin, match[g].end - match[g].begin) << "\n";
    }
    return true;
  });
  if (result != redoubt::Result::kMatch) std::cout << "no date\n";

  const std::array<redoubt::Rule, 3> rules = {{{"\\b(warn|error)\\b", 1}, {"disk.*full", 1}, {"[0-9]{7,}", 2}}};
  auto set = redoubt::RegexSet::compile(rules);
  if (!set) return complain(set.error().error);
  redoubt::SetMatches matches;
  if (set->matches({text}, scratch, matches, {.group = 1}) == redoubt::Result::kMatch) {
    matches.for_each([&](std::size_t rule) {
      if (redoubt::Found found = set->regex(rule).find({text}, scratch)) {
        std::cout << text.substr(found.span.begin, found.span.end - found.span.begin) << ": [" << found.span.begin
                  << "," << found.span.end << ")\n";
      }
    });
  }
  return 0;
}
