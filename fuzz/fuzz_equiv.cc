// Equivalence of patterns against all short strings, asked of the PikeVM: what is equal is equal on them, a witness
// tells the two apart and is a shortest one, and the laws of a comparison hold. The input is a PairCase.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "derivatives/equivalence.h"
#include "fuzz/pair_case.h"
#include "fuzz/put.h"
#include "syntax/printer.h"
#include "syntax/utf8.h"

namespace {

using namespace redoubt;
using derivatives::Comparison;
using derivatives::Decision;
using derivatives::Relation;
using fuzz::PairCase;

constexpr std::size_t kMaxStrings = 400, kMaxStates = 400, kMaxTerms = 40'000;

void require(bool holds, const char* law, const PairCase& c, const std::string& string) {
  if (holds) return;
  std::fprintf(stderr, "%s\n  left:   %s\n  right:  %s\n  string: \"%s\"\n", law,
               syntax::to_text(c.left, c.encoding).c_str(), syntax::to_text(c.right, c.encoding).c_str(),
               syntax::escape_bytes(string).c_str());
  std::abort();
}

Comparison compare(const PairCase& c, Relation relation, const syntax::Regex& left, const syntax::Regex& right) {
  return derivatives::compare_languages(left, right, c.encoding, relation, kMaxStates, kMaxTerms);
}

std::size_t units(const std::string& text, Encoding encoding) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    at += encoding == Encoding::kBytes ? 1 : syntax::decode_utf8(text, at).length;
  }
  return count;
}

/// `differs` on each string, under one relation.
void check(const PairCase& c, Relation relation, const fuzz::Languages& all) {
  const Comparison answer = compare(c, relation, c.left, c.right);
  const auto differs = [&](std::size_t k) {
    return relation == Relation::kEqual ? all.left[k] != all.right[k] : all.left[k] && !all.right[k];
  };
  if (answer.decision == Decision::kLimit) return;
  const bool fails = answer.decision == Decision::kFails;
  const std::size_t length = fails ? units(answer.witness, c.encoding) : 0;
  for (std::size_t k = 0; k < all.strings.size(); ++k) {
    if (!differs(k)) continue;
    require(fails, "what is decided to hold holds on every string", c, all.strings[k]);
    require(length <= units(all.strings[k], c.encoding), "a witness is a shortest one", c, all.strings[k]);
    break;
  }
  if (!fails) return;
  for (std::size_t k = 0; k < all.strings.size(); ++k) {
    if (all.strings[k] != answer.witness) continue;
    require(differs(k) && all.left[k] == answer.left_matches, "a witness tells the two apart", c, answer.witness);
  }
}

void check_laws(const PairCase& c) {
  const Comparison there = compare(c, Relation::kEqual, c.left, c.right);
  const Comparison back = compare(c, Relation::kEqual, c.right, c.left);
  const Comparison left = compare(c, Relation::kContained, c.left, c.right);
  const Comparison right = compare(c, Relation::kContained, c.right, c.left);
  const auto limited = [](const Comparison& answer) { return answer.decision == Decision::kLimit; };
  if (limited(there) || limited(back) || limited(left) || limited(right)) return;
  const auto holds = [](const Comparison& answer) { return answer.decision == Decision::kHolds; };
  require(holds(there) == holds(back), "equality is symmetric", c, there.witness);
  require(units(there.witness, c.encoding) == units(back.witness, c.encoding), "witnesses are equally short both ways",
          c, there.witness);
  require(holds(there) == (holds(left) && holds(right)), "equal is contained both ways", c, there.witness);
  const Comparison in_sum = compare(c, Relation::kContained, c.left, syntax::alternate({c.right, c.left}));
  require(in_sum.decision != Decision::kFails, "r is contained in s|r", c, in_sum.witness);
  const Comparison itself = compare(c, Relation::kEqual, c.left, syntax::alternate({c.left, c.left}));
  require(itself.decision != Decision::kFails, "r|r is r", c, itself.witness);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const PairCase c = fuzz::decode_pair({data, size});
  check_laws(c);
  const auto all = fuzz::enumerate(c, kMaxStrings);
  if (!all) return 0;
  check(c, Relation::kEqual, *all);
  check(c, Relation::kContained, *all);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  generate::RandomChoices choices(seed);
  return fuzz::put(encode(fuzz::mutated(fuzz::decode_pair({data, size}), choices)), data, most);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* a, std::size_t a_size, const std::uint8_t* b,
                                                 std::size_t b_size, std::uint8_t* out, std::size_t most,
                                                 unsigned seed) {
  generate::RandomChoices choices(seed);
  return fuzz::put(encode(fuzz::crossed(fuzz::decode_pair({a, a_size}), fuzz::decode_pair({b, b_size}), choices)), out,
                   most);
}
