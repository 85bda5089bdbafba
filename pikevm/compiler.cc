// How code is laid out. The emitter keeps the arrows that have no target yet ("holes"); whatever is emitted next
// becomes the target of all of them. An empty fragment emits nothing and leaves the holes as they are. So code lies in
// the order of the pattern, fragments are entered at their first instruction, and only loops point back.
#include "pikevm/compiler.h"

#include <algorithm>
#include <array>
#include <atomic>

#include <fmt/format.h>

#include "pikevm/simplify.h"
#include "pikevm/tree_facts.h"
#include "syntax/mutants.h"
#include "syntax/small_stack.h"

namespace redoubt::pikevm {

namespace {

using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

/// A list of arrows without a target, threaded through the very fields to be filled: hole 2a is insts[a].out, hole
/// 2a+1 is insts[a].arg.
struct Holes {
  static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);
  std::uint32_t head = kNone;
  std::uint32_t tail = kNone;
};

class Emitter {
 public:
  explicit Emitter(const Options& options)
      : options_(options), limit_(std::min(options.program_budget_bytes / sizeof(Inst), kMaxInsts)) {
    single_.fill(kNoClass);
    program_->insts.reserve(48);
  }

  /// `tree` has the answers of `whole`, and is what is compiled; it outlives the call.
  CompileResult run(Regex whole, const Node& tree, bool simplified);

 private:
  static constexpr std::uint8_t kNoClass = 0xFF;
  /// A hole's number, twice an address and one, fits 32 bits.
  static constexpr std::size_t kMaxInsts = std::size_t{1} << 30;

  Address here() const { return static_cast<Address>(program_->insts.size()); }
  std::uint32_t& hole(std::uint32_t h) {
    Inst& inst = program_->insts[h / 2];
    return h % 2 ? inst.arg : inst.out;
  }
  Address emit(Op op, std::uint8_t detail, std::uint32_t arg, std::uint32_t height = 0);
  void fill(Holes holes, Address target);
  Holes join(Holes a, Holes b);
  /// A split whose preferred way is the next instruction emitted; returns the other way.
  Holes split_here();
  /// After a loop's body: back to `entry` or on, the former preferred if `again_first`. `op`: kSplit or kLoop.
  void loop_back(Address entry, bool again_first, Op op = Op::kSplit);

  std::uint32_t class_index(const syntax::CharClass& c);
  void leaf(const Node& node);
  /// Leftmost-first, and the parts of a leftmost-longest program that bear on no group.
  void plain(const Node& node);
  void plain_repeat(const Node& node);
  void star(const Node& body, bool greedy);
  void plus(const Node& body, bool greedy);
  void optional_copies(const Node& body, std::uint32_t copies, bool greedy);

  // Leftmost-longest, nodes with a group inside or beside them; h is the node's height in the tree.
  void marked(const Node& node, std::uint32_t h);
  void tag(TagKind kind, std::uint32_t height, std::uint32_t arg) {
    emit(Op::kTag, static_cast<std::uint8_t>(kind), arg, height);
  }
  void inside(const Node& node, std::uint32_t h);
  void concat_inside(const Node& node, std::uint32_t h);
  void alternate_inside(const Node& node, std::uint32_t h);
  void repeat_inside(const Node& node, std::uint32_t h);
  std::uint32_t collect_groups(const Node& node);
  void collect_groups(const Node& node, std::size_t first);
  /// Skips a node: its groups are nil_ranges[begin, end).
  void nil(std::uint32_t begin, std::uint32_t end, std::uint32_t height);
  void nil(const Node& node, std::uint32_t height) {
    auto begin = static_cast<std::uint32_t>(program_->nil_ranges.size());
    nil(begin, collect_groups(node), height);
  }

