// Runs the built program as a user would, for tests: arguments as they are, without a shell; what it wrote and its exit
// status. Also temporary folders. Not part of the program.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace redoubt::cli {

struct Result {
  int status = -1;  ///< exit status, or 128 + signal
  std::string out, err;
};

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// A folder of its own for a test, gone with it.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "redoubt-cli-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::string path(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path(name);
  }

 private:
  std::filesystem::path path_;
};

/// `out`: a file or device for standard output instead of what the result holds.
inline Result run(std::vector<std::string> arguments, const std::string& out = "") {
  const TempFolder folder;
  const std::string out_file = out.empty() ? folder.path("out") : out;
  const std::string err_file = folder.path("err");
  arguments.insert(arguments.begin(), REDOUBT_PROGRAM);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int to_out = open(out_file.c_str(), O_WRONLY | O_CREAT, 0600);
    const int to_err = open(err_file.c_str(), O_WRONLY | O_CREAT, 0600);
    const int from = open("/dev/null", O_RDONLY);
    if (to_out < 0 || to_err < 0 || from < 0) _exit(126);
    dup2(from, 0);
    dup2(to_out, 1);
    dup2(to_err, 2);
    execv(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  Result result;
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (out.empty()) result.out = read_text(out_file);
  result.err = read_text(err_file);
  return result;
}

}  // namespace redoubt::cli
