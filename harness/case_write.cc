#include <nlohmann/json.hpp>

#include "harness/case.h"
#include "harness/case_text.h"
#include "syntax/utf8.h"

namespace redoubt::harness {

namespace {

std::string flags_of(const Case& c) {
  std::string flags;
  if (c.icase) flags += 'i';
  if (c.multiline) flags += 'm';
  if (c.dot_all) flags += 's';
  return flags;
}

void write_text(std::string& toml, std::string_view key, std::string_view value) {
  toml += key;
  toml += " = ";
  toml += to_toml_string(value);
  toml += '\n';
}

void write_bytes(std::string& toml, const std::string& key, std::string_view bytes) {
  if (syntax::is_valid_utf8(bytes)) {
    write_text(toml, key, bytes);
  } else {
    toml += key + "_escaped = '" + to_escaped(bytes) + "'\n";
  }
}

void write_case(std::string& toml, const Case& c) {
  toml += "\n[[case]]\n";
  write_text(toml, "name", c.name);
  write_bytes(toml, "pattern", c.pattern);
  write_bytes(toml, "haystack", c.haystack);
  write_text(toml, "dialect", to_string(c.dialect));
  write_text(toml, "encoding", to_string(c.encoding));
  write_text(toml, "semantics", to_string(c.semantics));
  auto optional = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) write_text(toml, key, value);
  };
  optional("flags", flags_of(c));
  if (c.max_repeat != Case().max_repeat) toml += "max_repeat = " + std::to_string(c.max_repeat) + '\n';
  if (c.expected) write_text(toml, "expected", to_string(*c.expected));
  optional("rule", c.rule);
  optional("engine", c.engine);
  optional("kind", c.kind);
  optional("cause", c.cause);
  optional("provenance", c.provenance);
  optional("replay", c.replay);
  if (c.answers.empty()) return;
  toml += "answers = [\n";
  for (const RecordedAnswer& answer : c.answers) {
    toml += "  {engine = " + to_toml_string(answer.engine) + ", version = " + to_toml_string(answer.version) +
            ", outcome = " + to_toml_string(answer.outcome) + "},\n";
  }
  toml += "]\n";
}

}  // namespace

std::string write_cases(const std::vector<Case>& cases) {
  std::string toml = "format = " + std::to_string(kCaseFormat) + "\n";
  for (const Case& c : cases) write_case(toml, c);
  return toml;
}

std::string to_json_line(const Case& c) {
  nlohmann::ordered_json json;
  auto bytes = [&](const std::string& key, const std::string& value) {
    if (syntax::is_valid_utf8(value)) {
      json[key] = value;
    } else {
      json[key + "_base64"] = to_base64(value);
    }
  };
  auto optional = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  json["name"] = c.name;
  bytes("pattern", c.pattern);
  bytes("haystack", c.haystack);
  json["dialect"] = to_string(c.dialect);
  json["encoding"] = to_string(c.encoding);
  json["semantics"] = to_string(c.semantics);
  optional("flags", flags_of(c));
  if (c.max_repeat != Case().max_repeat) json["max_repeat"] = c.max_repeat;
  if (c.expected) json["expected"] = to_string(*c.expected);
  optional("rule", c.rule);
  optional("engine", c.engine);
  optional("kind", c.kind);
  optional("cause", c.cause);
  optional("provenance", c.provenance);
  optional("replay", c.replay);
  for (const RecordedAnswer& answer : c.answers) {
    json["answers"].push_back({{"engine", answer.engine}, {"version", answer.version}, {"outcome", answer.outcome}});
  }
  // An engine's message may hold anything: what is not UTF-8 becomes U+FFFD.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace redoubt::harness
