// A folder of a test's own, gone afterwards. For tests alone.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace redoubt::campaign {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::path(testing::TempDir()) / "redoubt-campaign-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace redoubt::campaign
