#include "harness/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "syntax/printer.h"

namespace redoubt::harness {

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, 1, ',');
  return digits;
}

namespace {

double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : 0; }

std::string compared_as(const EngineStats& e) {
  if (e.compared_captures > 0) return "every group";
  if (e.compared_spans > 0) return e.listed_ends > 0 ? "span, all ends" : "span";
  if (e.compared_existence > 0) return "is there a match";
  return "-";
}

void engine_table(const TrialStats& stats, std::string& out) {
  std::size_t width = 12;
  for (const EngineStats& e : stats.engines) width = std::max(width, e.name.size());
  out += fmt::format("    {:{}}  {:>16}  {:>14}  {:>11}  {:>11}  {:>12}  {:>12}  {:>8}\n", "engine", width, "compared",
                     "agree", "accounted", "unexplained", "not compared", "other modes", "ns/run");
  for (const EngineStats& e : stats.engines) {
    const std::uint64_t runs = e.answers + e.mode_runs;
    out += fmt::format("    {:{}}  {:>16}  {:>14}  {:>11}  {:>11}  {:>12}  {:>12}  {:>8}\n", e.name, width,
                       compared_as(e), with_commas(e.agreed), with_commas(e.accounted), with_commas(e.unexplained),
                       with_commas(e.not_asked), with_commas(e.mode_runs), runs ? e.nanoseconds / runs : 0);
  }
  for (const EngineStats& e : stats.engines) {
    for (const auto& [reason, count] : e.reasons) {
      out += fmt::format("    {} was not compared on {}: {}\n", e.name, with_commas(count), reason);
    }
  }
}

std::string one_case(const Case& c) {
  std::string text =
      fmt::format("{} on \"{}\"", c.pattern.empty() ? "(empty pattern)" : syntax::escape_bytes(c.pattern),
                  syntax::escape_bytes(c.haystack));
  if (c.encoding == Encoding::kUtf8) text += " (utf8)";
  return text;
}

void accounted_list(const TrialStats& stats, std::string& out) {
  if (stats.accounted.empty()) return;
  out += "    Differences that the catalogue accounts for, with the smallest of each:\n";
  for (const auto& [key, entry] : stats.accounted) {
    out += fmt::format("      {:>9}  {}\n", with_commas(entry.count), key);
    out += fmt::format("                 {}\n", entry.sentence);
    out += fmt::format("                 {}:", one_case(entry.example));
    const std::string reading = ":";  // "reference:VARIANT" is what the engine is held to, and says what it says
    for (const RecordedAnswer& answer : entry.example.answers) {
      if (answer.engine.find(reading) == std::string::npos)
        out += fmt::format("  {} {}", answer.engine, answer.outcome);
    }
    out += '\n';
  }
}

void phase_text(const PhaseResult& phase, std::size_t number, std::string& out) {
  const TrialStats& stats = phase.stats;
  out += fmt::format("{}. {}\n", number, phase.title);
  if (phase.done < phase.planned) {
    out += fmt::format("    cut short: {} of {} done\n", with_commas(phase.done), with_commas(phase.planned));
  }
  double in_engines = static_cast<double>(stats.judge_nanoseconds);
  for (const EngineStats& e : stats.engines) in_engines += static_cast<double>(e.nanoseconds);
  const double cpu = static_cast<double>(stats.total_nanoseconds);
  out += fmt::format("    {} regexes (to {} nodes), {} pairs with a haystack (to {} bytes), {} comparisons\n",
                     with_commas(stats.patterns), stats.largest_pattern, with_commas(stats.pairs),
                     stats.longest_haystack, with_commas(stats.comparisons()));
  out += fmt::format(
      "    {:.1f} s, {} pairs a CPU second; {:.0f} % of the time inside engines, {:.0f} % of it in the judge\n",
      phase.seconds,
      with_commas(cpu > 0 ? static_cast<std::uint64_t>(static_cast<double>(stats.pairs) * 1e9 / cpu) : 0),
      percent(in_engines, static_cast<double>(stats.wall_nanoseconds)),
      percent(static_cast<double>(stats.judge_nanoseconds), in_engines));
  if (stats.unjudged > 0) {
    out +=
        fmt::format("    {} pairs were too large for the reference and were not judged\n", with_commas(stats.unjudged));
  }
  engine_table(stats, out);
  accounted_list(stats, out);
  for (const auto& [key, count] : stats.not_shrunk) {
    out += fmt::format("    {} more of \"{}\" were counted, but not shrunk\n", with_commas(count), key);
  }
  out += '\n';
}

