// PikevmCase: what one fuzz input asks of the PikeVM: a few patterns, haystacks around them, and searches. Total: any
// bytes are a case, and the same bytes are the same case. It runs nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "generate/choices.h"
#include "pikevm/compiler.h"
#include "pikevm/search.h"
#include "syntax/regex.h"

namespace redoubt::fuzz {

/// The input in three parts, so that a change in one leaves the others as they are: the first kHeader bytes decide the
/// options and searches, then a part whose length the first byte gives decides the patterns, the rest the haystacks.
/// Patterns and haystacks are read off the bytes decision by decision, or drawn at random with the bytes as the seed:
/// the first is what mutations climb on, the second is varied from the first input on.
class PikevmCase {
 public:
  static constexpr std::size_t kHeader = 64;
  static constexpr std::size_t kMaxPatterns = 3;

  explicit PikevmCase(std::span<const std::uint8_t> input);

  /// Semantics, encoding, loop policy, and a budget that keeps programs small.
  const pikevm::Options& options() const { return options_; }
  /// One to kMaxPatterns; the first is the one in question, and haystacks are mostly around it.
  const std::vector<syntax::Regex>& patterns() const { return patterns_; }
  const std::vector<std::string>& haystacks() const { return haystacks_; }

  /// A window, anchored or not; how many slots are wanted is not drawn. A fourth of them are plain.
  pikevm::Search search(std::string_view haystack);
  /// A set of optimizations: one alone, all but one, or any.
  pikevm::Optimizations optimizations();
  /// Further decisions, out of the header.
  generate::Choices& choices() { return *header_; }

 private:
  std::unique_ptr<generate::Choices> header_;
  pikevm::Options options_;
  std::vector<syntax::Regex> patterns_;
  std::vector<std::string> haystacks_;
};

/// "posix bytes", "perl(pcre2) utf8": for reports.
std::string describe(const pikevm::Options& options);
/// "all", "none", "prefilter+split".
std::string describe(pikevm::Optimizations optimizations);
/// The fields that differ from a plain search's, without the haystack.
std::string describe(const pikevm::Search& search);

}  // namespace redoubt::fuzz