  const Options& options_;
  std::size_t limit_;
  bool too_large_ = false;
  std::uint32_t copies_around_ = 0;  ///< repeats with optional copies that are being emitted
  std::uint32_t loops_around_ = 0;   ///< that check for progress
  /// Members have their initializers; the zeroes that make_shared would write first are a cost of small patterns.
  std::shared_ptr<Program> program_ = std::make_shared_for_overwrite<Program>();
  Holes holes_;
  syntax::SmallStack<const syntax::CharClass*, 32> classes_;  ///< distinct ones, in the tree
  std::vector<std::uint32_t> sorted_;     ///< indices into classes_ of those that single_ lacks, in order
  std::array<std::uint8_t, 256> single_;  ///< of each byte, the index of its class if it is one of the first
};

Address Emitter::emit(Op op, std::uint8_t detail, std::uint32_t arg, std::uint32_t height) {
  Address at = here();
  if (at >= limit_) {
    too_large_ = true;
    return 0;
  }
  fill(holes_, at);
  Inst& inst = program_->insts.emplace_back();
  inst.op = op;
  inst.detail = detail;
  inst.out = Holes::kNone;
  inst.arg = arg;
  inst.height = height;
  holes_ = {2 * at, 2 * at};
  return at;
}

void Emitter::fill(Holes holes, Address target) {
  for (std::uint32_t h = holes.head; h != Holes::kNone;) {
    std::uint32_t& field = hole(h);
    h = field;
    field = target;
  }
}

Holes Emitter::join(Holes a, Holes b) {
  if (a.head == Holes::kNone) return b;
  if (b.head == Holes::kNone) return a;
  hole(a.tail) = b.head;
  return {a.head, b.tail};
}

Holes Emitter::split_here() {
  Address at = emit(Op::kSplit, 0, Holes::kNone);
  return too_large_ ? Holes{} : Holes{2 * at + 1, 2 * at + 1};
}

void Emitter::loop_back(Address entry, bool again_first, Op op) {
  bool checks = op == Op::kLoop;
  Address at = emit(op, checks && again_first ? 1 : 0, Holes::kNone, checks ? loops_around_ : 0);
  if (too_large_) return;
  std::uint32_t back = 2 * at + (again_first ? 0 : 1);
  std::uint32_t leave = 2 * at + (again_first ? 1 : 0);
  hole(back) = entry;
  holes_ = {leave, leave};
}

std::uint32_t Emitter::class_index(const syntax::CharClass& c) {
  bool byte = c.is_single() && c.front() < 256;
  if (byte && single_[c.front()] != kNoClass) return single_[c.front()];
  auto place = sorted_.end();
  const bool listed = !byte || classes_.size() >= kNoClass;
  if (listed) {
    place = std::lower_bound(sorted_.begin(), sorted_.end(), c,
                             [&](std::uint32_t k, const syntax::CharClass& x) { return *classes_[k] < x; });
    if (place != sorted_.end() && *classes_[*place] == c) return *place;
  }
  auto index = static_cast<std::uint32_t>(classes_.size());
  classes_.push(&c);
  if (listed) {
    sorted_.insert(place, index);
  } else {
    single_[c.front()] = static_cast<std::uint8_t>(index);
  }
  return index;
}

void Emitter::leaf(const Node& node) {
  if (node.kind() == NodeKind::kClass) {
    ++program_->positions;
    emit(Op::kClass, 0, class_index(node.char_class()));
  } else if (node.kind() == NodeKind::kLook) {
    program_->looks_used |= std::uint32_t{1} << static_cast<int>(node.look());
    emit(Op::kLook, static_cast<std::uint8_t>(node.look()), 0);
  }
}

void Emitter::plain(const Node& node) {
  if (too_large_) return;
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
      return leaf(node);
    case NodeKind::kConcat:
      for (const Regex& child : node.children()) plain(*child);
      return;
    case NodeKind::kAlternate: {
      Holes ends;
      for (std::size_t k = 0; k + 1 < node.children().size(); ++k) {
        Holes others = split_here();
        if (REDOUBT_MUTANT(right_branch_first)) std::swap(others, holes_);
        plain(*node.children()[k]);
        ends = join(ends, holes_);
        holes_ = others;
      }
      plain(*node.children().back());
      holes_ = join(ends, holes_);
      return;
    }
    case NodeKind::kRepeat:
      return plain_repeat(node);
    case NodeKind::kGroup: {
      bool saves = node.group() > 0;
      if (saves) emit(Op::kSave, 0, 2 * (node.group() - 1));
      plain(*node.child());
      if (saves) emit(Op::kSave, 0, 2 * (node.group() - 1) + 1);
      return;
    }
  }
}

