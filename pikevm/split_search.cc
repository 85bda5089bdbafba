// Time. One pass for the span, and one for each node with groups inside that the match takes part in, over that node's
// span: with n units, m instructions (counted repeats unrolled) and d nodes with groups around one another, O(n m d).
// Only the last iteration of a repeat is gone into, as entering it unset what earlier ones had set (SEMANTICS A5).
#include "pikevm/split_search.h"

#include <algorithm>
#include <cassert>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

using syntax::Node;
using syntax::NodeKind;

bool SplitSearch::keep(const SplitProgram* program, std::size_t nodes) {
  if (program != nullptr) {
    work_ += program->insts.size() + nodes;
    program_bytes_ += program->bytes();
  }
  hopeless_ = program == nullptr || program_bytes_ > kBudgetBytes;
  return !hopeless_;
}

std::optional<Result> SplitSearch::run(const Program& program, const Search& search, bool groups, Best& best) {
  usage_ = {};
  if (serial_ != program.serial) {
    serial_ = program.serial;
    nodes_.clear();
    program_bytes_ = work_ = 0;
    whole_ = whole_program(program.regex, program.encoding, kBudgetWork);
    keep(whole_.get(), program.regex->size());
  }
  if (hopeless_ || bytes() > search.memory_limit_bytes) return std::nullopt;
  run_.clear_steps();
  program_ = &program;
  search_ = search;
  search_.memory_limit_bytes -= program_bytes_;
  best_ = &best;
  Result result = run_.find(*whole_, search_, search.anchored || program.anchored_at_start, best);
  if (result == Result::kMatch && groups) {
    best.slots.assign(2 * std::size_t{program.groups}, kUnset);
    stopped_.reset();
    if (fill(*program.regex, best.begin, best.end) == Step::kStop) {
      if (!stopped_) return std::nullopt;
      result = *stopped_;
    }
  }
  usage_.steps = run_.steps();
  usage_.bytes = bytes();
  return result;
}

const SplitProgram* SplitSearch::program_for(const Node& node) {
  auto known = nodes_.find(&node);
  if (known != nodes_.end()) return known->second.get();
  if (work_ + node.size() > kBudgetWork) {
    hopeless_ = true;
    return nullptr;
  }
  auto made = node_program(node, program_->encoding, kBudgetWork - work_ - node.size());
  if (made && made->bytes() > search_.memory_limit_bytes) return nullptr;
  if (!keep(made.get(), node.size())) return nullptr;
  search_.memory_limit_bytes -= made->bytes();
  return nodes_.emplace(&node, std::move(made)).first->second.get();
}

SplitSearch::Step SplitSearch::divide(const Node& node, std::size_t begin, std::size_t end) {
  const SplitProgram* program = program_for(node);
  if (program == nullptr) return Step::kStop;
  Result result = run_.divide(*program, search_, begin, end);
  if (result == Result::kMatch) return Step::kDone;
  // The span was found by the same language, so that it can be divided.
  assert(result != Result::kNoMatch);
  if (result != Result::kNoMatch) stopped_ = result;
  return Step::kStop;
}

SplitSearch::Step SplitSearch::fill(const Node& node, std::size_t begin, std::size_t end) {
  if (node.max_group() == 0) return Step::kDone;
  switch (node.kind()) {
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
      return Step::kDone;
    case NodeKind::kGroup:
      if (node.group() > 0) {
        best_->slots[2 * node.group() - 2] = begin;
        best_->slots[2 * node.group() - 1] = end;
      }
      return fill(*node.child(), begin, end);
    case NodeKind::kConcat:
      return fill_concat(node, begin, end);
    case NodeKind::kAlternate:
      return fill_alternate(node, begin, end);
    case NodeKind::kRepeat:
      return fill_repeat(node, begin, end);
  }
  return Step::kDone;
}

SplitSearch::Step SplitSearch::fill_concat(const Node& node, std::size_t begin, std::size_t end) {
  if (divide(node, begin, end) == Step::kStop) return Step::kStop;
  const SplitProgram& program = *program_for(node);
  // The parts' own runs overwrite the cuts.
  std::size_t base = cuts_.size();
  cuts_.insert(cuts_.end(), run_.cuts(), run_.cuts() + program.width);
  Step step = Step::kDone;
  for (const SplitProgram::Part& part : program.parts) {
    std::size_t from = part.begin_cut == SplitProgram::kEdge ? begin : cuts_[base + part.begin_cut];
    std::size_t to = part.end_cut == SplitProgram::kEdge ? end : cuts_[base + part.end_cut];
    step = fill(*node.children()[part.child], from, to);
    if (step == Step::kStop) break;
  }
  cuts_.resize(base);
  return step;
}

SplitSearch::Step SplitSearch::fill_alternate(const Node& node, std::size_t begin, std::size_t end) {
  if (divide(node, begin, end) == Step::kStop) return Step::kStop;
  return fill(*node.children()[run_.cut_count()], begin, end);
}

SplitSearch::Step SplitSearch::fill_repeat(const Node& node, std::size_t begin, std::size_t end) {
  if (node.max() == 0) return Step::kDone;
  if (begin == end && node.min() == 0) {
    // The program has at least one iteration, and here at most one is allowed.
    const SplitProgram* program = program_for(node);
    if (program == nullptr) return Step::kStop;
    Result result = run_.divide(*program, search_, begin, end);
    if (result == Result::kNoMatch || REDOUBT_MUTANT(split_empty_iteration)) return Step::kDone;
    if (result == Result::kMatch) return fill(*node.child(), begin, end);
    stopped_ = result;
    return Step::kStop;
  }
  if (divide(node, begin, end) == Step::kStop) return Step::kStop;
  return fill(*node.child(), REDOUBT_MUTANT(split_last_iteration) ? begin : run_.cuts()[0], end);
}

}  // namespace redoubt::pikevm
