#include "harness/special_sources.h"

#include <optional>
#include <utility>

#include "generate/automaton_haystacks.h"
#include "generate/haystack_gen.h"
#include "generate/word_gen.h"
#include "syntax/parser.h"

namespace redoubt::harness {

namespace {

using oracles::Query;
using syntax::kInfinite;
using syntax::Regex;

const std::vector<const char*> kTexts = {
    "\\s", "\\S", "\\s+", "[\\s]", "\\w", "\\W", "\\d", "\\D", "[\\W]", "[^\\w]", "[^\\W]", ".", "(?s).", "(?s:.)a",
    "(?s)(?-s:.)", "a.b", "[[:space:]]", "[^[:space:]]", "[[:alpha:]]+", "[[:^alpha:]]", "[[:^alpha:]a]",
    "(?i)[[:upper:]]", "\\x0b", "\\x7f", "[^\\x7f]", "[^\\xff]", "[\\x00-\\x7f]", "[\\x80-\\xff]", "[^\\x80-\\xff]",
    // anchors
    "^", "$", "\\A", "\\z", "a$", "a\\z", "(?m)^", "(?m)$", "(?m)^$", "(?m)a$", "(?m:a$)", "(?m)$\\n", "\\b", "\\B",
    "\\ba\\b", "^*", "$*", "(?:^)*", "\\b+", "a$\\n", "(?m)a$\\n^",
    // classes
    "[^a]", "[^ab]", "[a-b]", "[^a-b]", "[A-b]", "[]a]", "[^]a]", "[a-]", "[-a]", "[^-a]", "[\\n]", "[^\\n]",
    // flags
    "(?i)A", "(?i)ab", "(?i)[a]", "(?i)[^a]", "(?i)[a-b]", "(?i)[^a-b]", "(?i:a)b", "(?:(?i)a)b", "((?i)a)b",
    "(?i)(?-i:a)b", "a(?i)b", "a(?i)b|b",
    // repeats
    "(a*)*", "(a|b*)*", "(a*)+", "(|a)+", "a{2}", "a{2,}", "a{1,2}", "(a){2}", "a{0}b", "a{0,1}b", "a{,2}b|a", "a*?",
    "a+?", "a??", "a*?b", "a+?b", "a{1,}?", "a{1,2}?", "a{2}?", "(a|b)*?b", "ab*|a", "a|ab", "\\Qa.\\Eb", "|a", "a|"};
const std::vector<const char*> kUtf8Texts = {".",
                                             "[^a]",
                                             "\\w",
                                             "\\W",
                                             "(?i)s",
                                             "(?i)S",
                                             "(?i)[s]",
                                             "(?i)[^s]",
                                             "(?i)k",
                                             "(?i)K+",
                                             "(?i)[k-s]",
                                             "(?i)\xc5\xbf",
                                             "(?i)\xe2\x84\xaa",
                                             "\xc3\xa9",
                                             "[^\xc3\xa9]",
                                             "(?i)\xc3\xa9",
                                             "(?i)[\xc3\xa9]",
                                             "(?i)[^\xc3\xa9]",
                                             "[\xc3\xa9-\xdf\xbf]",
                                             "\\x{7ff}",
                                             "[\\x{7ff}-\\x{800}]",
                                             "[^\\x{7ff}]",
                                             "\\x{10ffff}",
                                             "[\\x{800}-\\x{10ffff}]",
                                             "\xc3\xa9+",
                                             "\xc3\xa9{2}",
                                             "(.)(.)"};

class AsWritten final : public Source {
 public:
  explicit AsWritten(Encoding encoding)
      : name_("as written " + std::string(to_string(encoding))), encoding_(encoding), haystacks_(strings(encoding)) {
    syntax::ParseOptions options;
    options.encoding = encoding;
    for (const char* text : encoding == Encoding::kBytes ? kTexts : kUtf8Texts) {
      auto parsed = syntax::parse(text, options);
      if (parsed) patterns_.emplace_back(text, std::move(*parsed));
    }
  }
  const std::string& name() const override { return name_; }
  std::uint64_t items() const override { return patterns_.size(); }
  void run(std::uint64_t k, Trial& trial) const override {
    Query query;
    query.regex = patterns_[k].second;
    query.source = patterns_[k].first;
    query.semantics = Semantics::kLeftmostFirst;
    query.encoding = encoding_;
    trial.run(query, haystacks_.all(), name_, k);
  }

 private:
  static generate::StringSpace strings(Encoding encoding) {
    if (encoding == Encoding::kBytes) {
      return *generate::StringSpace::make({"a", "b", "\n", "\v", " ", "_", "A", "-", "\x7f", "\x80", "\xff"}, 3);
    }
    return *generate::StringSpace::make({"a", "s", "S", "k", "K", "\xc5\xbf", "\xe2\x84\xaa", "\xc3\xa9", "\xc3\x89",
                                         "\xdf\xbf", "\xe0\xa0\x80", "\xf4\x8f\xbf\xbf"},
                                        2);
  }

