// Asking one engine one question, from the text of a pattern: for tests of adapters.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "oracles/oracle.h"
#include "syntax/parser.h"

namespace redoubt::oracles {

inline Query make_query(std::string_view pattern, Semantics semantics, Encoding encoding = Encoding::kBytes) {
  syntax::ParseOptions options;
  options.encoding = encoding;
  auto regex = syntax::parse(pattern, options);
  EXPECT_TRUE(regex) << pattern;
  Query query;
  query.regex = regex ? *regex : syntax::empty();
  query.encoding = encoding;
  query.semantics = semantics;
  return query;
}

inline Outcome ask(Oracle& oracle, const Query& query, std::string_view haystack) {
  Prepared prepared = oracle.prepare(query);
  if (auto* outcome = std::get_if<Outcome>(&prepared)) return *outcome;
  Outcome outcome;
  std::get<std::unique_ptr<Matcher>>(prepared)->run({&haystack, 1}, {&outcome, 1});
  return outcome;
}

/// The outcome as text, asked of a new instance of a registered engine.
inline std::string answer(std::string_view engine, std::string_view pattern, std::string_view haystack,
                          Semantics semantics = Semantics::kLeftmostFirst, Encoding encoding = Encoding::kBytes) {
  for (auto* list : {pcre2_engines, re2_engines}) {
    for (const EngineEntry& entry : list()) {
      if (entry.info.name == engine) {
        return to_string(ask(*entry.make(), make_query(pattern, semantics, encoding), haystack));
      }
    }
  }
  return "no such engine";
}

}  // namespace redoubt::oracles
