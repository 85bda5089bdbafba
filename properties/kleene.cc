#include "properties/kleene.h"

#include <algorithm>
#include <iterator>

#include "generate/haystack_gen.h"
#include "generate/regex_gen.h"
#include "reference/longest_matcher.h"
#include "syntax/parser.h"

namespace redoubt::properties {

using syntax::alternate;
using syntax::concat;
using syntax::empty;
using syntax::kInfinite;
using syntax::NodeKind;
using syntax::Regex;
using syntax::repeat;

namespace {

using V = const Variables&;

Regex star(const Regex& r) { return repeat(r, 0, kInfinite); }
Regex plus(const Regex& r) { return repeat(r, 1, kInfinite); }
Regex opt(const Regex& r) { return repeat(r, 0, 1); }
Regex none() { return syntax::char_class(syntax::CharClass()); }

const Equation kEquations[] = {
    {"alternate-associates", "r|(s|t)", "(r|s)|t", 3,
     [](V v) {
       return alternate({v.r, alternate({v.s, v.t})});
     },
     [](V v) {
       return alternate({alternate({v.r, v.s}), v.t});
     },
     true},
    {"alternate-commutes", "r|s", "s|r", 2,
     [](V v) {
       return alternate({v.r, v.s});
     },
     [](V v) {
       return alternate({v.s, v.r});
     },
     false},
    {"alternate-idempotent", "r|r", "r", 1,
     [](V v) {
       return alternate({v.r, v.r});
     },
     [](V v) { return v.r; }, true},
    {"alternate-none", "∅|r", "r", 1,
     [](V v) {
       return alternate({none(), v.r});
     },
     [](V v) { return v.r; }, true},
    {"concat-associates",
     "r(st)",
     "(rs)t",
     3,
     [](V v) {
       return concat({v.r, concat({v.s, v.t})});
     },
     [](V v) {
       return concat({concat({v.r, v.s}), v.t});
     },
     false,
     {"(a?)", "(?:a{2})*", "a*", "aa"}},
    {"concat-empty-left", "()r", "r", 1,
     [](V v) {
       return concat({empty(), v.r});
     },
     [](V v) { return v.r; }, true},
    {"concat-empty-right", "r()", "r", 1,
     [](V v) {
       return concat({v.r, empty()});
     },
     [](V v) { return v.r; }, true},
    {"concat-none", "r∅", "∅", 1,
     [](V v) {
       return concat({v.r, none()});
     },
     [](V) { return none(); }, true},
    {"distributes-left", "r(s|t)", "rs|rt", 3,
     [](V v) {
       return concat({v.r, alternate({v.s, v.t})});
     },
     [](V v) {
       return alternate({concat({v.r, v.s}), concat({v.r, v.t})});
     },
     false},
    {"distributes-right", "(r|s)t", "rt|st", 3,
     [](V v) {
       return concat({alternate({v.r, v.s}), v.t});
     },
     [](V v) {
       return alternate({concat({v.r, v.t}), concat({v.s, v.t})});
     },
     false},
    {"star-unrolls", "r*", "rr*|()", 1, [](V v) { return star(v.r); },
     [](V v) {
       return alternate({concat({v.r, star(v.r)}), empty()});
     },
     false},
    {"star-unrolls-empty-first", "r*", "()|rr*", 1, [](V v) { return star(v.r); },
     [](V v) {
       return alternate({empty(), concat({v.r, star(v.r)})});
     },
     false},
    {"star-unrolls-right", "r*", "r*r|()", 1, [](V v) { return star(v.r); },
     [](V v) {
       return alternate({concat({star(v.r), v.r}), empty()});
     },
     false},
    {"star-of-star", "(r*)*", "r*", 1, [](V v) { return star(star(v.r)); }, [](V v) { return star(v.r); }, true},
    {"star-of-plus", "(r+)*", "r*", 1, [](V v) { return star(plus(v.r)); }, [](V v) { return star(v.r); }, true},
    {"star-of-optional", "(r?)*", "r*", 1, [](V v) { return star(opt(v.r)); }, [](V v) { return star(v.r); }, true},
    {"plus-of-star", "(r*)+", "r*", 1, [](V v) { return plus(star(v.r)); }, [](V v) { return star(v.r); }, true},
    {"optional-star", "(r*)?", "r*", 1, [](V v) { return opt(star(v.r)); }, [](V v) { return star(v.r); }, true},
    {"optional-plus", "(r+)?", "r*", 1, [](V v) { return opt(plus(v.r)); }, [](V v) { return star(v.r); }, true},
    {"star-twice", "r*r*", "r*", 1,
     [](V v) {
       return concat({star(v.r), star(v.r)});
     },
     [](V v) { return star(v.r); }, false},
    {"star-absorbs", "r|r*", "r*", 1,
     [](V v) {
       return alternate({v.r, star(v.r)});
     },
     [](V v) { return star(v.r); }, true},
    {"denests", "(r|s)*", "r*(sr*)*", 2,
     [](V v) {
       return star(alternate({v.r, v.s}));
     },
     [](V v) {
       return concat({star(v.r), star(concat({v.s, star(v.r)}))});
     },
     false},
    {"denests-product", "(r|s)*", "(r*s*)*", 2,
     [](V v) {
       return star(alternate({v.r, v.s}));
     },
     [](V v) {
       return star(concat({star(v.r), star(v.s)}));
     },
     false},
    {"slides", "(rs)*r", "r(sr)*", 2,
     [](V v) {
       return concat({star(concat({v.r, v.s})), v.r});
     },
     [](V v) {
       return concat({v.r, star(concat({v.s, v.r}))});
     },
     false},
    {"plus-unrolls", "r+", "rr*", 1, [](V v) { return plus(v.r); },
     [](V v) {
       return concat({v.r, star(v.r)});
     },
     false},
    {"plus-unrolls-right", "r+", "r*r", 1, [](V v) { return plus(v.r); },
     [](V v) {
       return concat({star(v.r), v.r});
     },
     false},
    {"optional-is-alternate", "r?", "r|()", 1, [](V v) { return opt(v.r); },
     [](V v) {
       return alternate({v.r, empty()});
     },
     true},
    {"optional-empty-first", "r?", "()|r", 1, [](V v) { return opt(v.r); },
     [](V v) {
       return alternate({empty(), v.r});
     },
     false},
    {"twice", "r{2}", "rr", 1, [](V v) { return repeat(v.r, 2, 2); },
     [](V v) {
       return concat({v.r, v.r});
     },
     false},
    {"once-or-twice", "r{1,2}", "rr?", 1, [](V v) { return repeat(v.r, 1, 2); },
     [](V v) {
       return concat({v.r, opt(v.r)});
     },
     false},
    {"once-or-twice-alternate", "r{1,2}", "r|rr", 1, [](V v) { return repeat(v.r, 1, 2); },
     [](V v) {
       return alternate({v.r, concat({v.r, v.r})});
     },
     false},
    {"up-to-twice", "r{0,2}", "(rr?)?", 1, [](V v) { return repeat(v.r, 0, 2); },
     [](V v) {
       return opt(concat({v.r, opt(v.r)}));
     },
     false},
    {"at-least-twice", "r{2,}", "rr+", 1, [](V v) { return repeat(v.r, 2, kInfinite); },
     [](V v) {
       return concat({v.r, plus(v.r)});
     },
     false},
    {"bounds-add", "r{2,3}", "r{2}r?", 1, [](V v) { return repeat(v.r, 2, 3); },
     [](V v) {
       return concat({repeat(v.r, 2, 2), opt(v.r)});
     },
     false},
};

Regex shifted(const Regex& r, std::uint32_t by) {
  std::vector<Regex> children;
  for (const Regex& child : r->children()) children.push_back(shifted(child, by));
  if (r->kind() == NodeKind::kGroup && r->group() != 0) return syntax::group(children[0], r->group() + by);
  return children.empty() ? r : syntax::with_children(*r, std::move(children));
}

void collect_groups(const Regex& r, std::vector<std::uint32_t>& out) {
  if (r->kind() == NodeKind::kGroup && r->group() != 0) out.push_back(r->group());
  for (const Regex& child : r->children()) collect_groups(child, out);
}

Slots answer(const Side& side, const std::string& haystack, std::uint32_t groups, reference::Workspace& workspace,
             bool& limit) {
  reference::LongestMatcher matcher(workspace, side.regex);
  Slots slots;
  const reference::MatchStatus status = matcher.match(haystack, slots);
  limit |= status == reference::MatchStatus::kLimit;
  return status == reference::MatchStatus::kMatch ? spans_of(side, slots, groups) : Slots{};
}

std::string shown(const Slots& slots) { return slots.empty() ? "no match" : to_string(slots); }

}  // namespace

std::span<const Equation> equations() { return kEquations; }

Variables numbered(const Variables& v) {
  Variables out{syntax::renumber_groups(v.r), syntax::renumber_groups(v.s), syntax::renumber_groups(v.t)};
  const std::uint32_t after_r = out.r->max_group();
  out.s = shifted(out.s, after_r);
  out.t = shifted(out.t, after_r + syntax::renumber_groups(v.s)->max_group());
  return out;
}

Side side(Regex (*build)(const Variables&), const Variables& v) {
  Side out;
  const Regex regex = build(v);
  collect_groups(regex, out.groups);
  out.regex = syntax::renumber_groups(regex);
  return out;
}

Slots spans_of(const Side& side, const Slots& slots, std::uint32_t groups) {
  Slots spans(1 + groups);
  spans[0] = slots[0];
  for (std::size_t k = 0; k < side.groups.size(); ++k) {
    if (slots[k + 1].is_set()) spans[side.groups[k]] = slots[k + 1];
  }
  return spans;
}

std::optional<Counterexample> apart(const Equation& equation, const Variables& v, const std::string& haystack,
                                    reference::Workspace& workspace) {
  const Variables n = numbered(v);
  const std::uint32_t groups = std::max({n.r->max_group(), n.s->max_group(), n.t->max_group()});
  bool limit = false;
  const Slots left = answer(side(equation.left, n), haystack, groups, workspace, limit);
  const Slots right = answer(side(equation.right, n), haystack, groups, workspace, limit);
  if (limit || left == right) return std::nullopt;
  return Counterexample{n, haystack, shown(left), shown(right), 0};
}

std::optional<Counterexample> recorded_counterexample(const Equation& equation, reference::Workspace& workspace) {
  if (equation.recorded[0] == nullptr) return std::nullopt;
  Variables v;
  for (int k = 0; k < 3; ++k) (k == 0 ? v.r : k == 1 ? v.s : v.t) = *syntax::parse(equation.recorded[k]);
  auto found = apart(equation, v, equation.recorded[3], workspace);
  if (found) found->nodes = v.r->size() + v.s->size() + v.t->size();
  return found;
}

namespace {

class Search {
 public:
  Search(const Equation& equation, std::uint32_t max_bytes, reference::Workspace& workspace)
      : equation_(equation), workspace_(workspace) {
    generate::GrammarSettings settings;
    settings.rename = false;
    space_.emplace(*generate::RegexSpace::make(settings, 6));
    strings_.emplace(*generate::StringSpace::make({"a", "b"}, max_bytes));
  }

