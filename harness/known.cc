#include "harness/known.h"

#include <toml++/toml.h>

#include <algorithm>
#include <set>

#include "harness/case_text.h"
#include "harness/known_builtin.h"
#include "reference/variants.h"

namespace redoubt::harness {

namespace {

using Unexpected = tl::unexpected<CaseError>;

std::optional<DivergenceKind> kind_named(std::string_view name) {
  for (int k = 0; k < kDivergenceKinds; ++k) {
    if (to_string(static_cast<DivergenceKind>(k)) == name) return static_cast<DivergenceKind>(k);
  }
  return std::nullopt;
}

bool matches(const Known& known, std::string_view engine, std::string_view version, Semantics semantics) {
  if (known.semantics != semantics || !version.starts_with(known.versions)) return false;
  return std::any_of(known.engines.begin(), known.engines.end(), [&](const std::string& name) {
    return engine == name || (engine.starts_with(name) && engine[name.size()] == '/');
  });
}

/// Reads one [[known]] table; throws a CaseError with what is wrong and what would be right.
class EntryReader {
 public:
  EntryReader(const toml::table& table, std::string_view file) : table_(table), file_(file) {}

  Known read() {
    check_keys(table_, {"id", "engines", "versions", "semantics", "variant", "predicate", "kind", "summary", "status",
                        "source", "witness"});
    Known known;
    known.id = text(table_, "id", true);
    read_engines(known);
    known.versions = text(table_, "versions", false);
    known.semantics = read_semantics(text(table_, "semantics", true));
    known.variant = text(table_, "variant", false);
    known.predicate = text(table_, "predicate", false);
    if (known.variant.empty() == known.predicate.empty()) fail("needs either `variant` or `predicate`");
    if (!known.variant.empty() && !reference::find_variant(known.variant, known.semantics)) {
      fail("names variant \"" + known.variant + "\", which the semantics does not have");
    }
    if (!known.predicate.empty() && !holds(known.predicate, syntax::empty(), "", "")) {
      fail("names predicate \"" + known.predicate + "\", which does not exist");
    }
    if (const std::string kind = text(table_, "kind", false); !kind.empty()) {
      known.kind = kind_named(kind);
      if (!known.kind)
        fail("has kind \"" + kind + "\"; known kinds are existence, span, captures, ends, acceptance, crash");
    }
    known.summary = text(table_, "summary", true);
    known.status = text(table_, "status", true);
    if (known.status != "intended" && known.status != "bug" && known.status != "limitation") {
      fail("has status \"" + known.status + "\"; it must be \"intended\", \"bug\" or \"limitation\"");
    }
    known.source = text(table_, "source", true);
    read_witness(known);
    return known;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    const auto id = table_["id"].value<std::string>();
    throw CaseError{std::string(file_) + ":" + std::to_string(table_.source().begin.line) + ": the [[known]] entry" +
                    (id ? " \"" + *id + "\"" : std::string()) + " " + what + "."};
  }

  void check_keys(const toml::table& table, const std::set<std::string_view>& allowed) const {
    for (const auto& [key, value] : table) {
      if (!allowed.contains(key.str())) fail("has an unknown key `" + std::string(key.str()) + "`");
    }
  }

  std::string text(const toml::table& table, std::string_view key, bool required) const {
    const toml::node* node = table.get(key);
    if (!node) {
      if (required) fail("lacks `" + std::string(key) + "`, a string");
      return {};
    }
    const auto value = node->value_exact<std::string>();
    if (!value) fail("needs a string for `" + std::string(key) + "`");
    return *value;
  }

  bool flag(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (!node) return false;
    const auto value = node->value_exact<bool>();
    if (!value) fail("needs true or false for `" + std::string(key) + "`");
    return *value;
  }

  Semantics read_semantics(const std::string& name) const {
    if (name == "posix") return Semantics::kLeftmostLongest;
    if (name == "perl") return Semantics::kLeftmostFirst;
    fail("has semantics \"" + name + "\"; it must be \"posix\" or \"perl\"");
  }

