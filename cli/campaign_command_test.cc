// The campaign as a program: killed at any instant and gone on with, stopped, run twice, in shards, merged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <random>
#include <thread>

#include "cli/campaign_options.h"
#include "cli/run_for_test.h"

namespace redoubt::cli {
namespace {

using ::testing::HasSubstr;

/// With an engine that is wrong by its own lights: what it does is in no catalogue.
std::vector<std::string> wrong_engine(const std::string& folder) {
  return {"campaign",    folder, "--units",     "4", "--jobs",    "2", "--engines", "pikevm,reference-pcre2",
          "--semantics", "perl", "--max-nodes", "3", "--max-len", "3", "--seed",    "7"};
}

std::vector<std::string> with(std::vector<std::string> arguments, std::initializer_list<const char*> more) {
  for (const char* one : more) arguments.push_back(one);
  return arguments;
}

class Child {
 public:
  explicit Child(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), REDOUBT_PROGRAM);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_ = fork();
    if (pid_ == 0) {
      const int nowhere = open("/dev/null", O_RDWR);
      for (int file : {0, 1, 2}) dup2(nowhere, file);
      execv(argv[0], argv.data());
      _exit(127);
    }
  }
  /// The exit status, or 128 + signal.
  int end(int signal) {
    if (signal != 0) kill(pid_, signal);
    int status = 0;
    EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
};

void sleep_ms(std::uint64_t ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

/// A report without what depends on time or on where the folder lies.
std::string essence(const std::string& folder) {
  std::string text = read_text(folder + "/report.json");
  const std::size_t from = text.find("\n  \"timing\": {"), to = text.find("\n  }", from);
  if (from == std::string::npos || to == std::string::npos) return "no report in " + folder;
  text.erase(from, to - from);
  for (std::size_t at; (at = text.find(folder)) != std::string::npos;) text.replace(at, folder.size(), "F");
  return text;
}

std::size_t files_in(const std::string& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) count += entry.path().extension() == ".toml";
  return count;
}

TEST(CampaignCommand, KilledAtAnyInstantItComesToTheSame) {
  const TempFolder folder;
  const std::string whole = folder.path("whole"), killed = folder.path("killed");
  ASSERT_EQ(run(wrong_engine(whole)).status, 1);
  std::mt19937 random(std::random_device{}());
  int kills = 0;
  for (int k = 0; k < 12; ++k) {
    Child child(wrong_engine(killed));
    sleep_ms(std::uniform_int_distribution<std::uint64_t>(5, 250)(random));
    kills += child.end(SIGKILL) == 128 + SIGKILL;
  }
  const Result last = run(wrong_engine(killed));
  EXPECT_EQ(last.status, 1) << last.err;
  EXPECT_GT(kills, 0);
  EXPECT_TRUE(essence(whole) == essence(killed)) << read_text(killed + "/report.txt");
  EXPECT_EQ(files_in(whole + "/findings"), files_in(killed + "/findings"));
  // The folder knows what it is about.
  EXPECT_THAT(run({"campaign", killed, "--report"}).out,
              HasSubstr("reference-pcre2 [captures, variant:loop-policy-pcre2"));
}

TEST(CampaignCommand, StoppedItReportsAndGoesOn) {
  const TempFolder folder;
  const std::string stopped = folder.path("stopped");
  Child child(wrong_engine(stopped));
  for (int k = 0; k < 500 && !std::filesystem::exists(stopped + "/findings"); ++k) sleep_ms(10);
  const int status = child.end(SIGINT);
  EXPECT_EQ(status, 1);
  EXPECT_THAT(read_text(stopped + "/report.txt"), HasSubstr("Found: "));
  ASSERT_EQ(run(wrong_engine(stopped)).status, 1);
  const std::string whole = folder.path("whole");
  run(wrong_engine(whole));
  EXPECT_TRUE(essence(whole) == essence(stopped));
}

TEST(CampaignCommand, TwoAtATimeInAFolderAreOneTooMany) {
  const TempFolder folder;
  Child first({"campaign", folder.path("c"), "--for", "1h", "--jobs", "1"});
  for (int k = 0; k < 500 && !std::filesystem::exists(folder.path("c/journal.jsonl")); ++k) sleep_ms(10);
  const Result second = run({"campaign", folder.path("c"), "--for", "1h"});
  EXPECT_EQ(second.status, 2);
  EXPECT_THAT(second.err, HasSubstr("Another process is at work in"));
  first.end(SIGKILL);
}

TEST(CampaignCommand, WrongUsageIsOneSentence) {
  const TempFolder folder;
  const std::string c = folder.path("c");
  ASSERT_EQ(run(with(wrong_engine(c), {"--shares", "random=1"})).status, 1);
  const auto error = [&](std::vector<std::string> arguments) {
    const Result result = run(arguments);
    EXPECT_EQ(result.status, 2) << result.out;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    return result.err;
  };
  EXPECT_THAT(error({"campaign", c, "--seed", "8"}), HasSubstr("was begun with --seed 7, and this says 8"));
  EXPECT_THAT(error({"campaign", c, "--engines", "pikevm"}), HasSubstr("was begun with --engines"));
  EXPECT_THAT(error({"campaign", c, "--for", "soon"}), HasSubstr("is no length of time"));
  EXPECT_THAT(error({"campaign", c, "--shares", "luck=3"}), HasSubstr("divides no time"));
  EXPECT_THAT(error({"campaign", c, "--shard", "2/2"}), HasSubstr("is no shard"));
  EXPECT_THAT(error({"campaign"}), HasSubstr("FOLDER is missing"));
  EXPECT_THAT(error({"campaign", folder.path("none"), "--report"}), HasSubstr("holds no campaign"));
  EXPECT_THAT(error({"campaign", folder.path("x"), "--corpus", folder.path("none")}), HasSubstr("does not exist"));
  EXPECT_THAT(error({"merge", c}), HasSubstr("--out is missing"));
  EXPECT_THAT(error({"merge", folder.path("none"), "--out", folder.path("m")}), HasSubstr("holds no campaign"));
}

TEST(CampaignCommand, ATestRunnersShardIsTaken) {
  const TempFolder folder;
  setenv("TEST_SHARD_INDEX", "1", 1);
  setenv("TEST_TOTAL_SHARDS", "3", 1);
  const Result result = run(with(wrong_engine(folder.path("c")), {"--shares", "random=1"}));
  setenv("TEST_TOTAL_SHARDS", "x", 1);
  const Result wrong = run(wrong_engine(folder.path("d")));
  unsetenv("TEST_SHARD_INDEX");
  unsetenv("TEST_TOTAL_SHARDS");
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr("This is shard 1 of 3."));
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("TEST_SHARD_INDEX and TEST_TOTAL_SHARDS: "));
}

