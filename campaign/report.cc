#include "campaign/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "campaign/files.h"
#include "campaign/report_parts.h"
#include "harness/summary.h"
#include "syntax/printer.h"

namespace redoubt::campaign {

using harness::EngineStats;
using harness::TrialStats;
using harness::with_commas;

namespace {

double seconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) * 1e-9; }

std::string rate(std::uint64_t pairs, double cpu_s) {
  return with_commas(cpu_s > 0 ? static_cast<std::uint64_t>(static_cast<double>(pairs) / cpu_s) : 0);
}

void sources_text(const Campaign& campaign, std::string& out) {
  const SourceSums sums = source_sums(campaign.ledger);
  std::uint64_t all = 0;
  for (const SourceSum& s : sums) all += s.stats.wall_nanoseconds;
  double shares = 0;
  for (double share : campaign.shares) shares += share;
  out += fmt::format("  {:12}  {:>8}  {:>8}  {:>7}  {:>12}  {:>14}  {:>16}  {:>11}\n", "source", "share", "of time",
                     "units", "regexes", "pairs", "comparisons", "pairs/CPU s");
  for (std::size_t k = 0; k < kSources; ++k) {
    const SourceSum& s = sums[k];
    out += fmt::format("  {:12}  {:>6.1f} %  {:>6.1f} %  {:>7}  {:>12}  {:>14}  {:>16}  {:>11}\n",
                       to_string(static_cast<SourceKind>(k)), shares > 0 ? 100 * campaign.shares[k] / shares : 0,
                       all > 0 ? 100 * seconds(s.stats.wall_nanoseconds) / seconds(all) : 0, with_commas(s.units),
                       with_commas(s.stats.patterns), with_commas(s.stats.pairs), with_commas(s.stats.comparisons()),
                       rate(s.stats.pairs, seconds(s.stats.total_nanoseconds)));
  }
  if (campaign.config.corpora.empty()) out += "  stored: no --corpus was given\n";
  for (const auto& [name, lineage] : campaign.ledger.lineages()) {
    out += fmt::format("  {}: {} choice strings kept, {} features seen\n", name,
                       with_commas(lineage.newest().strings()), with_commas(lineage.newest().features()));
  }
}

void engines_text(const TrialStats& stats, std::string& out) {
  std::size_t width = 12;
  for (const EngineStats& e : stats.engines) width = std::max(width, e.name.size());
  out += fmt::format("  {:{}}  {:>16}  {:>14}  {:>12}  {:>14}  {:>16}\n", "engine", width, "agree", "accounted",
                     "unexplained", "not compared", "in other modes");
  for (const EngineStats& e : stats.engines) {
    out += fmt::format("  {:{}}  {:>16}  {:>14}  {:>12}  {:>14}  {:>16}\n", e.name, width, with_commas(e.agreed),
                       with_commas(e.accounted), with_commas(e.unexplained), with_commas(e.not_asked),
                       with_commas(e.mode_runs));
  }
}

std::string one_case(const harness::Case& c) {
  return fmt::format("{} on \"{}\"{}", c.pattern.empty() ? "(empty pattern)" : syntax::escape_bytes(c.pattern),
                     syntax::escape_bytes(c.haystack), c.encoding == Encoding::kUtf8 ? " (utf8)" : "");
}

void accounted_text(const Campaign& campaign, const TrialStats& stats, std::string& out) {
  if (stats.accounted.empty()) return;
  out += "Differences that cases/known.toml accounts for, with the smallest of each:\n";
  for (const auto& [key, entry] : stats.accounted) {
    out += fmt::format("  {:>12}  {}\n", with_commas(entry.count), key);
    const auto example = campaign.ledger.examples().find(key);
    if (example == campaign.ledger.examples().end()) continue;
    out += fmt::format("                {}\n                {}\n", example->second.sentence,
                       one_case(example->second.example));
  }
}

constexpr std::size_t kBucketsShown = 40;

void buckets_text(const Campaign& campaign, const std::string& folder, const std::string& program,
                  const TrialStats& stats, std::string& out) {
  const auto buckets = sorted_buckets(campaign.ledger);
  if (buckets.empty()) {
    out += "Found: zero unexplained differences.\n";
    return;
  }
  out += fmt::format("Found: {} unexplained differences in {} buckets, smallest case first:\n",
                     with_commas(stats.unexplained()), with_commas(buckets.size()));
  for (std::size_t k = 0; k < std::min(buckets.size(), kBucketsShown); ++k) {
    const harness::Case& c = buckets[k]->smallest;
    const std::string count =
        buckets[k]->count > 0 ? with_commas(buckets[k]->count) + " times" : "in a unit that is not complete";
    out += fmt::format("  {} [{}, {}, {}] {}: {}\n", c.engine, c.kind, c.cause, to_string(c.semantics), count,
                       one_case(c));
    for (const harness::RecordedAnswer& answer : c.answers)
      out += fmt::format("      {:<24} {}\n", answer.engine, answer.outcome);
    out += fmt::format("      {} replay {}\n", program, case_file(folder, c));
  }
  if (buckets.size() > kBucketsShown) {
    out += fmt::format("  and {} more, in {}/findings and report.json\n", buckets.size() - kBucketsShown, folder);
  }
  for (const auto& [key, count] : stats.not_shrunk) {
    out += fmt::format("  {} more of \"{}\" were counted, but not shrunk\n", with_commas(count), key);
  }
}

