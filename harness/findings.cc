#include "harness/findings.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace redoubt::harness {

namespace {

/// FNV-1a, for file names that do not change from run to run.
std::string short_hash(const std::string& text) {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (unsigned char c : text) h = (h ^ c) * 0x100000001B3ull;
  char out[9];
  std::snprintf(out, sizeof out, "%08x", static_cast<unsigned>(h ^ h >> 32));
  return out;
}

std::string why() { return std::strerror(errno); }

}  // namespace

Findings::Findings(std::string folder, std::string jsonl, std::string program)
    : folder_(std::move(folder)), jsonl_(std::move(jsonl)), program_(std::move(program)) {
  if (jsonl_.empty()) return;
  jsonl_file_ = std::fopen(jsonl_.c_str(), "a");
  if (!jsonl_file_) error_ = "Cannot write to " + jsonl_ + ": " + why() + ".";
}

Findings::~Findings() {
  if (jsonl_file_) std::fclose(jsonl_file_);
}

bool Findings::add(Case shrunk) {
  const std::string key = shrunk.engine + '\0' + shrunk.kind + '\0' + shrunk.cause + '\0' + shrunk.pattern + '\0' +
                          shrunk.haystack + '\0' + std::string(to_string(shrunk.encoding)) + '\0' +
                          std::string(to_string(shrunk.semantics));
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = buckets_.try_emplace(key);
  Bucket& bucket = place->second;
  ++bucket.count;
  if (!is_new) return false;
  order_.push_back(key);
  std::string engine = shrunk.engine;
  for (char& c : engine) {
    if (c == '/' || c == ' ') c = '-';
  }
  shrunk.name = engine + "-" + shrunk.kind + "-" + short_hash(key);
  bucket.shrunk = std::move(shrunk);
  write(bucket);
  return true;
}

void Findings::write(Bucket& bucket) {
  if (!folder_.empty()) {
    const std::string file = folder_ + "/" + bucket.shrunk.name + ".toml";
    bucket.shrunk.replay = program_ + " replay " + file;
    std::error_code code;
    std::filesystem::create_directories(folder_, code);
    // Written whole under another name first: a case file is there complete or not at all.
    const std::string part = file + ".part";
    const std::string text = write_cases({bucket.shrunk});
    std::FILE* out = std::fopen(part.c_str(), "w");
    bool good = out != nullptr;
    if (out) {
      good = std::fwrite(text.data(), 1, text.size(), out) == text.size();
      good = std::fflush(out) == 0 && good;
      const std::string reason = good ? "" : why();
      std::fclose(out);
      if (good) {
        good = std::rename(part.c_str(), file.c_str()) == 0;
      } else {
        std::remove(part.c_str());
        if (!error_) error_ = "Cannot write the finding to " + file + ": " + reason + ".";
      }
    }
    if (good) {
      bucket.file = file;
    } else if (!error_) {
      error_ = "Cannot write the finding to " + file + ": " + why() + ".";
    }
  }
  if (jsonl_file_) {
    const std::string line = to_json_line(bucket.shrunk) + "\n";
    if (std::fwrite(line.data(), 1, line.size(), jsonl_file_) != line.size() || std::fflush(jsonl_file_) != 0) {
      if (!error_) error_ = "Cannot write the finding to " + jsonl_ + ": " + why() + ".";
    }
  }
}

std::optional<std::string> Findings::error() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

std::vector<Bucket> Findings::buckets() const {
  const std::lock_guard lock(mutex_);
  std::vector<Bucket> list;
  for (const std::string& key : order_) list.push_back(buckets_.at(key));
  return list;
}

}  // namespace redoubt::harness
