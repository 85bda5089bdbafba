// `redoubt equiv`: do two regexes match the same whole haystacks?
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/text.h"
#include "derivatives/equivalence.h"
#include "harness/case_text.h"

namespace redoubt::cli {

namespace {

using derivatives::Decision;
using derivatives::Relation;

struct EquivOptions {
  std::string left, right;
  harness::Case flags;
  bool contains = false;
  std::uint64_t max_states = 100'000;
};

tl::expected<syntax::Regex, std::string> read(const std::string& pattern, const EquivOptions& options) {
  auto regex = syntax::parse(pattern, parse_options(options.flags));
  if (!regex) {
    return tl::unexpected("the pattern " + in_quotes(pattern) + " is malformed " + syntax::to_string(regex.error()));
  }
  return std::move(*regex);
}

std::string shown(const std::string& witness) {
  return witness.empty() ? "the empty haystack" : "'" + harness::to_escaped(witness) + "'";
}

int run_equiv(const EquivOptions& options) {
  const auto left = read(options.left, options);
  if (!left) return fail(left.error());
  const auto right = read(options.right, options);
  if (!right) return fail(right.error());
  // --contains asks whether the left contains the right: whether all that the right matches is matched by the left.
  const derivatives::Comparison result =
      options.contains
          ? compare_languages(*right, *left, options.flags.encoding, Relation::kContained, options.max_states)
          : compare_languages(*left, *right, options.flags.encoding, Relation::kEqual, options.max_states);
  const std::string r = visible(options.left);
  const std::string s = visible(options.right);
  switch (result.decision) {
    case Decision::kHolds:
      fmt::print("{}  ({})\n",
                 options.contains ? "contained: " + r + " matches every haystack that " + s + " matches"
                                  : "equal: " + r + " and " + s + " match the same haystacks",
                 counted(result.states, "pair of states", "pairs of states"));
      return kNothingUnexplained;
    case Decision::kFails: {
      const bool left_matches = !options.contains && result.left_matches;
      fmt::print("{}: {} is matched by {} and not by {}\n", options.contains ? "not contained" : "different",
                 shown(result.witness), left_matches ? r : s, left_matches ? s : r);
      return kFindings;
    }
    case Decision::kLimit:
      break;
  }
  return fail(
      fmt::format("not decided: the two regexes have more than {} pairs of states, or too many terms; "
                  "--max-states gives more room",
                  options.max_states));
}

}  // namespace

void add_equiv(CLI::App& app, int& status) {
  auto options = std::make_shared<EquivOptions>();
  CLI::App* command = app.add_subcommand("equiv", "Do two regexes match the same haystacks, as a whole?");
  command->footer(
      "Compares languages, not groups: which haystacks each regex matches from end to end. When they differ, the "
      "answer is\n"
      "a shortest haystack that tells them apart. Ill-formed UTF-8 is left out.\n"
      "Exit status: 0 equal (--contains: contained), 1 different, 2 wrong usage or not decided within --max-states.");
  command->add_option("R", options->left, "A regex")->required()->type_name("");
  command->add_option("S", options->right, "Another")->required()->type_name("");
  command->add_flag("--contains", options->contains, "Ask only whether R matches every haystack that S matches");
  add_dialect_option(*command, options->flags.dialect)->default_str("perl");
  add_pattern_flags(*command, options->flags);
  add_count_option(*command, "--max-states", options->max_states, "Give up beyond this many pairs of states", 1,
                   10'000'000)
      ->default_str("100000");
  command->callback([options, &status] { status = run_equiv(*options); });
}

}  // namespace redoubt::cli
