#include "properties/workbench.h"

#include <algorithm>

#include "pikevm/compiler.h"
#include "syntax/printer.h"
#include "syntax/utf8.h"

namespace redoubt::properties {

using oracles::Outcome;
using oracles::OutcomeKind;
using syntax::CharClass;
using syntax::Look;
using syntax::Node;
using syntax::NodeKind;
using syntax::Regex;

std::string to_string(const Found& found) {
  switch (found.kind) {
    case Found::Kind::kMatch:
      return redoubt::to_string(found.slots);
    case Found::Kind::kNone:
      return "no match";
    case Found::Kind::kSilent:
      return "no answer";
  }
  return {};
}

oracles::Oracle* Workbench::oracle(std::string_view name) {
  const auto known = oracles_.find(name);
  if (known != oracles_.end()) return known->second.get();
  const oracles::EngineEntry* entry = oracles::find_engine(name);
  const bool there = entry != nullptr && entry->info.unavailable.empty();
  return oracles_.emplace(std::string(name), there ? entry->make() : nullptr).first->second.get();
}

Outcome Workbench::ask(std::string_view engine, const Question& question) {
  Outcome outcome;
  oracles::Oracle* asked = oracle(engine);
  if (asked == nullptr) return outcome;
  oracles::Prepared prepared = asked->prepare({question.regex, question.encoding, question.semantics, {}});
  if (auto* failure = std::get_if<Outcome>(&prepared)) return std::move(*failure);
  const std::string_view haystack = question.haystack;
  std::get<std::unique_ptr<oracles::Matcher>>(prepared)->run({&haystack, 1}, {&outcome, 1});
  return outcome;
}

Found Workbench::find(std::string_view engine, const Question& like, const Regex& regex, std::string_view haystack) {
  Question question = like;
  question.regex = regex;
  question.haystack = haystack;
  Outcome outcome = ask(engine, question);
  if (outcome.kind == OutcomeKind::kMatch) return {Found::Kind::kMatch, std::move(outcome.slots)};
  return {outcome.kind == OutcomeKind::kNoMatch ? Found::Kind::kNone : Found::Kind::kSilent, {}};
}

std::shared_ptr<const pikevm::Program> Workbench::compile(const Question& like, const Regex& regex) {
  pikevm::Options options;
  options.semantics = like.semantics;
  options.encoding = like.encoding;
  options.simplify_from_nodes = 1;
  options.scan_from_bytes = 1;
  pikevm::CompileResult result = pikevm::compile(regex, options);
  return result ? *result : nullptr;
}

Found Workbench::search(const pikevm::Program& program, const pikevm::Search& search) {
  Found found;
  switch (pikevm::search(program, scratch_, search, found.slots)) {
    case pikevm::Result::kMatch:
      found.kind = Found::Kind::kMatch;
      break;
    case pikevm::Result::kNoMatch:
      found.kind = Found::Kind::kNone;
      break;
    case pikevm::Result::kMemoryLimit:
    case pikevm::Result::kStepLimit:
      break;
  }
  return found;
}

Verdict for_each_subject(const std::function<Verdict(std::string_view)>& check) {
  bool applies = false;
  for (std::string_view engine : kSubjects) {
    Verdict verdict = check(engine);
    if (verdict.kind == VerdictKind::kFails) return verdict;
    applies |= verdict.kind == VerdictKind::kHolds;
  }
  return applies ? holds() : does_not_apply();
}

Verdict expect_equal(std::string_view engine, std::string_view what, const Found& got, const Found& wanted) {
  if (got.silent() || wanted.silent()) return does_not_apply();
  if (got == wanted) return holds();
  return fails(std::string(engine),
               std::string(engine) + ", " + std::string(what) + ": " + to_string(got) + ", not " + to_string(wanted));
}

namespace {

/// The tree with f applied to every node from the leaves up; f gets the node and its new children.
template <class F>
Regex rebuilt(const Regex& r, const F& f) {
  std::vector<Regex> children;
  for (const Regex& child : r->children()) children.push_back(rebuilt(child, f));
  return f(r, std::move(children));
}

Regex same(const Regex& r, std::vector<Regex> children) {
  return children.empty() ? r : syntax::with_children(*r, std::move(children));
}

Look mirror_of(Look look) {
  switch (look) {
    case Look::kCaret:
      return Look::kDollar;
    case Look::kDollar:
      return Look::kCaret;
    case Look::kTextStart:
      return Look::kTextEnd;
    case Look::kTextEnd:
      return Look::kTextStart;
    case Look::kLineStart:
      return Look::kLineEnd;
    case Look::kLineEnd:
      return Look::kLineStart;
    case Look::kWordBoundary:
    case Look::kNotWordBoundary:
      return look;
  }
  return look;
}

}  // namespace

Regex without_groups(const Regex& r) {
  return rebuilt(r, [](const Regex& node, std::vector<Regex> children) {
    return node->kind() == NodeKind::kGroup ? syntax::non_capturing(children[0]) : same(node, std::move(children));
  });
}

Regex without_plain_groups(const Regex& r) {
  return syntax::renumber_groups(rebuilt(r, [](const Regex& node, std::vector<Regex> children) {
    if (node->kind() == NodeKind::kGroup && node->group() == 0) return children[0];
    return same(node, std::move(children));
  }));
}

Regex mirrored(const Regex& r) {
  return syntax::renumber_groups(rebuilt(r, [](const Regex& node, std::vector<Regex> children) {
    if (node->kind() == NodeKind::kLook) return syntax::look(mirror_of(node->look()));
    if (node->kind() == NodeKind::kConcat) std::reverse(children.begin(), children.end());
    return same(node, std::move(children));
  }));
}

Regex all_lazy_flipped(const Regex& r) {
  return rebuilt(r, [](const Regex& node, std::vector<Regex> children) {
    if (node->kind() != NodeKind::kRepeat) return same(node, std::move(children));
    return syntax::repeat(children[0], node->min(), node->max(), !node->greedy());
  });
}

Regex with_classes(const Regex& r, const std::function<CharClass(const CharClass&)>& f) {
  return rebuilt(r, [&](const Regex& node, std::vector<Regex> children) {
    return node->kind() == NodeKind::kClass ? syntax::char_class(f(node->char_class()))
                                            : same(node, std::move(children));
  });
}

std::string mirrored(std::string_view haystack, Encoding encoding) {
  std::string out;
  for (std::size_t i = 0; i < haystack.size();) {
    const std::size_t length = encoding == Encoding::kUtf8 ? syntax::decode_utf8(haystack, i).length : 1;
    out.insert(0, haystack.substr(i, length));
    i += length;
  }
  return out;
}

bool has_looks(const Regex& r) {
  return syntax::any_node(r, [](const Node& node) { return node.kind() == NodeKind::kLook; });
}

std::string shown(const Regex& regex, const Question& like) {
  return "/" + syntax::to_text(regex, like.encoding) + "/";
}

std::string shown(const Question& question) {
  return shown(question.regex, question) + " on \"" + syntax::escape_bytes(question.haystack) + "\"";
}

}  // namespace redoubt::properties
