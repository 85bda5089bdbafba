// The rules of simplification, one function each, with the side condition under which it keeps the answers and why.
// Internal to simplify(). A rule may rely on what lies below it being simplified already, never on another rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <vector>

#include "pikevm/simplify.h"
#include "pikevm/simplify_facts.h"

namespace redoubt::pikevm {

/// What the surroundings of a node can notice of it, and so what a rewriting must keep.
enum class Notice : std::uint8_t {
  /// Leftmost-longest, no group inside: A6 only asks which spans the node matches at which locations, so everything is
  /// allowed that keeps this set. The set of a repeat is the union of those of k copies in a row, min <= k <= max (an
  /// empty iteration that A2 forbids can be left out).
  kExtent,
  /// Leftmost-longest, a group inside: the best tree of A3, as far as it sets groups.
  kTree,
  /// Leftmost-first: at each location, the ends in order of priority, each with its groups. Of several ends alike only
  /// the first counts, for what follows is the same (B1). Policy `re2` ends a path only where an earlier one passed
  /// with more priority, so it keeps this list, unless the node lies on a way round that consumes nothing.
  kOrder,
  /// Leftmost-first, within an unbounded repeat whose body can be empty: policy `re2` (B3) notices every point of the
  /// program, so only what compiles to the same points may change, but for points with one way out and splits between
  /// the same ways in the same order.
  kShape,
};

/// One call of simplify().
struct Rewriting {
  Rules on;
  Rules fired = Rules::none();

  bool may(Rule r) const { return on.has(r); }
  void fire(Rule r) { fired = fired.with(r); }
};

/// Of a child: what a leftmost-longest node with groups is to its neighbours, its parts without groups need not be.
inline Notice notice_of(Notice outside, const syntax::Node& node) {
  return outside == Notice::kTree && group_free(node) ? Notice::kExtent : outside;
}

using Parts = std::vector<syntax::Regex>;
using PartsView = syntax::View<syntax::Regex>;

/// No tree grows deeper than this by factoring.
inline constexpr std::uint32_t kMaxDepth = 1000;
/// No count grows beyond this by adding or multiplying.
inline constexpr std::uint64_t kMaxCount = 1'000'000'000;

// --- Concats (simplify_concat.cc). Each returns whether it changed the parts. ---

/// A quick look whether any rule might fire: false is certain.
bool concat_may_change(PartsView parts, Notice notice);
/// A part that never matches: neither does the concat, wherever it stands. Its groups are never set, so that they are
/// unset with and without it. (kShape: the points that go lead nowhere.)
bool fail_of_part(Rewriting& w, Parts& parts);
/// (?:ab)c is abc. Leftmost-first: always, the program is the same. kExtent: always. kTree: in the last place always,
/// for A3 reads abc as a(bc); elsewhere where all parts of the inner concat but its last have a fixed width, as then
/// the inner concat is longest just where its last part is, and its other parts do not depend on that.
bool flatten_concat(Rewriting& w, Parts& parts, Notice notice);
/// An empty part matches empty everywhere, in one way.
bool drop_empty_parts(Rewriting& w, Parts& parts);
/// x{n,m}x{k,l} is x{n+k,m+l} for x without groups (x itself counts as x{1}).
/// kExtent, and the last parts of a kTree concat if none of them has a group (A3: a(bc), and bc is a node of its own):
/// always, intervals add up.
/// kTree otherwise: where x has a fixed width above 0. Both take as many copies in all as what follows allows: if the
/// first takes its most, the second takes what remains of the best total; if not, the second takes its least.
/// kOrder: where x has a fixed width above 0 and both are greedy, or both lazy, or one of them has n = m: the totals
/// come in descending (ascending) order. Or, for any x, where the first has n = m: so x{n+k,m+l} unrolls (B3; if the
/// second is unbounded, x must not be able to be empty, as then its loop has points of its own).
bool coalesce_repeats(Rewriting& w, Parts& parts, Notice notice);
/// ab(c) is (?:ab)(c), for the matcher follows every part beside a group: kTree only, parts without groups, under the
/// condition that flatten_concat() has for the way back.
bool bundle_parts(Rewriting& w, Parts& parts, Notice notice);

// --- Repeats (simplify_repeat.cc) ---

struct Bounds {
  std::uint32_t min;
  std::uint32_t max;
  bool greedy;
};

/// The repeat in another form, or nothing where no rule fires. `body` is simplified; `level`: how deep in the tree
/// the repeat stands.
std::optional<syntax::Regex> simplify_repeat(Rewriting& w, const syntax::Regex& body, Bounds bounds, Notice notice,
                                             std::uint32_t level);
/// x that never matches: x{0,m} is empty, x{n,m} never matches either.
std::optional<syntax::Regex> fail_of_body(Rewriting& w, const syntax::Node& body, Bounds bounds);
/// x{0} and a repeat of empty are empty: {0} leaves its groups unset (E). x{1} is x: one iteration, entered where x is.
std::optional<syntax::Regex> trivial_repeat(Rewriting& w, const syntax::Regex& body, Bounds bounds);
/// x without groups that only matches empty spans: x{0,m} is empty, x{n,m} is x. Not kShape, for points go.
std::optional<syntax::Regex> zero_width_repeat(Rewriting& w, const syntax::Regex& body, Bounds bounds, Notice notice);
/// (?:x{n,m}){k,l} is x{kn,lm} for x without groups, where the totals have no gap: k = l, or the totals of j copies
/// reach up to those of j+1, from j = k on.
/// kExtent: always, that is all that counts. kOrder: where x has a fixed width above 0, both repeats are greedy or both
/// lazy (one with n = m is either), and n <= 1 or k = l: then the totals come in descending (ascending) order; with
/// n > 1, an iteration that took much may leave too little for another, and then a larger total comes later.
std::optional<syntax::Regex> nested_repeat(Rewriting& w, const syntax::Regex& body, Bounds bounds, Notice notice);
/// The body of an unbounded repeat, kExtent, which may take 0 iterations or whose body matches empty everywhere: a
/// branch x*, x+, x? stands for x, a concat of parts that all match empty everywhere for the alternate of its parts,
/// and a branch of zero width for nothing: (?:a*b*|^)* is (?:a|b)*. Both sides match all sequences of the branches, as
/// either may leave out the empty ones.
std::optional<syntax::Regex> star_body(Rewriting& w, const syntax::Regex& body, Bounds bounds, Notice notice,
                                       std::uint32_t level);

// --- Alternates (simplify_alternate.cc, simplify_factor.cc) ---

/// A quick look whether any rule might fire: false is certain, but for duplicates far apart.
bool alternate_may_change(PartsView branches, Notice notice);

/// The rewriting of one alternate; the branches must outlive it.
class Alternation {
 public:
  /// `level`: how deep in the tree the alternate stands.
  Alternation(Rewriting& w, std::uint32_t level) : w_(w), level_(level) {}

