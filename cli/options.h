// The options that mean the same in every command: the text forms of their values, and helpers that add them to a
// command. A wrong value is one sentence that says what would be right; nothing is rounded or clamped in silence.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "harness/case.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace redoubt::cli {

/// A value, or the sentence that says why the text is none (without the option's name).
template <class T>
using Parsed = tl::expected<T, std::string>;

/// This run does the items k with k % count == index.
struct Shard {
  std::uint64_t index = 0;
  std::uint64_t count = 1;
};

/// "posix", "perl", or, where a command can do both, "both".
Parsed<std::vector<Semantics>> parse_semantics(std::string_view text, bool allow_both);
/// "a,b": names of available engines, each once; "a*" stands for all that begin so.
Parsed<std::vector<std::string>> parse_engines(std::string_view text);
/// "i/n" with 0 <= i < n.
Parsed<Shard> parse_shard(std::string_view text);
/// "60s", "10m", "2h", or a plain number of seconds, above 0; the result is in seconds.
Parsed<double> parse_budget(std::string_view text);
/// A decimal number with lowest <= number <= highest.
Parsed<std::uint64_t> parse_count(std::string_view text, std::uint64_t lowest, std::uint64_t highest);
/// The bytes of a text with escapes as in case files: \n \r \t \\ \xHH.
Parsed<std::string> unescaped(std::string_view text);
/// "perl" or "ere".
Parsed<syntax::Dialect> parse_dialect(std::string_view text);
/// Letters, each once; escapes as in case files (\n, \xHH, …).
Parsed<std::string> parse_alphabet(std::string_view text);

/// What a help text or a completion says of a value: the type as it was given ("FILE", "posix|perl"), or the members of
/// a checked set as "a|b".
std::string option_choices(const std::string& type_name);

// Each adds one option and fills its value while the command line is read; a wrong value ends the program with status 2
// and one sentence. The value must outlive the command and holds the default until then.
CLI::Option* add_semantics_option(CLI::App& command, std::vector<Semantics>& value, bool allow_both);
CLI::Option* add_engines_option(CLI::App& command, std::vector<std::string>& value, const std::string& help);
CLI::Option* add_shard_option(CLI::App& command, Shard& value);
CLI::Option* add_budget_option(CLI::App& command, double& seconds);
CLI::Option* add_alphabet_option(CLI::App& command, std::string& value);
CLI::Option* add_dialect_option(CLI::App& command, syntax::Dialect& value);
/// `name` as "--max-nodes"; T is an unsigned type.
template <class T>
CLI::Option* add_count_option(CLI::App& command, const std::string& name, T& value, const std::string& help,
                              std::uint64_t lowest = 0, std::uint64_t highest = std::numeric_limits<T>::max());
/// --utf8, --icase, --multiline and --dot-all.
void add_pattern_flags(CLI::App& command, harness::Case& value);

}  // namespace redoubt::cli
