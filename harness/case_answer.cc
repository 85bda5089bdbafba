#include <charconv>

#include "harness/case.h"

namespace redoubt::harness {

namespace {

constexpr std::string_view kNoMatch = "no match";
/// More groups than any pattern within the parser's limits is asked about.
constexpr std::size_t kMaxSlots = 100'000;

/// Reads the text of an answer from left to right.
class AnswerReader {
 public:
  explicit AnswerReader(std::string_view text) : text_(text) {}

  tl::expected<Answer, CaseError> read() {
    Slots slots;
    while (at_ < text_.size()) {
      Span span;
      if (!take('(')) return fail("an opening parenthesis");
      if (take('?')) {
        if (!take(',') || !take('?')) return fail("(?,?) for an unset group");
      } else if (!number(span.begin) || !take(',') || !number(span.end)) {
        return fail("(begin,end) as two numbers");
      }
      if (!take(')')) return fail("a closing parenthesis");
      if (span.begin > span.end) {
        return problem("has a span that ends before it begins");
      }
      slots.push_back(span);
      if (slots.size() > kMaxSlots) return problem("has more than " + std::to_string(kMaxSlots) + " spans");
    }
    if (slots.empty()) return problem("is empty, where \"no match\" or spans like (0,2)(?,?) should stand");
    if (!slots[0].is_set()) return problem("begins with an unset span, but a match has one of its own");
    return Answer(std::move(slots));
  }

 private:
  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool number(std::size_t& value) {
    const char* end = text_.data() + text_.size();
    const auto [after, error] = std::from_chars(text_.data() + at_, end, value);
    if (error != std::errc() || value == kUnset) return false;
    at_ = static_cast<std::size_t>(after - text_.data());
    return true;
  }
  tl::unexpected<CaseError> problem(const std::string& what) const {
    return tl::unexpected(CaseError{"the answer \"" + std::string(text_) + "\" " + what});
  }
  tl::unexpected<CaseError> fail(const std::string& wanted) const {
    return problem("should have " + wanted + " at column " + std::to_string(at_ + 1));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

tl::expected<Answer, CaseError> parse_answer(std::string_view text) {
  if (text == kNoMatch) return Answer(std::nullopt);
  return AnswerReader(text).read();
}

std::string to_string(const Answer& answer) { return answer ? redoubt::to_string(*answer) : std::string(kNoMatch); }

syntax::ParseOptions parse_options(const Case& c) {
  syntax::ParseOptions options;
  options.dialect = c.dialect;
  options.encoding = c.encoding;
  options.icase = c.icase;
  options.multiline = c.multiline;
  options.dot_all = c.dot_all;
  options.limits.repeat_count = c.max_repeat;
  return options;
}

}  // namespace redoubt::harness
