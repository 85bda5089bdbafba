#include "campaign/stored.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "campaign/files.h"
#include "harness/case.h"
#include "harness/fowler.h"
#include "harness/panel.h"

namespace redoubt::campaign {

namespace {

namespace fs = std::filesystem;
using harness::Case;

bool is_corpus_file(const fs::path& path) {
  // The catalogue of known divergences may lie among case files and is none.
  return (path.extension() == ".toml" && path.filename() != "known.toml") || path.extension() == ".dat";
}

tl::expected<std::vector<std::string>, std::string> files_of(const std::string& path) {
  std::error_code code;
  if (!fs::exists(path, code)) return tl::unexpected("The corpus " + path + " does not exist.");
  if (!fs::is_directory(path, code)) {
    if (is_corpus_file(path)) return std::vector{path};
    return tl::unexpected("The corpus " + path + " is neither a folder nor a case file (.toml) nor test data (.dat).");
  }
  std::vector<std::string> files;
  fs::recursive_directory_iterator at(path, code);
  for (; !code && at != fs::recursive_directory_iterator(); at.increment(code)) {
    std::error_code ignored;
    if (at->is_regular_file(ignored) && is_corpus_file(at->path())) files.push_back(at->path().string());
  }
  if (code) return tl::unexpected("The corpus " + path + " cannot be read: " + code.message() + ".");
  if (files.empty()) return tl::unexpected("The corpus " + path + " holds no .toml or .dat file.");
  return files;
}

/// Error: one sentence.
tl::expected<std::vector<Case>, std::string> cases_in(const std::string& file) {
  if (file.ends_with(".toml")) {
    auto cases = harness::read_case_file(file);
    if (!cases) return tl::unexpected("The corpus cannot be read: " + cases.error().message + ".");
    return std::move(*cases);
  }
  const auto suite = harness::read_fowler_file(file);
  if (!suite) return tl::unexpected("The corpus cannot be read: " + suite.error().message + ".");
  std::vector<Case> cases;
  for (const harness::SuiteItem& item : suite->items) {
    if (item.kind == harness::SuiteItemKind::kCase) cases.push_back(item.test);
  }
  return cases;
}

/// All that its question depends on.
std::string key_of(const Case& c) {
  return std::string(to_string(c.encoding)) + (c.dialect == syntax::Dialect::kEre ? "e" : "p") + (c.icase ? "i" : "") +
         (c.multiline ? "m" : "") + (c.dot_all ? "s" : "") + std::to_string(c.max_repeat) + '\0' + c.pattern + '\0' +
         c.haystack;
}

}  // namespace

tl::expected<StoredCases, std::string> read_stored(const std::vector<std::string>& paths) {
  std::map<std::string, StoredCase> by_key;
  for (const std::string& path : paths) {
    const auto files = files_of(path);
    if (!files) return tl::unexpected(files.error());
    for (const std::string& file : *files) {
      auto cases = cases_in(file);
      if (!cases) return tl::unexpected(cases.error());
      for (Case& c : *cases) {
        auto query = harness::query_of(c);
        if (query) by_key.try_emplace(key_of(c), StoredCase{std::move(*query), std::move(c.haystack)});
      }
    }
  }
  StoredCases stored;
  std::uint64_t digest = 0;
  for (auto& [key, c] : by_key) {
    digest = hash_of(to_hex(digest) + key);
    stored.cases.push_back(std::move(c));
  }
  if (!stored.cases.empty()) stored.digest = std::to_string(stored.cases.size()) + " cases, " + to_hex(digest);
  return stored;
}

}  // namespace redoubt::campaign
