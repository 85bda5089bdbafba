#include "campaign/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "campaign/files.h"
#include "campaign/folder_for_test.h"

namespace redoubt::campaign {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Read {
  std::vector<std::string> payloads;
  JournalState state;
};

Read read(const std::string& path) {
  Read result;
  auto state = read_journal(path, [&](std::string_view payload) {
    result.payloads.emplace_back(payload);
    return true;
  });
  EXPECT_TRUE(state) << state.error();
  if (state) result.state = *state;
  return result;
}

void append(const std::string& path, std::initializer_list<const char*> payloads) {
  auto journal = Journal::open(path, read(path).state.whole_bytes);
  ASSERT_TRUE(journal) << journal.error();
  for (const char* payload : payloads) EXPECT_EQ(journal->append(payload, true), std::nullopt);
}

TEST(Journal, GivesBackWhatWasAppended) {
  const Folder folder;
  EXPECT_TRUE(read(folder / "j").payloads.empty());
  append(folder / "j", {R"({"a":1})", R"({"b":"two\n"})"});
  append(folder / "j", {"{}"});
  EXPECT_THAT(read(folder / "j").payloads, ElementsAre(R"({"a":1})", R"({"b":"two\n"})", "{}"));
}

// kill -9 can stop a write after any byte.
TEST(Journal, CutAnywhereLosesOnlyTheLastRecord) {
  const Folder folder;
  append(folder / "j", {R"({"a":1})", R"({"b":2})"});
  const std::string whole = *read_whole(folder / "j");
  const std::size_t first = whole.find('\n') + 1;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    ASSERT_EQ(write_whole(folder / "cut", whole.substr(0, size)), std::nullopt);
    const Read cut = read(folder / "cut");
    EXPECT_EQ(cut.payloads.size(), size < first ? 0u : size < whole.size() ? 1u : 2u) << size;
    EXPECT_EQ(cut.state.damaged, 0u);
    EXPECT_EQ(cut.state.whole_bytes + cut.state.incomplete_bytes, size);
    append(folder / "cut", {R"({"c":3})"});
    const Read after = read(folder / "cut");
    EXPECT_EQ(after.payloads.back(), R"({"c":3})");
    EXPECT_EQ(after.payloads.size(), cut.payloads.size() + 1);
    EXPECT_EQ(after.state.damaged + after.state.incomplete_bytes, 0u);
  }
}

TEST(Journal, EveryFlippedBitIsNoticed) {
  const Folder folder;
  append(folder / "j", {R"({"a":1})", R"({"b":2})", R"({"c":3})"});
  const std::string whole = *read_whole(folder / "j");
  const std::size_t first = whole.find('\n') + 1, second = whole.find('\n', first) + 1;
  for (std::size_t at = first; at < second; ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      ASSERT_EQ(write_whole(folder / "changed", changed), std::nullopt);
      const Read result = read(folder / "changed");
      ASSERT_GE(result.payloads.size(), 1u);
      EXPECT_EQ(result.payloads.front(), R"({"a":1})");
      EXPECT_GE(result.state.damaged, 1u) << at;
      EXPECT_EQ(result.state.first_damaged, 2u);
      for (const std::string& payload : result.payloads) EXPECT_THAT(whole, HasSubstr(payload));
    }
  }
}

TEST(Journal, WhatTheReaderCannotUseIsDamaged) {
  const Folder folder;
  append(folder / "j", {"{}", "{}"});
  const auto state = read_journal(folder / "j", [](std::string_view) { return false; });
  ASSERT_TRUE(state);
  EXPECT_EQ(state->damaged, 2u);
  EXPECT_EQ(state->records, 0u);
}

TEST(Journal, AFullDiskIsOneSentence) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  // A device cannot be cut to a length, and says so at once.
  auto journal = Journal::open("/dev/full", 0);
  const std::string error = journal ? journal->append("{}", true).value_or("") : journal.error();
  EXPECT_THAT(error, HasSubstr("Cannot write /dev/full: "));
}

TEST(Files, AWholeFileIsReplacedOrStays) {
  const Folder folder;
  EXPECT_EQ(write_whole(folder / "f", "one"), std::nullopt);
  EXPECT_EQ(write_whole(folder / "f", "two"), std::nullopt);
  EXPECT_EQ(*read_whole(folder / "f"), "two");
  EXPECT_FALSE(std::filesystem::exists(folder / "f.part"));
  EXPECT_THAT(write_whole(folder / "none/f", "x").value_or(""), HasSubstr("Cannot write"));
  EXPECT_THAT(read_whole(folder / "none").error(), HasSubstr("Cannot read"));
  EXPECT_THAT(make_folder(folder / "f/x").value_or(""), HasSubstr("Cannot make the folder"));
}

TEST(Files, AFolderHasOneLock) {
  const Folder folder;
  {
    const auto lock = FolderLock::take(folder / ".");
    ASSERT_TRUE(lock) << lock.error();
    const auto again = FolderLock::take(folder / ".");
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error(), HasSubstr("Another process is at work in"));
  }
  EXPECT_TRUE(FolderLock::take(folder / "."));
}

TEST(Files, HexadecimalDigits) {
  EXPECT_EQ(to_hex(0), "0000000000000000");
  EXPECT_EQ(from_hex(to_hex(0xFEDCBA9876543210u)), 0xFEDCBA9876543210u);
  EXPECT_EQ(from_hex("12"), std::nullopt);
  EXPECT_EQ(from_hex("000000000000000g"), std::nullopt);
  EXPECT_EQ(from_hex("-000000000000001"), std::nullopt);
}

}  // namespace
}  // namespace redoubt::campaign
