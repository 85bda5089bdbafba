// The program of the laws: GoogleTest runs each as a test of its own; --list-laws, --replay FILE and a budget of
// seconds go past GoogleTest (README.md).
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdio>

#include "properties/document.h"
#include "properties/runner.h"

namespace redoubt::properties {
namespace {

/// A law that seldom has something to say shows nothing: of so many questions one has to be in its domain.
constexpr std::uint64_t kOneAppliesIn = 20;

class LawTest : public testing::Test {
 public:
  LawTest(const Law& law, const RunSettings& settings) : law_(law), settings_(settings) {}

  void TestBody() override {
    static Workbench bench;
    const int cases = settings_.cases > 0 ? settings_.cases : default_cases(law_);
    const Report report = run(law_, settings_, cases, bench);
    RecordProperty("questions", static_cast<int>(report.asked));
    if (report.failure) FAIL() << report.failure->message;
    if (report.applied == 0 && std::string_view(law_.name) == "agreement-proof") {
      GTEST_SKIP() << "the proof's engine is not in this build";
    }
    EXPECT_GE(report.applied * kOneAppliesIn, report.asked) << "the law seldom applies";
  }

 private:
  Law law_;
  RunSettings settings_;
};

void list_laws() {
  for (const Law& law : laws()) {
    std::printf("%-36s %s\n", std::string(law.name).c_str(), std::string(law.statement).c_str());
  }
}

int run_main(int argc, char** argv) {
  auto settings = settings_from_environment();
  if (!settings) {
    std::fprintf(stderr, "%s\n", settings.error().c_str());
    return 2;
  }
  settings->program = argv[0];
  testing::InitGoogleTest(&argc, argv);
  std::string glob = "*";
  for (int k = 1; k < argc; ++k) {
    const std::string_view argument = argv[k];
    if (argument == "--list-laws") return list_laws(), 0;
    if (argument == "--document") return std::fputs(document().c_str(), stdout), 0;
    if (argument == "--replay" && k + 1 < argc) return replay(argv[k + 1]);
    if (argument.starts_with("--laws=")) {
      glob = argument.substr(7);
    } else {
      std::fprintf(stderr,
                   "usage: %s [--list-laws | --document | --replay FILE | --laws=GLOB]; see properties/README.md\n",
                   argv[0]);
      return 2;
    }
  }
  if (settings->seconds > 0) return campaign(*settings, glob);
  for (const Law& law : laws()) {
    testing::RegisterTest("Laws", std::string(law.name).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [law, run = *settings]() -> LawTest* { return new LawTest(law, run); });
  }
  return RUN_ALL_TESTS();
}

}  // namespace
}  // namespace redoubt::properties

int main(int argc, char** argv) { return redoubt::properties::run_main(argc, argv); }
