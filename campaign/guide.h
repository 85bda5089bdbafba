// The guide of the guided source: a corpus of choice strings that showed something new, and how they are varied. What
// counts as new is a set of simple, named features of a tree and of what became of it (features.h); it is no coverage
// of code. Everything is a function of what was put in, in order, so that a campaign can be resumed exactly.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "generate/choices.h"

namespace redoubt::campaign {

using Feature = std::uint32_t;  ///< a hash
using ChoiceString = std::vector<std::uint8_t>;

/// A choice string and the features that it was first to show.
struct Discovery {
  ChoiceString bytes;
  std::vector<Feature> features;
};

/// Bounded: when it is full, the oldest string makes room; features are remembered beyond that, up to a cap of theirs.
class Corpus {
 public:
  static constexpr std::size_t kMaxStrings = 2048;
  static constexpr std::size_t kMaxBytes = 192;  ///< of one string
  static constexpr std::size_t kMaxFeatures = std::size_t{1} << 18;

  bool knows(Feature feature) const;
  std::size_t strings() const { return strings_.size(); }
  std::size_t features() const { return features_.size(); }
  /// Takes a discovery, if some feature of it is still new. Beyond kMaxFeatures nothing is.
  void add(const Discovery& discovery);
  /// A variation of a string of the corpus, or, now and then and while there is none, a fresh one. Never empty.
  ChoiceString vary(generate::RandomChoices& random) const;

 private:
  const ChoiceString& pick(generate::RandomChoices& random) const;
  std::vector<ChoiceString> strings_;
  std::size_t oldest_ = 0;
  std::vector<Feature> features_;  ///< ascending: quick to copy
};

/// The corpora of one stream of units. Unit b sees what units up to b - kWindow discovered, whatever else is done: so
/// that kWindow units can be at work at once, and a unit done again after a crash does the same again. (A campaign has
/// up to four such streams; more threads than that can serve work at other sources meanwhile.)
class Lineage {
 public:
  static constexpr std::uint64_t kWindow = 4;

  /// A completed unit's discoveries; false: the unit was there already.
  bool complete(std::uint64_t unit, std::vector<Discovery> discoveries);
  /// Whether all is there that a unit has to see.
  bool ready(std::uint64_t unit) const { return unit < kWindow || unit - kWindow < next_; }
  /// The corpus for a unit that is ready; units are asked for in ascending order. Immutable.
  std::shared_ptr<const Corpus> corpus_for(std::uint64_t unit);
  /// The lowest unit that is not complete.
  std::uint64_t next() const { return next_; }
  const Corpus& newest() const { return *corpus_; }

 private:
  std::map<std::uint64_t, std::vector<Discovery>> waiting_;  ///< completed units that are not in the corpus yet
  std::uint64_t folded_ = 0;                                 ///< units below this are in the corpus
  std::uint64_t next_ = 0;
  std::shared_ptr<const Corpus> corpus_ = std::make_shared<Corpus>();
};

}  // namespace redoubt::campaign