// As docs/campaign.md has it.
TEST(CampaignCommand, ShardsUnderGnuParallelMerge) {
  if (std::system("parallel --version 2>/dev/null | grep -q '^GNU parallel'") != 0)
    GTEST_SKIP() << "needs GNU parallel";
  const TempFolder folder;
  const std::string base = folder.path("");
  const std::string command = "parallel --will-cite --jobs 2 '" REDOUBT_PROGRAM " campaign " + base +
                              "shard{} --shard {}/3 --units 2 --jobs 1 --shares enumeration=1,random=1 "
                              "--engines pikevm,reference-pcre2 --semantics perl --max-nodes 3 --max-len 3 --seed 7' "
                              "::: 0 1 2 >/dev/null 2>&1";
  EXPECT_NE(std::system(command.c_str()), 0);  // each has findings
  const Result merged = run({"merge", base + "shard2", base + "shard0", base + "shard1", "--out", base + "sum"});
  EXPECT_EQ(merged.status, 1) << merged.err;
  const Result one =
      run({"campaign", base + "one", "--units", "6", "--shares", "enumeration=1,random=1", "--engines",
           "pikevm,reference-pcre2", "--semantics", "perl", "--max-nodes", "3", "--max-len", "3", "--seed", "7"});
  EXPECT_EQ(one.status, 1) << one.err;
  ASSERT_EQ(run({"merge", base + "one", "--out", base + "alone"}).status, 1);
  EXPECT_TRUE(essence(base + "sum") == essence(base + "alone"));
}

TEST(CampaignOptions, SharesOfSources) {
  EXPECT_EQ(*parse_shares("random=3"), (campaign::Shares{0, 3, 0, 0}));
  EXPECT_EQ(*parse_shares("stored=1,enumeration=20,guided=4"), (campaign::Shares{20, 0, 4, 1}));
  for (const char* wrong :
       {"", "random", "random=", "random=0", "random=-1", "random=1,random=2", "luck=1", "random=1,"}) {
    EXPECT_FALSE(parse_shares(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace redoubt::cli
