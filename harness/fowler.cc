#include "harness/fowler.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "harness/fowler_fields.h"
#include "syntax/parser.h"

namespace redoubt::harness {

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20;
/// As many slots are judged as testregex has room for, unless a line says otherwise.
constexpr std::size_t kDefaultSlots = 20;

class Reader {
 public:
  explicit Reader(std::string_view name) : name_(name) {}

  void line(std::string_view text) {
    ++line_;
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (text.empty() || text[0] == '#') return;
    const std::vector<std::string_view> fields = split_fields(text);
    std::string problem = fields.empty() ? "" : control_or_test(fields);
    if (!problem.empty()) {
      suite_.malformed.push_back({std::string(name_) + ":" + std::to_string(line_) + ": " + problem});
    }
  }

  Suite take() {
    end_alternatives();
    if (guard_ != 0) {
      suite_.malformed.push_back(
          {std::string(name_) + ":" + std::to_string(guard_) + ": the region that begins here has no end"});
    }
    return std::move(suite_);
  }

 private:
  // Returns what is wrong with the line, or "".
  std::string control_or_test(const std::vector<std::string_view>& fields) {
    std::string_view flags = fields[0];
    const bool note = flags == "NOTE" || flags == "N" || flags == "TEST" || flags == "T" || flags.starts_with("NOTE ");
    if (note || flags == ":" || flags.starts_with(": ")) return {};
    if (flags[0] == ';') {
      end_alternatives();
      return {};
    }
    if (flags == "}") {
      if (guard_ == 0) return "a region ends here that never began";
      guard_ = 0;
      guard_reason_.clear();
      return {};
    }
    if (flags == "C") {
      locale_ = fields.size() > 1 && fields[1] != "C" && fields[1] != "POSIX";
      return {};
    }
    if (flags.find_first_not_of("0123456789") == std::string_view::npos) {
      return read_count(flags, default_slots_);
    }
    return test(fields);
  }

