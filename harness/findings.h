// Findings: what a run keeps of its disagreements, as it goes: one TOML case file and one JSON line per bucket, written
// when the bucket is first seen, so that a crash or Ctrl-C loses nothing. Thread-safe.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "harness/case.h"

namespace redoubt::harness {

/// Findings with the same engine, kind, cause and shrunk case are one bucket with a count.
struct Bucket {
  Case shrunk;
  std::string file;  ///< where the case was written; "" when no folder was asked for
  std::uint64_t count = 0;
};

class Findings {
 public:
  /// Either path may be empty. Nothing is created before there is something to write, except the JSONL file.
  /// `program`: how the replay command in a case file calls this program.
  Findings(std::string folder, std::string jsonl, std::string program = "redoubt");
  virtual ~Findings();
  Findings(const Findings&) = delete;
  Findings& operator=(const Findings&) = delete;

  /// Counts a finding; the first of its bucket is written. Returns false when it is not the first.
  virtual bool add(Case shrunk);
  /// One sentence when something could not be written (a full disk, …); what was found stays in buckets().
  std::optional<std::string> error() const;

  std::vector<Bucket> buckets() const;

 private:
  void write(Bucket& bucket);

  mutable std::mutex mutex_;
  std::string folder_, jsonl_, program_;
  std::FILE* jsonl_file_ = nullptr;
  std::map<std::string, Bucket> buckets_;
  std::vector<std::string> order_;
  std::optional<std::string> error_;
};

}  // namespace redoubt::harness
