// `redoubt engines`: who is there, and what each vouches for.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/text.h"
#include "oracles/oracle.h"

namespace redoubt::cli {

namespace {

using oracles::Claim;
using oracles::EngineInfo;

std::string claim_text(const EngineInfo& info, Semantics semantics) {
  const Claim claim = info.claims[static_cast<int>(semantics)];
  return claim == Claim::kNothing ? "-" : std::string(to_string(claim));
}

void print_json() {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const oracles::EngineEntry& entry : oracles::registry()) {
    const EngineInfo& info = entry.info;
    nlohmann::ordered_json engine;
    engine["name"] = info.name;
    engine["version"] = info.version;
    engine["summary"] = info.summary;
    for (Semantics semantics : {Semantics::kLeftmostLongest, Semantics::kLeftmostFirst}) {
      engine["claims"][std::string(to_string(semantics))] = to_string(info.claims[static_cast<int>(semantics)]);
    }
    engine["available"] = info.unavailable.empty();
    if (!info.unavailable.empty()) engine["unavailable"] = info.unavailable;
    engine["modes"] = info.modes;
    list.push_back(std::move(engine));
  }
  fmt::print("{}\n", list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_table() {
  std::size_t names = 6;
  std::size_t versions = 7;
  for (const oracles::EngineEntry& entry : oracles::registry()) {
    names = std::max(names, entry.info.name.size());
    versions = std::max(versions, entry.info.version.size());
  }
  fmt::print("{}\n", styled(Style::kBold, fmt::format("{:<{}}  {:<{}}  {:<9} {:<9} {}", "engine", names, "version",
                                                      versions, "posix", "perl", "what it is")));
  for (const oracles::EngineEntry& entry : oracles::registry()) {
    const EngineInfo& info = entry.info;
    fmt::print("{:<{}}  {:<{}}  {:<9} {:<9} {}\n", info.name, names, info.version, versions,
               claim_text(info, Semantics::kLeftmostLongest), claim_text(info, Semantics::kLeftmostFirst),
               info.summary);
    const std::string indent(names + versions + 24, ' ');
    if (!info.unavailable.empty()) {
      fmt::print("{}{}\n", indent, styled(Style::kBad, "not available: " + visible(info.unavailable)));
    }
    std::string line;
    for (const std::string& mode : info.modes) {
      if (line.empty()) {
        line = "modes: " + mode;
      } else if (line.size() + mode.size() > 70) {
        fmt::print("{}{},\n", indent, styled(Style::kDim, line));
        line = "       " + mode;
      } else {
        line += ", " + mode;
      }
    }
    if (!line.empty()) fmt::print("{}{}\n", indent, styled(Style::kDim, line));
  }
}

}  // namespace

void add_engines(CLI::App& app, int& status) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("engines", "The engines, their versions, and what each one claims");
  command->footer(
      "posix and perl: what of its leftmost-longest and leftmost-first answers an engine vouches for: captures (span "
      "and\n"
      "groups), span, is-match (that there is a match), or - (it is not asked). It is judged on that and no further.\n"
      "Exit status: 0.");
  command->add_flag("--json", *json, "Write JSON");
  command->callback([json, &status] {
    *json ? print_json() : print_table();
    status = kNothingUnexplained;
  });
}

}  // namespace redoubt::cli