  void read_engines(Known& known) const {
    const toml::array* list = table_["engines"].as_array();
    if (!list || list->empty()) fail("lacks `engines`, an array of engine names");
    for (const toml::node& node : *list) {
      const auto name = node.value_exact<std::string>();
      if (!name) fail("needs strings in `engines`");
      known.engines.push_back(*name);
    }
  }

  /// A haystack that TOML cannot say plainly, as in case files.
  std::string escaped_haystack(const toml::table& witness) const {
    if (witness.contains("haystack")) fail("has both `haystack` and `haystack_escaped`; it needs one of them");
    std::string problem;
    std::optional<std::string> bytes = from_escaped(text(witness, "haystack_escaped", true), problem);
    if (!bytes) fail("has a `haystack_escaped` that " + problem);
    return std::move(*bytes);
  }

  void read_witness(Known& known) const {
    const toml::table* witness = table_["witness"].as_table();
    if (!witness) fail("lacks `witness`, a table with `pattern` and `haystack`");
    check_keys(*witness, {"pattern", "haystack", "haystack_escaped", "utf8", "multiline", "icase", "dot_all"});
    Case& c = known.witness;
    c.name = known.id;
    c.pattern = text(*witness, "pattern", true);
    c.haystack = witness->contains("haystack_escaped") ? escaped_haystack(*witness) : text(*witness, "haystack", true);
    c.encoding = flag(*witness, "utf8") ? Encoding::kUtf8 : Encoding::kBytes;
    c.multiline = flag(*witness, "multiline");
    c.icase = flag(*witness, "icase");
    c.dot_all = flag(*witness, "dot_all");
    c.semantics = known.semantics;
    const auto parsed = syntax::parse(c.pattern, parse_options(c));
    if (!parsed) fail("has a witness whose pattern is malformed: " + syntax::to_string(parsed.error()));
  }

  const toml::table& table_;
  std::string_view file_;
};

}  // namespace

const Known* Catalogue::find_variant(std::string_view engine, std::string_view version, Semantics semantics) const {
  for (const Known& known : entries_) {
    if (!known.variant.empty() && matches(known, engine, version, semantics)) return &known;
  }
  return nullptr;
}

const Known* Catalogue::find_predicate(std::string_view engine, std::string_view version, const oracles::Query& query,
                                       std::string_view haystack, DivergenceKind kind) const {
  for (const Known& known : entries_) {
    if (known.predicate.empty() || !matches(known, engine, version, query.semantics)) continue;
    if (known.kind && *known.kind != kind) continue;
    if (holds(known.predicate, query.regex, haystack, query.source).value_or(false)) return &known;
  }
  return nullptr;
}

tl::expected<Catalogue, CaseError> parse_catalogue(std::string_view text, std::string_view file) {
  try {
    const toml::table root = toml::parse(text, file);
    std::vector<Known> entries;
    std::set<std::string> ids;
    for (const auto& [key, value] : root) {
      const toml::array* list = value.as_array();
      if (key.str() != "known" || !list) {
        return Unexpected(CaseError{std::string(file) + ": `" + std::string(key.str()) +
                                    "` is not part of a catalogue; it holds [[known]] tables only."});
      }
      for (const toml::node& node : *list) {
        const toml::table* table = node.as_table();
        if (!table) return Unexpected(CaseError{std::string(file) + ": `known` must be an array of tables."});
        Known known = EntryReader(*table, file).read();
        if (!ids.insert(known.id).second) {
          return Unexpected(CaseError{std::string(file) + ": two [[known]] entries are named \"" + known.id + "\"."});
        }
        entries.push_back(std::move(known));
      }
    }
    return Catalogue(std::move(entries));
  } catch (const CaseError& error) {
    return Unexpected(error);
  } catch (const toml::parse_error& error) {
    return Unexpected(CaseError{std::string(file) + ":" + std::to_string(error.source().begin.line) +
                                ": not well-formed TOML: " + std::string(error.description()) + "."});
  }
}

const Catalogue& built_in_catalogue() {
  static const Catalogue kCatalogue = [] {
    auto parsed = parse_catalogue(kKnownToml, "cases/known.toml");
    // A test reads the same text; a program with a broken catalogue must not excuse anything.
    return parsed ? std::move(*parsed) : Catalogue();
  }();
  return kCatalogue;
}

}  // namespace redoubt::harness
