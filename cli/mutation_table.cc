#include "cli/mutation_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>

#include "cli/text.h"

namespace redoubt::cli {

namespace {

using harness::Attempt;
using harness::Technique;

constexpr std::size_t kNameWidth = 32;
constexpr std::size_t kWidth = 14;

/// "0.12 s 3n 2b"
std::string cell(const Attempt& a) {
  switch (a.end) {
    case Attempt::End::kNotRun:
      return "-";
    case Attempt::End::kSurvived:
      return a.in_time ? "missed" : "missed, time";
    case Attempt::End::kFailed:
      return fmt::format("{:.2f} s", a.seconds);
    case Attempt::End::kCrashed:
      return fmt::format("{:.2f} s crash", a.seconds);
    case Attempt::End::kFinding:
      return a.nodes == 0 ? fmt::format("{:.2f} s", a.seconds)
                          : fmt::format("{:.2f} s {}n {}b", a.seconds, a.nodes, a.bytes);
  }
  return "";
}

template <class T>
T median(std::vector<T> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Sums {
  std::size_t mutants = 0, killed = 0, soon = 0;
  std::vector<double> seconds;
  std::vector<std::size_t> nodes, bytes;
};

constexpr double kSoon = 20;

Sums sums_of(Rows rows, std::size_t technique) {
  Sums sums;
  for (const MutantRow& row : rows) {
    if (row.name.empty() || row.attempts.size() <= technique) continue;
    const Attempt& a = row.attempts[technique];
    ++sums.mutants;
    if (!a.killed()) continue;
    ++sums.killed;
    sums.soon += a.seconds <= kSoon;
    sums.seconds.push_back(a.seconds);
    if (a.found && a.nodes > 0) {
      sums.nodes.push_back(a.nodes);
      sums.bytes.push_back(a.bytes);
    }
  }
  return sums;
}

std::string names_of(Rows rows, const std::function<bool(const MutantRow&)>& wanted) {
  std::string names;
  for (const MutantRow& row : rows) {
    if (!row.name.empty() && wanted(row)) names += (names.empty() ? "" : ", ") + row.name;
  }
  return names;
}

std::string escaped(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
  return text;
}

/// The first counterexample of the first technique that has one.
std::string example(const MutantRow& row) {
  for (const Attempt& a : row.attempts) {
    if (!a.found) continue;
    const std::string haystack = a.found->haystack.empty() ? "nothing" : "`" + visible(a.found->haystack) + "`";
    return escaped("`" + visible(a.found->pattern) + "` on " + haystack);
  }
  return "";
}

}  // namespace

bool MutantRow::killed() const {
  return std::any_of(attempts.begin(), attempts.end(), [](const Attempt& a) { return a.killed(); });
}

std::string text_head(Techniques techniques) {
  std::string text = padded("mutant", kNameWidth);
  for (const Technique& t : techniques) text += padded(t.name, kWidth + 2);
  text += "\n";
  for (const Technique& t : techniques) {
    if (!t.unavailable.empty()) text += fmt::format("({} cannot be run: {})\n", t.name, visible(t.unavailable));
  }
  return text;
}

std::string text_row(const MutantRow& row) {
  std::string text = padded(row.name.empty() ? "(none)" : row.name, kNameWidth);
  for (const Attempt& a : row.attempts) text += padded(cell(a), kWidth + 2);
  while (text.ends_with(' ')) text.pop_back();
  return text + "\n";
}

std::string summary_text(Rows rows, Techniques techniques) {
  std::string text;
  for (std::size_t t = 0; t < techniques.size(); ++t) {
    const Sums sums = sums_of(rows, t);
    if (!techniques[t].unavailable.empty() || sums.mutants == 0) continue;
    text += fmt::format("{}: {} of {} killed, {} within {:.0f} s; median {:.2f} s", techniques[t].name, sums.killed,
                        sums.mutants, sums.soon, kSoon, median(sums.seconds));
    if (!sums.nodes.empty()) text += fmt::format(", {} nodes and {} bytes", median(sums.nodes), median(sums.bytes));
    const std::string missed = names_of(rows, [t](const MutantRow& row) { return !row.attempts[t].killed(); });
    const std::string slow = names_of(
        rows, [t](const MutantRow& row) { return row.attempts[t].killed() && row.attempts[t].seconds > kSoon; });
    if (!missed.empty()) text += "; missed: " + missed;
    if (!slow.empty()) text += "; slow: " + slow;
    text += "\n";
  }
  const std::string survivors = names_of(rows, [](const MutantRow& row) { return !row.killed(); });
  text += survivors.empty() ? "Every mutant is killed by a technique at least.\n" : "Not killed: " + survivors + "\n";
  for (const MutantRow& row : rows) {
    if (row.name.empty() && row.killed()) text += "The program without a mistake was killed, too: the table is void.\n";
  }
  return text;
}

std::string json_row(const MutantRow& row, const std::string& technique, std::size_t at) {
  static constexpr const char* kEnds[] = {"survived", "finding", "failed", "crashed", "not run"};
  const Attempt& a = row.attempts[at];
  nlohmann::ordered_json json;
  json["mutant"] = row.name;
  json["class"] = row.mistake;
  json["technique"] = technique;
  json["end"] = kEnds[static_cast<int>(a.end)];
  json["seconds"] = a.seconds;
  if (a.status != 0) json["status"] = a.status;
  if (a.found) {
    json["nodes"] = a.nodes;
    json["bytes"] = a.bytes;
    json["case"] = nlohmann::ordered_json::parse(harness::to_json_line(*a.found), nullptr, false);
  }
  return json.dump();
}

std::string write_markdown(const std::string& path, Rows rows, Techniques techniques, double budget_s) {
  std::string text = fmt::format(
      "Budget: {:.0f} s of processor time for each technique and mutant, one core.\n\n| technique | killed | within "
      "{:.0f} s | median s | median nodes | median bytes |\n|---|---|---|---|---|---|\n",
      budget_s, kSoon);
  for (std::size_t t = 0; t < techniques.size(); ++t) {
    const Sums s = sums_of(rows, t);
    if (!techniques[t].unavailable.empty()) {
      text += fmt::format("| {}: {} | not run | | | | |\n", techniques[t].name, techniques[t].says);
      continue;
    }
    text +=
        fmt::format("| {}: {} | {} of {} | {} | {:.2f} | {} | {} |\n", techniques[t].name, techniques[t].says, s.killed,
                    s.mutants, s.soon, median(s.seconds), s.nodes.empty() ? "" : std::to_string(median(s.nodes)),
                    s.bytes.empty() ? "" : std::to_string(median(s.bytes)));
  }
  text += "\n| mutant | class | what is wrong |";
  std::string rule = "|---|---|---|";
  for (const Technique& t : techniques) {
    if (!t.unavailable.empty()) continue;
    text += " " + t.name + " |";
    rule += "---|";
  }
  text += " first counterexample |\n" + rule + "---|\n";
  for (const MutantRow& row : rows) {
    text += fmt::format("| {} | {} | {}: {} |", row.name.empty() ? "(none)" : row.name, escaped(row.mistake),
                        row.folder.empty() ? "control" : row.folder, escaped(row.says));
    for (std::size_t t = 0; t < techniques.size(); ++t) {
      if (techniques[t].unavailable.empty()) text += " " + cell(row.attempts[t]) + " |";
    }
    text += " " + example(row) + " |\n";
  }
  std::FILE* out = std::fopen(path.c_str(), "w");
  const bool written = out != nullptr && std::fwrite(text.data(), 1, text.size(), out) == text.size();
  const bool closed = out != nullptr && std::fclose(out) == 0;
  return written && closed ? "" : in_quotes(path) + " cannot be written";
}

bool all_as_it_should(Rows rows) {
  return std::all_of(rows.begin(), rows.end(), [](const MutantRow& row) { return row.killed() != row.name.empty(); });
}

}  // namespace redoubt::cli
