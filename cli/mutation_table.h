// The tables of `redoubt mutants`: what is printed while it runs, its summary, a JSON line and a page of Markdown.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/mutation.h"

namespace redoubt::cli {

/// A mutant, and what each technique did on it. The row without a name is the control.
struct MutantRow {
  std::string name, folder, semantics, mistake, says;
  std::vector<harness::Attempt> attempts;  ///< by technique

  bool killed() const;
};

using Rows = std::span<const MutantRow>;
using Techniques = std::span<const harness::Technique>;

std::string text_head(Techniques techniques);
std::string text_row(const MutantRow& row);
/// How many mutants each technique killed and how fast, the sizes of counterexamples, and who survived.
std::string summary_text(Rows rows, Techniques techniques);
/// Attempt number `at` as a JSON object.
std::string json_row(const MutantRow& row, const std::string& technique, std::size_t at);
/// The page without its heading. Error: one sentence.
std::string write_markdown(const std::string& path, Rows rows, Techniques techniques, double budget_s);
/// Every mutant is killed by some technique, and the control by none.
bool all_as_it_should(Rows rows);

}  // namespace redoubt::cli
