#include "harness/findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

namespace redoubt::harness {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A folder of the test's own, gone afterwards.
struct Folder {
  fs::path path;
  Folder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path = fs::path(testing::TempDir()) / (std::string("redoubt-findings-") + test->name());
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  std::string operator/(const char* name) const { return (path / name).string(); }
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Case finding(std::string engine, std::string pattern, std::string haystack) {
  Case c;
  c.engine = std::move(engine);
  c.kind = "captures";
  c.cause = "unknown";
  c.pattern = std::move(pattern);
  c.haystack = std::move(haystack);
  c.expected = Answer(Slots{{0, 1}});
  return c;
}

TEST(Findings, OneFileAndOneLineForEachBucket) {
  const Folder folder;
  Findings findings(folder / "out", folder / "all.jsonl");
  EXPECT_TRUE(findings.add(finding("pikevm", "(a)*", "a")));
  EXPECT_FALSE(findings.add(finding("pikevm", "(a)*", "a")));
  EXPECT_TRUE(findings.add(finding("re2/never utf8", "(a)*", "a")));
  EXPECT_TRUE(findings.add(finding("pikevm", "(a)*", "\xFF")));
  EXPECT_FALSE(findings.add(finding("pikevm", "(a)*", "a")));
  EXPECT_EQ(findings.error(), std::nullopt);

  const std::vector<Bucket> buckets = findings.buckets();
  ASSERT_EQ(buckets.size(), 3u);  // in the order in which they were found
  EXPECT_EQ(buckets[0].count, 3u);
  EXPECT_EQ(buckets[1].count, 1u);
  EXPECT_EQ(buckets[1].shrunk.engine, "re2/never utf8");
  EXPECT_EQ(buckets[2].shrunk.haystack, "\xFF");

  const auto files = files_in(folder.path / "out");
  ASSERT_EQ(files.size(), 3u);
  for (const Bucket& bucket : buckets) {
    EXPECT_TRUE(fs::exists(bucket.file)) << bucket.file;
    const auto cases = read_case_file(bucket.file);
    ASSERT_TRUE(cases) << cases.error().message;
    ASSERT_EQ(cases->size(), 1u);
    EXPECT_EQ((*cases)[0].pattern, bucket.shrunk.pattern);
    EXPECT_EQ((*cases)[0].haystack, bucket.shrunk.haystack);
    EXPECT_EQ((*cases)[0].engine, bucket.shrunk.engine);
    EXPECT_THAT((*cases)[0].replay, HasSubstr(bucket.file));
    EXPECT_EQ(fs::path(bucket.file).extension(), ".toml");
  }

  std::istringstream lines(read(folder.path / "all.jsonl"));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json.at("engine"), buckets[count].shrunk.engine);
  }
  EXPECT_EQ(count, 3u);
}

TEST(Findings, NamesDependOnTheFindingAlone) {
  const Folder folder;
  Findings first(folder / "1", ""), second(folder / "2", "");
  first.add(finding("pikevm", "a", "a"));
  second.add(finding("pikevm", "b", "a"));
  second.add(finding("pikevm", "a", "a"));
  EXPECT_EQ(first.buckets()[0].shrunk.name, second.buckets()[1].shrunk.name);
  EXPECT_NE(second.buckets()[0].shrunk.name, second.buckets()[1].shrunk.name);
}

TEST(Findings, JsonLinesAreAppended) {
  const Folder folder;
  for (const char* pattern : {"a", "b"}) Findings("", folder / "all.jsonl").add(finding("pikevm", pattern, ""));
  const std::string text = read(folder.path / "all.jsonl");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST(Findings, WithoutPathsTheyAreOnlyCounted) {
  Findings findings("", "");
  EXPECT_TRUE(findings.add(finding("pikevm", "a", "")));
  EXPECT_EQ(findings.error(), std::nullopt);
  EXPECT_EQ(findings.buckets()[0].file, "");
}

/// One sentence that names the file, and the finding is still there.
void expect_said_and_kept(Findings& findings, const std::string& path) {
  EXPECT_TRUE(findings.add(finding("pikevm", "a", "")));
  ASSERT_TRUE(findings.error());
  const std::string error = *findings.error();
  EXPECT_THAT(error, HasSubstr(path));
  EXPECT_EQ(error.back(), '.') << error;
  EXPECT_EQ(std::count(error.begin(), error.end(), '\n'), 0) << error;
  ASSERT_EQ(findings.buckets().size(), 1u);
  EXPECT_EQ(findings.buckets()[0].shrunk.pattern, "a");
  EXPECT_EQ(findings.buckets()[0].file, "");
}

TEST(Findings, AFolderThatCannotBeMadeIsSaid) {
  const Folder folder;
  std::ofstream(folder / "file") << "not a folder";
  Findings findings(folder / "file/inside", "");
  ASSERT_NO_FATAL_FAILURE(expect_said_and_kept(findings, folder / "file/inside"));
  EXPECT_THAT(*findings.error(), HasSubstr("Not a directory"));
}

TEST(Findings, AFullDiskIsSaidAndLeavesNoHalfFile) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  const Folder folder;
  Findings elsewhere("", "");
  elsewhere.add(finding("pikevm", "a", ""));
  const std::string file = folder / (elsewhere.buckets()[0].shrunk.name + ".toml").c_str();
  fs::create_symlink("/dev/full", file + ".part");
  Findings findings(folder.path.string(), "");
  ASSERT_NO_FATAL_FAILURE(expect_said_and_kept(findings, file));
  EXPECT_THAT(*findings.error(), HasSubstr("No space left on device"));
  EXPECT_TRUE(files_in(folder.path).empty());
}

TEST(Findings, AFullDiskUnderTheJsonLinesIsSaid) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  Findings findings("", "/dev/full");
  EXPECT_EQ(findings.error(), std::nullopt);
  expect_said_and_kept(findings, "/dev/full");
}

TEST(Findings, AJsonFileThatCannotBeOpenedIsSaidAtOnce) {
  const Folder folder;
  Findings findings("", folder / "missing/all.jsonl");
  ASSERT_TRUE(findings.error());
  expect_said_and_kept(findings, "missing/all.jsonl");
}

TEST(Findings, ManyThreadsCountTogether) {
  const Folder folder;
  Findings findings(folder.path.string(), "");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int k = 0; k < 100; ++k) findings.add(finding("pikevm", std::string(1, static_cast<char>('a' + k % 5)), ""));
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(findings.buckets().size(), 5u);
  for (const Bucket& bucket : findings.buckets()) EXPECT_EQ(bucket.count, 80u);
  EXPECT_EQ(files_in(folder.path).size(), 5u);
}

}  // namespace
}  // namespace redoubt::harness
