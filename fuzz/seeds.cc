#include "fuzz/seeds.h"

#include <cctype>

#include "fuzz/coded_case.h"
#include "fuzz/pair_case.h"
#include "harness/panel.h"

namespace redoubt::fuzz {

namespace {

std::string file_name(const harness::Case& c, std::size_t number) {
  std::string name = std::to_string(number) + "-";
  for (const unsigned char letter : c.name.substr(0, 40)) {
    name += std::isalnum(letter) != 0 ? static_cast<char>(letter) : '-';
  }
  return name;
}

/// As fuzz_pattern_text reads its first byte.
char option_bits(const harness::Case& c) {
  return static_cast<char>((c.dialect == syntax::Dialect::kEre ? 1 : 0) | (c.encoding == Encoding::kUtf8 ? 2 : 0) |
                           (c.icase ? 4 : 0) | (c.multiline ? 8 : 0) | (c.dot_all ? 16 : 0));
}

}  // namespace

std::vector<Seed> seeds_of(const std::vector<harness::Case>& cases) {
  std::vector<Seed> seeds;
  syntax::Regex before;
  for (std::size_t k = 0; k < cases.size(); ++k) {
    const harness::Case& c = cases[k];
    const std::string name = file_name(c, k);
    seeds.push_back({"fuzz_pattern_text", name, option_bits(c) + c.pattern});
    seeds.push_back({"fuzz_case_file", name, harness::write_cases({c})});
    const auto query = harness::query_of(c);
    if (!query) continue;
    CodedCase coded;
    coded.semantics = c.semantics;
    coded.encoding = c.encoding;
    coded.dice = static_cast<std::uint8_t>(k);
    coded.pattern = query->regex;
    coded.haystacks = {c.haystack};
    seeds.push_back({"fuzz_differential", name, encode(coded)});
    seeds.push_back({"fuzz_equiv", name, encode(PairCase{c.encoding, query->regex, before ? before : query->regex})});
    before = query->regex;
  }
  return seeds;
}

}  // namespace redoubt::fuzz
