// `redoubt completion`: a shell's completion script, written from the tree of commands and options itself.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "oracles/oracle.h"

namespace redoubt::cli {

namespace {

/// What can stand after an option.
enum class Values { kNone, kAny, kWords, kFiles, kFolders, kEngine, kEngines };

struct OptionModel {
  std::vector<std::string> names;  ///< with their dashes
  std::string description;
  Values values = Values::kNone;
  std::string words;  ///< kWords: with spaces between
};

struct CommandModel {
  std::string name, description;
  std::vector<OptionModel> options;
  std::string positional_words;  ///< for a positional that has choices
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string engine_names(std::string_view separator) {
  std::string names;
  for (const oracles::EngineEntry& entry : oracles::registry()) {
    if (entry.info.unavailable.empty()) names += (names.empty() ? "" : std::string(separator)) + entry.info.name;
  }
  return names;
}

OptionModel model_of(const CLI::Option& option) {
  OptionModel model;
  for (const std::string& name : option.get_snames()) model.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) model.names.push_back("--" + name);
  model.description = option.get_description();
  if (option.get_items_expected_max() == 0) return model;
  const std::string type = option_choices(option.get_type_name());
  model.values = type.find('|') != std::string::npos ? Values::kWords
                 : type == "FILE"                    ? Values::kFiles
                 : type == "DIR"                     ? Values::kFolders
                 : type == "A,B"                     ? Values::kEngines
                 : type == "ENGINE"                  ? Values::kEngine
                                                     : Values::kAny;
  if (model.values == Values::kWords) model.words = replaced(type, "|", " ");
  return model;
}

CommandModel model_of(const CLI::App& app) {
  CommandModel model;
  model.name = app.get_name();
  model.description = app.get_description();
  for (const CLI::Option* option : app.get_options()) {
    if (option->nonpositional()) {
      model.options.push_back(model_of(*option));
    } else if (const std::string choices = option_choices(option->get_type_name());
               choices.find('|') != std::string::npos) {
      model.positional_words = replaced(choices, "|", " ");
    }
  }
  return model;
}

std::string all_names(const CommandModel& command) {
  std::string names;
  for (const OptionModel& option : command.options) {
    for (const std::string& name : option.names) names += (names.empty() ? "" : " ") + name;
  }
  return names;
}

std::string bash_values(const OptionModel& option) {
  switch (option.values) {
    case Values::kNone:
      break;
    case Values::kAny:
      return "return";
    case Values::kWords:
      return "_redoubt_words '" + option.words + "'; return";
    case Values::kFiles:
      return "_redoubt_files -f; return";
    case Values::kFolders:
      return "_redoubt_files -d; return";
    case Values::kEngine:
      return "_redoubt_words '" + engine_names(" ") + "'; return";
    case Values::kEngines:
      return "_redoubt_list '" + engine_names(" ") + "'; return";
  }
  return {};
}

void print_bash(const CommandModel& root, const std::vector<CommandModel>& commands) {
  std::string names;
  for (const CommandModel& command : commands) names += command.name + " ";
  fmt::print("# Completion of redoubt for bash: source <(redoubt completion bash)\n");
  fmt::print("{}", R"(_redoubt_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }
_redoubt_files() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen "$1" -- "$current"); }
_redoubt_list() {
  local before=''
  [[ $current != *,* ]] || before=${current%,*},
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${current##*,}")
}
_redoubt() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word
  COMPREPLY=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || { command=$word; break; }
  done
  case "$command $previous" in
)");
  for (const CommandModel& command : commands) {
    for (const OptionModel& option : command.options) {
      const std::string values = bash_values(option);
      if (values.empty()) continue;
      std::string patterns;
      for (const std::string& name : option.names) {
        patterns += (patterns.empty() ? "'" : " | '") + command.name + " " + name + "'";
      }
      fmt::print("    {}) {} ;;\n", patterns, values);
    }
  }
  fmt::print("  esac\n  case $command in\n    '') _redoubt_words '{}{}' ;;\n", names, all_names(root));
  for (const CommandModel& command : commands) {
    const std::string other =
        command.positional_words.empty() ? "_redoubt_files -f" : "_redoubt_words '" + command.positional_words + "'";
    fmt::print("    {}) if [[ $current == -* ]]; then _redoubt_words '{}'; else {}; fi ;;\n", command.name,
               all_names(command), other);
  }
  fmt::print("  esac\n}}\ncomplete -F _redoubt redoubt\n");
}

std::string zsh_text(std::string text) {
  for (const char* special : {"\\", "[", "]", ":"}) text = replaced(text, special, std::string("\\") + special);
  return replaced(text, "'", "'\\''");
}

std::string zsh_values(const OptionModel& option) {
  switch (option.values) {
    case Values::kNone:
      break;
    case Values::kAny:
      return ":value: ";
    case Values::kWords:
      return ":value:(" + option.words + ")";
    case Values::kFiles:
      return ":file:_files";
    case Values::kFolders:
      return ":folder:_files -/";
    case Values::kEngine:
      return ":engine:(" + engine_names(" ") + ")";
    case Values::kEngines:
      return ":engines:_values -s , engine " + engine_names(" ");
  }
  return {};
}

void print_zsh(const std::vector<CommandModel>& commands) {
  fmt::print("#compdef redoubt\n# Completion of redoubt for zsh: source <(redoubt completion zsh)\n_redoubt() {{\n");
  fmt::print("  local -a commands=(\n");
  for (const CommandModel& c : commands) fmt::print("    '{}:{}'\n", c.name, zsh_text(c.description));
  fmt::print("  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n");
  fmt::print("  shift words\n  (( CURRENT-- ))\n  case $words[1] in\n");
  for (const CommandModel& command : commands) {
    fmt::print("    {})\n      _arguments \\\n", command.name);
    for (const OptionModel& option : command.options) {
      for (const std::string& name : option.names) {
        fmt::print("        '{}[{}]{}' \\\n", name, zsh_text(option.description), zsh_values(option));
      }
    }
    fmt::print("        '*:argument:{}'\n      ;;\n",
               command.positional_words.empty() ? "_files" : "(" + command.positional_words + ")");
  }
  fmt::print(
      "  esac\n}}\nif [[ $funcstack[1] == _redoubt ]]; then _redoubt \"$@\"; else compdef _redoubt redoubt; fi\n");
}

std::string fish_values(const OptionModel& option) {
  switch (option.values) {
    case Values::kNone:
      break;
    case Values::kAny:
      return " -x";
    case Values::kWords:
      return " -x -a '" + option.words + "'";
    case Values::kFiles:
      return " -r -F";
    case Values::kFolders:
      return " -x -a '(__fish_complete_directories)'";
    case Values::kEngine:
      return " -x -a '" + engine_names(" ") + "'";
    case Values::kEngines:
      return " -x -a '(__fish_complete_list , \"string split , " + engine_names(",") + "\")'";
  }
  return {};
}

void print_fish(const std::vector<CommandModel>& commands) {
  const auto quoted = [](std::string text) {
    return "'" + replaced(replaced(std::move(text), "\\", "\\\\"), "'", "\\'") + "'";
  };
  fmt::print("# Completion of redoubt for fish: redoubt completion fish | source\ncomplete -c redoubt -f\n");
  for (const CommandModel& command : commands) {
    fmt::print("complete -c redoubt -n __fish_use_subcommand -a {} -d {}\n", command.name, quoted(command.description));
  }
  for (const CommandModel& command : commands) {
    const std::string when = "complete -c redoubt -n '__fish_seen_subcommand_from " + command.name + "'";
    fmt::print("{}{}\n", when, command.positional_words.empty() ? " -F" : " -a '" + command.positional_words + "'");
    for (const OptionModel& option : command.options) {
      std::string names;
      for (const std::string& name : option.names) {
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      fmt::print("{}{}{} -d {}\n", when, names, fish_values(option), quoted(option.description));
    }
  }
}

}  // namespace

void add_completion(CLI::App& app, int& status) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completion", "Print a completion script for a shell");
  command->footer(
      "bash: source <(redoubt completion bash), zsh: source <(redoubt completion zsh),\n"
      "fish: redoubt completion fish | source\n"
      "Exit status: 0 a script was printed, 2 wrong usage.");
  command->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([shell, &app, &status] {
    const CommandModel root = model_of(app);
    std::vector<CommandModel> commands;
    for (const CLI::App* c : app.get_subcommands([](const CLI::App*) { return true; }))
      commands.push_back(model_of(*c));
    if (*shell == "bash") print_bash(root, commands);
    if (*shell == "zsh") print_zsh(commands);
    if (*shell == "fish") print_fish(commands);
    status = kNothingUnexplained;
  });
}

}  // namespace redoubt::cli
