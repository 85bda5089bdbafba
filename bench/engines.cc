#include <iterator>

#include "bench/engine.h"

namespace redoubt::bench {

std::vector<Engine> all_engines() {
  std::vector<Engine> all;
  for (const auto& list : {redoubt_engines, re2_engines, pcre2_engines, glibc_engines, tre_engines, boost_engines,
                           onig_engines, outside_engines}) {
    auto some = list();
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  return all;
}

}  // namespace redoubt::bench
