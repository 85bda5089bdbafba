// The commands of the `redoubt` program. Each add_…() hangs one command into the program's tree of commands; when it is
// the one that was asked for, it runs and sets `status` to the program's exit status. `status` outlives the tree.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace redoubt::cli {

/// What the program's exit status says, for every command.
enum ExitStatus : int {
  kNothingUnexplained = 0,
  kFindings = 1,
  kUsage = 2,  ///< wrong usage, unreadable input, a problem of the environment
};

/// Prints "redoubt: SENTENCE" to standard error and returns kUsage.
int fail(const std::string& sentence);

void add_check(CLI::App& app, int& status);
void add_find(CLI::App& app, int& status);
void add_replay(CLI::App& app, int& status);
void add_shrink(CLI::App& app, int& status);
void add_equiv(CLI::App& app, int& status);
void add_suite(CLI::App& app, int& status);
void add_engines(CLI::App& app, int& status);
void add_known(CLI::App& app, int& status);
void add_campaign(CLI::App& app, int& status);
void add_merge(CLI::App& app, int& status);
void add_mutants(CLI::App& app, int& status);
/// `app` is the whole tree, which the generated script follows.
void add_completion(CLI::App& app, int& status);

}  // namespace redoubt::cli