  static std::string read_count(std::string_view digits, std::size_t& count) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc() || end != digits.data() + digits.size() || count > 1000) {
      return "the number of groups " + std::string(digits) + " is above 1000";
    }
    return {};
  }

  std::string test(const std::vector<std::string_view>& fields) {
    std::string_view flags = fields[0];
    const char prefix = flags[0];
    const bool alternative = prefix == '?' || prefix == '|' || prefix == '&';
    if (prefix != '|' && prefix != '&') end_alternatives();
    if (alternative || prefix == '{') flags.remove_prefix(1);
    if (prefix == '{') {
      if (guard_ != 0) return "a region begins within the region of line " + std::to_string(guard_);
      guard_ = line_;
    }
    if (!flags.empty() && flags[0] == ':') {
      const std::size_t end = flags.find(':', 1);
      if (end == std::string_view::npos) return "a label has no closing colon";
      flags.remove_prefix(end + 1);
    }
    if (fields.size() < 4) {
      return "a test has flags, pattern, haystack and expected outcome, but here are " + std::to_string(fields.size()) +
             " fields";
    }
    if ((prefix == '|' || prefix == '&') && !in_alternatives_) return "an alternative outcome without a first one";

    SuiteItem item;
    item.line = line_;
    item.guard = guard_;
    if (std::string problem = fill(flags, fields, item); !problem.empty()) return problem;
    suite_.items.push_back(std::move(item));
    if (alternative) {
      in_alternatives_ = true;
      alternatives_.push_back({suite_.items.size() - 1, std::string(fields.size() > 4 ? fields[4] : "")});
    }
    return {};
  }

  std::string fill(std::string_view flags, const std::vector<std::string_view>& fields, SuiteItem& item) {
    const FowlerFlags read = read_flags(flags);
    if (!read.problem.empty()) return read.problem;
    if (fields[1] != "SAME") {
      pattern_ = fields[1] == "NULL" ? "" : std::string(fields[1]);
    } else if (!pattern_) {
      return "SAME stands for the pattern of a line before, and there is none";
    }
    Case& c = item.test;
    c.name = std::string(name_) + ":" + std::to_string(line_);
    c.provenance = "fowler " + c.name;
    c.dialect = syntax::Dialect::kEre;
    c.icase = read.icase;
    c.pattern = *pattern_;
    c.haystack = fields[2] == "NULL" ? "" : std::string(fields[2]);
    if (read.expand) {
      if (!expand_escapes(c.pattern) || !expand_escapes(c.haystack)) return "a C escape cannot be read";
    }
    item.judged_slots = default_slots_;
    if (!read.digits.empty()) {
      if (std::string problem = read_count(read.digits, item.judged_slots); !problem.empty()) return problem;
    }
    if (std::string problem = read_outcome(fields[3], item); !problem.empty()) return problem;

    std::string reason = read.skip;
    if (reason.empty() && !guard_reason_.empty()) reason = "guarded by a line that is not asked: " + guard_reason_;
    if (reason.empty() && locale_) reason = "locale";
    if (reason.empty() && has_doubled_repetition(c.pattern)) reason = "adjacent repetition operators";
    if (!reason.empty()) {
      // A guard that is not asked cannot hold, and what it guards is for engines where it does.
      if (line_ == guard_) guard_reason_ = reason;
      item.kind = SuiteItemKind::kSkipped;
      item.reason = std::move(reason);
    } else if (item.kind == SuiteItemKind::kCase) {
      add_unset_groups(item);
    }
    return {};
  }

  std::string read_outcome(std::string_view text, SuiteItem& item) {
    item.kind = SuiteItemKind::kCase;
    if (text == "NOMATCH") {
      item.test.expected = Answer(std::nullopt);
      return {};
    }
    if (text == "OK") {
      item.judged_slots = 0;
      return {};
    }
    if (is_error_code(text)) {
      item.kind = SuiteItemKind::kCompileError;
      item.error_code = std::string(text);
      return {};
    }
    // Fowler writes an unset group as (?,?), later contributors as (-1,-1).
    std::string spans(text);
    for (std::size_t at; (at = spans.find("(-1,-1)")) != std::string::npos;) spans.replace(at, 7, "(?,?)");
    auto answer = parse_answer(spans);
    if (!answer || !*answer) {
      return "the outcome is neither spans, NOMATCH, OK nor an error code" +
             (answer ? std::string() : ": " + answer.error().message);
    }
    for (const Span& span : **answer) {
      if (span.is_set() && span.end > item.test.haystack.size()) {
        return "the outcome has a span that ends at " + std::to_string(span.end) + ", beyond the haystack";
      }
    }
    item.test.expected = std::move(*answer);
    return {};
  }

  // A list shorter than the pattern's groups says that the rest is unset. Written out, so that the case stands by
  // itself; beyond what is judged nothing is known.
  static void add_unset_groups(SuiteItem& item) {
    if (!item.test.expected || !*item.test.expected) return;
    const auto regex = syntax::parse(item.test.pattern, parse_options(item.test));
    if (!regex) return;
    Slots& slots = **item.test.expected;
    const std::size_t wanted = std::min<std::size_t>((*regex)->max_group() + 1, item.judged_slots);
    if (slots.size() < wanted) slots.resize(wanted);
  }

  void end_alternatives() {
    std::size_t chosen = alternatives_.size();
    for (std::size_t i = 0; i < alternatives_.size(); ++i) {
      if (alternatives_[i].label == "EXPECTED") chosen = i;
    }
    if (chosen == alternatives_.size() && !alternatives_.empty() && !alternatives_[0].label.starts_with("BUG")) {
      chosen = 0;
    }
    for (std::size_t i = 0; i < alternatives_.size(); ++i) {
      SuiteItem& item = suite_.items[alternatives_[i].item];
      if (i == chosen || item.kind == SuiteItemKind::kSkipped) continue;
      item.kind = SuiteItemKind::kSkipped;
      item.reason = "alternative outcome: " + alternatives_[i].label;
    }
    alternatives_.clear();
    in_alternatives_ = false;
  }

  struct Alternative {
    std::size_t item;
    std::string label;
  };

  std::string_view name_;
  Suite suite_;
  std::size_t line_ = 0;
  std::size_t guard_ = 0;
  std::string guard_reason_;
  std::size_t default_slots_ = kDefaultSlots;
  bool locale_ = false;
  std::optional<std::string> pattern_;
  bool in_alternatives_ = false;
  std::vector<Alternative> alternatives_;
};

}  // namespace

Suite parse_fowler(std::string_view text, std::string_view name) {
  Reader reader(name);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    reader.line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.take();
}

tl::expected<Suite, CaseError> read_fowler_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  // A folder opens, and then cannot be read.
  if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(text << in.rdbuf())) || in.bad()) {
    return tl::unexpected(CaseError{path + ": the file cannot be read"});
  }
  if (text.view().size() > kMaxFileBytes) {
    return tl::unexpected(
        CaseError{path + ": the file is larger than " + std::to_string(kMaxFileBytes >> 20) + " MiB"});
  }
  const std::size_t slash = path.rfind('/');
  return parse_fowler(text.str(), std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1));
}

bool fulfils(const SuiteItem& item, const Answer& answer) {
  if (!item.test.expected) return answer.has_value();
  const Answer& expected = *item.test.expected;
  if (expected.has_value() != answer.has_value()) return false;
  if (!expected) return true;
  const std::size_t count = std::min(item.judged_slots, std::max(expected->size(), answer->size()));
  for (std::size_t i = 0; i < count; ++i) {
    const Span wanted = i < expected->size() ? (*expected)[i] : Span{};
    const Span got = i < answer->size() ? (*answer)[i] : Span{};
    if (!(wanted == got)) return false;
  }
  return true;
}

}  // namespace redoubt::harness
