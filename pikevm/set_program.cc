// Each pattern is compiled by itself, with no optimization that could rewrite its classes, and its instructions are
// copied behind those of the patterns before it: without the kSave ones, whose place their targets take, and with the
// classes renumbered. A class is known by the parts of the joint alphabet that it has, so classes that are equal in
// two patterns are one.
#include "pikevm/set_program.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "pikevm/compiler.h"
#include "pikevm/sparse_set.h"
#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

/// Does the instruction only say something about the path through it?
bool passed_over(Op op) { return op == Op::kSave || op == Op::kEnter; }

}  // namespace

class SetBuilder {
 public:
  explicit SetBuilder(const SetOptions& options) : options_(options) {
    static std::atomic<std::uint64_t> serials{0};
    set_->serial = ++serials;
    set_->encoding = options.encoding;
  }

  SetResult run(const std::vector<syntax::Regex>& patterns);

 private:
  tl::unexpected<SetError> too_large(PatternId pattern, const char* what) const {
    return tl::unexpected(SetError{pattern, std::string(what) + " more than its budget of " +
                                                std::to_string(options_.program_budget_bytes) + " bytes"});
  }
  void build_alphabet(const std::vector<std::shared_ptr<const Program>>& programs,
                      const std::vector<syntax::Regex>& patterns);
  void copy(const Program& program, PatternId pattern);
  std::uint32_t class_number(const Program& program, std::uint32_t class_index);
  void find_starts(Address entry, PatternId pattern);
  void tabulate_looks();

  const SetOptions& options_;
  std::shared_ptr<SetProgram> set_ = std::make_shared<SetProgram>();
  std::vector<std::uint32_t> representatives_;  ///< a unit of each part
  std::map<std::vector<std::uint64_t>, std::uint32_t> classes_;
  std::vector<std::uint32_t> own_parts_;    ///< of the program being copied, by part of the joint alphabet
  std::vector<std::uint32_t> own_classes_;  ///< its classes' numbers here, or kUnknown
  static constexpr std::uint32_t kUnknown = static_cast<std::uint32_t>(-1);
  SparseSet seen_;
  std::vector<Address> stack_;
};

void SetBuilder::build_alphabet(const std::vector<std::shared_ptr<const Program>>& programs,
                                const std::vector<syntax::Regex>& patterns) {
  std::set<syntax::CharClass> distinct;
  for (const syntax::Regex& pattern : patterns) {
    for (syntax::CharClass& c : syntax::collect_classes(pattern)) distinct.insert(std::move(c));
  }
  for (const auto& program : programs) set_->looks_used |= program->looks_used;
  if (set_->looks_used != 0) {
    // A part is then of one kind.
    distinct.insert(syntax::CharClass::single('\n'));
    distinct.insert(syntax::word_class());
  }
  std::vector<syntax::CharClass> classes(distinct.begin(), distinct.end());
  set_->alphabet.build(classes, options_.encoding);

  // Every part has the first unit of some range, or the one behind a range's last, or the domain's first.
  constexpr std::uint32_t kMissing = syntax::kMaxScalar + 1;
  representatives_.assign(set_->alphabet.part_count(), kMissing);
  const syntax::CharClass domain = syntax::CharClass::all(options_.encoding);
  auto offer = [&](std::uint32_t unit) {
    if (!domain.contains(unit)) return;
    std::uint32_t& known = representatives_[set_->alphabet.part_of(unit)];
    known = std::min(known, unit);
  };
  for (const syntax::Range& range : domain.ranges()) offer(range.lo);
  for (const syntax::CharClass& c : classes) {
    for (const syntax::Range& range : c.ranges()) {
      offer(range.lo);
      offer(range.hi + 1);
    }
  }
  set_->words_ = std::max(1U, (set_->alphabet.part_count() + 63) / 64);
  if (set_->looks_used == 0) return;
  for (std::uint32_t unit : representatives_) {
    set_->part_kind.push_back(unit == '\n'                 ? SetProgram::kNewline
                              : syntax::is_word_unit(unit) ? SetProgram::kWord
                                                           : SetProgram::kOther);
  }
}

std::uint32_t SetBuilder::class_number(const Program& program, std::uint32_t class_index) {
  if (class_index >= own_classes_.size()) own_classes_.resize(class_index + 1, kUnknown);
  std::uint32_t& number = own_classes_[class_index];
  if (number != kUnknown) return number;
  std::vector<std::uint64_t> parts(set_->words_);
  for (std::uint32_t part = 0; part < own_parts_.size(); ++part) {
    if (program.alphabet.contains(class_index, own_parts_[part])) parts[part / 64] |= std::uint64_t{1} << (part % 64);
  }
  auto [place, is_new] = classes_.emplace(std::move(parts), static_cast<std::uint32_t>(classes_.size()));
  if (is_new) set_->class_bits_.insert(set_->class_bits_.end(), place->first.begin(), place->first.end());
  return number = place->second;
}

