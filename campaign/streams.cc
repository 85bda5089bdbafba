#include "campaign/streams.h"

#include <algorithm>
#include <set>

#include "campaign/features.h"
#include "campaign/files.h"
#include "generate/automaton_haystacks.h"
#include "generate/regex_gen.h"
#include "harness/sources.h"

namespace redoubt::campaign {

namespace {

using oracles::Query;
using Views = std::vector<std::string_view>;

/// How many items make a unit: about a second's worth.
constexpr std::uint64_t kSweepItems = 1024;
constexpr std::uint64_t kRandomItems = 64;
constexpr std::uint64_t kGuidedItems = 32;
constexpr std::uint64_t kStoredItems = 64;
/// Random regexes are numbered up to here.
constexpr std::uint64_t kRandomCount = kRandomItems * Stream::kEndless;
/// How often the stored cases are gone through, with other haystacks each time.
constexpr std::uint64_t kStoredPasses = 8;
constexpr std::uint32_t kMaxSize = 24;

generate::AutomatonLimits limits() {
  generate::AutomatonLimits limits;
  limits.max_states = 60;
  limits.max_haystacks = 80;
  limits.max_length = 40;
  return limits;
}

std::string in_name(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '-');
  return text;
}

/// Sweeps and random regexes, as a check has them.
class Items final : public Stream {
 public:
  Items(std::string name, SourceKind kind, harness::Phase phase, std::uint64_t per_unit)
      : Stream(std::move(name), kind, phase.semantics, std::move(phase.engines)),
        source_(std::move(phase.source)),
        per_unit_(per_unit) {}

  std::uint64_t blocks() const override { return std::min((source_->items() + per_unit_ - 1) / per_unit_, kEndless); }
  void run(UnitWork& work) const override {
    const std::uint64_t from = work.block * per_unit_, to = std::min(from + per_unit_, source_->items());
    for (std::uint64_t k = from; k < to && !work.abandoned(); ++k) source_->run(k, work.trial);
  }

 private:
  std::unique_ptr<harness::Source> source_;
  std::uint64_t per_unit_;
};

/// Regexes out of varied choice strings; what is new in one goes into the corpus.
class Guided final : public Stream {
 public:
  Guided(const Config& config, Semantics semantics, Encoding encoding, std::vector<std::string> engines,
         generate::RegexSampler sampler)
      : Stream("guided/" + std::string(to_string(encoding)) + "/" + std::string(to_string(semantics)) + "/" +
                   std::to_string(config.shard) + "of" + std::to_string(config.shards),
               SourceKind::kGuided, semantics, std::move(engines)),
        encoding_(encoding),
        sampler_(std::move(sampler)),
        seed_(hash_of(name() + " " + std::to_string(config.seed))) {}

  std::uint64_t blocks() const override { return kEndless; }
  void run(UnitWork& work) const override {
    generate::RandomChoices random(seed_ + work.block * 0x9E3779B97F4A7C15ull);
    const Corpus none;
    const Corpus& corpus = work.corpus ? *work.corpus : none;
    OutcomeFeatures outcomes;
    std::set<Feature> seen;
    for (std::uint64_t k = 0; k < kGuidedItems && !work.abandoned(); ++k) {
      Discovery discovery{corpus.vary(random), {}};
      for (Feature feature : try_out(discovery.bytes, work, work.block * kGuidedItems + k, outcomes)) {
        if (!corpus.knows(feature) && seen.insert(feature).second) discovery.features.push_back(feature);
      }
      if (!discovery.features.empty()) work.discoveries.push_back(std::move(discovery));
    }
  }

 private:
  std::vector<Feature> try_out(const ChoiceString& bytes, UnitWork& work, std::uint64_t number,
                               OutcomeFeatures& outcomes) const {
    generate::ByteChoices choices(bytes);
    // Small ones mostly, as in the random source: large ones cost more than they find.
    const auto size = static_cast<std::uint32_t>(1 + choices.below(1 + choices.below(kMaxSize)));
    Query query;
    query.regex = sampler_.draw(choices, size);
    query.semantics = semantics();
    query.encoding = encoding_;
    // Haystacks follow from the string as a whole, not from its end: a varied tree has other haystacks altogether.
    generate::RandomChoices random(
        hash_of(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size())));
    const auto drawn = generate::automaton_haystacks(query.regex, encoding_, random, limits());
    const PathShape shape = add_paths(query.regex, query.semantics, encoding_, work.trial.coverage().paths);
    std::vector<Feature> features = tree_features(query.regex, query.semantics, encoding_, shape, drawn);
    work.trial.run(query, Views(drawn.haystacks.begin(), drawn.haystacks.end()), name(), number);
    for (Feature feature : outcomes.since_last(work.trial.stats())) features.push_back(feature);
    return features;
  }

  Encoding encoding_;
  generate::RegexSampler sampler_;
  std::uint64_t seed_;
};

bool has_lazy(const syntax::Regex& regex) {
  return syntax::any_node(regex,
                          [](const syntax::Node& n) { return n.kind() == syntax::NodeKind::kRepeat && !n.greedy(); });
}

