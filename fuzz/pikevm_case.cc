#include "fuzz/pikevm_case.h"

#include <algorithm>
#include <string_view>

#include "fuzz/case_haystacks.h"
#include "fuzz/case_patterns.h"

namespace redoubt::fuzz {

using generate::ByteChoices;
using generate::Choices;
using generate::RandomChoices;

namespace {

/// Larger programs are refused: they cost time, and show nothing that a program of this size does not.
constexpr std::size_t kProgramBytes = std::size_t{96} << 10;

std::unique_ptr<Choices> choices_over(std::span<const std::uint8_t> bytes, bool random) {
  if (!random) return std::make_unique<ByteChoices>(bytes);
  std::uint64_t seed = 0xCBF29CE484222325;  // FNV-1a
  for (std::uint8_t byte : bytes) seed = (seed ^ byte) * 0x100000001B3;
  return std::make_unique<RandomChoices>(seed);
}

}  // namespace

PikevmCase::PikevmCase(std::span<const std::uint8_t> input) {
  const auto take = [&input](std::size_t n) {
    const auto part = input.first(std::min(n, input.size()));
    input = input.subspan(part.size());
    return part;
  };
  const auto header = take(kHeader);
  const std::size_t split = header.empty() ? 0 : header[0];
  header_ = std::make_unique<ByteChoices>(header.empty() ? header : header.subspan(1));
  const std::uint64_t options = header_->below(256);
  options_.semantics = (options & 1) != 0 ? Semantics::kLeftmostFirst : Semantics::kLeftmostLongest;
  options_.encoding = (options & 2) != 0 ? Encoding::kUtf8 : Encoding::kBytes;
  if ((options & 5) == 5) options_.loop_policy = pikevm::LoopPolicy::kPcre2;
  options_.program_budget_bytes = kProgramBytes;

  const auto pattern_choices = choices_over(take(split), (options & 8) != 0);
  for (std::uint64_t n = header_->between(1, kMaxPatterns); n > 0; --n) {
    patterns_.push_back(draw_pattern(*pattern_choices, options_.encoding));
  }

  const auto haystack_choices = choices_over(input, (options & 16) != 0);
  Haystacks haystacks(*haystack_choices, patterns_, options_.encoding);
  for (std::uint64_t n = header_->between(1, 3); n > 0; --n) haystacks_.push_back(haystacks.draw());
}

pikevm::Search PikevmCase::search(std::string_view haystack) {
  pikevm::Search search;
  search.haystack = haystack;
  const std::uint64_t kind = header_->below(4);
  if (kind == 0) return search;
  search.anchored = header_->one_in(3);
  if (kind != 1) search.begin = header_->below(haystack.size() + 1);
  // An end before the begin is asked now and then, too.
  if (kind == 2) search.end = header_->below(haystack.size() + 2);
  return search;
}

pikevm::Optimizations PikevmCase::optimizations() {
  using pikevm::Optimizations;
  const auto one = [&] { return static_cast<pikevm::Optimization>(header_->below(pikevm::kOptimizationCount)); };
  const std::uint64_t kind = header_->below(3);
  if (kind == 0) return Optimizations::none().with(one());
  if (kind == 1) return Optimizations::all().without(one());
  Optimizations some = Optimizations::none();
  const std::uint64_t bits = header_->below(std::uint64_t{1} << pikevm::kOptimizationCount);
  for (std::size_t k = 0; k < pikevm::kOptimizationCount; ++k) {
    if ((bits >> k & 1) != 0) some = some.with(static_cast<pikevm::Optimization>(k));
  }
  return some;
}

std::string describe(const pikevm::Options& options) {
  std::string text(to_string(options.semantics));
  if (options.semantics == Semantics::kLeftmostFirst && options.loop_policy == pikevm::LoopPolicy::kPcre2) {
    text += "(pcre2)";
  }
  return text + " " + std::string(to_string(options.encoding));
}

std::string describe(pikevm::Optimizations optimizations) {
  if (optimizations == pikevm::Optimizations::all()) return "all";
  std::string text;
  for (std::size_t k = 0; k < pikevm::kOptimizationCount; ++k) {
    if (!optimizations.has(static_cast<pikevm::Optimization>(k))) continue;
    text += (text.empty() ? "" : "+") + std::string(pikevm::kOptimizationNames[k]);
  }
  return text.empty() ? "none" : text;
}

std::string describe(const pikevm::Search& search) {
  std::string text;
  const auto add = [&text](const std::string& field) { text += (text.empty() ? "" : " ") + field; };
  const pikevm::Search plain;
  if (search.begin != plain.begin) add("begin=" + std::to_string(search.begin));
  if (search.end != plain.end) add("end=" + std::to_string(search.end));
  if (search.anchored) add("anchored");
  if (search.wanted_slots != plain.wanted_slots) add("wanted_slots=" + std::to_string(search.wanted_slots));
  if (search.step_limit != plain.step_limit) add("step_limit=" + std::to_string(search.step_limit));
  if (search.memory_limit_bytes != plain.memory_limit_bytes) {
    add("memory_limit=" + std::to_string(search.memory_limit_bytes));
  }
  return text.empty() ? "plain" : text;
}

}  // namespace redoubt::fuzz
