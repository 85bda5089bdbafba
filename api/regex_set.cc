#include "redoubt/regex_set.h"

#include <algorithm>
#include <map>
#include <utility>

#include "api/access.h"

namespace redoubt {

struct RegexSet::Impl {
  std::vector<Regex> regexes;
  std::vector<std::uint32_t> groups;
  std::map<std::uint32_t, pikevm::PatternBits> rules_of_group;
  pikevm::PatternBits no_rules;
  std::shared_ptr<const pikevm::SetProgram> program;
  std::size_t cache_bytes;
};

RegexSet::Compiled RegexSet::compile(std::span<const Rule> rules, const SetOptions& options) {
  auto impl = std::make_shared<Impl>();
  impl->cache_bytes = options.cache_bytes;
  std::size_t words = (rules.size() + 63) / 64;
  impl->no_rules.assign(words, 0);
  std::vector<syntax::Regex> trees;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const Rule& rule = rules[r];
    Options own = options.regex;
    own.icase |= rule.icase;
    own.multiline |= rule.multiline;
    own.dot_all |= rule.dot_all;
    tl::expected<syntax::Regex, Error> tree = parse(rule.pattern, own);
    if (!tree) return tl::unexpected(SetError{r, std::move(tree.error())});
    Regex::Compiled regex = compile_tree(rule.pattern, *tree, own);
    if (!regex) return tl::unexpected(SetError{r, std::move(regex.error())});
    impl->regexes.push_back(std::move(*regex));
    trees.push_back(std::move(*tree));
    impl->groups.push_back(rule.group);
    auto [group, is_new] = impl->rules_of_group.try_emplace(rule.group, words);
    group->second[r / 64] |= std::uint64_t{1} << (r % 64);
  }
  pikevm::SetResult program =
      pikevm::compile_set(trees, {.encoding = options.regex.encoding, .program_budget_bytes = options.program_bytes});
  if (!program) {
    return tl::unexpected(SetError{program.error().pattern,
                                   Error{ErrorKind::kProgramTooLarge, kUnset, std::move(program.error().message)}});
  }
  impl->program = std::move(*program);
  return RegexSet(std::move(impl));
}

Result RegexSet::matches(const Input& input, Scratch& scratch, SetMatches& out, const SetQuery& query) const {
  ScratchImpl& own = Access::of(scratch);
  pikevm::SetSearch search{.haystack = input.haystack,
                           .begin = input.begin,
                           .end = input.end,
                           .anchored = input.anchored,
                           .first_only = query.first_only,
                           .cache_bytes = impl_->cache_bytes,
                           .step_limit = input.step_limit,
                           .memory_limit_bytes = input.memory_limit_bytes};
  if (query.group) {
    auto place = impl_->rules_of_group.find(*query.group);
    search.wanted = place == impl_->rules_of_group.end() ? &impl_->no_rules : &place->second;
  }
  pikevm::Result result = pikevm::search_set(*impl_->program, own.set, search, out.words_);
  own.usage = own.set.usage();
  return to_result(result);
}

std::size_t RegexSet::size() const { return impl_->regexes.size(); }
const Regex& RegexSet::regex(std::size_t rule) const { return impl_->regexes[rule]; }
std::uint32_t RegexSet::group(std::size_t rule) const { return impl_->groups[rule]; }

std::size_t RegexSet::bytes() const {
  std::size_t bytes = sizeof(Impl) + impl_->program->bytes();
  for (const Regex& regex : impl_->regexes) bytes += regex.bytes();
  return bytes;
}

}  // namespace redoubt