void Emitter::plain_repeat(const Node& node) {
  const Node& body = *node.child();
  if (node.max() == 0) return;
  bool unbounded = node.max() == syntax::kInfinite;
  if (unbounded && node.min() == 0) return star(body, node.greedy());
  std::uint32_t copies = unbounded ? node.min() - 1 : node.min();
  if (REDOUBT_MUTANT(minimum_lost_under_nesting) && copies_around_ > 0) copies = std::min(copies, 1U);
  for (std::uint32_t k = 0; k < copies && !too_large_; ++k) {
    Address entry = here();
    plain(body);
    if (here() == entry) break;  // the body emits nothing: neither would its other copies
  }
  if (too_large_) return;
  if (unbounded) return plus(body, node.greedy());
  const std::uint32_t more = REDOUBT_MUTANT(repeat_off_by_one) ? 1 : 0;
  optional_copies(body, node.max() - node.min() + more, node.greedy());
}

// Does the node emit no instruction at all?
bool emits_nothing(const Node& node) {
  switch (node.kind()) {
    case NodeKind::kEmpty:
      return true;
    case NodeKind::kClass:
    case NodeKind::kLook:
    case NodeKind::kAlternate:
      return false;
    case NodeKind::kConcat:
      return std::all_of(node.children().begin(), node.children().end(),
                         [](const Regex& child) { return emits_nothing(*child); });
    case NodeKind::kRepeat:
      if (node.max() == 0) return true;
      return node.min() > 0 && (node.max() == node.min() || node.max() == syntax::kInfinite) &&
             emits_nothing(*node.child());
    case NodeKind::kGroup:
      return node.group() == 0 && emits_nothing(*node.child());
  }
  return false;
}

void Emitter::plus(const Node& body, bool greedy) {
  bool checks = program_->loop_policy == LoopPolicy::kPcre2 && nullable(body) && !emits_nothing(body);
  if (REDOUBT_MUTANT(progress_not_checked) && loops_around_ > 0) checks = false;
  Address entry = here();
  if (checks) {
    program_->loop_depth = std::max(program_->loop_depth, ++loops_around_);
    emit(Op::kEnter, 0, 0, loops_around_);
  }
  plain(body);
  if (too_large_) return;
  if (here() != entry) loop_back(entry, greedy, checks ? Op::kLoop : Op::kSplit);
  if (checks) --loops_around_;
}

// x* is a loop with one split, or (x+)? with two where x can be empty: which points of the program there are decides
// when a path comes to one already visited.
void Emitter::star(const Node& body, bool greedy) {
  Address split = here();
  Holes skip = split_here();
  if (too_large_) return;
  if (!greedy && !REDOUBT_MUTANT(lazy_star_greedy)) std::swap(skip, holes_);
  if (nullable(body) && !REDOUBT_MUTANT(preferred_empty_iteration)) {
    plus(body, greedy);
    if (too_large_) return;
    holes_ = join(holes_, skip);
  } else {
    plain(body);
    if (too_large_) return;
    fill(holes_, split);
    holes_ = skip;
  }
}

