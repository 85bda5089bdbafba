#include <iterator>
#include <utility>

#include "oracles/oracle.h"

namespace redoubt::oracles {

const std::vector<EngineEntry>& registry() {
  static const std::vector<EngineEntry> entries = [] {
    std::vector<EngineEntry> all;
    for (auto* list : {internal_engines, pcre2_engines, re2_engines}) {
      std::vector<EngineEntry> some = list();
      all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    return all;
  }();
  return entries;
}

const EngineEntry* find_engine(std::string_view name) {
  for (const EngineEntry& entry : registry()) {
    if (entry.info.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace redoubt::oracles
