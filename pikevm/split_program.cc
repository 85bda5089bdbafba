// Code is emitted from the end to the beginning, so that every fragment knows what follows it.
#include "pikevm/split_program.h"

#include <algorithm>
#include <map>
#include <optional>

#include "pikevm/split_language.h"

namespace redoubt::pikevm {

namespace {

using syntax::kInfinite;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

class SplitEmitter {
 public:
  SplitEmitter(Encoding encoding, std::size_t most) : encoding_(encoding), most_(most) {}

  std::unique_ptr<const SplitProgram> whole(const Regex& regex);
  std::unique_ptr<const SplitProgram> node(const Node& node);

 private:
  Address emit(const SplitInst& inst) {
    if (program_->insts.size() >= most_) {
      too_large_ = true;
      return 0;
    }
    Address at = here();
    program_->insts.push_back(inst);
    program_->insts.back().twin = at;
    copies_around_.push_back(1);
    return at;
  }
  Address here() const { return static_cast<Address>(program_->insts.size()); }
  Address fork(Address a, Address b) { return emit({.op = SplitOp::kFork, .out = a, .arg = b}); }
  Address cut(Address next) { return emit({.op = SplitOp::kCut, .out = next}); }
  std::uint32_t class_index(const syntax::CharClass& c);
  /// The instructions from `begin` on are `copies` optional copies, the last one first.
  void name_twins(Address begin, std::uint32_t copies);
  /// What matches the node's language and goes on at `next`. The node has no groups.
  Address language(const Node& node, Address next);
  Address repeat_language(const Node& node, Address next);
  Address concat(const Node& node, Address match);
  Address alternate(const Node& node, Address match);
  Address repeat(const Node& node, Address match);
  std::unique_ptr<const SplitProgram> finish(Address start);

