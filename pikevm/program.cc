#include "pikevm/program.h"

#include <fmt/format.h>

#include "syntax/mutants.h"

namespace redoubt::pikevm {

namespace {

bool is_word_byte(std::string_view haystack, std::size_t at) {
  return at < haystack.size() && syntax::is_word_unit(static_cast<unsigned char>(haystack[at]));
}

std::string_view look_name(syntax::Look look) {
  switch (look) {
    case syntax::Look::kCaret:
      return "^";
    case syntax::Look::kDollar:
      return "$";
    case syntax::Look::kTextStart:
      return "\\A";
    case syntax::Look::kTextEnd:
      return "\\z";
    case syntax::Look::kLineStart:
      return "(?m)^";
    case syntax::Look::kLineEnd:
      return "(?m)$";
    case syntax::Look::kWordBoundary:
      return "\\b";
    case syntax::Look::kNotWordBoundary:
      return "\\B";
  }
  return "?";
}

std::string dump_tag(const Program& program, const Inst& inst) {
  if (inst.tag() == TagKind::kNil) {
    std::string groups;
    auto [begin, end] = program.nil_sets[inst.arg];
    for (std::uint32_t k = begin; k < end; ++k) {
      const GroupRange& range = program.nil_ranges[k];
      groups +=
          range.first == range.last ? fmt::format(" {}", range.first) : fmt::format(" {}-{}", range.first, range.last);
    }
    return fmt::format("nil {}{}", inst.height, groups);
  }
  std::string group = inst.arg ? fmt::format(" group {}", inst.arg) : "";
  return fmt::format("{} {}{}", inst.tag() == TagKind::kOpen ? "open" : "close", inst.height, group);
}

std::string dump_inst(const Program& program, const Inst& inst) {
  switch (inst.op) {
    case Op::kClass: {
      std::string parts;
      for (std::uint32_t part = 0; part < program.alphabet.part_count(); ++part) {
        if (program.alphabet.contains(inst.arg, part)) parts += fmt::format(" {}", part);
      }
      return fmt::format("class{} -> {}", parts, inst.out);
    }
    case Op::kLook:
      return fmt::format("look {} -> {}", look_name(inst.look()), inst.out);
    case Op::kSplit:
      return fmt::format("split {}, {}", inst.out, inst.arg);
    case Op::kSave:
      return fmt::format("save {} -> {}", inst.arg, inst.out);
    case Op::kEnter:
      return fmt::format("enter {} -> {}", inst.height, inst.out);
    case Op::kLoop:
      return fmt::format("loop {}: {}, {}; out {}", inst.height, inst.out, inst.arg, inst.way_out());
    case Op::kTag:
      return fmt::format("{} -> {}", dump_tag(program, inst), inst.out);
    case Op::kMatch:
      return "match";
  }
  return "?";
}

}  // namespace

std::size_t Program::bytes() const {
  return sizeof(Program) + insts.capacity() * sizeof(Inst) + nil_ranges.capacity() * sizeof(GroupRange) +
         nil_sets.capacity() * sizeof(nil_sets[0]);
}

std::uint32_t looks_at(std::string_view haystack, std::size_t at, std::uint32_t wanted) {
  if (wanted == 0) return 0;
  auto bit = [](syntax::Look look) { return std::uint32_t{1} << static_cast<int>(look); };
  std::uint32_t holds = 0;
  bool first = at == 0;
  bool last = at == haystack.size();
  if (first) holds |= bit(syntax::Look::kCaret) | bit(syntax::Look::kTextStart);
  if (last) holds |= bit(syntax::Look::kDollar) | bit(syntax::Look::kTextEnd);
  if (first || haystack[at - 1] == '\n') holds |= bit(syntax::Look::kLineStart);
  const bool final = REDOUBT_MUTANT(line_end_only_at_end) && at + 1 == haystack.size();
  if (last || (haystack[at] == '\n' && !final)) holds |= bit(syntax::Look::kLineEnd);
  bool boundary = (!first && is_word_byte(haystack, at - 1)) != is_word_byte(haystack, at);
  holds |= bit(boundary ? syntax::Look::kWordBoundary : syntax::Look::kNotWordBoundary);
  return holds & wanted;
}

std::string dump(const Program& program) {
  std::string text =
      fmt::format("{}{} {}, {} groups, {} parts{}\n", to_string(program.semantics),
                  program.loop_policy == LoopPolicy::kPcre2 ? " (loop policy pcre2)" : "", to_string(program.encoding),
                  program.groups, program.alphabet.part_count(), program.anchored_at_start ? ", anchored" : "");
  for (Address at = 0; at < program.insts.size(); ++at) {
    text += fmt::format("{:>4}  {}\n", at, dump_inst(program, program.insts[at]));
  }
  return text;
}

}  // namespace redoubt::pikevm
