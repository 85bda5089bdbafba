#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "cli/text.h"
#include "harness/case_text.h"
#include "oracles/oracle.h"

namespace redoubt::cli {

namespace {

/// Decimal digits and nothing else, within 64 bits.
bool read_number(std::string_view text, std::uint64_t& value) {
  const char* end = text.data() + text.size();
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return false;
  const auto [at, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && at == end;
}

/// Adds an option whose text `parse` reads into `value`.
template <class T, class Parse>
CLI::Option* add(CLI::App& command, const std::string& name, T& value, Parse parse, const std::string& help,
                 const std::string& type) {
  auto read = [name, &value, parse](const std::string& text) {
    auto parsed = parse(text);
    if (!parsed) throw CLI::ValidationError(name, parsed.error());
    value = static_cast<T>(std::move(*parsed));
  };
  return command.add_option_function<std::string>(name, read, help)->type_name(type);
}

}  // namespace

Parsed<std::vector<Semantics>> parse_semantics(std::string_view text, bool allow_both) {
  if (text == "posix") return std::vector{Semantics::kLeftmostLongest};
  if (text == "perl") return std::vector{Semantics::kLeftmostFirst};
  if (text == "both" && allow_both) return std::vector{Semantics::kLeftmostLongest, Semantics::kLeftmostFirst};
  return tl::unexpected(in_quotes(text) + " is none of posix, perl" + (allow_both ? ", both" : ""));
}

namespace {

/// Adds the engines that a name, or a beginning with a star, stands for; "" or what is wrong.
std::string add_engines_of(const std::string& name, std::vector<std::string>& names) {
  auto there = [&](const std::string& n) { return std::find(names.begin(), names.end(), n) != names.end(); };
  if (name.size() > 1 && name.ends_with('*')) {
    bool any = false;
    for (const oracles::EngineEntry& e : oracles::registry()) {
      if (!e.info.name.starts_with(name.substr(0, name.size() - 1)) || !e.info.unavailable.empty()) continue;
      any = true;
      if (!there(e.info.name)) names.push_back(e.info.name);
    }
    return any ? "" : "no available engine has a name like " + in_quotes(name);
  }
  const oracles::EngineEntry* entry = oracles::find_engine(name);
  if (entry == nullptr) {
    std::string all;
    for (const oracles::EngineEntry& e : oracles::registry()) all += (all.empty() ? "" : ", ") + e.info.name;
    return "there is no engine " + in_quotes(name) + "; the engines are " + all;
  }
  if (!entry->info.unavailable.empty()) {
    return "the engine " + in_quotes(name) + " is not available: " + entry->info.unavailable;
  }
  if (there(name)) return "the engine " + in_quotes(name) + " is named twice";
  names.push_back(name);
  return "";
}

}  // namespace

Parsed<std::vector<std::string>> parse_engines(std::string_view text) {
  std::vector<std::string> names;
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string wrong = add_engines_of(std::string(text.substr(0, comma)), names);
    if (!wrong.empty()) return tl::unexpected(wrong);
    if (comma == text.size()) return names;
    text.remove_prefix(comma + 1);
  }
}

Parsed<Shard> parse_shard(std::string_view text) {
  Shard shard;
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || !read_number(text.substr(0, slash), shard.index) ||
      !read_number(text.substr(slash + 1), shard.count)) {
    return tl::unexpected(in_quotes(text) + " is no shard; write I/N, for example 0/4");
  }
  if (shard.index >= shard.count) {
    return tl::unexpected(in_quotes(text) + " is no shard: shards of N are numbered from 0/N to N-1/N");
  }
  return shard;
}

Parsed<double> parse_budget(std::string_view text) {
  std::string_view digits = text;
  std::uint64_t unit = 1;
  if (!digits.empty() && std::string_view("smh").find(digits.back()) != std::string_view::npos) {
    unit = digits.back() == 'h' ? 3600 : digits.back() == 'm' ? 60 : 1;
    digits.remove_suffix(1);
  }
  std::uint64_t number = 0;
  constexpr std::uint64_t kYear = 366 * 24 * 3600;
  if (!read_number(digits, number) || number == 0 || number > kYear / unit) {
    return tl::unexpected(in_quotes(text) + " is no length of time; write for example 60s, 10m or 2h (a year at most)");
  }
  return static_cast<double>(number * unit);
}

Parsed<std::uint64_t> parse_count(std::string_view text, std::uint64_t lowest, std::uint64_t highest) {
  std::uint64_t number = 0;
  if (!read_number(text, number) || number < lowest || number > highest) {
    const bool open = highest == std::numeric_limits<std::uint64_t>::max();
    return tl::unexpected(in_quotes(text) + " is no whole number from " + std::to_string(lowest) +
                          (open ? " up" : " to " + std::to_string(highest)));
  }
  return number;
}

