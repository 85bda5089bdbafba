#include "cli/plan_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/text.h"
#include "pikevm/compiler.h"
#include "pikevm/plan.h"

namespace redoubt::cli {

std::string plan_text(const syntax::Regex& regex, Semantics semantics, Encoding encoding) {
  const auto compiled = pikevm::compile(regex, {.semantics = semantics, .encoding = encoding});
  if (!compiled) return fmt::format("  no plan: {}\n", visible(compiled.error().message));
  const pikevm::Program& program = **compiled;
  std::string text =
      fmt::format("  program: {}, {}, {}{}\n", counted(program.insts.size(), "instruction", "instructions"),
                  counted(program.groups, "group", "groups"),
                  counted(program.alphabet.part_count(), "class of units", "classes of units"),
                  program.anchored_at_start ? ", anchored at the start" : "");
  const std::vector<pikevm::PlanEntry> entries = pikevm::plan(program);
  std::size_t names = 0;
  for (const pikevm::PlanEntry& entry : entries) names = std::max(names, entry.name.size());
  for (const pikevm::PlanEntry& entry : entries) {
    const std::string line =
        fmt::format("{:<{}}  {:<3}  {}", entry.name, names, entry.chosen ? "yes" : "no", visible(entry.why));
    text += "  " + (entry.chosen ? line : styled(Style::kDim, line)) + "\n";
  }
  return text;
}

}  // namespace redoubt::cli