  /// The alternate in another form, or nothing where no rule fired.
  std::optional<syntax::Regex> simplify(PartsView branches, Notice notice);

 private:
  /// A branch as a stretch of parts of a concat (of none: empty).
  struct Branch {
    const syntax::Regex* first = nullptr;
    std::size_t count = 0;
    const syntax::Regex* whole = nullptr;  ///< the branch as it was given, unless it was cut
    bool group_free = true;
    std::uint32_t depth = 1;  ///< of what was given

    const syntax::Regex& last() const { return first[count - 1]; }
    const syntax::CharClass* lone_class() const;
  };
  using Branches = std::vector<Branch>;
  /// Branches [begin,end) that share their first, or last, `shared` parts.
  struct Group {
    std::size_t begin, end, shared;
    Notice notice;  ///< of the alternate of what remains of them
  };

  syntax::Regex build(Branches branches, Notice notice);
  static Branch branch_of(const syntax::Regex& r);
  Branch keep(syntax::Regex r);
  static syntax::Regex regex_of(const Branch& b);

  /// (?:a|b)|c is a|b|c. Always: A3 asks for the lower branch first outside, then inside; B1 reads on in the written
  /// order, and the splits of kShape lead the same ways in the same order.
  void flatten(PartsView branches, Branches& out);
  /// A branch that never matches goes, as in fail_of_part.
  void drop_failing(Branches& branches);
  /// ab|c|ad is ab|ad|c. Branches that each must begin with a unit of a class change places where the classes are
  /// disjoint: at a location only one of them can match, so neither the lower number (A3) nor priority (B1) decides
  /// between them. kExtent: without that condition. Not kShape.
  void gather(Branches& branches, Notice notice);
  static bool may_gather(const Branches& branches);
  /// pa|pb is p(?:a|b) for p without groups, in adjacent branches. kExtent (also of adjacent branches without groups in
  /// an alternate that has some: A3 need not choose between them): any p. kTree: p of fixed width, as else A3 decides
  /// on the branch first and on the length of p after, where p(?:a|b) does so in the other order. kOrder: p of fixed
  /// width, as else p's second end with a comes before its first with b. Not kShape.
  void factor_prefixes(Branches& branches, Notice notice);
  /// as|bs is (?:a|b)s for s without groups, in adjacent branches. kExtent: any s. kOrder: any s, for all ends with a
  /// come before those with b in both. kTree: s of fixed width, as else A3 decides on the branch first and on the
  /// length of a after. Not kShape.
  void factor_suffixes(Branches& branches, Notice notice);
  /// a|b is [ab] for adjacent branches of one class each. Always: neither has a group, both end at the same place, and
  /// kShape loses only a split and a point that nothing else leads to.
  void merge_classes(Branches& branches);
  /// Of two equal branches without groups the later one goes: A3 prefers the lower number, B1 has had all its ends.
  /// Not kShape.
  void drop_duplicates(Branches& branches);
  /// a|b|(c) is (?:a|b)|(c): the way back of flatten(). kTree only, adjacent branches without groups; inside it is then
  /// kExtent that counts.
  void bundle(Branches& branches, Notice notice);
  /// x|y| is (?:x|y)?, |x is x??. kOrder: the empty branch comes last (first); the same splits. kExtent: wherever it
  /// stands. Not kTree: of (|(a*)) on an empty span A3 takes the first branch, but of (?:(a*))? the iteration.
  bool take_empty_branch(Branches& branches, Notice notice, Bounds& bounds);

  static bool worth_it(const Branches& branches, const Group& group);
  static std::size_t common_length(const Branches& branches, const Group& group, bool at_end);
  bool may_share(const Branch& b, const syntax::Regex& part, Notice notice, bool at_end) const;
  void factor(Branches& branches, Notice notice, bool at_end);
  syntax::Regex joined(Branches& branches, const Group& group, bool at_end);
  bool may_deepen(const Branches& branches, const Group& group) const;

  Rewriting& w_;
  std::uint32_t level_;
  bool changed_ = false;
  std::list<syntax::Regex> kept_;  ///< what branches point to that was made here
};

}  // namespace redoubt::pikevm
