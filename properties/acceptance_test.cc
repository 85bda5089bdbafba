// Acceptance: the texts that Redoubt's parser takes are those that PCRE2, RE2 and glibc take, but for the differences
// that acceptance.h lists; and each of those shows.
#include "properties/acceptance.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <gtest/gtest.h>
#include <pcre2.h>
#include <re2/re2.h>
#include <regex.h>

#include <algorithm>

#include "properties/workbench.h"
#include "syntax/printer.h"

namespace redoubt::properties {
namespace {

using syntax::Dialect;
using syntax::ParseOptions;
using syntax::ParseResult;

// Whether an engine compiles a text is all that is asked; nothing is matched.

/// "" when PCRE2 takes the text; else its message.
std::string pcre2_error(const std::string& text, Encoding encoding) {
  int code = 0;
  PCRE2_SIZE offset = 0;
  const std::uint32_t options = encoding == Encoding::kUtf8 ? PCRE2_UTF : 0U;
  pcre2_code* compiled =
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), options, &code, &offset, nullptr);
  if (compiled != nullptr) {
    pcre2_code_free(compiled);
    return {};
  }
  PCRE2_UCHAR message[256];
  pcre2_get_error_message(code, message, sizeof message);
  return reinterpret_cast<const char*>(message);
}

/// "" when RE2 takes the text; else the kind of error.
std::string re2_error(const std::string& text, Encoding encoding) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(encoding == Encoding::kBytes ? re2::RE2::Options::EncodingLatin1
                                                    : re2::RE2::Options::EncodingUTF8);
  const re2::RE2 compiled(text, options);
  if (compiled.ok()) return {};
  return compiled.error().substr(0, compiled.error().find(':'));
}

/// "" when glibc takes the text as an ERE in the C locale; else its message. The text must have no NUL.
std::string glibc_error(const std::string& text) {
  regex_t compiled;
  const int code = regcomp(&compiled, text.c_str(), REG_EXTENDED);
  if (code == 0) {
    regfree(&compiled);
    return {};
  }
  char message[200];
  regerror(code, nullptr, message, sizeof message);
  return message;
}

std::string error_of(std::string_view engine, const std::string& text, Encoding encoding) {
  if (engine == "pcre2") return pcre2_error(text, encoding);
  if (engine == "re2") return re2_error(text, encoding);
  return glibc_error(text);
}

std::optional<Disagreement> disagreement(std::string_view engine, const std::string& text, Encoding encoding) {
  ParseOptions options;
  options.dialect = engine == "glibc" ? Dialect::kEre : Dialect::kPerl;
  options.encoding = encoding;
  const ParseResult tree = syntax::parse(text, options);
  const std::string error = error_of(engine, text, encoding);
  if (tree.has_value() == error.empty()) return std::nullopt;
  Disagreement d{engine, text, {}, {}, error};
  if (tree) {
    d.tree = *tree;
  } else {
    d.refusal = tree.error();
  }
  return d;
}

Verdict accepts(std::string_view engine, const Question& q) {
  const auto d = disagreement(engine, q.haystack, q.encoding);
  if (!d || find_difference(*d) != nullptr) return holds();
  const std::string text = "\"" + syntax::escape_bytes(q.haystack) + "\"";
  if (d->refusal) {
    return fails(std::string(engine) + " alone takes it: " + std::string(syntax::to_string(d->refusal->kind)),
                 text + ": " + to_string(*d->refusal));
  }
  return fails(std::string(engine) + " alone refuses it: " + d->error, text + ": " + d->error);
}

const bool kPcre2 = law("acceptance-pcre2",
                        "PCRE2 takes a text near the grammar if and only if Redoubt does, but for the listed "
                        "differences.",
                        {.shape = Shape::kText, .max_nodes = 10, .cost = 1},
                        [](const Question& q, Workbench&) { return accepts("pcre2", q); });

const bool kRe2 = law("acceptance-re2",
                      "RE2 takes a text near the grammar if and only if Redoubt does, but for the listed differences.",
                      {.shape = Shape::kText, .max_nodes = 10, .cost = 2},
                      [](const Question& q, Workbench&) { return accepts("re2", q); });

/// glibc compiles nested repeats in exponential time, and reads C strings in the C locale.
bool glibc_can_be_asked(const std::string& text) {
  const auto repeats =
      std::count_if(text.begin(), text.end(), [](char c) { return c == '*' || c == '+' || c == '?' || c == '{'; });
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
  bool two_digits = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    two_digits |= text[i] >= '0' && text[i] <= '9' && text[i - 1] >= '0' && text[i - 1] <= '9';
  }
  return plain && text.size() <= 20 && repeats <= 3 && std::count(text.begin(), text.end(), '{') <= 1 && !two_digits;
}

const bool kGlibc =
    law("acceptance-glibc",
        "glibc takes a short text near the grammar as an ERE if and only if Redoubt does, but for the "
        "listed differences.",
        {.shape = Shape::kText, .encodings = {Encoding::kBytes}, .max_nodes = 5, .dialect = Dialect::kEre, .cost = 1},
        [](const Question& q, Workbench&) {
          return glibc_can_be_asked(q.haystack) ? accepts("glibc", q) : does_not_apply();
        });

TEST(AcceptanceTest, EveryListedDifferenceShowsOnEachOfItsEngines) {
  for (const AcceptanceDifference& difference : acceptance_differences()) {
    for (const char* engine : {"pcre2", "re2", "glibc"}) {
      // As a word: pcre2 has re2 in it.
      const std::string engines = " " + std::string(difference.engines) + " ";
      if (engines.find(" " + std::string(engine) + " ") == std::string::npos) continue;
      const std::string witness(difference.witness);  // a Disagreement shows parts of it
      auto d = disagreement(engine, witness, Encoding::kBytes);
      if (!d && std::string_view(engine) != "glibc") {
        d = disagreement(engine, witness, Encoding::kUtf8);
      }
      ASSERT_TRUE(d) << difference.name << ": " << engine << " and Redoubt agree on " << difference.witness;
      EXPECT_EQ(find_difference(*d), &difference) << difference.name << ", " << engine << ": " << d->error;
    }
  }
}

}  // namespace
}  // namespace redoubt::properties
