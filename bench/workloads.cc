#include "bench/workloads.h"

#include <algorithm>
#include <cassert>

namespace redoubt::bench {

namespace {

constexpr std::size_t kKib = 1024;
constexpr std::size_t kPassBytes = 256 * kKib;

Pattern pattern(std::string text, bool icase = false) {
  Pattern p;
  p.groups = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '('));  // none is literal here
  p.text = std::move(text);
  p.icase = icase;
  return p;
}

struct Named {
  const char* name;
  HaystackKind kind;
  Pattern pattern;
};

std::vector<Named> line_patterns() {
  return {{"log", HaystackKind::kLogLines,
           pattern(R"re(^([^ ]+) - ([^ ]+) \[([^]]+)\] "([^"]*)" ([0-9]{3}) ([0-9]+|-)$)re")},
          {"email", HaystackKind::kEmails, pattern(R"re(^([A-Za-z0-9._+-]+)@([A-Za-z0-9.-]+)$)re")},
          {"uri", HaystackKind::kUris, pattern(R"re(^([a-z][a-z0-9+.-]*)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$)re")},
          {"date", HaystackKind::kDates,
           pattern(R"re(^([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})$)re")},
          {"ip", HaystackKind::kAddresses, pattern(R"re(^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$)re")},
          {"http", HaystackKind::kRequestLines, pattern(R"re(^([A-Z]+) ([^ ?]+)(\?[^ ]*)? HTTP/([0-9])\.([0-9])$)re")}};
}

std::vector<Named> search_patterns() {
  constexpr HaystackKind kProse = HaystackKind::kProse;
  return {{"email", kProse, pattern(R"re(([A-Za-z0-9._+-]+)@([A-Za-z0-9.-]+))re")},
          {"uri", kProse,
           pattern(R"re(([a-z][a-z0-9+.-]*)://([A-Za-z0-9.-]+)(:[0-9]+)?(/[A-Za-z0-9._/-]*)?(\?[A-Za-z0-9=&]*)?)re")},
          {"date", kProse, pattern(R"re(([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2}):([0-9]{2}))re")},
          {"ip", kProse, pattern(R"re(([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3}))re")},
          {"log", HaystackKind::kLogLines,
           pattern(R"re(([0-9.]+) - ([^ ]+) \[([^]]+)\] "([^"]*)" ([0-9]{3}) ([0-9]+|-))re")},
          {"words", kProse, pattern("(" + std::string(towns()) + ")", true)},
          {"bnd", kProse, pattern("[a-q][^u-z]{13}x")}};
}

const Pattern& search_pattern(const std::vector<Named>& list, std::string_view name) {
  auto at = std::find_if(list.begin(), list.end(), [&](const Named& n) { return n.name == name; });
  assert(at != list.end());
  return at->pattern;
}

std::vector<Pattern> tiny_patterns() {
  std::vector<Pattern> list;
  for (const char* text :
       {"(a)(b)", "(a|ab)(b*)", "(a|b)*b", "(ab|a)*(b?)", "(a*)(b*)(a*)", "^(a|b)(a|b)*$", "((a)|(b))+"}) {
    list.push_back(pattern(text));
  }
  return list;
}

}  // namespace

std::vector<Row> all_rows(bool quick) {
  std::vector<Row> rows;
  const auto add = [&](std::string group, std::string name, Mode mode, std::vector<Pattern> patterns, HaystackKind kind,
                       std::size_t bytes) -> Row& {
    Row row;
    row.group = std::move(group);
    row.name = std::move(name);
    row.mode = mode;
    row.patterns = std::move(patterns);
    row.kind = kind;
    row.bytes = bytes;
    return rows.emplace_back(std::move(row));
  };
  const auto lines = line_patterns();
  const auto searches = search_patterns();
  for (const Named& n : lines) add("lines", n.name, Mode::kLines, {n.pattern}, n.kind, kPassBytes);
  for (const Named& n : searches) add("search", n.name, Mode::kAll, {n.pattern}, n.kind, kPassBytes);

  const std::size_t large = (quick ? 1 : 16) * kKib * kKib;
  for (const char* name : {"log", "ip"}) {
    add("large", std::string("log-") + name, Mode::kAll, {search_pattern(searches, name)}, HaystackKind::kLogLines,
        large)
        .may_shorten = true;
  }
  for (const char* name : {"email", "uri", "words"}) {
    add("large", std::string("text-") + name, Mode::kAll, {search_pattern(searches, name)}, HaystackKind::kProse, large)
        .may_shorten = true;
  }
  for (const char* name : {"email", "uri", "date", "ip", "words"}) {
    add("short", name, Mode::kLines, {search_pattern(searches, name)}, HaystackKind::kShort, 32 * kKib);
  }
  const auto tiny = tiny_patterns();
  for (const Pattern& p : tiny) add("tiny", p.text, Mode::kLines, {p}, HaystackKind::kTiny, 0);

  add("compile", "tiny", Mode::kCompile, tiny, HaystackKind::kTiny, 0);
  for (const Named& n : lines) add("compile", n.name, Mode::kCompile, {n.pattern}, HaystackKind::kTiny, 0);

  add("counted", "a{1000}", Mode::kLines, {pattern("a{1000}")}, HaystackKind::kRepeatedA, 10000);
  add("counted", "(a{0,30}){0,30}", Mode::kLines, {pattern("(a{0,30}){0,30}")}, HaystackKind::kRepeatedA, 8000);
  add("counted", "a{10000}", Mode::kLines, {pattern("a{10000}")}, HaystackKind::kRepeatedA, 10000);
  add("counted", "(a{0,100}){0,100}", Mode::kLines, {pattern("(a{0,100}){0,100}")}, HaystackKind::kRepeatedA, 8000);

  for (std::uint32_t k : {1U, 16U, 32U, 64U, 96U, 128U}) {
    add("slope", "k=" + std::to_string(k), Mode::kAll, {pattern("[a-z]{" + std::to_string(k) + "}!")},
        HaystackKind::kLetters, 16 * kKib)
        .threads = k;
  }
  return rows;
}

Work::Work(Mode how, std::string_view haystack) : mode(how), text(haystack) {
  if (mode != Mode::kLines) return;
  while (!haystack.empty()) {
    const std::size_t end = std::min(haystack.find('\n'), haystack.size());
    lines.push_back(haystack.substr(0, end));
    haystack.remove_prefix(std::min(end + 1, haystack.size()));
  }
}

}  // namespace redoubt::bench
