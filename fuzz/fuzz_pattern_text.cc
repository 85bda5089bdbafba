// Text near the grammar through the parser, in both dialects and both encodings, and through the public interface: a
// pattern is accepted or refused with a place and a reason, and what is accepted survives being printed and read again.
// The first byte of the input picks the options; mutations put pieces of the grammar into the rest.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fuzz/put.h"
#include "fuzz/text_mutator.h"
#include "redoubt/regex.h"
#include "syntax/parser.h"
#include "syntax/printer.h"
#include "syntax/regex.h"

namespace {

using namespace redoubt;
using syntax::Dialect;
using syntax::ParseOptions;
using syntax::ParseResult;

/// The public interface is asked about patterns up to this length.
constexpr std::size_t kPublicBytes = 300;

void require(bool holds, const char* law, std::string_view pattern, std::string_view printed = {}) {
  if (holds) return;
  std::fprintf(stderr, "%s\n  pattern: %s\n  printed: %s\n", law, syntax::escape_bytes(pattern).c_str(),
               syntax::escape_bytes(printed).c_str());
  std::abort();
}

/// parse(print(tree)) is the tree. The flags are in the tree by now. What is printed may be longer than what was
/// written, and deeper by the non-capturing groups it needs: those two limits are no part of the law.
void check_round_trip(const syntax::Regex& tree, Dialect dialect, Encoding encoding, std::string_view pattern) {
  const auto printed = syntax::print(
      tree, dialect == Dialect::kEre ? syntax::PrintDialect::kEre : syntax::PrintDialect::kPerl, encoding);
  require(printed || dialect == Dialect::kEre, "the Perl-like dialect says everything", pattern);
  if (!printed) return;
  ParseOptions options;
  options.dialect = dialect;
  options.encoding = encoding;
  options.limits.nesting_depth *= 4;
  options.limits.pattern_bytes *= 64;
  const ParseResult again = syntax::parse(*printed, options);
  require(again.has_value(), "what is printed is accepted", pattern, *printed);
  require(syntax::equal(*again, tree), "what is printed is read as the same tree", pattern, *printed);
}

/// The public interface refuses what the parser refuses; beyond that it has limits of its own.
void check_public(const ParseResult& tree, const ParseOptions& parsed, std::string_view pattern) {
  Options options;
  options.dialect = parsed.dialect == Dialect::kEre ? redoubt::Dialect::kEre : redoubt::Dialect::kPerl;
  options.encoding = parsed.encoding;
  options.icase = parsed.icase;
  options.multiline = parsed.multiline;
  options.dot_all = parsed.dot_all;
  options.limits.program_bytes = std::size_t{64} << 10;
  const auto regex = redoubt::Regex::compile(pattern, options);
  require(tree.has_value() || !regex, "what the parser refuses does not compile", pattern);
}

void run(std::string_view input) {
  if (input.empty()) return;
  const auto bits = static_cast<unsigned char>(input[0]);
  ParseOptions options;
  options.dialect = (bits & 1) != 0 ? Dialect::kEre : Dialect::kPerl;
  options.encoding = (bits & 2) != 0 ? Encoding::kUtf8 : Encoding::kBytes;
  options.icase = (bits & 4) != 0;
  options.multiline = (bits & 8) != 0;
  options.dot_all = (bits & 16) != 0;
  const std::string_view pattern = input.substr(1);
  const ParseResult tree = syntax::parse(pattern, options);
  if (pattern.size() <= kPublicBytes) check_public(tree, options, pattern);
  if (!tree) {
    require(tree.error().offset <= pattern.size(), "an error lies within the pattern", pattern);
    require(!tree.error().message.empty(), "an error has a reason", pattern);
    return;
  }
  check_round_trip(*tree, Dialect::kPerl, options.encoding, pattern);
  check_round_trip(*tree, Dialect::kEre, options.encoding, pattern);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  run(fuzz::text_of(data, size));
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  generate::RandomChoices choices(seed);
  if (LLVMFuzzerMutate != nullptr && choices.below(2) == 0) return LLVMFuzzerMutate(data, size, most);
  const std::string text(fuzz::text_of(data, size));
  return fuzz::put(fuzz::mutated_text(text, 1, fuzz::pattern_pieces(), choices), data, most);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* a, std::size_t a_size, const std::uint8_t* b,
                                                 std::size_t b_size, std::uint8_t* out, std::size_t most,
                                                 unsigned seed) {
  generate::RandomChoices choices(seed);
  return fuzz::put(fuzz::crossed_text(fuzz::text_of(a, a_size), fuzz::text_of(b, b_size), choices), out, most);
}
