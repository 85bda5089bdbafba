// `redoubt merge`: the results of several campaigns in one.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "campaign/merge.h"
#include "campaign/report.h"
#include "cli/commands.h"

namespace redoubt::cli {

void add_merge(CLI::App& app, int& status) {
  struct Options {
    std::vector<std::string> folders;
    std::string out;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("merge", "Add up the results of campaigns, each unit of work once");
  command->footer(
      "In any order and as often as you like: a unit that several folders hold counts once. Folders whose campaigns\n"
      "differ in anything but the shard are refused. An earlier merge in --out is added to.\n"
      "Exit status: 0 nothing unexplained, 1 findings, 2 usage or environment.");
  command->add_option("FOLDER", options->folders, "Folders of campaigns or merges")->type_name("DIR")->required();
  command->add_option("--out", options->out, "Folder for the result")->type_name("DIR")->required();
  command->callback([options, &status] {
    const char* called_as = std::getenv("REDOUBT_CALLED_AS");
    const std::string program = called_as ? called_as : "redoubt";
    const auto result = campaign::merge(options->folders, options->out, program);
    if (!result) {
      status = fail(result.error());
      return;
    }
    const auto error = campaign::write_reports(*result, options->out, program);
    std::fputs(campaign::report_text(*result, options->out, program).c_str(), stdout);
    status = error ? fail(*error) : result->ledger.buckets().buckets().empty() ? kNothingUnexplained : kFindings;
  });
}

}  // namespace redoubt::cli
