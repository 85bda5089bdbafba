// The harness: its shrinker and its case files.
#include <algorithm>

#include "harness/case.h"
#include "harness/shrink.h"
#include "properties/workbench.h"
#include "reference/variants.h"
#include "syntax/printer.h"

namespace redoubt::properties {
namespace {

using harness::Case;
using harness::ShrinkResult;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

/// A property for the shrinker to keep, as the knob says: that a departure from the specification shows, or something
/// about the trees alone. False where the question lacks it.
class Kept {
 public:
  Kept(const Question& q, Workbench& bench) : q_(q), bench_(bench), which_(Decisions(q).take(kWays)) {}
  static constexpr std::size_t kWays = 8;

  bool operator()(const Regex& regex, const std::string& haystack) const {
    switch (which_) {
      case 0:
        return departs("keep-groups", regex, haystack);
      case 1:
        return departs("last-branch", regex, haystack);
      case 2:
        return departs("short-iterations", regex, haystack);
      case 3:
        return departs("leftmost-first", regex, haystack);
      case 4: {
        const Found found = bench_.find("reference", q_, regex, haystack);
        return found.match() && found.span().end > found.span().begin;
      }
      case 5:
        return syntax::any_node(regex, [](const Node& node) { return node.kind() == NodeKind::kRepeat; }) &&
               haystack.size() > 1;
      case 6:
        return (regex->size() + haystack.size()) % 3 == (q_.regex->size() + q_.haystack.size()) % 3;
      default:
        return bench_.find("reference", q_, regex, haystack).kind == Found::Kind::kNone && regex->max_group() > 0;
    }
  }

 private:
  bool departs(std::string_view name, const Regex& regex, const std::string& haystack) const {
    const reference::Variant* variant = reference::find_variant(name, Semantics::kLeftmostLongest);
    if (variant == nullptr || q_.semantics != Semantics::kLeftmostLongest) return false;
    reference::ReadingMatcher matcher(variant->reading, regex, bench_.workspace(q_.encoding));
    Slots slots;
    const bool match = matcher.match(haystack, slots) == reference::MatchStatus::kMatch;
    const Found found = bench_.find("reference", q_, regex, haystack);
    return !found.silent() && (found.match() != match || (match && found.slots != slots));
  }

