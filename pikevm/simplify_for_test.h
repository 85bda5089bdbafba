// For the tests of simplification: asks a tree and its simplified form the same questions, and wants the same answers.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pikevm/pikevm.h"
#include "pikevm/simplify.h"
#include "syntax/printer.h"

namespace redoubt::pikevm::test {

inline std::string names_of(Rules rules) {
  std::string names;
  for (std::size_t k = 0; k < kRuleCount; ++k) {
    if (rules.has(static_cast<Rule>(k))) names += std::string(names.empty() ? "" : " ") + std::string(kRuleNames[k]);
  }
  return names;
}

class SimplifyChecker {
 public:
  explicit SimplifyChecker(Semantics semantics) : semantics_(semantics) {}

  /// Each rule alone, all but it, and all: every form that the tree takes is held against the tree on every haystack.
  void check(const syntax::Regex& r, const std::vector<std::string>& haystacks) {
    forms_.clear();
    add(r, Rules::all());
    for (std::size_t k = 0; k < kRuleCount; ++k) add(r, Rules::none().with(static_cast<Rule>(k)));
    for (std::size_t k = 0; k < kRuleCount; ++k) add(r, Rules::all().without(static_cast<Rule>(k)));
    if (forms_.empty()) return;
    std::shared_ptr<const Program> program = compiled(r);
    std::vector<Slots> answers;
    for (const std::string& h : haystacks) answers.push_back(answer(*program, h, r->max_group()));
    for (const Simplified& form : forms_) {
      compare(r, form, *program, haystacks, answers);
      if (testing::Test::HasFatalFailure()) return;
    }
  }

  /// An answer of the tree as it stands: no slots where there is no match.
  Slots answer(const syntax::Regex& r, std::string_view haystack) {
    return answer(*compiled(r), haystack, r->max_group());
  }

  std::uint64_t forms() const { return forms_seen_; }
  Rules fired() const { return fired_; }

 private:
  std::shared_ptr<const Program> compiled(const syntax::Regex& r) {
    return compile(r, {.semantics = semantics_, .optimizations = Optimizations::none()}).value();
  }

  Slots answer(const Program& program, std::string_view haystack, std::uint32_t groups) {
    Slots slots;
    Result result = search(program, scratch_, {.haystack = haystack}, slots);
    if (result == Result::kMatch) slots.resize(groups + 1);
    return slots;
  }

  void add(const syntax::Regex& r, Rules rules) {
    Simplified form = simplify(r, semantics_, rules);
    for (std::size_t k = 0; k < kRuleCount; ++k) {
      if (form.fired.has(static_cast<Rule>(k))) fired_ = fired_.with(static_cast<Rule>(k));
    }
    EXPECT_EQ(form.tree == r, form.fired == Rules::none()) << syntax::to_text(r) << ": " << names_of(form.fired);
    if (form.tree == r) return;
    for (const Simplified& known : forms_) {
      if (syntax::equal(known.tree, form.tree)) return;
    }
    forms_.push_back(std::move(form));
  }

  void compare(const syntax::Regex& r, const Simplified& form, const Program& before,
               const std::vector<std::string>& haystacks, const std::vector<Slots>& answers) {
    std::shared_ptr<const Program> program = compiled(form.tree);
    ++forms_seen_;
    // Totals of nested counts take a few more splits, and less threads. What is factored over groups may part what was
    // bundled.
    bool counts_tags = semantics_ == Semantics::kLeftmostLongest && r->max_group() > 0;
    if (&form == &forms_.front() && !form.fired.has(Rule::kNestedRepeat) && !counts_tags) {
      EXPECT_LE(program->insts.size(), before.insts.size())
          << syntax::to_text(r) << " became " << syntax::to_text(form.tree) << " (" << names_of(form.fired) << ")";
    }
    for (std::size_t k = 0; k < haystacks.size(); ++k) {
      Slots got = answer(*program, haystacks[k], r->max_group());
      ASSERT_EQ(got, answers[k]) << to_string(semantics_) << ": " << syntax::to_text(r) << " became "
                                 << syntax::to_text(form.tree) << " (" << names_of(form.fired) << "); on "
                                 << haystacks[k] << " " << to_string(got) << ", not " << to_string(answers[k]);
    }
  }

  Semantics semantics_;
  Scratch scratch_;
  std::vector<Simplified> forms_;
  std::uint64_t forms_seen_ = 0;
  Rules fired_ = Rules::none();
};

}  // namespace redoubt::pikevm::test
