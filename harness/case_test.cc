#include "harness/case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "harness/case_text.h"

namespace redoubt::harness {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kHead =
    "format = 1\n[defaults]\ndialect = 'ere'\nencoding = 'bytes'\nsemantics = 'posix'\n[[case]]\nname = 'one'\n";

std::string error_of(std::string_view toml) {
  auto cases = parse_cases(toml, "x.toml");
  return cases ? "no error" : cases.error().message;
}
std::string error_in_case(const std::string& rest) { return error_of(std::string(kHead) + rest); }
constexpr std::string_view kBody = "pattern = 'a'\nhaystack = 'a'\n";
std::string error_after_body(const std::string& rest) { return error_in_case(std::string(kBody) + rest); }

void expect_same(const Case& a, const Case& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.pattern, b.pattern);
  EXPECT_EQ(a.haystack, b.haystack);
  EXPECT_EQ(a.dialect, b.dialect);
  EXPECT_EQ(a.encoding, b.encoding);
  EXPECT_EQ(a.semantics, b.semantics);
  EXPECT_EQ(a.icase, b.icase);
  EXPECT_EQ(a.max_repeat, b.max_repeat);
  EXPECT_EQ(a.multiline, b.multiline);
  EXPECT_EQ(a.dot_all, b.dot_all);
  EXPECT_EQ(a.expected, b.expected);
  EXPECT_EQ(a.rule, b.rule);
  EXPECT_EQ(a.engine, b.engine);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.cause, b.cause);
  EXPECT_EQ(a.provenance, b.provenance);
  EXPECT_EQ(a.replay, b.replay);
  ASSERT_EQ(a.answers.size(), b.answers.size());
  for (std::size_t i = 0; i < a.answers.size(); ++i) {
    EXPECT_EQ(a.answers[i].engine, b.answers[i].engine);
    EXPECT_EQ(a.answers[i].version, b.answers[i].version);
    EXPECT_EQ(a.answers[i].outcome, b.answers[i].outcome);
  }
}

void expect_round_trip(const std::vector<Case>& cases) {
  const std::string toml = write_cases(cases);
  auto again = parse_cases(toml, "x.toml");
  ASSERT_TRUE(again) << again.error().message << "\n" << toml;
  ASSERT_EQ(again->size(), cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) expect_same((*again)[i], cases[i]);
  EXPECT_EQ(write_cases(*again), toml);
}

TEST(CaseFile, ReadsWhatItSays) {
  auto cases = parse_cases(R"(
format = 1
[defaults]
dialect = "perl"
encoding = "bytes"
semantics = "perl"
provenance = "by hand"

[[case]]
name = 'nested loop'
pattern = '(a*)*\b'
haystack_escaped = 'b\xff\n'
expected = '(0,0)(?,?)'
rule = 'B3'
answers = [ {engine = 'x', version = '1', outcome = '(0,0)(0,0)'} ]

[[case]]
name = 'other'
pattern = 'a'
haystack = "é\n"
encoding = 'utf8'
semantics = 'posix'
flags = 'sim'
expected = 'no match'
)",
                           "x.toml");
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_EQ(cases->size(), 2u);
  const Case& one = (*cases)[0];
  EXPECT_EQ(one.name, "nested loop");
  EXPECT_EQ(one.pattern, "(a*)*\\b");
  EXPECT_EQ(one.haystack, "b\xff\n");
  EXPECT_EQ(one.semantics, Semantics::kLeftmostFirst);
  EXPECT_EQ(one.provenance, "by hand");
  EXPECT_EQ(one.rule, "B3");
  ASSERT_TRUE(one.expected && *one.expected);
  EXPECT_EQ(**one.expected, (Slots{{0, 0}, {}}));
  ASSERT_EQ(one.answers.size(), 1u);
  EXPECT_EQ(one.answers[0].outcome, "(0,0)(0,0)");
  const Case& two = (*cases)[1];
  EXPECT_EQ(two.haystack, "\xC3\xA9\n");
  EXPECT_EQ(two.encoding, Encoding::kUtf8);
  EXPECT_EQ(two.semantics, Semantics::kLeftmostLongest);
  EXPECT_TRUE(two.icase && two.multiline && two.dot_all);
  ASSERT_TRUE(two.expected);
  EXPECT_FALSE(two.expected->has_value());
}

