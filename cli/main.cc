// The `redoubt` program: reads the command line, runs one command, and turns every way in which that can go wrong into
// one sentence and an exit status.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/text.h"

namespace redoubt::cli {

namespace {

constexpr const char* kFooter = R"(Exit status of every command: 0 nothing unexplained, 1 findings, 2 wrong usage or a
problem of the environment. `redoubt COMMAND --help` says what counts as a finding.)";

void add_commands(CLI::App& app, int& status) {
  add_check(app, status);
  add_find(app, status);
  add_replay(app, status);
  add_shrink(app, status);
  add_equiv(app, status);
  add_suite(app, status);
  add_engines(app, status);
  add_known(app, status);
  add_campaign(app, status);
  add_merge(app, status);
  add_mutants(app, status);
  add_completion(app, status);
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) command->group("Commands");
}

/// Help in which an option stands as `--semantics posix|perl [posix]`.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text;
    const std::string type = option_choices(option->get_type_name());
    if (option->nonpositional() && option->get_items_expected_max() > 0 && !type.empty()) text += " " + type;
    if (!option->get_default_str().empty()) text += " [" + option->get_default_str() + "]";
    if (option->get_expected_max() == CLI::detail::expected_max_vector_size) text += " ...";
    return text;
  }
};

std::string names_of(const CLI::App& app) {
  std::string names;
  for (const CLI::App* command : app.get_subcommands({})) names += (names.empty() ? "" : ", ") + command->get_name();
  return names;
}

/// What the library has to say, as a sentence of ours.
std::string sentence_of(const CLI::App& app, const CLI::ParseError& error, const std::string& first) {
  const bool in_command = !app.get_subcommands().empty();
  const std::string what = error.what();
  const std::string subject = what.substr(0, what.find(':'));
  if (!in_command && !first.empty() && first[0] != '-') {
    return "there is no command " + in_quotes(first) + "; the commands are " + names_of(app);
  }
  // A mistyped option explains the rest.
  for (const std::string& argument : app.remaining(true)) {
    if (argument.size() > 1 && argument[0] == '-' && argument != "--") {
      return "there is no option " + in_quotes(argument) + " (an argument that begins with - goes after --)";
    }
  }
  if (!in_command && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    return "a command is missing; the commands are " + names_of(app);
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    return what.substr(0, what.find(" is required")) + " is missing";
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::string extras = what.substr(what.find("expected: ") + 10);
    return in_quotes(extras) + " is more than the command takes";
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return subject + (what.find("At Most") != std::string::npos ? " may be given once" : " needs a value");
  }
  if (const std::size_t set = what.find(" not in {"); set != std::string::npos && subject.size() + 2 <= set) {
    const std::string value = what.substr(subject.size() + 2, set - subject.size() - 2);
    std::string members = option_choices(what);
    for (std::size_t bar; (bar = members.find('|')) != std::string::npos;) members.replace(bar, 1, ", ");
    return subject + ": " + in_quotes(value) + " is none of " + members;
  }
  return visible(what);
}

int report(const CLI::App& app, const CLI::ParseError& error, const std::string& first) {
  std::string command = "redoubt";
  for (const CLI::App* chosen : app.get_subcommands()) command += ' ' + chosen->get_name();
  return fail(sentence_of(app, error, first) + "; see " + command + " --help");
}

int run(int argc, char** argv) {
  CLI::App app("Holds regex engines to a written definition of what a match is.", "redoubt");
  int status = kNothingUnexplained;
  app.formatter(std::make_shared<HelpFormatter>());
  app.get_formatter()->column_width(32);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.set_help_flag("-h,--help", "Print this and exit");
  app.set_version_flag("--version", "redoubt " REDOUBT_VERSION, "Print the version and exit");
  app.require_subcommand(1);  // a pattern may be named like a command
  app.footer(kFooter);
  add_commands(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    app.exit(success);
  } catch (const CLI::ParseError& error) {
    status = report(app, error, argc > 1 ? argv[1] : "");
  }
  return status;
}

}  // namespace

int fail(const std::string& sentence) {
  std::fflush(stdout);
  std::fprintf(stderr, "redoubt: %s\n", sentence.c_str());
  return kUsage;
}

}  // namespace redoubt::cli

int main(int argc, char** argv) {
  int status = redoubt::cli::kUsage;
  try {
    status = redoubt::cli::run(argc, argv);
  } catch (const std::bad_alloc&) {
    status = redoubt::cli::fail("out of memory");
  } catch (const std::exception& error) {
    status = redoubt::cli::fail(std::string("internal error: ") + error.what());
  }
  std::cout.flush();
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0 || !std::cout) {
    status = redoubt::cli::fail("standard output cannot be written");
  }
  return status;
}
