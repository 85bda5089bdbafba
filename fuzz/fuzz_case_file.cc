// Text as a case file: it is refused with a sentence that names the file, or read; what was read and is written is read
// as the same cases, and written as the same text again.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <tuple>

#include "fuzz/put.h"
#include "fuzz/text_mutator.h"
#include "harness/case.h"
#include "harness/panel.h"

namespace {

using namespace redoubt;
using harness::Case;

void require(bool holds, const char* law, const std::string& written) {
  if (holds) return;
  std::fprintf(stderr, "%s\n%s\n", law, written.c_str());
  std::abort();
}

auto fields(const Case& c) {
  return std::tie(c.name, c.pattern, c.haystack, c.dialect, c.encoding, c.icase, c.multiline, c.dot_all, c.max_repeat,
                  c.semantics, c.expected, c.rule, c.engine, c.kind, c.cause, c.provenance, c.replay);
}

bool same(const Case& a, const Case& b) {
  if (fields(a) != fields(b) || a.answers.size() != b.answers.size()) return false;
  for (std::size_t k = 0; k < a.answers.size(); ++k) {
    const harness::RecordedAnswer &x = a.answers[k], &y = b.answers[k];
    if (x.engine != y.engine || x.version != y.version || x.outcome != y.outcome) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto cases = harness::parse_cases(fuzz::text_of(data, size), "input");
  if (!cases) {
    require(cases.error().message.starts_with("input"), "what is refused is refused by name", cases.error().message);
    return 0;
  }
  const std::string written = harness::write_cases(*cases);
  const auto again = harness::parse_cases(written, "written");
  require(again.has_value(), "what is written is read", again ? written : written + again.error().message);
  require(again->size() == cases->size(), "every case is written", written);
  for (std::size_t k = 0; k < cases->size(); ++k) {
    require(same((*cases)[k], (*again)[k]), "a case is read as it was written", written);
    require(harness::to_json_line((*cases)[k]).find('\n') == std::string::npos, "a line of JSON is a line", written);
    if ((*cases)[k].pattern.size() < 200) static_cast<void>(harness::query_of((*cases)[k]));
  }
  require(harness::write_cases(*again) == written, "writing is stable", written);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  generate::RandomChoices choices(seed);
  if (LLVMFuzzerMutate != nullptr && choices.below(2) == 0) return LLVMFuzzerMutate(data, size, most);
  const std::string text(fuzz::text_of(data, size));
  return fuzz::put(fuzz::mutated_text(text, 0, fuzz::case_file_pieces(), choices), data, most);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* a, std::size_t a_size, const std::uint8_t* b,
                                                 std::size_t b_size, std::uint8_t* out, std::size_t most,
                                                 unsigned seed) {
  generate::RandomChoices choices(seed);
  return fuzz::put(fuzz::crossed_text(fuzz::text_of(a, a_size), fuzz::text_of(b, b_size), choices), out, most);
}