TEST(CaseFile, RoundTripsHardTexts) {
  std::vector<Case> cases;
  std::string all_bytes;
  for (int b = 0; b < 256; ++b) all_bytes += static_cast<char>(b);
  for (const std::string& text : {std::string(),
                                  std::string("'"),
                                  std::string("'''"),
                                  std::string("\"\"\""),
                                  std::string("\\"),
                                  std::string("\\x41"),
                                  std::string("\n"),
                                  std::string("\r\n\t"),
                                  std::string(1, '\0'),
                                  std::string("\x7f"),
                                  std::string("\xff"),
                                  std::string("it's \\d \xff"),
                                  std::string("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"),
                                  std::string("\xE2\x80\xAE!"),
                                  std::string("e\xCC\x81"),
                                  std::string("\xF0\x9F\x98\x80"),
                                  std::string("\xEF\xBB\xBF"),
                                  std::string("\xC3\xA9"),
                                  std::string("\xED\xA0\x80"),
                                  all_bytes}) {
    Case c;
    c.name = "text " + std::to_string(cases.size());
    c.pattern = c.haystack = text;
    c.semantics = cases.size() % 2 == 0 ? Semantics::kLeftmostFirst : Semantics::kLeftmostLongest;
    cases.push_back(c);
  }
  expect_round_trip(cases);
}

TEST(CaseFile, RoundTripsRandomCases) {
  std::mt19937 random(20);
  auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  auto bytes = [&] {
    std::string text;
    static const std::string kOften = "ab'\"\\\n\t\r x()[]{}#=,";
    for (unsigned n = below(12); n > 0; --n) {
      text += below(4) == 0 ? static_cast<char>(below(256)) : kOften[below(static_cast<unsigned>(kOften.size()))];
    }
    return text;
  };
  auto text = [&] {
    static const char* const kPieces[] = {"a",    "'",  "\"", "\\", "\n", "\xC3\xA9", "\xD7\xA9", "\xF0\x9F\x98\x80",
                                          "\x01", "]]", "#"};
    std::string result;
    for (unsigned n = below(5); n > 0; --n) result += kPieces[below(std::size(kPieces))];
    return result;
  };
  std::vector<Case> cases;
  for (int i = 0; i < 400; ++i) {
    Case c;
    c.name = "case " + std::to_string(i) + " 'q\" \xE2\x82\xAC";
    c.pattern = bytes();
    c.haystack = bytes();
    c.dialect = below(2) ? syntax::Dialect::kPerl : syntax::Dialect::kEre;
    c.encoding = below(2) ? Encoding::kBytes : Encoding::kUtf8;
    c.semantics = below(2) ? Semantics::kLeftmostFirst : Semantics::kLeftmostLongest;
    if (below(3) == 0) c.max_repeat = 1 + static_cast<std::uint32_t>(below(5000));
    c.icase = below(2), c.multiline = below(2), c.dot_all = below(2);
    if (below(3) == 0) c.expected = Answer();
    if (below(3) == 0) c.expected = Answer(Slots{{0, c.haystack.size()}, {}, {0, 0}});
    c.rule = text(), c.engine = text(), c.kind = text(), c.cause = text(), c.provenance = text(), c.replay = text();
    for (unsigned n = below(3); n > 0; --n) c.answers.push_back({text(), text(), text()});
    cases.push_back(c);
  }
  expect_round_trip(cases);
}

TEST(CaseFile, WritesReadableText) {
  Case c;
  c.name = "n";
  c.pattern = "(a|b)\\d\"";
  c.haystack = "it's\n\xE2\x80\xAE";
  const std::string toml = write_cases({c});
  EXPECT_THAT(toml, StartsWith("format = 1\n\n[[case]]\nname = 'n'\n"));
  EXPECT_THAT(toml, HasSubstr("pattern = '(a|b)\\d\"'\n"));
  EXPECT_THAT(toml, HasSubstr("haystack = \"it's\\n\\u202E\"\n"));
  c.haystack = "'\\\xC3";
  EXPECT_THAT(write_cases({c}), HasSubstr("haystack_escaped = '\\x27\\\\\\xc3'\n"));
}

