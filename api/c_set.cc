// The C ABI: sets.
#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "api/c_convert.h"

using namespace redoubt;
using namespace redoubt::c;

int redoubt_set_compile(const redoubt_rule* rules, size_t count, const redoubt_options* options, redoubt_set** set,
                        redoubt_error** error) {
  if (error != nullptr) *error = nullptr;
  if (set == nullptr) return REDOUBT_INVALID_ARGUMENT;
  *set = nullptr;
  return guarded([&]() -> int {
    SetOptions wanted;
    if ((rules == nullptr && count > 0) || !read_options(options, wanted)) return REDOUBT_INVALID_ARGUMENT;
    std::vector<Rule> own;
    for (size_t r = 0; r < count; ++r) {
      const redoubt_rule& rule = rules[r];
      if (!is_text(rule.pattern, rule.length) || (rule.flags & ~kPatternFlags) != 0) return REDOUBT_INVALID_ARGUMENT;
      own.push_back({.pattern = to_text(rule.pattern, rule.length),
                     .group = rule.group,
                     .icase = (rule.flags & REDOUBT_ICASE) != 0,
                     .multiline = (rule.flags & REDOUBT_MULTILINE) != 0,
                     .dot_all = (rule.flags & REDOUBT_DOT_ALL) != 0});
    }
    RegexSet::Compiled compiled = RegexSet::compile(own, wanted);
    if (!compiled) return report(std::move(compiled.error().error), compiled.error().rule, error);
    auto made = std::make_unique<redoubt_set>(redoubt_set{std::move(*compiled), {}});
    made->regexes.reserve(count);
    for (size_t r = 0; r < count; ++r) made->regexes.push_back({made->set.regex(r)});
    *set = made.release();
    return REDOUBT_OK;
  });
}

void redoubt_set_free(redoubt_set* set) { delete set; }
size_t redoubt_set_size(const redoubt_set* set) { return set->set.size(); }
const redoubt_regex* redoubt_set_regex(const redoubt_set* set, size_t rule) {
  return rule < set->regexes.size() ? &set->regexes[rule] : nullptr;
}

int redoubt_set_matches(const redoubt_set* set, redoubt_scratch* scratch, const redoubt_input* input,
                        const uint32_t* group, uint32_t flags, uint64_t* words, size_t word_count) {
  Input asked;
  if (set == nullptr || scratch == nullptr || !read_input(input, asked)) return REDOUBT_INVALID_ARGUMENT;
  if ((flags & ~std::uint32_t{REDOUBT_SET_FIRST_ONLY}) != 0) return REDOUBT_INVALID_ARGUMENT;
  if (word_count < (set->set.size() + 63) / 64 || (words == nullptr && word_count > 0)) return REDOUBT_INVALID_ARGUMENT;
  return guarded([&] {
    SetQuery query{.first_only = (flags & REDOUBT_SET_FIRST_ONLY) != 0};
    if (group != nullptr) query.group = *group;
    Result result = set->set.matches(asked, scratch->scratch, scratch->matches, query);
    std::fill_n(words, word_count, 0);
    std::copy(scratch->matches.words().begin(), scratch->matches.words().end(), words);
    return to_status(result);
  });
}