void Emitter::optional_copies(const Node& body, std::uint32_t copies, bool greedy) {
  Holes leave;
  const Address begin = here();
  Address first_end = begin;
  ++copies_around_;
  for (std::uint32_t k = 0; k < copies && !too_large_; ++k) {
    if (k == 1) first_end = here();
    Holes skip = split_here();
    if (too_large_) return;
    if (!greedy) std::swap(skip, holes_);
    leave = join(leave, skip);
    Address entry = here();
    plain(body);
    if (here() == entry) break;
  }
  --copies_around_;
  if (copies_around_ == 0 && first_end != begin && !too_large_) {
    const std::uint32_t length = first_end - begin;
    program_->copies.push_back({begin, length, (here() - begin) / length, greedy});
  }
  holes_ = join(leave, holes_);
}

void Emitter::marked(const Node& node, std::uint32_t h) {
  if (too_large_) return;
  if (node.kind() == NodeKind::kGroup && node.group() == 0) return marked(*node.child(), h);
  std::uint32_t group = node.kind() == NodeKind::kGroup ? node.group() : 0;
  tag(TagKind::kOpen, h + 1, group);
  inside(group ? *node.child() : node, h);
  tag(TagKind::kClose, h, group);
}

void Emitter::inside(const Node& node, std::uint32_t h) {
  if (too_large_) return;
  if (node.max_group() == 0) return plain(node);
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
      return leaf(node);
    case NodeKind::kConcat:
      return concat_inside(node, h);
    case NodeKind::kAlternate:
      return alternate_inside(node, h);
    case NodeKind::kRepeat:
      return repeat_inside(node, h);
    case NodeKind::kGroup:
      return node.group() == 0 ? inside(*node.child(), h) : marked(node, h + 1);
  }
}

// r1 r2 … rk is r1 (r2 (… rk)): each rest is a node of its own, one higher.
void Emitter::concat_inside(const Node& node, std::uint32_t h) {
  const syntax::View<Regex> parts = node.children();
  std::size_t k = 0;
  for (; k + 1 < parts.size(); ++k) {
    if (k > 0) tag(TagKind::kOpen, ++h + 1, 0);
    marked(*parts[k], h + 1);
  }
  marked(*parts[k], h + 1);
  for (; k > 1; --k) tag(TagKind::kClose, h--, 0);
}

// r1 | r2 | … likewise; every way through passes each branch or its nil, and leaves through the closing tags of all
// the rests that it is in.
void Emitter::alternate_inside(const Node& node, std::uint32_t h) {
  const syntax::View<Regex> branches = node.children();
  std::vector<std::uint32_t> bounds;  // branch k has the groups nil_ranges[bounds[k], bounds[k+1])
  bounds.push_back(static_cast<std::uint32_t>(program_->nil_ranges.size()));
  for (const Regex& branch : branches) bounds.push_back(collect_groups(*branch));
  std::vector<Holes> ends;
  for (std::size_t k = 0; k + 1 < branches.size() && !too_large_; ++k) {
    if (k > 0) tag(TagKind::kOpen, ++h + 1, 0);
    Holes others = split_here();
    marked(*branches[k], h + 1);
    nil(bounds[k + 1], bounds.back(), h + 1);
    ends.push_back(holes_);
    holes_ = others;
    nil(bounds[k], REDOUBT_MUTANT(other_branches_not_unset) ? bounds[k] : bounds[k + 1], h + 1);
  }
  if (too_large_) return;
  marked(*branches.back(), h + 1);
  for (; !ends.empty(); ends.pop_back()) {
    holes_ = join(ends.back(), holes_);
    if (ends.size() > 1) tag(TagKind::kClose, h--, 0);
  }
}