void findings_text(const CheckResult& result, std::string& out) {
  std::vector<const Bucket*> buckets;
  for (const Bucket& bucket : result.findings) buckets.push_back(&bucket);
  const auto size = [](const Bucket* b) { return b->shrunk.pattern.size() + b->shrunk.haystack.size(); };
  std::stable_sort(buckets.begin(), buckets.end(), [&](auto* a, auto* b) { return size(a) < size(b); });
  constexpr std::size_t kShown = 12;
  for (std::size_t k = 0; k < std::min(buckets.size(), kShown); ++k) {
    const Case& c = buckets[k]->shrunk;
    out += fmt::format("  {} [{}, {}] {}\n", c.engine, c.kind, c.cause, one_case(c));
    for (const RecordedAnswer& answer : c.answers)
      out += fmt::format("      {:<24} {}\n", answer.engine, answer.outcome);
    if (!buckets[k]->file.empty()) out += fmt::format("      {}\n", buckets[k]->file);
  }
  if (buckets.size() > kShown) out += fmt::format("  and {} more\n", buckets.size() - kShown);
}

}  // namespace

std::string summarize(const CheckResult& result, const CheckSettings& settings) {
  std::string out;
  for (std::size_t k = 0; k < result.phases.size(); ++k) phase_text(result.phases[k], k + 1, out);

  std::uint64_t patterns = 0, comparisons = 0, accounted = 0;
  for (const PhaseResult& phase : result.phases) {
    patterns += phase.stats.patterns;
    comparisons += phase.stats.comparisons();
    for (const EngineStats& e : phase.stats.engines) accounted += e.accounted;
  }
  out += fmt::format(
      "Compared: {} regexes, {} pairs, {} comparisons in {:.1f} s on {} thread{} ({} pairs a CPU second).\n",
      with_commas(patterns), with_commas(result.pairs()), with_commas(comparisons), result.seconds, result.jobs,
      result.jobs == 1 ? "" : "s",
      with_commas(result.cpu_seconds > 0
                      ? static_cast<std::uint64_t>(static_cast<double>(result.pairs()) / result.cpu_seconds)
                      : 0));
  if (settings.shards > 1) out += fmt::format("This was shard {} of {}.\n", settings.shard, settings.shards);
  if (result.interrupted) out += "Interrupted: the counts are of what was done so far.\n";
  if (result.out_of_time) out += "The budget ran out before everything planned was done.\n";
  out += fmt::format("Accounted for: {} differences that cases/known.toml names.\n", with_commas(accounted));
  const std::uint64_t unexplained = result.unexplained();
  if (unexplained == 0) {
    out += "Found: zero unexplained differences.\n";
    if (!settings.findings_dir.empty()) out += fmt::format("Findings would lie in {}/.\n", settings.findings_dir);
    out += fmt::format("Next: {0} find '(aa|a)*' aaaaa    {0} check --random 100000 --seed 2    {0} --help\n",
                       settings.program);
  } else {
    out += fmt::format("Found: {} unexplained differences in {} buckets:\n", with_commas(unexplained),
                       result.findings.size());
    findings_text(result, out);
    if (!settings.findings_dir.empty()) {
      out +=
          fmt::format("Findings lie in {1}/, one case file each.\nNext: {0} replay {1}    {0} find PATTERN HAYSTACK\n",
                      settings.program, settings.findings_dir);
    }
  }
  return out;
}

}  // namespace redoubt::harness