/// Stored patterns on their own haystacks and on others, drawn from their automata.
class Stored final : public Stream {
 public:
  Stored(const Config& config, Semantics semantics, std::vector<std::string> engines,
         std::shared_ptr<const StoredCases> stored)
      : Stream("stored/" + std::string(to_string(semantics)), SourceKind::kStored, semantics, std::move(engines)),
        stored_(std::move(stored)),
        seed_(hash_of("stored " + std::to_string(config.seed))),
        per_pass_((stored_->cases.size() + kStoredItems - 1) / kStoredItems) {}

  std::uint64_t blocks() const override { return per_pass_ * kStoredPasses; }
  void run(UnitWork& work) const override {
    const std::uint64_t pass = work.block / per_pass_, from = work.block % per_pass_ * kStoredItems;
    const std::uint64_t to = std::min<std::uint64_t>(from + kStoredItems, stored_->cases.size());
    for (std::uint64_t k = from; k < to && !work.abandoned(); ++k) {
      const StoredCase& c = stored_->cases[k];
      Query query = c.query;
      query.semantics = semantics();
      if (query.semantics == Semantics::kLeftmostLongest && has_lazy(query.regex)) continue;  // means nothing there
      generate::RandomChoices random(seed_ + (pass * stored_->cases.size() + k) * 0x9E3779B97F4A7C15ull);
      auto drawn = generate::automaton_haystacks(query.regex, query.encoding, random, limits());
      if (pass == 0) drawn.haystacks.insert(drawn.haystacks.begin(), c.haystack);
      work.trial.run(query, Views(drawn.haystacks.begin(), drawn.haystacks.end()), name(), k);
    }
  }

 private:
  std::shared_ptr<const StoredCases> stored_;
  std::uint64_t seed_, per_pass_;
};

using Streams = std::vector<std::unique_ptr<Stream>>;
using Added = tl::expected<void, std::string>;

harness::CheckSettings check_settings(const Config& config) {
  harness::CheckSettings settings;
  settings.semantics = config.semantics;
  settings.engines = config.engines;
  settings.alphabet = config.alphabet;
  settings.max_nodes = config.max_nodes;
  settings.max_len = config.max_len;
  settings.seed = config.seed;
  return settings;
}

Added add_items(const harness::CheckSettings& settings, SourceKind kind, Streams& streams) {
  auto phases = harness::plan(settings);
  if (!phases) return tl::unexpected(phases.error());
  for (harness::Phase& phase : *phases) {
    std::string name = std::string(to_string(kind)) + "/" + in_name(phase.source->name()) + "/" +
                       std::string(to_string(phase.semantics));
    streams.push_back(std::make_unique<Items>(std::move(name), kind, std::move(phase),
                                              kind == SourceKind::kRandom ? kRandomItems : kSweepItems));
  }
  return {};
}

/// The definition enumerates parse trees and takes most of the time of large cases, to confirm the reference and nobody
/// else. It sits in sweeps and among random regexes; elsewhere it is asked when it is named.
std::vector<std::string> without_definition(const Stream& like) {
  if (!like.engines().empty()) return like.engines();
  std::vector<std::string> names = harness::default_engines(like.semantics());
  std::erase(names, "definition");
  return names;
}

Added add_guided(const Config& config, const Streams& like, Streams& streams) {
  for (const auto& random : like) {
    // One for each semantics and encoding, as there is a stream of wide random regexes: with the same engines.
    if (random->kind() != SourceKind::kRandom || random->name().find("/random-") == std::string::npos) continue;
    const Encoding encoding =
        random->name().find("/random-utf8") != std::string::npos ? Encoding::kUtf8 : Encoding::kBytes;
    generate::RandomSettings wide = generate::wide_settings(Semantics::kLeftmostFirst, encoding);
    wide.grammar.lazy = random->semantics() == Semantics::kLeftmostFirst;
    auto sampler = generate::RegexSampler::make(wide, kMaxSize);
    if (!sampler) return tl::unexpected(sampler.error());
    streams.push_back(std::make_unique<Guided>(config, random->semantics(), encoding, without_definition(*random),
                                               std::move(*sampler)));
  }
  return {};
}

}  // namespace

std::string_view to_string(SourceKind kind) {
  static constexpr std::string_view kNames[kSources] = {"enumeration", "random", "guided", "stored"};
  return kNames[static_cast<std::size_t>(kind)];
}

tl::expected<Streams, std::string> make_streams(const Config& config, std::shared_ptr<const StoredCases> stored) {
  Streams streams;
  harness::CheckSettings sweeps = check_settings(config), random = sweeps;
  random.max_nodes = 0;
  random.random = kRandomCount;
  if (config.max_nodes > 0) {
    if (auto added = add_items(sweeps, SourceKind::kEnumeration, streams); !added) return tl::unexpected(added.error());
  }
  if (auto added = add_items(random, SourceKind::kRandom, streams); !added) return tl::unexpected(added.error());
  Streams guided;
  if (auto added = add_guided(config, streams, guided); !added) return tl::unexpected(added.error());
  for (auto& stream : guided) streams.push_back(std::move(stream));
  if (!stored->cases.empty()) {
    std::set<Semantics> done;
    Streams others;
    for (const auto& stream : streams) {
      if (stream->kind() != SourceKind::kRandom || !done.insert(stream->semantics()).second) continue;
      others.push_back(std::make_unique<Stored>(config, stream->semantics(), without_definition(*stream), stored));
    }
    for (auto& stream : others) streams.push_back(std::move(stream));
  }
  return streams;
}

}  // namespace redoubt::campaign