/// "star > empty", "star > letter" as "star > empty letter": a line of the list for each beginning.
std::vector<std::string> gathered(const std::vector<std::string>& names) {
  std::vector<std::string> lines;
  std::string beginning;
  for (const std::string& name : names) {
    const std::size_t sign = name.find(" > ");
    const std::string head = sign == std::string::npos ? "" : name.substr(0, sign + 3);
    if (lines.empty() || head != beginning || head.empty()) {
      lines.push_back(name);
    } else {
      lines.back() += " " + name.substr(head.size());
    }
    beginning = head;
  }
  return lines;
}

void missing_text(const std::string& what, const std::vector<std::string>& missing, std::size_t all, std::string& out) {
  out += fmt::format("{}: {} of {} occurred", what, all - missing.size(), all);
  if (missing.empty()) {
    out += ".\n";
    return;
  }
  out += "; never:\n";
  std::string line;
  const std::vector<std::string> items = gathered(missing);
  for (std::size_t k = 0; k < items.size(); ++k) {
    const std::string item = items[k] + (k + 1 < items.size() ? "," : "");
    for (std::size_t from = 0; from < item.size();) {
      const std::size_t end = std::min(item.find(' ', from), item.size());
      if (line.size() + end - from > 115) {
        out += "  " + line + "\n";
        line.clear();
      }
      line += (line.empty() ? "" : " ") + item.substr(from, end - from);
      from = end + 1;
    }
  }
  out += "  " + line + "\n";
}

}  // namespace

std::string report_text(const Campaign& campaign, const std::string& folder, const std::string& program) {
  const Ledger& ledger = campaign.ledger;
  const TrialStats stats = total_stats(ledger);
  std::string out = fmt::format("Campaign in {}, seed {}{}\n", folder, campaign.config.seed,
                                campaign.config.merged ? ", merged" : "");
  if (campaign.config.shards > 1) {
    out += fmt::format("This is shard {} of {}.\n", campaign.config.shard, campaign.config.shards);
  }
  out += fmt::format("Engines: {}\n\n", campaign.config.panel);
  sources_text(campaign, out);
  out += '\n';
  engines_text(stats, out);
  out += fmt::format(
      "\nCompared: {} regexes, {} pairs, {} comparisons in {} units; {} sessions, {:.0f} s, {} pairs a CPU second.\n",
      with_commas(stats.patterns), with_commas(stats.pairs), with_commas(stats.comparisons()),
      with_commas(ledger.units()), ledger.sessions(), ledger.elapsed_s(),
      rate(stats.pairs, seconds(stats.total_nanoseconds)));
  if (campaign.session_s > 0) {
    out += fmt::format("This session: {:.0f} s on {} thread{}, {} pairs, {} pairs a CPU second.\n", campaign.session_s,
                       campaign.jobs, campaign.jobs == 1 ? "" : "s", with_commas(campaign.session_pairs),
                       rate(campaign.session_pairs, campaign.session_cpu_s));
  }
  if (stats.unjudged > 0) {
    out += fmt::format("{} pairs were too large for the reference and were not judged.\n", with_commas(stats.unjudged));
  }
  const Coverage coverage = total_coverage(ledger);
  const Missing missing = missing_of(coverage);
  missing_text("Grammar rules", missing.rules, grammar_rules().size(), out);
  missing_text("Engine paths", missing.paths, missing.all_paths, out);
  accounted_text(campaign, stats, out);
  for (const std::string& note : campaign.notes) out += "Note: " + note + "\n";
  if (campaign.interrupted) out += "Interrupted: units at work were given up; the same command goes on.\n";
  buckets_text(campaign, folder, program, stats, out);
  return out;
}

std::optional<std::string> write_reports(const Campaign& campaign, const std::string& folder,
                                         const std::string& program) {
  if (auto error = write_whole(folder + "/report.txt", report_text(campaign, folder, program))) return error;
  return write_whole(folder + "/report.json", report_json(campaign, folder, program));
}

}  // namespace redoubt::campaign