Parsed<syntax::Dialect> parse_dialect(std::string_view text) {
  if (text == "perl") return syntax::Dialect::kPerl;
  if (text == "ere") return syntax::Dialect::kEre;
  return tl::unexpected(in_quotes(text) + " is none of perl, ere");
}

Parsed<std::string> unescaped(std::string_view text) {
  // What is not ASCII stands for itself.
  std::string ascii;
  for (char c : text)
    ascii += c >= ' ' && c <= '~' ? std::string(1, c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  std::string problem;
  auto bytes = harness::from_escaped(ascii, problem);
  if (!bytes) return tl::unexpected(in_quotes(text) + " " + problem);
  return std::move(*bytes);
}

Parsed<std::string> parse_alphabet(std::string_view text) {
  const auto letters = unescaped(text);
  if (!letters) return tl::unexpected(letters.error());
  if (letters->empty()) return tl::unexpected(std::string("an alphabet has at least one letter, for example ab"));
  for (std::size_t i = 0; i < letters->size(); ++i) {
    if (letters->find((*letters)[i], i + 1) != std::string::npos) {
      return tl::unexpected("the letter " + in_quotes(letters->substr(i, 1)) + " comes twice in " + in_quotes(text));
    }
  }
  return *letters;
}

std::string option_choices(const std::string& type_name) {
  const std::size_t open = type_name.rfind('{');
  if (open == std::string::npos) return type_name;
  std::string members = type_name.substr(open + 1, type_name.rfind('}') - open - 1);
  std::replace(members.begin(), members.end(), ',', '|');
  return members;
}

CLI::Option* add_semantics_option(CLI::App& command, std::vector<Semantics>& value, bool allow_both) {
  return add(
      command, "--semantics", value, [allow_both](const std::string& t) { return parse_semantics(t, allow_both); },
      "Which match is wanted: leftmost-longest (posix) or leftmost-first (perl)",
      allow_both ? "posix|perl|both" : "posix|perl");
}

CLI::Option* add_engines_option(CLI::App& command, std::vector<std::string>& value, const std::string& help) {
  return add(
      command, "--engines", value, [](const std::string& t) { return parse_engines(t); }, help, "A,B");
}

CLI::Option* add_shard_option(CLI::App& command, Shard& value) {
  return add(
      command, "--shard", value, [](const std::string& t) { return parse_shard(t); },
      "Do part I (from 0) of N parts that together are the whole", "I/N");
}

CLI::Option* add_budget_option(CLI::App& command, double& seconds) {
  return add(
      command, "--budget", seconds, [](const std::string& t) { return parse_budget(t); },
      "Stop after this time, for example 60s, 10m or 2h", "TIME");
}

CLI::Option* add_alphabet_option(CLI::App& command, std::string& value) {
  return add(
      command, "--alphabet", value, [](const std::string& t) { return parse_alphabet(t); },
      "Letters of patterns and haystacks; \\n and \\xHH are understood", "LETTERS");
}

CLI::Option* add_dialect_option(CLI::App& command, syntax::Dialect& value) {
  return add(
      command, "--dialect", value, [](const std::string& t) { return parse_dialect(t); }, "How patterns are written",
      "perl|ere");
}

template <class T>
CLI::Option* add_count_option(CLI::App& command, const std::string& name, T& value, const std::string& help,
                              std::uint64_t lowest, std::uint64_t highest) {
  return add(
      command, name, value, [=](const std::string& t) { return parse_count(t, lowest, highest); }, help, "N");
}

template CLI::Option* add_count_option(CLI::App&, const std::string&, unsigned&, const std::string&, std::uint64_t,
                                       std::uint64_t);
template CLI::Option* add_count_option(CLI::App&, const std::string&, std::uint64_t&, const std::string&, std::uint64_t,
                                       std::uint64_t);

void add_pattern_flags(CLI::App& command, harness::Case& value) {
  command.add_flag_callback(
      "--utf8", [&value] { value.encoding = Encoding::kUtf8; }, "Read both as UTF-8, not as bytes");
  command.add_flag("--icase", value.icase, "Ignore case");
  command.add_flag("--multiline", value.multiline, "Let ^ and $ hold at line breaks, too");
  add_count_option(command, "--max-repeat", value.max_repeat, "Largest repeat bound, and product of nested ones", 1,
                   harness::kMaxMaxRepeat);
  command.add_flag("--dot-all", value.dot_all, "Let . match a newline, too");
}

}  // namespace redoubt::cli
