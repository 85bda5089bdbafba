// Raw text through the parser, in both dialects and both encodings: a pattern is accepted or refused with a place and a
// reason, and what is accepted survives being printed and read again. The first byte of the input picks the options.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "syntax/parser.h"
#include "syntax/printer.h"
#include "syntax/regex.h"

namespace {

using namespace redoubt;
using namespace redoubt::syntax;

void require(bool holds, const char* law, std::string_view pattern, std::string_view printed = {}) {
  if (holds) return;
  std::fprintf(stderr, "%s\n  pattern: %s\n  printed: %s\n", law, escape_bytes(pattern).c_str(),
               escape_bytes(printed).c_str());
  std::abort();
}

/// parse(print(tree)) is the tree. The flags are in the tree by now. What is printed may be longer than what was
/// written, and deeper by the non-capturing groups it needs: those two limits are no part of the law.
void check_round_trip(const Regex& tree, Dialect dialect, Encoding encoding, std::string_view pattern) {
  const auto printed = print(tree, dialect == Dialect::kEre ? PrintDialect::kEre : PrintDialect::kPerl, encoding);
  require(printed || dialect == Dialect::kEre, "the Perl-like dialect says everything", pattern);
  if (!printed) return;
  ParseOptions options;
  options.dialect = dialect;
  options.encoding = encoding;
  options.limits.nesting_depth *= 4;
  options.limits.pattern_bytes *= 64;
  const ParseResult again = parse(*printed, options);
  require(again.has_value(), "what is printed is accepted", pattern, *printed);
  require(equal(*again, tree), "what is printed is read as the same tree", pattern, *printed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  ParseOptions options;
  options.dialect = (data[0] & 1) != 0 ? Dialect::kEre : Dialect::kPerl;
  options.encoding = (data[0] & 2) != 0 ? Encoding::kUtf8 : Encoding::kBytes;
  options.icase = (data[0] & 4) != 0;
  options.multiline = (data[0] & 8) != 0;
  options.dot_all = (data[0] & 16) != 0;
  const std::string_view pattern(reinterpret_cast<const char*>(data) + 1, size - 1);
  const ParseResult tree = parse(pattern, options);
  if (!tree) {
    require(tree.error().offset <= pattern.size(), "an error lies within the pattern", pattern);
    require(!tree.error().message.empty(), "an error has a reason", pattern);
    return 0;
  }
  check_round_trip(*tree, Dialect::kPerl, options.encoding, pattern);
  check_round_trip(*tree, Dialect::kEre, options.encoding, pattern);
  return 0;
}
