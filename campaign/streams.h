// Streams: the four sources of a campaign, cut into numbered units. A stream is one source under one semantics and
// encoding; a unit of it can be made without the units before it (a guided one: with what they discovered).
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "campaign/config.h"
#include "campaign/guide.h"
#include "campaign/stored.h"
#include "campaign/watch.h"

namespace redoubt::campaign {

enum class SourceKind : std::uint8_t { kEnumeration, kRandom, kGuided, kStored };
inline constexpr std::size_t kSources = 4;
std::string_view to_string(SourceKind kind);

/// The work of one unit.
struct UnitWork {
  std::uint64_t block = 0;
  WatchedTrial& trial;
  std::shared_ptr<const Corpus> corpus;    ///< guided streams: what to start from
  std::vector<Discovery>& discoveries;     ///< guided streams: what is new
  const std::function<bool()>& abandoned;  ///< asked between items; true ends the unit, which then counts for nothing
};

class Stream {
 public:
  static constexpr std::uint64_t kEndless = kMaxBlocks;

  Stream(std::string name, SourceKind kind, Semantics semantics, std::vector<std::string> engines)
      : name_(std::move(name)), kind_(kind), semantics_(semantics), engines_(std::move(engines)) {}
  virtual ~Stream() = default;

  const std::string& name() const { return name_; }
  SourceKind kind() const { return kind_; }
  Semantics semantics() const { return semantics_; }
  /// Empty: the default panel.
  const std::vector<std::string>& engines() const { return engines_; }
  /// Units of all shards together; a guided stream belongs to one shard and counts its own.
  virtual std::uint64_t blocks() const = 0;
  /// Thread-safe.
  virtual void run(UnitWork& work) const = 0;

 private:
  std::string name_;
  SourceKind kind_;
  Semantics semantics_;
  std::vector<std::string> engines_;
};

/// All streams of a campaign, in a fixed order. Error: one sentence about the configuration.
tl::expected<std::vector<std::unique_ptr<Stream>>, std::string> make_streams(const Config& config,
                                                                             std::shared_ptr<const StoredCases> stored);

}  // namespace redoubt::campaign