  std::string name_;
  Encoding encoding_;
  std::vector<std::pair<std::string, Regex>> patterns_;
  generate::StringSpace haystacks_;
};

class LargeCounts final : public Source {
 public:
  explicit LargeCounts(Semantics semantics) : name_("counts"), semantics_(semantics) {
    const Regex a = syntax::literal('a');
    const Regex ab = syntax::char_class(syntax::CharClass({{'a', 'b'}}));
    const Regex either = syntax::alternate({a, syntax::literal('b')});
    for (std::uint32_t n : {4, 8, 16, 32, 64, 128, 256}) {
      const std::uint32_t half = n / 2;
      add(syntax::repeat(syntax::repeat(a, half, half), 2, 2), n);
      add(syntax::repeat(syntax::repeat(a, 2, 2), half, half), n);
      add(syntax::repeat(syntax::repeat(a, 0, half), 0, 2), n);
      add(syntax::repeat(syntax::repeat(a, half, half + 1), 2, 2), n);
      add(syntax::repeat(syntax::repeat(a, 2, 3), half, half), n);
      add(syntax::repeat(syntax::group(syntax::repeat(a, 0, 2), 1), half, half), n);
      for (std::uint32_t bound : {n - 1, n, n + 1}) {
        add(syntax::repeat(a, bound, bound), n);
        add(syntax::repeat(a, bound, kInfinite), n);
        add(syntax::repeat(a, 0, bound), n);
        add(syntax::repeat(ab, bound, bound + 1), n);
        add(syntax::group(syntax::repeat(either, bound, bound), 1), n);
        add(syntax::repeat(syntax::group(either, 1), bound, bound), n);
      }
    }
  }
  const std::string& name() const override { return name_; }
  std::uint64_t items() const override { return items_.size(); }
  void run(std::uint64_t k, Trial& trial) const override {
    const auto& [regex, n] = items_[k];
    std::vector<std::string> haystacks;
    for (std::uint32_t length : {n - 2, n - 1, n, n + 1, n + 2}) {
      haystacks.emplace_back(length, 'a');
      haystacks.push_back("b" + haystacks.back() + "b");
    }
    Query query;
    query.regex = regex;
    query.semantics = semantics_;
    const std::vector<std::string_view> views(haystacks.begin(), haystacks.end());
    trial.run(query, views, name_, k);
  }

 private:
  void add(Regex regex, std::uint32_t n) { items_.emplace_back(std::move(regex), n); }

  std::string name_;
  Semantics semantics_;
  std::vector<std::pair<Regex, std::uint32_t>> items_;
};

class Words final : public Source {
 public:
  Words(Semantics semantics, Encoding encoding, std::uint64_t count, std::uint64_t seed)
      : name_("words " + std::string(to_string(encoding)) + " seed " + std::to_string(seed)),
        semantics_(semantics),
        encoding_(encoding),
        count_(count),
        seed_(seed) {}
  const std::string& name() const override { return name_; }
  std::uint64_t items() const override { return count_; }
  void run(std::uint64_t k, Trial& trial) const override {
    generate::RandomChoices choices((seed_ + 0x10000) * 0x9E3779B97F4A7C15ull + k);
    Query query;
    query.regex = generate::draw_words(choices, encoding_, semantics_ == Semantics::kLeftmostFirst);
    query.semantics = semantics_;
    query.encoding = encoding_;
    std::vector<std::string> haystacks = {""};
    for (int draw = 0; draw < 6; ++draw) {
      haystacks.push_back(generate::draw_along(query.regex, encoding_, choices, 40));
      const std::string drawn = haystacks.back();
      for (std::size_t most : {4, 20, 100}) haystacks.push_back(generate::embedded(drawn, encoding_, choices, most));
    }
    const std::vector<std::string_view> views(haystacks.begin(), haystacks.end());
    trial.run(query, views, name_, k);
  }

 private:
  std::string name_;
  Semantics semantics_;
  Encoding encoding_;
  std::uint64_t count_, seed_;
};

}  // namespace

std::unique_ptr<Source> as_written(Encoding encoding) { return std::make_unique<AsWritten>(encoding); }

std::unique_ptr<Source> large_counts(Semantics semantics) { return std::make_unique<LargeCounts>(semantics); }

std::unique_ptr<Source> words(Semantics semantics, Encoding encoding, std::uint64_t count, std::uint64_t seed) {
  return std::make_unique<Words>(semantics, encoding, count, seed);
}

}  // namespace redoubt::harness