void SetBuilder::copy(const Program& program, PatternId pattern) {
  if (!REDOUBT_MUTANT(set_member_confusion)) own_classes_.clear();
  own_parts_.clear();
  for (std::uint32_t unit : representatives_) own_parts_.push_back(program.alphabet.part_of(unit));

  std::vector<Address> moved(program.insts.size());
  auto next = static_cast<Address>(set_->insts.size());
  Address entry = next;
  for (Address at = 0; at < program.insts.size(); ++at) {
    moved[at] = next;
    next += !passed_over(program.insts[at].op);
  }
  auto target = [&](Address at) {
    while (passed_over(program.insts[at].op)) at = program.insts[at].out;
    return moved[at];
  };
  for (const Inst& inst : program.insts) {
    Inst copied{.op = inst.op, .detail = inst.detail};
    switch (inst.op) {
      case Op::kSave:
      case Op::kEnter:
      case Op::kTag:  // there are none without leftmost-longest groups
        continue;
      case Op::kLoop:  // whichever way a path prefers, the language is that of both
        copied.op = Op::kSplit;
        copied.arg = target(inst.arg);
        break;
      case Op::kClass:
        copied.arg = class_number(program, inst.arg);
        break;
      case Op::kSplit:
        copied.arg = target(inst.arg);
        break;
      case Op::kLook:
      case Op::kMatch:
        break;
    }
    if (inst.op != Op::kMatch) copied.out = target(inst.out);
    set_->insts.push_back(copied);
    set_->owner.push_back(pattern);
  }
  // A program begins at its first instruction, or where that one led.
  find_starts(program.insts.empty() ? entry : target(0), pattern);
}

void SetBuilder::find_starts(Address entry, PatternId pattern) {
  std::size_t first = set_->starts.size();
  seen_.reserve(set_->insts.size());
  seen_.clear();
  stack_.assign(1, entry);
  while (!stack_.empty()) {
    Address at = stack_.back();
    stack_.pop_back();
    if (!seen_.insert(at)) continue;
    const Inst& inst = set_->insts[at];
    if (inst.op == Op::kMatch) {
      set_->always.push_back(pattern);
      set_->starts.resize(first);
      return;
    }
    if (inst.op == Op::kSplit) {
      stack_.push_back(inst.arg);
      stack_.push_back(inst.out);
    } else {
      set_->starts.push_back(at);
    }
  }
}

void SetBuilder::tabulate_looks() {
  static_assert(syntax::kLookKinds == 8);
  auto bit = [](syntax::Look look) { return std::uint32_t{1} << static_cast<int>(look); };
  for (std::uint32_t before = 0; before < SetProgram::kKinds; ++before) {
    for (std::uint32_t after = 0; after < SetProgram::kKinds; ++after) {
      std::uint32_t holds = 0;
      if (before == SetProgram::kEdge) holds |= bit(syntax::Look::kCaret) | bit(syntax::Look::kTextStart);
      if (after == SetProgram::kEdge) holds |= bit(syntax::Look::kDollar) | bit(syntax::Look::kTextEnd);
      if (before == SetProgram::kEdge || before == SetProgram::kNewline) holds |= bit(syntax::Look::kLineStart);
      if (after == SetProgram::kEdge || after == SetProgram::kNewline) holds |= bit(syntax::Look::kLineEnd);
      bool boundary = (before == SetProgram::kWord) != (after == SetProgram::kWord);
      holds |= bit(boundary ? syntax::Look::kWordBoundary : syntax::Look::kNotWordBoundary);
      set_->looks_between_[before * SetProgram::kKinds + after] = holds & set_->looks_used;
    }
  }
}

SetResult SetBuilder::run(const std::vector<syntax::Regex>& patterns) {
  std::vector<std::shared_ptr<const Program>> programs;
  programs.reserve(patterns.size());
  std::size_t insts = 0;
  for (PatternId pattern = 0; pattern < patterns.size(); ++pattern) {
    CompileResult program = compile(patterns[pattern], {.semantics = Semantics::kLeftmostFirst,
                                                        .encoding = options_.encoding,
                                                        .program_budget_bytes = options_.program_budget_bytes,
                                                        .optimizations = Optimizations::none()});
    if (!program) return too_large(pattern, "the pattern's program in the set would take");
    insts += (*program)->insts.size();
    if (insts * (sizeof(Inst) + sizeof(PatternId)) > options_.program_budget_bytes) {
      return too_large(pattern, "the set's program would take");
    }
    programs.push_back(std::move(*program));
  }
  set_->patterns = static_cast<std::uint32_t>(patterns.size());
  build_alphabet(programs, patterns);
  set_->insts.reserve(insts);
  set_->owner.reserve(insts);
  for (PatternId pattern = 0; pattern < patterns.size(); ++pattern) {
    copy(*programs[pattern], pattern);
    programs[pattern].reset();
    if (set_->bytes() > options_.program_budget_bytes) return too_large(pattern, "the set's program would take");
  }
  tabulate_looks();
  return set_;
}

SetProgram::Kind SetProgram::kind_at(std::string_view haystack, std::size_t at) const {
  if (looks_used == 0) return kOther;
  if (at >= haystack.size()) return kEdge;
  auto byte = static_cast<unsigned char>(haystack[at]);
  if (byte == '\n') return kNewline;
  return syntax::is_word_unit(byte) ? kWord : kOther;
}

std::size_t SetProgram::bytes() const {
  return sizeof(SetProgram) + insts.size() * (sizeof(Inst) + sizeof(PatternId)) + starts.size() * sizeof(Address) +
         always.size() * sizeof(PatternId) + class_bits_.size() * sizeof(std::uint64_t) + part_kind.size();
}

SetResult compile_set(const std::vector<syntax::Regex>& patterns, const SetOptions& options) {
  return SetBuilder(options).run(patterns);
}

}  // namespace redoubt::pikevm