  const Question& q_;
  Workbench& bench_;
  std::size_t which_;
};

const bool kShrinks =
    law("shrink-minimum",
        "The shrinker ends, keeps the property, never goes up, and stops where no single reduction keeps "
        "it; shrunk again, nothing changes.",
        {.max_nodes = 14, .max_bytes = 12, .knobs = Kept::kWays, .cost = 10}, [](const Question& q, Workbench& bench) {
          const Kept keeps(q, bench);
          const Regex regex = syntax::renumber_groups(q.regex);
          if (!keeps(regex, q.haystack)) return does_not_apply();
          const ShrinkResult result = harness::shrink(regex, q.haystack, q.encoding, keeps);
          const std::string shrunk = shown(q) + " shrunk to " + shown(result.regex, q) + " on \"" +
                                     syntax::escape_bytes(result.haystack) + "\"";
          if (!keeps(result.regex, result.haystack)) return fails("property lost", shrunk);
          const harness::ShrinkCost cost = harness::cost(result.regex, result.haystack);
          if (cost > harness::cost(regex, q.haystack)) return fails("larger", shrunk);
          if (!result.complete)
            return fails("not at an end", shrunk + " after " + std::to_string(result.probes) + " probes");
          const auto keeps_cheaper = [&](const Regex& r, const std::string& h) {
            return harness::cost(r, h) < cost && keeps(syntax::renumber_groups(r), h);
          };
          for (const std::string& h : harness::reductions(result.haystack, q.encoding)) {
            if (keeps_cheaper(result.regex, h))
              return fails("haystack", shrunk + ", not to " + syntax::escape_bytes(h));
          }
          for (const Regex& r : harness::reductions(result.regex, q.encoding)) {
            if (keeps_cheaper(r, result.haystack)) return fails("tree", shrunk + ", not to " + shown(r, q));
          }
          for (const auto& [r, h] : harness::renamings(result.regex, result.haystack)) {
            if (keeps_cheaper(r, h)) return fails("letters", shrunk + ", not to " + shown(r, q));
          }
          const ShrinkResult again = harness::shrink(result.regex, result.haystack, q.encoding, keeps);
          if (!syntax::equal(again.regex, result.regex) || again.haystack != result.haystack)
            return fails("again", shrunk);
          return holds();
        });

const bool kReductions =
    law("shrink-reductions",
        "Every reduction of a tree is a well-formed tree that prints and reads back; of the smaller "
        "ones one has each child.",
        {.max_nodes = 14, .cost = 8}, [](const Question& q, Workbench&) {
          const std::vector<Regex> all = harness::reductions(q.regex, q.encoding);
          for (const Regex& r : all) {
            const Regex numbered = syntax::renumber_groups(r);
            const std::string text = syntax::to_text(numbered, q.encoding);
            syntax::ParseOptions options;
            options.encoding = q.encoding;
            options.limits.repeat_count = 1'000'000;
            const auto tree = syntax::parse(text, options);
            if (!tree || !syntax::equal(*tree, numbered))
              return fails("text", "\"" + syntax::escape_bytes(text) + "\"");
          }
          for (const Regex& child : q.regex->children()) {
            if (std::none_of(all.begin(), all.end(), [&](const Regex& r) { return r == child; })) {
              return fails("child", shown(q.regex, q) + " is not reduced to " + shown(child, q));
            }
          }
          return holds();
        });

bool same(const Case& a, const Case& b) {
  const auto answers = [](const Case& c) {
    std::string all;
    for (const harness::RecordedAnswer& answer : c.answers) {
      all += answer.engine + '\0' + answer.version + '\0' + answer.outcome + '\0';
    }
    return all;
  };
  return a.name == b.name && a.pattern == b.pattern && a.haystack == b.haystack && a.dialect == b.dialect &&
         a.encoding == b.encoding && a.icase == b.icase && a.multiline == b.multiline && a.dot_all == b.dot_all &&
         a.max_repeat == b.max_repeat && a.semantics == b.semantics && a.expected == b.expected && a.rule == b.rule &&
         a.engine == b.engine && a.kind == b.kind && a.cause == b.cause && a.provenance == b.provenance &&
         a.replay == b.replay && answers(a) == answers(b);
}

/// A case with all its fields as the knob says.
Case some_case(const Question& q, Workbench& bench) {
  Decisions decisions(q);
  Case c;
  c.name = "case '" + std::to_string(q.knob) + "' \"of\" #1";
  c.pattern = syntax::to_text(q.regex, q.encoding);
  c.haystack = q.haystack;
  c.encoding = q.encoding;
  c.semantics = q.semantics;
  c.dialect = decisions.take(2) == 0 ? syntax::Dialect::kPerl : syntax::Dialect::kEre;
  c.icase = decisions.take(2) == 1;
  c.multiline = decisions.take(2) == 1;
  c.dot_all = decisions.take(2) == 1;
  if (decisions.take(2) == 1) c.max_repeat = 77;
  if (decisions.take(2) == 1) {
    const Found found = bench.find("reference", q);
    c.expected = found.match() ? harness::Answer(found.slots) : harness::Answer();
    c.rule = "A3 '''";
  }
  if (decisions.take(2) == 1) {
    c.engine = "pikevm";
    c.kind = "captures";
    c.cause = "unknown";
    c.provenance = "law \\ \"x\" = 1";
    c.replay = "redoubt replay 'a b'";
    c.answers.push_back({"pikevm", "0.1", "(0,1)(?,?)"});
    c.answers.push_back({"re2", "2 \\ \"", "rejected: \"'"});
  }
  return c;
}

const bool kCaseFiles =
    law("case-file-round-trip",
        "A case written to TOML is read back the same, whatever bytes its pattern and haystack have.",
        {.max_nodes = 12, .knobs = 128, .cost = 2}, [](const Question& q, Workbench& bench) {
          const Case c = some_case(q, bench);
          Case other = c;
          other.name += " twice";
          std::reverse(other.haystack.begin(), other.haystack.end());
          const std::string toml = harness::write_cases({c, other});
          const auto read = harness::parse_cases(toml, "law.toml");
          if (!read) return fails("refused", read.error().message);
          if (read->size() != 2 || !same((*read)[0], c) || !same((*read)[1], other)) {
            return fails("another case", shown(q) + " in\n" + toml);
          }
          if (harness::write_cases(*read) != toml) return fails("another text", shown(q));
          return holds();
        });

const bool kAnswers = law("case-answer-round-trip", "An answer's text is read back as the answer.",
                          {.max_nodes = 14, .cost = 1}, [](const Question& q, Workbench& bench) {
                            const Found found = bench.find("reference", q);
                            if (found.silent()) return does_not_apply();
                            const harness::Answer answer =
                                found.match() ? harness::Answer(found.slots) : harness::Answer();
                            const auto read = harness::parse_answer(harness::to_string(answer));
                            if (read && *read == answer) return holds();
                            return fails("answer", harness::to_string(answer));
                          });

}  // namespace
}  // namespace redoubt::properties
