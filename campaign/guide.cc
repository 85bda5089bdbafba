#include "campaign/guide.h"

#include <algorithm>

namespace redoubt::campaign {

bool Corpus::knows(Feature feature) const { return std::binary_search(features_.begin(), features_.end(), feature); }

void Corpus::add(const Discovery& discovery) {
  bool something_new = false;
  for (Feature feature : discovery.features) {
    const auto place = std::lower_bound(features_.begin(), features_.end(), feature);
    if (features_.size() >= kMaxFeatures || (place != features_.end() && *place == feature)) continue;
    features_.insert(place, feature);
    something_new = true;
  }
  if (!something_new || discovery.bytes.empty()) return;
  if (strings_.size() < kMaxStrings) {
    strings_.push_back(discovery.bytes);
    return;
  }
  strings_[oldest_] = discovery.bytes;
  oldest_ = (oldest_ + 1) % kMaxStrings;
}

const ChoiceString& Corpus::pick(generate::RandomChoices& random) const {
  // Half of the time one of the latest: what was new last is least explored. (Once the corpus is full, "latest" is a
  // place in a ring; that is near enough.)
  const std::size_t recent = std::min<std::size_t>(strings_.size(), 64);
  if (random.one_in(2)) {
    const std::size_t end = strings_.size() < kMaxStrings ? strings_.size() : oldest_ + kMaxStrings;
    return strings_[(end - 1 - random.below(recent)) % strings_.size()];
  }
  return strings_[random.below(strings_.size())];
}

namespace {

std::uint8_t byte(generate::RandomChoices& random) { return static_cast<std::uint8_t>(random.below(256)); }

using Offset = ChoiceString::difference_type;

void change_once(ChoiceString& bytes, const ChoiceString& other, generate::RandomChoices& random) {
  const auto at = static_cast<Offset>(random.below(bytes.size()));
  const auto length =
      static_cast<Offset>(random.between(1, std::min<std::uint64_t>(8, bytes.size() - static_cast<std::size_t>(at))));
  switch (random.below(6)) {
    case 0:
      bytes[static_cast<std::size_t>(at)] = byte(random);
      break;
    case 1:
      bytes[static_cast<std::size_t>(at)] =
          static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(at)] + (random.one_in(2) ? 1 : 255));
      break;
    case 2:
      for (Offset k = 0; k < length; ++k) bytes.insert(bytes.begin() + at, byte(random));
      break;
    case 3:
      bytes.erase(bytes.begin() + at, bytes.begin() + at + length);
      break;
    case 4: {  // a part of it once more, further on
      const ChoiceString part(bytes.begin() + at, bytes.begin() + at + length);
      const auto to = static_cast<Offset>(random.below(bytes.size() + 1));
      bytes.insert(bytes.begin() + to, part.begin(), part.end());
      break;
    }
    default: {  // the rest from another string
      const auto from = static_cast<Offset>(random.below(other.size()));
      bytes.erase(bytes.begin() + at, bytes.end());
      bytes.insert(bytes.end(), other.begin() + from, other.end());
      break;
    }
  }
  if (bytes.empty()) bytes.push_back(byte(random));
}

}  // namespace

ChoiceString Corpus::vary(generate::RandomChoices& random) const {
  if (strings_.empty() || random.one_in(8)) {
    ChoiceString fresh(random.between(4, 64));
    for (std::uint8_t& b : fresh) b = byte(random);
    return fresh;
  }
  ChoiceString bytes = pick(random);
  for (std::uint64_t k = random.between(1, 4); k > 0; --k) change_once(bytes, pick(random), random);
  if (bytes.size() > kMaxBytes) bytes.resize(kMaxBytes);
  return bytes;
}

bool Lineage::complete(std::uint64_t unit, std::vector<Discovery> discoveries) {
  if (unit < folded_ || !waiting_.emplace(unit, std::move(discoveries)).second) return false;
  while (next_ < folded_ || waiting_.count(next_) != 0) ++next_;
  // What lies further back than the window is seen by all units to come: fold it in, so that little waits.
  if (next_ > kWindow) corpus_for(next_);
  return true;
}

std::shared_ptr<const Corpus> Lineage::corpus_for(std::uint64_t unit) {
  const std::uint64_t until = unit < kWindow ? 0 : unit - kWindow + 1;
  std::shared_ptr<Corpus> changed;
  for (; folded_ < until; ++folded_) {
    const auto place = waiting_.find(folded_);
    if (place == waiting_.end()) break;  // not ready
    if (!place->second.empty()) {
      if (!changed) changed = std::make_shared<Corpus>(*corpus_);
      for (const Discovery& discovery : place->second) changed->add(discovery);
    }
    waiting_.erase(place);
  }
  if (changed) corpus_ = std::move(changed);
  return corpus_;
}

}  // namespace redoubt::campaign