TEST(CaseFile, ReplacesWhatIsNotUtf8OutsideOfPatternAndHaystack) {
  Case c;
  c.name = "n";
  c.answers.push_back({"x", "1", "rejected: \xff"});
  auto again = parse_cases(write_cases({c}), "x.toml");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ((*again)[0].answers[0].outcome, "rejected: \xEF\xBF\xBD");
}

TEST(CaseFile, RefusesWrongFormatsByName) {
  EXPECT_EQ(error_of(""), "x.toml:1: the file has no \"format\"; this version reads format = 1");
  EXPECT_EQ(error_of("format = 2\nnew_things = 1\n"), "x.toml:1: the file has format 2; this version reads format 1");
  EXPECT_EQ(error_of("format = '1'\n"), "x.toml:1: the file has a \"format\" that is no integer");
  EXPECT_EQ(error_of("format = 1\n"), "no error");
}

TEST(CaseFile, SaysWhatIsNotToml) {
  EXPECT_THAT(error_of("format = 1\nname = \n"), StartsWith("x.toml:2: this is not TOML: "));
  EXPECT_THAT(error_of("format = 1\n[[case]]\nname = '\xff'\n"), StartsWith("x.toml:3: this is not TOML: "));
  EXPECT_THAT(error_of(std::string_view("format = 1\nname = '\0'\n", 22)), StartsWith("x.toml:2: this is not TOML: "));
  EXPECT_THAT(error_of("format = 1\nformat = 1\n"), StartsWith("x.toml:2: this is not TOML: "));
  EXPECT_THAT(error_of("format = 1\na = '\\uD800'\nb = \"\\uD800\"\n"), StartsWith("x.toml:3: this is not TOML: "));
  std::string deep = "format = 1\na = ";
  deep += std::string(100'000, '[');
  EXPECT_THAT(error_of(deep), StartsWith("x.toml:2: this is not TOML: "));
}

TEST(CaseFile, RefusesTableHeadersWithoutAName) {
  for (const char* text : {"[=]", "[[=]]", "[ \x01]", "[[ .a]]", "[a.=]", "[[", "[", "=", ".a = 1"}) {
    const auto cases = parse_cases(text, "f.toml");
    ASSERT_FALSE(cases) << text;
    EXPECT_THAT(cases.error().message, testing::HasSubstr("f.toml")) << text;
  }
}

TEST(CaseFile, RefusesUnknownKeysEverywhere) {
  EXPECT_THAT(error_of("format = 1\ncases = 1\n"),
              StartsWith("x.toml:2: the file has the unknown key \"cases\"; the keys are format, defaults, case"));
  EXPECT_THAT(error_of("format = 1\n[defaults]\nname = 'x'\n"),
              StartsWith("x.toml:3: [defaults] has the unknown key \"name\""));
  EXPECT_THAT(error_after_body("expect = '(0,1)'\n"),
              StartsWith("x.toml:10: case \"one\" has the unknown key \"expect\""));
  EXPECT_THAT(error_after_body("answers = [{engine = 'x', version = '1', outcome = 'y', note = ''}]\n"),
              HasSubstr("an answer of case \"one\" has the unknown key \"note\""));
}

TEST(CaseFile, RefusesMissingAndMistypedFields) {
  EXPECT_EQ(error_after_body(""), "no error");
  EXPECT_EQ(error_of("format = 1\n[[case]]\npattern = 'a'\n"), "x.toml:2: case number 1 has no \"name\"");
  EXPECT_EQ(error_of("format = 1\n[[case]]\nname = 'x'\npattern = 'a'\nhaystack = ''\n"),
            "x.toml:2: case \"x\" has no \"dialect\"");
  EXPECT_EQ(error_in_case("haystack = ''\n"),
            "x.toml:6: case \"one\" has neither \"pattern\" and \"pattern_escaped\"; it needs one of them");
  EXPECT_EQ(error_after_body("haystack_escaped = ''\n"),
            "x.toml:6: case \"one\" has both \"haystack\" and \"haystack_escaped\"; it needs one of them");
  EXPECT_EQ(error_in_case("pattern = 1\nhaystack = ''\n"),
            "x.toml:8: case \"one\" has a \"pattern\" that is no string");
  EXPECT_EQ(error_after_body("rule = ['A1']\n"), "x.toml:10: case \"one\" has a \"rule\" that is no string");
  EXPECT_EQ(error_after_body("answers = 'x'\n"), "x.toml:10: case \"one\" has \"answers\" that are no array of tables");
  EXPECT_EQ(error_after_body("answers = ['x']\n"), "x.toml:10: case \"one\" has an answer that is no table");
  EXPECT_THAT(error_after_body("answers = [{engine = 'x', outcome = 'y'}]\n"), HasSubstr("has no \"version\""));
  EXPECT_EQ(error_of("format = 1\n[case]\nname = 'x'\n"),
            "x.toml:2: the file has a \"case\" that is no list; a case begins with [[case]]");
  EXPECT_EQ(error_of("format = 1\ncase = [1]\n"),
            "x.toml:2: the file has a case that is no table; a case begins with [[case]]");
  EXPECT_EQ(error_of("format = 1\ndefaults = 1\n"), "x.toml:2: the file has \"defaults\" that are no table");
}

TEST(CaseFile, RefusesWrongValues) {
  EXPECT_EQ(error_after_body("dialect = 'posix'\n"),
            "x.toml:10: case \"one\" has the dialect \"posix\", where \"perl\" or \"ere\" should stand");
  EXPECT_THAT(error_after_body("encoding = 'latin1'\n"), HasSubstr("\"bytes\" or \"utf8\" should stand"));
  EXPECT_THAT(error_after_body("semantics = ''\n"), HasSubstr("\"posix\" or \"perl\" should stand"));
  EXPECT_THAT(error_after_body("flags = 'ii'\n"),
              HasSubstr("has the flags \"ii\", where each of i, m and s may stand once"));
  EXPECT_THAT(error_after_body("flags = 'g'\n"), HasSubstr("has the flags \"g\""));
  EXPECT_EQ(error_after_body("expected = '(0,2)'\n"),
            "x.toml:10: case \"one\" expects a span that ends at 2, beyond its haystack of 1 bytes");
  EXPECT_THAT(error_after_body("expected = 'nomatch'\n"),
              HasSubstr("expects what cannot be read: the answer \"nomatch\""));
  EXPECT_EQ(error_in_case("pattern_escaped = 'a\\q'\nhaystack = ''\n"),
            "x.toml:8: case \"one\" has a \"pattern_escaped\" that has the escape \\q, which is none of "
            "\\n \\r \\t \\\\ \\xHH, at column 2");
  EXPECT_THAT(error_in_case("pattern_escaped = '\\x4'\nhaystack = ''\n"), HasSubstr("incomplete \\xHH at column 1"));
  EXPECT_THAT(error_in_case("pattern_escaped = '\\xg0'\nhaystack = ''\n"), HasSubstr("two hexadecimal digits"));
  EXPECT_THAT(error_in_case("pattern_escaped = 'a\\'\nhaystack = ''\n"), HasSubstr("ends in a lone backslash"));
  EXPECT_THAT(error_in_case("pattern_escaped = 'é'\nhaystack = ''\n"), HasSubstr("other than printable ASCII"));
}

TEST(CaseFile, RefusesNamesThatCannotBePrintedOrComeTwice) {
  EXPECT_THAT(error_of("format = 1\n[[case]]\nname = ''\n"), HasSubstr("has an empty name"));
  EXPECT_THAT(error_of("format = 1\n[[case]]\nname = \"a\\u0000\"\n"),
              HasSubstr("has a control character in its name \"a\\x00\""));
  EXPECT_EQ(error_after_body("[[case]]\nname = 'one'\n" + std::string(kBody)),
            "x.toml:10: the file has two cases named \"one\", number 1 and number 2");
}

TEST(CaseFile, SaysWhichFileCannotBeRead) {
  EXPECT_EQ(read_case_file("no/such/file.toml").error().message, "no/such/file.toml: the file cannot be read");
  EXPECT_EQ(read_case_file("cases").error().message, "cases: the file cannot be read");
}

TEST(CaseFile, TheRepositorysOwnCasesAreReadable) {
  for (const char* path : {"cases/decided_posix.toml", "cases/decided_perl.toml", "cases/disputed_posix.toml"}) {
    auto cases = read_case_file(path);
    ASSERT_TRUE(cases) << cases.error().message;
    EXPECT_GT(cases->size(), 10u) << path;
    for (const Case& c : *cases) {
      ASSERT_TRUE(c.expected) << path << ": " << c.name;
      auto regex = syntax::parse(c.pattern, parse_options(c));
      ASSERT_TRUE(regex) << path << ": " << c.name << ": " << to_string(regex.error());
      if (!*c.expected) continue;
      EXPECT_EQ((*c.expected)->size(), (*regex)->max_group() + 1) << path << ": " << c.name;
    }
  }
}

TEST(Answers, RoundTrip) {
  for (const char* text : {"no match", "(0,0)", "(1,5)(?,?)(2,2)", "(18446744073709551614,18446744073709551614)"}) {
    auto answer = parse_answer(text);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(to_string(*answer), text);
  }
}

TEST(Answers, RefuseEverythingElse) {
  auto message = [](std::string_view text) {
    auto answer = parse_answer(text);
    return answer ? "no error" : answer.error().message;
  };
  EXPECT_THAT(message(""), HasSubstr("is empty"));
  EXPECT_THAT(message("(0,1"), HasSubstr("a closing parenthesis at column 5"));
  EXPECT_THAT(message("(0,1) (1,1)"), HasSubstr("an opening parenthesis at column 6"));
  EXPECT_THAT(message("(0,?)"), HasSubstr("(begin,end) as two numbers"));
  EXPECT_THAT(message("(?,1)"), HasSubstr("(?,?) for an unset group"));
  EXPECT_THAT(message("(-1,-1)"), HasSubstr("two numbers"));
  EXPECT_THAT(message("(2,1)"), HasSubstr("ends before it begins"));
  EXPECT_THAT(message("(?,?)"), HasSubstr("begins with an unset span"));
  EXPECT_THAT(message("(0,18446744073709551615)"), HasSubstr("two numbers"));
  EXPECT_THAT(message("(0,18446744073709551616)"), HasSubstr("two numbers"));
  EXPECT_THAT(message("No match"), HasSubstr("an opening parenthesis"));
}

TEST(JsonLine, IsOneLineAndCarriesBytesAsBase64) {
  Case c;
  c.name = "n";
  c.pattern = "a\nb";
  c.haystack = "\xff\xfe!";
  c.expected = Answer(Slots{{0, 1}, {}});
  c.answers.push_back({"x", "1", "\xff"});
  const std::string line = to_json_line(c);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json["pattern"], "a\nb");
  EXPECT_EQ(json["haystack_base64"], "//4h");
  EXPECT_FALSE(json.contains("haystack"));
  EXPECT_EQ(json["expected"], "(0,1)(?,?)");
  EXPECT_EQ(json["answers"][0]["outcome"], "\xEF\xBF\xBD");
  EXPECT_EQ(to_base64("a"), "YQ==");
  EXPECT_EQ(to_base64("ab"), "YWI=");
  EXPECT_EQ(to_base64(""), "");
}

TEST(ParseOptions, AreThoseOfTheCase) {
  Case c;
  c.dialect = syntax::Dialect::kEre;
  c.encoding = Encoding::kUtf8;
  c.multiline = true;
  const syntax::ParseOptions options = parse_options(c);
  EXPECT_EQ(options.dialect, syntax::Dialect::kEre);
  EXPECT_EQ(options.encoding, Encoding::kUtf8);
  EXPECT_TRUE(options.multiline);
  EXPECT_FALSE(options.icase || options.dot_all);
}

}  // namespace
}  // namespace redoubt::harness