void Emitter::repeat_inside(const Node& node, std::uint32_t h) {
  const Node& body = *node.child();
  if (node.max() == 0) return nil(body, h + 1);
  Holes skip;
  if (node.min() == 0) skip = split_here();
  Holes leave;
  std::uint32_t copies = node.max() == syntax::kInfinite ? std::max(1U, node.min()) : node.max();
  Address entry = 0;
  for (std::uint32_t k = 0; k < copies && !too_large_; ++k) {
    if (k > 0 && k >= node.min()) leave = join(leave, split_here());
    entry = here();
    marked(body, h + 1);
  }
  if (too_large_) return;
  if (node.max() == syntax::kInfinite) loop_back(entry, true);
  holes_ = join(leave, holes_);
  if (node.min() == 0) {
    Holes done = holes_;
    holes_ = skip;
    if (REDOUBT_MUTANT(empty_iteration_skipped)) tag(TagKind::kClose, h + 1, 0);
    nil(body, h + 1);
    holes_ = join(done, holes_);
  }
}

// Appends the node's groups to nil_ranges and returns the new size of it.
std::uint32_t Emitter::collect_groups(const Node& node) {
  std::vector<GroupRange>& ranges = program_->nil_ranges;
  collect_groups(node, ranges.size());
  if (ranges.size() * sizeof(GroupRange) > options_.program_budget_bytes) too_large_ = true;
  return static_cast<std::uint32_t>(ranges.size());
}

void Emitter::collect_groups(const Node& node, std::size_t first) {
  if (node.max_group() == 0) return;
  std::vector<GroupRange>& ranges = program_->nil_ranges;
  if (node.group() > 0) {
    if (ranges.size() > first && ranges.back().last + 1 == node.group()) {
      ++ranges.back().last;
    } else {
      ranges.push_back({node.group(), node.group()});
    }
  }
  for (const Regex& child : node.children()) collect_groups(*child, first);
}

void Emitter::nil(std::uint32_t begin, std::uint32_t end, std::uint32_t height) {
  tag(TagKind::kNil, height, static_cast<std::uint32_t>(program_->nil_sets.size()));
  program_->nil_sets.push_back({begin, end});
}

// Never 0, and never twice: each thread takes many at a time.
std::uint64_t next_serial() {
  constexpr std::uint64_t kBatch = 1024;
  static std::atomic<std::uint64_t> taken{0};
  thread_local std::uint64_t last = 0;
  if (last % kBatch == 0) last = taken.fetch_add(kBatch, std::memory_order_relaxed);
  return ++last;
}

CompileResult Emitter::run(Regex whole, const Node& tree, bool simplified) {
  program_->simplified = simplified;
  program_->serial = next_serial();
  program_->semantics = options_.semantics;
  program_->encoding = options_.encoding;
  program_->optimizations = options_.optimizations;
  program_->scan_from_bytes = options_.scan_from_bytes;
  program_->regex = std::move(whole);
  const Regex& regex = program_->regex;
  program_->groups = regex->max_group();
  if (options_.semantics == Semantics::kLeftmostFirst) program_->loop_policy = options_.loop_policy;
  program_->anchored_at_start = always_at_start(tree);
  if (options_.semantics == Semantics::kLeftmostLongest && program_->groups > 0) {
    marked(tree, 0);
  } else {
    plain(tree);
  }
  emit(Op::kMatch, 0, 0);
  std::size_t bytes = program_->insts.size() * (1 + program_->loop_depth) * sizeof(Inst) +
                      program_->nil_ranges.size() * sizeof(GroupRange);
  if (too_large_ || bytes + Alphabet::bytes_needed(classes_.from(0)) > options_.program_budget_bytes) {
    return tl::unexpected(CompileError{
        CompileErrorKind::kProgramTooLarge,
        fmt::format("the program would take more than its budget of {} bytes", options_.program_budget_bytes)});
  }
  program_->alphabet.build(classes_.from(0), options_.encoding);
  return std::move(program_);
}

}  // namespace

CompileResult compile(Regex regex, const Options& options) {
  const bool simplifies =
      options.optimizations.has(Optimization::kSimplify) && regex->size() >= options.simplify_from_nodes;
  const Regex tree = simplifies ? simplify(regex, options.semantics).tree : regex;
  return Emitter(options).run(std::move(regex), *tree, simplifies);
}

}  // namespace redoubt::pikevm
