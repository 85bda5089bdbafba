#include "syntax/parser.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace redoubt::syntax {
namespace {

using Kind = ParseErrorKind;

/// The tree's debugging form, or the error.
std::string parsed(std::string_view pattern, const ParseOptions& options = {}) {
  const ParseResult result = parse(pattern, options);
  return result ? dump(*result) : std::string(to_string(result.error().kind)) + " " + to_string(result.error());
}

TEST(ParserTest, StructureIsKeptAsWritten) {
  EXPECT_EQ(parsed(""), "empty");
  EXPECT_EQ(parsed("a"), "a");
  EXPECT_EQ(parsed("abc"), "(cat a b c)");
  EXPECT_EQ(parsed("a|b|c"), "(alt a b c)");
  EXPECT_EQ(parsed("ab|c"), "(alt (cat a b) c)");
  EXPECT_EQ(parsed("|"), "(alt empty empty)");
  EXPECT_EQ(parsed("|a||"), "(alt empty a empty empty)");
  EXPECT_EQ(parsed("()"), "(grp 1 empty)");
  EXPECT_EQ(parsed("(|a)"), "(grp 1 (alt empty a))");
  EXPECT_EQ(parsed("(?:)"), "(grp 0 empty)");
  EXPECT_EQ(parsed("(?:a)"), "(grp 0 a)");
  EXPECT_EQ(parsed("(?:(?:ab))"), "(grp 0 (grp 0 (cat a b)))");
  EXPECT_EQ(parsed("a(?:bc)d"), "(cat a (grp 0 (cat b c)) d)");
  EXPECT_EQ(parsed("((a)(b))(c)"), "(cat (grp 1 (cat (grp 2 a) (grp 3 b))) (grp 4 c))");
  EXPECT_EQ(parsed("(?:a|(?P<x>b)|(?<y_2>c))"), "(grp 0 (alt a (grp 1 x b) (grp 2 y_2 c)))");
}

TEST(ParserTest, Repeats) {
  EXPECT_EQ(parsed("a*"), "(rep 0 inf a)");
  EXPECT_EQ(parsed("a+?"), "(rep 1 inf lazy a)");
  EXPECT_EQ(parsed("a??"), "(rep 0 1 lazy a)");
  EXPECT_EQ(parsed("a{2}"), "(rep 2 2 a)");
  EXPECT_EQ(parsed("a{2,}?"), "(rep 2 inf lazy a)");
  EXPECT_EQ(parsed("a{0,3}"), "(rep 0 3 a)");
  EXPECT_EQ(parsed("a{0}"), "(rep 0 0 a)");
  EXPECT_EQ(parsed("a{0,0}b"), "(cat (rep 0 0 a) b)");
  EXPECT_EQ(parsed("ab*"), "(cat a (rep 0 inf b))");
  EXPECT_EQ(parsed("(ab)*"), "(rep 0 inf (grp 1 (cat a b)))");
  EXPECT_EQ(parsed("(?:a*)*"), "(rep 0 inf (grp 0 (rep 0 inf a)))");
  EXPECT_EQ(parsed("^*"), "(rep 0 inf ^)");
  EXPECT_EQ(parsed("\\b{2}"), "(rep 2 2 \\b)");
  EXPECT_EQ(parsed("()*"), "(rep 0 inf (grp 1 empty))");
}

TEST(ParserTest, BraceThatStartsNoRepeatIsLiteral) {
  EXPECT_EQ(parsed("{"), "{");
  EXPECT_EQ(parsed("}"), "}");
  EXPECT_EQ(parsed("a{"), "(cat a {)");
  EXPECT_EQ(parsed("a{x}"), "(cat a { x })");
  EXPECT_EQ(parsed("a{2"), "(cat a { 2)");
  EXPECT_EQ(parsed("a{2,3"), "(cat a { 2 , 3)");
  EXPECT_EQ(parsed("a{,}"), "(cat a { , })");
  EXPECT_EQ(parsed("a{1a}"), "(cat a { 1 a })");
  EXPECT_EQ(parsed("x{{2}"), "(cat x (rep 2 2 {))");
  EXPECT_EQ(parsed("a{-1}"), "(cat a { - 1 })");
}

TEST(ParserTest, Escapes) {
  EXPECT_EQ(parsed("\\n\\t\\r\\f\\v\\a\\e"), "(cat #10 #9 #13 #12 #11 #7 #27)");
  EXPECT_EQ(parsed("\\0\\012\\0129"), "(cat #0 #10 #10 9)");
  EXPECT_EQ(parsed("\\08"), "(cat #0 8)");
  EXPECT_EQ(parsed("\\x41\\x{42}\\x{0000043}"), "(cat A B C)");
  EXPECT_EQ(parsed("\\.\\*\\[\\]\\{\\}\\\\\\-\\_\\/"), "(cat . * [ ] { } \\ - _ /)");
  EXPECT_EQ(parsed("\\d"), "[0-9]");
  EXPECT_EQ(parsed("\\s"), "[#9-#13#32]");
  EXPECT_EQ(parsed("\\w"), "[0-9A-Z_a-z]");
  EXPECT_EQ(parsed("\\D"), "[#0-/:-#255]");
  EXPECT_EQ(parsed("\\A\\z\\b\\B^$"), "(cat \\A \\z \\b \\B ^ $)");
  EXPECT_EQ(parsed("\\Qa.b\\E*"), "(cat a . (rep 0 inf b))");
  EXPECT_EQ(parsed("a\\Q\\E*"), "(rep 0 inf a)");
  EXPECT_EQ(parsed("\\Qa\\\\E"), "(cat a \\)");
  EXPECT_EQ(parsed("\\Q(["), "(cat ( [)");
}

TEST(ParserTest, Classes) {
  EXPECT_EQ(parsed("[abc]"), "[a-c]");
  EXPECT_EQ(parsed("[a-cx-z]"), "[a-cx-z]");
  EXPECT_EQ(parsed("[]a]"), "[]a]");
  EXPECT_EQ(parsed("[^]]"), "[#0-\\^-#255]");
  EXPECT_EQ(parsed("[a-]"), "[-a]");
  EXPECT_EQ(parsed("[-a]"), "[-a]");
  EXPECT_EQ(parsed("[a-c-e]"), "[-a-ce]");
  EXPECT_EQ(parsed("[--/]"), "[--/]");
  EXPECT_EQ(parsed("[^-a]"), "[#0-,.-`b-#255]");
  EXPECT_EQ(parsed("[a^]"), "[^a]");
  EXPECT_EQ(parsed("[.*+$(){|]"), "[$(-+.{-|]");
  EXPECT_EQ(parsed("[\\]\\-\\\\]"), "[-\\-]]");
  EXPECT_EQ(parsed("[\\x41-\\x{43}\\n]"), "[#10A-C]");
  EXPECT_EQ(parsed("[\\da-c]"), "[0-9a-c]");
  EXPECT_EQ(parsed("[\\d-]"), "[-0-9]");
  EXPECT_EQ(parsed("[^\\D]"), "[0-9]");
  EXPECT_EQ(parsed("[\\d\\D]"), "[#0-#255]");
  EXPECT_EQ(parsed("[^\\d\\D]"), "[]");
  EXPECT_EQ(parsed("[[:alpha:]_]"), "[A-Z_a-z]");
  EXPECT_EQ(parsed("[[:^alpha:]]"), "[#0-@[-`{-#255]");
  EXPECT_EQ(parsed("[[:word:]]"), "[0-9A-Z_a-z]");
  EXPECT_EQ(parsed("[[:ascii:]]"), "[#0-#127]");
  EXPECT_EQ(parsed("[[a]"), "[[a]");
  EXPECT_EQ(parsed("[[:a]"), "[:[a]");
  EXPECT_EQ(parsed("[[:]"), "[:[]");
  EXPECT_EQ(parsed("[:alpha:]"), "[:ahlp]");
  EXPECT_EQ(parsed("[^\\x{0}-\\x{ff}]"), "[]");
}

TEST(ParserTest, Flags) {
  EXPECT_EQ(parsed("."), "[#0-#9#11-#255]");
  EXPECT_EQ(parsed("(?s)."), "[#0-#255]");
  EXPECT_EQ(parsed("(?m)^$\\A"), "(cat (?m)^ (?m)$ \\A)");
  EXPECT_EQ(parsed("(?i)a"), "[Aa]");
  EXPECT_EQ(parsed("(?i)1"), "1");
  EXPECT_EQ(parsed("a(?i)b"), "(cat a [Bb])");
  EXPECT_EQ(parsed("(a(?i)b|c)d"), "(cat (grp 1 (alt (cat a [Bb]) [Cc])) d)");
  EXPECT_EQ(parsed("(?i:a)b"), "(cat (grp 0 [Aa]) b)");
  EXPECT_EQ(parsed("(?i)a(?-i)b"), "(cat [Aa] b)");
  EXPECT_EQ(parsed("(?i)(?-i:a)b"), "(cat (grp 0 a) [Bb])");
  EXPECT_EQ(parsed("(?is)a."), "(cat [Aa] [#0-#255])");
  EXPECT_EQ(parsed("(?s)(?i-s:a.)."), "(cat (grp 0 (cat [Aa] [#0-#9#11-#255])) [#0-#255])");
  EXPECT_EQ(parsed("(?i)"), "empty");
  EXPECT_EQ(parsed("|(?i)"), "(alt empty empty)");
}

TEST(ParserTest, FlagGroupAroundOneBareAtomIsThatAtom) {
  EXPECT_EQ(parsed("(?m:^)"), "(?m)^");
  EXPECT_EQ(parsed("(?m:$)*"), "(rep 0 inf (?m)$)");
  EXPECT_EQ(parsed("(?s:.)+"), "(rep 1 inf [#0-#255])");
  EXPECT_EQ(parsed("(?:^)"), "(grp 0 ^)");
  EXPECT_EQ(parsed("(?s:a)"), "(grp 0 a)");
  EXPECT_EQ(parsed("(?s:..)"), "(grp 0 (cat [#0-#255] [#0-#255]))");
}

TEST(ParserTest, OptionsAreTheInitialFlags) {
  ParseOptions options;
  options.icase = options.multiline = options.dot_all = true;
  EXPECT_EQ(parsed("a^$.", options), "(cat [Aa] (?m)^ (?m)$ [#0-#255])");
  EXPECT_EQ(parsed("(?-ims)a^$.", options), "(cat a ^ $ [#0-#9#11-#255])");
}

TEST(ParserTest, Folding) {
  ParseOptions bytes;
  bytes.icase = true;
  ParseOptions utf8 = bytes;
  utf8.encoding = Encoding::kUtf8;
  EXPECT_EQ(parsed("k", bytes), "[Kk]");
  EXPECT_EQ(parsed("k", utf8), "[Kk#8490]");
  EXPECT_EQ(parsed("[a-f]", bytes), "[A-Fa-f]");
  EXPECT_EQ(parsed("[[:upper:]]", bytes), "[A-Za-z]");
  EXPECT_EQ(parsed("[^a]", bytes), "[#0-@B-`b-#255]");
  EXPECT_EQ(parsed("[^[:^upper:]]", bytes), "[A-Za-z]");
  EXPECT_EQ(parsed("\\xe9", bytes), "#233");
  EXPECT_EQ(parsed("\\x{e9}", utf8), "[#201#233]");
  EXPECT_EQ(parsed("\xC3\xA9", utf8), "[#201#233]");
  EXPECT_EQ(parsed("\\Qa\\E", utf8), "[Aa]");
  // A complement within a class is the complement of the folded set, so \W never has what \w has.
  EXPECT_EQ(parsed("[^\\W]", utf8), parsed("\\w", utf8));
  EXPECT_EQ(parsed("[\\w\\W]", utf8), parsed("(?s).", utf8));
}

TEST(ParserTest, Units) {
  ParseOptions utf8;
  utf8.encoding = Encoding::kUtf8;
  EXPECT_EQ(parsed("\xC3\xA9"), "(cat #195 #169)");
  EXPECT_EQ(parsed("\xC3\xA9", utf8), "#233");
  EXPECT_EQ(parsed("[\xC3\xA9-\xE2\x82\xAC]", utf8), "[#233-#8364]");
  EXPECT_EQ(parsed("[\\x{D000}-\\x{F000}]", utf8), "[#53248-#55295#57344-#61440]");
  EXPECT_EQ(parsed(std::string_view("a\0b", 3)), "(cat a #0 b)");
  EXPECT_EQ(parsed(std::string_view("[\0]", 3)), "#0");
  EXPECT_EQ(parsed("\xFF"), "#255");
  EXPECT_EQ(parsed("\\x{10FFFF}", utf8), "#1114111");
}

struct Rejected {
  const char* pattern;
  Kind kind;
  std::size_t offset;
};

void expect_rejected(const Rejected& c, const ParseOptions& options = {}) {
  const ParseResult result = parse(c.pattern, options);
  ASSERT_FALSE(result) << c.pattern << " is " << dump(*result);
  EXPECT_EQ(to_string(result.error().kind), to_string(c.kind)) << c.pattern;
  EXPECT_EQ(result.error().offset, c.offset) << c.pattern << ": " << result.error().message;
  EXPECT_FALSE(result.error().message.empty());
}

TEST(ParserTest, MalformedPatterns) {
  const Rejected cases[] = {
      {"(", Kind::kMissingParen, 0},
      {"a(b(c)", Kind::kMissingParen, 1},
      {"(?i", Kind::kMissingParen, 0},
      {"(?:a", Kind::kMissingParen, 0},
      {")", Kind::kUnexpectedParen, 0},
      {"(a))", Kind::kUnexpectedParen, 3},
      {"a[", Kind::kMissingBracket, 1},
      {"[]", Kind::kMissingBracket, 0},
      {"[^]", Kind::kMissingBracket, 0},
      {"[a-", Kind::kMissingBracket, 0},
      {"[[:alpha:", Kind::kMissingBracket, 0},
      {"[z-a]", Kind::kBadRange, 1},
      {"[ab-\\d]", Kind::kBadRange, 2},
      {"[\\d-z]", Kind::kBadRange, 1},
      {"[a-[:digit:]]", Kind::kBadRange, 1},
      {"[a--]", Kind::kBadRange, 1},
      {"[[:foo:]]", Kind::kBadClassName, 1},
      {"[[:^:]]", Kind::kBadClassName, 1},
      {"[[:ALPHA:]]", Kind::kBadClassName, 1},
      {"[[.a.]]", Kind::kBadCollation, 1},
      {"[x[=a=]]", Kind::kBadCollation, 2},
      {"*", Kind::kNothingToRepeat, 0},
      {"a|*", Kind::kNothingToRepeat, 2},
      {"(+a)", Kind::kNothingToRepeat, 1},
      {"{2}", Kind::kNothingToRepeat, 0},
      {"a**", Kind::kNothingToRepeat, 2},
      {"a{2}{3}", Kind::kNothingToRepeat, 4},
      {"a*?*", Kind::kNothingToRepeat, 3},
      {"a???", Kind::kNothingToRepeat, 3},
      {"a(?i)*", Kind::kNothingToRepeat, 5},
      {"\\Q\\E*", Kind::kNothingToRepeat, 4},
      {"a{2,1}", Kind::kBadRepeat, 1},
      {"a{03}", Kind::kBadRepeat, 1},
      {"a{1,02}", Kind::kBadRepeat, 1},
      {"a{,3}", Kind::kBadRepeat, 1},
      {"{,3}", Kind::kBadRepeat, 0},
      {"a{1001}", Kind::kRepeatTooLarge, 1},
      {"a{0,1001}", Kind::kRepeatTooLarge, 1},
      {"a{99999999999999999999}", Kind::kRepeatTooLarge, 1},
      {"((a{40}){5}|b){6}", Kind::kRepeatTooLarge, 14},
      {"\\q", Kind::kBadEscape, 0},
      {"\\E", Kind::kBadEscape, 0},
      {"a\\x4", Kind::kBadEscape, 1},
      {"\\x{}", Kind::kBadEscape, 0},
      {"\\x{12", Kind::kBadEscape, 0},
      {"\\x{1g}", Kind::kBadEscape, 0},
      {"[\\z]", Kind::kBadEscape, 1},
      {"\\\xC3", Kind::kBadEscape, 0},
      {"ab\\", Kind::kTrailingBackslash, 2},
      {"[\\", Kind::kTrailingBackslash, 1},
      {"(?)", Kind::kBadGroupSyntax, 2},
      {"(?-)", Kind::kBadGroupSyntax, 3},
      {"(?i-:a)", Kind::kBadGroupSyntax, 4},
      {"(?i--s)", Kind::kBadGroupSyntax, 4},
      {"(?~a)", Kind::kBadGroupSyntax, 2},
      {"(?Pa)", Kind::kBadGroupSyntax, 2},
      {"(?P<1a>b)", Kind::kBadGroupName, 4},
      {"(?P<>b)", Kind::kBadGroupName, 4},
      {"(?<a b>c)", Kind::kBadGroupName, 4},
      {"(?<a", Kind::kBadGroupName, 4},
      {"(?<a>x)(?P<a>y)", Kind::kDuplicateGroupName, 7},
      {"\\x{100}", Kind::kBadCodePoint, 0},
      {"[\\x{100}]", Kind::kBadCodePoint, 1},
      {"\\x{99999999999999999}", Kind::kBadCodePoint, 0},
  };
  for (const Rejected& c : cases) expect_rejected(c);
}

TEST(ParserTest, ForeignConstructsAreRefusedByName) {
  const Rejected cases[] = {
      {"(a)\\1", Kind::kBackreference, 3},
      {"\\123", Kind::kBackreference, 0},
      {"\\g{1}", Kind::kBackreference, 0},
      {"\\k<a>", Kind::kBackreference, 0},
      {"(?P=a)", Kind::kBackreference, 0},
      {"a(?=b)", Kind::kLookaround, 1},
      {"(?!b)", Kind::kLookaround, 0},
      {"(?<=b)", Kind::kLookaround, 0},
      {"(?<!b)", Kind::kLookaround, 0},
      {"(?>b)", Kind::kAtomicGroup, 0},
      {"a*+", Kind::kPossessive, 2},
      {"a++", Kind::kPossessive, 2},
      {"a?+", Kind::kPossessive, 2},
      {"a{2}+", Kind::kPossessive, 4},
      {"\\p{L}", Kind::kUnsupportedConstruct, 0},
      {"\\PN", Kind::kUnsupportedConstruct, 0},
      {"\\R", Kind::kUnsupportedConstruct, 0},
      {"a\\Kb", Kind::kUnsupportedConstruct, 1},
      {"\\Ga", Kind::kUnsupportedConstruct, 0},
      {"a\\Z", Kind::kUnsupportedConstruct, 1},
      {"\\C", Kind::kUnsupportedConstruct, 0},
      {"\\X", Kind::kUnsupportedConstruct, 0},
      {"\\h\\N", Kind::kUnsupportedConstruct, 0},
      {"\\cA", Kind::kUnsupportedConstruct, 0},
      {"\\o{12}", Kind::kUnsupportedConstruct, 0},
      {"[\\b]", Kind::kUnsupportedConstruct, 1},
      {"[\\Qa\\E]", Kind::kUnsupportedConstruct, 1},
      {"(?R)", Kind::kUnsupportedConstruct, 0},
      {"(?1)", Kind::kUnsupportedConstruct, 0},
      {"(?-1)", Kind::kUnsupportedConstruct, 0},
      {"(?&a)", Kind::kUnsupportedConstruct, 0},
      {"(?P>a)", Kind::kUnsupportedConstruct, 0},
      {"(?(1)a|b)", Kind::kUnsupportedConstruct, 0},
      {"(?C1)", Kind::kUnsupportedConstruct, 0},
      {"a(?#x)b", Kind::kUnsupportedConstruct, 1},
      {"(?|a|b)", Kind::kUnsupportedConstruct, 0},
      {"(?'n'a)", Kind::kUnsupportedConstruct, 0},
      {"(?^:a)", Kind::kUnsupportedConstruct, 0},
      {"(*UTF)a", Kind::kUnsupportedConstruct, 0},
      {"(?U)a", Kind::kUnsupportedConstruct, 2},
      {"(?ix:a)", Kind::kUnsupportedConstruct, 3},
  };
  for (const Rejected& c : cases) {
    expect_rejected(c);
    EXPECT_TRUE(is_unsupported(c.kind));
  }
  EXPECT_FALSE(is_unsupported(Kind::kPatternTooLong));
  EXPECT_FALSE(is_unsupported(Kind::kMissingParen));
}

TEST(ParserTest, Utf8Errors) {
  ParseOptions utf8;
  utf8.encoding = Encoding::kUtf8;
  expect_rejected({"ab\xFF", Kind::kBadUtf8, 2}, utf8);
  expect_rejected({"a\xED\xA0\x80", Kind::kBadUtf8, 1}, utf8);
  expect_rejected({"\\x{D800}", Kind::kBadCodePoint, 0}, utf8);
  expect_rejected({"[a\\x{DFFF}]", Kind::kBadCodePoint, 2}, utf8);
  expect_rejected({"\\x{110000}", Kind::kBadCodePoint, 0}, utf8);
}

TEST(ParserTest, ErrorsAsText) {
  const ParseError error = parse("a(b").error();
  EXPECT_EQ(to_string(error), "at byte 1: the group opened here needs a closing )");
  EXPECT_EQ(to_string(Dialect::kEre), "ere");
}

}  // namespace
}  // namespace redoubt::syntax
