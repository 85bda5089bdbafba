// The proved program's answers, on file. Where there is no OCaml compiler the file stands in for the program: the
// reference and the PikeVM must answer as it did. Where there is one, the program must still answer so.
// REDOUBT_UPDATE_GOLDEN=1 has the program write the file anew (`./dev proof golden --update`).
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "generate/haystack_gen.h"
#include "generate/regex_gen.h"
#include "harness/panel.h"
#include "oracles/proof_ast.h"

namespace redoubt::harness {
namespace {

constexpr const char* kFile = "reference/proof/golden/posix.tsv";

/// One line of the file: a tree, and what the program said of some haystacks.
struct Line {
  syntax::Regex regex;
  std::vector<std::string> haystacks;
  std::vector<std::string> answers;
};

std::string to_hex(std::string_view bytes) {
  std::string text;
  for (unsigned char c : bytes) {
    text += "0123456789abcdef"[c >> 4];
    text += "0123456789abcdef"[c & 15];
  }
  return text.empty() ? "-" : text;
}

std::string from_hex(const std::string& text) {
  std::string bytes;
  for (std::size_t k = 0; text != "-" && k + 1 < text.size(); k += 2) {
    bytes += static_cast<char>(std::stoi(text.substr(k, 2), nullptr, 16));
  }
  return bytes;
}

std::vector<std::string> answers_of(oracles::Oracle& oracle, const Line& line) {
  oracles::Query query;
  query.regex = line.regex;
  oracles::Prepared prepared = oracle.prepare(query);
  if (auto* outcome = std::get_if<oracles::Outcome>(&prepared)) {
    return std::vector<std::string>(line.haystacks.size(), oracles::to_string(*outcome));
  }
  const std::vector<std::string_view> views(line.haystacks.begin(), line.haystacks.end());
  std::vector<oracles::Outcome> outcomes(views.size());
  std::get<std::unique_ptr<oracles::Matcher>>(prepared)->run(views, outcomes);
  std::vector<std::string> texts;
  for (const oracles::Outcome& outcome : outcomes) texts.push_back(oracles::to_string(outcome));
  return texts;
}

/// What is asked: the decided and the disputed cases, every regex up to 3 nodes, and random larger ones.
std::vector<Line> questions() {
  std::vector<Line> lines;
  for (const char* file : {"cases/decided_posix.toml", "cases/disputed_posix.toml"}) {
    const auto cases = read_case_file(file);
    EXPECT_TRUE(cases) << file;
    for (const Case& c : *cases) {
      if (c.encoding != Encoding::kBytes) continue;
      const auto query = query_of(c);
      EXPECT_TRUE(query) << c.name;
      lines.push_back({query->regex, {c.haystack}, {}});
    }
  }
  generate::GrammarSettings grammar;
  grammar.looks = {syntax::Look::kCaret, syntax::Look::kDollar};
  const auto strings = generate::StringSpace::make({"a", "b"}, 4);
  const auto space = generate::RegexSpace::make(grammar, 6);
  const auto all = [&](std::uint32_t length) {
    const auto views = strings->up_to(length);
    return std::vector<std::string>(views.begin(), views.end());
  };
  for (std::uint64_t k = 0; k < space->count(1) + space->count(2) + space->count(3); ++k) {
    lines.push_back({space->at(space->place(k)), all(2), {}});
  }
  generate::RandomChoices choices(7);
  for (std::uint32_t size = 4; size <= 6; ++size) {
    for (int k = 0; k < 120; ++k) lines.push_back({space->draw(choices, size), all(4), {}});
  }
  const auto sampler =
      generate::RegexSampler::make(generate::wide_settings(Semantics::kLeftmostLongest, Encoding::kBytes), 12);
  for (int k = 0; k < 300; ++k) {
    Line line{sampler->draw(choices), {}, {}};
    for (int n = 0; n < 6; ++n) line.haystacks.push_back(draw_along(line.regex, Encoding::kBytes, choices, 16));
    lines.push_back(std::move(line));
  }
  return lines;
}

void write(oracles::Oracle& proof) {
  std::ofstream file(kFile);
  file << "# Made by the proved program: a tree, then haystacks (hexadecimal) and answers by turns. ./dev proof "
          "--golden\n";
  for (const Line& line : questions()) {
    const std::vector<std::string> answers = answers_of(proof, line);
    file << oracles::proof_text(line.regex);
    for (std::size_t k = 0; k < answers.size(); ++k) file << '\t' << to_hex(line.haystacks[k]) << '\t' << answers[k];
    file << '\n';
  }
}

std::vector<Line> read() {
  std::vector<Line> lines;
  std::ifstream file(kFile);
  std::string text;
  while (std::getline(file, text)) {
    if (text.starts_with('#')) continue;
    std::istringstream fields(text);
    std::string field;
    std::getline(fields, field, '\t');
    auto regex = oracles::parse_proof_text(field);
    EXPECT_TRUE(regex) << field << ": " << regex.error();
    if (!regex) continue;
    Line& line = lines.emplace_back();
    line.regex = std::move(*regex);
    while (std::getline(fields, field, '\t')) {
      line.haystacks.push_back(from_hex(field));
      std::getline(fields, line.answers.emplace_back(), '\t');
    }
  }
  return lines;
}

class ProofGolden : public ::testing::TestWithParam<const char*> {};

TEST_P(ProofGolden, AnswersAsTheProvedProgramDid) {
  const oracles::EngineEntry* entry = oracles::find_engine(GetParam());
  ASSERT_NE(entry, nullptr);
  if (!entry->info.unavailable.empty()) GTEST_SKIP() << entry->info.unavailable;
  const std::unique_ptr<oracles::Oracle> oracle = entry->make();
  if (std::string_view(GetParam()) == "proof" && std::getenv("REDOUBT_UPDATE_GOLDEN")) write(*oracle);
  const std::vector<Line> lines = read();
  std::size_t answers = 0;
  for (const Line& line : lines) {
    EXPECT_EQ(answers_of(*oracle, line), line.answers) << syntax::dump(line.regex);
    answers += line.answers.size();
  }
  EXPECT_GE(lines.size(), 1000u);
  EXPECT_GE(answers, 15'000u);
}

// "proof" comes first: it may write the file.
INSTANTIATE_TEST_SUITE_P(Engines, ProofGolden, ::testing::Values("proof", "proof-unary", "reference", "pikevm"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace redoubt::harness
