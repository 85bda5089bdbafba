#include "fuzz/pikevm_case.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "generate/automaton_haystacks.h"
#include "generate/haystack_gen.h"
#include "generate/regex_gen.h"

namespace redoubt::fuzz {

using generate::ByteChoices;
using generate::Choices;
using generate::RandomChoices;
using generate::RegexSampler;
using syntax::Regex;

namespace {

constexpr std::uint32_t kMaxNodes = 24;
/// Larger programs are refused: they cost time, and show nothing that a program of this size does not.
constexpr std::size_t kProgramBytes = std::size_t{96} << 10;

std::unique_ptr<Choices> choices_over(std::span<const std::uint8_t> bytes, bool random) {
  if (!random) return std::make_unique<ByteChoices>(bytes);
  std::uint64_t seed = 0xCBF29CE484222325;  // FNV-1a
  for (std::uint8_t byte : bytes) seed = (seed ^ byte) * 0x100000001B3;
  return std::make_unique<RandomChoices>(seed);
}

const RegexSampler& sampler(Encoding encoding) {
  static const auto make = [](Encoding e) {
    generate::RandomSettings settings = generate::wide_settings(Semantics::kLeftmostFirst, e);
    settings.grammar.dot_all = true;
    return *RegexSampler::make(settings, kMaxNodes);
  };
  static const RegexSampler kBytes = make(Encoding::kBytes), kUtf8 = make(Encoding::kUtf8);
  return encoding == Encoding::kBytes ? kBytes : kUtf8;
}

/// Patterns out of the grammar's trees and of words: strings are what prefilters and factoring live on, and trees of
/// single letters rarely have them.
class Patterns {
 public:
  Patterns(Choices& choices, Encoding encoding) : choices_(choices), encoding_(encoding) {}

  Regex draw() {
    Regex regex = shape();
    if (choices_.one_in(12)) {
      const auto min = static_cast<std::uint32_t>(choices_.below(20));
      const auto more = static_cast<std::uint32_t>(1 + choices_.below(40));
      regex = syntax::repeat(regex, min, choices_.one_in(4) ? syntax::kInfinite : min + more, !choices_.one_in(4));
    }
    return syntax::renumber_groups(regex);
  }

 private:
  Regex shape() {
    switch (choices_.below(10)) {
      case 0:
      case 1:
      case 2:
        break;
      case 3:
        return syntax::concat({word(), tree()});
      case 4:
        return syntax::concat({tree(), word()});
      case 5:
        return words();
      case 6:
        return syntax::concat({words(), tree()});
      case 7:
        return echo();
      case 8:
        return shared_prefix();
      case 9:
        return nested();
    }
    return tree();
  }

  Regex tree() { return sampler(encoding_).draw(choices_); }

  Regex unit() {
    static constexpr std::string_view kLetters = "abcAB0-@";
    static constexpr std::uint32_t kWide[] = {0xE9, 0xE8, 0x3B1, 0x20AC, 0x1F600, 0x212A};
    if (encoding_ == Encoding::kUtf8 && choices_.one_in(6)) {
      return syntax::literal(kWide[choices_.below(std::size(kWide))]);
    }
    // Nothing matches the empty class.
    if (choices_.one_in(60)) return syntax::char_class(syntax::CharClass());
    return syntax::literal(static_cast<unsigned char>(kLetters[choices_.below(kLetters.size())]));
  }

  Regex word() {
    std::vector<Regex> units;
    const bool folded = choices_.one_in(4);
    for (std::uint64_t n = choices_.between(1, 6); n > 0; --n) {
      if (folded) {
        const auto letter = static_cast<std::uint32_t>('a' + choices_.below(3));
        units.push_back(syntax::char_class({{letter, letter}, {letter - 32, letter - 32}}));
      } else {
        units.push_back(unit());
      }
    }
    return syntax::concat(std::move(units));
  }

  Regex words() {
    std::vector<Regex> branches;
    for (std::uint64_t n = choices_.between(2, choices_.one_in(4) ? 24 : 5); n > 0; --n) branches.push_back(word());
    Regex regex = syntax::alternate(std::move(branches));
    return choices_.below(2) == 0 ? regex : syntax::group(regex, 1);
  }

  /// The same part several times in a row, under different repeats.
  Regex echo() {
    const Regex part = choices_.below(2) == 0 ? unit() : tree();
    std::vector<Regex> parts;
    for (std::uint64_t n = choices_.between(2, 4); n > 0; --n) parts.push_back(repeated(part));
    if (choices_.one_in(3)) parts.push_back(tree());
    return syntax::concat(std::move(parts));
  }
  Regex repeated(const Regex& part) {
    static constexpr std::pair<std::uint32_t, std::uint32_t> kBounds[] = {
        {0, syntax::kInfinite}, {1, syntax::kInfinite}, {0, 1}, {2, 2}, {0, 3}, {2, syntax::kInfinite}};
    const std::uint64_t which = choices_.below(std::size(kBounds) + 2);
    if (which >= std::size(kBounds)) return part;
    return syntax::repeat(part, kBounds[which].first, kBounds[which].second, !choices_.one_in(4));
  }

