#include "harness/case.h"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "harness/case_text.h"

namespace redoubt::harness {

namespace {

/// A file larger than this is no case file.
constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20;

constexpr std::string_view kTopKeys[] = {"format", "defaults", "case"};
constexpr std::string_view kDefaultKeys[] = {"dialect", "encoding", "semantics", "flags", "provenance"};
constexpr std::string_view kCaseKeys[] = {"name",       "pattern",  "pattern_escaped", "haystack", "haystack_escaped",
                                          "dialect",    "encoding", "semantics",       "flags",    "max_repeat",
                                          "expected",   "rule",     "engine",          "kind",     "cause",
                                          "provenance", "replay",   "answers"};
constexpr std::string_view kAnswerKeys[] = {"engine", "version", "outcome"};

/// Thrown and caught within this file alone: the first thing that is wrong.
struct Wrong {
  CaseError error;
};

/// One table, with where it stands. Every complaint names file, line and what the table is.
class Table {
 public:
  Table(const toml::table& table, std::string_view file, std::string what)
      : table_(table), file_(file), what_(std::move(what)) {}

  void name(std::string what) { what_ = std::move(what); }

  [[noreturn]] void fail(const toml::node* node, const std::string& sentence) const {
    const toml::source_position at = (node != nullptr ? *node : static_cast<const toml::node&>(table_)).source().begin;
    std::string where(file_);
    if (at.line > 0) where += ":" + std::to_string(at.line);
    throw Wrong{{where + ": " + what_ + " " + sentence}};
  }

  template <class Keys>
  void allow(const Keys& keys) const {
    for (const auto& [key, node] : table_) {
      if (std::find(std::begin(keys), std::end(keys), key.str()) != std::end(keys)) continue;
      std::string known;
      for (std::string_view k : keys) known += (known.empty() ? "" : ", ") + std::string(k);
      fail(&node, "has the unknown key \"" + to_escaped(key.str()) + "\"; the keys are " + known);
    }
  }

  const toml::node* find(std::string_view key) const { return table_.get(key); }

  const std::string* string(std::string_view key) const {
    const toml::node* node = find(key);
    if (node == nullptr) return nullptr;
    if (const auto* value = node->as_string()) return &value->get();
    fail(node, "has a \"" + std::string(key) + "\" that is no string");
  }
  std::string required(std::string_view key) const {
    const std::string* value = string(key);
    if (value == nullptr) fail(nullptr, "has no \"" + std::string(key) + "\"");
    return *value;
  }
  void optional(std::string_view key, std::string& target) const {
    if (const std::string* value = string(key)) target = *value;
  }

  // `key` or `key`_escaped, exactly one of them.
  std::string bytes(const std::string& key) const {
    const std::string escaped_key = key + "_escaped";
    const std::string* plain = string(key);
    const std::string* escaped = string(escaped_key);
    if ((plain == nullptr) == (escaped == nullptr)) {
      fail(nullptr, (plain == nullptr ? "has neither \"" : "has both \"") + key + "\" and \"" + escaped_key +
                        "\"; it needs one of them");
    }
    if (plain != nullptr) return *plain;
    std::string problem;
    std::optional<std::string> value = from_escaped(*escaped, problem);
    if (!value) fail(find(escaped_key), "has a \"" + escaped_key + "\" that " + problem);
    return *value;
  }

  // A string that names one of a few values.
  template <class Value>
  bool choice(std::string_view key, Value& target, std::initializer_list<Value> values) const {
    const std::string* text = string(key);
    if (text == nullptr) return false;
    std::string known;
    for (Value value : values) {
      if (*text == to_string(value)) {
        target = value;
        return true;
      }
      known += (known.empty() ? "\"" : " or \"") + std::string(to_string(value)) + '"';
    }
    fail(find(key), "has the " + std::string(key) + " \"" + to_escaped(*text) + "\", where " + known + " should stand");
  }

 private:
  const toml::table& table_;
  std::string_view file_;
  std::string what_;
};

/// What `[defaults]` and a case may both say.
struct Shared {
  Case values;
  bool dialect = false, encoding = false, semantics = false;

