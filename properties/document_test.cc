#include "properties/document.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace redoubt::properties {
namespace {

/// Run from the root of the project, as ctest does. REDOUBT_UPDATE_GOLDEN=1 writes the file.
TEST(DocumentTest, IsCurrent) {
  const char* const path = "docs/properties.md";
  if (std::getenv("REDOUBT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << document();
    return;
  }
  std::ifstream file(path);
  if (!file) GTEST_SKIP() << path << " is not here; the tests run from the root of the project";
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), document()) << "REDOUBT_UPDATE_GOLDEN=1 properties_test --gtest_filter=DocumentTest.*";
}

}  // namespace
}  // namespace redoubt::properties