  /// Counted repeats in each other, around little: what rules about repeats are about.
  Regex nested() {
    const auto bounded = [this](Regex body) {
      const auto min = static_cast<std::uint32_t>(choices_.below(4));
      const std::uint32_t max =
          choices_.one_in(3) ? syntax::kInfinite : min + static_cast<std::uint32_t>(choices_.below(4));
      return syntax::repeat(std::move(body), min, max, !choices_.one_in(4));
    };
    Regex regex = choices_.below(3) == 0 ? word() : unit();
    for (std::uint64_t n = choices_.between(1, 3); n > 0; --n) {
      regex = bounded(std::move(regex));
      if (choices_.one_in(6)) regex = syntax::alternate({regex, unit()});
      if (choices_.one_in(6)) regex = syntax::group(regex, 1);
    }
    return choices_.below(2) == 0 ? regex : syntax::concat({regex, tree()});
  }

  /// Branches that begin alike.
  Regex shared_prefix() {
    const Regex prefix = choices_.below(2) == 0 ? word() : tree();
    std::vector<Regex> branches;
    for (std::uint64_t n = choices_.between(2, 4); n > 0; --n) {
      branches.push_back(choices_.one_in(4) ? prefix
                                            : syntax::concat({prefix, choices_.below(2) == 0 ? unit() : tree()}));
    }
    return syntax::alternate(std::move(branches));
  }

  Choices& choices_;
  Encoding encoding_;
};

/// Haystacks out of pieces: strings of the patterns' languages, strings along the automaton, noise, and runs of one
/// unit long enough for scans to pass over.
class Haystacks {
 public:
  Haystacks(Choices& choices, const std::vector<Regex>& patterns, Encoding encoding)
      : choices_(choices), patterns_(patterns), encoding_(encoding) {
    for (std::uint32_t unit : generate::interesting_units(patterns[0], encoding)) {
      units_.push_back(generate::unit_text(unit, encoding));
    }
    if (choices_.one_in(6)) {
      generate::AutomatonLimits limits;
      limits.max_states = 40;
      limits.max_haystacks = 40;
      limits.max_length = 60;
      along_ = generate::automaton_haystacks(patterns[0], encoding, choices_, limits).haystacks;
    }
  }

  std::string draw() {
    const std::uint64_t kind = choices_.below(4);
    const std::size_t most = kind == 0 ? PikevmCase::kShort : kind == 1 ? 60 : PikevmCase::kLongest;
    const std::size_t least = kind < 2 ? 0 : choices_.between(32, 300);
    std::string text;
    for (std::uint64_t n = choices_.between(0, 4); n > 0 || text.size() < least; n -= n > 0) {
      const std::size_t before = text.size();
      text += piece();
      if (text.size() == before) text += n == 0 ? "-" : "";
    }
    text.resize(std::min(text.size(), most));
    if (!text.empty() && choices_.one_in(4)) damage(text);
    return text;
  }

 private:
  std::string piece() {
    switch (choices_.below(6)) {
      case 0:
        return generate::draw_along(patterns_[choices_.below(patterns_.size())], encoding_, choices_, 40);
      case 1:
        return units_[choices_.below(units_.size())];
      case 2:
        return std::string(choices_.between(1, 90), "-a \n"[choices_.below(4)]);
      case 3: {
        std::string bytes;
        for (std::uint64_t n = choices_.between(1, 3); n > 0; --n) bytes += static_cast<char>(choices_.below(256));
        return bytes;
      }
      case 4:
        if (!along_.empty()) return along_[choices_.below(along_.size())];
        break;
      case 5: {
        const std::string& unit = units_[choices_.below(units_.size())];
        std::string run;
        for (std::uint64_t n = choices_.between(1, 40); n > 0; --n) run += unit;
        return run;
      }
    }
    return generate::draw_along(patterns_[0], encoding_, choices_, 40);
  }

  void damage(std::string& text) {
    const std::size_t at = choices_.below(text.size());
    switch (choices_.below(3)) {
      case 0:
        text.erase(at, 1);
        break;
      case 1:
        text[at] = static_cast<char>(choices_.below(256));
        break;
      case 2:
        text.insert(at, units_[choices_.below(units_.size())]);
        break;
    }
  }

  Choices& choices_;
  const std::vector<Regex>& patterns_;
  Encoding encoding_;
  std::vector<std::string> units_;
  std::vector<std::string> along_;
};

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
  Patterns patterns(*pattern_choices, options_.encoding);
  for (std::uint64_t n = header_->between(1, kMaxPatterns); n > 0; --n) patterns_.push_back(patterns.draw());

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
  search.cached = !header_->one_in(4);
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
  if (!search.cached) add("uncached");
  if (search.wanted_slots != plain.wanted_slots) add("wanted_slots=" + std::to_string(search.wanted_slots));
  if (search.step_limit != plain.step_limit) add("step_limit=" + std::to_string(search.step_limit));
  if (search.memory_limit_bytes != plain.memory_limit_bytes) {
    add("memory_limit=" + std::to_string(search.memory_limit_bytes));
  }
  return text.empty() ? "plain" : text;
}

}  // namespace redoubt::fuzz