  Encoding encoding_;
  std::size_t most_;
  bool too_large_ = false;
  std::unique_ptr<SplitProgram> program_ = std::make_unique<SplitProgram>();
  std::vector<syntax::CharClass> classes_;
  std::map<syntax::CharClass, std::uint32_t> class_indices_;
  std::vector<std::uint32_t> copies_around_;  ///< by address: among how many copies the twins are
};

std::uint32_t SplitEmitter::class_index(const syntax::CharClass& c) {
  auto [place, is_new] = class_indices_.try_emplace(c, static_cast<std::uint32_t>(classes_.size()));
  if (is_new) classes_.push_back(c);
  return place->second;
}

// Copies within copies: the larger number of them promises more.
void SplitEmitter::name_twins(Address begin, std::uint32_t copies) {
  if (too_large_ || copies < 2) return;
  std::uint32_t stride = (here() - begin) / copies;
  for (Address at = begin; at < here(); ++at) {
    if (copies_around_[at] >= copies) continue;
    copies_around_[at] = copies;
    program_->insts[at].twin = begin + (at - begin) % stride;
    program_->insts[at].copy = copies - 1 - (at - begin) / stride;
  }
}

Address SplitEmitter::language(const Node& node, Address next) {
  if (too_large_) return 0;
  switch (node.kind()) {
    case NodeKind::kEmpty:
      return next;
    case NodeKind::kClass:
      return emit({.op = SplitOp::kClass, .out = next, .arg = class_index(node.char_class())});
    case NodeKind::kLook:
      program_->looks_used |= std::uint32_t{1} << static_cast<int>(node.look());
      return emit({.op = SplitOp::kLook, .out = next, .arg = static_cast<std::uint32_t>(node.look())});
    case NodeKind::kGroup:
      return language(*node.child(), next);
    case NodeKind::kRepeat:
      return repeat_language(node, next);
    case NodeKind::kConcat:
      for (std::size_t k = node.children().size(); k-- > 0;) next = language(*node.children()[k], next);
      return next;
    case NodeKind::kAlternate: {
      Address entry = language(*node.children().back(), next);
      for (std::size_t k = node.children().size() - 1; k-- > 0;)
        entry = fork(language(*node.children()[k], next), entry);
      return entry;
    }
  }
  return next;
}

Address SplitEmitter::repeat_language(const Node& node, Address next) {
  if (node.max() == 0) return next;
  const Node& body = *peeled(node.child());
  if (body.kind() == NodeKind::kClass) {
    std::uint32_t index = class_index(body.char_class());
    return emit({.op = SplitOp::kCount, .out = next, .arg = index, .min = node.min(), .max = node.max()});
  }
  Address entry = next;
  if (node.max() == kInfinite) {
    Address loop = fork(next, next);
    entry = language(body, loop);
    if (too_large_) return 0;
    program_->insts[loop].out = entry;
    if (node.min() == 0) entry = loop;
    for (std::uint32_t k = 1; k < node.min() && !too_large_; ++k) entry = language(body, entry);
    return entry;
  }
  Address begin = here();
  for (std::uint32_t k = node.min(); k < node.max() && !too_large_; ++k) entry = fork(language(body, entry), next);
  name_twins(begin, node.max() - node.min());
  for (std::uint32_t k = 0; k < node.min() && !too_large_; ++k) entry = language(body, entry);
  return entry;
}

// A cut after a part of fixed length follows from the cut before it, so that it tells no two divisions apart.
Address SplitEmitter::concat(const Node& node, Address match) {
  const syntax::View<Regex> children = node.children();
  auto marked = [&](std::size_t k) { return children[k]->max_group() > 0; };
  std::size_t last = children.size() - 1;
  while (!marked(last)) --last;
  std::vector<Regex> languages;
  for (const Regex& child : children) languages.push_back(language_of(child));
  std::vector<std::uint32_t> cut_after(children.size(), SplitProgram::kEdge);
  for (std::size_t k = 0; k <= last && k + 1 < children.size(); ++k) {
    bool wanted = marked(k) || marked(k + 1) || !fixed_length(*languages[k]);
    if (wanted) cut_after[k] = program_->width++;
  }
  for (std::size_t k = 0; k <= last; ++k) {
    if (!marked(k)) continue;
    program_->parts.push_back(
        {static_cast<std::uint32_t>(k), k > 0 ? cut_after[k - 1] : SplitProgram::kEdge, cut_after[k]});
  }
  Address next = match;
  if (last + 1 < children.size()) {
    Regex rest =
        language_of(syntax::concat({languages.begin() + static_cast<std::ptrdiff_t>(last) + 1, languages.end()}));
    next = language(*rest, next);
  }
  for (std::size_t k = last + 1; k-- > 0;) {
    if (cut_after[k] != SplitProgram::kEdge) next = cut(next);
    next = language(*languages[k], next);
  }
  return next;
}

Address SplitEmitter::alternate(const Node& node, Address match) {
  const syntax::View<Regex> branches = node.children();
  Address entry = language(*language_of(branches.back()), match);
  for (std::size_t k = branches.size() - 1; k-- > 0 && !too_large_;) {
    Address others = cut(entry);
    entry = fork(language(*language_of(branches[k]), match), others);
  }
  return entry;
}

// A division with an empty iteration beyond the minimum is not a match's; but the same without it is better, and here
// too. So the best division is right although the program allows others.
Address SplitEmitter::repeat(const Node& node, Address match) {
  program_->memory = CutMemory::kLast;
  program_->width = 1;
  Regex body = language_of(node.child());
  bool unbounded = node.max() == kInfinite;
  std::uint32_t copies = unbounded ? std::max(1U, node.min()) : node.max();
  Address again = unbounded ? cut(match) : match;
  Address after = unbounded ? fork(again, match) : match;
  Address entry = match;
  Address begin = here();
  for (std::uint32_t k = copies; k > 0 && !too_large_; --k) {
    if (k == node.min()) name_twins(begin, copies - k);
    entry = language(*body, after);
    if (too_large_) break;
    if (k == copies && unbounded) program_->insts[again].out = entry;
    if (k == 1 && node.min() > 0) break;
    after = cut(entry);
    if (k - 1 >= node.min()) after = fork(after, match);
  }
  if (node.min() == 0) name_twins(begin, copies);
  return entry;
}

std::unique_ptr<const SplitProgram> SplitEmitter::finish(Address start) {
  if (too_large_) return nullptr;
  program_->start = start;
  program_->alphabet.build(classes_, encoding_);
  return std::move(program_);
}

std::unique_ptr<const SplitProgram> SplitEmitter::whole(const Regex& regex) {
  program_->width = 1;
  return finish(language(*language_of(regex), emit({})));
}

std::unique_ptr<const SplitProgram> SplitEmitter::node(const Node& node) {
  Address match = emit({});
  switch (node.kind()) {
    case NodeKind::kConcat:
      return finish(concat(node, match));
    case NodeKind::kAlternate:
      return finish(alternate(node, match));
    case NodeKind::kRepeat:
      return finish(repeat(node, match));
    case NodeKind::kEmpty:
    case NodeKind::kClass:
    case NodeKind::kLook:
    case NodeKind::kGroup:
      break;
  }
  return nullptr;
}

}  // namespace

std::size_t SplitProgram::bytes() const {
  return sizeof(SplitProgram) + insts.capacity() * sizeof(SplitInst) + parts.capacity() * sizeof(Part);
}

std::unique_ptr<const SplitProgram> whole_program(const Regex& regex, Encoding encoding, std::size_t most) {
  return SplitEmitter(encoding, most).whole(regex);
}

std::unique_ptr<const SplitProgram> node_program(const Node& node, Encoding encoding, std::size_t most) {
  return SplitEmitter(encoding, most).node(node);
}

}  // namespace redoubt::pikevm