  /// The best with just so many nodes.
  std::optional<Counterexample> of(std::uint32_t nodes) {
    best_.reset();
    Variables v{empty(), empty(), empty()};
    fill(v, 0, nodes);
    if (best_) best_->nodes = nodes;
    return best_;
  }

 private:
  void fill(Variables& v, int variable, std::uint32_t nodes) {
    if (variable == equation_.variables) return ask(v);
    const auto later = static_cast<std::uint32_t>(equation_.variables - variable - 1);
    Regex& place = variable == 0 ? v.r : variable == 1 ? v.s : v.t;
    // The last variable takes all that is left.
    for (std::uint32_t size = later == 0 ? nodes : 1; size + later <= nodes; ++size) {
      for (std::uint64_t k = 0; k < space_->count(size); ++k) {
        place = space_->at(size, k);
        fill(v, variable + 1, nodes - size);
      }
    }
    place = empty();
  }

  void ask(const Variables& v) {
    const Variables n = numbered(v);
    const std::uint32_t groups = std::max({n.r->max_group(), n.s->max_group(), n.t->max_group()});
    if (groups == 0) return;  // nothing to differ in
    const Side left = side(equation_.left, n), right = side(equation_.right, n);
    reference::LongestMatcher left_matcher(workspace_, left.regex), right_matcher(workspace_, right.regex);
    Slots x, y;
    for (std::string_view h : strings_->all()) {
      // Only a shorter haystack would be better.
      if (best_ && h.size() >= best_->haystack.size()) return;
      const reference::MatchStatus found = left_matcher.match(h, x);
      if (right_matcher.match(h, y) != reference::MatchStatus::kMatch || found != reference::MatchStatus::kMatch) {
        continue;
      }
      const Slots a = spans_of(left, x, groups), b = spans_of(right, y, groups);
      if (a != b) best_ = Counterexample{n, std::string(h), shown(a), shown(b), 0};
    }
  }

  const Equation& equation_;
  reference::Workspace& workspace_;
  std::optional<generate::RegexSpace> space_;
  std::optional<generate::StringSpace> strings_;
  std::optional<Counterexample> best_;
};

}  // namespace

std::optional<Counterexample> smallest_counterexample(const Equation& equation, std::uint32_t max_nodes,
                                                      std::uint32_t max_bytes, reference::Workspace& workspace) {
  Search search(equation, max_bytes, workspace);
  for (auto nodes = static_cast<std::uint32_t>(equation.variables); nodes <= max_nodes; ++nodes) {
    if (auto found = search.of(nodes)) return found;
  }
  return std::nullopt;
}

}  // namespace redoubt::properties