  void read(const Table& table) {
    dialect |= table.choice("dialect", values.dialect, {syntax::Dialect::kPerl, syntax::Dialect::kEre});
    encoding |= table.choice("encoding", values.encoding, {Encoding::kBytes, Encoding::kUtf8});
    semantics |= table.choice("semantics", values.semantics, {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst});
    table.optional("provenance", values.provenance);
    const std::string* flags = table.string("flags");
    if (flags == nullptr) return;
    values.icase = values.multiline = values.dot_all = false;
    for (char flag : *flags) {
      bool* target = flag == 'i' ? &values.icase : flag == 'm' ? &values.multiline : &values.dot_all;
      if ((flag != 'i' && flag != 'm' && flag != 's') || *target) {
        table.fail(table.find("flags"),
                   "has the flags \"" + to_escaped(*flags) + "\", where each of i, m and s may stand once");
      }
      *target = true;
    }
  }
};

void read_max_repeat(const Table& table, Case& c) {
  const toml::node* node = table.find("max_repeat");
  if (node == nullptr) return;
  const auto* value = node->as_integer();
  if (value == nullptr || value->get() < 1 || value->get() > kMaxMaxRepeat) {
    table.fail(node, "has a \"max_repeat\" that is no integer from 1 to " + std::to_string(kMaxMaxRepeat));
  }
  c.max_repeat = static_cast<std::uint32_t>(value->get());
}

void read_expected(const Table& table, Case& c) {
  const std::string* text = table.string("expected");
  if (text == nullptr) return;
  auto answer = parse_answer(*text);
  if (!answer) table.fail(table.find("expected"), "expects what cannot be read: " + answer.error().message);
  for (const Span& span : answer->value_or(Slots())) {
    if (span.is_set() && span.end > c.haystack.size()) {
      table.fail(table.find("expected"), "expects a span that ends at " + std::to_string(span.end) +
                                             ", beyond its haystack of " + std::to_string(c.haystack.size()) +
                                             " bytes");
    }
  }
  c.expected = *answer;
}

void read_answers(const Table& table, std::string_view file, const std::string& what, Case& c) {
  const toml::node* node = table.find("answers");
  if (node == nullptr) return;
  const toml::array* list = node->as_array();
  if (list == nullptr) table.fail(node, "has \"answers\" that are no array of tables");
  for (const toml::node& element : *list) {
    if (!element.is_table()) table.fail(&element, "has an answer that is no table");
    Table answer(*element.as_table(), file, "an answer of " + what);
    answer.allow(kAnswerKeys);
    c.answers.push_back({answer.required("engine"), answer.required("version"), answer.required("outcome")});
  }
}

Case read_case(const toml::table& node, std::string_view file, std::size_t number, const Shared& defaults) {
  Table table(node, file, "case number " + std::to_string(number));
  std::string name = table.required("name");
  if (name.empty()) table.fail(table.find("name"), "has an empty name");
  for (char c : name) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) {
      table.fail(table.find("name"), "has a control character in its name \"" + to_escaped(name) + "\"");
    }
  }
  const std::string what = "case \"" + name + "\"";
  table.name(what);
  table.allow(kCaseKeys);
  Shared shared = defaults;
  shared.read(table);
  if (!shared.dialect) table.required("dialect");
  if (!shared.encoding) table.required("encoding");
  if (!shared.semantics) table.required("semantics");

  Case c = std::move(shared.values);
  c.name = std::move(name);
  c.pattern = table.bytes("pattern");
  c.haystack = table.bytes("haystack");
  read_max_repeat(table, c);
  read_expected(table, c);
  table.optional("rule", c.rule);
  table.optional("engine", c.engine);
  table.optional("kind", c.kind);
  table.optional("cause", c.cause);
  table.optional("replay", c.replay);
  read_answers(table, file, what, c);
  return c;
}

std::vector<Case> read_file(const toml::table& root, std::string_view file) {
  Table top(root, file, "the file");
  const toml::node* format = top.find("format");
  if (format == nullptr) {
    top.fail(nullptr, "has no \"format\"; this version reads format = " + std::to_string(kCaseFormat));
  }
  const auto* version = format->as_integer();
  if (version == nullptr) top.fail(format, "has a \"format\" that is no integer");
  if (version->get() != kCaseFormat) {
    top.fail(format, "has format " + std::to_string(version->get()) + "; this version reads format " +
                         std::to_string(kCaseFormat));
  }
  top.allow(kTopKeys);

  Shared defaults;
  if (const toml::node* node = top.find("defaults")) {
    if (!node->is_table()) top.fail(node, "has \"defaults\" that are no table");
    Table table(*node->as_table(), file, "[defaults]");
    table.allow(kDefaultKeys);
    defaults.read(table);
  }
  std::vector<Case> cases;
  const toml::node* list = top.find("case");
  if (list == nullptr) return cases;
  if (!list->is_array()) top.fail(list, "has a \"case\" that is no list; a case begins with [[case]]");
  std::map<std::string, std::size_t, std::less<>> numbers;
  for (const toml::node& node : *list->as_array()) {
    const std::size_t number = cases.size() + 1;
    if (!node.is_table()) top.fail(&node, "has a case that is no table; a case begins with [[case]]");
    cases.push_back(read_case(*node.as_table(), file, number, defaults));
    const auto [place, is_new] = numbers.emplace(cases.back().name, number);
    if (!is_new) {
      top.fail(&node, "has two cases named \"" + cases.back().name + "\", number " + std::to_string(place->second) +
                          " and number " + std::to_string(number));
    }
  }
  return cases;
}

}  // namespace

tl::expected<std::vector<Case>, CaseError> parse_cases(std::string_view toml, std::string_view file) {
  if (toml.size() > kMaxFileBytes) {
    return tl::unexpected(
        CaseError{std::string(file) + ": the file is larger than " + std::to_string(kMaxFileBytes >> 20) + " MiB"});
  }
  try {
    return read_file(toml::parse(toml, file), file);
  } catch (const toml::parse_error& error) {
    return tl::unexpected(CaseError{std::string(file) + ":" + std::to_string(error.source().begin.line) +
                                    ": this is not TOML: " + std::string(error.description())});
  } catch (const Wrong& wrong) {
    return tl::unexpected(wrong.error);
  }
}

tl::expected<std::vector<Case>, CaseError> read_case_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  // A folder opens, and then cannot be read.
  if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(text << in.rdbuf())) || in.bad()) {
    return tl::unexpected(CaseError{path + ": the file cannot be read"});
  }
  return parse_cases(text.str(), path);
}

}  // namespace redoubt::harness
